"""Every case staged once for all walks, in one transaction that is rolled back at the end."""

from collections.abc import Callable, Iterator

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client

from nrm.kernel.signature import bind
from tests.serving import Staged
from tests.stage import Stage
from tests.staged import Staging


@pytest.fixture(scope="module")
def staging(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Staging]:
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        made = Staging(Stage())
        made.set()
        made.who_may(*made.stage.people)
        mail.outbox = []
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def staged(staging: Staging) -> Staged:
    return staging.made


As = Callable[[str], Client]


@pytest.fixture
def as_(staging: Staging) -> As:
    """as_("rosa"): her browser; as_(""): nobody's. An error in a view fails the test."""

    def of(who: str) -> Client:
        client = Client()
        if who:
            client.force_login(staging.stage.people[who], backend="config.accounts.Backend")
        return client

    return of


@pytest.fixture
def looks(staging: Staging) -> Callable[[str, str], int]:
    """looks("rosa", reference): how often the trail says that she looked at the case, with a purpose each time."""
    from nrm.audit import trail

    def count(who: str, reference: str) -> int:
        doing = staging.stage.doing(who, staging.now.isoformat())
        bind(doing.actor, now=doing.now)
        rows = trail.of_person(doing.actor.person_id, limit=100_000)
        return sum(
            row.outcome == trail.LOOK and row.case_reference == reference and bool(row.purpose)
            for row in rows
        )

    return count
