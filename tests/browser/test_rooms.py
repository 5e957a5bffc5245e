"""Every page of every room, as somebody sees it: readable for everybody, at every size, in both directions."""

import base64
import calendar
import io
import re
from functools import cache

import pytest
from django.utils.translation import override
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from nrm.kernel import packs, places
from tests.addresses import SCREENS, Screen
from tests.screens import session_of
from tests.serving import Site
from tests.stage import cast_file
from tests.ui.test_pages import AXE, DIFFERENCE, NO_TEXT, PRESSED, RUN_AXE, TARGETS, TOO_WIDE

pytestmark = pytest.mark.browser

# One act for every kind of question: boxes, dates, lists, lines, a grid, her views, a choice of fact or person.
ACTS = (
    "contact.open_case", "screening.record", "referral.send", "identification.decide_reasonable_grounds",
    "identification.confirm", "care.record_safety_plan", "casefile.share", "care.appoint_guardian",
)  # fmt: skip
WHO = {"identification": "ida", "identification.confirm": "tomas", "referral": "rosa", "screening": "rosa"}
ACT_SCREENS = tuple(
    Screen(
        f"act-{name}",
        "act-without-case" if name == "contact.open_case" else "act",
        WHO.get(name) or WHO.get(name.split(".")[0], "mira"),
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


# References are drawn by lot: each as wide as one can be.
WIDEST = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    node.textContent = node.textContent.replace(/NRM-[A-Z0-9]{9}/g, 'NRM-WWWWWWWWW'); }"""


@every_page
def test_a_page_can_be_read_by_everybody(screen: Screen, browser: Browser, site: Site) -> None:
    """axe finds nothing at 320 px; nothing is too wide, at 360 px with text at 200 % either; targets are large."""
    page = opened(browser, site, screen, 320)
    page.evaluate(WIDEST)
    page.evaluate(AXE)
    assert page.evaluate(RUN_AXE) == []
    assert page.evaluate(TOO_WIDE) == []
    assert [
        target for target in page.evaluate(TARGETS, PRESSED) if target[0] < 44 and "vh" not in target[1]
    ] == []
    page.set_viewport_size({"width": 360, "height": 800})
    page.add_style_tag(content="html { font-size: 225% !important }")
    assert page.evaluate(TOO_WIDE) == []
    page.context.close()


@every_page
def test_a_page_reads_from_right_to_left_in_longer_words(
    screen: Screen, browser: Browser, site: Site
) -> None:
    page = opened(browser, site, screen, 320, "en-xb")
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.evaluate(TOO_WIDE) == []
    assert "⟦" in page.locator("h1").first.inner_text() or screen.view in ("case", "me", "help-code")
    page.context.close()


def settled(page: Page) -> Page:
    """Nothing has the focus, nothing moves."""
    page.emulate_media(reduced_motion="reduce")
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    return page


def unfold(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")


@every_page
def test_a_wide_page_from_right_to_left_can_be_read_by_everybody_with_everything_unfolded(
    screen: Screen, browser: Browser, site: Site
) -> None:
    page = opened(browser, site, screen, 1280, "en-xb")
    unfold(page)
    page.evaluate(AXE)
    assert page.evaluate(RUN_AXE) == []
    assert page.evaluate(TOO_WIDE) == []
    page.context.close()


@every_page
def test_from_right_to_left_a_page_is_its_own_mirror(screen: Screen, browser: Browser, site: Site) -> None:
    """The same words in both directions, so that only the direction differs."""
    shots = []
    for direction in ("ltr", "rtl"):
        page = settled(opened(browser, site, screen, 360, "en-xa"))
        page.evaluate("direction => { document.documentElement.dir = direction; }", direction)
        page.add_style_tag(content=NO_TEXT)
        shots.append(base64.b64encode(page.screenshot(full_page=True, animations="disabled")).decode())
        if direction == "rtl":
            assert page.evaluate(DIFFERENCE, shots) <= 0.002
        page.context.close()


FORMS = (*ACT_SCREENS, *(screen for screen in SCREENS if screen.view in ("now", "report", "report-add")))
EMPTY = """() => { for (const one of document.querySelectorAll('main form.asking :is(input, select, textarea)')) {
    if (one.type === 'radio' || one.type === 'checkbox') one.checked = false;
    else if (one.type !== 'hidden') one.value = ''; } }"""
FILL = """() => { const form = document.querySelector('main form.asking');
  for (const one of form.querySelectorAll('input, select, textarea')) {
    if (one.type === 'radio' || one.type === 'checkbox') one.checked = true;
    else if (one.tagName === 'SELECT') one.selectedIndex = one.options.length - 1;
    else if (one.type !== 'hidden') one.value = one.inputMode === 'numeric' ? '99' : 'Words of somebody.'; } }"""


@pytest.mark.parametrize(("filled", "width"), [(False, 320), (True, 1280)], ids=["empty", "filled"])
@pytest.mark.parametrize("screen", FORMS, ids=lambda screen: screen.name)
def test_what_comes_back_to_be_corrected_can_be_read_by_everybody(
    screen: Screen, filled: bool, width: int, browser: Browser, site: Site
) -> None:
    """Sent with nothing in it, and with everything ticked and impossible numbers: neither is written."""
    page = opened(browser, site, screen, width)
    page.evaluate(FILL if filled else EMPTY)
    page.evaluate(AXE)
    assert page.evaluate(RUN_AXE) == [] and page.evaluate(TOO_WIDE) == []
    if filled and screen.view in ("report", "now"):
        page.context.close()  # whatever is ticked there is taken
        return
    with page.expect_navigation():
        page.evaluate("document.querySelector('main form.asking').submit()")
    assert page.title().startswith("Error:"), page.locator("h1").first.inner_text()
    page.evaluate(AXE)
    assert page.evaluate(RUN_AXE) == [] and page.evaluate(TOO_WIDE) == []
    page.context.close()


UNTRANSLATED = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = new Set();
  let open = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.textContent.trim(), inside = node.parentElement;
    if (inside.closest('script, style')) continue;
    const said = /\\p{L}{2}/u.test(text) && !open && !text.includes('⟦');
    if (said && !inside.closest('bdi, textarea, [translate=no], body [lang]'))
      found.add(text.slice(0, 90));
    open += text.split('⟦').length - text.split('⟧').length;
  }
  return [...found]; }"""


LAW = re.compile(r"\b(art\.|ECAT|CETS|CRC|Directive|Protocol|Convention|House rule)")
CODE = re.compile(r"[A-Z0-9]+(_[A-Z0-9]+)*|NRM-[A-Z0-9]{9}|xa|en-x[ab]")


@cache
def names_of_the_cast_and_of_places() -> re.Pattern[str]:
    """People, agencies, countries, languages, days: data, which other catalogues than ours translate or nobody."""
    cast = cast_file()
    people = [one["name"] for kind in ("agencies", "people") for one in cast[kind].values()]
    with override("en"):
        known = [*places.countries(packs.load("xa").invented_countries), *places.languages()]
    days = [*calendar.day_name, *calendar.day_abbr, *calendar.month_name, *calendar.month_abbr, "Sept"]
    others = ("Email", "Password", "Pseudo", "Pseudo, right to left")  # allauth's; languages in themselves
    words = {*people, *(str(name) for _code, name in known), *days, *others} - {""}
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in longest_first))


