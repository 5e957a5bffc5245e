"""A server and a staged database for each module of tests in a real browser."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.drivers import Cost, Driver, driver
from tests.serving import Site, served


@pytest.fixture(scope="module")
def site(django_db_blocker: Any) -> Iterator[Site]:
    """A site for each module: journeys change cases that other tests look at.

    The template database may have to be made first: only that is let through.
    """
    with ExitStack() as stack:
        with django_db_blocker.unblock():
            up = stack.enter_context(served())
        yield up


As = Callable[..., Driver]


@pytest.fixture(params=["script", "plain", "keys"])
def way(request: pytest.FixtureRequest) -> str:
    """How the journey is walked."""
    return str(request.param)


@pytest.fixture
def as_(browser: Browser, site: Site, way: str) -> Iterator[As]:
    """as_("rosa"): her browser, walked this test's way; all browsers of a test share one cost."""
    opened: list[Driver] = []
    cost = Cost()

    def start(who: str = "") -> Driver:
        opened.append(driver(way, browser, site, who, cost))
        return opened[-1]

    yield start
    for one in opened:
        one.close()
