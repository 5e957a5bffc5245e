"""A message to another State: what stops it, what is kept of it, what comes back on it."""

import json
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from nrm.casefile.act import ACTS
from nrm.casefile.timing import timed
from nrm.crossborder import queries
from nrm.crossborder.models import OutgoingMessage
from nrm.kernel.signature import bind
from nrm.messages.models import Knock
from tests.care.test_placing import FOSTER
from tests.crossborder.conftest import ALERT, CG, MESSAGE, RISK, Abroad
from tests.identification.conftest import POSITIVE
from tests.stage import Stage

SEND, WARN = "crossborder.send_transnational_referral", "crossborder.raise_alert_abroad"
ACK, ANSWER, OUTCOME = "crossborder.acknowledge", "crossborder.answer", "crossborder.record_outcome"
COMPLAIN, CONSULT = "crossborder.transmit_complaint", "crossborder.consult_on_placement_abroad"
BOTH = pytest.mark.parametrize("act", [SEND, WARN])
AGREED = {
    "service": "ALL",
    "given": "YES",
    "by": "CHILD_AND_GUARDIAN",
    "how": "SPOKEN",
    "shares": ["SUMMARY"],
}
YES = {"accepted": "YES", "text": "Officers look for her."}
ENDED = {"outcome": "LOCATED", "text": "She was found."}
WHY = "To find her."


def sent(girl: Abroad, act: str = SEND, who: str = "elin", **other: Any) -> dict[str, Any]:
    """A message and the data that left."""
    key = girl.do(act, who, "13T10:00", **MESSAGE | other)
    fact = girl.facts("13T10:01").by_key(int(key))
    return json.loads(fact.sent) | {"key": key}


@BOTH
@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"to": "XDO"}, "NO_FOCAL_POINT"),
        ({"handling": []}, "HANDLING_MISSING"),
        ({"ask_for": ["INFORM_ONLY"], "disclose": [{"field": "NAMES", "reason": WHY}]}, "MORE_THAN_NEEDED"),
        ({"basis": "CHILD_AND_GUARDIAN_CONSENT"}, "SHARE_CONSENT_MISSING"),
        ({"basis": "TREATY"}, "ANSWER_NEEDED"),
        ({"handling": ["DELETE_BY"]}, "ANSWER_NEEDED"),
    ],
)
def test_a_message_is_stopped(girl: Abroad, act: str, wrong: dict[str, Any], code: str) -> None:
    assert girl.refused(act, "elin", "13T10:00", **MESSAGE | wrong) == [code]


@BOTH
def test_all_that_stops_a_message_is_said_together(girl: Abroad, act: str) -> None:
    wrong = {
        "to": "XDO", "handling": [], "ask_for": ["INFORM_ONLY"], "basis": "CHILD_AND_GUARDIAN_CONSENT",
        "disclose": [{"field": "NAMES", "reason": WHY}],
    }  # fmt: skip
    assert girl.refused(act, "elin", "13T10:00", **MESSAGE | wrong) == [
        "HANDLING_MISSING", "MORE_THAN_NEEDED", "NO_FOCAL_POINT", "SHARE_CONSENT_MISSING",
    ]  # fmt: skip


@BOTH
def test_a_treaty_and_a_day_to_delete_it_are_named(girl: Abroad, act: str) -> None:
    named = {
        "basis": "TREATY",
        "basis_text": "Hague 1996",
        "handling": ["DELETE_BY"],
        "delete_by": "2026-12-31",
    }
    assert girl.refused(act, "elin", "13T10:00", **MESSAGE | named) == []


