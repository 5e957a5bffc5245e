"""Deadlines of safety, of best interests, and of the time when she is missing."""

from collections.abc import Iterator
from datetime import date, datetime

from nrm.care.models import Assessment, Found, MissingAlert, PoliceInformed, SafetyPlan
from nrm.care.queries import childhood_begins
from nrm.casefile.facts import Facts
from nrm.casefile.models import Fact
from nrm.casefile.questions import presumed
from nrm.casefile.timing import Run, clock
from nrm.contact.models import FirstContact
from nrm.kernel.days import Due, due_after_day


@clock("SAFETY_PLAN")
def safety_plan(facts: Facts) -> Iterator[Run]:
    """A plan on the first day. House rule."""
    opened, plan = facts.first(FirstContact), facts.first(SafetyPlan)
    if opened is not None:
        yield Run(opened, opened.at, stopped=plan.at if plan else None)


@clock("SAFETY_REVIEW")
def safety_review(facts: Facts) -> Iterator[Run]:
    """Each plan is gone through again. House rule."""
    yield from each_until_the_next(facts.of(SafetyPlan))


@clock("FIRST_BIA")
def first_assessment(facts: Facts) -> Iterator[Run]:
    """Best interests are assessed in the first days of every child's case. CRC art. 3; the days are a house rule."""
    for fact, since in childhood_begins(facts):
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


def times_missing(facts: Facts) -> Iterator[tuple[MissingAlert, datetime | None]]:
    """Each time she was missing: the alert that began it, and when she was found. A second alert is the same time."""
    until: datetime | None = None
    for alert in facts.of(MissingAlert):
        if until is None or alert.at > until:
            until = next((found.at for found in facts.of(Found) if found.at >= alert.at), None)
            yield alert, until
            if until is None:
                return


@clock("MISSING_POLICE")
def missing_police(facts: Facts) -> Iterator[Run]:
    """The police know within the hour. House rule."""
    for alert, _found in times_missing(facts):
        informed = (one.at for one in facts.of(PoliceInformed) if one.at >= alert.since)
        yield Run(alert, alert.at, stopped=next(informed, None))


@clock("MISSING_REVIEW")
def missing_review(facts: Facts) -> Iterator[Run]:
    """She is looked for every week until she is found: the next day is shown. House rule."""
    for alert, found in times_missing(facts):
        seen_from = facts.pack.calendar.local_date(found or facts.now)
        yield Run(alert, alert.at, stopped=found, due=next_review(facts, alert.at, seen_from))


def next_review(facts: Facts, start: datetime, seen_from: date) -> Due | None:
    """The first day of review that is not before a day."""
    length, calendar = facts.pack.length("MISSING_REVIEW"), facts.pack.calendar
    due = due_after_day(calendar.local_date(start), length, calendar)
    while length.amount and due is not None and due.day is not None and due.day < seen_from:
        due = due_after_day(due.day, length, calendar)
    return due
