"""When time alone may change what is kept of a case: the next moment at which it is made again from its facts.

Pure over the facts. Every day and hour that a fact names counts, every due moment of a clock, the day she is
treated as an adult, and what rooms add. A moment too many costs one renewal; one too few would show a desk
what is no longer so, and is caught by the test that walks through the days of every story.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from functools import cache

from django.db import models

from nrm.casefile.facts import Facts
from nrm.casefile.questions import presumed
from nrm.casefile.timing import Timed
from nrm.kernel.days import INSTANT, ONE_DAY

AT_LEAST_EVERY = timedelta(days=30)  # a net below the declared moments. House rule.

More = Callable[[Facts], Iterable[date]]
MORE: list[More] = []


def changes_on(days: More) -> More:
    """Decorator: further days on which something kept of a case begins to be different."""
    MORE.append(days)
    return days


def next_moment(facts: Facts, deadlines: Iterable[Timed]) -> datetime:
    """The first moment after now."""
    later = (moment for moment in moments(facts, deadlines) if moment > facts.now)
    return min(later, default=facts.now + AT_LEAST_EVERY)


def moments(facts: Facts, deadlines: Iterable[Timed]) -> Iterator[datetime]:
    yield facts.now + AT_LEAST_EVERY
    for deadline in deadlines:
        if deadline.due is not None:
            yield deadline.due.instant if deadline.due.day else deadline.due.instant + INSTANT
    calendar = facts.pack.calendar
    for day in days(facts):
        if day >= facts.today:
            yield calendar.end_of(day - ONE_DAY)
            yield calendar.end_of(day)
    for row in rows(facts):
        for name in _times(type(row)):
            at = getattr(row, name)
            if at is not None:
                yield at


def days(facts: Facts) -> Iterator[date]:
    first_adult_day = presumed(facts, facts.today).until
    if first_adult_day is not None:
        yield first_adult_day
    for more in MORE:
        yield from more(facts)
    for row in rows(facts):
        for name in _days(type(row)):
            day = getattr(row, name)
            if day is not None:
                yield day


def rows(facts: Facts) -> Iterator[models.Model]:
    yield from facts.standing
    for lines in facts.lines.values():
        yield from lines


@cache
def _days(model: type[models.Model]) -> tuple[str, ...]:
    named = model._meta.concrete_fields
    return tuple(
        field.attname
        for field in named
        if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField)
    )


@cache
def _times(model: type[models.Model]) -> tuple[str, ...]:
    return tuple(
        field.attname for field in model._meta.concrete_fields if isinstance(field, models.DateTimeField)
    )
