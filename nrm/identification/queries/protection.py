"""What a decision means for her: the recovery period, the bar to removal, offences without a notice."""

from datetime import date, datetime

from nrm.casefile import questions
from nrm.casefile.facts import Facts
from nrm.casefile.models import Fact
from nrm.identification.models import Declined, Notice, NoticeReply, Offence
from nrm.identification.queries.challenges import (
    challenge_is_open,
    is_answered_by_new_information,
    is_open,
)
from nrm.identification.queries.decisions import (
    CG,
    RG,
    Decision,
    decisions,
    latest_standing,
    standing_decision,
)
from nrm.identification.terms import LinkedToExploitation, NoticeReplyOutcome
from nrm.kernel.days import Due, due_after
from nrm.referral import queries as referral


def first_positive(facts: Facts) -> Decision | None:
    """The decision that began her recovery period: the first of the positive ones that lead to the standing one."""
    standing = standing_decision(facts, RG)
    if standing is None or not standing.is_positive:
        return None
    began = standing
    for decision in reversed(decisions(facts, RG)[:-1]):
        if decision.quashed or not decision.is_positive:
            break
        began = decision
    return began


def reflection(facts: Facts) -> tuple[date, Due] | None:
    """First day and end of the recovery and reflection period: derived, never granted.

    Source: CETS 197 art. 13(1), (3). Whether it was made longer, or an exception ends it, a later room says.
    """
    began = first_positive(facts)
    due = reflection_due(facts, began.at) if began else None
    return (facts.pack.calendar.local_date(began.at), due) if began and due else None


def reflection_due(facts: Facts, start: datetime) -> Due | None:
    """Its last day, with what later rooms have changed."""
    length, calendar = facts.pack.deadline("REFLECTION").length, facts.pack.calendar
    due = due_after(start, length, calendar, counts_start_day=facts.pack.reflection_counts_start_day)
    if due is None or due.day is None:
        return due
    day = questions.reflection_until(facts, start, due.day)
    return Due(calendar.end_of(day), day)


def reflection_runs(facts: Facts) -> bool:
    """Whether the period runs now (flag REFLECTION_RUNNING)."""
    found = reflection(facts)
    return found is not None and not found[1].is_past(facts.now)


def removal_barred(facts: Facts) -> bool:
    """Whether nobody may remove her from the country now (flag REMOVAL_BARRED).

    From the referral (in some packs from reasonable grounds) until the later of the end of reflection and
    the day on which a negative decision has no open window, challenge or new information. After positive
    conclusive grounds only an implemented durable solution ends it.
    Source: CETS 197 art. 10(2), 13(1); the earlier start is a house rule.
    """
    if reflection_runs(facts):
        return True
    latest = latest_standing(facts)
    if latest is None:
        return facts.pack.removal_bar_from == "REFERRAL" and referral.latest(facts) is not None
    if latest.is_positive:
        decided_at_last = latest.kind == CG or facts.pack.decision_steps == 1
        return not decided_at_last or questions.solution_implemented_at(facts) is None
    new = is_answered_by_new_information(facts, latest)
    return new or is_open(facts, latest, facts.now) or challenge_is_open(facts)


def offences_without_notice(facts: Facts) -> list[Offence]:
    """Offences that may come from the exploitation and have no notice yet (flag NON_PUNISHMENT_DUE)."""
    noticed = {facts.standing_key(notice.offence_id) for notice in facts.of(Notice)}
    return [one for one in facts.of(Offence) if needs_notice(one) and one.pk not in noticed]


def needs_notice(offence: Offence) -> bool:
    """Only a plain NO ends the duty to send a notice. Source: CETS 197 art. 26."""
    return bool(offence.linked_to_exploitation != LinkedToExploitation.NO)


def replies_to(facts: Facts, notice: Notice) -> list[NoticeReply]:
    return [reply for reply in facts.of(NoticeReply) if facts.standing_key(reply.notice_id) == notice.pk]


def proceedings_go_on(facts: Facts) -> list[NoticeReply]:
    """Notices whose latest answer is that proceedings go on: a row on the co-ordinator's desk."""
    newest = [replies[-1] for notice in facts.of(Notice) if (replies := replies_to(facts, notice))]
    return [reply for reply in newest if reply.outcome == NoticeReplyOutcome.GOES_ON]


@questions.declined_at.answered
def declined_at(facts: Facts) -> datetime | None:
    """When an adult last said that she does not want to be identified."""
    said: Fact | None = facts.latest(Declined)
    return said.at if said else None