@BOTH
def test_what_she_agreed_to_allows_it_until_she_takes_it_back(girl: Abroad, act: str) -> None:
    consent = girl.do("services.record_consent", "mira", "12T10:00", **AGREED)
    answers = MESSAGE | {"basis": "CHILD_AND_GUARDIAN_CONSENT", "consent": consent}
    assert girl.refused(act, "elin", "12T11:00", **answers) == []
    back = {"service": "ALL", "by": "CHILD", "how": "SPOKEN"}
    girl.do("services.withdraw_consent", "mira", "12T12:00", **back)
    assert girl.refused(act, "elin", "12T13:00", **answers) == ["SHARE_CONSENT_MISSING"]
    plain_no = girl.do("services.record_consent", "mira", "12T14:00", **AGREED | {"given": "NO"})
    assert girl.refused(act, "elin", "12T15:00", **answers | {"consent": plain_no}) == [
        "SHARE_CONSENT_MISSING"
    ]


def test_danger_now_waits_for_no_consent(girl: Abroad) -> None:
    alarm = ALERT | {"basis": "CHILD_AND_GUARDIAN_CONSENT"}
    assert girl.refused(WARN, "elin", "13T10:00", **alarm) == []


@BOTH
def test_each_thing_told_beside_the_minimum_needs_its_reason(girl: Abroad, act: str) -> None:
    bare = MESSAGE | {"disclose": [{"field": "NAMES"}]}
    assert girl.refused(act, "elin", "13T10:00", **bare) == ["ANSWER_NEEDED"]


@BOTH
def test_nobody_is_asked_to_receive_her_before_the_risk_is_known(girl: Abroad, act: str) -> None:
    receive = MESSAGE | {"ask_for": ["RECEIVE_RETURN"]}
    assert girl.refused(act, "elin", "13T10:00", **receive) == ["NO_RISK_ASSESSMENT"]
    girl.do("crossborder.record_risk_and_security_assessment", "mira", "13T11:00", **RISK)
    assert girl.refused(act, "elin", "13T12:00", **receive) == []
    against = RISK | {"conclusion": "AGAINST_BEST_INTERESTS"}
    girl.do("crossborder.record_risk_and_security_assessment", "mira", "13T13:00", **against)
    assert girl.refused(act, "elin", "13T14:00", **receive) == ["RETURN_AGAINST_BEST_INTERESTS"]


def test_where_she_lives_is_told_only_by_who_may_know_it(girl: Abroad) -> None:
    girl.do("care.place", "mira", "12T10:00", **FOSTER | {"from": "2026-03-12", "address": "Harbour 5"})
    address = ALERT | {"disclose": [{"field": "ADDRESS", "reason": "To guard the door."}]}
    assert girl.refused(WARN, "elin", "13T10:00", **address) == ["MORE_THAN_NEEDED"]
    told = sent(girl, WARN, "mira", **address)
    assert told["child"]["further"] == [
        {"field": "ADDRESS", "value": "Harbour 5", "reason": "To guard the door."}
    ]


def test_the_minimum_leaves_and_nothing_else(stage: Stage) -> None:
    girl = Abroad(
        stage, given_name="Lule", family_name="Marin", also_called="Lulu", accompanied_by="An uncle of hers",
        birth_date="2011-05-04", birth_date_basis="SAID_BY_CHILD", gender_as_told="girl in her words",
        communication=["EASY_WORDS"], missing_from="A home in Corvia",
    ).guarded()  # fmt: skip
    girl.presumed()
    told = sent(girl)
    assert told["child"] == {
        "reference": girl.case, "treated_as_child": "YES", "row": "P7", "birth_year": 2011, "sex": "FEMALE",
        "languages": ["por"], "communication": ["EASY_WORDS"], "interpreter": "",
    }  # fmt: skip
    assert told["situation"] == {
        "stage": "PRESUMED", "purposes": ["BEGGING"], "danger": ["TRAFFICKER_NEAR"],
        "guardian": {"name": "Jonas Ek", "office": "Guardianship Office"},
    }  # fmt: skip
    assert told["handling"] == {"conditions": ["PROTECTION_ONLY", "NOT_TO_FAMILY"], "delete_by": None}
    assert (told["head"]["from"], told["head"]["from_office"]) == ("XAL", "Focal Point Office")
    text = json.dumps(told)
    for secret in ("Lule", "Marin", "Lulu", "uncle", "05-04", "her words", "XCO", "go back to him", "forty"):
        assert secret not in text, secret


