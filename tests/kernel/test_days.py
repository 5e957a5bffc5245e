"""Time limits: tables of cases from the ten stories, birthdays, half-known dates, and who is told when."""

from dataclasses import FrozenInstanceError
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nrm.kernel.days import (
    Calendar,
    Due,
    Length,
    Unit,
    add_months,
    anniversary,
    due_after,
    due_after_day,
    due_before_day,
    escalates_on,
    latest_possible,
    reminders,
)

ALVENIA_HOLIDAYS = frozenset(
    date.fromisoformat(day)
    for day in (
        *("2025-12-25", "2025-12-26", "2026-01-01", "2026-01-06", "2026-03-09"),
        *("2026-04-03", "2026-04-06", "2026-05-01", "2026-05-14", "2026-05-25"),
    )
)


def in_alvenia(day):
    return day in ALVENIA_HOLIDAYS


WEEKEND = frozenset({5, 6})
XA = Calendar(ZoneInfo("Europe/Vienna"), WEEKEND, in_alvenia)


def local(text, zone="Europe/Vienna"):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def hours(n):
    return Length(n, Unit.HOURS)


def working(n):
    return Length(n, Unit.WORKING_DAYS)


def days(n):
    return Length(n, Unit.CALENDAR_DAYS)


WINDOW = Length(30, Unit.CALENDAR_DAYS, rolls=True)

# From the ten worked cases; every due day was computed by hand there.
DUE_DAYS = [
    ("C1 reasonable grounds: Monday 9 March is a holiday", "2026-03-03T10:00", working(5), "2026-03-11"),
    ("C1 guardian and six services", "2026-03-02T09:00", working(5), "2026-03-10"),
    ("C1 first best-interests assessment", "2026-03-02T09:00", working(3), "2026-03-05"),
    ("C1 family tracing", "2026-03-10T16:00", working(2), "2026-03-12"),
    ("C1 reflection", "2026-03-10T16:00", days(90), "2026-06-08"),
    ("C1 conclusive grounds", "2026-03-10T16:00", days(45), "2026-04-24"),
    ("C1 safety review", "2026-03-02T11:00", days(30), "2026-04-01"),
    ("C2 non-punishment notice, offence at half past midnight", "2026-03-04T00:40", working(1), "2026-03-05"),
    ("C2 reasonable grounds, notice reply, six services", "2026-03-04T09:00", working(5), "2026-03-12"),
    ("C2 reflection", "2026-03-06T12:00", days(90), "2026-06-04"),
    ("C2 conclusive grounds", "2026-03-06T12:00", days(45), "2026-04-20"),
    ("C2 durable solution", "2026-03-27T12:00", days(180), "2026-09-23"),
    (
        "C2 safety review on Good Friday: an office's duty does not roll",
        "2026-03-04T02:30",
        days(30),
        "2026-04-03",
    ),
    ("C3 receipt over weekend and holiday", "2026-03-06T12:00", working(1), "2026-03-10"),
    ("C3 answer from abroad", "2026-03-13T15:00", days(3), "2026-03-16"),
    ("C3 conclusive grounds on a Sunday", "2026-03-12T12:00", days(45), "2026-04-26"),
    ("C4 reflection ends on a Sunday", "2025-12-08T12:00", days(90), "2026-03-08"),
    ("C4 durable solution", "2026-01-21T12:00", days(180), "2026-07-20"),
    ("C4 follow-up", "2026-03-27T12:00", days(180), "2026-09-23"),
    ("C4 retention, ten years", "2026-03-27T12:00", Length(10, Unit.YEARS), "2036-03-27"),
    ("C6 more information", "2026-03-19T10:00", working(3), "2026-03-24"),
    ("C7 reflection", "2026-03-24T12:00", days(90), "2026-06-22"),
    ("C9 age decision over the holiday", "2026-02-24T12:00", working(20), "2026-03-25"),
    ("C10 window on the child's side", "2026-03-11T12:00", WINDOW, "2026-04-10"),
    ("window ending on Good Friday rolls over Easter Monday", "2026-03-04T12:00", WINDOW, "2026-04-07"),
    ("window ending on a Saturday rolls", "2026-03-12T12:00", WINDOW, "2026-04-13"),
    ("C10 reconsideration", "2026-03-16T12:00", Length(10, Unit.WORKING_DAYS), "2026-03-30"),
    ("working days skip Christmas and New Year", "2025-12-23T12:00", working(5), "2026-01-02"),
    ("start on a Sunday: Monday is the first working day", "2026-03-15T12:00", working(1), "2026-03-16"),
    ("three months", "2026-03-10T12:00", Length(3, Unit.MONTHS), "2026-06-10"),
    ("three months into a shorter month", "2026-11-30T12:00", Length(3, Unit.MONTHS), "2027-02-28"),
    ("a year from leap day", "2028-02-29T12:00", Length(1, Unit.YEARS), "2029-02-28"),
    (
        "half past midnight is of the new day",
        "2026-03-02T00:30",
        days(1),
        "2026-03-03",
    ),
]


