"""Time to recover: it runs without anyone's act; acts certify it, make it longer, and by two people end it early."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from nrm.care import queries
from nrm.care.models import ExceptionConfirmed
from nrm.casefile import questions
from nrm.casefile.timing import timed
from nrm.closure.queries import flags_of
from nrm.identification.queries import reflection
from nrm.kernel.signature import bind
from tests.care.test_safety import ASSESSED
from tests.identification.conftest import POSITIVE, Path
from tests.stage import VIEWS, Stage

TOLD = {"told_child_on": "2026-03-11", "certificate_to": ["CHILD", "GUARDIAN"]}
LONGER = {"until": "2026-06-30", "reason": "She is ill."}
ENDED: dict[str, Any] = {
    "ground": "IMPROPER_CLAIM", "until": "2026-04-30", "reasons": "The papers were made for this.",
    "best_interests": "It is not.", **VIEWS,
}  # fmt: skip
START, EXTEND = "care.start_reflection_period", "care.extend_reflection_period"
EXCEPT, CONFIRM = "care.except_from_reflection_period", "care.confirm_exception"
GROWN_UP = {"birth_date": "2003-05-09", "birth_date_basis": "CIVIL_REGISTRY"}


@pytest.fixture
def path(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Positive reasonable grounds on Tuesday 10 March: ninety days, until 8 June."""
    monkeypatch.setattr(questions.guardian_is_needed, "_answer", lambda facts, on: False)
    made = Path(stage, age_from="14", age_to="17").received()
    made.decided("decide_reasonable_grounds", "10", POSITIVE)
    return made


