"""A letter is declared once: what it tells of, what a reader must be allowed to see, and a function giving its blocks.

From the declaration come the row on the page of letters, the print, the watermark and the code that checks it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from nrm.casefile.facts import Facts
from nrm.casefile.models import Fact
from nrm.casefile.showing import Names
from nrm.casefile.sight import Sight
from nrm.kernel.handling import Handling
from nrm.letters.paper import Block
from nrm.letters.terms import LetterKind


@dataclass(frozen=True)
class View:
    """What a letter is written from: the case as the person who prints it may see it, and the fact it tells of.

    called: what the child is called; empty if nobody knows or the reader may not. fact is None for a summary.
    """

    facts: Facts
    sight: Sight
    names: Names
    called: str
    fact: Any = None

    def issuer(self) -> str:
        """The agency whose fact it is."""
        key = self.fact.by_agency_id if self.fact is not None else self.sight.agency_id
        return self.names.agencies.get(key or 0, "")


@dataclass(frozen=True)
class Letter:
    """One declared letter. tells_of: the facts of a case it can be printed for, newest last."""

    kind: LetterKind
    write: Callable[[View], Iterator[Block]]
    tells_of: Callable[[Facts], Iterable[Fact]] | None
    opens: frozenset[Handling]
    large: bool
    quiet: bool
    foot: Callable[[View], Iterator[str]] | None = None
    leaves: bool = False

    def may_be_read_by(self, sight: Sight, fact: Fact | None) -> bool:
        """Whether everything on it is shared with this person; her own agency's facts are, whatever their class."""
        by = fact.by_agency_id if fact is not None else None
        return all(
            sight.opens(handling, None if handling is Handling.IDENTIFYING else by) for handling in self.opens
        )


LETTERS: dict[LetterKind, Letter] = {}


def letter(
    kind: LetterKind,
    *,
    tells_of: Callable[[Facts], Iterable[Fact]] | None = None,
    opens: Iterable[Handling] = (),
    large: bool = False,
    quiet: bool = False,
    foot: Callable[[View], Iterator[str]] | None = None,
    leaves: bool = False,
) -> Callable[[Callable[[View], Iterator[Block]]], Letter]:
    """Declare a letter over the function that writes it. Words are translated when it is printed.

    foot: lines that must stand on each of its pages. quiet: the State stands on it, never the name of an agency,
    since that alone can tell what she went through. leaves: it is sent away, so that it can be had as a sealed file.
    """

    def declare(write: Callable[[View], Iterator[Block]]) -> Letter:
        made = Letter(kind, write, tells_of, frozenset(opens), large, quiet, foot, leaves)
        if LETTERS.setdefault(kind, made) is not made:
            raise ValueError(f"the letter {kind} is declared twice")
        return made

    return declare