def test_what_is_ticked_with_a_reason_is_told(girl: Abroad) -> None:
    disclose = [{"field": code, "reason": WHY} for code in ("NAMES", "CITIZENSHIPS", "PHOTO")]
    told = sent(girl, disclose=disclose)["child"]["further"]
    assert {one["field"]: one["value"] for one in told} == {
        "NAMES": ["Lule"], "CITIZENSHIPS": ["XCO"], "PHOTO": "NOT_KNOWN",
    }  # fmt: skip


def test_the_word_for_how_the_case_stands(girl: Abroad) -> None:
    assert sent(girl)["situation"]["stage"] == "NOT_DECIDED"
    girl.presumed()
    girl.decided(CG, "12", POSITIVE)
    assert sent(girl)["situation"]["stage"] == "IDENTIFIED"


def test_a_negative_decision_stays_at_home(girl: Abroad) -> None:
    girl.turned_down()
    assert sent(girl)["situation"]["stage"] == "NOT_DECIDED"


def test_what_was_sent_is_kept_letter_by_letter(girl: Abroad) -> None:
    key = sent(girl)["key"]
    fact = girl.facts("13T11:00").by_key(int(key))
    assert len(fact.message_id) == 26 and json.loads(fact.sent)["head"]["message_id"] == fact.message_id
    with pytest.raises(Exception, match=r"never|permission"), transaction.atomic():
        OutgoingMessage.objects.filter(pk=key).update(sent="{}")
    for wrong, name in (({"handling": []}, "says_how_to_handle_it"), ({"sent": ""}, "keeps_what_was_sent")):
        again = OutgoingMessage.objects.get(pk=key)
        again.pk, again.message_id = int(key) + 1, "X" * 26
        for column, value in wrong.items():
            setattr(again, column, value)
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            again.save(force_insert=True)


def test_one_number_is_one_message(girl: Abroad) -> None:
    first = OutgoingMessage.objects.get(pk=sent(girl)["key"])
    first.pk += 1
    with pytest.raises(IntegrityError, match="one_message_a_number"), transaction.atomic():
        first.save(force_insert=True)


def test_a_case_worker_warns_in_danger_and_leaves_the_rest_to_the_focal_point(girl: Abroad) -> None:
    for act in (SEND, WARN):
        assert girl.refused(act, "mira", "13T10:00", **MESSAGE) == ["ROLE_MISSING"]
        assert girl.refused(act, "mira", "13T10:00", **ALERT | {"urgency": "URGENT"}) == ["ROLE_MISSING"]
    alarm = girl.do(WARN, "mira", "13T10:00", **ALERT)
    girl.do(ACK, "mira", "13T10:20", message=alarm)
    girl.do(ANSWER, "mira", "13T10:30", message=alarm, **YES)
    girl.do(OUTCOME, "mira", "13T10:40", message=alarm, **ENDED)
    other = girl.do(SEND, "elin", "13T10:00", **MESSAGE)
    for act, more in ((ACK, {}), (ANSWER, YES), (OUTCOME, ENDED)):
        assert girl.refused(act, "mira", "13T11:00", message=other, **more) == ["ROLE_MISSING"]
        assert girl.refused(act, "petra", "13T11:00", message=alarm, **more) == ["ROLE_MISSING"]


@BOTH
def test_the_focal_point_the_lead_worker_and_the_guardian_are_woken(girl: Abroad, act: str) -> None:
    girl.do(act, "elin", "13T10:00", **MESSAGE)
    stage = girl.stage
    for who in ("mira", "jonas"):
        bind(stage.actor(who), now=stage.moment("2026-03-13T10:01"))
        assert Knock.objects.filter(to_person_id=stage.actor(who).person_id, sentence="U").exists(), who
    bind(stage.elin, now=stage.moment("2026-03-13T10:01"))
    assert Knock.objects.filter(to_agency_id=stage.focal.pk, sentence="U").exists()


