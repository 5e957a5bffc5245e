"""What the desk lists: children without guardian, missing children, reviews; each with one statement."""

from datetime import date
from typing import Any

import pytest

from nrm.care import queries
from nrm.kernel.signature import bind
from tests.care.test_placing import SHELTER
from tests.care.test_safety import FOUND, PLAN
from tests.stage import MONDAY, Stage

END_OF_APRIL = date(2026, 4, 30)


def as_(stage: Stage, who: str, at: str = MONDAY) -> Any:
    bind(stage.actor(who), now=stage.moment(at))
    return stage.actor(who)


def key_of(stage: Stage, case: str) -> int:
    return int(stage.facts(case, "mira").the_case.pk)


@pytest.fixture
def two(stage: Stage) -> tuple[str, str]:
    """Two children without guardian; Rosa's is a third that Mira's agency does not know."""
    stage.a_case(by="rosa")
    return stage.a_case(by="mira"), stage.a_case(by="mira")


def test_children_without_guardian(
    stage: Stage, two: tuple[str, str], django_assert_num_queries: Any
) -> None:
    first, second = (key_of(stage, case) for case in two)
    mira = as_(stage, "mira")
    with django_assert_num_queries(1):
        assert queries.children_without_guardian(mira) == [first, second]
    assert queries.children_without_guardian(mira, limit=1) == [first]
    stage.do("care.appoint_interim_guardian", "mira", case=two[0], guardian="petra", **{"from": "2026-03-02"})
    assert queries.children_without_guardian(as_(stage, "mira")) == [second]
    assert queries.children_without_guardian(as_(stage, "omar")) == []


def test_a_guardianship_office_sees_what_waits_before_it_sees_a_child(
    stage: Stage, two: tuple[str, str], django_assert_num_queries: Any
) -> None:
    petra = as_(stage, "petra")
    with django_assert_num_queries(1):
        waits = [row.code for row in queries.guardians_wanted(petra)]
    assert waits == ["INTERIM_GUARDIAN"] * 3 + ["GUARDIAN"] * 3
    assert queries.children_without_guardian(petra) == []
    assert list(queries.guardians_wanted(as_(stage, "mira"))) == []


def test_missing_children(stage: Stage, two: tuple[str, str], django_assert_num_queries: Any) -> None:
    stage.do("care.raise_missing_alert", "mira", case=two[1])
    mira, second = as_(stage, "mira"), key_of(stage, two[1])
    with django_assert_num_queries(1):
        assert queries.missing_children(mira) == [second]
    assert queries.missing_children(as_(stage, "rosa")) == []
    stage.do("care.record_found", "mira", "2026-03-02T10:00", case=two[1], **FOUND)
    assert queries.missing_children(as_(stage, "mira")) == []


def test_reviews_due(stage: Stage, two: tuple[str, str], django_assert_num_queries: Any) -> None:
    for case in two:
        stage.do("casefile.appoint_lead_worker", "mira", case=case, person="mira")
        stage.do("care.record_safety_plan", "mira", case=case, **PLAN)
    stage.do("care.place", "mira", case=two[0], **SHELTER)
    mira = as_(stage, "mira")
    with django_assert_num_queries(1):
        found = [row.code for row in queries.reviews_due(mira, END_OF_APRIL)]
    assert sorted(found) == ["PLACEMENT_REVIEW", "SAFETY_REVIEW", "SAFETY_REVIEW"]
    assert list(queries.reviews_due(mira, date(2026, 3, 31))) == [], "the first is due on 1 April"
    assert list(queries.reviews_due(as_(stage, "ida"), END_OF_APRIL)) == []
