"""One database for the whole run, made once from a template and used as the web role, behind all walls.

The template is migrated by the owner and holds the cast; it is made anew only when the code that shapes
tables changes. Tests run inside a transaction that is rolled back.
"""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

ROOT = Path(__file__).resolve().parent.parent
SHAPES = ("models", "migrations", "walls.py", "apps.py", "story.py", "signature.py", "cast")


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for path in sorted((ROOT / "nrm").rglob("*.py")) + sorted((ROOT / "demo").rglob("cast_*.yaml")):
        if any(part in str(path.relative_to(ROOT)) for part in SHAPES):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _admin(owner_url: str) -> psycopg.Connection:
    return psycopg.connect(owner_url, autocommit=True, dbname="postgres")


def _make_template(owner_url: str, name: str) -> None:
    from django.core.management import call_command
    from django.db import connection

    with _admin(owner_url) as admin:
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
    with _admin(owner_url) as admin:
        admin.execute(f'ALTER DATABASE "{name}_making" RENAME TO "{name}"')


@pytest.fixture(scope="session")
def template_database(django_db_blocker: pytest.FixtureRequest) -> str:
    """Name of the migrated template with the cast."""
    owner_url = os.environ["NRM_OWNER_URL"]
    name = f"nrm_template_{_fingerprint()}"
    (ROOT / ".run").mkdir(exist_ok=True)
    with (ROOT / ".run" / "template.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with _admin(owner_url) as admin:
            there = admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if there is None:
            with django_db_blocker.unblock():  # type: ignore[attr-defined]
                _make_template(owner_url, name)
    return name


@pytest.fixture(scope="session")
def django_db_setup(template_database: str, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """A copy of the template for this process, opened as nrm_web; dropped afterwards."""
    from django.db import connection

    owner_url = os.environ["NRM_OWNER_URL"]
    name = f"nrm_test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"
    with (ROOT / ".run" / "template.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with _admin(owner_url) as admin:
            admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template_database}"')
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        connection.close()
        connection.settings_dict["NAME"], connection.settings_dict["USER"] = name, "nrm_web"
    yield
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        connection.close()
    with _admin(owner_url) as admin:
        admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture
def stage(db: None) -> "object":
    """The cast, and acts by them: see tests/stage.py."""
    from tests.stage import Stage

    return Stage()
