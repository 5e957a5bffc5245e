"""A database of its own whose transactions are real: for tests in which several people act at once."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from nrm.kernel.ids import new_id
from tests.databases import copy_of
from tests.stage import Stage


@pytest.fixture
def lasting(template_database: str, django_db_setup: None, django_db_blocker: Any) -> Iterator[Stage]:
    """The stage over a fresh copy of the template, outside any transaction; dropped afterwards."""
    from django.db import connection

    with (
        django_db_blocker.unblock(),
        copy_of(template_database, f"nrm_lasting_{new_id()}") as name,
    ):
        kept = connection.settings_dict["NAME"]
        connection.close()
        connection.settings_dict["NAME"] = name
        try:
            yield Stage()
        finally:
            connection.close()
            connection.settings_dict["NAME"] = kept


@pytest.fixture
def at_once() -> Callable[[list[Callable[[], Any]]], list[Any]]:
    """Does everything at the same moment, each in a thread with a connection of its own."""

    def run(jobs: list[Callable[[], Any]]) -> list[Any]:
        from django.db import connection

        start = threading.Barrier(len(jobs))

        def one(job: Callable[[], Any]) -> Any:
            try:
                start.wait(timeout=120)
                return job()
            finally:
                connection.close()

        with ThreadPoolExecutor(len(jobs)) as pool:
            return list(pool.map(one, jobs))

    return run
