"""How old she is: doubt protects, only gentle methods, the lowest age counts."""

from datetime import date
from typing import Any

import pytest

from nrm.casefile import questions
from nrm.identification import queries
from nrm.identification.rules import assigned_birth_date
from tests.identification.conftest import NEGATIVE, POSITIVE, TOLD, Path
from tests.stage import VIEWS

OPEN, DECIDE, CONFIRM = (
    f"identification.{verb}" for verb in ("open_age_assessment", "decide_age", "confirm")
)
DOUBT = {"by": "CHILD_HERSELF", "claims": "CHILD", "why": "He says that he is sixteen."}
GENTLE = ["PAPERS", "INTERVIEW", "SOCIAL_REPORT"]
ASSESS = {
    "why": "The passport says nineteen.", "methods": GENTLE, "guardian_present": "YES", "informed": "YES",
    "agrees": "YES", "best_interests": "Only gentle methods.", **VIEWS,
}  # fmt: skip
CHILD = {
    "outcome": "CHILD", "lowest_age": "16", "highest_age": "19", "methods_used": GENTLE,
    "reasons": "School and family dates fit.", "multidisciplinary": "YES", **VIEWS,
}  # fmt: skip
ADULT = CHILD | {"outcome": "ADULT", "lowest_age": "19", "highest_age": "22"}


@pytest.fixture
def received(stage: Any) -> Path:
    path = Path(stage, birth_date="2006-06-01", birth_date_basis="DOCUMENT_UNVERIFIED").received()
    path.share("ageteam", "mira", grants=["IDENTITY"], purpose="DECISION")
    return path


def row(path: Path, at: str) -> str:
    facts = path.facts(at)
    return questions.presumed(facts, facts.today).row


def decided(path: Path, answers: dict[str, Any]) -> str:
    proposal = path.do(DECIDE, "bea", "20T10:10", **answers)
    return path.do(CONFIRM, "tor", "20T15:00", proposal=proposal)


def test_a_doubt_protects_from_this_minute(received: Path) -> None:
    assert row(received, "03T12:00") == "P8"
    received.do("identification.dispute_age", "rosa", "04T06:20", **DOUBT)
    assert row(received, "04T07:00") == "P5"
    assert queries.dispute_is_open(received.facts("04T07:00"))


def test_without_serious_doubt_no_age_is_assessed(received: Path) -> None:
    assert received.refused(OPEN, "ida", "05T11:00", **ASSESS) == ["NO_SERIOUS_DOUBT"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"methods": ["INTERVIEW", "SEXUAL_MATURITY"]}, "METHOD_FORBIDDEN"),
        ({"methods": ["DENTAL_OR_WRIST"]}, "XRAY_NOT_LAST_RESORT"),
        ({"agrees": "NO"}, "CHILD_REFUSED"),
        ({"best_interests": ""}, "BEST_INTERESTS_MISSING"),
    ],
)
def test_an_assessment_is_gentle_and_wanted(received: Path, change: dict[str, Any], code: str) -> None:
    received.do("identification.dispute_age", "rosa", "04T06:20", **DOUBT)
    assert received.refused(OPEN, "ida", "05T11:00", **(ASSESS | change)) == [code]


@pytest.mark.usefixtures("unguarded")
def test_she_needs_a_guardian_at_her_side_first(received: Path) -> None:
    received.do("identification.dispute_age", "rosa", "04T06:20", **DOUBT)
    assert received.refused(OPEN, "ida", "05T11:00", **ASSESS) == ["GUARDIAN_FIRST"]


def test_bones_and_teeth_only_after_gentler_methods(received: Path) -> None:
    received.do("identification.dispute_age", "rosa", "04T06:20", **DOUBT)
    received.do(OPEN, "ida", "05T11:00", **ASSESS)
    assert received.refused(OPEN, "ida", "06T11:00", **(ASSESS | {"methods": ["DENTAL_OR_WRIST"]})) == []


def test_two_assessors_decide_and_the_lowest_age_counts(received: Path) -> None:
    received.do("identification.dispute_age", "rosa", "04T06:20", **DOUBT)
    received.do(OPEN, "ida", "05T11:00", **ASSESS)
    wrong = ADULT | {"lowest_age": "16"}
    assert received.refused(DECIDE, "bea", "20T10:00", **wrong) == ["MARGIN_SAYS_CHILD"]
    proposal = received.do(DECIDE, "bea", "20T10:10", **CHILD)
    assert received.refused(CONFIRM, "bea", "20T11:00", proposal=proposal) == ["SAME_PERSON"]
    assert received.refused(CONFIRM, "tomas", "20T11:00", proposal=proposal) == ["ROLE_MISSING"]
    received.do(CONFIRM, "tor", "20T15:00", proposal=proposal)
    facts = received.facts("20T16:00")
    presumed = questions.presumed(facts, facts.today)
    assert (presumed.child, presumed.row, presumed.until) == (True, "P3", date(2028, 3, 20))
    assert not queries.dispute_is_open(facts)
    assert received.deadlines("AGE_DECISION", "20T16:00")[0][1] == "STOPPED"
    assert received.deadlines("NOTIFY_DECISION", "20T16:00") == [("2026-03-23", "OPEN")]


