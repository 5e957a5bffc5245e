"""Walks the journeys once, with script, and writes what they cost beside what was aimed at: docs/generated/journeys.md.

`make costs` writes the page; a test walks again and compares.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from playwright.sync_api import Browser

from tests.browser import journeys
from tests.browser.drivers import Cost, Driver
from tests.screens import FLAGS, ROOT, chromium
from tests.serving import Site

PAGE = ROOT / "docs" / "generated" / "journeys.md"
WAY = "measured"
HEAD = """# What the journeys cost

Counted by walking them in a browser with script, in the shortest way that reaches the end. Pages: every page that was
loaded. Answers: every question that had to be answered. Presses: keys and clicks. KB: HTML, style sheets and scripts as
gzip would send them, with an empty cache / the pages alone. Written by `make costs`; a test walks again.

| journey | pages | aimed at | answers | aimed at | presses | KB | aimed at |
|---|--:|--:|--:|--:|--:|--:|--:|
"""


@dataclass(frozen=True)
class Aim:
    """What the journey should cost at most: pages, answers, KB with an empty cache, KB later."""

    walk: Callable[[journeys.As, Site, str], Driver]
    title: str
    pages: str
    answers: str
    kb: str


AIMS = (
    Aim(journeys.a_child_is_in_front_of_me, "J1: make a child safe and open a case", "4", "9", "45 / 20"),
    Aim(journeys.refer, "J2: refer her to the competent authority", "4", "4", "50 / 20"),
    Aim(
        journeys.receive_and_decide,
        "J3: receive a referral, decide reasonable grounds, confirmed by a second person",
        "3 + 3", "4 + 1", "60 / 30",
    ),
    Aim(
        journeys.decide_conclusively,
        "J3, after it: decide conclusive grounds, confirmed by a second person",
        "4", "5", "60 / 30",
    ),
    Aim(journeys.appoint_a_guardian, "J4: appoint a guardian from the desk", "3", "3", "45 / 15"),
    Aim(
        journeys.assess_with_her,
        "J5: assess her best interests with her in two languages, interrupted once and resumed",
        "9", "8", "80 / 60",
    ),
    Aim(
        journeys.ask_accept_and_give, "J6: ask for a service; the provider accepts; it is given",
        "3 + 2 + 2", "3 + 1 + 1", "50 / 20",
    ),
    Aim(journeys.report_a_concern, "J7: report a concern", "3", "1", "15 / 10"),
)  # fmt: skip


def walked(browser: Browser, site: Site) -> Mapping[str, Cost]:
    """Each journey's cost by its title."""
    found = {}
    for aim in AIMS:
        cost, opened = Cost(), []

        def start(who: str = "", cost: Cost = cost, opened: list[Driver] = opened) -> Driver:
            opened.append(Driver(browser, site, who, cost))
            return opened[-1]

        aim.walk(start, site, WAY)
        for one in opened:
            one.close()
        found[aim.title] = cost
    return found


def kb(size: int) -> int:
    return math.ceil(size / 1024)


def written(costs: Mapping[str, Cost]) -> str:
    rows = [
        f"| {aim.title} | {cost.pages} | {aim.pages} | {cost.answers} | {aim.answers} | {cost.presses} "
        f"| {kb(cost.first_bytes)} / {kb(cost.later_bytes)} | {aim.kb} |"
        for aim in AIMS
        for cost in [costs[aim.title]]
    ]
    return HEAD + "\n".join(rows) + "\n"


def main() -> None:
    import django

    django.setup()
    from playwright.sync_api import sync_playwright

    from tests.serving import served

    with served() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        PAGE.write_text(written(walked(browser, site)), encoding="utf-8")
        browser.close()
    print(PAGE.read_text())


if __name__ == "__main__":
    main()
