"""Paper: a title and blocks of text become a tagged PDF (PDF/UA-1, ISO 14289-1), with the fonts of this room.

What people wrote reaches the typesetter as data and is never read as its language.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import typst

HERE = Path(__file__).resolve().parent
SHEET = HERE / "typst" / "letter.typ"
FONTS = HERE / "fonts"
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ps", "ur"})


@dataclass(frozen=True)
class Block:
    """One piece of a letter. kind: heading, text, box (what matters most), list, pairs (question and answers)."""

    kind: str
    text: str = ""
    items: Sequence[Any] = ()


def heading(text: Any) -> Block:
    return Block("heading", str(text))


def text(words: Any) -> Block:
    """Paragraphs: an empty line parts them."""
    return Block("text", str(words))


def box(words: Any) -> Block:
    return Block("box", str(words))


def lines(items: Sequence[Any]) -> Block:
    return Block("list", items=[str(item) for item in items])


def pairs(items: Sequence[tuple[Any, Any]]) -> Block:
    """(question, answer) rows."""
    return Block("pairs", items=[[str(asked), str(said)] for asked, said in items])


@dataclass(frozen=True)
class Paper:
    """A letter ready to be set. language: as in the settings; large: for a child; foot: lines on each page."""

    title: str
    language: str
    issuer: str
    blocks: Sequence[Block]
    foot: Sequence[str] = field(default=())
    large: bool = False

    def as_pdf(self) -> bytes:
        base, _, variant = self.language.partition("-")
        told = {
            "title": self.title,
            "lang": base,
            "rtl": base in RIGHT_TO_LEFT or variant == "xb",
            "issuer": self.issuer,
            "large": self.large,
            "foot": list(self.foot),
            "blocks": [{"kind": b.kind, "text": b.text, "items": list(b.items)} for b in self.blocks],
        }
        made = typst.compile(
            SHEET,
            root=HERE,
            font_paths=[FONTS],
            ignore_system_fonts=True,
            sys_inputs={"paper": json.dumps(told)},
            pdf_standards=["ua-1"],
        )
        if not isinstance(made, bytes):
            raise TypeError("the typesetter gave no single file")
        return made
