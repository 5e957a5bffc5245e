"""Is this child a victim: two people decide, she is told, and nothing waits for her."""

import pytest

from nrm.identification import queries
from nrm.identification.queries import CG, RG
from tests.identification.conftest import NEGATIVE, POSITIVE, TOLD, Path
from tests.stage import VIEWS

RG_ACT, CG_ACT = "identification.decide_reasonable_grounds", "identification.decide_conclusive_grounds"


def test_nothing_is_decided_before_the_referral_is_received(opened: Path) -> None:
    opened.referred()
    assert opened.refused(RG_ACT, "ida", "02T12:00", **POSITIVE) == ["NOT_RECEIVED_YET"]


def test_a_case_worker_cannot_decide(received: Path) -> None:
    assert received.refused(RG_ACT, "mira", "04T12:00", **POSITIVE) == ["ROLE_MISSING"]


def test_two_people_make_a_positive_decision_and_her_recovery_period_begins(received: Path) -> None:
    assert received.deadlines("REASONABLE_GROUNDS", "03T12:00") == [("2026-03-11", "OPEN")]
    proposal = received.do(RG_ACT, "ida", "10T11:00", **POSITIVE)
    assert [str(one.pk) for one in queries.confirm_waiting(received.facts("10T12:00"))] == [proposal]
    assert received.refused("identification.confirm", "ida", "10T15:00", proposal=proposal) == ["SAME_PERSON"]
    received.do("identification.confirm", "tomas", "10T16:00", proposal=proposal)
    facts = received.facts("10T17:00")
    standing = queries.standing_decision(facts, RG)
    assert standing is not None and standing.is_positive and len(standing.by) == 2
    assert queries.reflection_runs(facts) and queries.removal_barred(facts)
    assert [one.key for one in queries.not_notified(facts)] == [standing.key]
    assert received.deadlines("REASONABLE_GROUNDS", "10T17:00") == [("2026-03-11", "STOPPED")]
    assert received.deadlines("REFLECTION", "10T17:00") == [("2026-06-08", "RUNNING")]
    assert received.deadlines("CONCLUSIVE_GROUNDS", "10T17:00") == [("2026-04-24", "OPEN")]
    received.do("identification.notify_decision", "mira", "11T10:00", **TOLD)
    assert queries.not_notified(received.facts("11T11:00")) == []
    assert received.deadlines("NOTIFY_DECISION", "11T11:00") == [("2026-03-11", "STOPPED")]


def test_conclusive_grounds_need_reasonable_grounds_first(received: Path) -> None:
    assert received.refused(CG_ACT, "ida", "06T11:00", **POSITIVE) == ["NO_STANDING_REASONABLE_GROUNDS"]
    received.decided("decide_reasonable_grounds", "06", POSITIVE)
    received.decided("decide_conclusive_grounds", "27", POSITIVE)
    facts = received.facts("27T16:00")
    assert queries.standing_decision(facts, CG).is_positive  # type: ignore[union-attr]
    assert received.deadlines("CONCLUSIVE_GROUNDS", "27T16:00")[0][1] == "STOPPED"
    assert queries.removal_barred(received.facts("2026-12-01T12:00")), (
        "until a durable solution is implemented"
    )