@pytest.mark.parametrize(
    ("start", "length", "due_day"), [c[1:] for c in DUE_DAYS], ids=[c[0] for c in DUE_DAYS]
)
def test_due_days_of_the_worked_cases(start, length, due_day):
    due = due_after(local(start), length, XA)
    assert due.day == date.fromisoformat(due_day)
    assert due.instant == local(f"{due_day}T00:00") + timedelta(
        days=1
    )  # same zone: wall clock of the next midnight
    assert due_after_day(local(start).date(), length, XA) == due


@pytest.mark.parametrize(
    ("start", "n", "due"),
    [
        ("2026-03-02T09:00", 48, "2026-03-04T09:00"),
        ("2026-03-05T10:05", 48, "2026-03-07T10:05"),  # C3: hours run through the weekend
        ("2026-03-28T12:00", 24, "2026-03-29T13:00"),  # the clocks go forward: elapsed hours, not the wall
        ("2026-03-29T01:30", 1, "2026-03-29T03:30"),
        ("2026-10-24T12:00", 24, "2026-10-25T11:00"),  # and back
        ("2026-03-07T22:30", 1, "2026-03-07T23:30"),
    ],
)
def test_hours_are_elapsed_hours(start, n, due):
    assert due_after(local(start), hours(n), XA) == Due(local(due).astimezone(UTC), None)


def test_no_limit_is_no_due():
    none = Length(0, Unit.NONE)
    assert due_after(local("2026-03-02T09:00"), none, XA) is None
    assert due_after_day(date(2026, 3, 2), none, XA) is None
    assert due_before_day(date(2026, 3, 2), none, XA) is None


def test_samuels_plan_is_due_ninety_days_before_he_is_eighteen():
    turns_18 = anniversary(date(2008, 6, 20), 18)
    assert due_before_day(turns_18, days(90), XA).day == date(2026, 3, 22)
    assert due_before_day(turns_18, days(180), XA).day == date(2025, 12, 22)


@pytest.mark.parametrize(
    ("length", "day"),
    [
        (working(2), "2026-03-06"),  # before Wednesday 11 March, over the holiday on Monday
        (Length(1, Unit.MONTHS), "2026-02-11"),
        (Length(1, Unit.YEARS), "2025-03-11"),
        (
            Length(3, Unit.CALENDAR_DAYS, rolls=True),
            "2026-03-10",
        ),  # Sunday 8 rolls over the holiday, towards the day
    ],
)
def test_counting_back(length, day):
    assert due_before_day(date(2026, 3, 11), length, XA).day == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("start", "length", "due_day"),
    [
        ("2026-03-10", days(90), "2026-06-07"),
        ("2026-03-10", days(1), "2026-03-10"),
        ("2026-03-10", working(1), "2026-03-10"),
        (
            "2026-03-08",
            working(1),
            "2026-03-10",
        ),  # a Sunday cannot be the first working day, nor the holiday after it
        ("2026-03-10", Length(3, Unit.MONTHS), "2026-06-09"),
        ("2026-11-30", Length(3, Unit.MONTHS), "2027-02-28"),
        ("2026-11-29", Length(3, Unit.MONTHS), "2027-02-28"),
        ("2026-12-01", Length(3, Unit.MONTHS), "2027-02-28"),
        ("2026-03-10", Length(1, Unit.YEARS), "2027-03-09"),
    ],
)
def test_a_country_that_counts_the_first_day(start, length, due_day):
    due = due_after(local(f"{start}T16:00"), length, XA, counts_start_day=True)
    assert due.day == date.fromisoformat(due_day)


