"""Reminders that a time limit is near: two working days before, on the day, while overdue; each laid out once."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nrm.casefile.reminding import Near, doors, occasion_of, remind
from nrm.kernel import packs
from nrm.kernel.days import Due, escalates_on
from nrm.messages.models import Knock
from tests.stage import MONDAY, Stage

XA = packs.load("xa").calendar


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=XA.zone)


def by_day(day: str, start: str = "2026-03-02T09:00") -> Near:
    end = at(f"{day}T00:00").date()
    due = Due(XA.end_of(end), end)
    return Near(at(start), due, escalates_on(due, XA), person=1, agency=None, mandate="")


@pytest.mark.parametrize(
    ("now", "occasion"),
    [
        ("2026-03-10T12:00", ""),  # due on Friday the 13th: three working days before
        ("2026-03-11T06:59", ""),  # two before, but still night
        ("2026-03-11T07:00", "2026-03-11"),
        ("2026-03-12T12:00", ""),
        ("2026-03-13T12:00", "2026-03-13"),
        ("2026-03-14T12:00", ""),  # Saturday
        ("2026-03-16T06:00", ""),
        ("2026-03-16T12:00", "2026-03-16"),
        ("2026-03-17T23:59", "2026-03-17"),
    ],
)
def test_a_limit_of_days(now: str, occasion: str) -> None:
    assert occasion_of(by_day("2026-03-13"), now=at(now), calendar=XA) == occasion


@pytest.mark.parametrize(
    ("now", "occasion"),
    [
        (
            "2026-03-03T02:59",
            "",
        ),  # due at nine, from nine the day before: a quarter is left at three in the night
        ("2026-03-03T03:00", "2026-03-03T02:00:00"),
        ("2026-03-03T09:00", "2026-03-03T02:00:00"),
        ("2026-03-03T09:01", ""),  # today is over with it
        ("2026-03-04T06:59", ""),
        ("2026-03-04T07:00", "2026-03-04"),
    ],
)
def test_a_limit_of_hours(now: str, occasion: str) -> None:
    start = at("2026-03-02T09:00")
    near = Near(start, Due(start + timedelta(hours=24), None), None, person=1, agency=None, mandate="")
    assert occasion_of(near, now=at(now), calendar=XA) == occasion


@given(st.integers(0, 60 * 24 * 40))
def test_whoever_is_reminded_is_reminded_in_daylight_of_a_working_day_or_on_the_due_day(minutes: int) -> None:
    now = at("2026-03-02T09:00") + timedelta(minutes=minutes)
    occasion = occasion_of(by_day("2026-03-13"), now=now, calendar=XA)
    today = XA.local_date(now)
    assert occasion in ("", today.isoformat())
    if occasion:
        assert now.astimezone(XA.zone).hour >= 7
        assert XA.is_working_day(today)


def test_from_the_third_working_day_the_co_ordinator_is_told_too() -> None:
    near, mandates = by_day("2026-03-13"), {"COORDINATOR": [7, 8]}
    assert list(doors(near, mandates, at("2026-03-17T09:00").date())) == [(1, None)]
    assert list(doors(near, mandates, at("2026-03-18T09:00").date())) == [(1, None), (None, 7), (None, 8)]


def test_a_desk_of_a_mandate_is_every_agency_that_holds_it() -> None:
    near = Near(at(MONDAY), Due(at(MONDAY), None), None, person=None, agency=None, mandate="HOTLINE")
    assert list(doors(near, {"HOTLINE": [3, 4]}, at(MONDAY).date())) == [(None, 3), (None, 4)]


def test_a_reminder_is_laid_out_once_and_says_nothing(roles: Any, stage: Stage) -> None:
    # Given a case that Rosa leads, with limits of its first days
    reference = stage.a_case()
    stage.do("casefile.appoint_lead_worker", "rosa", MONDAY, case=reference, person="rosa")

    def reminded(now: str) -> int:
        with roles("nrm_worker"):
            return remind(now=stage.moment(now), calendar=stage.pack.calendar)

    # When the worker looks every five minutes of a morning
    counts = [reminded(f"2026-03-05T07:{minute:02}") for minute in range(0, 60, 5)]
    # Then each door has one knock for that day, however many limits are near behind it
    assert counts[0] > 0
    assert counts[1:] == [0] * 11
    told = Knock.objects.filter(sentence="D", occasion="2026-03-05")
    assert told.filter(to_person_id=stage.rosa.person_id).count() == 1
    assert reminded("2026-03-06T07:00") > 0
    # And no knock holds the case's key or reference
    rows = " ".join(str(row) for row in Knock.objects.values())
    assert reference not in rows
    assert str(stage.facts(reference).the_case.pk) not in rows


def test_nothing_near_nobody_reminded(roles: Any, stage: Stage) -> None:
    with roles("nrm_worker"):
        assert remind(now=stage.moment(MONDAY), calendar=stage.pack.calendar) == 0
