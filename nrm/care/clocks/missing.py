"""Deadlines of the time when she is missing, and of her return."""

from collections.abc import Iterator
from datetime import date, datetime

from nrm.care.models import PoliceInformed, ReturnInterview
from nrm.care.queries import times_missing
from nrm.care.terms import FoundHow
from nrm.casefile.facts import Facts
from nrm.casefile.timing import Run, clock
from nrm.kernel.days import Due, due_after_day


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
        until = found.at if found is not None else None
        seen_from = facts.pack.calendar.local_date(until or facts.now)
        yield Run(alert, alert.at, stopped=until, due=next_review(facts, alert.at, seen_from))


def next_review(facts: Facts, start: datetime, seen_from: date) -> Due | None:
    """The first day of review that is not before a day."""
    length, calendar = facts.pack.length("MISSING_REVIEW"), facts.pack.calendar
    due = due_after_day(calendar.local_date(start), length, calendar)
    while length.amount and due is not None and due.day is not None and due.day < seen_from:
        due = due_after_day(due.day, length, calendar)
    return due


@clock("RETURN_INTERVIEW")
def return_interview(facts: Facts) -> Iterator[Run]:
    """Someone from outside talks with her after each return. House rule (GB: 72 hours)."""
    for _alert, found in times_missing(facts):
        if found is not None and found.condition != FoundHow.DIED:
            talked = (one.at for one in facts.of(ReturnInterview) if one.at >= found.at)
            yield Run(found, found.at, stopped=next(talked, None))
