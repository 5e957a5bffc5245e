"""From an act to a mail: what it says, to whom, how often, and that no act waits for it."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import translation

from nrm.agencies.models import Person
from nrm.messages import knocking
from nrm.messages.models import SENTENCES, Knock, Letter
from nrm.messages.queries import post
from tests import pseudo
from tests.messages.conftest import MORNING, Server, Worker
from tests.stage import Stage


def knock(worker: Worker, sentence: str, person: Any) -> None:
    knocking.lay_out([(sentence, person.person_id, None)], at=worker.now)


def jobs() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        return int(cursor.fetchone()[0])


def test_an_act_becomes_one_sentence_and_nothing_else(worker: Worker, stage: Stage, server: Server) -> None:
    # Given a case that Rosa leads, with a name and a place
    case = stage.a_case(by="rosa", given_name="Quillonmark", place_text="Harbour Street")
    # When it is shared with the authority's agency
    stage.do(
        "casefile.share", "rosa", case=case, agency="office", grants="FULL", purpose="DECISION",
        basis="LEGAL_DUTY", note="CETS 197 art. 10",
    )  # fmt: skip
    worker.works()
    # Then everyone who works there has a mail, and each is one fixed sentence
    people = Person.objects.filter(agency=stage.office, is_active=True)
    addresses = {address for (address,), _ in server.taken}
    assert people.count() > 1
    assert addresses >= {person.email for person in people}
    assert "omar@opennrm.example" not in addresses
    for (address,), mail in server.taken:
        assert mail.get_payload().strip() in SENTENCES.values()
        assert (mail["Subject"], mail["From"], mail["To"]) == (
            "OpenNRM",
            "OpenNRM <post@nrm.example>",
            address,
        )
        assert mail.get_content_type() == "text/plain"
        everything = str(mail)
        assert not any(
            fact in everything for fact in (case, "Quillonmark", "Harbour", "share", stage.office.name)
        )


def test_every_mail_of_a_sentence_is_the_same_but_for_whom_and_when(
    worker: Worker, stage: Stage, server: Server
) -> None:
    for sentence in SENTENCES:
        knock(worker, sentence, stage.rosa)
        knock(worker, sentence, stage.omar)
    worker.works()
    differs = {"To", "Date", "Message-ID"}
    told = {
        (mail.get_payload(), *((name, value) for name, value in sorted(mail.items()) if name not in differs))
        for _, mail in server.taken
    }
    assert len(server.taken) == 8
    assert len(told) == len(SENTENCES)


def test_a_mail_speaks_her_language(
    worker: Worker, stage: Stage, server: Server, settings: Any, tmp_path: Path
) -> None:
    pseudo.write(tmp_path)
    settings.LOCALE_PATHS = [tmp_path]
    Person.objects.filter(key="rosa").update(language="en-xa")
    knock(worker, "U", stage.rosa)
    knock(worker, "U", stage.omar)
    worker.works()
    hers, his = (mail.get_payload(decode=True).decode().strip() for _, mail in server.taken)
    assert his == SENTENCES["U"]
    with translation.override("en-xa"):
        assert hers == SENTENCES["U"] != his


def test_an_act_that_is_undone_leaves_no_job(worker: Worker, stage: Stage) -> None:
    before = jobs()
    with transaction.atomic():
        knock(worker, "W", stage.rosa)
        assert jobs() == before + 1
        transaction.set_rollback(True)
    assert jobs() == before
    assert not Knock.objects.exists()


def test_a_job_holds_keys_only(worker: Worker, stage: Stage) -> None:
    knocking.lay_out([("W", stage.rosa.person_id, None), ("W", None, stage.rosa.agency_id)], at=MORNING)
    with worker.roles("nrm_worker"), connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(j) - 'id' FROM procrastinate_jobs j")
        (job,) = [json.loads(row) for (row,) in cursor.fetchall()]
    assert job["args"] == {"knocks": sorted(Knock.objects.values_list("pk", flat=True))}
    assert {name for name, value in job.items() if value not in (None, 0, False)} == {
        "args", "queue_name", "status", "task_name",
    }  # fmt: skip


def test_at_most_one_waits_in_a_quarter_of_an_hour(worker: Worker, stage: Stage, server: Server) -> None:
    # Given one mail that went out at nine
    knock(worker, "W", stage.rosa)
    worker.works()
    # When four knocks more come within ten minutes
    for _ in range(4):
        worker.passes(minutes=2)
        knock(worker, "W", stage.rosa)
        worker.works()
    # Then they are one mail more, at a quarter past nine
    assert len(server.taken) == 1
    worker.passes(minutes=6)
    worker.works()
    assert len(server.taken) == 1
    worker.passes(minutes=1)
    worker.works()
    assert len(server.taken) == 2
    worker.passes(hours=1)
    assert worker.works() == 0


def test_an_urgent_one_goes_at_once_each_time(worker: Worker, stage: Stage, server: Server) -> None:
    for _ in range(3):
        knock(worker, "W", stage.rosa)
        knock(worker, "U", stage.rosa)
        worker.works()
        worker.passes(minutes=1)
    assert server.bodies.count(SENTENCES["U"]) == 3
    assert server.bodies.count(SENTENCES["W"]) == 1


def test_one_person_s_quiet_is_not_another_s(worker: Worker, stage: Stage, server: Server) -> None:
    for person in (stage.rosa, stage.omar):
        knock(worker, "W", person)
        worker.works()
    assert len(server.taken) == 2


@pytest.mark.parametrize("change", [{"is_active": False}, {"roles": ["CH"]}])
def test_nobody_who_left_and_no_child_is_written_to(
    change: dict[str, Any], worker: Worker, stage: Stage, server: Server
) -> None:
    rosa = stage.rosa
    Person.objects.filter(key="rosa").update(**change)
    knock(worker, "U", rosa)
    knocking.lay_out([("W", None, rosa.agency_id)], at=worker.now)
    worker.works()
    assert "rosa@opennrm.example" not in [to for (to,), _ in server.taken]
    assert post().knocks == 0


def test_who_leaves_while_a_mail_waits_does_not_get_it(worker: Worker, stage: Stage, server: Server) -> None:
    server.said["DATA"] = "451 later"
    knock(worker, "U", stage.rosa)
    worker.works()
    Person.objects.filter(key="rosa").update(is_active=False)
    server.said.clear()
    worker.passes(minutes=5)
    worker.works()
    assert server.taken == []
    assert Letter.objects.filter(sent_at=None, given_up_at=None).count() == 0


def test_a_knock_is_carried_once_however_often_its_job_runs(
    worker: Worker, stage: Stage, server: Server
) -> None:
    knock(worker, "U", stage.rosa)
    worker.works()
    with connection.cursor() as cursor, worker.roles("nrm_worker"):
        cursor.execute("UPDATE procrastinate_jobs SET status = 'todo', scheduled_at = NULL")
    assert worker.works() == 2
    assert len(server.taken) == 1


def test_stories_of_the_demonstration_become_no_mail(worker: Worker, stage: Stage, server: Server) -> None:
    knock(worker, "U", stage.rosa)
    with worker.roles("nrm_owner"):
        knocking.all_told(at=worker.now)
    worker.works()
    assert server.taken == []


def test_an_administrator_sees_whom_no_mail_reaches(
    worker: Worker, stage: Stage, server: Server, client: Client
) -> None:
    def desk_of(key: str) -> str:
        client.force_login(Person.objects.get(key=key), backend="config.accounts.Backend")
        return client.get("/desk/").text

    # Given a colleague whose address is refused, and one of another agency
    Person.objects.filter(key="rosa").update(roles=["AA"], email="rosa.r@opennrm.example")
    colleague = Person.objects.create(
        key="colleague", name="Kalle Quist", email="kalle@opennrm.example", agency_id=stage.rosa.agency_id
    )
    Person.objects.filter(pk=colleague.pk).update(roles=["CW"])
    assert "Kalle Quist" not in desk_of("rosa")
    server.said["RCPT"] = "550 no such mailbox"
    knocking.lay_out([("U", colleague.pk, None), ("U", stage.omar.person_id, None)], at=worker.now)
    worker.works()
    # Then her administrator reads her name, without any fact, and nobody else does
    page = desk_of("rosa")
    assert "No mail reaches these colleagues" in page and "Kalle Quist" in page
    assert stage.people["omar"].name not in page
    assert "Kalle Quist" not in desk_of("mira")