@pytest.mark.parametrize(
    ("urgency", "receipt", "answer"),
    [
        ("IMMEDIATE", "2026-03-13T11:00", "2026-03-14T12:00"),
        ("URGENT", "2026-03-14T10:00", "2026-03-16"),
        ("ROUTINE", "2026-03-20", "2026-04-12"),
    ],
)
def test_receipt_and_answer_are_owed_by_urgency(
    girl: Abroad, urgency: str, receipt: str, answer: str
) -> None:
    stage = girl.stage
    message = girl.do(WARN, "elin", "13T10:00", **ALERT | {"urgency": urgency})
    assert due(girl, "XB_ACK", "13T10:30") == [(moment(stage, receipt), "OPEN")]
    assert due(girl, "XB_ANSWER", "13T10:30") == []
    girl.do(ACK, "elin", "13T12:00", message=message, by_office="Focal point of Brevia")
    assert due(girl, "XB_ACK", "13T12:30") == [(moment(stage, receipt), "STOPPED")]
    assert due(girl, "XB_ANSWER", "13T12:30") == [(moment(stage, answer), "OPEN")]
    assert due(girl, "XB_OUTCOME", "13T12:30") == []
    girl.do(ANSWER, "elin", "13T13:00", message=message, **YES)
    assert due(girl, "XB_ANSWER", "13T14:00") == [(moment(stage, answer), "STOPPED")]
    assert due(girl, "XB_OUTCOME", "13T14:00") == [(moment(stage, "2026-04-12"), "OPEN")]
    girl.do(OUTCOME, "elin", "13T15:00", message=message, **ENDED)
    assert due(girl, "XB_OUTCOME", "13T16:00") == [(moment(stage, "2026-04-12"), "STOPPED")]


def due(girl: Abroad, code: str, at: str) -> list[tuple[Any, str]]:
    """Due day (or moment, where hours count) and state of every run of one clock."""
    facts = girl.facts(at)
    return [
        (one.due.day or one.due.instant, one.state(facts.now)) for one in timed(facts) if one.code == code
    ]


def moment(stage: Stage, text: str) -> Any:
    return stage.moment(text) if "T" in text else stage.moment(text + "T00:00").date()


def test_each_message_has_its_own_clocks(girl: Abroad) -> None:
    first = girl.do(SEND, "elin", "12T10:00", **MESSAGE)
    girl.do(WARN, "elin", "13T10:00", **ALERT)
    girl.do(ACK, "elin", "13T10:10", message=first)
    assert [state for _due, state in due(girl, "XB_ACK", "13T10:20")] == ["STOPPED", "OPEN"]
    assert [state for _due, state in due(girl, "XB_ACK", "13T11:01")] == ["STOPPED", "OVERDUE"]


def test_nothing_is_answered_before_it_was_received(girl: Abroad) -> None:
    message = girl.do(SEND, "elin", "13T10:00", **MESSAGE)
    assert girl.refused(ANSWER, "elin", "13T11:00", message=message, **YES) == ["ANSWER_BEFORE_RECEIPT"]
    girl.do(ACK, "elin", "13T11:00", message=message)
    assert girl.refused(ANSWER, "elin", "13T12:00", message=message, **YES) == []


def test_a_message_that_nobody_answers_comes_to_an_end_too(girl: Abroad) -> None:
    message = girl.do(SEND, "elin", "13T10:00", **MESSAGE)
    girl.do(OUTCOME, "elin", "20T10:00", message=message, outcome="NO_ANSWER", text="Three reminders.")
    assert [state for _due, state in due(girl, "XB_ACK", "20T11:00")] == ["STOPPED"]
    assert due(girl, "XB_OUTCOME", "20T11:00") == []