def test_an_assessor_does_not_sign_under_other_decisions(received: Path) -> None:
    proposal = received.do("identification.decide_reasonable_grounds", "ida", "06T10:00", **POSITIVE)
    assert received.refused(CONFIRM, "tor", "06T11:00", proposal=proposal) == ["ROLE_MISSING"]


def test_medical_findings_alone_make_no_adult(received: Path) -> None:
    medical = ADULT | {"methods_used": ["PAEDIATRIC", "DENTAL_OR_WRIST"]}
    assert received.refused(DECIDE, "bea", "20T10:00", **medical) == ["ONE_METHOD_ONLY"]


def test_an_adult_decision_is_final_only_after_the_window(received: Path) -> None:
    decided(received, ADULT)
    received.do("identification.notify_decision", "mira", "23T10:00", **TOLD)
    assert received.deadlines("RECONSIDERATION_WINDOW", "23T11:00") == [("2026-04-20", "OPEN")]
    assert row(received, "23T11:00") == "P1"
    assert row(received, "2026-04-20T11:00") == "P1"
    assert row(received, "2026-04-21T11:00") == "P2"
    said = {"said_on": "2026-04-21", "told_of_rights": "YES", "support_continues": "YES"}
    received.do("identification.record_declined", "mira", "2026-04-21T12:00", **said)
    assert queries.declined_at(received.facts("2026-04-21T13:00")) is not None


@pytest.mark.parametrize(("outcome", "ends_in"), [(NEGATIVE, "P2"), (POSITIVE, "P4")])
def test_a_challenge_suspends_an_adult_decision(
    received: Path, outcome: dict[str, Any], ends_in: str
) -> None:
    decided(received, ADULT)
    received.do(
        "identification.request_reconsideration", "mira", "23T10:00", by="CHILD", text="I am sixteen."
    )
    assert row(received, "2026-04-25T11:00") == "P1", "pending"
    received.decided("decide_reconsideration", "27", outcome, by="hanne", then="karl")
    assert row(received, "27T16:00") == ends_in


def test_a_new_age_makes_a_waiting_proposal_stale(received: Path) -> None:
    proposal = received.do("identification.decide_reasonable_grounds", "ida", "20T09:00", **POSITIVE)
    decided(received, CHILD)
    assert received.refused(CONFIRM, "tomas", "20T16:00", proposal=proposal) == ["PROPOSAL_STALE"]


def test_the_assigned_birth_date_makes_no_adult_of_a_child() -> None:
    assert assigned_birth_date("CHILD", 16, date(2026, 3, 20)) == date(2010, 3, 20)
    assert assigned_birth_date("CHILD", 18, date(2026, 3, 20)) is None
    assert assigned_birth_date("ADULT", 19, date(2026, 3, 20)) is None


def test_a_court_that_sets_an_adult_decision_aside_leaves_the_doubt_open(received: Path) -> None:
    received.do("identification.dispute_age", "rosa", "04T06:20", **DOUBT)
    decided(received, ADULT)
    received.do(
        "identification.record_appeal", "mira", "23T10:00", court="Court of Port Alva", lodged_on="2026-03-23"
    )
    assert row(received, "2026-05-25T11:00") == "P1", "the court has not answered"
    outcome = {"outcome": "QUASHED", "on": "2026-05-26"}
    received.do("identification.record_appeal_outcome", "mira", "2026-05-26T10:00", **outcome)
    assert row(received, "2026-05-26T11:00") == "P5"


def test_a_ground_given_once_makes_verified_papers_count_as_stated(stage: Any) -> None:
    path = Path(stage, birth_date="2006-06-01", birth_date_basis="DOCUMENT_VERIFIED")
    assert row(path, "02T10:00") == "P6"
    path.do("identification.dispute_age", "rosa", "02T11:00", **DOUBT)
    assert row(path, "02T12:00") == "P6"
    path.do("identification.dispute_age", "rosa", "02T13:00", **DOUBT, ground="FALSE_PAPERS")
    path.do("identification.dispute_age", "rosa", "02T14:00", **DOUBT)
    assert row(path, "02T15:00") == "P5"
