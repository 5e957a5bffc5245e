"""She is back: someone from outside the place she lived in talks with her, within three days."""

from typing import Any

import pytest

from nrm.care import queries
from nrm.casefile.timing import Timed, timed
from tests.care.test_placing import FOSTER, SHELTER
from tests.care.test_safety import FOUND
from tests.stage import MONDAY, VIEWS, Stage

TALKED: dict[str, Any] = {
    "by": "mira",
    "pushed_or_pulled": "Pulled by a call.",
    "harm": ["TRAFFICKER_NEAR"],
    **VIEWS,
}
INTERVIEW, ALERT, BACK = "care.record_return_interview", "care.raise_missing_alert", "care.record_found"


def interviews(stage: Stage, case: str, at: str) -> list[Timed]:
    runs = [one for one in timed(stage.facts(case, "mira", at)) if one.code == "RETURN_INTERVIEW"]
    return sorted(runs, key=lambda one: one.start)


@pytest.fixture
def back(stage: Stage) -> str:
    """She lived in a shelter, went missing on the 7th and was found on the 11th."""
    case = stage.a_case(by="mira")
    stage.do("care.place", "mira", case=case, **SHELTER)
    stage.do("casefile.share", "mira", case=case, agency="lantern", grants=["SUMMARY"], purpose="SERVICE",
             basis="LEGAL_DUTY", note="Child Act")  # fmt: skip
    stage.do(ALERT, "mira", "2026-03-07T21:00", case=case)
    assert stage.refused(INTERVIEW, "mira", "2026-03-08T09:00", case=case, **TALKED) == ["NOT_BACK_YET"]
    stage.do(BACK, "mira", "2026-03-11T14:00", case=case, **FOUND)
    return case


def test_it_is_due_in_seventy_two_hours(stage: Stage, back: str) -> None:
    (due,) = interviews(stage, back, "2026-03-11T14:00")
    assert due.due is not None and due.due.instant == stage.moment("2026-03-14T14:00")
    stage.do(INTERVIEW, "mira", "2026-03-13T10:00", case=back, **TALKED)
    (due,) = interviews(stage, back, "2026-03-13T10:00")
    assert due.stopped == stage.moment("2026-03-13T10:00")


def test_each_return_has_its_own(stage: Stage, back: str) -> None:
    stage.do(INTERVIEW, "mira", "2026-03-13T10:00", case=back, **TALKED)
    stage.do(ALERT, "mira", "2026-03-14T21:00", case=back)
    stage.do(ALERT, "dora", "2026-03-14T22:00", case=back)
    stage.do(BACK, "mira", "2026-03-15T08:00", case=back, **FOUND)
    assert [run.stopped is None for run in interviews(stage, back, "2026-03-15T09:00")] == [False, True]
    times = list(queries.times_missing(stage.facts(back, "mira", "2026-03-15T09:00")))
    assert len(times) == 2, "a second alert is the same time"


def test_the_dead_are_not_asked(stage: Stage) -> None:
    case = stage.a_case(by="mira")
    stage.do(ALERT, "mira", case=case)
    stage.do(BACK, "mira", "2026-03-02T10:00", case=case, **FOUND | {"condition": "DIED"})
    assert interviews(stage, case, "2026-03-02T10:00") == []


def test_nobody_of_the_house_she_left_or_came_back_to_asks_her(stage: Stage, back: str) -> None:
    at = "2026-03-12T09:00"
    assert stage.refused(INTERVIEW, "dora", at, case=back, **TALKED | {"by": "dora"}) == ["NOT_INDEPENDENT"]
    moved = FOSTER | {"from": "2026-03-12"}
    stage.do("care.place", "mira", at, case=back, **moved)
    assert stage.refused(INTERVIEW, "mira", at, case=back, **TALKED | {"by": "dora"}) == ["NOT_INDEPENDENT"]
    assert stage.refused(INTERVIEW, "dora", at, case=back, **TALKED) == [], (
        "she may write down what another heard"
    )


def test_who_was_never_missing_has_not_come_back(stage: Stage) -> None:
    assert stage.refused(INTERVIEW, "mira", MONDAY, case=stage.a_case(by="mira"), **TALKED) == [
        "NOT_BACK_YET"
    ]
