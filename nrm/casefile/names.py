"""Names folded for the search in one's own cases: "Amal", "Amaal" and the same name in Arabic find one child.

A name becomes the consonant skeleton of its Latin letters, and the Latin letters themselves. Coarse on
purpose: it finds, a person recognises. It decides nothing and is never used to match across agencies.
"""

import re
from collections.abc import Iterable

from anyascii import anyascii

LONGEST = 64
_FIRST_VOWEL = (
    r"(?<!\w)[اأإآع](?=\w)"  # alef, with or without hamza, and ayn: no letter of their own in Latin
)
_ALIKE = (
    ("kh", "h"), ("gh", "g"), ("sh", "s"), ("ch", "s"), ("zh", "s"), ("th", "t"), ("ph", "f"), ("dj", "j"),
    ("ou", "u"), ("w", "v"), ("q", "k"), ("c", "k"), ("x", "ks"), ("y", "i"), ("z", "s"), ("j", "i"),
)  # fmt: skip


def latin(name: str) -> list[str]:
    """The words of a name in lower-case Latin letters."""
    return re.findall(r"[a-z]+", anyascii(re.sub(_FIRST_VOWEL, "a", name)).lower())


def skeleton(word: str) -> str:
    """Its consonants, likely confusions folded, doubled letters once; its first vowel counts as "a"."""
    folded = word
    for many, one in _ALIKE:
        folded = folded.replace(many, one)
    first = "a" if folded[:1] in "aeiou" else ""
    bones = re.sub(r"[aeiouh]", "", folded) if len(folded) > 1 else folded
    return first + re.sub(r"(.)\1+", r"\1", bones)


def tokens_of(names: Iterable[str]) -> set[str]:
    """What is stored for a child's names: skeletons marked `~`, words as written in Latin."""
    found: set[str] = set()
    for name in names:
        for word in latin(name):
            found.add(word[:LONGEST])
            found.add("~" + skeleton(word)[: LONGEST - 1])
    return found


def asked_tokens(text: str) -> list[set[str]]:
    """For each word asked, the tokens any of which is a hit."""
    return [{word[:LONGEST], "~" + skeleton(word)[: LONGEST - 1]} for word in latin(text)]
