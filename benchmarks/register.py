"""The synthetic register: a database of its own beside the checkout's, made once and used again.

It is told by a comment on the database which code made it; made anew when that differs. Here it is found and
asked for; benchmarks/making.py makes it.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import make_conninfo

ROOT = Path(__file__).resolve().parent.parent
PASSWORD = "a bench has no secrets"
SHAPES = (
    "nrm/*/models*", "nrm/*/migrations", "nrm/kernel/walls.py", "nrm/casefile/story.py",
    "benchmarks/bare_tables.py", "benchmarks/copies.py", "benchmarks/journeys.py",
)  # fmt: skip


def fingerprint() -> str:
    """Of the code that shapes the register's tables and rows."""
    digest = hashlib.sha256()
    for shape in SHAPES:
        for place in sorted(ROOT.glob(shape)):
            for file in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
                digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def name(cases: int) -> str:
    return f"opennrm_bench_{cases}"


def environment(cases: int) -> dict[str, str]:
    """What leads a process to the register; the default secret, so that every process signs alike."""
    led = {
        variable: make_conninfo(os.environ[variable], dbname=name(cases))
        for variable in ("NRM_DATABASE_URL", "NRM_OWNER_URL")
    }
    return {**led, "NRM_POOL": "1", "SECRET_KEY_FILE": "", "DJANGO_SETTINGS_MODULE": "config.settings"}


def owner(database: str) -> psycopg.Connection[Any]:
    return psycopg.connect(os.environ["NRM_OWNER_URL"], dbname=database, autocommit=True)


def is_there(cases: int) -> bool:
    with owner("postgres") as admin:
        told = admin.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name(cases)]
        ).fetchone()
    return told is not None and told[0] == fingerprint()


def ensure(cases: int) -> None:
    """Have it: made anew, in processes of their own, unless this code made the one that is there."""
    if is_there(cases):
        return
    made_by = fingerprint()
    with owner("postgres") as admin:
        admin.execute(f"DROP DATABASE IF EXISTS {name(cases)} WITH (FORCE)".encode())
        admin.execute(f"CREATE DATABASE {name(cases)}".encode())
    led = {**os.environ, **environment(cases)}
    for command, own in (
        (["-m", "benchmarks.making", str(cases)], {"NRM_AS_OWNER": "1", "NRM_POOL": ""}),
        (["-m", "benchmarks.bare"], {}),
    ):
        subprocess.run([sys.executable, *command], cwd=ROOT, env={**led, **own}, check=True)
    with owner("postgres") as admin:
        admin.execute(f"COMMENT ON DATABASE {name(cases)} IS '{made_by}'".encode())
