"""Databases for tests: one migrated template with the cast, and cheap copies of it."""

import contextlib
import fcntl
import hashlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parent.parent
SHAPES = (
    "models",
    "migrations",
    "walls.py",
    "apps.py",
    "story.py",
    "signature.py",
    "renewing.py",
    "reminding.py",
    "cast",
)


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for path in sorted((ROOT / "nrm").rglob("*.py")) + sorted((ROOT / "demo").rglob("cast_*.yaml")):
        if any(part in str(path.relative_to(ROOT)) for part in SHAPES):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _admin() -> psycopg.Connection:
    return psycopg.connect(os.environ["NRM_OWNER_URL"], autocommit=True, dbname="postgres")


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """One process of this checkout at a time."""
    (ROOT / ".run").mkdir(exist_ok=True)
    with (ROOT / ".run" / "template.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _make_template(name: str) -> None:
    from django.core.management import call_command
    from django.db import connection

    with _admin() as admin:
        for (old,) in admin.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE 'nrm_template_%'"
        ).fetchall():
            admin.execute(f'DROP DATABASE IF EXISTS "{old}" WITH (FORCE)')
        admin.execute(f'DROP DATABASE IF EXISTS "{name}_making" WITH (FORCE)')
        admin.execute(f'CREATE DATABASE "{name}_making"')
    settings = connection.settings_dict
    kept = dict(settings)
    settings["NAME"], settings["USER"] = f"{name}_making", "nrm_owner"
    connection.close()
    try:
        call_command("migrate", verbosity=0)
        from tests.stage import enter_cast

        enter_cast()
    finally:
        connection.close()
        settings.update(kept)
    with _admin() as admin:
        admin.execute(f'ALTER DATABASE "{name}_making" RENAME TO "{name}"')


def template() -> str:
    """Name of the migrated template with the cast; made anew only when the code that shapes tables changes."""
    name = f"nrm_template_{_fingerprint()}"
    with _alone():
        with _admin() as admin:
            there = admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if there is None:
            _make_template(name)
    return name


@contextlib.contextmanager
def copy_of(source: str, name: str) -> Iterator[str]:
    """A copy of a database under a name of its own; dropped afterwards."""
    with _alone(), _admin() as admin:
        admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
    try:
        yield name
    finally:
        _drop(name)


def _drop(name: str) -> None:
    """Drop a database. A process whose connection was just closed takes a moment to leave it; it is waited for."""
    with _admin() as admin:
        for tries_left in reversed(range(50)):
            try:
                admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            except (psycopg.errors.InsufficientPrivilege, psycopg.errors.ObjectInUse):
                if not tries_left:
                    raise
                _end_own_connections(name)
                time.sleep(0.2)
            else:
                return


def _end_own_connections(name: str) -> None:
    """The owner may not end what the web role has left open; the web role may."""
    with psycopg.connect(os.environ["NRM_DATABASE_URL"], autocommit=True, dbname="postgres") as web:
        web.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = %s AND usename = current_user",
            [name],
        )
