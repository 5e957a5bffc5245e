"""A moment is said by the country's clock everywhere: `date_format` alone would say it in UTC, an hour or a day off."""

import ast
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nrm.kernel.moments import in_words

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "nrm").rglob("*.py"))


def said_in_utc(text: str) -> list[int]:
    """Lines where a moment (an attribute at, now, instant, ..._at) goes to `date_format` as it is kept."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", getattr(node.func, "attr", "")) == "date_format"
        and isinstance(node.args[0], ast.Attribute)
        and (node.args[0].attr in ("at", "now", "instant", "start") or node.args[0].attr.endswith("_at"))
    ]


def test_no_moment_is_said_as_it_is_kept() -> None:
    assert {str(path): lines for path in SOURCES if (lines := said_in_utc(path.read_text()))} == {}


@pytest.mark.parametrize("line", ["date_format(fact.at, 'j F')", "formats.date_format(x.made_at, DAY)"])
def test_one_that_is_would_be_found(line: str) -> None:
    assert said_in_utc(line) == [1]


def test_the_day_is_that_of_the_country() -> None:
    assert in_words(datetime(2026, 3, 9, 23, 30, tzinfo=UTC), "j F Y, H:i") == "10 March 2026, 00:30"
