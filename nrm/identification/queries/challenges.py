"""Challenges: what may still be asked, what was asked, what a court was asked."""

from dataclasses import dataclass
from datetime import datetime

from nrm.casefile.facts import Facts
from nrm.casefile.models import Fact
from nrm.identification.models import Appeal, AppealDecided, NewInformation, ReconsiderationRequest
from nrm.identification.queries.decisions import (
    AGE,
    CG,
    RG,
    Decision,
    decisions,
    latest_standing,
    standing_decision,
    told_by,
)
from nrm.kernel.days import Due, due_after


@dataclass(frozen=True)
class Window:
    """The time in which a decision can be challenged. started: the notification, or of age the decision."""

    started: Fact
    start: datetime
    due: Due | None

    def is_past(self, at: datetime) -> bool:
        return self.due is not None and self.due.is_past(at)


def window(facts: Facts, decision: Decision) -> Window | None:
    """The window of a challengeable decision; None while she has not been told, and for a final age decision."""
    if not decision.is_negative:
        return None
    if decision.kind == AGE:
        started: Fact | None = None if decision.reconsiders else decision.confirmed
    else:
        started = told_by(facts, decision)
    if started is None:
        return None
    length = facts.pack.deadline("RECONSIDERATION_WINDOW").length
    return Window(started, started.at, due_after(started.at, length, facts.pack.calendar))


def is_open(facts: Facts, decision: Decision, at: datetime) -> bool:
    """Whether a challenge may be asked at that moment. Not yet told counts as open."""
    if decision.kind == AGE and decision.reconsiders:
        return False
    found = window(facts, decision)
    return found is None or not found.is_past(at)


def challengeable(facts: Facts) -> list[Decision]:
    """Standing negative decisions and age decisions of adult, newest first, whatever their window."""
    standing = [standing_decision(facts, kind) for kind in (RG, CG, AGE)]
    negative = [one for one in standing if one is not None and one.is_negative]
    return sorted(negative, key=lambda one: (one.at, one.key), reverse=True)


def what_a_request_challenges(facts: Facts, at: datetime) -> Decision | None:
    """The decision that a request is about: the newest that may still be challenged."""
    return next((one for one in challengeable(facts) if is_open(facts, one, at)), None)


def open_reconsideration(facts: Facts, challenged: int | None = None) -> ReconsiderationRequest | None:
    """The oldest request without an outcome (of one decision, if its key is given)."""
    for request in facts.of(ReconsiderationRequest):
        wanted = challenged is None or request.challenged == challenged
        if wanted and answer_to(facts, request) is None:
            return request
    return None


def answer_to(facts: Facts, request: ReconsiderationRequest) -> Decision | None:
    """The decision that answers a request: the next of the challenged one's kind."""
    made = decisions(facts)
    kind = next((one.kind for one in made if one.key == request.challenged), None)
    later = (one for one in made if one.kind == kind and (one.at, one.key) > (request.at, request.pk))
    return next(later, None)


def appeals_against(facts: Facts, key: int) -> set[int]:
    return {appeal.pk for appeal in facts.of(Appeal) if appeal.challenged == key}


def open_appeal(facts: Facts, challenged: int | None = None) -> Appeal | None:
    """The oldest appeal without an outcome (against one decision, if its key is given)."""
    answered = {said.appeal for said in facts.of(AppealDecided)}
    for appeal in facts.of(Appeal):
        if appeal.pk not in answered and (challenged is None or appeal.challenged == challenged):
            return appeal
    return None


def challenge_is_open(facts: Facts) -> bool:
    """Whether a request or an appeal has no outcome yet (stage RECONSIDERATION)."""
    return open_reconsideration(facts) is not None or open_appeal(facts) is not None


def negative_decision(facts: Facts) -> Decision | None:
    """The latest standing decision on grounds, if it is negative."""
    latest = latest_standing(facts)
    return latest if latest is not None and latest.is_negative else None


def is_answered_by_new_information(facts: Facts, decision: Decision) -> bool:
    """Whether something new came after it, so that it is decided afresh."""
    return any(new.at > decision.at for new in facts.of(NewInformation))
