"""Her family: looked for after an assessment, never through the embassy of a State she may flee from."""

import pytest

from tests.crossborder.conftest import POSITIVE, RG, TRACING, Abroad
from tests.identification.conftest import TOLD
from tests.stage import Stage

TRACE, RESULT = "crossborder.request_family_tracing", "crossborder.record_tracing_result"
FAMILY, CONSUL = "crossborder.record_family_assessment", "crossborder.record_consular_contact"
NO_HOME = "NO_CONTACT_WITH_HOME_AUTHORITIES"
WELL = {"suitability": "WITH_SUPPORT", "involved_in_exploitation": "NO", "report": "The aunt would take her."}


def test_a_separated_child_s_family_is_looked_for_within_two_working_days(girl: Abroad) -> None:
    girl.received()
    assert girl.deadlines("FAMILY_TRACING", "09T12:00") == []
    girl.decided(RG, "10", POSITIVE)
    assert girl.deadlines("FAMILY_TRACING", "10T16:00") == [("2026-03-12", "OPEN")]
    assert girl.deadlines("FAMILY_TRACING", "13T00:01") == [("2026-03-12", "OVERDUE")]
    bia = girl.assessed(when="11T10:00")
    girl.do(TRACE, "mira", "12T11:00", assessment=bia, **TRACING)
    assert girl.deadlines("FAMILY_TRACING", "12T12:00") == [("2026-03-12", "STOPPED")]


@pytest.mark.parametrize("word", ["NOT_NOW", "NOT_SAFE"])
def test_an_assessment_that_says_not_now_answers_the_deadline_too(girl: Abroad, word: str) -> None:
    girl.presumed()
    girl.assessed(word, "11T10:00")
    assert girl.deadlines("FAMILY_TRACING", "11T12:00") == [("2026-03-12", "STOPPED")]


def test_an_assessment_that_says_now_does_not(girl: Abroad) -> None:
    girl.presumed()
    girl.assessed("NOW", "11T10:00")
    assert girl.deadlines("FAMILY_TRACING", "11T12:00") == [("2026-03-12", "OPEN")]


def test_what_was_asked_before_the_decision_counts(girl: Abroad) -> None:
    girl.do(TRACE, "mira", "03T09:00", assessment=girl.assessed(), **TRACING)
    girl.presumed()
    assert girl.deadlines("FAMILY_TRACING", "10T16:00") == [("2026-03-12", "STOPPED")]


def test_nobody_is_looked_for_while_a_child_is_with_her_parents(boy_with_parents: Abroad) -> None:
    boy_with_parents.presumed()
    assert boy_with_parents.deadlines("FAMILY_TRACING", "10T16:00") == []
    changed = {"accompaniment": "ALONE", "parents": "ABROAD_REACHABLE", "why": "They left."}
    boy_with_parents.do("contact.record_circumstances", "mira", "16T10:00", **changed)
    assert boy_with_parents.deadlines("FAMILY_TRACING", "16T12:00") == [("2026-03-18", "OPEN")]


def test_a_negative_decision_owes_no_search_and_a_positive_one_after_it_does(girl: Abroad) -> None:
    girl.turned_down()
    assert girl.deadlines("FAMILY_TRACING", "11T12:00") == []
    asked = {"by": "GUARDIAN", "text": "Nobody asked her teacher."}
    girl.do("identification.request_reconsideration", "jonas", "12T10:00", **asked)
    girl.decided("decide_reconsideration", "16", POSITIVE, by="hanne", then="karl")
    girl.do("identification.notify_decision", "mira", "17T10:00", **TOLD)
    assert girl.deadlines("FAMILY_TRACING", "17T12:00") == [("2026-03-18", "OPEN")]


@pytest.mark.parametrize("order", [("NOT_SAFE", "NOW"), ("NOW", "NOT_SAFE")])
def test_a_search_that_an_assessment_calls_unsafe_is_refused(girl: Abroad, order: tuple[str, str]) -> None:
    """Neither the linked assessment nor a newer one may say so."""
    first, second = (girl.assessed(word, f"02T1{hour}:00") for hour, word in enumerate(order))
    unsafe = first if order[0] == "NOT_SAFE" else second
    assert girl.refused(TRACE, "mira", "03T09:00", assessment=unsafe, **TRACING) == ["TRACING_NOT_SAFE"]
    other = second if unsafe == first else first
    expected = ["TRACING_NOT_SAFE"] if order[1] == "NOT_SAFE" else []
    assert girl.refused(TRACE, "mira", "03T09:00", assessment=other, **TRACING) == expected


