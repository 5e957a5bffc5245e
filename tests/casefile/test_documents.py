"""Documents of a case: who adds, lists and opens them; what lies on the disk, and what does not."""

import hashlib
import os
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from config import middleware
from nrm.audit import trail
from nrm.casefile import documents
from nrm.casefile.models import Document
from nrm.kernel import statements
from nrm.kernel.files import scanner, vault
from nrm.kernel.files.kinds import LARGEST
from nrm.kernel.refusals import Refused
from nrm.kernel.signature import bind
from tests.casefile import corpus
from tests.stage import Stage

NOON = "2026-03-02T12:00"
ATTACH = "casefile.attach_document"
REPORT: dict[str, Any] = {
    "kind": "REPORT", "title": "Zztitlemark of the school", "handling": "SENSITIVE", "declared_clean": "YES",
}  # fmt: skip
PASSPORT = REPORT | {"kind": "IDENTITY_DOCUMENT", "handling": "IDENTIFYING"}
WITHHELD, WITHDRAWN = "Not shared with you", "Withdrawn: nobody can open it."


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.DOCUMENTS = tmp_path / "documents"
    return settings.DOCUMENTS  # type: ignore[no-any-return]


@pytest.fixture
def case(stage: Stage) -> str:
    return stage.a_case()


def a_file(
    content: bytes | None = None, name: str = "report.pdf", said: str = "application/pdf"
) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, corpus.pdf() if content is None else content, content_type=said)


def a_picture(content: bytes | None = None, name: str = "photo.jpg") -> SimpleUploadedFile:
    return a_file(corpus.telling_picture() if content is None else content, name, "image/jpeg")


def on_the_disk(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def attached(stage: Stage, case: str, by: str = "rosa", **other: Any) -> Document:
    done = stage.do(ATTACH, by, NOON, case=case, **(REPORT | {"file": a_file()} | other))
    assert isinstance(done.fact, Document)
    return done.fact


def shared(stage: Stage, case: str, agency: str, *grants: str, purpose: str = "CARE") -> None:
    stage.do("casefile.share", "rosa", NOON, case=case, agency=agency, grants=list(grants), purpose=purpose,
             basis="LEGAL_DUTY", note="Child Act")  # fmt: skip


@pytest.fixture
def signed_in(stage: Stage) -> Callable[[str], Client]:
    def of(who: str) -> Client:
        client = Client()
        client.force_login(stage.people[who], backend="config.accounts.Backend")
        return client

    return of


def address(case: str, document: Document) -> str:
    return reverse("document", args=[case, document.pk])


# What is refused, in which order, and that nothing of it stays.


@pytest.mark.parametrize("said", ["NO", "NOT_KNOWN"])
def test_a_file_that_nobody_declares_is_never_stored(
    stage: Stage, case: str, folder: Path, said: str
) -> None:
    assert stage.refused(
        ATTACH, "rosa", NOON, case=case, **(REPORT | {"file": a_file(), "declared_clean": said})
    ) == ["MATERIAL_NEVER_STORED"]
    assert on_the_disk(folder) == []


@pytest.mark.parametrize(
    "kind", ["REPORT", "DECISION", "COURT_PAPER", "CONTRACT", "TICKET", "LETTER", "NOT_KNOWN"]
)
@pytest.mark.parametrize(
    "file",
    [
        ("screen.png", "image/png", b"\x89PNG\r\n\x1a\n" + b" " * 20_000),
        ("screen.pdf", "application/pdf", corpus.picture()),
        ("screen.PNG", "application/pdf", b"%PDF-"),
        ("film.mp4", "video/mp4", b"\0\0\0\x18ftypmp42"),
    ],
    ids=["picture", "hidden picture", "picture by name", "film"],
)
def test_pictures_are_of_three_kinds_only(
    stage: Stage, case: str, folder: Path, kind: str, file: tuple[str, str, bytes]
) -> None:
    """Said before anything is looked into: what is no picture at all is refused by this as well."""
    name, said, content = file
    given = REPORT | {"kind": kind, "file": a_file(content, name, said)}
    assert stage.refused(ATTACH, "rosa", NOON, case=case, **given) == ["MATERIAL_NEVER_STORED"]
    assert on_the_disk(folder) == []


@pytest.mark.parametrize("kind", ["IDENTITY_DOCUMENT", "INJURY_BODY_MAP_DRAWING", "CHILDS_DRAWING"])
def test_these_three_may_be_pictures(stage: Stage, case: str, kind: str) -> None:
    assert attached(stage, case, kind=kind, file=a_picture()).media_type == "image/jpeg"


def test_online_evidence_is_no_kind(stage: Stage, case: str, folder: Path) -> None:
    given = REPORT | {"kind": "ONLINE_EVIDENCE", "file": a_file()}
    assert stage.refused(ATTACH, "rosa", NOON, case=case, **given) == ["ANSWER_NEEDED"]
    assert on_the_disk(folder) == []


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (a_file(b"<html>"), "FILE_NOT_SAFE"),
        (a_file(corpus.pdf(201)), "FILE_NOT_SAFE"),
        (a_file(b""), "ANSWER_NEEDED"),
        (a_file(corpus.pdf().ljust(LARGEST + 1)), "ANSWER_NEEDED"),
        (a_file(name="a.docx"), "FILE_NOT_SAFE"),
        ("report.pdf", "ANSWER_NEEDED"),
        (None, "ANSWER_NEEDED"),
    ],
    ids=["markup", "pages", "empty", "one byte too long", "another ending", "text", "nothing"],
)
def test_what_is_not_safe_leaves_nothing(stage: Stage, case: str, folder: Path, file: Any, code: str) -> None:
    assert stage.refused(ATTACH, "rosa", NOON, case=case, **(REPORT | {"file": file})) == [code]
    assert on_the_disk(folder) == [] and not stage.facts(case).of(Document)


