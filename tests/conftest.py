"""One database for the whole run, made once from a template and used as the web role, behind all walls.

The template is migrated by the owner and holds the cast; it is made anew only when the code that shapes
tables changes. Tests run inside a transaction that is rolled back.
"""

import contextlib
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tests import databases
from tests.together import at_once, lasting

__all__ = ["at_once", "lasting"]  # fixtures

if TYPE_CHECKING:
    from playwright.sync_api import Browser


# A busy machine is slow; that says nothing about the property.
settings.register_profile("steady", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")


# Nor does it say anything about an act: the web role's limits (5 s a statement) ended one now and then.
PATIENT = "-c lock_timeout=60s -c statement_timeout=60s -c idle_in_transaction_session_timeout=60s"

IN_A_BROWSER = ("tests/browser/", "tests/ui/")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browsers come last: beside Playwright's loop a thread has other connections than the tests before it."""
    items.sort(key=lambda item: item.nodeid.startswith(IN_A_BROWSER))


@pytest.fixture(scope="session")
def template_database(django_db_blocker: pytest.FixtureRequest) -> str:
    """Name of the migrated template with the cast."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        return databases.template()


@pytest.fixture(scope="session")
def django_db_setup(template_database: str, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """A copy of the template for this process, opened as nrm_web; dropped afterwards."""
    from django.db import connection

    connection.settings_dict["OPTIONS"]["options"] = PATIENT
    name = f"nrm_test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"
    with databases.copy_of(template_database, name):
        with django_db_blocker.unblock():  # type: ignore[attr-defined]
            connection.close()
            connection.settings_dict["NAME"], connection.settings_dict["USER"] = name, "nrm_web"
        yield
        with django_db_blocker.unblock():  # type: ignore[attr-defined]
            connection.close()


@pytest.fixture(scope="session", autouse=True)
def documents_folder(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Files of a test run lie in its own folder."""
    from django.conf import settings

    settings.DOCUMENTS = tmp_path_factory.mktemp("documents")


@pytest.fixture
def a_superuser(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Before the test's transaction: its connection belongs to a superuser, who will give up her rights."""
    from django.db import connection

    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        connection.close()
        connection.settings_dict["USER"] = "postgres"
        yield
        connection.close()
        connection.settings_dict["USER"] = "nrm_web"


@pytest.fixture
def roles(a_superuser: None, db: None) -> Callable[[str], AbstractContextManager[None]]:
    """The web role as ever, and `with roles("nrm_worker"):` another one in the same transaction. Ask for it first."""
    from django.db import connection

    def be(role: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SET SESSION AUTHORIZATION {role}")

    @contextlib.contextmanager
    def become(role: str) -> Iterator[None]:
        be(role)
        yield
        be("nrm_web")

    be("nrm_web")
    return become


@pytest.fixture
def stage(db: None) -> "object":
    """The cast, and acts by them: see tests/stage.py."""
    from tests.stage import Stage

    return Stage()


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """One Chromium for every test of a process that looks at pages."""
    from playwright.sync_api import sync_playwright

    from tests.screens import FLAGS, chromium

    # Playwright keeps a loop in this thread; Django would take it for a server that must not read tables.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        yield started
        started.close()
