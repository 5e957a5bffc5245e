"""How a pack file is checked: nothing is guessed, and every fault is gathered before anyone is told.

A pack is written by people who know the law and not this program. A fault is one sentence: the file and the
line, the key, what is wrong with it, what to write instead.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from nrm.kernel.plain_yaml import Entries, Value

HOUSE = "house"


class PackFaults(Exception):
    """The pack cannot be used. `faults`: every fault at once, each with its line, what is wrong and what to
    write.
    """

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


@dataclass(frozen=True)
class Shape:
    """What a word in the file may look like, and how a person is told."""

    pattern: str
    words: str

    def fits(self, value: "Value | None") -> bool:
        return isinstance(value, str) and re.fullmatch(self.pattern, value) is not None


def one_of(*codes: str) -> Shape:
    """One of these codes and nothing else."""
    return Shape("|".join(re.escape(code) for code in codes), " or ".join((", ".join(codes[:-1]), codes[-1])))


@dataclass(frozen=True)
class Section:
    """One mapping of the file. What it is asked for and cannot give becomes a fault, and the answer is
    empty.
    """

    file: str
    path: str
    entries: Entries
    faults: list[str]

    def __contains__(self, key: str) -> bool:
        return key in self.entries

    def fault(self, key: str, wrong: str, instead: str) -> None:
        line = self.entries.lines.get(key, self.entries.line)
        name = f"{self.path}.{key}" if self.path and key else self.path or key
        self.faults.append(f"{self.file} line {line}: `{name}` {wrong}. {instead}.")

    def only(self, *, needed: Collection[str], allowed: Collection[str] = ()) -> None:
        """These keys and no others: `needed` must be there, `allowed` may."""
        known = [*needed, *allowed]
        for key in self.entries:
            if key not in known:
                near = get_close_matches(key, known, n=1)
                self.fault(key, "is no key of a pack here", f"Write {near[0]}" if near else "Take it out")
        for key in needed:
            if key not in self.entries:
                self.fault(key, "is missing", "Write it; README.md of the countries says what belongs there")

    def is_house(self, key: str) -> bool:
        """Whether the house default stands for this key."""
        return self.entries.get(key) == HOUSE

    def text(self, key: str, shape: Shape) -> str:
        value = self.entries.get(key)
        if isinstance(value, str) and shape.fits(value):
            return value
        if key in self.entries:
            self.fault(key, f"is {_shown(value)}", f"Write {shape.words}")
        return ""

    def texts(self, key: str, shape: Shape, *, least: int = 0) -> tuple[str, ...]:
        value = self.entries.get(key)
        if not isinstance(value, list):
            if key in self.entries:
                self.fault(
                    key, f"is {_shown(value)}", f"Write a list in square brackets; each of it {shape.words}"
                )
            return ()
        good = [each for each in value if isinstance(each, str) and shape.fits(each)]
        for each in value:
            if not shape.fits(each):
                self.fault(key, f"holds {_shown(each)}", f"Write {shape.words}")
        for each in sorted({each for each in good if good.count(each) > 1}):
            self.fault(key, f"names {each} more than once", "Keep one of them")
        if len(value) < least:
            self.fault(key, "is empty", f"Write at least {least}: {shape.words}")
        return tuple(good)

    def section(self, key: str, *, otherwise: str = "") -> "Section | None":
        """The mapping under a key. `otherwise`: what else may stand there, for the sentence."""
        value = self.entries.get(key)
        if isinstance(value, Entries):
            path = f"{self.path}.{key}" if self.path else key
            return Section(self.file, path, value, self.faults)
        if key in self.entries:
            self.fault(key, f"is {_shown(value)}", f"Write its keys and values, in curly brackets{otherwise}")
        return None

    def sections(self) -> "Iterator[tuple[str, Section]]":
        for key in self.entries:
            if (section := self.section(key)) is not None:
                yield key, section


def _shown(value: "Value | None") -> str:
    if isinstance(value, list):
        return "a list"
    if isinstance(value, Entries):
        return "a list of keys"
    return f'"{value}"' if value else "empty"
