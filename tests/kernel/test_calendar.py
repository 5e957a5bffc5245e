"""Local days, working days and the wall clock: odd midnights, and a slow count unlike the fast one."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nrm.kernel.days import Calendar, Due, Length, Unit, due_after

ALVENIA_HOLIDAYS = frozenset(
    {date(2026, 1, 1), date(2026, 1, 6), date(2026, 3, 9), date(2026, 4, 3), date(2026, 4, 6)}
)
WEEKEND = frozenset({5, 6})


def never(_):
    return False


def in_alvenia(day):
    return day in ALVENIA_HOLIDAYS


def calendar(zone, holidays=never, weekend=WEEKEND):
    return Calendar(ZoneInfo(zone), weekend, holidays)


XA = calendar("Europe/Vienna", in_alvenia)


@pytest.mark.parametrize("weekend", [{7}, {-1}, set(range(7))])
def test_a_week_has_seven_days_and_one_of_them_works(weekend):
    with pytest.raises(ValueError, match="week"):
        calendar("UTC", weekend=frozenset(weekend))


def test_a_country_without_any_working_day_is_told_and_not_searched_for_ever():
    with pytest.raises(ValueError, match="no working day"):
        calendar("UTC", holidays=lambda day: day.year > 9990).add_working_days(date(9990, 12, 31), 1)


# The local day.


def test_the_law_counts_local_days():
    at = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
    assert XA.local_date(at) == date(2026, 3, 3)
    assert calendar("America/Bogota").local_date(at) == date(2026, 3, 2)
    assert due_after(at, Length(1, Unit.WORKING_DAYS), XA).day == date(2026, 3, 4)


@pytest.mark.parametrize(
    ("zone", "day", "end"),
    [
        ("Europe/Vienna", "2026-03-02", "2026-03-02T23:00"),
        ("Europe/Vienna", "2026-03-29", "2026-03-29T22:00"),  # 23 hours long
        ("Europe/Vienna", "2026-10-25", "2026-10-25T23:00"),  # 25 hours long
        ("Asia/Kathmandu", "2026-03-02", "2026-03-02T18:15"),
        (
            "Asia/Beirut",
            "2026-03-28",
            "2026-03-28T22:00",
        ),  # midnight does not exist: the clocks jump to 01:00
        ("America/Havana", "2026-03-07", "2026-03-08T05:00"),  # the same
        (
            "Atlantic/Azores",
            "2026-10-24",
            "2026-10-25T00:00",
        ),  # midnight comes twice, the day before is over at the first
        ("America/Havana", "2026-10-31", "2026-11-01T04:00"),  # the same
        ("America/Sao_Paulo", "2018-02-17", "2018-02-18T03:00"),  # at midnight back to 23:00 of the same day
        ("America/St_Johns", "2010-11-06", "2010-11-07T03:30"),  # at 00:01 back to 23:01: the day came back
        (
            "America/Toronto",
            "1919-03-30",
            "1919-03-31T04:30",
        ),  # at 23:30 on to 00:30: the day ended half an hour early
        ("Pacific/Apia", "2011-12-29", "2011-12-30T10:00"),  # the next day was left out at the date line
        ("Pacific/Apia", "2011-12-30", "2011-12-30T10:00"),  # the day that never was
        ("Pacific/Apia", "2011-12-31", "2011-12-31T10:00"),
    ],
)
def test_when_a_local_day_is_over(zone, day, end):
    assert calendar(zone).end_of(date.fromisoformat(day)) == datetime.fromisoformat(end).replace(tzinfo=UTC)


ZONES = st.sampled_from(
    [
        *(
            "Europe/Vienna",
            "Europe/London",
            "Europe/Dublin",
            "Atlantic/Azores",
            "Asia/Beirut",
            "America/Havana",
        ),
        *(
            "America/Santiago",
            "America/Asuncion",
            "America/Sao_Paulo",
            "Asia/Tehran",
            "Asia/Gaza",
            "Africa/Cairo",
        ),
        *("Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia", "Pacific/Chatham", "America/St_Johns"),
        *(
            "Africa/Casablanca",
            "Antarctica/Troll",
            "Pacific/Kiritimati",
            "America/Godthab",
            "Asia/Amman",
            "UTC",
        ),
    ]
)
TEN_YEARS = st.dates(date(2009, 1, 1), date(2030, 12, 31))


@settings(max_examples=600, deadline=None)
@given(zone=ZONES, day=TEN_YEARS)
def test_before_its_end_the_day_runs_and_after_it_never_again(zone, day):
    here = calendar(zone)
    end = here.end_of(day)
    assert here.local_date(end - timedelta(microseconds=1)) <= day
    assert all(here.local_date(end + timedelta(minutes=n)) > day for n in range(0, 26 * 60, 5))


@settings(max_examples=300, deadline=None)
@given(zone=ZONES, day=TEN_YEARS)
def test_a_day_ends_after_the_day_before(zone, day):
    here = calendar(zone)
    before, end = here.end_of(day - timedelta(days=1)), here.end_of(day)
    skipped = zone == "Pacific/Apia" and day == date(2011, 12, 30)
    assert end == before if skipped else timedelta(hours=22) <= end - before <= timedelta(hours=26)


# Working days: a slow count, day by day, that asks weekend and holiday itself.


def slowly(here, day, n):
    step = timedelta(days=1 if n > 0 else -1)
    left = abs(n)
    while left:
        day += step
        if day.weekday() not in here.weekend and not here.holidays(day):
            left -= 1
    return day


def now_and_then(day):
    return day.toordinal() % 11 == 3 or (day.month == 12 and day.day > 20) or (day.month, day.day) == (1, 1)


CALENDARS = st.builds(
    calendar,
    ZONES,
    st.sampled_from([never, in_alvenia, now_and_then]),
    st.frozensets(st.integers(0, 6), max_size=6),
)


@settings(max_examples=600, deadline=None)
@given(here=CALENDARS, day=TEN_YEARS, n=st.integers(-40, 60) | st.integers(-600, 800))
def test_the_fast_count_is_the_slow_count(here, day, n):
    assert here.add_working_days(day, n) == slowly(here, day, n)


def test_fast_and_slow_agree_on_every_day_of_ten_years():
    here = calendar("Europe/Vienna", holidays=now_and_then)
    for day in (date(2020, 1, 1) + timedelta(days=n) for n in range(3653)):
        works = day.weekday() < 5 and not now_and_then(day)
        assert here.is_working_day(day) is works
        assert here.next_working_day(day) == (day if works else slowly(here, day, 1))
        assert [here.add_working_days(day, n) for n in (-2, 1, 5, 20)] == [
            slowly(here, day, n) for n in (-2, 1, 5, 20)
        ]


@settings(max_examples=300, deadline=None)
@given(
    zone=ZONES,
    at=st.datetimes(datetime(2009, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC)),
    n=st.integers(0, 200),
    unit=st.sampled_from([Unit.CALENDAR_DAYS, Unit.WORKING_DAYS]),
    rolls=st.booleans(),
)
def test_due_days_are_counted_from_the_local_day(zone, at, n, unit, rolls):
    here = calendar(zone, holidays=now_and_then)
    day = at.astimezone(ZoneInfo(zone)).date()
    expected = slowly(here, day, n) if unit is Unit.WORKING_DAYS else day + timedelta(days=n)
    while rolls and (expected.weekday() >= 5 or now_and_then(expected)):
        expected += timedelta(days=1)
    assert due_after(at, Length(n, unit, rolls), here) == Due(here.end_of(expected), expected)


def test_nought_working_days_after_a_sunday_is_the_sunday():
    assert XA.add_working_days(date(2026, 3, 8), 0) == date(2026, 3, 8)
    assert XA.next_working_day(date(2026, 3, 8)) == date(2026, 3, 10)


def test_holidays_are_asked_once_a_year_and_not_for_every_clock():
    asked = []

    def remembering(day):
        asked.append(day)
        return False

    here = calendar("Europe/Vienna", holidays=remembering)
    for _ in range(50):
        due_after(datetime(2026, 3, 3, 10, tzinfo=UTC), Length(5, Unit.WORKING_DAYS), here)
    assert len(asked) == len(set(asked)) <= 365


# The wall clock.


@pytest.mark.parametrize(
    ("day", "hour", "instant"),
    [
        ("2026-03-02", "09:00", "2026-03-02T08:00"),
        ("2026-07-02", "09:00", "2026-07-02T07:00"),
        ("2026-03-29", "03:00", "2026-03-29T01:00"),
        ("2026-10-25", "03:00", "2026-10-25T02:00"),
    ],
)
def test_the_wall_clock_as_an_instant(day, hour, instant):
    at = XA.at(date.fromisoformat(day), time.fromisoformat(hour))
    assert at == datetime.fromisoformat(instant).replace(tzinfo=UTC)
    assert at.tzinfo is UTC


@pytest.mark.parametrize("hour", ["02:00", "02:30", "02:59"])
def test_an_hour_that_the_clocks_leave_out_is_refused(hour):
    with pytest.raises(ValueError, match="does not exist"):
        XA.at(date(2026, 3, 29), time.fromisoformat(hour))
    with pytest.raises(ValueError, match="does not exist"):
        XA.at(date(2026, 3, 29), time.fromisoformat(hour), fold=1)


def test_an_hour_that_comes_twice_needs_a_word_which():
    twice = date(2026, 10, 25), time(2, 30)
    with pytest.raises(ValueError, match="comes twice"):
        XA.at(*twice)
    assert XA.at(*twice, fold=0) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert XA.at(*twice, fold=1) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert XA.at(twice[0], time(2, 30, fold=1)) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert XA.at(date(2026, 10, 26), time(2, 30), fold=1) == datetime(2026, 10, 26, 1, 30, tzinfo=UTC)


def test_a_wall_clock_shows_no_offset():
    with pytest.raises(ValueError, match="offset"):
        XA.at(date(2026, 3, 2), time(9, tzinfo=timezone(timedelta(hours=1))))


@settings(max_examples=300, deadline=None)
@given(zone=ZONES, day=TEN_YEARS, minute=st.integers(0, 24 * 60 - 1))
def test_the_wall_clock_and_back(zone, day, minute):
    wall = time(minute // 60, minute % 60)
    try:
        at = calendar(zone).at(day, wall, fold=0)
    except ValueError:
        there = datetime.combine(day, wall, ZoneInfo(zone))
        assert there.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None) != datetime.combine(
            day, wall
        )
    else:
        assert at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == datetime.combine(day, wall)
