"""Where a case stands."""

from datetime import date, datetime

from nrm.casefile.terms import Stage, StageFacts, StandingDecision
from nrm.closure.terms import ClosureReason
from nrm.kernel.days import anniversary

# Reasons that need no durable solution, and reasons for which someone else must go on caring for her.
WITHOUT_SOLUTION = frozenset(
    {
        ClosureReason.ADULT_REQUEST,
        ClosureReason.DIED,
        ClosureReason.DUPLICATE,
        ClosureReason.NOT_TRAFFICKED_HANDED_OVER,
        ClosureReason.TRANSFERRED_ABROAD,
    }
)
HANDED_OVER = frozenset(
    {
        ClosureReason.TRANSFERRED_ABROAD,
        ClosureReason.TURNED_18_SUPPORTED_ELSEWHERE,
        ClosureReason.NOT_TRAFFICKED_HANDED_OVER,
    }
)


def kept_until(*, after_closing: date, youngest_birth: date | None, birthday: int) -> date:
    """The last day on which the record must be kept: the later of the two.

    after_closing: the pack's years after closing. youngest_birth: her birth date, or the latest it can have
    been; None when nothing is known. birthday: up to which age, in years, she can still claim.
    House rule; counsel says whether national law keeps it longer.
    """
    return (
        after_closing if youngest_birth is None else max(after_closing, anniversary(youngest_birth, birthday))
    )


def stage(facts: StageFacts) -> Stage:
    """The stage of a case: the first row of the table that matches.

    Source: process specification 2.8, rows 1 to 14; a house rule. No help and no protection depends on it.
    """
    standing = [decision for decision in (facts.reasonable, facts.conclusive) if decision]
    latest = max(standing, key=lambda decision: decision.at, default=None)
    last_step = [facts.conclusive] if facts.two_steps else standing
    rows = (
        (Stage.ERASED, facts.erased),
        (Stage.CLOSED, _after(facts.closed_at, facts.reopened_at)),
        (Stage.FOLLOW_UP, _after(facts.solution_implemented_at, facts.reopened_at)),
        (Stage.SOLUTION_UNDER_WAY, _after(facts.solution_confirmed_at, facts.reopened_at)),
        (Stage.RECONSIDERATION, facts.challenge_open),
        (Stage.IDENTIFIED, any(decision is not None and decision.positive for decision in last_step)),
        (Stage.NEGATIVE, _stays_negative(latest, facts.new_information_at)),
        (Stage.PRESUMED, facts.reasonable is not None and facts.reasonable.positive),
        # From here on nothing is decided, or new information came after a negative decision.
        (Stage.RETURNED, facts.received and facts.question_open),
        (Stage.UNDER_DECISION, facts.received),
        (Stage.REFERRED, facts.referred_at is not None),
        (Stage.DECLINED, _after(facts.declined_at, facts.referred_at)),
        (Stage.SCREENED, facts.screened),
    )
    return next((row for row, matches in rows if matches), Stage.OPENED)


def _after(event: datetime | None, earlier: datetime | None) -> bool:
    """It happened, and not before the other; at one and the same moment the other counts as later."""
    return event is not None and (earlier is None or event > earlier)


def _stays_negative(latest: StandingDecision | None, new_information_at: datetime | None) -> bool:
    return latest is not None and not latest.positive and _after(latest.at, new_information_at)
