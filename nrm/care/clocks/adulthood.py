"""Deadlines of the years and papers ahead."""

from collections.abc import Iterator
from datetime import time

from nrm.care.models import Permit, TransitionPlan
from nrm.care.queries.reflecting import IN_FORCE
from nrm.care.terms import PermitStep
from nrm.casefile.facts import Facts
from nrm.casefile.questions import presumed
from nrm.casefile.timing import Run, clock
from nrm.contact.models import FirstContact
from nrm.kernel.days import due_before_day

ASKED_AGAIN = frozenset({PermitStep.REQUESTED, PermitStep.RENEWED, PermitStep.GRANTED})


@clock("TRANSITION_PLAN")
def transition_plan(facts: Facts) -> Iterator[Run]:
    """Adult life is planned well before 18; opened later, it is overdue. Source: Directive 2011/36/EU art. 14."""
    opened, adult_on, calendar = (
        facts.first(FirstContact),
        presumed(facts, facts.today).until,
        facts.pack.calendar,
    )
    if opened is None or adult_on is None or calendar.local_date(opened.at) >= adult_on:
        return
    opens = due_before_day(adult_on, facts.pack.length("TRANSITION_PLAN_OPENS_BEFORE_18"), calendar)
    if opens is None or opens.day is None or opens.day > facts.today:
        return
    start = max(opened.at, calendar.at(opens.day, time()))
    due = due_before_day(adult_on, facts.pack.length("TRANSITION_PLAN"), calendar)
    plan = facts.first(TransitionPlan)
    yield Run(opened, start, stopped=max(plan.at, start) if plan else None, due=due)


@clock("PERMIT_RENEWAL")
def permit_renewal(facts: Facts) -> Iterator[Run]:
    """A permit with a last day is asked for again in time. Source: CETS 197 art. 14; the days are a house rule."""
    for held in facts.of(Permit):
        if held.step in IN_FORCE and held.valid_to is not None:
            due = due_before_day(held.valid_to, facts.pack.length("PERMIT_RENEWAL"), facts.pack.calendar)
            again = (
                one.at
                for one in facts.of(Permit)
                if one.step in ASKED_AGAIN and (one.at, one.pk) > (held.at, held.pk)
            )
            yield Run(held, held.at, stopped=next(again, None), due=due)
