"""One journey, three ways to walk it: with script, without script, by keyboard alone.

A driver has verbs and counts what it costs: pages, answers, presses of a key or a button, bytes. Questions are named
by their inputs. The keyboard driver uses Tab, arrows, space, Enter and letters only, and looks that the focus shows.
"""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Locator, Page, Response

from tests.screens import ROOT, session_of
from tests.serving import Site

WITHOUT_A_WAIT = 250  # Tab presses after which a thing cannot be reached by keyboard
FOCUSED = """e => { const a = document.activeElement, s = getComputedStyle(a);
  return [e === a || (a.type === 'radio' && e.type === 'radio' && a.name === e.name),
    a === document.body || s.outlineStyle !== 'none' || s.boxShadow !== 'none'
      || s.backgroundColor === 'rgb(255, 210, 63)', a.outerHTML.slice(0, 90)]; }"""


@dataclass
class Cost:
    """What a journey took so far."""

    pages: int = 0
    answers: int = 0
    presses: int = 0
    first_bytes: int = 0  # with an empty cache, gzip
    later_bytes: int = 0  # pages only
    files: set[str] = field(default_factory=set)


class Driver:
    """With script, by mouse."""

    name = "script"
    script = True

    def __init__(self, browser: Browser, site: Site, who: str = "", cost: Cost | None = None) -> None:
        self.site, self.cost = site, cost or Cost()
        self.context = browser.new_context(
            viewport={"width": 360, "height": 800}, java_script_enabled=self.script
        )
        self.context.set_default_timeout(8000)
        self.context.add_cookies(session_of(who, site.url, site.staged))  # type: ignore[arg-type]
        self.page: Page = self.context.new_page()
        self.seen: list[Response] = []
        self.page.on("response", lambda response: self.seen.append(response))

    # Verbs

    def open(self, path: str) -> None:
        self.page.goto(self.site.url + path)
        self._weigh()

    def fill(self, name: str, text: str) -> None:
        self.cost.answers += 1
        self._unfold_to(self.input(name))
        self._type(self.input(name), text)

    def day(self, name: str, on: date) -> None:
        """One answer in three boxes."""
        self.cost.answers += 1
        for place, number in enumerate((on.day, on.month, on.year)):
            self._type(self.input(f"{name}_{place}"), str(number))

    def choose(self, name: str, value: str) -> None:
        """One answer of circles."""
        self.tick(name, value)

    def tick(self, name: str, *values: str) -> None:
        self.cost.answers += 1
        for value in values:
            target = self.page.locator(f"[name='{name}'][value='{value}']")
            self._unfold_to(target)
            self._mark(target)

    def select(self, name: str, value: str) -> None:
        """One answer of a list."""
        self.cost.answers += 1
        self._unfold_to(self.input(name))
        self._select(self.input(name), value)

    def press(self, text: str) -> None:
        self._go(self.page.get_by_role("button", name=text, exact=True).and_(self.page.locator(":not(.vh)")))

    def follow(self, text: str) -> None:
        self._go(self.page.get_by_role("link", name=text, exact=True).first)

    def follow_to(self, path: str) -> None:
        self._go(self.page.locator(f"main a[href='{path}']").first)

    def unfold(self, text: str) -> None:
        self._go(self.page.locator("summary", has_text=text), stays=True)

    def _unfold_to(self, target: Locator) -> None:
        """Open what folds this question away, outermost first."""
        target.wait_for(state="attached")
        folded = target.locator("xpath=ancestor::details[not(@open)]/summary")
        while folded.count():
            self._go(folded.first, stays=True)

    def read(self) -> str:
        """What stands in the main part of the page."""
        return self.page.locator("main").inner_text()

    def heading(self) -> str:
        return self.page.locator("h1").first.inner_text()

    def input(self, name: str) -> Locator:
        return self.page.locator(f"[name='{name}']:not([type=checkbox])")

    def close(self) -> None:
        self.context.close()

    # By mouse

    def _type(self, target: Locator, text: str) -> None:
        target.fill(text)
        self.cost.presses += len(text)

    def _mark(self, target: Locator) -> None:
        target.check()
        self.cost.presses += 1

    def _select(self, target: Locator, value: str) -> None:
        target.select_option(value)
        self.cost.presses += 2

    def _go(self, target: Locator, *, stays: bool = False) -> None:
        self.cost.presses += 1
        if stays:
            target.click()
            return
        with self.page.expect_navigation():
            target.click()
        self._weigh()

    def _weigh(self) -> None:
        """Add the page that has come, and the files it asked for the first time."""
        self.page.wait_for_load_state("load")
        for response in self._new():
            path = urlsplit(response.url).path
            if not response.url.startswith(self.site.url) or 300 <= response.status < 400:
                continue
            if response.request.resource_type == "document":
                weight = len(gzip.compress(response.body(), 6))
                self.cost.pages += 1
                self.cost.later_bytes += weight
                self.cost.first_bytes += weight
            elif path.startswith("/static/") and path not in self.cost.files:
                self.cost.files.add(path)
                self.cost.first_bytes += len(gzip.compress((ROOT / path.lstrip("/")).read_bytes(), 6))

    def _new(self) -> Iterator[Response]:
        seen, self.seen[:] = list(self.seen), []
        yield from seen


class Plain(Driver):
    """Without script, by mouse."""

    name = "plain"
    script = False


class Keys(Driver):
    """With script, by keyboard alone."""

    name = "keys"

    def _reach(self, target: Locator) -> None:
        """Tab until the thing has the focus; the focus must show on the way."""
        target.wait_for(state="attached")
        for _press in range(WITHOUT_A_WAIT):
            there, shows, what = target.evaluate(FOCUSED)
            assert shows, f"the focus does not show on {what}"
            if there:
                return
            self._key("Tab")
        raise AssertionError(f"cannot be reached by Tab: {target}")

    def _key(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.cost.presses += 1

    def _type(self, target: Locator, text: str) -> None:
        self._reach(target)
        self.page.keyboard.type(text)
        self.cost.presses += len(text)

    def _mark(self, target: Locator) -> None:
        self._reach(target)
        if target.get_attribute("type") == "checkbox":
            self._key("Space")
        elif not target.evaluate("e => e === document.activeElement"):
            self._along(target)
        else:
            self._key("Space")
        assert target.is_checked()

    def _along(self, target: Locator) -> None:
        """From one circle of a question to another: the arrows choose."""
        for _press in range(40):
            self._key("ArrowDown")
            if target.evaluate("e => e === document.activeElement"):
                return
        raise AssertionError(f"the arrows do not reach {target}")

    def _select(self, target: Locator, value: str) -> None:
        self._reach(target)
        for _press in range(400):
            if target.input_value() == value:
                return
            self._key("ArrowDown")
        raise AssertionError(f"the list does not hold {value}")

    def _go(self, target: Locator, *, stays: bool = False) -> None:
        self._reach(target)
        if stays:
            self._key("Enter")
            return
        with self.page.expect_navigation():
            self._key("Enter")
        self._weigh()


DRIVERS: dict[str, type[Driver]] = {kind.name: kind for kind in (Driver, Plain, Keys)}


def driver(name: str, *given: Any, **more: Any) -> Driver:
    return DRIVERS[name](*given, **more)
