"""Where a case stands and what must be seen at once: gathered from the facts of every room, pure over them.

This is the lowest room that may see all steps. Nothing here is stored but the headline, which is kept in
the act's transaction and can be made again from the facts. Source: process specification 2.8.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from nrm.care.queries import is_missing
from nrm.casefile import questions
from nrm.casefile.facts import Facts
from nrm.casefile.models import Fact, Proposal
from nrm.casefile.moments import changes_on
from nrm.casefile.terms import AgeOutcome, Flag, Stage, StageFacts
from nrm.closure.models import Closure, ClosureProposal, ErasureHold, Reopening
from nrm.closure.rules import kept_until, stage
from nrm.contact.models import SafetyMeasureTaken
from nrm.contact.queries import first_contact, is_on_adult_track
from nrm.contact.terms import SafetyMeasure
from nrm.crossborder.queries import solution_confirmed_at
from nrm.identification import queries as identification
from nrm.kernel.days import add_months, due_after
from nrm.kernel.terms import Sex, Tern
from nrm.referral.queries import first_received_at, question_open, waiting
from nrm.screening.models import Screening
from nrm.services.queries import service_gap

SOON = timedelta(days=180)  # before the 18th birthday; a house rule
BY_KNOWN_BIRTH_DATE = frozenset({"P3", "P6", "P7"})
OVER = frozenset({Stage.CLOSED, Stage.ERASED})


def named(facts: Facts, *labels: str) -> tuple[Fact, ...]:
    """Standing facts by the label of their table, oldest first; none while their room does not exist."""
    return tuple(fact for fact in facts.standing if fact._meta.label in labels)


@questions.closings.answered
def closings(facts: Facts) -> tuple[datetime, ...]:
    """Every time it was closed."""
    return tuple(closure.at for closure in facts.of(Closure))


@questions.reopenings.answered
def reopenings(facts: Facts) -> tuple[Fact, ...]:
    """Every time it was reopened."""
    return facts.of(Reopening)


def standing_closure(facts: Facts) -> Closure | None:
    """The closure of a closed case; None while the case is open."""
    closed, again = facts.latest(Closure), facts.latest(Reopening)
    if closed is None or (again is not None and (again.at, again.pk) > (closed.at, closed.pk)):
        return None
    return closed


@questions.closed_since.answered
def closed_since(facts: Facts) -> datetime | None:
    """When it was closed, unless it was reopened since."""
    closure = standing_closure(facts)
    return closure.at if closure is not None else None


def reopened_at(facts: Facts) -> datetime | None:
    again = facts.latest(Reopening)
    return again.at if again is not None else None


def proposal_of(facts: Facts, closure: Closure | None) -> ClosureProposal | None:
    """What was proposed and signed."""
    found = facts.by_key(closure.proposal) if closure is not None else None
    return found if isinstance(found, ClosureProposal) else None


def proposal_waiting(facts: Facts) -> ClosureProposal | None:
    """The newest proposal to close that nobody signed, made since the case was last reopened."""
    newest, again = facts.latest(ClosureProposal), facts.latest(Reopening)
    signed = {closure.proposal for closure in facts.of(Closure)}
    if newest is None or newest.pk in signed:
        return None
    return None if again is not None and (newest.at, newest.pk) < (again.at, again.pk) else newest


def decision_pending(facts: Facts) -> bool:
    """A decision, a review of one or an assessment that somebody still owes her.

    A referral without decision; positive reasonable grounds without conclusive ones where the law has two
    steps; a reconsideration, an appeal, an age assessment or a confirmation that is open.
    """
    standing = identification.latest_standing(facts)
    half_way = (
        facts.pack.decision_steps > 1
        and standing is not None
        and standing.is_positive
        and standing.kind == identification.RG
    )
    return (
        waiting(facts) is not None
        or any(stretch.stopped is None for stretch in identification.stretches(facts))
        or half_way
        or identification.challenge_is_open(facts)
        or identification.age_assessment_open(facts) is not None
        or confirmation_open(facts)
    )


def confirmation_open(facts: Facts) -> bool:
    """Whether a proposal of any room but this one waits for its second person."""
    return bool(_of_other_rooms(facts))


def _of_other_rooms(facts: Facts) -> list[Proposal]:
    return [one for one in identification.confirm_waiting(facts) if not isinstance(one, ClosureProposal)]


def waits_for_a_second_person(facts: Facts) -> list[Proposal]:
    """Every proposal that nobody has signed or sent back yet (flag CONFIRM_WAITING)."""
    closing = proposal_waiting(facts)
    return [*_of_other_rooms(facts), *([closing] if closing is not None else [])]


def has_durable_solution(facts: Facts) -> bool:
    """Whether one was confirmed since the case was last reopened."""
    confirmed, again = solution_confirmed_at(facts), reopened_at(facts)
    return confirmed is not None and (again is None or confirmed > again)


def youngest_birth(facts: Facts) -> date | None:
    """Her birth date: as decided, else as told, else the latest that the estimate allows."""
    decided = identification.age_decision(facts)
    assigned = identification.birth_date_assigned(facts, decided) if decided else None
    contact = first_contact(facts)
    if assigned is not None and decided is not None and decided.outcome == AgeOutcome.CHILD:
        return assigned
    if contact is None:
        return None
    if contact.birth_date is not None:
        born: date = contact.birth_date
        return born
    seen_on = facts.pack.calendar.local_date(contact.at)
    return add_months(seen_on, -12 * contact.age_from) if contact.age_from is not None else None


def retained_until(facts: Facts, closure: Closure) -> date | None:
    """The last day on which the record is kept, holds apart; None where the pack sets no limit."""
    due = due_after(closure.at, facts.pack.length("RETENTION"), facts.pack.calendar)
    if due is None or due.day is None:
        return None
    return kept_until(
        after_closing=due.day,
        youngest_birth=youngest_birth(facts),
        birthday=facts.pack.retention_birthday,
    )


def held_until(facts: Facts) -> date | None:
    """Until when someone asked to keep it, if that day has not passed."""
    days = [hold.until for hold in facts.of(ErasureHold) if hold.until >= facts.today]
    return max(days, default=None)


def stage_facts(facts: Facts) -> StageFacts:
    """All that the stage depends on."""
    return StageFacts(
        two_steps=facts.pack.decision_steps == 2,
        screened=facts.first(Screening) is not None,
        declined_at=questions.declined_at(facts),
        referred_at=questions.sent_since_reopening(facts),
        received=first_received_at(facts) is not None,
        question_open=question_open(facts),
        reasonable=identification.for_stage(facts, identification.RG),
        conclusive=identification.for_stage(facts, identification.CG),
        new_information_at=identification.new_information_at(facts),
        challenge_open=identification.challenge_is_open(facts),
        solution_confirmed_at=solution_confirmed_at(facts),
        solution_implemented_at=questions.solution_implemented_at(facts),
        closed_at=questions.closed_since(facts),
        reopened_at=reopened_at(facts),
    )


def stage_of(facts: Facts) -> Stage:
    """Where the case stands now."""
    return stage(stage_facts(facts))


def flags_of(facts: Facts) -> frozenset[Flag]:
    """What must be seen at once. On a closed or erased case only that she is treated as a child."""
    if stage_of(facts) in OVER:
        child = questions.presumed(facts, facts.today).child
        return frozenset({Flag.TREATED_AS_CHILD}) if child else frozenset()
    return frozenset((*_about_her(facts), *_about_decisions(facts), *_about_safety(facts)))


def _about_her(facts: Facts) -> Iterator[Flag]:
    presumed = questions.presumed(facts, facts.today)
    if presumed.child:
        yield Flag.TREATED_AS_CHILD
        if presumed.row in BY_KNOWN_BIRTH_DATE and presumed.until and presumed.until - facts.today <= SOON:
            yield Flag.TURNS_18_SOON
    if identification.dispute_is_open(facts):
        yield Flag.AGE_DISPUTED
    if is_on_adult_track(facts):
        yield Flag.ADULT_SURVIVOR
    if questions.guardian_is_needed(facts, facts.today) and questions.guardian(facts, facts.today) is None:
        yield Flag.NO_GUARDIAN


@changes_on
def soon_an_adult(facts: Facts) -> Iterator[date]:
    """The first day of TURNS_18_SOON."""
    first_adult_day = questions.presumed(facts, facts.today).until
    if first_adult_day is not None:
        yield first_adult_day - SOON


def _about_decisions(facts: Facts) -> Iterator[Flag]:
    if identification.removal_barred(facts):
        yield Flag.REMOVAL_BARRED
    if identification.reflection_runs(facts):
        yield Flag.REFLECTION_RUNNING
    if identification.offences_without_notice(facts):
        yield Flag.NON_PUNISHMENT_DUE
    if waits_for_a_second_person(facts):
        yield Flag.CONFIRM_WAITING
    if identification.not_notified(facts):
        yield Flag.NOT_INFORMED


def _about_safety(facts: Facts) -> Iterator[Flag]:
    missing = is_missing(facts)
    if missing:
        yield Flag.MISSING
    if missing or in_danger(facts):
        yield Flag.IN_DANGER
    if service_gap(facts):
        yield Flag.SERVICE_GAP
    if in_custody(facts):
        yield Flag.IN_CUSTODY


def in_custody(facts: Facts) -> bool:
    """She was held at first contact, and no place to live was found for her since."""
    contact = first_contact(facts)
    if contact is None or contact.in_custody != Tern.YES:
        return False
    return not any(placed.at >= contact.at for placed in named(facts, "care.Placement"))


def in_danger(facts: Facts) -> bool:
    """There was danger at first contact, and nothing was done since. "Nothing possible yet" is nothing done."""
    contact = first_contact(facts)
    if contact is None or contact.danger_now != Tern.YES:
        return False
    nothing = {SafetyMeasure.NOTHING_POSSIBLE_YET}
    return not any(
        taken.at >= contact.at and set(taken.measures) - nothing for taken in facts.of(SafetyMeasureTaken)
    )


@questions.headline.answered
def headline(facts: Facts) -> dict[str, object]:
    """One line of the case for lists, and every name she is searched by."""
    contact = first_contact(facts)
    told: dict[str, object] = {
        "stage": stage_of(facts),
        "flags": sorted(flags_of(facts), key=list(Flag).index),
        "treated_as_child": questions.presumed(facts, facts.today).child,
        "sent": questions.sent_since_reopening(facts) is not None,
        "last_fact_at": max((fact.at for fact in facts.everything), default=facts.now),
    }
    if contact is not None:
        told |= {
            "called": f"{contact.given_name} {contact.family_name}".strip(),
            "sex": contact.sex or Sex.NOT_KNOWN,
            "age_from": contact.age_from,
            "age_to": contact.age_to,
            "birth_date": contact.birth_date,
            "names": names(facts),
        }
    return told


def names(facts: Facts) -> tuple[str, ...]:
    """What she was called at any time, corrected entries too: someone may search by the wrong spelling."""
    contact = first_contact(facts)
    if contact is None:
        return ()
    kind = type(contact)
    told = [
        name
        for fact in facts.everything
        if isinstance(fact, kind)
        for name in (fact.given_name, fact.family_name, fact.also_called)
    ]
    return tuple(dict.fromkeys(name for name in told if name))