@pytest.mark.parametrize("length", [hours(1), days(0)])
def test_there_is_no_first_day_in_hours_or_in_nothing(length):
    with pytest.raises(ValueError, match=r"count"):
        due_after(local("2026-03-10T16:00"), length, XA, counts_start_day=True)


@pytest.mark.parametrize("count", [due_after_day, due_before_day])
def test_hours_cannot_be_counted_from_a_day(count):
    with pytest.raises(ValueError, match="HOURS cannot be counted from a day"):
        count(date(2026, 3, 10), hours(1), XA)


def test_a_due_minute_is_in_time_and_a_due_day_is_over_at_midnight():
    minute = due_after(local("2026-03-02T09:00"), hours(24), XA)
    assert not minute.is_past(local("2026-03-03T09:00"))
    assert minute.is_past(local("2026-03-03T09:00:00.000001"))
    day = due_after(local("2026-03-02T09:00"), days(1), XA)
    assert not day.is_past(local("2026-03-03T23:59:59.999999"))
    assert day.is_past(local("2026-03-04T00:00"))


def test_past_is_asked_in_instants_even_in_the_hour_that_comes_twice():
    second = local("2026-10-25T02:30").replace(fold=1)
    due = Due(local("2026-10-25T02:45"), None)  # the first 02:45
    assert due.is_past(second)
    assert due.instant.tzinfo is UTC


def test_dues_stand_in_order_of_time_also_when_a_day_ends_as_an_hour_strikes():
    midnight = XA.end_of(date(2026, 3, 3))
    day, minute, later = (
        Due(midnight, date(2026, 3, 3)),
        Due(midnight, None),
        Due(midnight + timedelta(hours=1), None),
    )
    assert sorted([later, minute, day]) == [day, minute, later]
    assert day != minute
    assert day < minute <= minute < later
    assert max(day, later) is later


@pytest.mark.parametrize(
    "use",
    [
        lambda at: XA.local_date(at),
        lambda at: due_after(at, hours(1), XA),
        lambda at: due_after(at, days(1), XA),
        lambda at: Due(at, None),
        lambda at: Due(at.replace(tzinfo=UTC), None).is_past(at),
        lambda at: reminders(at, Due(at.replace(tzinfo=UTC), None), XA),
    ],
)
def test_an_instant_without_zone_is_refused(use):
    with pytest.raises(ValueError, match="no time zone"):
        use(datetime(2026, 3, 2, 9))


@pytest.mark.parametrize("rolled", [Unit.HOURS, Unit.NONE])
def test_only_a_day_rolls(rolled):
    with pytest.raises(ValueError, match="roll"):
        Length(1, rolled, rolls=True)


def test_a_length_is_not_under_nought_and_never_edited():
    with pytest.raises(ValueError, match="-1"):
        Length(-1, Unit.MONTHS)
    with pytest.raises(FrozenInstanceError):
        days(1).amount = 2


# Birthdays and half-known dates.


@pytest.mark.parametrize(
    ("born", "years", "turns"),
    [
        ("2009-11-11", 18, "2027-11-11"),
        ("2008-02-29", 18, "2026-03-01"),
        ("2008-02-29", 20, "2028-02-29"),
        ("2008-02-28", 18, "2026-02-28"),
        ("2011-08-14", 30, "2041-08-14"),
        ("1884-02-29", 16, "1900-03-01"),
        ("1984-02-29", 16, "2000-02-29"),
    ],
)
def test_birthdays(born, years, turns):
    assert anniversary(date.fromisoformat(born), years) == date.fromisoformat(turns)


