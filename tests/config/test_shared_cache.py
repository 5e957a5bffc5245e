"""What server processes count together: the limits on signing in, in one table of the database."""

import os
import subprocess
import sys
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from config.shared_cache import sweep
from tests.config.conftest import ROOT

WRONG = (
    4  # of each of two processes; the fifth failure of one account in five minutes is the last that is tried
)
TRIES = f"""
import django; django.setup()
from django.test import Client
print(*("Too many" in Client().post("/sign-in/", {{"login": "nobody@example.org", "password": "wrong"}}).text
        for _ in range({WRONG})))
"""


@pytest.fixture(autouse=True)
def empty(db: None) -> None:
    """Every test begins with an empty table."""
    cache.clear()


def test_two_processes_count_failures_together() -> None:
    # Given two server processes on one database, which is not this test's transaction
    own = connection.settings_dict
    url = f"postgresql://nrm_web@/{own['NAME']}?host={own['HOST'] or own['OPTIONS']['host']}"
    there = os.environ | {"NRM_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings"}
    # When somebody guesses at both at once
    both = [
        subprocess.Popen(
            [sys.executable, "-c", TRIES], cwd=ROOT, env=there, stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    refused = [word == "True" for process in both for word in process.communicate(timeout=60)[0].split()]
    # Then one account is tried five times, not five times at each
    assert len(refused) == 2 * WRONG
    assert refused.count(False) == 5
    with connection.cursor() as cursor:  # of the other processes' transactions: swept for the next test
        cursor.execute("DELETE FROM nrm_cache")


def test_the_sixth_wrong_password_is_not_even_tried(client: Client) -> None:
    said = [client.post("/sign-in/", {"login": "nobody@example.org", "password": "wrong"}) for _ in range(6)]
    assert ["Too many" in answer.text for answer in said] == [False] * 5 + [True]


@pytest.mark.parametrize("value", [0, "", "text", [1.5, 2.5], {"a": None}, True])
def test_what_was_put_is_found(value: Any) -> None:
    cache.set("key", value)
    assert cache.get("key") == value
    assert cache.delete("key")
    assert not cache.delete("key")
    assert cache.get("key", "nothing") == "nothing"


def test_only_the_first_adds_until_it_expires() -> None:
    assert cache.add("key", 1)
    assert not cache.add("key", 2)
    assert cache.get("key") == 1
    cache.set("key", 1, timeout=-1)
    assert cache.get("key") is None
    assert not cache.touch("key", 60)
    assert cache.add("key", 3)
    assert cache.touch("key", timedelta(hours=1).total_seconds())


def test_what_expired_is_swept_out() -> None:
    cache.set("old", 1, timeout=-1)
    cache.set("new", 1, timeout=None)
    sweep()
    with connection.cursor() as cursor:
        cursor.execute("SELECT key FROM nrm_cache")
        assert cursor.fetchall() == [(":1:new",)]


def test_nothing_that_could_run_is_kept() -> None:
    with pytest.raises(TypeError):
        cache.set("key", object())
