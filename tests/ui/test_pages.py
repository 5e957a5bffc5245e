"""The gallery and a public page in a real browser: readable for everybody, in both directions, at every size."""

import base64
import importlib.util
import re
from pathlib import Path

import pytest

from config.contrast import contrast

pytestmark = pytest.mark.browser

SPEC = importlib.util.find_spec("axe_playwright_python")
assert SPEC and SPEC.submodule_search_locations
AXE = (Path(SPEC.submodule_search_locations[0]) / "axe.min.js").read_text()
RUN_AXE = """async () => (await axe.run(document, {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice', 'cat.color'],
  rules: {'color-contrast-enhanced': {enabled: true}},
})).violations.map(v => v.id + ': ' + v.nodes.map(n => n.html.slice(0, 120)).join(' | '))"""
PRESSED = (
    "button, .btn, select, .choice, .boxes input, textarea, input[type=text], input[type=file], .nav a, .tasks a, "
    ".summary a, .pager a, .row a, .exit, .back, summary, .more, .name, .facts a"
)
TARGETS = """(pressed) => [...document.querySelectorAll(pressed)].filter(e => e.checkVisibility())
  .map(e => [Math.round(e.getBoundingClientRect().height), e.outerHTML.slice(0, 80)])"""
# What hangs over the edge once the page is drawn: by how much, and the elements that do.
TOO_WIDE = """async () => {
  const root = document.documentElement, over = () => root.scrollWidth - root.clientWidth;
  await document.fonts.ready;
  for (let frame = 0; over() && frame < 60; frame += 1) await new Promise(requestAnimationFrame);
  if (!over()) return [];
  const outside = e => { const box = e.getBoundingClientRect(); return box.right > root.clientWidth || box.left < 0; };
  const all = [...document.querySelectorAll('body *')];
  return [`${over()} px`, ...all.filter(outside).map(e => e.outerHTML.slice(0, 120))]; }"""
NO_TEXT = """*, ::before, ::after, ::file-selector-button { -webkit-text-fill-color: transparent !important;
  text-decoration-color: transparent !important; caret-color: transparent !important }
  svg { visibility: hidden }"""
DIFFERENCE = """async ([one, other]) => {
  const load = (data) => new Promise((done) => {
    const image = new Image(); image.onload = () => done(image); image.src = 'data:image/png;base64,' + data; });
  const [a, b] = [await load(one), await load(other)];
  const pixels = (image, mirrored) => {
    const canvas = document.createElement('canvas'); 
    canvas.width = a.width; canvas.height = Math.max(a.height, b.height);
    const paper = canvas.getContext('2d');
    if (mirrored) { paper.translate(canvas.width, 0); paper.scale(-1, 1); }
    paper.drawImage(image, 0, 0);
    return paper.getImageData(0, 0, canvas.width, canvas.height).data; };
  const [x, y] = [pixels(a, false), pixels(b, true)];
  let different = 0;
  for (let i = 0; i < x.length; i += 4)
    if (Math.max(...[0, 1, 2].map(part => Math.abs(x[i + part] - y[i + part]))) > 48) different += 1;
  return different / (x.length / 4); }"""


@pytest.mark.parametrize("rtl", [False, True], ids=["ltr", "rtl"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", ["filled", "wrong", "blank", "public", "error"])
def test_axe_finds_nothing_and_nothing_overflows(opened, name, width, rtl):
    page = opened(name, width=width, rtl=rtl, strict=False)
    page.evaluate(AXE)
    assert page.evaluate(RUN_AXE) == []
    assert page.evaluate(TOO_WIDE) == []


@pytest.mark.parametrize("width", [320, 360, 1280])
@pytest.mark.parametrize("name", ["wrong", "public", "session"])
def test_text_at_200_per_cent_needs_no_sideways_scroll(opened, name, width):
    page = opened(name, width=width, strict=False)
    page.add_style_tag(content="html { font-size: 225% !important }")
    assert page.evaluate(TOO_WIDE) == []


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("name", ["filled", "wrong", "public"])
def test_right_to_left_is_the_mirror_of_left_to_right(opened, name, width):
    shots = []
    for rtl in (False, True):
        page = opened(name, width=width, rtl=rtl, script=True, strict=False)
        page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
        page.add_style_tag(content=NO_TEXT)
        shots.append(base64.b64encode(page.screenshot(full_page=True, animations="disabled")).decode())
    assert page.evaluate(DIFFERENCE, shots) <= 0.002


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", ["wrong", "public"])
def test_every_target_is_at_least_44_pixels_high(opened, name, width):
    small = [target for target in opened(name, width=width).evaluate(TARGETS, PRESSED) if target[0] < 44]
    assert small == []


def test_the_policy_and_trusted_types_have_nothing_to_refuse(opened):
    for name in ("filled", "wrong", "public", "session"):
        assert opened(name).said == []


@pytest.mark.parametrize("name", ["wrong", "public"])
def test_the_page_is_whole_without_script(opened, name):
    page = opened(name, script=False)
    assert page.locator("h1").first.is_visible() and page.locator("form button").first.is_visible()


def test_focus_is_shown_by_ink_and_yellow(opened):
    page = opened("blank")
    page.locator("#id_called").focus()
    style = page.locator("#id_called").evaluate(
        "e => [getComputedStyle(e).outline, getComputedStyle(e).boxShadow]"
    )
    assert (
        style[0].startswith("rgb(22, 36, 47) solid 3px") and "rgb(255, 210, 63) 0px 0px 0px 9px" in style[1]
    )


@pytest.mark.parametrize("name", ["wrong", "public"])
def test_what_has_the_focus_can_be_read(opened, name):
    page = opened(name)
    page.emulate_media(reduced_motion="reduce")
    seen = page.evaluate("""() => [...document.querySelectorAll('a, button, summary')].map(e => {
      e.focus({focusVisible: true});
      const style = getComputedStyle(e);
      return [e.outerHTML.slice(0, 80), style.color, style.backgroundColor]; })""")
    for html, text, ground in seen:
        one, other = (
            "#" + "".join(f"{int(part):02x}" for part in re.findall(r"\d+", c)[:3]) for c in (text, ground)
        )
        assert ground.startswith("rgb(") and contrast(one, other) >= 7, (html, text, ground)


def test_the_skip_link_comes_first_and_the_leave_bar_second(opened):
    page = opened("public")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "exit"


def test_the_print_has_no_navigation_and_no_form(opened):
    page = opened("filled")
    page.emulate_media(media="print")
    for hidden in (".top", ".skip", ".back", "form", ".pager"):
        assert not page.locator(hidden).first.is_visible()
    assert page.locator(".facts").first.is_visible() and page.locator(".timeline").is_visible()


def test_forced_colours_keep_the_answers_visible(opened):
    page = opened("filled")
    page.emulate_media(forced_colors="active")
    assert page.locator("#id_sex_0").evaluate("e => getComputedStyle(e).appearance") == "auto"
