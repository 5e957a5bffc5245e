"""The commands' manners: every foreseen trouble is one sentence, and arguments arrive untouched."""

import re
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

import pytest
from django.db import connection

from config import cli, databases, desk, serving
from config.trouble import Trouble
from tests.config.conftest import opennrm


@contextmanager
def a_taken_port() -> Iterator[int]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


def is_one_sentence(done: subprocess.CompletedProcess[str]) -> bool:
    lines = done.stderr.strip().splitlines()
    return len(lines) == 1 and lines[0].startswith("OpenNRM: ") and done.returncode == 1


def test_alone_it_lists_every_command_with_its_help() -> None:
    done = opennrm()
    assert done.returncode == 0
    for name, command in cli.COMMANDS.items():
        assert re.search(rf"^  {name} +{re.escape(command.help)}$", done.stdout, re.M)


def test_a_taken_port_is_said_before_anything_is_started() -> None:
    with a_taken_port() as port:
        done = opennrm("run", PORT=str(port))
    assert is_one_sentence(done)
    assert f"Port {port} is taken" in done.stderr
    assert f"PORT={port + 1} make run" in done.stderr


@pytest.mark.parametrize("port", ["web", "0", "65536", "-1", "8000 "])
def test_a_port_that_is_none_is_refused(port: str) -> None:
    with pytest.raises(Trouble, match="from 1 to 65535"):
        serving.port_from(port)


@pytest.mark.parametrize(
    ("arguments", "environment", "says"),
    [
        (["fly"], {}, "There is no command 'fly'"),
        (["serve"], {}, "DATABASE_URL is not set"),
        (["run"], {"DATABASE_URL": "postgresql://x@/y"}, "use `opennrm serve`"),
        (["migrate"], {"DATABASE_URL": "postgresql://x@/y"}, "OWNER_DATABASE_URL is not set"),
        (["manage"], {}, "Say which Django command"),
        (["with-database"], {}, "Say which command"),
        (["with-database", "no-such-program"], {"DATABASE_URL": "postgresql://x@/y"}, "no program"),
    ],
)
def test_each_trouble_is_one_sentence(arguments: list[str], environment: dict[str, str], says: str) -> None:
    done = opennrm(*arguments, **environment)
    assert is_one_sentence(done), done.stderr
    assert says in done.stderr


def test_a_database_that_does_not_answer_is_one_sentence_too() -> None:
    nowhere = "postgresql://nrm_web@/opennrm?host=/nonexistent"
    done = opennrm("manage", "showmigrations", DATABASE_URL=nowhere, ALLOWED_HOSTS="localhost")
    assert "OpenNRM: The database does not answer" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.django_db
def test_a_database_without_tables_says_what_brings_them(monkeypatch: pytest.MonkeyPatch) -> None:
    class WithoutTables:
        def __init__(self, _: list[str]) -> None: ...

        def execute(self) -> None:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 FROM no_table_of_ours")

    monkeypatch.setattr("django.core.management.ManagementUtility", WithoutTables)
    with pytest.raises(Trouble, match="opennrm migrate"):
        databases.django("rehearse")


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    seen: list[tuple[str, ...]] = []
    monkeypatch.setenv("NRM_OWNER_URL", "postgresql://nrm_owner@/opennrm")
    monkeypatch.setenv("NRM_AS_OWNER", "0")
    monkeypatch.setattr(databases, "database", nullcontext)

    def django(*given: str) -> int:
        seen.append(given)
        return 0

    monkeypatch.setattr(databases, "django", django)
    return seen


@pytest.mark.parametrize("name", ["rehearse", "demo", "load", "docs", "migrate"])
def test_arguments_reach_the_rooms_untouched(called: list[tuple[str, ...]], name: str) -> None:
    assert cli.dispatch([name, "--check", "a file.yaml", "--", "-x=1"]) == 0
    assert called == [(name, "--check", "a file.yaml", "--", "-x=1")]


def test_the_exit_code_and_the_addresses_pass_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(databases, "addresses", nullcontext)
    assert desk.with_database(["sh", "-c", "exit 7"]) == 7
    assert desk.with_database(["sh", "-c", "kill -TERM $$"]) == 128 + 15


def test_the_serving_process_forgets_the_way_to_the_owner(monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    for name in ("NRM_AS_OWNER", "NRM_OWNER_URL", "OWNER_DATABASE_URL"):
        monkeypatch.setenv(name, "postgresql://nrm_owner@/opennrm")
    databases.forget_owner()
    assert not any("nrm_owner" in value for value in os.environ.values())


def test_a_checkouts_secret_is_made_once_and_closed(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(databases, "ROOT", tmp_path)
    file = databases.checkout_secret()
    made = file.read_text()
    assert len(made) >= 50
    assert file.stat().st_mode & 0o777 == 0o400
    assert databases.checkout_secret().read_text() == made