def is_data(text: str) -> bool:
    left = names_of_the_cast_and_of_places().sub("", text)
    return bool(LAW.search(text) or CODE.fullmatch(text)) or not re.search(r"[^\W\d_]{2}", left)


@every_page
def test_no_sentence_of_a_page_is_left_untranslated(screen: Screen, browser: Browser, site: Site) -> None:
    """In the pseudo-language all words stand in brackets; the rest is names and data."""
    page = opened(browser, site, screen, 360, "en-xa")
    unfold(page)
    assert [text for text in page.evaluate(UNTRANSLATED) if not is_data(text)] == []
    page.context.close()


def test_a_case_prints_on_two_sides_without_what_betrays_her(browser: Browser, site: Site) -> None:
    page = opened(browser, site, Screen("case", "case", "mira", "decided"), 1280)
    sides = [side.extract_text() for side in PdfReader(io.BytesIO(page.pdf(format="A4"))).pages]
    printed = "\n".join(sides)
    assert len(sides) <= 2, f"{len(sides)} sides"
    assert "Lule Kola" in printed and "Printed by Mira Sole" in " ".join(printed.split())
    for unwanted in ("My desk", "Sign out", "What you can do", "Correct this", "Show one step"):
        assert unwanted not in printed
    for betraying in ("Mill Lane", "555 0171", "Lantern House"):  # where she lives, and its telephone
        assert betraying not in printed and betraying not in page.content()
    page.context.close()