def test_ten_megabytes_are_not_too_long(stage: Stage, case: str) -> None:
    assert attached(stage, case, file=a_file(corpus.pdf().ljust(LARGEST))).size < LARGEST


@pytest.mark.parametrize(
    "name",
    [
        "a\x00b.pdf",
        "../../etc/a.pdf",
        "\u202efdp.pdf",
        "ребёнок 🧒.pdf",
        "x" * 400 + ".pdf",
        'a";\r\nX: y.pdf',
    ],
)
def test_the_name_of_a_file_goes_nowhere(
    stage: Stage, case: str, folder: Path, signed_in: Callable[[str], Client], name: str
) -> None:
    document = attached(stage, case, file=a_file(name=name))
    assert [file.name for file in on_the_disk(folder)] == [document.file]
    answer = signed_in("rosa").get(address(case, document))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="report-2026-03-02.pdf"'


def test_a_fact_without_a_file_is_refused_past_the_form(stage: Stage, case: str) -> None:
    from nrm.casefile.act import ACTS
    from nrm.casefile.doing import do

    with pytest.raises(Refused, match="ANSWER_NEEDED"):
        do(ACTS[ATTACH], stage.doing("rosa", NOON), Document(**REPORT), reference=case)


@pytest.mark.parametrize(
    "row",
    [
        {"declared_clean": "NO"},
        {"file": "", "media_type": "", "size": 0, "sha256": "", "declared_clean": "NO"},
        {"file": ""},
        {"size": 0},
        {"sha256": ""},
        {"media_type": "image/png"},
    ],
)
def test_the_database_refuses_it_too(stage: Stage, case: str, row: dict[str, Any]) -> None:
    written = attached(stage, case)
    told = {
        field.attname: getattr(written, field.attname)
        for field in Document._meta.concrete_fields
        if field.name != "id"
    }
    bind(stage.rosa, now=stage.moment(NOON))
    with pytest.raises(IntegrityError, match="casefile_document"), transaction.atomic():
        Document(**(told | row)).save(force_insert=True)


