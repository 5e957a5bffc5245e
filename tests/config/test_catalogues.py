"""Every kind of translatable sentence is found, and what was translated is kept."""

import gettext
from pathlib import Path

import pytest

from config import catalogues


@pytest.fixture
def program(tmp_path: Path) -> Path:
    (tmp_path / "nrm").mkdir()
    (tmp_path / "templates").mkdir()
    (tmp_path / "nrm" / "words.py").write_text(
        "A = _('Plain')\nB = ngettext('%d child', '%d children', 2)\nC = pgettext_lazy('of a case', 'Open')\n"
    )
    (tmp_path / "templates" / "page.html").write_text(
        "{% load i18n %}{% translate 'On a page' %}"
        "{% blocktranslate count n=n %}one step{% plural %}{{ n }} steps{% endblocktranslate %}"
    )
    folder = tmp_path / "locale" / "uk" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Plain"\nmsgstr "Просто"\n'
    )
    return tmp_path


def test_every_kind_of_sentence_is_found(program: Path) -> None:
    found = catalogues.collect(program)
    assert {message.id for message in found if message.id} == {
        "Plain",
        ("%d child", "%d children"),
        "Open",
        "On a page",
        ("one step", "%(n)s steps"),
    }
    assert found.get("Open", "of a case") is not None


def test_a_sentence_that_a_language_lacks_is_named(program: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert catalogues.main(["--check"], program) == 1
    said = capsys.readouterr().out
    assert "locale/uk/LC_MESSAGES/django.po: 'On a page' (templates/page.html)" in said
    assert "Plain" not in said


def test_what_was_translated_is_kept_and_can_be_read(program: Path) -> None:
    assert catalogues.main([], program) == 0
    assert catalogues.main(["--check"], program) == 0
    with (program / "locale" / "uk" / "LC_MESSAGES" / "django.mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Plain") == "Просто"
    before = (program / "locale" / "uk" / "LC_MESSAGES" / "django.po").read_text()
    catalogues.main([], program)
    assert (program / "locale" / "uk" / "LC_MESSAGES" / "django.po").read_text() == before