@pytest.mark.parametrize(("asylum", "expected"), [("YES", [NO_HOME]), ("NOT_KNOWN", [NO_HOME]), ("NO", [])])
def test_a_consulate_is_asked_only_when_she_needs_no_asylum(
    girl: Abroad, asylum: str, expected: list[str]
) -> None:
    answers = TRACING | {"channel": "CONSULATE", "asylum_pending": asylum, "assessment": girl.assessed()}
    assert girl.refused(TRACE, "mira", "03T09:00", **answers) == expected


def test_who_does_not_want_it_is_overruled_only_by_her_guardian_in_writing(girl: Abroad) -> None:
    bia = girl.assessed("NOT_NOW")
    assert girl.refused(TRACE, "mira", "03T09:00", assessment=bia, **TRACING) == ["CHILD_DOES_NOT_WANT"]
    written = TRACING | {"override": "Her little brother is there alone. Jonas Ek, 3 March"}
    assert girl.refused(TRACE, "mira", "03T09:00", assessment=bia, **written) == []


def test_without_a_guardian_nobody_overrules_her(stage: Stage) -> None:
    alone = Abroad(stage, age_from="14", age_to="17")
    answers = TRACING | {"assessment": alone.assessed("NOT_NOW"), "override": "I think so."}
    assert alone.refused(TRACE, "mira", "03T09:00", **answers) == ["CHILD_DOES_NOT_WANT"]


def test_all_that_speaks_against_a_search_is_said_together(girl: Abroad) -> None:
    girl.assessed("NOT_SAFE")
    answers = TRACING | {"channel": "CONSULATE", "asylum_pending": "YES", "assessment": girl.assessed("NOW")}
    assert girl.refused(TRACE, "mira", "03T09:00", **answers) == [NO_HOME]
    girl.assessed("NOT_SAFE", "02T13:00")
    assert girl.refused(TRACE, "mira", "03T09:00", **answers) == [NO_HOME, "TRACING_NOT_SAFE"]


def test_her_guardian_asks_too_and_no_other_guardian(girl: Abroad) -> None:
    answers = TRACING | {"assessment": girl.assessed()}
    assert girl.refused(TRACE, "petra", "03T09:00", **answers) == ["ROLE_MISSING"]
    assert girl.refused(TRACE, "jonas", "03T09:00", **answers) == []


def test_a_family_is_assessed_once_it_is_found(girl: Abroad) -> None:
    assert girl.refused(FAMILY, "mira", "03T09:00", **WELL) == ["FAMILY_NOT_FOUND_YET"]
    search = girl.do(TRACE, "mira", "03T09:00", assessment=girl.assessed(), **TRACING)
    girl.do(RESULT, "mira", "04T09:00", request=search, result="NOT_FOUND")
    assert girl.refused(FAMILY, "mira", "04T10:00", **WELL) == ["FAMILY_NOT_FOUND_YET"]
    girl.do(RESULT, "mira", "05T09:00", request=search, result="FOUND_SAFE")
    assert girl.refused(FAMILY, "mira", "05T10:00", **WELL) == []


def test_a_consulate_is_contacted_with_consent_and_never_while_asylum_is_possible(girl: Abroad) -> None:
    answers = {"country": "XCO", "why": "A copy of her birth certificate."}
    assert girl.refused(CONSUL, "mira", "03T09:00", **answers) == [NO_HOME]
    bia = girl.assessed()
    girl.do(TRACE, "mira", "03T10:00", assessment=bia, **TRACING)
    assert girl.refused(CONSUL, "mira", "03T11:00", **answers) == ["SHARE_CONSENT_MISSING"]
    girl.do(TRACE, "mira", "04T10:00", assessment=bia, **TRACING | {"asylum_pending": "NOT_KNOWN"})
    assert girl.refused(CONSUL, "mira", "04T11:00", **answers) == [NO_HOME]
