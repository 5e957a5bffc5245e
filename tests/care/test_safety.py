"""A plan, an assessment, and the hours when she is missing."""

from datetime import date
from typing import Any

from nrm.care.terms import BestInterestsElement
from nrm.casefile.facts import Facts
from nrm.casefile.timing import Timed, timed
from nrm.closure.queries import flags_of
from nrm.kernel.signature import bind
from nrm.messages.models import Knock
from tests.stage import MONDAY, VIEWS, Stage

PLAN: dict[str, Any] = {
    "dangers": [{"danger": "TRAFFICKER_NEAR", "who": "The man at the station", "likelihood": "HIGH"}],
    "measures": ["SAFE_WORD"], "if_missing": "Call the police and the lead worker at once.", **VIEWS,
}  # fmt: skip
ELEMENTS = [{"element": code, "finding": "Not known yet."} for code in BestInterestsElement.codes()]
OPTIONS = [{"option": "Stay here", "chosen": "YES"}, {"option": "Go back", "chosen": "NO", "why": "Unsafe."}]
ASSESSED: dict[str, Any] = {
    "question": "FIRST_STEPS", "elements": ELEMENTS, "options": OPTIONS, "conclusion": "She stays.", **VIEWS,
}  # fmt: skip
FOUND: dict[str, Any] = {"condition": "SAFE", "returned_to": "The children's home"}
THURSDAY = "2026-03-12T14:00"


def of(facts: Facts, code: str) -> Timed:
    return next(one for one in timed(facts) if one.code == code)


def due_day(facts: Facts, code: str) -> date | None:
    due = of(facts, code).due
    assert due is not None
    return due.day


def test_a_plan_is_due_on_the_first_day_and_gone_through_after_thirty(stage: Stage) -> None:
    case = stage.a_case(by="mira", at=THURSDAY)
    facts = stage.do("care.record_safety_plan", "mira", "2026-03-12T16:00", case=case, **PLAN).facts
    plan = of(facts, "SAFETY_PLAN")
    assert (plan.due.instant, plan.stopped) == (
        stage.moment("2026-03-13T14:00"), stage.moment("2026-03-12T16:00"),
    )  # fmt: skip
    assert due_day(facts, "SAFETY_REVIEW") == date(2026, 4, 11)
    again = stage.do("care.review_safety_plan", "mira", "2026-03-20T16:00", case=case, **PLAN).facts
    reviews = [one for one in timed(again) if one.code == "SAFETY_REVIEW"]
    assert [bool(one.stopped) for one in reviews] == [True, False]


def test_a_plan_says_what_happens_in_the_first_hour_and_names_a_danger(stage: Stage) -> None:
    case = stage.a_case(by="mira")
    for act in ("care.record_safety_plan", "care.review_safety_plan"):
        assert stage.refused(act, "mira", case=case, **PLAN | {"if_missing": ""}) == [
            "PLAN_WITHOUT_MISSING_PART"
        ]
        assert stage.refused(act, "mira", case=case, **PLAN | {"dangers": []}) == ["ANSWER_NEEDED"]


def test_an_assessment_is_due_in_three_working_days_and_again(stage: Stage) -> None:
    case = stage.a_case(by="mira", at=THURSDAY)
    assert due_day(stage.facts(case, "mira", THURSDAY), "FIRST_BIA") == date(2026, 3, 17)
    done = stage.do("care.assess_best_interests", "mira", "2026-03-16T11:00", case=case, **ASSESSED)
    assert of(done.facts, "FIRST_BIA").stopped == stage.moment("2026-03-16T11:00")
    assert due_day(done.facts, "BIA_REPEAT") == date(2026, 6, 14)


def test_an_assessment_says_something_on_seven_points_and_has_two_ways_forward(stage: Stage) -> None:
    case = stage.a_case(by="mira")
    answers = {"case": case, **ASSESSED, "elements": ELEMENTS[:6], "options": OPTIONS[:1]}
    assert stage.refused("care.assess_best_interests", "mira", **answers) == [
        "ELEMENTS_MISSING",
        "ONE_OPTION_ONLY",
    ]


def test_only_her_own_guardian_assesses(stage: Stage) -> None:
    case = stage.a_case(by="mira")
    stage.do("care.appoint_guardian", "mira", case=case, guardian="petra", **{"from": "2026-03-02"})
    assert stage.refused("care.assess_best_interests", "jonas", case=case, **ASSESSED) == ["ROLE_MISSING"]
    assert stage.refused("care.assess_best_interests", "petra", case=case, **ASSESSED) == []


def test_a_missing_child_is_looked_for(stage: Stage) -> None:
    case = stage.a_case(by="mira", at=THURSDAY)
    assert stage.refused("care.record_found", "mira", THURSDAY, case=case, **FOUND) == ["NOT_MISSING"]
    alert = {"since": "2026-03-13T07:30", "abroad_possible": "YES"}
    facts = stage.do("care.raise_missing_alert", "mira", "2026-03-13T08:30", case=case, **alert).facts
    assert {"MISSING", "IN_DANGER"} <= flags_of(facts)
    assert of(facts, "MISSING_POLICE").due.instant == stage.moment("2026-03-13T09:30")
    assert due_day(facts, "MISSING_REVIEW") == date(2026, 3, 20)
    later = facts.at_time(stage.moment("2026-03-23T12:00"))
    assert due_day(later, "MISSING_REVIEW") == date(2026, 3, 27)
    for office in ("police", "focal"):
        bind(stage.viktor if office == "police" else stage.elin, now=stage.moment("2026-03-13T08:31"))
        assert Knock.objects.filter(to_agency_id=getattr(stage, office).pk, sentence="U").exists()
    facts = stage.do(
        "care.record_police_informed", "mira", "2026-03-13T08:50", case=case, reference="M-310"
    ).facts
    assert of(facts, "MISSING_POLICE").stopped == stage.moment("2026-03-13T08:50")
    facts = stage.do("care.record_found", "mira", "2026-03-14T18:00", case=case, **FOUND).facts
    assert "MISSING" not in flags_of(facts)
    review = of(facts.at_time(stage.moment("2026-03-31T12:00")), "MISSING_REVIEW")
    assert (review.due.day, review.stopped) == (date(2026, 3, 20), stage.moment("2026-03-14T18:00"))


def test_an_alert_needs_nothing_but_one_tap(stage: Stage) -> None:
    case = stage.a_case(by="mira")
    done = stage.do("care.raise_missing_alert", "mira", MONDAY, case=case)
    assert done.fact.since == stage.moment(MONDAY)