def test_some_laws_name_an_earliest_day(received: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    received.decided("decide_reasonable_grounds", "06", POSITIVE)
    object.__setattr__(received.stage.pack, "conclusive_grounds_not_before", 30)
    try:
        assert received.refused(CG_ACT, "ida", "27T11:00", **POSITIVE) == ["TOO_EARLY"]
        assert received.refused(CG_ACT, "ida", "2026-04-05T11:00", **POSITIVE) == []
    finally:
        object.__setattr__(received.stage.pack, "conclusive_grounds_not_before", None)


@pytest.mark.parametrize(
    "reason", ["CONSENTED", "NO_MEANS", "NOT_COOPERATING", "NO_COMPLAINT", "LATE_DISCLOSURE"]
)
def test_what_a_child_cannot_consent_to_is_no_reason(received: Path, reason: str) -> None:
    answers = NEGATIVE | {"reason_codes": [reason]}
    assert received.refused(RG_ACT, "ida", "10T10:00", **answers) == ["REASON_NOT_LAWFUL_FOR_CHILD"]


def test_a_positive_decision_names_acts_and_purposes(received: Path) -> None:
    answers = POSITIVE | {"acts": [], "purposes": []}
    assert received.refused(RG_ACT, "ida", "10T10:00", **answers) == ["ANSWER_NEEDED"]


def test_an_act_and_a_purpose_of_a_child_are_never_a_negative_decision(received: Path) -> None:
    shown = NEGATIVE | {"acts": ["HARBOURING"], "purposes": ["BEGGING"]}
    assert received.refused(RG_ACT, "ida", "10T10:00", **shown) == ["SHOWN_AND_NEGATIVE"]
    assert received.refused(RG_ACT, "ida", "10T10:00", **shown | {"purposes": []}) == []


@pytest.mark.usefixtures("unguarded")
def test_a_negative_decision_waits_until_she_has_a_guardian(received: Path) -> None:
    assert received.refused(RG_ACT, "ida", "10T10:00", **NEGATIVE) == ["CHILD_UNGUARDED"]
    assert received.refused(RG_ACT, "ida", "10T10:00", **POSITIVE) == []


@pytest.mark.usefixtures("unguarded")
def test_more_time_too_waits_until_she_has_a_guardian(received: Path) -> None:
    more = {"reason": "The airline answers this week.", "days": "5"}
    extend = "identification.extend_reasonable_grounds"
    assert received.refused(extend, "ida", "05T10:00", **more) == ["CHILD_UNGUARDED"]


def test_new_information_makes_a_proposal_stale(received: Path) -> None:
    proposal = received.do(RG_ACT, "ida", "09T15:00", **NEGATIVE)
    received.do("referral.add_information", "mira", "10T10:00", text="She told more.", source="SAID_BY_CHILD")
    assert received.refused("identification.confirm", "tomas", "10T11:00", proposal=proposal) == [
        "PROPOSAL_STALE"
    ]


def test_a_proposal_can_be_sent_back_by_another_person(received: Path) -> None:
    proposal = received.do(RG_ACT, "ida", "10T10:00", **NEGATIVE)
    why = {"proposal": proposal, "why": "Read the police file first."}
    assert received.refused("identification.send_back", "ida", "10T11:00", **why) == ["SAME_PERSON"]
    received.do("identification.send_back", "tomas", "10T11:00", **why)
    assert queries.confirm_waiting(received.facts("10T12:00")) == []
    assert received.refused("identification.confirm", "tomas", "10T13:00", proposal=proposal) == [
        "PROPOSAL_STALE"
    ]


def test_reasonable_grounds_are_extended_once(received: Path) -> None:
    extend = "identification.extend_reasonable_grounds"
    proposal = received.do(extend, "ida", "06T10:00", reason="The airline answers this week.", days="5")
    assert received.refused("identification.confirm", "ida", "06T10:10", proposal=proposal) == ["SAME_PERSON"]
    assert received.deadlines("REASONABLE_GROUNDS", "06T11:00") == [("2026-03-11", "OPEN")]
    received.do("identification.confirm", "tomas", "06T15:00", proposal=proposal)
    assert received.deadlines("REASONABLE_GROUNDS", "06T16:00") == [("2026-03-18", "OPEN")]
    assert received.refused(extend, "ida", "10T10:00", reason="A little more.", days="2") == ["EXTENDED_ONCE"]


def test_the_child_herself_is_told(received: Path) -> None:
    received.decided("decide_reasonable_grounds", "10", POSITIVE)
    told = TOLD | {"to": ["GUARDIAN"]}
    assert received.refused("identification.notify_decision", "mira", "11T10:00", **told) == [
        "INFORM_THE_CHILD_TOO"
    ]


def test_only_a_waiting_proposal_can_be_signed(received: Path) -> None:
    assert received.refused("identification.confirm", "tomas", "10T11:00", proposal=received.referral) == [
        "ANSWER_NEEDED"
    ]
    first = received.do(RG_ACT, "ida", "10T10:00", **POSITIVE)
    second = received.do(RG_ACT, "hanne", "10T10:05", **NEGATIVE)
    received.do("identification.confirm", "tomas", "10T11:00", proposal=first)
    for proposal in (first, second):
        assert received.refused("identification.confirm", "karl", "10T12:00", proposal=proposal) == [
            "PROPOSAL_STALE"
        ]


def test_two_extensions_waiting_at_once_give_time_only_once(received: Path) -> None:
    extend = "identification.extend_reasonable_grounds"
    first = received.do(extend, "ida", "06T10:00", reason="The airline answers.", days="5")
    second = received.do(extend, "hanne", "06T10:05", reason="The school answers.", days="5")
    received.do("identification.confirm", "tomas", "06T11:00", proposal=first)
    assert received.refused("identification.confirm", "tomas", "06T12:00", proposal=second) == [
        "EXTENDED_ONCE"
    ]
    assert received.deadlines("REASONABLE_GROUNDS", "06T13:00") == [("2026-03-18", "OPEN")]


def test_a_decision_on_grounds_leaves_a_waiting_age_proposal_fresh(received: Path) -> None:
    received.share("ageteam", "mira", grants=["IDENTITY"], purpose="DECISION")
    age = received.do("identification.decide_age", "bea", "10T10:00", **AGE_CHILD)
    received.decided("decide_reasonable_grounds", "10", POSITIVE)
    received.do("identification.confirm", "tor", "10T16:00", proposal=age)


AGE_CHILD = {
    "outcome": "CHILD", "lowest_age": "15", "highest_age": "17", "methods_used": ["INTERVIEW"],
    "reasons": "Family dates fit.", "multidisciplinary": "YES", **VIEWS,
}  # fmt: skip
