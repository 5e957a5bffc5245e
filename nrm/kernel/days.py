"""Days and time limits: how long an office has, and until when a child may still act.

The law counts local days, so nothing here uses `at.date()`: a decision at 00:30 in the capital is of that day
there, whatever day it is in Greenwich. Hours are elapsed hours, nights, holidays and the change of clocks
included. Pure: no database, no clock, no settings. Everything that differs by country arrives in a `Calendar`
or a `Length`.
"""

import re
from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache, total_ordering
from zoneinfo import ZoneInfo

ONE_DAY = timedelta(days=1)
INSTANT = timedelta(microseconds=1)
REMINDED_BEFORE = 2  # working days. House rule.
ESCALATED_AFTER = 3  # working days. House rule.


class Unit(StrEnum):
    """What a length is counted in. NONE: there is no limit."""

    HOURS = "HOURS"
    WORKING_DAYS = "WORKING_DAYS"
    CALENDAR_DAYS = "CALENDAR_DAYS"
    MONTHS = "MONTHS"
    YEARS = "YEARS"
    NONE = "NONE"


@dataclass(frozen=True)
class Calendar:
    """Where a day begins and ends in one country, and on which days its offices work.

    weekend: days without work, Monday is 0 as in `date.weekday`; at most six of them.
    holidays: whether a day is a public holiday. It must always give the same answer for the same day: answers
    are kept for each year, because every act in a case counts some forty clocks again.
    """

    zone: ZoneInfo
    weekend: frozenset[int]
    holidays: Callable[[date], bool]

    def __post_init__(self) -> None:
        if not self.weekend <= frozenset(range(7)):
            raise ValueError("a weekend is made of days from 0 (Monday) to 6 (Sunday)")
        if len(self.weekend) == 7:
            raise ValueError("a week needs at least one working day")

    def local_date(self, at: datetime) -> date:
        """The day it is in this country at that instant."""
        return _utc(at).astimezone(self.zone).date()

    def end_of(self, day: date) -> datetime:
        """The instant, in UTC, from which this local day is over for good.

        Usually the midnight that follows. Where clocks jump over midnight, the instant of the jump; where
        they go back from after midnight to before it, the second midnight; where a whole day was left out at
        the date line, the start of the day after it.
        """
        midnight = datetime.combine(day + ONE_DAY, time())
        first = midnight.replace(tzinfo=self.zone).astimezone(UTC)
        second = midnight.replace(tzinfo=self.zone, fold=1).astimezone(UTC)
        if first == second:
            return first
        if first < second:  # this midnight comes twice: does the day come back in between?
            return second if self.local_date(second - INSTANT) <= day else first
        return self._jump(after=second, until=first)

    def _jump(self, *, after: datetime, until: datetime) -> datetime:
        """The first second, after one instant and until another, at which the local clock has been moved."""
        before = after.astimezone(self.zone).utcoffset()
        while until - after > timedelta(seconds=1):
            middle = after + timedelta(seconds=int((until - after).total_seconds()) // 2)
            if middle.astimezone(self.zone).utcoffset() == before:
                after = middle
            else:
                until = middle
        return until

    def is_working_day(self, day: date) -> bool:
        """Neither weekend nor public holiday."""
        return day in _working(self, day.year)[1]

    def add_working_days(self, day: date, n: int) -> date:
        """The n-th working day after `day`, which is not counted itself; with n below zero, before it.

        Nought gives `day` back, even a Sunday.
        """
        if n == 0:
            return day
        year = day.year
        days = _working(self, year)[0]
        place = bisect_right(days, day) + n - 1 if n > 0 else bisect_left(days, day) + n
        while place >= len(days):
            place -= len(days)
            year += 1
            days = _working(self, year)[0]
        while place < 0:
            year -= 1
            days = _working(self, year)[0]
            place += len(days)
        return days[place]

    def next_working_day(self, day: date) -> date:
        """The day itself if offices work on it, else the first day after it on which they do."""
        return day if self.is_working_day(day) else self.add_working_days(day, 1)

    def at(self, day: date, time: time, *, fold: int | None = None) -> datetime:
        """What the clock on the wall says, as an instant in UTC.

        fold: which one is meant when the hour comes twice, 0 the first and 1 the second; `time.fold` of 1
        says it too. Raises ValueError for an hour that the clocks leave out, and for one that comes twice
        when nobody says which.
        """
        if time.tzinfo is not None:
            raise ValueError("a wall clock shows no offset; give the time without one")
        said = 1 if fold is None and time.fold else fold
        wall = datetime.combine(day, time.replace(fold=0))
        first, second = (wall.replace(tzinfo=self.zone, fold=each).astimezone(UTC) for each in (0, 1))
        if first > second:
            raise ValueError(
                f"{wall:%Y-%m-%d %H:%M} does not exist in {self.zone.key}: the clocks go forward then"
            )
        if first < second and said is None:
            raise ValueError(f"{wall:%Y-%m-%d %H:%M} comes twice in {self.zone.key}: say which of the two")
        return second if said else first


@lru_cache(maxsize=1024)
def _working(calendar: Calendar, year: int) -> tuple[tuple[date, ...], frozenset[date]]:
    """The working days of one year, in order and as a set; kept, so that counting costs a look and not a
    walk.
    """
    if not date.min.year <= year <= date.max.year:
        raise ValueError(f"there is no working day left before the year {year}")
    first = date(year, 1, 1)
    length = 366 if monthrange(year, 2)[1] == 29 else 365
    every = (first + timedelta(days=n) for n in range(length))
    days = tuple(d for d in every if d.weekday() not in calendar.weekend and not calendar.holidays(d))
    return days, frozenset(days)


@dataclass(frozen=True)
class Length:
    """How long: an amount and its unit.

    rolls: a due day without work moves to the next working day. Only for limits on the child's side; the
    duties of offices do not roll (process rule of the house).
    """

    amount: int
    unit: Unit
    rolls: bool = False

    def __post_init__(self) -> None:
        if self.amount < 0:
            raise ValueError(f"a length of {self.amount} is under nought")
        if self.rolls and self.unit in (Unit.HOURS, Unit.NONE):
            raise ValueError(f"a length in {self.unit} has no due day that could roll")


@total_ordering
@dataclass(frozen=True)
class Due:
    """Until when. `day` is given when the limit is the end of that local day; `instant` is that end, then.

    Ordered by instant; a day that ends and an hour that strikes at the same instant stand in this order.
    """

    instant: datetime
    day: date | None

    def __post_init__(self) -> None:
        object.__setattr__(self, "instant", _utc(self.instant))

    def __lt__(self, other: "Due") -> bool:
        return self._place() < other._place()

    def _place(self) -> tuple[datetime, bool, date]:
        return self.instant, self.day is None, self.day or date.min

    def is_past(self, now: datetime) -> bool:
        """Whether it is too late. At the due minute itself it is not; at the midnight that ends the due day
        it is.
        """
        return _utc(now) > self.instant if self.day is None else _utc(now) >= self.instant


def due_after(
    start: datetime, length: Length, calendar: Calendar, *, counts_start_day: bool = False
) -> Due | None:
    """When something is due that began at `start`; None when there is no limit.

    Hours: elapsed hours after the instant. All others: the end of a local day. The start day is not counted,
    unless `counts_start_day` says that this country counts it (the reflection period of some; check with
    counsel). Never paused: a missing child, a holiday, an unanswered letter stop no clock. Raises ValueError
    for a naive `start`, and when the start day should be counted in hours or in a length of nought.
    """
    if length.unit is Unit.HOURS:
        if counts_start_day:
            raise ValueError("hours have no start day to count")
        return Due(_utc(start) + timedelta(hours=length.amount), None)
    return _due(calendar.local_date(start), length, calendar, counts_start_day=counts_start_day)


def due_after_day(day: date, length: Length, calendar: Calendar) -> Due | None:
    """When something is due that began on a local day, at no known hour. The day is not counted. Refuses
    hours.
    """
    return _due(day, length, calendar, counts_start_day=False)


def due_before_day(day: date, length: Length, calendar: Calendar) -> Due | None:
    """The last day on which something is in time that must be ready so long before `day`, which is not
    counted.

    For example the plan for adult life, 90 calendar days before the 18th birthday. A length that rolls still
    moves forward, towards `day`: more time for the child, never less. Refuses hours.
    """
    if length.unit is Unit.NONE:
        return None
    return _end_of_day(_count(day, -length.amount, length.unit, calendar), length, calendar)


def _due(day: date, length: Length, calendar: Calendar, *, counts_start_day: bool) -> Due | None:
    if length.unit is Unit.NONE:
        return None
    last = _count(day, length.amount, length.unit, calendar)
    if counts_start_day:
        last = _one_less(day, last, length, calendar)
    return _end_of_day(last, length, calendar)


def _count(day: date, amount: int, unit: Unit, calendar: Calendar) -> date:
    match unit:
        case Unit.WORKING_DAYS:
            return calendar.add_working_days(day, amount)
        case Unit.CALENDAR_DAYS:
            return day + timedelta(days=amount)
        case Unit.MONTHS:
            return add_months(day, amount)
        case Unit.YEARS:
            return add_months(day, 12 * amount)
    raise ValueError(f"a length in {unit} cannot be counted from a day; give the instant")


def _one_less(day: date, last: date, length: Length, calendar: Calendar) -> date:
    """The last day when the start day counts as the first one.

    Months and years then end on the day before the same day of the month; where that month is too short to
    have the same day, its last day already is the day before (so for example German BGB s188(2), (3); check
    with counsel).
    """
    if length.amount == 0:
        raise ValueError("a length of nought has no day that could be counted first")
    if length.unit is Unit.WORKING_DAYS:
        return calendar.add_working_days(day - ONE_DAY, length.amount)
    if length.unit is Unit.CALENDAR_DAYS or last.day == day.day:
        return last - ONE_DAY
    return last


def _end_of_day(day: date, length: Length, calendar: Calendar) -> Due:
    if length.rolls:
        day = calendar.next_working_day(day)
    return Due(calendar.end_of(day), day)


def anniversary(born: date, years: int) -> date:
    """The birthday on which she is `years` old. Born on 29 February: 1 March in a common year (house rule;
    the later day, so that she is a child one day longer. Some States say 28 February: check with counsel).
    """
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        if (born.month, born.day) != (2, 29):
            raise
        return date(born.year + years, 3, 1)


def add_months(day: date, n: int) -> date:
    """The same day of the month n months later (earlier if n is below zero), or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + n, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def latest_possible(text: str) -> date:
    """A date of which perhaps only the year or the month is known, as the last day it can be: doubt protects.

    "2009" is 31 December 2009, "2009-02" is 28 February 2009. Anything else but "2009-02-11" is refused.
    Source: house rule after the presumption of age (ECAT art. 10(3)).
    """
    known = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", text)
    if known is None:
        raise ValueError("write a date as 2009, 2009-02 or 2009-02-11")
    year, month = int(known[1]), int(known[2] or 12)
    if known[3]:
        return date(year, month, int(known[3]))
    date(year, month, 1)  # refuses a thirteenth month and the year nought in the same words as a full date
    return date(year, month, monthrange(year, month)[1])


def escalates_on(due: Due, calendar: Calendar) -> date:
    """From this day the co-ordinator sees what nobody did: the third working day after the due day. House
    rule.
    """
    return calendar.add_working_days(due.day or calendar.local_date(due.instant), ESCALATED_AFTER)


def reminders(start: datetime, due: Due, calendar: Calendar) -> tuple[datetime | date, ...]:
    """When to knock and say that a limit is near, in order of time.

    Hours: once, when a quarter of the time is left. Days: two working days before, and on the due day. A
    knock that would come on the start day or before it is left out: that day has its own knock. While
    overdue, the caller knocks on every working day. `due` counts, also where it was extended or rolled.
    House rule.
    """
    if due.day is None:
        left = (due.instant - _utc(start)) / 4
        return (due.instant - left,) if left > timedelta() else ()
    began = calendar.local_date(start)
    days = (calendar.add_working_days(due.day, -REMINDED_BEFORE), due.day)
    return tuple(day for day in days if day > began)


def _utc(at: datetime) -> datetime:
    """The same instant in UTC: two times of one zone are compared by the wall in Python, and walls repeat an
    hour.
    """
    if at.utcoffset() is None:
        raise ValueError("this instant has no time zone; say where the clock hangs")
    return at.astimezone(UTC)