@pytest.fixture
def ends_early(path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same in a country that lets even a child's period end early."""
    pack = replace(path.stage.pack, reflection_exception_for_children=True)
    monkeypatch.setattr(path.stage, "pack", pack, raising=False)
    return path


def last_day(path: Path, at: str) -> date | None:
    found = reflection(path.facts(at))
    return found[1].day if found else None


def shown(path: Path, at: str) -> tuple[str, str]:
    facts = path.facts(at)
    (run,) = (one for one in timed(facts) if one.code == "REFLECTION")
    return str(run.due.day if run.due else None), run.state(facts.now)


def test_before_a_positive_decision_there_is_nothing_to_certify(stage: Stage) -> None:
    case = stage.a_case(by="mira")
    for act, answers in ((START, TOLD | {"told_child_on": "2026-03-02"}), (EXTEND, LONGER)):
        assert stage.refused(act, "mira", case=case, **answers) == ["NO_POSITIVE_DECISION"]


def test_nothing_to_end_before_a_positive_decision(stage: Stage) -> None:
    path = Path(stage, **GROWN_UP).referred()
    assert path.refused(EXCEPT, "ida", "03T10:00", **ENDED) == ["NO_POSITIVE_DECISION"]


def test_the_certificate_changes_nothing_of_the_right(path: Path) -> None:
    before = shown(path, "11T10:00")
    assert before == ("2026-06-08", "RUNNING")
    assert path.refused(START, "mira", "11T10:00", **TOLD | {"told_child_on": "2026-03-12"}) == [
        "IN_THE_FUTURE"
    ]
    assert path.refused(START, "mira", "11T10:00", **TOLD) == []
    assert shown(path, "11T10:00") == before


def test_it_can_be_made_longer_never_shorter(path: Path) -> None:
    for until in ("2026-06-08", "2026-04-10"):
        assert path.refused(EXTEND, "ida", "11T10:00", **LONGER | {"until": until}) == ["NOT_SHORTER"]
    assert path.refused(EXTEND, "mira", "11T10:00", **LONGER) == []
    assert shown(path, "11T10:00") == ("2026-06-30", "RUNNING")
    assert path.refused(EXTEND, "mira", "12T10:00", **LONGER) == ["NOT_SHORTER"]
    assert "REFLECTION_RUNNING" in flags_of(path.facts("2026-06-30T23:00"))
    assert "REFLECTION_RUNNING" not in flags_of(path.facts("2026-07-01T00:30"))


def test_a_childs_period_is_not_ended_early(path: Path) -> None:
    assert path.refused(EXCEPT, "ida", "12T10:00", **ENDED) == ["NOT_FOR_A_CHILD"]
    assert path.refused(CONFIRM, "tomas", "12T10:00", proposal="1") == ["NOT_FOR_A_CHILD"]


def test_where_a_country_allows_it_two_people_end_it_and_never_under_thirty_days(ends_early: Path) -> None:
    path = ends_early
    assert path.refused(EXCEPT, "mira", "12T10:00", **ENDED) == ["ROLE_MISSING"]
    assert path.refused(EXCEPT, "ida", "12T10:00", **ENDED | {"until": "2026-04-08"}) == ["UNDER_30_DAYS"]
    assert path.refused(EXCEPT, "ida", "12T10:00", **ENDED | {"until": "2026-04-09"}) == []
    proposal = path.do(EXCEPT, "ida", "12T11:00", **ENDED)
    assert "CONFIRM_WAITING" in flags_of(path.facts("12T11:00"))
    assert last_day(path, "12T11:00") == date(2026, 6, 8), "nothing ends by one person"
    assert path.refused(CONFIRM, "ida", "12T12:00", proposal=proposal) == ["SAME_PERSON"]
    assert path.refused(CONFIRM, "tomas", "12T12:00", proposal=proposal) == []
    assert path.refused(CONFIRM, "hanne", "12T12:00", proposal=proposal) == ["ALREADY_CONFIRMED"]
    assert shown(path, "12T13:00") == ("2026-04-30", "RUNNING")
    assert shown(path, "2026-05-01T10:00") == ("2026-04-30", "ENDED")


def test_what_was_decided_later_holds(ends_early: Path) -> None:
    path = ends_early
    proposal = path.do(EXCEPT, "ida", "12T11:00", **ENDED)
    path.do(CONFIRM, "tomas", "12T12:00", proposal=proposal)
    path.do(EXTEND, "mira", "13T12:00", until="2026-05-20", reason="She is ill.")
    assert last_day(path, "13T12:00") == date(2026, 5, 20)


def test_the_database_holds_four_eyes_past_all_acts(ends_early: Path) -> None:
    stage, at = ends_early.stage, ends_early.stage.moment("2026-03-12T12:00")
    proposal = int(ends_early.do(EXCEPT, "ida", "12T11:00", **ENDED))
    row = ExceptionConfirmed(
        case=ends_early.facts("12T12:00").the_case, at=at, recorded_at=at, by_person_id=stage.ida.person_id,
        by_agency_id=stage.ida.agency_id, proposal=proposal, proposed_by_id=stage.ida.person_id,
    )  # fmt: skip
    with pytest.raises(IntegrityError, match="care_exceptionconfirmed_four_eyes"), transaction.atomic():
        bind(stage.ida, now=at)
        row.save(force_insert=True)


def test_a_childs_permit_rests_on_an_assessment_and_is_renewed_in_time(path: Path) -> None:
    asked = {"step": "REQUESTED", "ground": "CHILD_BEST_INTERESTS"}
    act = "care.record_residence_permit"
    assert path.refused(act, "mira", "12T10:00", **asked) == ["PERMIT_WITHOUT_BIA"]
    assert path.refused(act, "mira", "12T10:00", **asked | {"step": "REFUSED"}) == [], (
        "a refusal is always recorded"
    )
    bia = path.do("care.assess_best_interests", "mira", "12T10:30", **ASSESSED | {"question": "PERMIT"})
    assert path.refused(act, "mira", "12T11:00", **asked, assessment=bia) == []
    assert path.deadlines("PERMIT_RENEWAL", "12T11:00") == []
    granted = asked | {"step": "GRANTED", "valid_to": "2026-09-30", "assessment": bia}
    path.do(act, "ida", "20T10:00", **granted)
    assert path.deadlines("PERMIT_RENEWAL", "20T10:00") == [("2026-08-01", "OPEN")]
    held = queries.permit(path.facts("20T10:00"))
    assert held is not None and held.valid_to == date(2026, 9, 30)
    renewed = granted | {"step": "RENEWED", "valid_to": ""}
    assert path.refused(act, "ida", "25T10:00", **renewed) == ["ANSWER_NEEDED"]
    path.do(act, "ida", "25T10:00", **renewed | {"valid_to": "2027-09-30"})
    assert path.deadlines("PERMIT_RENEWAL", "25T10:00") == [("2026-08-01", "STOPPED"), ("2027-08-01", "OPEN")]


def test_an_adults_permit_needs_no_assessment(stage: Stage) -> None:
    case = stage.a_case(by="mira", **GROWN_UP)
    asked = {"step": "REQUESTED", "ground": "PERSONAL_SITUATION"}
    assert stage.refused("care.record_residence_permit", "mira", case=case, **asked) == []
    assert queries.permit(stage.facts(case, "mira")) is None
