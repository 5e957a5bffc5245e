"""The style sheets stay small and mirror by themselves; the scripts stay small and keep nothing."""

import gzip
import re
from pathlib import Path

STATIC = Path(__file__).resolve().parents[2] / "static"
CSS = "".join((STATIC / name).read_text() for name in ("tokens.css", "nrm.css"))
JS = {name: (STATIC / name).read_text() for name in ("nrm.js", "exit.js")}
RULES = re.sub(r"/\*.*?\*/", "", CSS, flags=re.S)

PHYSICAL = re.compile(
    r"(?<![\w.-])((margin|padding|border|scroll-margin|scroll-padding)-(left|right|top|bottom)[\w-]*"
    r"|left|right|top|bottom|width|height|(min|max)-(width|height)(?=: (?!\d+em\)))|float|clear"
    r"|border-(top|bottom)-(left|right)-radius)\s*:"
)
FOUR_SIDES = re.compile(
    r"(?<![\w-])(margin|padding|inset|border-width):\s*[^\s;}]+ ([^\s;}]+) [^\s;}]+ ([^\s;}]+)\s*[;}]"
)


def test_the_sheets_weigh_at_most_8_kb():
    assert len(gzip.compress(CSS.encode(), 9)) <= 8192


def test_the_scripts_weigh_at_most_4_kb():
    assert len(gzip.compress("".join(JS.values()).encode(), 9)) <= 4096


def test_no_rule_names_a_side_of_the_screen():
    assert not [found.group() for found in PHYSICAL.finditer(RULES)]
    assert not [found.group() for found in FOUR_SIDES.finditer(RULES) if found.group(2) != found.group(3)]
    assert not re.search(r"text-align:\s*(left|right)", RULES)


def test_nothing_comes_from_elsewhere():
    assert "url(" not in RULES and "@import" not in RULES and "@font-face" not in RULES


def test_the_scripts_keep_nothing_and_write_no_html():
    for script in JS.values():
        for word in (
            "localStorage",
            "sessionStorage",
            "indexedDB",
            "cookie",
            "innerHTML",
            "eval(",
            "insertAdjacent",
            "document.write",
        ):
            assert word not in script


def test_the_emblem_weighs_at_most_2_kb():
    assert (STATIC / "emblem.svg").stat().st_size <= 2048
    assert (STATIC.parent / "templates" / "emblem.svg.html").stat().st_size <= 2048
