"""A message abroad leaves as a sealed file; its key is shown once, told by telephone and kept nowhere."""

import io
import re

import pikepdf
import pytest
from django.apps import apps

from nrm.audit.models import Entry
from nrm.kernel.codes import plain
from nrm.kernel.signature import bind
from nrm.letters.models import Letter
from nrm.letters.sealing import as_key, new_key, sealed
from tests.crossborder.conftest import MESSAGE, Abroad, girl
from tests.identification.conftest import guarded, received
from tests.letters.test_letters import PLAN, client_of, letters_of
from tests.stage import Stage

__all__ = ["girl", "guarded", "received"]


@pytest.fixture
def message(girl: Abroad) -> Abroad:
    girl.do("crossborder.send_transnational_referral", "elin", "13T10:00", **MESSAGE)
    return girl


def key_page(stage: Stage, case: str, value: str, **more: str) -> str:
    page = client_of(stage, "elin").post(f"/cases/{case}/letters/", {"seal": value, **more})
    assert page.status_code == 200, page.content.decode()[:400]
    return page.content.decode()


def key_on(page: str) -> str:
    found = re.search(r"<bdi>((?:[A-Z]{4}-){4}[A-Z]{4})</bdi>", page)
    assert found is not None
    return found[1]


def test_the_file_opens_with_the_key_that_was_shown_and_with_nothing_else(
    message: Abroad, stage: Stage
) -> None:
    value = letters_of(stage, "elin", message.case)["MESSAGE_ABROAD"]
    key = key_on(key_page(stage, message.case, value))
    asked = {"letter": value, "key": key, "language": "en"}
    answer = client_of(stage, "elin").post(f"/cases/{message.case}/letters/", asked)
    assert answer.status_code == 200 and 'filename="sealed.pdf"' in answer.headers["Content-Disposition"]
    for wrong in ("", new_key(), key[:-1]):
        with pytest.raises(pikepdf.PasswordError):
            pikepdf.open(io.BytesIO(answer.content), password=wrong)
    assert b"Focal point of Brevia" not in answer.content and message.case.encode() not in answer.content
    with pikepdf.open(io.BytesIO(answer.content), password=plain(key)) as paper:
        assert paper.encryption.R == 6 and paper.encryption.bits == 256
        assert paper.Root.MarkInfo.Marked and paper.allow.accessibility and not paper.allow.modify_other


def test_the_key_is_kept_nowhere_and_the_audit_says_that_it_was_sealed(message: Abroad, stage: Stage) -> None:
    value = letters_of(stage, "elin", message.case)["MESSAGE_ABROAD"]
    shown = key_page(stage, message.case, value), key_page(stage, message.case, value)
    first, second = map(key_on, shown)
    assert first != second
    client_of(stage, "elin").post(f"/cases/{message.case}/letters/", {"letter": value, "key": first})
    bind(stage.elin, now=stage.moment("2026-03-13T12:00"))
    assert Letter.objects.filter(kind="MESSAGE_ABROAD").count() == 1
    assert Entry.objects.get(act="letters.print", outcome="DONE").codes == [
        "MESSAGE_ABROAD", "SEALED",
    ]  # fmt: skip
    for model in (one for one in apps.get_models() if one.__module__.startswith("nrm.")):
        for row in model._default_manager.values_list():
            assert first not in str(row) and plain(first) not in str(row), model


def test_a_key_that_is_none_of_ours_gets_a_new_one_and_seals_nothing(message: Abroad, stage: Stage) -> None:
    value = letters_of(stage, "elin", message.case)["MESSAGE_ABROAD"]
    for typed in ("", "AAAA", "I" * 20, "A" * 21, "\x00" * 20):
        page = client_of(stage, "elin").post(
            f"/cases/{message.case}/letters/", {"letter": value, "key": typed}
        )
        assert page.status_code == 200 and len(as_key(key_on(page.content.decode()))) == 20
    bind(stage.elin, now=stage.moment("2026-03-13T12:00"))
    assert not Letter.objects.exists()


@pytest.mark.parametrize("button", ["seal", "letter"])
def test_what_stays_in_the_house_is_not_sealed(message: Abroad, stage: Stage, button: str) -> None:
    message.do("care.record_safety_plan", "mira", "13T11:00", **PLAN)
    value = letters_of(stage, "mira", message.case)["SAFETY_PLAN"]
    asked = {button: value} | ({"key": new_key()} if button == "letter" else {})
    answer = client_of(stage, "mira").post(f"/cases/{message.case}/letters/", asked)
    assert answer.status_code == 422 and "NOTHING_TO_PRINT" in answer.content.decode()
    bind(stage.elin, now=stage.moment("2026-03-13T12:00"))
    assert not Letter.objects.exists()


def test_who_may_not_read_the_message_gets_no_key(message: Abroad, stage: Stage) -> None:
    value = letters_of(stage, "elin", message.case)["MESSAGE_ABROAD"]
    message.share("lantern", "mira", grants=["SUMMARY"], purpose="SERVICE")
    answer = client_of(stage, "dora").post(f"/cases/{message.case}/letters/", {"seal": value})
    assert answer.status_code == 422
    assert (
        client_of(stage, "omar").post(f"/cases/{message.case}/letters/", {"seal": value}).status_code == 404
    )


def test_only_a_key_of_ours_seals() -> None:
    with pytest.raises(ValueError, match="no key"):
        sealed(b"", "1234")
