"""Conditions that pass: somebody is at it, no room, nobody answers. One page whatever was asked; nothing is lost."""

import errno
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from config.middleware import HEADERS
from nrm.audit import trail
from nrm.kernel.files import vault
from nrm.kernel.refusals import CASE_BUSY, OUT_OF_REACH
from tests.casefile import corpus
from tests.stage import Stage
from tests.staged import Staging

TYPED = 'She said: "not today" <and> wept.'


def safety() -> dict[str, Any]:
    return {
        "measures": ["MOVED_TO_SAFE_PLACE"],
        "done_at": timezone.now().isoformat(),
        "note": TYPED,
        "key": str(uuid4()),
    }


def client_of(stage: Stage, who: str) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(stage.people[who], backend="config.accounts.Backend")
    return client


def is_told(answer: Any, refusal: Any) -> str:
    """The page of this refusal, with every header, and nothing of what went wrong inside."""
    page = answer.content.decode()
    assert answer.status_code == 503, answer.status_code
    assert unescape(str(refusal)) in unescape(page) and refusal.code in page
    assert int(answer.headers["Retry-After"]) > 0 and answer.headers["Cache-Control"] == "no-store"
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert "<h1>" in page and "Traceback" not in page and "psycopg" not in page and "SELECT" not in page
    return page


def again(page: str) -> dict[str, list[str]]:
    """What the page's own form would send."""
    form = re.search(r'<form method="post"[^>]*>(.*?)</form>', page, re.S)
    assert form is not None
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', form[1]):
        found.setdefault(unescape(name), []).append(unescape(value))
    return found


# Somebody is at it.


@contextmanager
def locked(table: str) -> Iterator[None]:
    """Another connection holds a whole table."""
    with psycopg.connect(os.environ["NRM_OWNER_URL"], dbname=connection.settings_dict["NAME"]) as other:
        other.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
        yield
        other.rollback()


def impatient() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '100ms'")


@pytest.fixture
def together(lasting: Stage) -> Staging:
    return Staging(lasting)


def test_whoever_waits_too_long_anywhere_reads_a_sentence_and_keeps_her_words(together: Staging) -> None:
    case = together.opened("mira", 5)
    client = client_of(together.stage, "mira")
    impatient()
    with locked("audit_entry"):
        for address in ("", "letters/", "documents/", "contact/record_immediate_safety/"):
            page = is_told(client.get(f"/cases/{case}/{address}"), CASE_BUSY)
            assert "Try again" in page and "<form" not in page
        printed = client.post(f"/cases/{case}/letters/", {"kind": "MEETING", "key": "1"})
        assert again(is_told(printed, CASE_BUSY)) == {"kind": ["MEETING"], "key": ["1"]}
    met = {
        "danger_now": "NO",
        "place": "STREET",
        "accompaniment": "WITH_UNRELATED_ADULT",
        "accompanied_by": TYPED,
    }
    with locked("casefile_draft"):
        page = is_told(client.post("/now/", met), CASE_BUSY)
    assert again(page) == {name: [said] for name, said in met.items()}
    assert client.post("/now/", again(page)).status_code == 302


# No room.


@contextmanager
def a_full_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The database answers whoever writes to the audit as it does when its disk is full."""

    def full(*_: Any, **__: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = 'disk_full'; END $$")

    with monkeypatch.context() as patch:
        patch.setattr(trail, "record", full)
        yield


def test_a_full_database_loses_nothing_and_the_same_form_is_entered_once(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, client = stage.a_case(by="rosa"), client_of(stage, "rosa")
    address = f"/cases/{case}/contact/record_immediate_safety/"
    before = len(stage.facts(case).everything)
    with a_full_disk(monkeypatch):
        page = is_told(client.post(address, safety()), OUT_OF_REACH)
        assert "Nothing is lost while this page is open." in page
        program = client.post(f"/api{address[:-1]}", safety(), content_type="application/json")
        assert program.status_code == 503 and program.json()["refused"][0]["code"] == "OUT_OF_REACH"
        assert len(stage.facts(case).everything) == before
    for _time in range(2):
        assert client.post(address, again(page)).status_code == 302
    assert len(stage.facts(case).everything) == before + 1


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO])
def test_a_full_disk_keeps_neither_the_file_nor_its_row(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path, number: int
) -> None:
    settings.DOCUMENTS = tmp_path
    case, client = stage.a_case(by="rosa"), client_of(stage, "rosa")
    paper = {"kind": "REPORT", "title": TYPED, "handling": "SENSITIVE", "declared_clean": "YES"}
    before = len(stage.facts(case).everything)

    def full(*_: Any) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(vault, "_settle", full)
    file = SimpleUploadedFile("report.pdf", corpus.pdf(), content_type="application/pdf")
    page = is_told(
        client.post(f"/cases/{case}/casefile/attach_document/", paper | {"file": file}), OUT_OF_REACH
    )
    assert again(page)["title"] == [TYPED] and "you will be asked for it again" in page
    assert not list(tmp_path.iterdir()) and len(stage.facts(case).everything) == before


# Nobody answers.


@contextmanager
def nobody_answers() -> Iterator[None]:
    """The database's door is not there any more, and the open connection has been ended."""
    settings, kept = connection.settings_dict, dict(connection.settings_dict)
    with psycopg.connect(os.environ["NRM_DATABASE_URL"], autocommit=True, dbname="postgres") as other:
        other.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
    settings["HOST"], settings["PORT"] = "/nowhere", ""
    try:
        yield
    finally:
        settings.update(kept)
        connection.close()


def test_a_database_that_is_gone_is_told_in_words_and_what_was_typed_goes_in_later(lasting: Stage) -> None:
    staging = Staging(lasting)
    case = staging.opened("mira", 5)
    client, address = client_of(lasting, "mira"), f"/cases/{case}/contact/record_immediate_safety/"
    with nobody_answers():
        for _time in range(2):  # on the connection that was ended, and on none
            page = is_told(client.post(address, safety() | {"csrfmiddlewaretoken": "hers"}), OUT_OF_REACH)
        assert again(page)["csrfmiddlewaretoken"] == ["hers"], "no other token than the one that came"
        for path in ("/", "/desk/", f"/cases/{case}/", "/report/"):
            assert client.get(path).status_code in (200, 503), path
        assert "<form" not in is_told(client.get("/desk/"), OUT_OF_REACH)
    assert client.post(address, again(page)).status_code == 302


def test_a_password_is_never_said_back(lasting: Stage) -> None:
    client = Client(raise_request_exception=False)
    client.get("/sign-in/")
    with nobody_answers():
        page = is_told(
            client.post("/sign-in/", {"login": "mira@x.example", "password": "Zzsecret"}), OUT_OF_REACH
        )
    assert "Zzsecret" not in page and "Go back and send it again." in page


def test_what_is_wrong_inside_stays_a_five_hundred(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    case, client = stage.a_case(by="rosa"), client_of(stage, "rosa")

    def breaks(*_: Any, **__: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT nothing_of_that_name")

    monkeypatch.setattr(trail, "record", breaks)
    assert client.get(f"/cases/{case}/").status_code == 500


def test_the_reader_s_language_is_kept(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    client = client_of(stage, "rosa")
    client.cookies["django_language"] = "en-xb"
    case = stage.a_case(by="rosa")
    with a_full_disk(monkeypatch):
        page = client.get(f"/cases/{case}/").content.decode()
    assert 'lang="en-xb" dir="rtl"' in page
