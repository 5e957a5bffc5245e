"""After a negative decision: every help goes on, two new people look again, new information is always heard."""

import pytest

from nrm.identification import queries
from nrm.identification.queries import RG
from tests.identification.conftest import NEGATIVE, POSITIVE, TOLD, Path

ASK, AGAIN = "identification.request_reconsideration", "identification.decide_reconsideration"
REQUEST = {"by": "GUARDIAN", "text": "Pay slips show who took the money.", "new_information": "YES"}


@pytest.fixture
def denied(received: Path) -> Path:
    received.decided("decide_reasonable_grounds", "10", NEGATIVE)
    return received


def test_without_a_negative_decision_there_is_nothing_to_reconsider(received: Path) -> None:
    assert received.refused(ASK, "mira", "10T10:00", **REQUEST) == ["NOTHING_TO_RECONSIDER"]
    assert received.refused(AGAIN, "hanne", "10T10:00", **POSITIVE) == ["NOTHING_TO_RECONSIDER"]
    new = {"text": "A neighbour spoke."}
    assert received.refused(
        "identification.record_new_information_after_negative", "mira", "10T10:00", **new
    ) == ["NO_NEGATIVE_DECISION"]


def test_two_new_people_look_again(denied: Path) -> None:
    denied.do("identification.notify_decision", "mira", "11T10:00", **TOLD)
    assert denied.deadlines("RECONSIDERATION_WINDOW", "12T12:00") == [("2026-04-10", "OPEN")]
    denied.do(ASK, "mira", "16T10:00", **REQUEST)
    assert denied.refused(AGAIN, "ida", "20T10:00", **POSITIVE) == ["FIRST_DECIDERS_STAY_OUT"]
    assert denied.deadlines("RECONSIDERATION", "20T12:00") == [("2026-03-30", "OPEN")]
    assert denied.deadlines("RECONSIDERATION_WINDOW", "20T12:00") == [("2026-04-10", "STOPPED")]
    assert queries.challenge_is_open(denied.facts("20T12:00"))
    proposal = denied.do(AGAIN, "hanne", "27T10:00", **POSITIVE)
    assert denied.refused("identification.confirm", "tomas", "27T11:00", proposal=proposal) == [
        "FIRST_DECIDERS_STAY_OUT"
    ]
    denied.do("identification.confirm", "karl", "27T14:00", proposal=proposal)
    facts = denied.facts("27T15:00")
    assert queries.standing_decision(facts, RG).is_positive  # type: ignore[union-attr]
    assert queries.decisions(facts, RG)[0].superseded
    assert denied.deadlines("REASONABLE_GROUNDS", "27T15:00") == [("2026-03-11", "STOPPED")]
    assert denied.deadlines("RECONSIDERATION", "27T15:00") == [("2026-03-30", "STOPPED")]
    assert denied.deadlines("REFLECTION", "27T15:00") == [("2026-06-25", "RUNNING")]
    assert denied.deadlines("CONCLUSIVE_GROUNDS", "27T15:00") == [("2026-05-11", "OPEN")]


def test_the_window_closes_and_new_information_still_reopens(denied: Path) -> None:
    assert queries.removal_barred(denied.facts("2026-06-01T12:00")), "not told: the window is open"
    denied.do("identification.notify_decision", "mira", "11T10:00", **TOLD)
    assert denied.refused(ASK, "mira", "2026-04-11T10:00", **REQUEST) == ["WINDOW_CLOSED"]
    assert not queries.removal_barred(denied.facts("2026-04-11T10:00"))
    new = {"text": "A neighbour spoke."}
    denied.do("identification.record_new_information_after_negative", "mira", "2026-04-13T10:00", **new)
    assert denied.deadlines("REASONABLE_GROUNDS", "2026-04-13T11:00")[1:] == [("2026-04-20", "OPEN")]
    assert queries.removal_barred(denied.facts("2026-04-13T11:00"))


def test_a_court_sets_the_decision_aside(denied: Path) -> None:
    outcome = {"outcome": "QUASHED", "on": "2026-03-20"}
    assert denied.refused("identification.record_appeal_outcome", "mira", "20T10:00", **outcome) == [
        "APPEAL_NOT_KNOWN"
    ]
    denied.do(
        "identification.record_appeal", "mira", "16T10:00", court="Court of Port Alva", lodged_on="2026-03-16"
    )
    assert queries.challenge_is_open(denied.facts("16T11:00"))
    denied.do("identification.record_appeal_outcome", "mira", "20T10:00", **outcome)
    facts = denied.facts("20T11:00")
    assert queries.standing_decision(facts, RG) is None and not queries.challenge_is_open(facts)
    assert denied.deadlines("REASONABLE_GROUNDS", "20T11:00")[1][1] == "OPEN"
    assert queries.removal_barred(facts)


def test_only_an_adult_declines(opened: Path) -> None:
    said = {"said_on": "2026-03-02", "told_of_rights": "YES", "support_continues": "YES"}
    assert opened.refused("identification.record_declined", "rosa", "02T10:00", **said) == ["NOT_AN_ADULT"]
