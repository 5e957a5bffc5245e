"""Where a case stands: each row of the table, and which row wins."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import combinations

import pytest

from nrm.casefile.terms import Stage, StageFacts, StandingDecision
from nrm.closure.rules import stage

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


def day(number):
    return MONDAY + timedelta(days=number)


def yes(number):
    return StandingDecision(positive=True, at=day(number))


def no(number):
    return StandingDecision(positive=False, at=day(number))


def of(*, two_steps=True, **facts):
    return stage(StageFacts(two_steps=two_steps, **facts))


# What alone brings a case to each stage, in the order of the table.
ALONE = {
    Stage.ERASED: {"erased": True},
    Stage.CLOSED: {"closed_at": day(60)},
    Stage.FOLLOW_UP: {"solution_implemented_at": day(50)},
    Stage.SOLUTION_UNDER_WAY: {"solution_confirmed_at": day(40)},
    Stage.RECONSIDERATION: {"challenge_open": True},
    Stage.IDENTIFIED: {"conclusive": yes(30)},
    Stage.PRESUMED: {"reasonable": yes(10)},
    Stage.RETURNED: {"received": True, "question_open": True},
    Stage.UNDER_DECISION: {"received": True},
    Stage.REFERRED: {"referred_at": day(1)},
    Stage.DECLINED: {"declined_at": day(2)},
    Stage.SCREENED: {"screened": True},
    Stage.OPENED: {},
}


@pytest.mark.parametrize("expected", ALONE)
def test_each_row_alone(expected):
    assert of(**ALONE[expected]) is expected


@pytest.mark.parametrize(("first", "second"), list(combinations(ALONE, 2)))
def test_the_upper_row_wins(first, second):
    assert of(**(ALONE[second] | ALONE[first])) is first


def test_a_case_walks_down_and_up_the_table():
    facts = StageFacts(two_steps=True)
    walked = [stage(facts)]
    for news in (
        {"screened": True},
        {"referred_at": day(0)},
        {"received": True},
        {"question_open": True},
        {"question_open": False},
        {"reasonable": no(8)},
        {"challenge_open": True},
        {"challenge_open": False, "reasonable": yes(20)},
        {"conclusive": yes(40)},
        {"solution_confirmed_at": day(60)},
        {"solution_implemented_at": day(70)},
        {"closed_at": day(80)},
        {"reopened_at": day(100)},
        {"erased": True},
    ):
        facts = replace(facts, **news)
        walked.append(stage(facts))
    assert walked == [
        "OPENED",
        "SCREENED",
        "REFERRED",
        "UNDER_DECISION",
        "RETURNED",
        "UNDER_DECISION",
        "NEGATIVE",
        "RECONSIDERATION",
        "PRESUMED",
        "IDENTIFIED",
        "SOLUTION_UNDER_WAY",
        "FOLLOW_UP",
        "CLOSED",
        "IDENTIFIED",  # reopened: what was decided stands, the solution is no longer the present one
        "ERASED",
    ]


@pytest.mark.parametrize(
    ("reasonable", "conclusive", "expected"),
    [
        (no(8), None, "NEGATIVE"),
        (yes(8), no(30), "NEGATIVE"),
        (yes(30), no(8), "PRESUMED"),  # the later one counts
        (no(30), yes(8), "IDENTIFIED"),  # a standing positive conclusive decision comes first
        (yes(8), None, "PRESUMED"),
        (yes(8), yes(30), "IDENTIFIED"),
    ],
)
def test_decisions_in_two_steps(reasonable, conclusive, expected):
    assert of(received=True, reasonable=reasonable, conclusive=conclusive) == expected


@pytest.mark.parametrize("step", ["reasonable", "conclusive"])
def test_in_one_step_the_single_decision_identifies(step):
    assert of(two_steps=False, received=True, **{step: yes(8)}) == "IDENTIFIED"
    assert of(two_steps=False, received=True, **{step: no(8)}) == "NEGATIVE"
    assert of(two_steps=False, received=True) == "UNDER_DECISION"


@pytest.mark.parametrize(
    ("news", "expected"), [(7, "NEGATIVE"), (8, "UNDER_DECISION"), (9, "UNDER_DECISION")]
)
def test_new_information_reopens_a_negative_decision(news, expected):
    assert of(received=True, reasonable=no(8), new_information_at=day(news)) == expected


def test_a_question_asked_after_new_information_returns_the_referral():
    facts = {"received": True, "question_open": True, "reasonable": no(8), "new_information_at": day(9)}
    assert of(**facts) == "RETURNED"


def test_a_decision_after_new_information_stands():
    assert of(received=True, reasonable=no(12), new_information_at=day(9)) == "NEGATIVE"


def test_an_open_question_does_not_hide_a_decision():
    assert of(received=True, question_open=True, reasonable=yes(8)) == "PRESUMED"
    assert of(received=True, question_open=True, reasonable=no(8)) == "NEGATIVE"


def test_an_adult_who_declined_may_be_referred_later():
    assert of(screened=True, declined_at=day(2)) == "DECLINED"
    assert of(screened=True, declined_at=day(2), referred_at=day(9)) == "REFERRED"


def test_a_new_solution_after_reopening_counts():
    again = {"reopened_at": day(100), "conclusive": yes(40)}
    assert of(**again, solution_confirmed_at=day(60), solution_implemented_at=day(70)) == "IDENTIFIED"
    confirmed = again | {"solution_confirmed_at": day(120)}
    assert of(**confirmed, solution_implemented_at=day(70)) == "SOLUTION_UNDER_WAY"
    assert of(**confirmed, solution_implemented_at=day(130)) == "FOLLOW_UP"


@pytest.mark.parametrize(
    ("closed", "reopened", "expected"), [(80, 79, "CLOSED"), (80, 80, "OPENED"), (80, 81, "OPENED")]
)
def test_closed_until_reopened(closed, reopened, expected):
    assert of(closed_at=day(closed), reopened_at=day(reopened)) == expected
