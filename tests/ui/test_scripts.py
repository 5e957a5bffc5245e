"""What script adds to a page, under the real content security policy."""

import re

import pytest

pytestmark = pytest.mark.browser


def test_leaving_blanks_the_page_and_is_not_in_the_history(opened):
    page = opened("public")
    before = page.evaluate("history.length")
    page.locator("[data-exit]").click()
    page.wait_for_url("**/weather")
    assert page.evaluate("history.length") == before


def test_without_script_the_leave_bar_is_a_plain_link(opened):
    page = opened("public", script=False)
    page.locator("[data-exit]").click()
    page.wait_for_url("**/weather")


def test_shift_three_times_leaves_and_counts_aloud(opened):
    page = opened("public")
    said = page.locator("[data-exit-say]")
    page.keyboard.press("Shift")
    assert said.text_content() == "Press Shift two more times to leave."
    page.keyboard.press("Shift")
    assert said.text_content() == "Press Shift one more time to leave."
    page.keyboard.press("Shift")
    page.wait_for_url("**/weather")


def test_a_capital_letter_and_a_pause_do_not_count(opened):
    page = opened("public")
    page.clock.install()
    page.locator("#id_saw").focus()
    page.keyboard.type("A Girl", delay=1)
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    page.clock.fast_forward(6000)
    page.keyboard.press("Shift")
    assert page.url.endswith("/public/")


def test_the_error_summary_takes_the_focus_and_its_links_reach_the_answers(opened):
    page = opened("wrong")
    assert page.evaluate("document.activeElement.id") == "error-summary"
    page.locator(".summary a").first.click()
    assert page.evaluate("document.activeElement.id") == "id_danger_0"


def test_a_form_goes_once(opened):
    page = opened("blank")
    sent = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.evaluate("""() => { const form = document.querySelector('form.asking');
      form.addEventListener('submit', e => e.preventDefault()); window.times = 0;
      HTMLFormElement.prototype.submit = () => {}; }""")
    button = page.locator("form.asking .btn").first
    button.click()
    assert button.get_attribute("aria-disabled") == "true"
    assert page.evaluate("document.querySelector('form.asking').dataset.sent") == "1"


def test_unsaved_answers_are_guarded_until_they_are_sent(opened):
    page = opened("blank")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.locator("#id_called").click()
    page.keyboard.type("Amal")
    page.locator(".back").click()
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"] and page.url.endswith("/blank/")


def test_a_public_page_never_asks_before_it_is_left(opened):
    page = opened("public")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.locator("#id_saw").click()
    page.keyboard.type("A girl begs at the station")
    page.locator("[data-exit]").click()
    page.wait_for_url("**/weather")
    assert asked == []


def test_the_session_warning_comes_at_12_minutes_and_staying_ends_it(opened):
    page = opened("session")
    page.clock.install()
    page.reload()
    note = page.locator("[data-stay] section")
    page.clock.fast_forward("11:30")
    assert not note.is_visible()
    page.clock.fast_forward("00:40")
    assert note.is_visible() and "signed out in three minutes" in note.inner_text()
    box = note.bounding_box()
    assert box and box["y"] + box["height"] <= 801, (
        "the warning stands at the foot of the screen, not of the page"
    )
    page.get_by_role("button", name="Stay signed in").click()
    page.wait_for_function("() => { return document.querySelector('[data-stay] section').hidden }")


def test_a_session_that_ended_says_so_and_keeps_the_answers(opened):
    page = opened("session")
    page.clock.install()
    page.reload()
    page.locator("#id_called").fill("Amal")
    page.clock.fast_forward("15:10")
    assert "You have been signed out" in page.locator("[data-stay] section").inner_text()
    assert page.locator("#id_called").input_value() == "Amal"


def test_staying_after_the_session_ended_elsewhere_says_so(opened):
    page = opened("session")
    page.clock.install()
    page.reload()
    page.clock.fast_forward("12:10")
    page.route("**/stay/", lambda route: route.fulfill(status=302, headers={"Location": "/sign-in/"}))
    page.get_by_role("button", name="Stay signed in").click()
    page.get_by_text("You have been signed out.").wait_for()


def test_without_connection_the_offer_to_stay_says_that_nothing_is_lost(opened):
    page = opened("session")
    page.clock.install()
    page.reload()
    page.clock.fast_forward("12:10")
    page.route("**/stay/", lambda route: route.abort())
    page.get_by_role("button", name="Stay signed in").click()
    page.get_by_text("No connection. Nothing is lost while this page is open.").first.wait_for()


def test_a_draft_is_saved_three_seconds_after_the_last_key(opened):
    page = opened("blank")
    page.clock.install()
    page.reload()
    sent = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.locator("#id_grounds").press_sequentially("She begs")
    assert sent == []
    page.clock.fast_forward(3100)
    page.locator("[data-saved]", has_text=re.compile(r"Saved at \d")).wait_for()
    assert len(sent) == 1 and sent[0].endswith("/draft/")


@pytest.mark.parametrize(
    ("status", "said"),
    [(500, "the server did not answer"), (403, "you are signed out"), (None, "No connection")],
)
def test_a_draft_that_is_not_saved_says_why_and_keeps_the_text(opened, status, said):
    page = opened("blank")
    page.clock.install()
    page.reload()
    page.route("**/draft/", lambda route: route.fulfill(status=status) if status else route.abort())
    page.locator("#id_grounds").press_sequentially("She begs")
    page.clock.fast_forward(3100)
    page.locator("[data-unsaved]", has_text=said).wait_for()
    assert page.locator("#id_grounds").input_value() == "She begs"


def test_a_text_that_is_too_long_is_marked_and_kept_whole(opened):
    page = opened("blank")
    page.locator("#id_grounds").fill("x" * 2001)
    assert page.locator("#id_grounds_limit").evaluate("e => e.classList.contains('over')")
    assert len(page.locator("#id_grounds").input_value()) == 2001


def test_nothing_is_kept_in_the_browser(opened):
    page = opened("session")
    page.locator("#id_called").fill("Amal")
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
