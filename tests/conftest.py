"""One database for the whole run, made once from a template and used as the web role, behind all walls.

The template is migrated by the owner and holds the cast; it is made anew only when the code that shapes
tables changes. Tests run inside a transaction that is rolled back.
"""

import os
from collections.abc import Iterator

import pytest

from tests import databases


@pytest.fixture(scope="session")
def template_database(django_db_blocker: pytest.FixtureRequest) -> str:
    """Name of the migrated template with the cast."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        return databases.template()


@pytest.fixture(scope="session")
def django_db_setup(template_database: str, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """A copy of the template for this process, opened as nrm_web; dropped afterwards."""
    from django.db import connection

    name = f"nrm_test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"
    with databases.copy_of(template_database, name):
        with django_db_blocker.unblock():  # type: ignore[attr-defined]
            connection.close()
            connection.settings_dict["NAME"], connection.settings_dict["USER"] = name, "nrm_web"
        yield
        with django_db_blocker.unblock():  # type: ignore[attr-defined]
            connection.close()


@pytest.fixture
def stage(db: None) -> "object":
    """The cast, and acts by them: see tests/stage.py."""
    from tests.stage import Stage

    return Stage()