# What lies on the disk.


def test_what_is_kept_is_fresh_encrypted_and_nobody_elses(stage: Stage, case: str, folder: Path) -> None:
    document = attached(stage, case, **(PASSPORT | {"file": a_picture()}))
    (file,) = on_the_disk(folder)
    kept = file.read_bytes()
    assert (file.stat().st_mode & 0o777, folder.stat().st_mode & 0o777) == (0o600, 0o700)
    assert kept.startswith(b"NRM1") and b"JFIF" not in kept and b"Zzgpsmark" not in kept
    content = vault.read(document.file, document.case_id)
    assert content not in kept and content[:16] not in kept
    assert content.startswith(b"\xff\xd8\xff")
    assert not [word for word in corpus.TOLD_BY_PICTURES if word in content]
    assert (document.size, document.sha256) == (len(content), hashlib.sha256(content).hexdigest())


def test_two_files_alike_are_encrypted_unlike(stage: Stage, case: str, folder: Path) -> None:
    one, other = attached(stage, case), attached(stage, case)
    assert one.sha256 == other.sha256
    assert len({file.read_bytes()[20:] for file in on_the_disk(folder)}) == 2


def test_a_file_opens_in_its_own_case_and_under_its_own_name_only(folder: Path) -> None:
    name = vault.put(b"what she drew", 7)
    assert vault.read(name, 7) == b"what she drew"
    other = vault.put(b"what he drew", 7)
    (folder / other).write_bytes((folder / name).read_bytes())
    kept = (folder / name).read_bytes()
    for wrong, in_case in ((name, 8), (other, 7), ("0" * 32, 7), ("../" + name, 7)):
        with pytest.raises(vault.Damaged):
            vault.read(wrong, in_case)
    for spoiled in (kept[:-1], kept[:10], b"", b"NRM2" + kept[4:], kept[:-1] + bytes([kept[-1] ^ 1])):
        (folder / name).write_bytes(spoiled)
        with pytest.raises(vault.Damaged):
            vault.read(name, 7)


def test_a_new_key_encrypts_and_the_old_one_still_opens(folder: Path, tmp_path: Path, settings: Any) -> None:
    first, second = "a" * 43, "b" * 43
    settings.DOCUMENT_KEY_FILE = str(tmp_path / "key")
    (tmp_path / "key").write_text(f"{first}\n")
    old = vault.put(b"old", 7)
    (tmp_path / "key").write_text(f"{second}\n{first}\n")
    new = vault.put(b"new", 7)
    assert (vault.read(old, 7), vault.read(new, 7)) == (b"old", b"new")
    (tmp_path / "key").write_text(f"{second}\n")
    assert vault.read(new, 7) == b"new"
    with pytest.raises(vault.Damaged):
        vault.read(old, 7)


@pytest.mark.parametrize("text", ["", "short", "a" * 42])
def test_no_key_encrypts_nothing(text: str, folder: Path, tmp_path: Path, settings: Any) -> None:
    from django.core.exceptions import ImproperlyConfigured

    settings.DOCUMENT_KEY_FILE = str(tmp_path / "key")
    (tmp_path / "key").write_text(text)
    with pytest.raises(ImproperlyConfigured):
        vault.put(b"x", 7)
    settings.DOCUMENT_KEY_FILE, settings.PRODUCTION = "", True
    with pytest.raises(ImproperlyConfigured):
        vault.put(b"x", 7)
    assert on_the_disk(folder) == []


