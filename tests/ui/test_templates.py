"""Every template of the project: no inline code, no missing include; every component says its parameters."""

import re
from pathlib import Path

import django
import pytest
from django.template.loader import render_to_string
from django.utils import translation

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = [ROOT / "templates", *sorted(ROOT.glob("nrm/*/templates"))]
TEMPLATES = [path for folder in FOLDERS for path in sorted(folder.rglob("*.html"))]
COMPONENTS = sorted((ROOT / "templates" / "components").glob("*.html"))
DJANGO_FORMS = Path(django.__file__).parent / "forms" / "templates"

INLINE = {
    "a style attribute": re.compile(r"<[^>{]*\sstyle\s*=", re.I),
    "a style element": re.compile(r"<style", re.I),
    "a handler attribute": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.I),
    "a script without src": re.compile(r"<script(?![^>]*\ssrc=)", re.I),
    "a script address": re.compile(r"javascript:", re.I),
}


def named(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_no_inline_code(path):
    text = path.read_text()
    assert not [what for what, pattern in INLINE.items() if pattern.search(text)]


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_what_it_includes_exists(path):
    for name in re.findall(r"{%\s*(?:include|extends)\s+\"([^\"]+)\"", path.read_text()):
        assert any((folder / name).exists() for folder in [*FOLDERS, DJANGO_FORMS]), name


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_no_comment_leaks_into_the_page(path):
    """A {# comment #} over two lines is text for Django."""
    assert path.read_text().count("{#") == len(re.findall(r"{#[^\n]*?#}", path.read_text()))


@pytest.mark.parametrize("path", COMPONENTS, ids=named)
def test_a_component_says_its_parameters_and_stands_in_the_list(path):
    assert re.match(r"({% load [a-z0-9 ]+ %})?{# \S", path.read_text())
    assert f"`{path.stem}`" in (ROOT / "templates" / "README.md").read_text()
    assert f'"components/{path.name}"' in "".join(t.read_text() for t in TEMPLATES if t != path), (
        "nobody uses it"
    )


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "405", "500"])
def test_an_error_page_needs_no_context_and_has_the_shape_of_its_sisters(name):
    page = render_to_string(f"{name}.html")
    assert "<title>Error: " in page
    shape = re.sub(r">[^<]+<", "><", re.sub(r"\s+", " ", page))
    other = re.sub(r">[^<]+<", "><", re.sub(r"\s+", " ", render_to_string("404.html")))
    assert shape == other


def test_the_error_page_gives_the_code_and_whom_to_call():
    page = render_to_string("500.html", {"support_code": "4F-19-C2", "duty_desk": "0800 123 123"})
    assert "duty desk: 0800 123 123." in page and "Say this code: 4F-19-C2." in page


def test_language_and_direction_follow_the_reader():
    with translation.override("ar"):
        assert '<html lang="ar" dir="rtl">' in render_to_string("404.html")
    with translation.override("en"):
        assert '<html lang="en" dir="ltr">' in render_to_string("404.html")


def test_a_withheld_fact_is_not_in_the_page():
    row = {"label": "Stays at", "values": ["Harbour House"], "withheld": True}
    page = render_to_string("components/facts.html", {"rows": [row]})
    assert "Harbour House" not in page and "Not shared with you" in page


def test_what_somebody_typed_stays_text():
    typed = "<script>alert(1)</script>"
    page = render_to_string(
        "components/timeline.html",
        {"rows": [{"when": typed, "title": typed, "who": typed, "lines": [typed]}]},
    )
    assert "<script" not in page
