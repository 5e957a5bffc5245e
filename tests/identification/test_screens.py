"""Receive, decide, confirm, age, offence: what must be read stands beside the questions of the same act."""

from html import unescape
from typing import Any

import pytest
from django.test import Client

from tests.identification.conftest import NEGATIVE, POSITIVE, Path
from tests.stage import VIEWS

DOUBT = {"by": "CHILD_HERSELF", "claims": "CHILD", "why": "She says that she is sixteen."}
ACCUSED = {
    "kind": "DRUGS", "status": "ARRESTED", "on": "2026-03-04", "authority": "Police station North",
    "linked_to_exploitation": "LIKELY",
}  # fmt: skip


class Reading:
    """One person at the page of one act."""

    def __init__(self, path: Path, who: str, act: str) -> None:
        self.client = Client()
        self.client.force_login(path.stage.people[who], backend="config.accounts.Backend")
        self.address = f"/cases/{path.case}/{act.replace('.', '/')}/"

    def text(self) -> str:
        answer = self.client.get(self.address)
        assert answer.status_code == 200
        return unescape(answer.content.decode())

    def post(self, **answers: Any) -> Any:
        return self.client.post(self.address, answers)


def part(text: str, title: str) -> str:
    """What stands under one heading."""
    return text.split(f">{title}</h2>")[1].split("</section>")[0]


def test_an_authority_reads_what_came_and_what_is_missing_and_receives_with_one_answer(opened: Path) -> None:
    opened.referred()
    page = Reading(opened, "ida", "referral.receive")
    text = page.text()
    assert "She begs for a man who is not her family." in part(text, "What came")
    assert "No interview with her is recorded." in part(text, "What is missing")
    assert VIEWS["childs_views"] in part(text, "What she says")
    assert "By " in part(text, "Time limit")
    assert "NOT_RECEIVED_YET" in part(text, "Or instead"), "asking for more waits for the receipt"
    assert f'value="{opened.referral}" selected' in text, "there is only one it can be about"
    assert page.post(referral=opened.referral, case_officer="ida").status_code == 302


def test_what_comes_for_contact_is_not_among_what_an_authority_reads(opened: Path) -> None:
    opened.referred()
    assert "How can she be reached safely?" not in Reading(opened, "ida", "referral.receive").text()


def test_who_decides_reads_the_signs_the_law_and_what_follows(received: Path) -> None:
    text = Reading(received, "ida", "identification.decide_reasonable_grounds").text()
    assert "Begging" in part(text, "What is known")
    assert "We suspect it and cannot prove it yet." in part(text, "What the law says")
    assert "Palermo Protocol art. 3(c)" in part(text, "What the law says")
    follows = part(text, "What follows")
    assert "reflection period" in follows and "A second person".lower() in follows.lower()
    assert part(text, "Time limit")


@pytest.mark.parametrize(
    "code", ["CONSENTED", "NO_MEANS", "NOT_COOPERATING", "NO_COMPLAINT", "LATE_DISCLOSURE"]
)
def test_reasons_that_are_unlawful_for_a_child_are_not_offered_and_still_refused(
    received: Path, code: str
) -> None:
    page = Reading(received, "ida", "identification.decide_reasonable_grounds")
    text = page.text()
    assert f'value="{code}"' not in text and 'value="ACT_SHOWN"' in text
    answer = page.post(**NEGATIVE | {"reason_codes": [code]})
    assert answer.status_code == 422 and "REASON_NOT_LAWFUL_FOR_CHILD" in answer.content.decode()


def test_a_second_person_reads_the_proposal_and_signs_or_sends_it_back(received: Path) -> None:
    key = received.do("identification.decide_reasonable_grounds", "ida", "05T11:00", **POSITIVE)
    page = Reading(received, "tomas", "identification.confirm")
    text = page.text()
    assert "He takes what she begs." in text and "Begging" in part(text, "What is known")
    assert "/identification/send_back/" in part(text, "Or instead")
    assert f'value="{key}" selected' in text
    assert page.post(proposal=key).status_code == 302


def test_the_proposer_has_no_button_and_is_told_why(received: Path) -> None:
    key = received.do("identification.decide_reasonable_grounds", "ida", "05T11:00", **POSITIVE)
    page = Reading(received, "ida", "identification.confirm")
    text = page.text()
    assert "SAME_PERSON" in text and 'class="asking"' not in text
    assert "You proposed this. A colleague must confirm it or send it back." in text
    assert page.post(proposal=key).status_code == 422


def test_whoever_doubts_her_age_reads_how_old_she_is_taken_to_be(received: Path) -> None:
    taken = part(Reading(received, "mira", "identification.dispute_age").text(), "How old she is taken to be")
    assert "Treated as a child" in taken and "CETS 197 art. 10(3)" in taken


def test_a_method_that_is_never_allowed_is_not_offered(received: Path) -> None:
    text = Reading(received, "ida", "identification.open_age_assessment").text()
    assert "NO_SERIOUS_DOUBT" in text and "SEXUAL_MATURITY" not in text


def test_a_notice_is_written_beside_what_she_is_accused_of(received: Path) -> None:
    page = Reading(received, "mira", "identification.issue_non_punishment_notice")
    assert "NO_OFFENCE" in page.text()
    received.do("identification.record_offence", "mira", "05T09:00", **ACCUSED)
    text = page.text()
    assert "Police station North" in part(text, "No notice yet")
    assert "CETS 197 art. 26" in part(text, "What the law says") and part(text, "Time limit")
    assert 'class="asking"' in text


def test_an_assessor_reads_the_doubt(received: Path) -> None:
    received.do("identification.dispute_age", "mira", "04T09:00", **DOUBT)
    text = Reading(received, "ida", "identification.open_age_assessment").text()
    assert DOUBT["why"] in part(text, "The doubt") and "SEXUAL_MATURITY" not in text
    assert 'value="PAPERS"' in text


def test_who_may_not_read_the_account_sees_none_of_it_beside_a_form(received: Path) -> None:
    received.do(
        "casefile.share", "mira", "04T09:00", agency="police", grants=["SUMMARY"], purpose="SAFETY",
        basis="LEGAL_DUTY", note="Police Act",
    )  # fmt: skip
    text = Reading(received, "viktor", "identification.dispute_age").text()
    assert "Begging" not in text and VIEWS["childs_views"] not in text
