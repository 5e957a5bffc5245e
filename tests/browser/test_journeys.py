"""The same journeys with script, without it and by keyboard alone; their cost stands in docs/generated/journeys.md."""

import re

import pytest
from playwright.sync_api import Browser

from tests.browser import journeys, measure
from tests.browser.conftest import As
from tests.serving import Site

pytestmark = pytest.mark.browser

NEARLY = 3  # KB


def test_a_child_in_front_of_me_has_a_case_after_three_pages_and_nine_answers(
    as_: As, site: Site, way: str
) -> None:
    rosa = journeys.a_child_is_in_front_of_me(as_, site, way)
    assert "Open a case for a child" in rosa.read() and "Arabic" in rosa.read()
    assert (rosa.cost.pages, rosa.cost.answers) == (4, 9)


def test_she_is_referred_after_a_look_at_everything_that_is_sent(as_: As, site: Site, way: str) -> None:
    rosa = journeys.refer(as_, site, way)
    assert "Refer her to the competent authority" in rosa.read()
    assert "Referred to the competent authority: Identification Office" in rosa.read()
    assert "I do not want to go back to him." in rosa.read()
    assert (rosa.cost.pages, rosa.cost.answers) == (3, 4)


def test_a_screening_is_written_in_the_dark(as_: As, site: Site, way: str) -> None:
    rosa = journeys.screen(as_, site, way)
    assert "Screened" in rosa.read()


def test_a_folded_screening_is_short_and_counts_what_was_seen(as_: As, site: Site, way: str) -> None:
    rosa = as_("rosa")
    rosa.open(f"/cases/{site.staged.cases['new']}/screening/record/")
    assert rosa.page.evaluate("document.documentElement.scrollHeight") < 6000
    theme = rosa.page.locator("details", has_text="Control over her").first
    assert theme.locator("summary").inner_text().endswith("Yes: 0 of 10")
    rosa.choose("answers-14-a", "YES")  # C03, a debt
    if rosa.script:
        assert theme.locator("summary").inner_text().endswith("Yes: 1 of 10")


def test_two_people_decide_until_she_is_identified(as_: As, site: Site, way: str) -> None:
    decided = journeys.receive_and_decide(as_, site, way)
    assert (decided.cost.pages, decided.cost.answers) == (6, 6)
    tomas = journeys.decide_conclusively(as_, site, way)
    told = tomas.read()
    assert "Identified child victim" in told
    assert told.count("A second person confirmed") == 2


def test_a_guardian_is_appointed_from_the_desk_on_three_pages(as_: As, site: Site, way: str) -> None:
    mira = journeys.appoint_a_guardian(as_, site, way)
    assert "Appoint someone to stand at her side" in mira.read() and "Jonas" in mira.read()
    assert (mira.cost.pages, mira.cost.answers) == (3, 2)


def test_best_interests_are_assessed_with_her_and_no_answer_is_lost(as_: As, site: Site, way: str) -> None:
    mira = journeys.assess_with_her(as_, site, way)
    assert "Assess what is best for her" in mira.read()
    assert (mira.cost.pages, mira.cost.answers) == (8, 12)
    mira.open(f"/cases/{site.staged.cases[f'to-assess-{way}']}/interests/")
    told = mira.read()
    assert all(f"I say this about {point.lower()}." in told for point in journeys.POINTS)
    assert "Kept:" not in told and "She stays where she is and goes to school." in told


def test_the_questions_to_her_stand_in_two_languages(as_: As, site: Site, way: str) -> None:
    mira = as_("mira")
    mira.open(f"/cases/{site.staged.cases['decided']}/interests/with-her/")
    told = mira.page.locator("form.asking").last.inner_text()
    assert "Where do you feel safe? What are you afraid of?" in told
    assert told.count("⟦") == len(journeys.POINTS), "each question once more in the other language"


