"""Near 18: a plan in time, a guardian until then, a hand-over after."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from nrm.care.queries import guardianship
from nrm.care.rules import earliest_end_of_reflection, is_too_early_to_plan, last_day_of_hand_over
from nrm.casefile import questions
from nrm.casefile.timing import timed
from nrm.identification.queries import final_adult_since
from tests.identification.conftest import Path
from tests.stage import MONDAY, VIEWS, Stage

PLAN: dict[str, Any] = {
    "housing": "The flat until he is 21.", "income": "Youth support.", "school_or_work": "A language course.",
    "health": "Knee check.", "papers": "Passport kept by him.", "key_person": "His coach.", "guardian_after": "YES",
    **VIEWS,
}  # fmt: skip
ACT = "care.plan_transition_to_adulthood"


def born(day: str) -> dict[str, str]:
    return {"birth_date": day, "birth_date_basis": "CIVIL_REGISTRY"}


def plans(stage: Stage, case: str, at: str = MONDAY) -> list[tuple[str, str]]:
    facts = stage.facts(case, "mira", at)
    return [
        (str(one.due.day), one.state(facts.now))
        for one in timed(facts)
        if one.code == "TRANSITION_PLAN" and one.due
    ]


@pytest.mark.parametrize(
    ("birth", "expected"),
    [
        ("2008-06-20", [("2026-03-22", "OPEN")]),
        ("2008-04-20", [("2026-01-20", "OVERDUE")]),
        ("2008-08-29", [("2026-05-31", "OPEN")]),
        ("2008-08-30", []),
        ("2008-03-02", []),
        ("2003-03-02", []),
    ],
    ids=["as in the story", "opened later", "180 days before", "181 days before", "18 today", "grown up"],
)
def test_the_plan_is_due_ninety_days_before_18(
    stage: Stage, birth: str, expected: list[tuple[str, str]]
) -> None:
    assert plans(stage, stage.a_case(by="mira", **born(birth))) == expected


def test_without_a_birth_date_no_day_is_counted_and_a_plan_may_be_made(stage: Stage) -> None:
    case = stage.a_case(by="mira")
    assert plans(stage, case) == []
    assert stage.refused(ACT, "mira", case=case, **PLAN) == []


def test_a_plan_stops_it_even_one_made_long_before(stage: Stage) -> None:
    case = stage.a_case(by="mira", **born("2008-12-01"))
    assert plans(stage, case) == []
    stage.do(ACT, "mira", case=case, **PLAN)
    assert plans(stage, case, "2026-08-01T09:00") == [("2026-09-02", "STOPPED")]


def test_it_does_not_end_at_18(stage: Stage) -> None:
    case = stage.a_case(by="mira", **born("2008-04-20"))
    assert plans(stage, case, "2026-05-20T09:00") == [("2026-01-20", "OVERDUE")]


def test_nobody_plans_more_than_two_years_ahead(stage: Stage) -> None:
    early, in_time = (stage.a_case(by="mira", **born(day)) for day in ("2010-03-03", "2010-03-02"))
    assert stage.refused(ACT, "mira", case=early, **PLAN) == ["TOO_EARLY_TO_PLAN"]
    assert stage.refused(ACT, "mira", case=in_time, **PLAN) == []


def test_the_days_are_counted_as_written() -> None:
    assert earliest_end_of_reflection(date(2026, 3, 10)) == date(2026, 4, 9)
    assert last_day_of_hand_over(date(2026, 4, 11)) == date(2026, 5, 11)
    assert [is_too_early_to_plan(date(2026, 2, day), date(2028, 2, 29)) for day in (27, 28)] == [True, False]
    for day in range(1, 400):
        positive = date(2026, 1, 1) + timedelta(days=day)
        assert (earliest_end_of_reflection(positive) - positive).days == 30


def guarded(stage: Stage, case: str, on: str, at: str, pack: Any = None) -> bool:
    facts = stage.facts(case, "mira", at)
    facts = replace(facts, pack=pack) if pack is not None else facts
    return guardianship(facts, date.fromisoformat(on)) is not None


def test_a_guardianship_ends_at_18_unless_the_country_keeps_it(stage: Stage) -> None:
    case = stage.a_case(by="mira", **born("2008-04-20"))
    stage.do("care.appoint_guardian", "mira", case=case, guardian="jonas", **{"from": "2026-03-02"})
    days = ("2026-04-19", "2026-04-20")
    assert [guarded(stage, case, day, "2026-05-01T09:00") for day in days] == [True, False]
    kept = replace(stage.pack, guardianship_ends_at_18=False)
    assert guarded(stage, case, days[1], "2026-05-01T09:00", kept)


@pytest.fixture
def adult(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Guarded, her age disputed, and decided to be an adult on 10 March: final from 10 April."""
    path = Path(stage, **{"age_from": "14", "age_to": "17"}).received()
    path.do("care.appoint_guardian", "mira", "03T10:30", guardian="jonas", **{"from": "2026-03-03"})
    path.do(
        "identification.dispute_age", "rosa", "03T11:00", by="POLICE", claims="ADULT", why="He looks older."
    )
    path.share("ageteam", "mira", grants=["FULL", "IDENTITY"], purpose="DECISION")
    decided = {
        "outcome": "ADULT", "lowest_age": "18", "highest_age": "21", "methods_used": ["PAPERS", "INTERVIEW"],
        "reasons": "School papers say so.", "multidisciplinary": "YES", **VIEWS,
    }  # fmt: skip
    proposal = path.do("identification.decide_age", "bea", "10T10:00", **decided)
    path.do("identification.confirm", "tor", "10T11:00", proposal=proposal)
    return path


