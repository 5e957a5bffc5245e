"""The advice: rule 5.2, version 1."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nrm.screening.indicators import SIGN_OF, SIGNS, Indicator, Strength, Theme
from nrm.screening.rules import RULE_VERSION, act_and_purpose_known, advise, indicates_trafficking
from nrm.screening.terms import Advice, Risk

STRONG = [s.code for s in SIGNS if s.strength is Strength.STRONG]
MEDIUM = [s.code for s in SIGNS if s.strength is Strength.MEDIUM]
WEAK = [s.code for s in SIGNS if s.strength is Strength.WEAK]

some_yes = st.sets(st.sampled_from(Indicator.codes()))
some_risk = st.sampled_from(["", *Risk.codes()])


def test_there_are_49_questions_each_once_in_groups_of_nine_letters():
    assert len(SIGNS) == len(SIGN_OF) == 49
    assert [sign.code for sign in SIGNS] == list(Indicator)
    assert {sign.theme for sign in SIGNS} == set(Theme)
    assert "".join(dict.fromkeys(code[0] for code in Indicator)) == "SMCLXKOFH"


def test_strengths_are_those_of_the_table():
    assert " ".join(STRONG) == "S01 C01 C02 C03 C04 C07 L01 L03 L04 L05 X01 X04 K01 O01 O02 F01 F04"
    assert " ".join(WEAK) == "S06 X03 O04 F05 H02"
    assert len(MEDIUM) == 27
    assert [s.code for s in SIGNS if s.danger_now] == ["S01", "C04", "X04"]


def test_every_question_names_its_source():
    assert all(sign.source for sign in SIGNS)
    assert SIGN_OF[Indicator.C03].source == "D5.debt_bondage"
    assert SIGN_OF[Indicator.C03].question is Indicator.C03.label


@pytest.mark.parametrize(
    ("yes", "risk", "known", "advice", "because"),
    [
        ("M02 C01 C07 C10", "MEDIUM", True, "REFER", "C01 C07"),  # begging
        ("K01 K04 C03", "HIGH", True, "REFER", "C03 K01"),  # forced crime
        ("O01 O03", "HIGH", True, "REFER", "O01"),  # online
        ("C02 L01 L03 S04", "MEDIUM", True, "REFER", "C02 L01 L03"),  # servitude
        ("X04 C05 F01", "IMMEDIATE", True, "REFER_NOW", "X04 F01"),  # forced marriage
        ("L05 C03 L02", "MEDIUM", True, "REFER", "C03 L05"),  # football
        ("F02 C01", "MEDIUM", True, "REFER", "C01"),  # institution
        ("", "LOW", True, "REFER", ""),  # adult survivor: act and purpose, no question answered
        ("X04", "LOW", False, "REFER_NOW", "X04"),  # danger now is enough
        ("C03", "IMMEDIATE", False, "REFER_NOW", "C03"),
        ("M01", "IMMEDIATE", False, "LOOK_FURTHER", "M01"),  # danger, and no strong sign
        ("", "IMMEDIATE", False, "NO_SIGNS_TODAY", ""),
        ("M01 M02 S02", "", False, "REFER", "S02 M01 M02"),  # three medium in two groups
        ("M01 M02 M03", "", False, "LOOK_FURTHER", "M01 M02 M03"),  # three medium in one group
        ("M01 M02 M03 S06", "", False, "REFER", "S06 M01 M02 M03"),  # a weak sign makes the second group
        ("M01 S06", "", False, "LOOK_FURTHER", "S06 M01"),
        ("S06 X03 O04", "", False, "LOOK_FURTHER", "S06 X03 O04"),
        ("S06 X03", "", False, "NO_SIGNS_TODAY", "S06 X03"),
        ("", "", False, "NO_SIGNS_TODAY", ""),
    ],
)
def test_signs_advise(yes, risk, known, advice, because):
    found = advise(yes.split(), risk=risk, act_and_purpose_known=known)
    assert (found.advice, " ".join(found.because)) == (advice, because)


@given(some_yes, st.sampled_from(Indicator.codes()), some_risk, st.booleans())
def test_one_more_yes_never_lowers_the_advice(yes, one_more, risk, known):
    before = advise(yes, risk=risk, act_and_purpose_known=known)
    after = advise(yes | {one_more}, risk=risk, act_and_purpose_known=known)
    assert rank(after.advice) >= rank(before.advice)


@given(some_yes, some_risk, st.booleans())
def test_danger_and_a_known_purpose_never_lower_the_advice(yes, risk, known):
    before = rank(advise(yes, risk=risk, act_and_purpose_known=known).advice)
    assert rank(advise(yes, risk=Risk.IMMEDIATE, act_and_purpose_known=known).advice) >= before
    assert rank(advise(yes, risk=risk, act_and_purpose_known=True).advice) >= before


@given(st.lists(st.sampled_from(Indicator.codes())), some_risk, st.booleans())
def test_order_and_repetition_of_answers_do_not_matter(yes, risk, known):
    once = advise(sorted(set(yes)), risk=risk, act_and_purpose_known=known)
    assert advise(yes, risk=risk, act_and_purpose_known=known) == once


@given(some_yes, some_risk, st.booleans())
def test_because_names_yes_rows_only_in_the_order_of_the_questions(yes, risk, known):
    because = advise(yes, risk=risk, act_and_purpose_known=known).because
    assert set(because) <= yes
    assert list(because) == [code for code in Indicator.codes() if code in because]
    assert bool(because) == bool(yes)


def rank(advice):
    return list(Advice).index(advice)


def test_a_code_that_is_no_indicator_is_refused():
    with pytest.raises(ValueError, match="Z99"):
        advise(["Z99"], risk="", act_and_purpose_known=False)


@pytest.mark.parametrize(
    ("acts", "purposes", "known"),
    [
        ("HARBOURING", "BEGGING", True),
        ("HARBOURING NOT_YET_CLEAR", "NOT_YET_CLEAR OTHER", True),
        ("HARBOURING", "NOT_YET_CLEAR", False),
        ("NOT_YET_CLEAR", "BEGGING", False),
        ("HARBOURING", "", False),
        ("", "BEGGING", False),
        ("", "", False),
    ],
)
def test_act_and_purpose_must_both_be_known(acts, purposes, known):
    assert act_and_purpose_known(acts.split(), purposes.split()) is known
    assert indicates_trafficking(acts.split(), purposes.split(), "") is known


@pytest.mark.parametrize("advice", Advice)
def test_the_advice_to_refer_indicates_trafficking_without_act_and_purpose(advice):
    assert indicates_trafficking([], [], advice) is (advice in {"REFER", "REFER_NOW"})


def test_the_rule_carries_its_version():
    assert RULE_VERSION == 1
