"""The bench measures real pages of a register that the real code can open."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from benchmarks import register
from tests.config.conftest import ROOT

CASES = 50
IN_THE_REGISTER = """
import django; django.setup()
from django.test import Client
from benchmarks import people
from nrm.agencies.models import Person
from nrm.casefile import story
from nrm.casefile.keeping import waiting_rows
from nrm.casefile.models import NameToken, Waiting
from nrm.casefile.names import tokens_of
from nrm.casefile.questions import headline
from nrm.casefile.timing import timed
from nrm.agencies.queries import actor_of
from nrm.kernel import packs, walls
from nrm.kernel.signature import bind
from django.db import connection, transaction
from django.utils import timezone

assert walls.faults(connection) == [], walls.faults(connection)
opened = 0
for worker in people.workers(50, how_many=8, cases_each=9):
    person = Person.objects.get(email=worker.email)
    client = Client()
    client.force_login(person, backend="config.accounts.Backend")
    assert client.get("/desk/").status_code == 200
    for reference, name in zip(worker.references, worker.names):
        assert client.get(f"/cases/{reference}/").status_code == 200
        assert reference in client.post("/find/", {"text": name}).content.decode()
        with transaction.atomic():
            now = timezone.now()
            bind(actor_of(person), now=now)
            facts = story.read(reference, now=now, pack=packs.load("xa"))
            assert len(facts.everything) >= 8
            found_by = NameToken.objects.filter(case=facts.the_case).values_list("token", flat=True)
            assert set(found_by) == tokens_of(headline(facts)["names"])
            waiting = Waiting.objects.filter(case=facts.the_case)
            kept = waiting.values_list("code", "started_by", "person_id", "agency_id")
            wanted = {(row[0], row[2], row[7], row[8]) for row in waiting_rows(facts, timed(facts))}
            assert set(kept) == wanted, (set(kept), wanted)
        opened += 1
assert opened >= 8, opened
"""


@pytest.fixture(scope="module")
def bench(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[subprocess.CompletedProcess[str], Path]]:
    """`opennrm bench` over fifty cases; what it printed and the table it wrote. Its register is dropped."""
    table = tmp_path_factory.mktemp("bench") / "results.md"
    command = [
        sys.executable,
        "-m",
        "benchmarks",
        "--cases",
        str(CASES),
        "--requests",
        "5",
        "--to",
        str(table),
    ]
    yield subprocess.run(command, cwd=ROOT, text=True, capture_output=True, timeout=300), table
    with register.owner("postgres") as admin:
        admin.execute(f"DROP DATABASE IF EXISTS {register.name(CASES)} WITH (FORCE)".encode())


@pytest.mark.slow
def test_it_runs_through_and_writes_its_table(bench: tuple[subprocess.CompletedProcess[str], Path]) -> None:
    done, table = bench
    assert done.returncode == 0, done.stderr[-3000:]
    text = table.read_text()
    for words in ("## 50 cases", "| desk | 1 |", "| one act, whole | 8 |", "| case page |", "PostgreSQL"):
        assert words in text


@pytest.mark.slow
def test_the_real_pages_open_its_cases_and_its_lists_say_what_the_facts_say(
    bench: tuple[subprocess.CompletedProcess[str], Path],
) -> None:
    led = {**os.environ, **register.environment(CASES)}
    done = subprocess.run(
        [sys.executable, "-c", IN_THE_REGISTER],
        cwd=ROOT,
        env=led,
        text=True,
        capture_output=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr[-3000:]


@pytest.mark.slow
def test_nobody_else_is_in_its_way_and_it_is_used_again(
    bench: tuple[subprocess.CompletedProcess[str], Path],
) -> None:
    assert register.is_there(CASES)
    with psycopg.connect(os.environ["NRM_OWNER_URL"]) as own:
        assert own.execute("SELECT current_database()").fetchone() != (register.name(CASES),)