def test_who_is_finally_an_adult_keeps_her_guardian_for_a_hand_over(adult: Path) -> None:
    path = adult
    early, final = path.facts("12T10:00"), path.facts("2026-06-01T10:00")
    assert final_adult_since(early) is None, "it can still be challenged"
    assert questions.presumed(final, final.today).row == "P2"
    assert final_adult_since(final) == date(2026, 4, 10)
    lasts = [guardianship(final, date(2026, 5, day)) is not None for day in (10, 11)]
    assert lasts == [True, False]


def test_and_longer_if_she_wants_it(adult: Path) -> None:
    adult.do(ACT, "mira", "2026-04-20T10:00", **PLAN)
    assert guardianship(adult.facts("2026-06-01T10:00"), date(2026, 6, 1)) is not None
    adult.do(ACT, "mira", "2026-04-21T10:00", **PLAN | {"guardian_after": "NO"})
    assert guardianship(adult.facts("2026-06-01T10:00"), date(2026, 6, 1)) is None


def test_looked_at_again_it_is_final_at_once(adult: Path) -> None:
    path = adult
    path.do(
        "identification.request_reconsideration", "jonas", "12T10:00", by="GUARDIAN", text="He is sixteen."
    )
    assert final_adult_since(path.facts("2026-06-01T10:00")) is None, "a challenge is pending"
    again = {
        "outcome": "NEGATIVE", "reason_codes": ["EXPERT"], "reasons": "The papers hold.", "guardian_heard": "YES",
        "evidence_read": ["PAPERS"], "best_interests": "It is the truth.", **VIEWS,
    }  # fmt: skip
    proposal = path.do("identification.decide_reconsideration", "ida", "16T10:00", **again)
    path.do("identification.confirm", "tomas", "16T11:00", proposal=proposal)
    assert final_adult_since(path.facts("17T10:00")) == date(2026, 3, 16)


def test_left_standing_by_a_court_it_is_final_from_that_day(adult: Path) -> None:
    path = adult
    path.do(
        "identification.record_appeal",
        "jonas",
        "12T10:00",
        court="The court of Port Alva",
        lodged_on="2026-03-12",
    )
    assert final_adult_since(path.facts("2026-06-01T10:00")) is None
    path.do("identification.record_appeal_outcome", "jonas", "19T10:00", outcome="UPHELD", on="2026-03-19")
    assert final_adult_since(path.facts("20T10:00")) == date(2026, 3, 19)
