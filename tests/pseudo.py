"""Pseudo-languages: every sentence of the program in brackets, accented and 40 % longer, for en-xa and en-xb.

What stands on a page without brackets was not translatable. Placeholders and tags stay as they are.
"""

import re
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from config.catalogues import ROOT, collect

OPEN, CLOSE = "⟦", "⟧"
ACCENTED = str.maketrans("aceinouyACEINOUY", "áçéíñóúýÁÇÉÍÑÓÚÝ")
KEPT = re.compile(r"%\([a-z_]+\)[sd]|%%|%[sd]|\{[a-z_]*\}|<[^>]+>|&[a-z]+;")
DATES = "date format"


def pseudo(sentence: str) -> str:
    """The sentence in brackets, with more letters and longer, its placeholders untouched."""
    accented, end = [], 0
    for found in KEPT.finditer(sentence):
        accented += [sentence[end : found.start()].translate(ACCENTED), found.group()]
        end = found.end()
    accented.append(sentence[end:].translate(ACCENTED))
    longer = " ~" * max(1, len(KEPT.sub("", sentence)) // 5)
    return f"{OPEN}{''.join(accented)}{longer}{CLOSE}"


def write(folder: Path) -> None:
    """Catalogues of both pseudo-languages under `folder`, ready for LOCALE_PATHS."""
    made = Catalog(locale="en", charset="utf-8")
    for message in collect(ROOT):
        if not message.id or message.context == DATES:
            continue
        said = message.id if isinstance(message.id, tuple | list) else (message.id,)
        texts = tuple(pseudo(text) for text in said)
        made.add(message.id, texts if len(texts) > 1 else texts[0], context=message.context)
    for language in ("en_XA", "en_XB"):
        place = folder / language / "LC_MESSAGES"
        place.mkdir(parents=True)
        with (place / "django.mo").open("wb") as out:
            write_mo(out, made)
