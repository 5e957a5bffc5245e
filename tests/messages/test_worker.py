"""The worker's process, and what its role may do."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from nrm.kernel.walls import JOB_TABLES, wall_of, walled_models
from tests import databases
from tests.messages.conftest import Server, speaking
from tests.messages.test_mail_servers import hangs

WALLED = [model._meta.db_table for model in walled_models() if not wall_of(model).free]
HIDDEN = [model._meta.db_table for model in walled_models() if not wall_of(model).worker]


def refused(statement: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError as error:
        return isinstance(error.__cause__, psycopg.errors.InsufficientPrivilege)
    return False


@pytest.mark.parametrize("table", HIDDEN)
def test_the_worker_reads_nothing_about_a_child(table: str, roles: Any) -> None:
    with roles("nrm_worker"):
        assert refused(f"SELECT 1 FROM {table}")
        assert refused(f"DELETE FROM {table}")


def test_all_tables_about_children_are_among_those() -> None:
    assert set(WALLED) <= set(HIDDEN)


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT password FROM agencies_person",
        "SELECT name FROM agencies_person",
        "UPDATE agencies_person SET email = 'x'",
        "SELECT name FROM agencies_agency",
        "SELECT * FROM django_session",
        "SELECT * FROM nrm_signing",
        "SELECT * FROM casefile_story('A', false)",
        "UPDATE messages_knock SET sentence = 'U'",
    ],
)
def test_the_worker_cannot(statement: str, roles: Any) -> None:
    with roles("nrm_worker"):
        assert refused(statement)


def test_the_web_role_lays_jobs_down_and_can_do_no_more(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, privilege_type, string_agg(DISTINCT column_name, ' ')"
            " FROM information_schema.column_privileges WHERE grantee IN ('nrm_web', 'PUBLIC')"
            " AND table_name = ANY (%s) GROUP BY 1, 2",
            [list(JOB_TABLES)],
        )
        rights = {(table, right): columns for table, right, columns in cursor.fetchall()}
    assert set(rights) == {
        ("procrastinate_jobs", "INSERT"),
        ("procrastinate_jobs", "SELECT"),
        ("procrastinate_events", "INSERT"),
    }
    assert rights["procrastinate_jobs", "SELECT"] == "id"
    assert all(refused(f"DELETE FROM {table}") for table in JOB_TABLES)


# The process itself, on a database of its own.


@dataclass
class Own:
    """A database that a worker's process can see, and how to start one."""

    name: str

    def url(self, role: str) -> str:
        return re.sub(r"//\w+@/opennrm\b", f"//{role}@/{self.name}", os.environ["NRM_DATABASE_URL"])

    def does(self, statement: str, role: str = "nrm_owner") -> list[tuple[Any, ...]]:
        with psycopg.connect(self.url(role), autocommit=True) as opened:
            cursor = opened.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def knocks(self, key: int) -> None:
        """An urgent knock for Rosa, as an act lays it down."""
        with psycopg.connect(self.url("nrm_web")) as web:
            web.execute(
                "INSERT INTO messages_knock (id, made_at, to_person_id, sentence, occasion)"
                " SELECT %s, now(), id, 'U', '' FROM agencies_person WHERE key = 'rosa'",
                [key],
            )
            self.defers(web, "messages.carry", f'{{"knocks": [{key}]}}')

    @staticmethod
    def defers(opened: psycopg.Connection, task: str, given: str) -> None:
        opened.execute(
            "SELECT procrastinate_defer_jobs_v1(ARRAY[ROW('default', %s, 0, NULL, NULL, %s::jsonb, NULL)]"
            "::procrastinate_job_to_defer_v1[])",
            [task, given],
        )

    def starts(self, port: int, *arguments: str) -> subprocess.Popen[str]:
        there = os.environ | {
            "NRM_DATABASE_URL": self.url("nrm_worker"), "EMAIL_BACKEND": "nrm.messages.smtp.Backend",
            "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(port), "DJANGO_SETTINGS_MODULE": "config.settings",
        }  # fmt: skip
        return subprocess.Popen(
            [sys.executable, "manage.py", "worker", *arguments], cwd=databases.ROOT, env=there, text=True,
            stderr=subprocess.PIPE,
        )  # fmt: skip

    def works(self, port: int) -> str:
        """Everything that is due; what the worker had to complain."""
        process = self.starts(port, "--once")
        complaints = process.communicate(timeout=60)[1]
        assert process.returncode == 0, complaints
        return complaints


@pytest.fixture
def own(template_database: str) -> Iterator[Own]:
    with databases.copy_of(template_database, f"nrm_worker_{os.getpid()}") as name:
        yield Own(name)


def test_a_knock_becomes_a_mail_and_leaves_no_job(own: Own, server: Server, settings: Any) -> None:
    own.knocks(1)
    assert own.works(settings.EMAIL_PORT) == ""
    assert [to for to, _ in server.taken] == [["rosa@opennrm.example"]]
    assert own.does("SELECT count(*) FROM procrastinate_jobs WHERE task_name LIKE 'messages.s%'") == [(0,)]
    assert own.does("SELECT count(*) FROM messages_letter WHERE sent_at IS NOT NULL") == [(1,)]


@pytest.mark.slow
def test_a_killed_worker_s_mail_is_sent_by_the_next(own: Own, server: Server, settings: Any) -> None:
    # Given a worker that was killed while a mail server let it wait
    own.knocks(1)
    with speaking(hangs) as port:
        process = own.starts(port)
        until = time.monotonic() + 30
        doing = (
            "SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing' AND task_name = 'messages.send'"
        )
        while own.does(doing) != [(1,)] and time.monotonic() < until:
            time.sleep(0.1)
        process.send_signal(signal.SIGKILL)
        process.communicate()
    assert own.does(doing) == [(1,)]
    # When half a minute has passed without a sign of life, and another one works
    own.does("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute'")
    with psycopg.connect(own.url("nrm_owner"), autocommit=True) as opened:
        own.defers(opened, "messages.pick_up", '{"timestamp": 0}')
    own.works(settings.EMAIL_PORT)
    own.works(settings.EMAIL_PORT)
    # Then the mail is there, once
    assert len(server.taken) == 1
    assert own.does("SELECT count(*) FROM messages_letter WHERE sent_at IS NOT NULL") == [(1,)]


def test_a_job_that_always_fails_holds_up_nobody(own: Own, server: Server, settings: Any) -> None:
    with psycopg.connect(own.url("nrm_web"), autocommit=True) as web:
        own.defers(web, "messages.carry", '{"knocks": ["no key"]}')
        own.defers(web, "messages.nothing", "{}")
    own.knocks(2)
    own.works(settings.EMAIL_PORT)
    assert len(server.taken) == 1


def test_it_ends_when_it_is_told(own: Own, server: Server, settings: Any) -> None:
    process = own.starts(settings.EMAIL_PORT)
    until = time.monotonic() + 30
    while not own.does("SELECT 1 FROM procrastinate_workers") and time.monotonic() < until:
        time.sleep(0.1)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=20)
    assert process.returncode == 0
    assert own.does("SELECT 1 FROM procrastinate_workers") == []
