"""A panel determines what is best for her: who sits, who chairs, who disagrees, when it holds."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from nrm.agencies.models import Person
from nrm.care import queries
from nrm.care.models import DeterminationConfirmed
from nrm.closure.queries import flags_of
from nrm.kernel.signature import bind
from nrm.messages.models import Knock
from tests.care.test_safety import ASSESSED, ELEMENTS, OPTIONS
from tests.stage import MONDAY, VIEWS, Stage

DETERMINED: dict[str, Any] = {
    "question": "DURABLE_SOLUTION", "panel": ["greta", "nora", "ove"], "chair": "greta", "guardian_heard": "YES",
    "elements": ELEMENTS, "options": OPTIONS, "conclusion": "She grows up in the foster family.",
    "dissent": "One of us would have waited for a letter of her mother.", **VIEWS,
}  # fmt: skip
DETERMINE, CONFIRM = "care.determine_best_interests", "care.confirm_determination"
PANELS = {"grants": ["FULL", "IDENTITY"], "purpose": "DECISION", "basis": "LEGAL_DUTY", "note": "Child Act"}
LATER = "2026-03-02T12:00"


@pytest.fixture
def case(stage: Stage) -> str:
    """A case that everyone of the panel may read, led by Mira."""
    made = stage.a_case(by="mira")
    stage.do("casefile.appoint_lead_worker", "mira", case=made, person="mira")
    for agency in ("panel", "hospital", "school"):
        stage.do("casefile.share", "mira", case=made, agency=agency, **PANELS)
    return made


@pytest.fixture
def assessed(stage: Stage, case: str) -> str:
    stage.do("care.assess_best_interests", "mira", case=case, **ASSESSED)
    return case


def test_a_determination_holds_once_its_chair_has_confirmed_it(stage: Stage, assessed: str) -> None:
    proposed = stage.do(DETERMINE, "nora", MONDAY, case=assessed, **DETERMINED)
    assert "CONFIRM_WAITING" in flags_of(proposed.facts)
    assert queries.determination_by_key(proposed.facts, proposed.key) is None
    bind(stage.greta, now=stage.moment(MONDAY))
    assert Knock.objects.filter(to_person_id=stage.greta.person_id, sentence="W").exists()
    signed = stage.do(CONFIRM, "greta", LATER, case=assessed, proposal=str(proposed.key))
    assert "CONFIRM_WAITING" not in flags_of(signed.facts)
    held = queries.determination_by_key(signed.facts, proposed.key)
    assert held is not None
    assert held.dissent == DETERMINED["dissent"]
    assert queries.determinations(signed.facts, "DURABLE_SOLUTION") == [held]
    assert queries.determinations(signed.facts, "EXCEPTIONAL_CARE") == []


def test_the_assessment_comes_first(stage: Stage, case: str) -> None:
    assert stage.refused(DETERMINE, "nora", case=case, **DETERMINED) == ["ASSESSMENT_FIRST"]


@pytest.mark.parametrize(
    "panel", [["greta", "nora"], ["greta", "greta", "nora"], ["greta", "nora", "gero"]],
    ids=["two", "the same one twice", "immigration enforcement does not count"],
)  # fmt: skip
def test_three_people_sit(stage: Stage, assessed: str, panel: list[str]) -> None:
    answers = DETERMINED | {"panel": panel}
    assert stage.refused(DETERMINE, "nora", case=assessed, **answers) == ["PANEL_TOO_SMALL"]


def test_they_come_from_two_agencies(stage: Stage, assessed: str) -> None:
    Person.objects.filter(key__in=["nora", "ove"]).update(agency=stage.panel)
    answers = DETERMINED | {"guardian_heard": "YES"}
    assert stage.refused(DETERMINE, "nora", case=assessed, **answers) == ["PANEL_TOO_SMALL"]


def test_the_lead_worker_never_chairs(stage: Stage, assessed: str) -> None:
    answers = DETERMINED | {"panel": ["mira", "greta", "nora"], "chair": "mira"}
    assert stage.refused(DETERMINE, "nora", case=assessed, **answers) == ["LEAD_WORKER_CHAIRS"]


@pytest.mark.parametrize("other", [{"chair": "ida"}, {"panel": ["ida", "nora", "ove"], "chair": "ida"}])
def test_the_chair_is_a_member_of_the_panel(stage: Stage, assessed: str, other: dict[str, Any]) -> None:
    assert stage.refused(DETERMINE, "nora", case=assessed, **DETERMINED | other) == ["CHAIR_NOT_OF_THE_PANEL"]


def test_who_chairs_does_not_propose_for_she_could_not_confirm(stage: Stage, assessed: str) -> None:
    assert stage.refused(DETERMINE, "greta", case=assessed, **DETERMINED) == ["SAME_PERSON"]


def test_the_guardian_is_heard(stage: Stage, assessed: str) -> None:
    for said in ("NO", "NOT_KNOWN"):
        answers = DETERMINED | {"guardian_heard": said}
        assert stage.refused(DETERMINE, "nora", case=assessed, **answers) == ["GUARDIAN_NOT_HEARD"]


def test_where_she_needs_no_guardian_none_need_be_heard(stage: Stage) -> None:
    case = stage.a_case(by="mira", accompaniment="WITH_PARENT", parents="REACHABLE_SAFE")
    stage.do("casefile.share", "mira", case=case, agency="hospital", **PANELS)
    stage.do("care.assess_best_interests", "mira", case=case, **ASSESSED)
    answers = DETERMINED | {"guardian_heard": "NO"}
    assert stage.refused(DETERMINE, "nora", case=case, **answers) == []


def test_it_weighs_seven_points_and_two_ways_forward(stage: Stage, assessed: str) -> None:
    answers = DETERMINED | {"elements": ELEMENTS[1:], "options": OPTIONS[:1]}
    assert stage.refused(DETERMINE, "nora", case=assessed, **answers) == [
        "ELEMENTS_MISSING", "ONE_OPTION_ONLY",
    ]  # fmt: skip


def test_only_its_chair_confirms_and_only_once(stage: Stage, assessed: str) -> None:
    proposal = str(stage.do(DETERMINE, "nora", MONDAY, case=assessed, **DETERMINED).key)
    assert stage.refused(CONFIRM, "nora", LATER, case=assessed, proposal=proposal) == ["SAME_PERSON"]
    assert stage.refused(CONFIRM, "ove", LATER, case=assessed, proposal=proposal) == ["NOT_THE_CHAIR"]
    assert stage.refused(CONFIRM, "greta", LATER, case=assessed, proposal=proposal) == []
    assert stage.refused(CONFIRM, "greta", LATER, case=assessed, proposal=proposal) == ["ALREADY_CONFIRMED"]


def test_what_is_no_determination_cannot_be_confirmed_as_one(stage: Stage, assessed: str) -> None:
    other = str(stage.facts(assessed, "mira").everything[0].pk)
    assert stage.refused(CONFIRM, "greta", LATER, case=assessed, proposal=other) == ["ANSWER_NEEDED"]


def test_the_database_holds_four_eyes_past_all_acts(stage: Stage, assessed: str) -> None:
    proposed = stage.do(DETERMINE, "nora", MONDAY, case=assessed, **DETERMINED)
    at = stage.moment(LATER)
    row = DeterminationConfirmed(
        case=proposed.facts.the_case, at=at, recorded_at=at, by_person_id=stage.nora.person_id,
        by_agency_id=stage.nora.agency_id, proposal=proposed.key, proposed_by_id=stage.nora.person_id,
    )  # fmt: skip
    with pytest.raises(IntegrityError, match="care_determinationconfirmed_four_eyes"), transaction.atomic():
        bind(stage.nora, now=at)
        row.save(force_insert=True)


def test_who_has_not_learnt_to_determine_does_not(stage: Stage, assessed: str) -> None:
    stage.people["nora"].trainings.filter(module="BEST_INTERESTS").delete()
    del stage.__dict__["people"]
    assert stage.refused(DETERMINE, "nora", case=assessed, **DETERMINED) == ["TRAINING_EXPIRED"]
