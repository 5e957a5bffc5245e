"""Deadlines of safety and of best interests."""

from collections.abc import Iterator

from nrm.care.models import Assessment, SafetyPlan
from nrm.care.queries import childhood_begins
from nrm.casefile.facts import Facts
from nrm.casefile.models import Fact
from nrm.casefile.questions import presumed, reopenings
from nrm.casefile.timing import Run, clock
from nrm.contact.models import FirstContact


@clock("SAFETY_PLAN")
def safety_plan(facts: Facts) -> Iterator[Run]:
    """A plan on the first day, and again when the case is reopened. House rule."""
    opened = facts.first(FirstContact)
    for fact in (*([opened] if opened else []), *reopenings(facts)):
        plans = (one.at for one in facts.of(SafetyPlan) if one.at >= fact.at)
        yield Run(fact, fact.at, stopped=next(plans, None))


@clock("SAFETY_REVIEW")
def safety_review(facts: Facts) -> Iterator[Run]:
    """Each plan is gone through again. House rule."""
    yield from each_until_the_next(facts.of(SafetyPlan))


@clock("FIRST_BIA")
def first_assessment(facts: Facts) -> Iterator[Run]:
    """Best interests are assessed in the first days of every child's case. CRC art. 3; the days are a house rule."""
    again = [
        (fact, fact.at)
        for fact in reopenings(facts)
        if presumed(facts, facts.pack.calendar.local_date(fact.at)).child
    ]
    for fact, since in (*childhood_begins(facts), *again):
        yield Run(
            fact, since, stopped=next((one.at for one in facts.of(Assessment) if one.at >= since), None)
        )


@clock("BIA_REPEAT")
def assessed_again(facts: Facts) -> Iterator[Run]:
    """Each assessment is followed by another while she is a child. CRC art. 3; the days are a house rule."""
    for run in each_until_the_next(facts.of(Assessment)):
        if presumed(facts, facts.pack.calendar.local_date(run.start)).child:
            yield run


def each_until_the_next(written: tuple[Fact, ...]) -> Iterator[Run]:
    for place, fact in enumerate(written):
        following = written[place + 1] if place + 1 < len(written) else None
        yield Run(fact, fact.at, stopped=following.at if following else None)
