"""Every page of every room, as somebody sees it: readable for everybody, at every size, in both directions."""

import pytest
from playwright.sync_api import Browser, Page

from tests.addresses import SCREENS, Screen
from tests.screens import session_of
from tests.serving import Site
from tests.ui.test_pages import AXE, OVERFLOW, PRESSED, RUN_AXE, TARGETS

pytestmark = pytest.mark.browser

# One act for every kind of question: boxes, dates, lists, lines, a grid, her views, a choice of fact or person.
ACTS = (
    "contact.open_case", "screening.record", "referral.send", "identification.decide_reasonable_grounds",
    "identification.confirm", "care.record_safety_plan", "casefile.share", "care.appoint_guardian",
)  # fmt: skip
ACT_SCREENS = tuple(
    Screen(
        f"act-{name}",
        "act-without-case" if name == "contact.open_case" else "act",
        {"identification": "ida", "referral": "rosa", "screening": "rosa"}.get(name.split(".")[0], "mira"),
        {"contact": "", "identification": "proposed", "referral": "to-refer-script", "screening": "new"}.get(
            name.split(".")[0], "decided"
        ),
        dict(zip(("room", "verb"), name.split("."), strict=True)),
    )
    for name in ACTS
)
every_page = pytest.mark.parametrize("screen", (*SCREENS, *ACT_SCREENS), ids=lambda screen: screen.name)


def opened(browser: Browser, site: Site, screen: Screen, width: int, language: str = "en") -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        bypass_csp=True,
        extra_http_headers={"Accept-Language": language},
    )
    context.add_cookies(session_of(screen.who, site.url, site.staged))  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(site.url + screen.path(site.staged))
    return page


@every_page
def test_a_page_can_be_read_by_everybody(screen: Screen, browser: Browser, site: Site) -> None:
    """axe finds nothing at 320 px; nothing is too wide, at 360 px with text at 200 % either; targets are large."""
    page = opened(browser, site, screen, 320)
    page.evaluate(AXE)
    assert page.evaluate(RUN_AXE) == []
    assert page.evaluate(OVERFLOW) == 0
    assert [
        target for target in page.evaluate(TARGETS, PRESSED) if target[0] < 44 and "vh" not in target[1]
    ] == []
    page.set_viewport_size({"width": 360, "height": 800})
    page.add_style_tag(content="html { font-size: 225% !important }")
    assert page.evaluate(OVERFLOW) == 0
    page.context.close()


@every_page
def test_a_page_reads_from_right_to_left_in_longer_words(
    screen: Screen, browser: Browser, site: Site
) -> None:
    page = opened(browser, site, screen, 320, "en-xb")
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.evaluate(OVERFLOW) == 0
    assert "⟦" in page.locator("h1").first.inner_text() or screen.view in ("case", "me", "help-code")
    page.context.close()