def test_the_file_lies_there_before_the_row_is_written(
    stage: Stage, case: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there: list[int] = []

    def insert(row: Any, **how: Any) -> None:
        assert isinstance(row, Document)
        there.append(len(on_the_disk(folder)))
        raise OSError("the disk of the database is full")

    synced: list[int] = []
    fsync = os.fsync
    monkeypatch.setattr(os, "fsync", lambda descriptor: (synced.append(descriptor), fsync(descriptor))[1])
    monkeypatch.setattr(statements, "insert", insert)
    with pytest.raises(OSError, match="full"):
        attached(stage, case)
    assert there == [1] and len(synced) == 2, "the file and its folder"
    assert on_the_disk(folder) == [], "what is rolled back leaves nothing"


def test_a_request_that_is_undone_takes_its_file_along(
    stage: Stage, case: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []

    def view(request: Any) -> Any:
        from django.http import HttpResponse

        attached(stage, case)
        seen.append(len(on_the_disk(folder)))
        return HttpResponse(status=request.answer)

    for answer, left in ((200, 1), (500, 1)):
        request = RequestFactory().post("/")
        request.user, request.answer = stage.people["rosa"], answer  # type: ignore[attr-defined]
        middleware.Walls(view)(request)
        assert len(on_the_disk(folder)) == left
    assert seen == [1, 2]


def test_the_same_page_sent_twice_is_one_document(
    stage: Stage, case: str, folder: Path, signed_in: Callable[[str], Client]
) -> None:
    client, path = signed_in("rosa"), reverse("act", args=[case, "casefile", "attach_document"])
    told = REPORT | {"key": "7c0e6f3c-2f2b-4e0c-9a38-0d3f6a0a7c12"}
    for _time in range(2):
        assert client.post(path, told | {"file": a_file()}).status_code == 302
    assert len(on_the_disk(folder)) == 1


# The sweep.


def aged(file: Path) -> None:
    long_ago = (timezone.now() - timedelta(days=2)).timestamp()
    os.utime(file, (long_ago, long_ago))


def test_the_sweep_takes_what_nobody_names_and_counts_what_is_missing(
    roles: Callable[[str], AbstractContextManager[None]], stage: Stage, folder: Path
) -> None:
    case = stage.a_case()
    kept, lost, spoiled = attached(stage, case), attached(stage, case), attached(stage, case)
    old, young = vault.put(b"old", 7), vault.put(b"young", 7)
    (folder / "README").write_text("not ours")
    for file in on_the_disk(folder):
        if file.name != young:
            aged(file)
    (folder / lost.file).unlink()
    (folder / spoiled.file).write_bytes(b"NRM1 spoiled")
    with roles("nrm_owner"):
        assert documents.sweep(timezone.now(), verify=True) == documents.Swept(2, 1, 1, 1)
        assert not (folder / old).exists() and (folder / young).exists() and (folder / "README").exists()
        assert vault.read(kept.file, kept.case_id).startswith(b"%PDF-")
        with pytest.raises(CommandError, match="1 files are missing, 1 cannot be opened"):
            call_command("documents", verify=True)
        (folder / lost.file).write_bytes(b"")
        said = StringIO()
        call_command("documents", stdout=said)
        assert said.getvalue() == "3 files kept; 0 that no entry names were removed.\n"


def test_the_server_cannot_ask_which_files_there_are(db: None) -> None:
    with (
        pytest.raises(Exception, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT * FROM casefile_documents_kept()")


# The scanner.


@pytest.fixture
def clamd(tmp_path: Path, settings: Any) -> Iterator[Callable[[bytes], list[bytes]]]:
    """A scanner that answers as it is told; gives what it was asked."""
    asked: list[bytes] = []
    listening = socket.socket(socket.AF_UNIX)
    settings.CLAMD = str(tmp_path / "clamd")
    listening.bind(settings.CLAMD)
    listening.listen()
    answer = [b""]

    def serve() -> None:
        while True:
            try:
                talking, _ = listening.accept()
            except OSError:
                return
            with talking:
                said = b""
                while not said.endswith((b"PING\0", struct.pack(">I", 0))):
                    said += talking.recv(65536)
                asked.append(said)
                talking.sendall(answer[0])

    threading.Thread(target=serve, daemon=True).start()

    def tell(words: bytes) -> list[bytes]:
        answer[0] = words
        return asked

    yield tell
    listening.shutdown(socket.SHUT_RDWR)
    listening.close()


def test_the_scanner_sees_the_file_and_may_object(
    stage: Stage, case: str, folder: Path, clamd: Callable[[bytes], list[bytes]]
) -> None:
    asked = clamd(b"stream: OK\0")
    content = corpus.pdf(9)
    attached(stage, case, file=a_file(content))
    assert asked[-1].startswith(b"zINSTREAM\0" + struct.pack(">I", len(content)) + content)
    for words in (b"stream: Eicar-Test-Signature FOUND\0", b"INSTREAM size limit exceeded. ERROR\0", b""):
        clamd(words)
        given = REPORT | {"file": a_file()}
        assert stage.refused(ATTACH, "rosa", NOON, case=case, **given) == ["FILE_NOT_SAFE"]
    assert len(on_the_disk(folder)) == 1


def test_without_its_scanner_nothing_is_taken(
    stage: Stage, case: str, folder: Path, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    for nobody in ("/nonexistent/clamd", "127.0.0.1:9"):
        settings.CLAMD = nobody
        assert stage.refused(ATTACH, "rosa", NOON, case=case, **(REPORT | {"file": a_file()})) == [
            "FILE_NOT_SAFE"
        ]
        assert not scanner.answers()
    assert "scanner does not answer" in caplog.text and on_the_disk(folder) == []


def test_a_scanner_that_is_there_says_so(clamd: Callable[[bytes], list[bytes]]) -> None:
    clamd(b"PONG\0")
    assert scanner.answers()


# Who opens it.


def test_her_own_agency_opens_what_it_added(
    stage: Stage, case: str, signed_in: Callable[[str], Client]
) -> None:
    document = attached(stage, case, **(PASSPORT | {"file": a_picture()}))
    answer = signed_in("rosa").get(address(case, document))
    assert answer.content == vault.read(document.file, document.case_id)
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="identity-document-2026-03-02.jpg"'
    assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    page = signed_in("rosa").get(reverse("documents", args=[case]))
    assert page.headers["Content-Security-Policy"] == middleware.POLICY, "no other page lays its policy down"


@pytest.mark.parametrize(
    ("handling", "grants", "opens"),
    [
        ("ORDINARY", ["SUMMARY"], True),
        ("ORDINARY", ["EXISTENCE"], False),
        ("SENSITIVE", ["SUMMARY", "IDENTITY", "LOCATION"], False),
        ("SENSITIVE", ["FULL"], True),
        ("IDENTIFYING", ["FULL", "LOCATION"], False),
        ("IDENTIFYING", ["SUMMARY", "IDENTITY"], True),
        ("LOCATING", ["FULL", "IDENTITY"], False),
        ("LOCATING", ["SUMMARY", "LOCATION"], True),
    ],
)
def test_its_class_decides_who_opens_it(
    stage: Stage, case: str, signed_in: Callable[[str], Client], handling: str, grants: list[str], opens: bool
) -> None:
    document = attached(stage, case, handling=handling)
    shared(stage, case, "alva", *grants)
    mira = signed_in("mira")
    assert mira.get(address(case, document)).status_code == (200 if opens else 404)
    page = mira.get(reverse("documents", args=[case])).content.decode()
    assert "Report" in page and (WITHHELD in page) != opens
    assert (address(case, document) in page) == opens


@pytest.mark.parametrize(
    ("handling", "grants", "shown"),
    [
        ("SENSITIVE", ["FULL", "IDENTITY"], True),
        ("SENSITIVE", ["FULL"], False),
        ("SENSITIVE", ["SUMMARY", "IDENTITY"], False),
        ("LOCATING", ["FULL", "IDENTITY", "LOCATION"], False),
    ],
)
def test_its_title_is_read_with_both_grants_and_never_where_it_locates(
    stage: Stage, case: str, signed_in: Callable[[str], Client], handling: str, grants: list[str], shown: bool
) -> None:
    """A title may hold her name: it is read by who knows her name and may open the file."""
    attached(stage, case, handling=handling)
    shared(stage, case, "alva", *grants)
    for who, sees in (("mira", shown), ("rosa", handling != "LOCATING")):
        page = signed_in(who).get(reverse("documents", args=[case])).content.decode()
        assert ("Zztitlemark" in page) == sees, who


def test_words_of_a_title_find_it_only_for_who_may_read_it(
    stage: Stage, case: str, signed_in: Callable[[str], Client]
) -> None:
    attached(stage, case, handling="LOCATING")
    shared(stage, case, "alva", "FULL", "IDENTITY")
    found = {
        who: signed_in(who)
        .post(reverse("case", args=[case]), {"words": "Zztitlemark"})
        .context["timeline"]["found"]
        for who in ("mira", "rosa")
    }
    assert found == {"mira": 0, "rosa": 1}


def test_an_outsider_finds_nothing(stage: Stage, case: str, signed_in: Callable[[str], Client]) -> None:
    document = attached(stage, case)
    omar = signed_in("omar")
    for path in (address(case, document), reverse("documents", args=[case])):
        foreign, absent = omar.get(path), omar.get(path.replace(case, "NRM-000000000"))
        assert (foreign.status_code, absent.status_code) == (404, 404)
        assert corpus.MARK not in foreign.content


def test_a_document_of_another_case_is_not_found_through_ones_own(
    stage: Stage, case: str, signed_in: Callable[[str], Client]
) -> None:
    document = attached(stage, stage.a_case(by="lea", given_name="Ona"), by="lea")
    assert signed_in("rosa").get(address(case, document)).status_code == 404
    assert signed_in("rosa").get(reverse("document", args=[case, 1])).status_code == 404
    assert signed_in("rosa").get(f"/cases/{case}/documents/{'9' * 40}/").status_code == 404


def test_every_opening_is_written_down(stage: Stage, case: str, signed_in: Callable[[str], Client]) -> None:
    document = attached(stage, case, handling="IDENTIFYING")
    shared(stage, case, "alva", "FULL")
    shared(stage, case, "office", "FULL", "IDENTITY", purpose="DECISION")

    def rows(who: str) -> list[tuple[str, str, str]]:
        bind(stage.actor(who), now=timezone.now())
        mine = trail.of_person(stage.actor(who).person_id)
        return [(one.outcome, one.case_reference, one.purpose) for one in mine if one.act == documents.OPENED]

    signed_in("ida").get(address(case, document))
    assert sorted(rows("ida")) == [("DONE", case, "DECISION"), ("LOOK", case, "DECISION")]
    signed_in("mira").get(address(case, document))
    assert sorted(rows("mira")) == [("DENIED", "", ""), ("LOOK", case, "CARE")]
    signed_in("omar").get(address(case, document))
    assert rows("omar") == [("DENIED", "", "")]


def test_the_act_leaves_codes_and_no_title(stage: Stage, case: str) -> None:
    attached(stage, case)
    with connection.cursor() as cursor:
        bind(stage.rosa, now=stage.moment(NOON))
        cursor.execute("SELECT to_jsonb(e)::text FROM audit_entry e WHERE act = %s", [ATTACH])
        (row,) = (told for (told,) in cursor.fetchall())
    assert "SENSITIVE" in row and "REPORT" in row and "Zztitlemark" not in row and "report.pdf" not in row


def test_a_file_that_is_gone_is_our_fault_and_is_not_silent(
    stage: Stage, case: str, folder: Path, signed_in: Callable[[str], Client]
) -> None:
    document = attached(stage, case)
    (folder / document.file).unlink()
    client = signed_in("rosa")
    client.raise_request_exception = False
    assert client.get(address(case, document)).status_code == 500


# What is corrected, and what is withdrawn.


def corrected(stage: Stage, case: str, was: Document, **other: Any) -> Document:
    told = REPORT | {"corrects": str(was.pk), "why": "It was entered wrongly."} | other
    done = stage.do(ATTACH, "rosa", "2026-03-02T13:00", case=case, **told)
    assert isinstance(done.fact, Document)
    return done.fact


def test_a_correction_keeps_the_file_unless_another_comes(
    stage: Stage, case: str, folder: Path, signed_in: Callable[[str], Client]
) -> None:
    was = attached(stage, case, handling="ORDINARY")
    now = corrected(stage, case, was, handling="LOCATING")
    assert (now.file, now.sha256, now.size, now.media_type) == (
        was.file,
        was.sha256,
        was.size,
        was.media_type,
    )
    client = signed_in("rosa")
    assert client.get(address(case, was)).status_code == 404, "the struck entry opens nothing"
    assert client.get(address(case, now)).status_code == 200
    newer = corrected(stage, case, now, file=a_file(corpus.pdf(2)))
    assert newer.file != was.file and len(on_the_disk(folder)) == 2
    page = client.get(reverse("documents", args=[case])).content.decode()
    assert page.count("<b class") + page.count('href="/cases/' + case + "/documents/") == 1


def test_a_picture_does_not_become_a_report_by_correction(stage: Stage, case: str) -> None:
    was = attached(stage, case, **(PASSPORT | {"file": a_picture()}))
    told = REPORT | {"corrects": str(was.pk), "why": "x"}
    assert stage.refused(ATTACH, "rosa", NOON, case=case, **told) == ["MATERIAL_NEVER_STORED"]


@pytest.mark.parametrize("said", ["NO", "NOT_KNOWN"])
def test_what_is_withdrawn_is_opened_by_nobody(
    stage: Stage, case: str, folder: Path, signed_in: Callable[[str], Client], said: str
) -> None:
    was = attached(stage, case)
    now = corrected(stage, case, was, declared_clean=said, file=a_file(corpus.pdf(2)))
    assert (now.file, now.media_type, now.size, now.sha256) == ("", "", 0, "")
    assert len(on_the_disk(folder)) == 1, "it stays, encrypted, until somebody has decided what becomes of it"
    client = signed_in("rosa")
    for document in (was, now):
        assert client.get(address(case, document)).status_code == 404
    page = client.get(reverse("documents", args=[case])).content.decode()
    assert WITHDRAWN in page and f"/documents/{now.pk}/" not in page
    timeline = client.get(reverse("case", args=[case])).content.decode()
    assert "It was entered wrongly." in timeline


def test_a_correction_of_nothing_is_no_way_around_the_file(stage: Stage, case: str, folder: Path) -> None:
    told = REPORT | {"corrects": "1", "why": "x", "declared_clean": "NO"}
    assert stage.refused(ATTACH, "rosa", NOON, case=case, **told) == ["NOTHING_TO_CORRECT"]
    assert on_the_disk(folder) == []


# The page, and programs.


def test_the_page_takes_a_file(stage: Stage, case: str, signed_in: Callable[[str], Client]) -> None:
    client, path = signed_in("rosa"), reverse("act", args=[case, "casefile", "attach_document"])
    page = client.get(path).content.decode()
    assert 'enctype="multipart/form-data"' in page and 'type="file"' in page and 'accept=".pdf,' in page
    assert (
        'enctype="multipart'
        not in client.get(reverse("act", args=[case, "casefile", "share"])).content.decode()
    )
    answer = client.post(path, REPORT | {"file": a_file()})
    assert answer.status_code == 302
    assert "documents/" in client.get(reverse("case", args=[case])).content.decode()
    refused = client.post(path, REPORT | {"file": a_picture()})
    assert refused.status_code == 422 and "MATERIAL_NEVER_STORED" in refused.content.decode()


@pytest.mark.parametrize("length", [LARGEST + 1, 3 * LARGEST])
def test_a_long_file_is_said_to_be_long(
    stage: Stage, case: str, folder: Path, signed_in: Callable[[str], Client], length: int
) -> None:
    path = reverse("act", args=[case, "casefile", "attach_document"])
    answer = signed_in("rosa").post(path, REPORT | {"file": a_file(b"%PDF-".ljust(length))})
    assert answer.status_code == 422 and "larger than 10 MB" in answer.content.decode()


def test_the_page_of_a_correction_asks_for_a_file_only_if_it_is_another(
    stage: Stage, case: str, signed_in: Callable[[str], Client]
) -> None:
    was = attached(stage, case)
    path = reverse("act", args=[case, "casefile", "attach_document"])
    page = signed_in("rosa").get(f"{path}?corrects={was.pk}").content.decode()
    assert "(only if it is another one)" in page and was.file not in page
    told = REPORT | {"corrects": str(was.pk), "why": "The class was too mild.", "handling": "IDENTIFYING"}
    assert signed_in("rosa").post(path, told).status_code == 302


def test_programs_send_it_as_one_part_of_several(
    stage: Stage, case: str, folder: Path, signed_in: Callable[[str], Client]
) -> None:
    client = signed_in("rosa")
    path = reverse("api-act", args=[case, "casefile", "attach_document"])
    done = client.post(path, REPORT | {"file": a_file()})
    assert done.status_code == 201 and len(on_the_disk(folder)) == 1
    again = client.post(path, REPORT | {"file": a_file(), "unasked": "1"})
    assert again.status_code == 422 and again.json()["refused"][0]["code"] == "UNKNOWN_INPUT"
    as_json = client.post(path, REPORT | {"file": "abc"}, content_type="application/json")
    assert as_json.status_code == 422 and "file" in as_json.json()["answers"]
    told = client.get(reverse("api-document")).json()
    body = told["paths"]["/api/cases/{reference}/casefile/attach_document"]["post"]["requestBody"]["content"]
    assert list(body) == ["multipart/form-data"]
    assert body["multipart/form-data"]["schema"]["properties"]["file"]["contentMediaType"]
    other = reverse("api-act", args=[case, "casefile", "share"])
    assert client.post(other, {"agency": "alva"}).status_code == 400, (
        "only an act that asks for a file takes parts"
    )


def test_what_arrives_is_never_laid_down_unencrypted(
    stage: Stage, case: str, signed_in: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    import tempfile

    def refuse(*args: Any, **kwargs: Any) -> Any:
        raise AssertionError("a temporary file")

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", refuse)
    monkeypatch.setattr("django.core.files.temp.NamedTemporaryFile", refuse)
    path = reverse("act", args=[case, "casefile", "attach_document"])
    content = corpus.pdf().ljust(6 * 1024 * 1024)
    assert signed_in("rosa").post(path, REPORT | {"file": a_file(content)}).status_code == 302


def test_a_flood_is_cut_off(stage: Stage, case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.core.files.uploadhandler import StopUpload

    from nrm.kernel.files import uploading

    taking = uploading.InMemory()
    taking.new_file("file", "a.pdf", "application/pdf", None)
    piece = b"x" * 1024 * 1024
    with pytest.raises(StopUpload):
        for at in range(100):
            taking.receive_data_chunk(piece, at)
    assert taking.held.tell() <= LARGEST


def test_the_list_costs_the_same_for_one_document_and_for_many(
    stage: Stage, case: str, signed_in: Callable[[str], Client]
) -> None:
    from django.test.utils import CaptureQueriesContext

    client, counted = signed_in("rosa"), []
    client.get(reverse("documents", args=[case]))
    for many in (1, 6):
        for _one in range(many):
            attached(stage, case)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("documents", args=[case]))
        counted.append(len(queries))
    assert counted[0] == counted[1]
