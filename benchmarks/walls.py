"""What the walls cost: the very statements of a page, behind row-level security and past it, in turn.

Both run with the same signed actor bound, as the web role and as the superuser of the checkout's own server,
whom no policy holds. Each round is rolled back. Statements that end the transaction are left out.
"""

import statistics
import time
from collections.abc import Sequence
from itertools import cycle
from typing import Any

import psycopg
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchmarks.people import Worker
from config import cluster, places
from config.databases import ROOT
from nrm.agencies.models import Person
from nrm.agencies.queries import actor_of
from nrm.kernel.actor import Actor
from nrm.kernel.signature import token

NOT_THE_PAGES = ("SAVEPOINT", "RELEASE", "ROLLBACK", "SELECT set_config")


def statements_of(worker: Worker, path: str) -> list[str]:
    """What one page asks of the database between binding its actor and the commit."""
    client = Client()
    client.force_login(Person.objects.get(email=worker.email), backend="config.accounts.Backend")
    with transaction.atomic(), CaptureQueriesContext(connection) as asked:
        answer = client.get(path)
        transaction.set_rollback(True)  # so that the audit row can be written again, with the same key
    assert answer.status_code == 200, (path, answer.status_code)
    said = [str(one["sql"]) for one in asked.captured_queries]
    bound = next(place for place, one in enumerate(said) if one.startswith("SELECT set_config"))
    return [one for one in said[bound:] if not one.startswith(NOT_THE_PAGES)]


def of_pages(worker: Worker, rounds: int) -> dict[str, tuple[float, float]]:
    """Each page's median, behind the walls and past them. Search is not among them: past the walls it finds more."""
    desk = [statements_of(worker, "/desk/")]
    cases = [statements_of(worker, f"/cases/{reference}/") for reference in worker.references[:20]]
    return {"desk": cost(worker, desk, rounds), "case page": cost(worker, cases, rounds)}


def cost(worker: Worker, pages: Sequence[Sequence[str]], rounds: int) -> tuple[float, float]:
    """Median seconds of a page's statements behind the walls and past them."""
    actor = actor_of(Person.objects.get(email=worker.email))
    found: dict[str, list[float]] = {"nrm_web": [], "postgres": []}
    links = {role: psycopg.connect(_url(role)) for role in found}
    for round_, page in zip(range(-10, rounds), cycle(pages), strict=False):
        for role, link in links.items():
            took = _once(link, actor, page)
            if round_ >= 0:
                found[role].append(took)
    for link in links.values():
        link.close()
    return statistics.median(found["nrm_web"]), statistics.median(found["postgres"])


def _once(link: psycopg.Connection[Any], actor: Actor, page: Sequence[str]) -> float:
    said = token(actor, now=timezone.now(), backend_pid=link.info.backend_pid)
    cursor = psycopg.ClientCursor(link)
    cursor.execute("SELECT set_config('nrm.actor', %s, true)", [said])
    began = time.perf_counter()
    for statement in page:
        cursor.execute(statement.encode())
    took = time.perf_counter() - began
    link.rollback()
    return took


def _url(role: str) -> str:
    name = str(connection.settings_dict["NAME"])
    running = cluster.Cluster(places.data(ROOT), places.socket_folder(ROOT))
    return running.url(role, name)