def test_a_message_of_another_case_cannot_be_answered_here(girl: Abroad, stage: Stage) -> None:
    other = Abroad(stage, age_from="14", age_to="17")
    message = other.do(SEND, "elin", "13T10:00", **MESSAGE)
    assert girl.refused(ACK, "elin", "13T11:00", message=message) == ["ANSWER_NEEDED"]


def test_a_complaint_is_passed_on_with_her_consent(girl: Abroad) -> None:
    answers = {"to": "XCO", "text": "The woman who sent her took the money."}
    assert girl.refused(COMPLAIN, "elin", "13T10:00", **answers) == ["SHARE_CONSENT_MISSING"]
    consent = girl.do("services.record_consent", "mira", "12T10:00", **AGREED)
    assert girl.refused(COMPLAIN, "mira", "13T10:00", **answers, consent=consent) == ["ROLE_MISSING"]
    assert girl.refused(COMPLAIN, "elin", "13T10:00", **answers, consent=consent) == []


def test_an_adult_s_own_consent_counts(stage: Stage) -> None:
    woman = Abroad(
        stage, track="ADULT_SURVIVOR", birth_date="2000-01-01", birth_date_basis="CIVIL_REGISTRY",
        accompaniment="ALONE",
    )  # fmt: skip
    asked = {"to": "SUPPORT_ONLY", "how": "SPOKEN"}
    yes = woman.do("contact.record_adult_consent", "mira", "12T10:00", given="YES", **asked)
    answers = MESSAGE | {"basis": "CHILD_AND_GUARDIAN_CONSENT", "consent": yes}
    assert woman.refused(SEND, "elin", "13T10:00", **answers) == []
    woman.do("contact.record_adult_consent", "mira", "14T10:00", given="NO", **asked)
    assert woman.refused(SEND, "elin", "14T11:00", **answers) == ["SHARE_CONSENT_MISSING"]


def test_a_child_is_placed_abroad_once_that_state_was_asked_and_did_not_say_no(girl: Abroad) -> None:
    place = FOSTER | {"from": "2026-03-16", "country": "XBR"}
    report = {"to": "XBR", "report": "A family of her aunt.", "best_interests": "She knows them."}
    assert girl.refused("care.place", "mira", "16T10:00", **place) == ["CONSULT_FIRST"]
    asked = girl.do(CONSULT, "mira", "16T11:00", **report)
    assert girl.refused("care.place", "mira", "16T12:00", **place) == ["CONSULT_FIRST"]
    girl.do(ANSWER, "mira", "17T10:00", message=asked, **YES | {"accepted": "NO"})
    assert girl.refused("care.place", "mira", "17T11:00", **place) == ["CONSULT_FIRST"]
    again = girl.do(CONSULT, "jonas", "18T10:00", **report)
    girl.do(ANSWER, "elin", "18T11:00", message=again, **YES)
    assert girl.refused("care.place", "mira", "18T12:00", **place | {"country": "XCO"}) == ["CONSULT_FIRST"]
    assert girl.refused("care.place", "mira", "18T12:00", **place) == []


def test_a_message_is_written_in_a_constant_number_of_statements(girl: Abroad) -> None:
    def counted(when: str) -> int:
        with CaptureQueriesContext(connection) as statements:
            girl.do(SEND, "elin", when, **MESSAGE)
        return len(statements)

    first = counted("13T10:00")
    for minute in range(5):
        girl.do(SEND, "elin", f"13T11:0{minute}", **MESSAGE)
    assert counted("13T12:00") <= first <= 25


def test_the_page_of_a_message_is_followed_by_a_check(girl: Abroad) -> None:
    assert ACTS[SEND].leaves_agency and ACTS[WARN].leaves_agency
    assert queries.known(girl.facts("13T10:00")).child.reference == girl.case
