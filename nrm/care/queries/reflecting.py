"""How long her recovery period lasts, with what was added and what was taken; and her residence permit."""

from datetime import date, datetime

from nrm.care.models import ExceptionConfirmed, Permit, ReflectionException, ReflectionExtension
from nrm.care.rules import earliest_end_of_reflection
from nrm.care.terms import PermitStep
from nrm.casefile import questions
from nrm.casefile.facts import Facts

IN_FORCE = frozenset({PermitStep.GRANTED, PermitStep.RENEWED})


@questions.reflection_until.answered
def reflection_until(facts: Facts, since: datetime, until: date) -> date:
    """In the order in which they were decided: an extension only lengthens, an exception only shortens.

    No exception goes under 30 days. Source: CETS 197 art. 13(1), (3).
    """
    floor = earliest_end_of_reflection(facts.pack.calendar.local_date(since))
    for fact in facts.standing:
        if fact.at < since:
            continue
        if isinstance(fact, ReflectionExtension):
            until = max(until, fact.until)
        elif isinstance(fact, ExceptionConfirmed):
            proposal = facts.by_key(fact.proposal)
            if isinstance(proposal, ReflectionException):
                until = min(until, max(proposal.until, floor))
    return until


def permit(facts: Facts) -> Permit | None:
    """The residence permit that was granted or renewed last, whether or not it has run out."""
    return next((one for one in reversed(facts.of(Permit)) if one.step in IN_FORCE), None)
