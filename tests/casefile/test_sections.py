"""A long page is parted: what is seldom known and what was answered before stands folded and says its answers."""

import re
from html import unescape
from typing import Any

from django.test import Client

from nrm.contact.models import FirstContact
from tests.stage import A_CHILD, MONDAY, Stage

SECTION = re.compile(
    r'<details class="section"( open)?><summary><span>(.*?)</span>(.*?)</summary>', re.DOTALL
)
HER = "Her name, her age and where she is from"


def sections(answer: Any) -> dict[str, tuple[bool, str]]:
    """Title -> (whether it is open, what its summary says was answered)."""
    text = unescape(answer.content.decode())
    return {
        title: (bool(is_open), re.sub(r"<[^>]+>", "", said)) for is_open, title, said in SECTION.findall(text)
    }


def rosa(stage: Stage) -> Client:
    client = Client()
    client.force_login(stage.people["rosa"], backend="config.accounts.Backend")
    return client


def test_what_may_stay_unknown_is_folded_when_a_case_is_opened(stage: Stage) -> None:
    stage.a_case()
    answer = rosa(stage).get("/acts/contact/open_case/")
    assert sections(answer) == {HER: (False, "")}
    assert "Is she in danger now?" in answer.content.decode().split(HER)[0]


def test_a_correction_folds_every_section_and_says_what_was_answered(stage: Stage) -> None:
    case = stage.a_case(given_name="Lule", age_from="14", age_to="16", danger_now="YES", languages=["por"])
    found = sections(rosa(stage).get(f"/cases/{case}/contact/correct_first_contact/"))
    assert list(found) == ["Is she safe?", "How it began", "How to talk with her", HER]
    assert not any(is_open for is_open, _said in found.values())
    assert "Is she in danger now? Yes" in found["Is she safe?"][1]
    assert "What does she want to be called? Lule" in found[HER][1] and "YES" not in found["Is she safe?"][1]
    assert "Portuguese" in found["How to talk with her"][1]


def test_what_must_change_unfolds_its_section_and_only_that(stage: Stage) -> None:
    case = stage.a_case(given_name="Lule", age_from="14", age_to="16")
    client, address = rosa(stage), f"/cases/{case}/contact/correct_first_contact/"
    key = stage.facts(case).latest(FirstContact)
    wrong = {"age_from": "16", "age_to": "14", "corrects": key.pk, "why": "Her size."}  # type: ignore[union-attr]
    answer = client.post(address, A_CHILD | {"first_contact_at": MONDAY} | wrong)
    assert answer.status_code == 422
    found = sections(answer)
    assert [title for title, (is_open, _said) in found.items() if is_open] == [HER], found
