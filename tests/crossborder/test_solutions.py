"""Her future: a return has to pass a gate that says everything that stands against it; two people decide."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nrm.agencies.terms import Role
from nrm.casefile import questions
from nrm.casefile.act import ACTS
from nrm.casefile.doing import Doing, do
from nrm.closure.queries import stage_of
from nrm.crossborder import queries
from nrm.crossborder.rules import Planned, reasons_against, sources_suffice, still_valid
from nrm.crossborder.terms import RETURNING, DurableSolutionType, RiskSource
from nrm.identification.queries import removal_barred
from nrm.kernel.refusals import Refused
from nrm.kernel.signature import bind
from nrm.messages.models import Knock
from tests.crossborder.conftest import CG, RETURN, RG, RISK, SOLUTION, Abroad
from tests.identification.conftest import NEGATIVE, POSITIVE, TOLD
from tests.stage import Stage

ASSESS = "crossborder.record_risk_and_security_assessment"
APPROVE, CONFIRM = "crossborder.approve_durable_solution", "crossborder.confirm_durable_solution"
REAL = "crossborder.record_implementation"
ALL_REASONS = [
    "IDENTIFICATION_UNFINISHED", "NO_DETERMINATION", "NO_RECEIVING_CARE", "NO_RISK_ASSESSMENT",
    "REFLECTION_RUNNING", "RETURN_AGAINST_BEST_INTERESTS",
]  # fmt: skip
AFTER_REFLECTION = "2026-06-10T10:00"  # it began on 10 March and lasts 90 days


# What a return would risk


@pytest.mark.parametrize(
    "sources", [["NGO_THERE"], ["FOCAL_POINT", "POLICE"], ["NGO_THERE", "NOT_KNOWN"], ["POLICE", "OTHER"]]
)
def test_two_sources_one_of_them_independent(girl: Abroad, sources: list[str]) -> None:
    words = {"sources_other": "Somebody"} if "OTHER" in sources else {}
    assert girl.refused(ASSESS, "mira", "12T10:00", **RISK | {"sources": sources} | words) == [
        "ONE_SOURCE_ONLY"
    ]


@given(st.sets(st.sampled_from(RiskSource.codes())))
def test_one_more_source_never_makes_an_assessment_worse(sources: set[str]) -> None:
    if sources_suffice(sources):
        assert all(sources_suffice({*sources, more}) for more in RiskSource.codes())
    else:
        assert (
            len(sources) < 2
            or not sources - {"FOCAL_POINT", "POLICE", "OTHER", "NOT_KNOWN"}
            or (len(sources - {"NOT_KNOWN"}) < 2)
        )


def test_immigration_enforcement_does_not_write_it(girl: Abroad) -> None:
    assert girl.refused(ASSESS, "mira", "12T10:00", **RISK | {"written_by": "gero"}) == [
        "WRITTEN_BY_ENFORCEMENT"
    ]


def test_conditions_are_named_where_it_is_safe_only_under_them(girl: Abroad) -> None:
    under = RISK | {"conclusion": "SAFE_WITH_CONDITIONS"}
    assert girl.refused(ASSESS, "mira", "12T10:00", **under) == ["ANSWER_NEEDED"]
    assert girl.refused(ASSESS, "mira", "12T10:00", **under | {"conditions": "A guardian there."}) == []


def test_that_there_is_no_family_assessment_is_an_answer_and_silence_is_none(girl: Abroad) -> None:
    silent = {name: value for name, value in RISK.items() if name != "family"}
    assert girl.refused(ASSESS, "mira", "12T10:00", **silent) == ["ANSWER_NEEDED"]
    made = girl.do(ASSESS, "mira", "12T10:00", **RISK)
    assert girl.facts("12T11:00").by_key(int(made)).family_id is None


def test_it_holds_for_ninety_days() -> None:
    made = date(2026, 3, 12)
    assert still_valid(made, on=made + timedelta(days=90), days=90)
    assert not still_valid(made, on=made + timedelta(days=91), days=90)


# The gate


def test_everything_that_stands_against_a_return_is_said_together(girl: Abroad) -> None:
    girl.presumed()
    girl.do(ASSESS, "mira", "12T10:00", **RISK | {"conclusion": "AGAINST_BEST_INTERESTS"})
    empty = RETURN | {"receiving_care": " "}
    assert girl.refused(APPROVE, "mira", "13T10:00", **empty) == ALL_REASONS


def planned(**other: Any) -> Planned:
    told = {
        "type": "CARE_IN_ORIGIN", "separated": True, "determined": False, "assessed": False, "against": True,
        "identification_finished": False, "reflection_until": date(2026, 6, 8), "asked_in_writing": False,
        "receiving_care": "", "valid_days": 90,
    }  # fmt: skip
    return Planned(**told | other)


GOOD: dict[str, tuple[str, Any]] = {
    "NO_DETERMINATION": ("determined", True),
    "NO_RISK_ASSESSMENT": ("assessed", True),
    "RETURN_AGAINST_BEST_INTERESTS": ("against", False),
    "IDENTIFICATION_UNFINISHED": ("identification_finished", True),
    "REFLECTION_RUNNING": ("asked_in_writing", True),
    "NO_RECEIVING_CARE": ("receiving_care", "The director"),
}


@given(
    kind=st.sampled_from(DurableSolutionType.codes()),
    answered=st.sets(st.sampled_from(sorted(GOOD))),
    separated=st.booleans(),
)
def test_each_reason_stands_for_itself(kind: str, answered: set[str], separated: bool) -> None:
    """Whatever is right, what is wrong is still said; all but the determination only of a return."""
    values = {name: value for code, (name, value) in GOOD.items() if code in answered}
    said = [one.code for one in reasons_against(planned(type=kind, separated=separated, **values))]
    expected = set(GOOD) - answered
    if kind not in RETURNING:
        expected &= {"NO_DETERMINATION"}
    if not separated:
        expected -= {"NO_DETERMINATION"}
    assert set(said) == expected and len(said) == len(expected)


def test_the_sentences_say_the_day_and_the_days() -> None:
    said = {one.code: str(one) for one in reasons_against(planned())}
    assert "2026" in said["REFLECTION_RUNNING"] and "90 days" in said["NO_RISK_ASSESSMENT"]


def ready(girl: Abroad) -> dict[str, str]:
    """Everything that a return needs but the end of the recovery period; the keys to link."""
    girl.presumed()
    girl.decided(CG, "12", POSITIVE)
    girl.do("identification.notify_decision", "mira", "13T10:00", **TOLD)
    return {
        "determination": girl.determined(when="13T11:00"),
        "risk_assessment": girl.do(ASSESS, "mira", "13T12:00", **RISK),
    }


def test_a_return_waits_for_the_end_of_her_recovery_period(girl: Abroad) -> None:
    links = ready(girl)
    assert girl.refused(APPROVE, "mira", "16T10:00", **RETURN, **links) == ["REFLECTION_RUNNING"]
    alone = RETURN | {"asked_in_writing": "YES", "guardian_agrees": "NO"}
    assert girl.refused(APPROVE, "mira", "16T10:00", **alone, **links) == ["REFLECTION_RUNNING"]
    assert girl.refused(APPROVE, "mira", AFTER_REFLECTION, **RETURN, **links) == []


def test_she_and_her_guardian_may_ask_for_it_earlier_in_writing(girl: Abroad) -> None:
    links = ready(girl)
    asked = RETURN | {"asked_in_writing": "YES"}
    assert girl.refused(APPROVE, "mira", "16T10:00", **asked, **links) == []


def test_an_assessment_that_is_too_old_is_none(girl: Abroad) -> None:
    links = ready(girl)
    assert girl.refused(APPROVE, "mira", "2026-06-11T10:00", **RETURN, **links) == []
    assert girl.refused(APPROVE, "mira", "2026-06-12T10:00", **RETURN, **links) == ["NO_RISK_ASSESSMENT"]


def test_an_older_assessment_does_not_hide_a_newer_one_against_it(girl: Abroad) -> None:
    links = ready(girl)
    girl.do(ASSESS, "mira", "16T10:00", **RISK | {"conclusion": "AGAINST_BEST_INTERESTS"})
    asked = RETURN | {"asked_in_writing": "YES"}
    assert girl.refused(APPROVE, "mira", "17T10:00", **asked, **links) == ["RETURN_AGAINST_BEST_INTERESTS"]


@pytest.mark.parametrize("kind", sorted(set(DurableSolutionType.codes()) - set(RETURNING)))
def test_staying_or_a_third_country_needs_the_determination_of_a_separated_child_only(
    girl: Abroad, kind: str
) -> None:
    answers = SOLUTION | {"type": kind}
    assert girl.refused(APPROVE, "mira", "12T11:00", **answers) == ["NO_DETERMINATION"]
    assert girl.refused(APPROVE, "mira", "12T11:00", **answers, determination=girl.determined()) == []


def test_a_determination_of_another_question_or_without_its_chair_is_none(girl: Abroad) -> None:
    other = girl.determined("EXCEPTIONAL_CARE")
    assert girl.refused(APPROVE, "mira", "12T11:00", **SOLUTION, determination=other) == ["NO_DETERMINATION"]


def test_a_child_with_her_parents_needs_no_determination(boy_with_parents: Abroad) -> None:
    answers = SOLUTION | {"type": "INTEGRATION_WITH_PARENTS"}
    assert boy_with_parents.refused(APPROVE, "mira", "12T11:00", **answers) == []


# When identification is over


def test_identification_goes_on_until_the_last_decision_is_final(girl: Abroad) -> None:
    finished = [queries.identification_is_finished(girl.facts("02T09:30"))]
    girl.received()
    finished.append(queries.identification_is_finished(girl.facts("03T12:00")))
    girl.decided(RG, "10", POSITIVE)
    finished.append(queries.identification_is_finished(girl.facts("10T16:00")))
    assert finished == [False, False, False]
    girl.decided(CG, "12", POSITIVE)
    assert queries.identification_is_finished(girl.facts("12T16:00"))


def test_a_negative_decision_is_final_once_it_was_told_and_its_window_is_past(girl: Abroad) -> None:
    girl.received()
    girl.decided(RG, "10", NEGATIVE)
    assert not queries.identification_is_finished(girl.facts("2026-07-01T10:00"))  # she was never told
    girl.do("identification.notify_decision", "mira", "11T10:00", **TOLD)
    assert not queries.identification_is_finished(girl.facts("2026-04-10T23:00"))
    assert queries.identification_is_finished(girl.facts("2026-04-11T00:01"))
    girl.do("identification.record_new_information_after_negative", "mira", "2026-04-14T10:00", text="New.")
    assert not queries.identification_is_finished(girl.facts("2026-07-01T10:00"))


def test_an_appeal_reopens_it(girl: Abroad) -> None:
    ready(girl)
    girl.do("identification.record_appeal", "mira", "16T10:00", lodged_on="2026-03-16")
    assert not queries.identification_is_finished(girl.facts("16T11:00"))


def test_an_adult_who_declined_is_not_waited_for(stage: Stage) -> None:
    woman = Abroad(
        stage, track="ADULT_SURVIVOR", birth_date="2000-01-01", birth_date_basis="CIVIL_REGISTRY",
        accompaniment="ALONE",
    )  # fmt: skip
    assert not queries.identification_is_finished(woman.facts("02T10:00"))
    said = {"said_on": "2026-03-02", "told_of_rights": "YES", "support_continues": "YES"}
    woman.do("identification.record_declined", "mira", "02T11:00", **said)
    assert queries.identification_is_finished(woman.facts("02T12:00"))


# Two people, and then it becomes real


def test_two_people_decide_and_the_deadline_of_180_days_stops(girl: Abroad) -> None:
    links = ready(girl)
    assert girl.deadlines("DURABLE_SOLUTION", "16T10:00") == [("2026-09-08", "OPEN")]
    stay = SOLUTION | {"determination": links["determination"]}
    proposal = girl.do(APPROVE, "mira", "16T10:00", **stay)
    bind(girl.stage.greta, now=girl.stage.moment("2026-03-16T11:00"))
    assert Knock.objects.filter(to_person_id=girl.stage.greta.person_id, sentence="W").exists()
    assert girl.refused(REAL, "mira", "16T11:00", on="2026-03-16") == ["NOT_CONFIRMED"]
    assert girl.refused(CONFIRM, "mira", "16T11:00", proposal=proposal) == ["ROLE_MISSING"]
    girl.do(CONFIRM, "greta", "16T12:00", proposal=proposal)
    assert girl.deadlines("DURABLE_SOLUTION", "16T13:00") == [("2026-09-08", "STOPPED")]
    assert stage_of(girl.facts("16T13:00")) == "SOLUTION_UNDER_WAY"
    assert girl.refused(CONFIRM, "greta", "16T13:00", proposal=proposal) == ["ALREADY_CONFIRMED"]


def test_nobody_confirms_her_own_proposal(girl: Abroad, stage: Stage) -> None:
    stay = SOLUTION | {"determination": girl.determined()}
    proposal = girl.do(APPROVE, "mira", "16T10:00", **stay)
    both = replace(stage.mira, roles=frozenset({Role.CW, Role.BP}))
    doing = Doing(actor=both, now=stage.moment("2026-03-16T11:00"), pack=stage.pack)
    with pytest.raises(Refused, match="SAME_PERSON"):
        do(ACTS[CONFIRM], doing, {"proposal": proposal}, reference=girl.case)


def test_the_gate_is_asked_again_when_it_is_confirmed(girl: Abroad) -> None:
    links = ready(girl)
    proposal = girl.do(APPROVE, "mira", "16T10:00", **RETURN | {"asked_in_writing": "YES"}, **links)
    girl.do(ASSESS, "mira", "17T10:00", **RISK | {"conclusion": "AGAINST_BEST_INTERESTS"})
    girl.do("identification.record_appeal", "mira", "17T11:00", lodged_on="2026-03-17")
    assert girl.refused(CONFIRM, "greta", "18T10:00", proposal=proposal) == [
        "IDENTIFICATION_UNFINISHED", "RETURN_AGAINST_BEST_INTERESTS",
    ]  # fmt: skip


def test_what_is_no_solution_cannot_be_confirmed(girl: Abroad) -> None:
    panel = girl.determined()
    assert girl.refused(CONFIRM, "greta", "13T10:00", proposal=panel) == ["ANSWER_NEEDED"]


def test_what_became_real_ends_the_bar_to_removal_but_not_before_her_recovery_period(girl: Abroad) -> None:
    links = ready(girl)
    proposal = girl.do(APPROVE, "mira", "16T10:00", **SOLUTION, determination=links["determination"])
    girl.do(CONFIRM, "greta", "16T12:00", proposal=proposal)
    assert girl.refused(REAL, "mira", "17T10:00", on="2026-03-18") == ["IN_THE_FUTURE"]
    girl.do(REAL, "mira", "17T10:00", on="2026-03-17", handed_to="The foster family")
    facts = girl.facts("17T11:00")
    assert stage_of(facts) == "FOLLOW_UP"
    assert questions.solution_implemented_at(facts) == girl.stage.moment("2026-03-17T10:00")
    assert removal_barred(facts)
    assert not removal_barred(girl.facts(AFTER_REFLECTION))
    assert queries.return_implemented(facts) is None
    assert queries.implementation(facts).solution_id == int(proposal)


def test_a_return_that_became_real_is_followed_up(girl: Abroad) -> None:
    links = ready(girl)
    proposal = girl.do(APPROVE, "mira", "16T10:00", **RETURN | {"asked_in_writing": "YES"}, **links)
    girl.do(CONFIRM, "greta", "16T12:00", proposal=proposal)
    made = girl.do(REAL, "elin", "20T10:00", on="2026-03-20", return_pack="YES")
    returned = queries.return_implemented(girl.facts("20T11:00"))
    assert returned is not None and str(returned.pk) == made


def test_a_quashed_decision_owes_no_solution(girl: Abroad) -> None:
    ready(girl)
    girl.do("identification.record_appeal", "mira", "16T10:00", lodged_on="2026-03-16")
    assert girl.deadlines("DURABLE_SOLUTION", "16T11:00") == [("2026-09-08", "OPEN")]
    girl.do("identification.record_appeal_outcome", "mira", "17T10:00", outcome="QUASHED", on="2026-03-17")
    states = [state for _due, state in girl.deadlines("DURABLE_SOLUTION", "17T11:00")]
    assert states == ["STOPPED"]


def test_a_page_offers_a_return_only_when_nothing_stands_against_it(girl: Abroad) -> None:
    said = [one.code for one in reasons_against(queries.planned_return(girl.facts("02T09:30")))]
    assert said == ["NO_DETERMINATION", "NO_RISK_ASSESSMENT", "IDENTIFICATION_UNFINISHED"]
    ready(girl)
    assert [one.code for one in reasons_against(queries.planned_return(girl.facts("16T10:00")))] == [
        "REFLECTION_RUNNING"
    ]
    assert not list(reasons_against(queries.planned_return(girl.facts(AFTER_REFLECTION))))
