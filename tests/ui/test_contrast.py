"""Every declared pair of colours can be read, and no country can choose one that cannot."""

import re
from pathlib import Path

import pytest

from config.contrast import MARK, TEXT, brand, contrast, luminance

TOKENS = (Path(__file__).resolve().parents[2] / "static" / "tokens.css").read_text()
COLOURS = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", TOKENS))
PAIRS = [
    (MARK if line.strip().startswith("3:") else TEXT, *pair.split("/"))
    for line in TOKENS.splitlines()
    if line.strip().startswith(("7:", "3:"))
    for pair in re.findall(r"[a-z-]+/[a-z-]+", line)
]


def test_the_pairs_are_declared():
    assert len(PAIRS) > 25
    used = {name for _, *pair in PAIRS for name in pair}
    assert used == COLOURS.keys() - {"line"}, "a colour stands in no pair; line is only for decoration"


@pytest.mark.parametrize(("least", "text", "ground"), PAIRS)
def test_a_pair_has_the_contrast_it_promises(least, text, ground):
    assert contrast(COLOURS[text], COLOURS[ground]) >= least


def test_contrast_is_computed_as_wcag_does():
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#fff") == pytest.approx(4.478, abs=0.001)
    assert luminance("#fff") == pytest.approx(1)


def test_a_brand_colour_that_cannot_be_read_is_refused():
    assert brand("#0b4f5c") == "#0b4f5c"
    with pytest.raises(ValueError, match=r"contrast of 4\.\d to white; choose one of at least 7"):
        brand("#0b7f93")


@pytest.mark.parametrize("colour", ["teal", "#12345", "0b4f5c", "#0b4f5c;}", ""])
def test_only_a_plain_colour_is_taken(colour):
    with pytest.raises(ValueError):
        brand(colour)
