"""Where a case stands."""

from datetime import datetime

from nrm.casefile.terms import Stage, StageFacts, StandingDecision


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