def test_a_service_is_asked_for_accepted_and_given(as_: As, site: Site, way: str) -> None:
    dora, parts = journeys.help_her(as_, site, way)
    told = dora.read()
    assert "Record that a service is given" in told and "A service began" in told
    assert parts == [(3, 3), (5, 3), (7, 4)], (
        "3 pages and 3 answers to ask, 2 and one press to accept, 2 and 1 to give"
    )


def test_anyone_reports_with_one_answer_and_leaves_in_a_hurry(as_: As, site: Site, way: str) -> None:
    anyone = journeys.report_a_concern(as_, site, way)
    assert anyone.cost.answers == 1 and anyone.cost.pages == 2
    assert anyone.page.context.cookies() == []
    anyone.page.route("https://www.wikipedia.org/**", lambda route: route.fulfill(body="<h1>Elsewhere</h1>"))
    anyone.follow("Leave this page")
    assert anyone.heading() == "Elsewhere"
    anyone.page.go_back()
    if anyone.script:
        anyone.page.wait_for_url("https://www.wikipedia.org/**")
    else:  # that something was sent stays in the history: no page can erase that; what was said does not
        assert "roses" not in anyone.page.content()


def test_back_does_not_show_what_was_typed_before_leaving(as_: As, site: Site, way: str) -> None:
    anyone = as_()
    anyone.page.route("https://www.wikipedia.org/**", lambda route: route.fulfill(body="<h1>Elsewhere</h1>"))
    anyone.open("/report/add/")
    anyone.fill("text", "He is here.")
    anyone.press("Send")
    assert anyone.page.title().startswith("Error:") and anyone.input("text").input_value() == "He is here."
    anyone.follow("Leave this page")
    anyone.page.go_back()
    if anyone.script:
        anyone.page.wait_for_url("https://www.wikipedia.org/**")
    else:
        assert anyone.heading() == "Add to your report"


def test_back_between_our_own_pages_stays_with_us(as_: As, site: Site, way: str) -> None:
    anyone = as_()
    anyone.open("/report/")
    anyone.follow("Add to a report you sent before")
    anyone.page.go_back()
    anyone.page.wait_for_timeout(300)
    assert anyone.heading() == "Tell us what worries you"


def test_mira_signs_in_and_finds_her_desk(as_: As, site: Site, way: str) -> None:
    assert journeys.sign_in(as_, site, way).heading() == "What needs you today"


def test_a_name_in_another_script_finds_her(as_: As, site: Site, way: str) -> None:
    assert "Amal" in journeys.search(as_, site, way).read()


def test_what_is_missing_is_said_in_a_summary_that_leads_to_the_answer(as_: As, site: Site, way: str) -> None:
    rosa = as_("rosa")
    rosa.open("/now/")
    rosa.select("place", "STREET")
    rosa.press("Save and go on")
    assert rosa.page.title().startswith("Error:")
    assert rosa.page.locator("#error-summary").is_visible()
    if rosa.script:
        assert rosa.page.evaluate("document.activeElement.id") == "error-summary"
    assert rosa.input("place").input_value() == "STREET"
    link = rosa.page.locator("#error-summary a").first
    target = str(link.get_attribute("href")).removeprefix("#")
    assert rosa.page.locator(f"[id='{target}']").is_visible()


def test_nothing_is_kept_in_the_browser(as_: As, site: Site, way: str) -> None:
    rosa = journeys.search(as_, site, way)
    if rosa.script:
        assert rosa.page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_the_page_of_journeys_is_fresh(browser: Browser, site: Site) -> None:
    """Pages, answers and presses to the digit; kilobytes nearly, since pages hold random keys and grow."""
    kb = re.compile(r"(\d+) / (\d+) \| \d+ / ")

    def whole_and_weights(text: str) -> tuple[str, list[int]]:
        return kb.sub("", text), [int(n) for pair in kb.findall(text) for n in pair]

    now, weights = whole_and_weights(measure.written(measure.walked(browser, site)))
    kept, before = whole_and_weights(measure.PAGE.read_text())
    assert now == kept, "run `make costs`"
    assert all(abs(one - other) <= NEARLY for one, other in zip(weights, before, strict=True)), (
        "run `make costs`"
    )
