"""Every deadline of every story, and random ones, equal a slow count by another road; in the zones of the 57 States."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nrm.casefile.facts import Facts
from nrm.casefile.timing import CLOCKS, counted
from nrm.desk.rehearsal import playing, reading
from nrm.kernel.days import Calendar, Length, Unit, due_after
from nrm.kernel.packs import Pack
from tests.rules import slow_count
from tests.stage import STORIES

FILES = sorted(STORIES.glob("c[0-9]*.yaml"))
OTHER_ZONES = (
    "America/St_Johns",
    "Asia/Kamchatka",
    "Pacific/Honolulu",
    "Asia/Ulaanbaatar",
    "Atlantic/Azores",
)


def odd_holidays(day: date) -> bool:
    return day.toordinal() % 13 == 5 or (day.month, day.day) in {(1, 1), (12, 25), (5, 1)}


def elsewhere(pack: Pack, zone: str) -> Pack:
    """The same law under another clock."""
    return replace(pack, calendar=Calendar(ZoneInfo(zone), pack.calendar.weekend, pack.calendar.holidays))


def compared(facts: Facts) -> int:
    """How many runs of clocks were compared; those that the law counts in their own way end with their day."""
    calendar, many = facts.pack.calendar, 0
    for code, runs in CLOCKS.items():
        for run in runs(facts):
            found = counted(code, run, facts).due
            if run.due is not None:
                if run.due.day is not None:
                    assert run.due.instant == slow_count.end_of(run.due.day, calendar.zone), code
                continue
            length = facts.pack.deadline(code, run.variant).length
            expected = slow_count.due(
                run.start, length.amount, str(length.unit), rolls=length.rolls,
                zone=calendar.zone, weekend=calendar.weekend, holiday=calendar.holidays,
            )  # fmt: skip
            assert (None if found is None else (found.instant, found.day)) == expected, code
            many += 1
    return many


@pytest.mark.slow
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_deadlines_of_a_story(file: Path, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    stages: list[playing.Stage] = []
    cast = playing.cast

    def remembered(told: Any) -> playing.Stage:
        stages.append(cast(told))
        return stages[-1]

    monkeypatch.setattr(playing, "cast", remembered)
    told = reading.read(file)
    playing.play(told)
    many = 0
    for stage in stages:
        for case in stage.cases:
            facts = stage.whole(case, datetime(2026, 12, 31, 12, tzinfo=UTC))
            assert facts is not None
            many += compared(facts)
            for zone in OTHER_ZONES:
                many += compared(
                    Facts(facts.case, facts.now, elsewhere(facts.pack, zone), facts.everything, facts.lines)
                )
    assert many > 30


@settings(max_examples=1500, deadline=None)
@given(
    zone=st.sampled_from(slow_count.ZONES_OF_THE_57),
    start=st.datetimes(datetime(2020, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC)),
    unit=st.sampled_from(list(Unit)),
    amount=st.integers(0, 120),
    rolls=st.booleans(),
    weekend=st.sampled_from([frozenset({5, 6}), frozenset({4, 5}), frozenset({6})]),
)
def test_random_deadlines_in_the_zones_of_the_57_states(
    zone: str, start: datetime, unit: Unit, amount: int, rolls: bool, weekend: frozenset[int]
) -> None:
    rolls = rolls and unit not in (Unit.HOURS, Unit.NONE)
    here = Calendar(ZoneInfo(zone), weekend, odd_holidays)
    found = due_after(start, Length(amount, unit, rolls), here)
    expected = slow_count.due(
        start, amount, str(unit), rolls=rolls, zone=here.zone, weekend=weekend, holiday=odd_holidays
    )
    assert (None if found is None else (found.instant, found.day)) == expected


def test_every_state_is_there() -> None:
    assert len(set(slow_count.ZONES_OF_THE_57)) >= 57