def test_a_birthday_after_the_end_of_the_calendar_is_refused():
    with pytest.raises(ValueError, match="year"):
        anniversary(date(9999, 1, 1), 18)


@given(born=st.dates(date(1900, 1, 1), date(2040, 12, 31)), years=st.integers(0, 100))
def test_the_day_before_a_birthday_she_is_a_year_younger(born, years):
    turns = anniversary(born, years)
    lived = turns.year - born.year - ((turns.month, turns.day) < (born.month, born.day))
    before = turns - timedelta(days=1)
    assert lived == years
    assert before.year - born.year - ((before.month, before.day) < (born.month, born.day)) == years - 1


@pytest.mark.parametrize(
    ("day", "n", "then"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2026-10-31", 1, "2026-11-30"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-01-15", -1, "2025-12-15"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-03-31", 24, "2028-03-31"),
        ("2026-03-31", 0, "2026-03-31"),
    ],
)
def test_months(day, n, then):
    assert add_months(date.fromisoformat(day), n) == date.fromisoformat(then)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2009", "2009-12-31"),
        ("2009-02", "2009-02-28"),
        ("2008-02", "2008-02-29"),
        ("2009-11", "2009-11-30"),
        ("2009-11-11", "2009-11-11"),
    ],
)
def test_doubt_about_a_date_protects(text, day):
    assert latest_possible(text) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "text",
    [
        *("", "09", "2009-2", "2009-13", "2009-00", "2009-02-30", "0000", "2009-11-11T00:00", "2009-11-11\n"),
        *("11.11.2009", "20091111", "2009-W07", "２００９", "about 2009"),
    ],
)
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValueError, match=r"write a date|month|day|year"):
        latest_possible(text)


# Who hears of it.


@pytest.mark.parametrize(
    ("start", "length", "seen_on"),
    [
        ("2026-03-04T09:00", working(5), "2026-03-17"),  # due Thursday 12 March
        (
            "2026-03-03T10:00",
            working(1),
            "2026-03-10",
        ),  # due Wednesday 4; Thursday, Friday, and Monday is a holiday
        ("2026-03-06T12:00", days(1), "2026-03-12"),  # due on a Saturday
        ("2026-03-04T23:30", hours(1), "2026-03-11"),  # due at half past midnight of Thursday
    ],
)
def test_the_co_ordinator_sees_it_on_the_third_working_day(start, length, seen_on):
    assert escalates_on(due_after(local(start), length, XA), XA) == date.fromisoformat(seen_on)


@pytest.mark.parametrize(
    ("start", "length", "knocks"),
    [
        ("2026-03-04T09:00", working(5), ["2026-03-10", "2026-03-12"]),
        (
            "2026-03-03T10:00",
            working(5),
            ["2026-03-06", "2026-03-11"],
        ),  # two working days before, over the holiday
        ("2026-03-03T10:00", working(1), ["2026-03-04"]),  # two days before is before the start
        (
            "2026-03-03T10:00",
            working(2),
            ["2026-03-05"],
        ),  # two days before is the start day, which had its own knock
        ("2026-03-06T10:00", days(2), ["2026-03-08"]),  # due on a Sunday: the knock comes on the day
        ("2026-03-06T10:00", days(0), []),
    ],
)
def test_knocks_before_a_day(start, length, knocks):
    at = local(start)
    assert reminders(at, due_after(at, length, XA), XA) == tuple(map(date.fromisoformat, knocks))


def test_knocks_before_an_hour_when_a_quarter_of_the_time_is_left():
    at = local("2026-03-28T12:00")  # over the night of the clocks
    assert reminders(at, due_after(at, hours(24), XA), XA) == (local("2026-03-29T07:00").astimezone(UTC),)
    assert reminders(at, due_after(at, hours(0), XA), XA) == ()


def test_knocks_follow_the_due_day_and_not_the_length_when_it_was_extended():
    extended = due_after(local("2026-03-25T23:59"), working(5), XA)
    knocks = reminders(local("2026-03-18T09:00"), extended, XA)
    assert knocks == (date(2026, 3, 30), date(2026, 4, 1))
