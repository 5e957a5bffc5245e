"""Deadlines of identification. Days and desks stand in the country pack."""

from collections.abc import Iterator
from datetime import datetime

from nrm.casefile.facts import Facts
from nrm.casefile.timing import Owner, Run, clock
from nrm.identification import queries
from nrm.identification.models import AgeAssessment, Notice, Offence, ReconsiderationRequest
from nrm.identification.queries.challenges import answer_to
from nrm.identification.queries.decisions import AGE, CG, RG, Decision
from nrm.referral import queries as referral


def authority(facts: Facts) -> Owner | None:
    """The desk of the authority at which the referral lies; without one, the desk the pack names."""
    newest = referral.latest(facts)
    return Owner(agency=referral.authority(facts, newest)) if newest is not None else None


@clock("REASONABLE_GROUNDS")
def reasonable_grounds(facts: Facts) -> Iterator[Run]:
    """From the first receipt, new information or a quashed decision. Source: house rule (GB: 5 working days)."""
    for stretch in queries.stretches(facts):
        yield Run(
            stretch.started,
            stretch.start,
            stopped=stretch.stopped,
            due=queries.due_of(facts, stretch),
            owner=authority(facts),
        )


@clock("NOTIFY_DECISION")
def notify_decision(facts: Facts) -> Iterator[Run]:
    """Whatever was decided, also of age, she is told. Source: CETS 197 art. 15(1); the day is a house rule."""
    for decision in queries.decisions(facts):
        told = queries.told_by(facts, decision)
        yield Run(decision.confirmed, decision.at, stopped=told.at if told else None, owner=authority(facts))


@clock("CONCLUSIVE_GROUNDS")
def conclusive_grounds(facts: Facts) -> Iterator[Run]:
    """From positive reasonable grounds, where the law has two steps. Source: country pack."""
    if facts.pack.decision_steps == 1:
        return
    before: Decision | None = None
    for decision in queries.decisions(facts, RG):
        follows = before is not None and before.is_positive and not before.quashed
        before = decision
        if decision.is_positive and not follows:
            stopped = _end_of_grounds(facts, decision)
            yield Run(decision.confirmed, decision.at, stopped=stopped, owner=authority(facts))


def _end_of_grounds(facts: Facts, positive: Decision) -> datetime | None:
    """Conclusive grounds decided, or reasonable grounds decided otherwise or set aside."""
    after = [
        one for one in queries.decisions(facts, RG, CG) if (one.at, one.key) > (positive.at, positive.key)
    ]
    ends = [one.at for one in after if one.kind == CG or not one.is_positive]
    ends += [at for at in (queries.quashed_at(facts, positive),) if at is not None]
    return min(ends, default=None)


@clock("REFLECTION")
def reflection(facts: Facts) -> Iterator[Run]:
    """The recovery and reflection period: a right that runs. Source: CETS 197 art. 13(1)."""
    began = queries.first_positive(facts)
    if began is not None:
        yield Run(
            began.confirmed, began.at, due=queries.reflection_due(facts, began.at), owner=Owner(), period=True
        )


@clock("RECONSIDERATION_WINDOW")
def reconsideration_window(facts: Facts) -> Iterator[Run]:
    """The time to challenge a negative decision, or that she is an adult. Source: house rule (GB: 30 days)."""
    asked = facts.of(ReconsiderationRequest)
    for decision in queries.decisions(facts):
        found = queries.window(facts, decision)
        if found is None:
            continue
        later = [one for one in queries.decisions(facts, decision.kind) if one.at > decision.at]
        ends = [one.at for one in asked if one.challenged == decision.key]
        ends += [one.at for one in later]
        stopped = min((max(end, found.start) for end in ends), default=None)
        yield Run(found.started, found.start, stopped=stopped)


@clock("RECONSIDERATION")
def reconsideration(facts: Facts) -> Iterator[Run]:
    """From the request until two new people have decided. Source: house rule."""
    for request in facts.of(ReconsiderationRequest):
        answer = answer_to(facts, request)
        yield Run(request, request.at, stopped=answer.at if answer else None, owner=authority(facts))


@clock("AGE_DECISION")
def age_decision(facts: Facts) -> Iterator[Run]:
    """An assessment ends with a decision. Source: house rule."""
    for assessment in facts.of(AgeAssessment):
        ends = [one.at for one in queries.decisions(facts, AGE) if one.at >= assessment.at]
        yield Run(assessment, assessment.at, stopped=min(ends, default=None))


@clock("NON_PUNISHMENT")
def non_punishment(facts: Facts) -> Iterator[Run]:
    """From an offence that may come from the exploitation to the notice. Source: CETS 197 art. 26."""
    for offence in facts.of(Offence):
        if queries.needs_notice(offence):
            sent = [one.at for one in facts.of(Notice) if facts.standing_key(one.offence_id) == offence.pk]
            yield Run(offence, offence.at, stopped=min(sent, default=None), owner=authority(facts))


@clock("NOTICE_REPLY")
def notice_reply(facts: Facts) -> Iterator[Run]:
    """From the notice to what came back. Source: CETS 197 art. 26; the days are a house rule."""
    for notice in facts.of(Notice):
        came = queries.replies_to(facts, notice)
        yield Run(notice, notice.at, stopped=came[0].at if came else None)
