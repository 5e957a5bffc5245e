"""The page of a referral asks what nobody knows yet; the rest stands there as lines with "change"."""

import re
from typing import Any

import pytest
from django.test import Client

from nrm.casefile.act import ACTS
from nrm.casefile.beside import Reader
from nrm.casefile.known import answered
from nrm.casefile.sight import sight_of
from nrm.kernel.refusals import Refused
from tests.stage import MONDAY, VIEWS, Stage

SIGNS = {
    "answers": [{"q": "C07", "a": "YES"}], "acts": ["HARBOURING"], "purposes": ["BEGGING"],
    "still_controlled": "YES", "others_at_risk": "NOT_KNOWN", **VIEWS,
}  # fmt: skip
LINE = re.compile(r'<details class="known"><summary><b>(.*?)</b>')
SHARE = {"grants": ["FULL"], "purpose": "CARE", "basis": "LEGAL_DUTY", "note": "Child Act"}


def known(stage: Stage, case: str, who: str = "rosa", at: str = MONDAY) -> dict[str, str]:
    """Input -> the answer that the case gives this person."""
    actor, facts = stage.actor(who), stage.facts(case, who, at)
    reader = Reader(actor, facts, sight_of(actor, facts))
    return {name: str(one.said) for name, one in answered(ACTS["referral.send"].known, reader)}


def screened(stage: Stage, risk: str = "MEDIUM", by: str = "rosa", **other: Any) -> str:
    case = stage.a_case(by, **other)
    stage.do("screening.record", by, MONDAY, case=case, **SIGNS, risk=risk)
    return case


def test_her_words_the_authority_and_the_danger_are_not_asked_again(stage: Stage) -> None:
    assert known(stage, screened(stage)) == {
        "to": "office",
        "urgency": "URGENT",
        "childs_views": VIEWS["childs_views"],
        "heard_how": "SPOKE",
    }


@pytest.mark.parametrize(
    ("risk", "urgency"), [("IMMEDIATE", "IMMEDIATE"), ("HIGH", "URGENT"), ("MEDIUM", "URGENT"), ("LOW", None)]
)
def test_the_urgency_follows_the_danger_and_low_danger_is_asked(
    stage: Stage, risk: str, urgency: str | None
) -> None:
    assert known(stage, screened(stage, risk)).get("urgency") == urgency


def test_child_welfare_was_told_by_a_share_and_her_lead_worker_is_named(stage: Stage) -> None:
    case = screened(stage)
    stage.do("casefile.share", "rosa", MONDAY, case=case, agency="alva", **SHARE)
    assert known(stage, case)["child_protection_told"] == "YES"
    assert "child_protection_told_name" not in known(stage, case)
    stage.do("casefile.appoint_lead_worker", "mira", MONDAY, case=case, person="mira")
    assert known(stage, case)["child_protection_told_name"] == "Mira Sole"


def test_the_police_know_where_they_opened_brought_word_or_were_called(stage: Stage) -> None:
    assert "reported_to_police" not in known(stage, screened(stage))
    assert known(stage, screened(stage, informant_kind="POLICE"))["reported_to_police"] == "YES"
    case = screened(stage)
    stage.do(
        "contact.record_immediate_safety",
        "rosa",
        MONDAY,
        case=case,
        measures=["POLICE_CALLED"],
        done_at=MONDAY,
    )
    assert known(stage, case)["reported_to_police"] == "YES"


def test_who_may_not_see_an_answer_is_asked_for_it(stage: Stage) -> None:
    case = screened(stage)
    stage.do(
        "casefile.share", "rosa", MONDAY, case=case, agency="alva",
        **SHARE | {"grants": ["SUMMARY"]},
    )  # fmt: skip
    assert {"childs_views", "urgency"} & set(known(stage, case, "mira")) == set()


def page(stage: Stage, case: str) -> tuple[Client, str, str]:
    rosa = Client()
    rosa.force_login(stage.people["rosa"], backend="config.accounts.Backend")
    address = f"/cases/{case}/referral/send/"
    return rosa, address, rosa.get(address).content.decode()


def test_a_known_answer_is_a_line_until_it_is_changed(stage: Stage) -> None:
    case = screened(stage)
    rosa, address, read = page(stage, case)
    lines = re.findall(r'<details class="known"><summary><b>(.*?)</b>', read)
    assert lines == [
        "To which authority?",
        "How urgent is it?",
        "What does she say about this?",
        "How did she tell you?",
    ]
    assert '<option value="office" selected>' in read
    again = rosa.post(address, {"urgency": "IMMEDIATE", "to": "office", "childs_views": "", "heard_how": ""})
    assert again.status_code == 422
    assert re.findall(r'<details class="known"><summary><b>(.*?)</b>', again.content.decode()) == [
        "To which authority?"
    ]


def test_a_program_says_every_answer_itself(stage: Stage) -> None:
    with pytest.raises(Refused):
        stage.do("referral.send", "rosa", MONDAY, case=screened(stage), grounds="She begs for a man.")
