"""Collects every translatable sentence into `locale/`, without GNU gettext, which not every machine has.

`locale/django.pot` lists the sentences; each `locale/<language>/LC_MESSAGES/django.po` keeps its translations and
gets what is new; the `.mo` beside it is what the server reads. With --check nothing is written: exit code 1
says that a sentence is missing from a catalogue.
"""

import ast
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("config", "nrm", "templates")
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
TRANSLATORS = ("Translators:",)


def sources(root: Path) -> Iterator[Path]:
    for folder in FOLDERS:
        for suffix in ("py", "html", "txt"):
            yield from sorted((root / folder).rglob(f"*.{suffix}"))


def said_by_acts(code: str) -> Iterator[tuple[int, str]]:
    """Line and sentence of every act: the first line of its docstring is what people read."""
    for node in ast.walk(ast.parse(code)):
        if not isinstance(node, ast.FunctionDef):
            continue
        named = {getattr(getattr(one, "func", None), "id", "") for one in node.decorator_list}
        if "act" in named and (said := ast.get_docstring(node)):
            yield node.lineno, said.splitlines()[0].rstrip(".")


def collect(root: Path) -> Catalog:
    """Every sentence of the program, with the places it stands at."""
    catalogue = Catalog(project="OpenNRM", charset="utf-8")
    for file in sources(root):
        text = file.read_text(encoding="utf-8")
        code = text if file.suffix == ".py" else templatize(text)
        place = file.relative_to(root).as_posix()
        for line, said in said_by_acts(text) if file.suffix == ".py" else ():
            catalogue.add(said, None, [(place, line)])
        for line, sentence, comments, context in extract(
            "python", io.BytesIO(code.encode()), KEYWORDS, TRANSLATORS, {"encoding": "utf-8"}
        ):
            flags = ["python-brace-format"] if "{" in str(sentence) else []
            catalogue.add(
                sentence, None, [(place, line)], flags=flags, auto_comments=comments, context=context
            )
    return catalogue


def missing(root: Path, found: Catalog) -> list[str]:
    """Sentences that some catalogue lacks, with its place."""
    lacking = []
    for file in sorted((root / "locale").glob("*/LC_MESSAGES/django.po")):
        kept = read_po(io.BytesIO(file.read_bytes()))
        for message in found:
            if message.id and kept.get(message.id, message.context) is None:
                lacking.append(f"{file.relative_to(root)}: {message.id!r} ({message.locations[0][0]})")
    return lacking


def write(root: Path, found: Catalog) -> int:
    """Bring the template and every language up to date; the number of languages."""
    template = root / "locale" / "django.pot"
    template.parent.mkdir(exist_ok=True)
    with template.open("wb") as out:
        write_po(out, found, sort_output=True, omit_header=True, width=110)
    languages = sorted((root / "locale").glob("*/LC_MESSAGES/django.po"))
    for file in languages:
        kept = read_po(io.BytesIO(file.read_bytes()), locale=file.parent.parent.name)
        kept.update(found, no_fuzzy_matching=True)
        with file.open("wb") as out:
            write_po(out, kept, sort_output=True, ignore_obsolete=True, width=110)
        with file.with_suffix(".mo").open("wb") as out:
            write_mo(out, kept)
    return len(languages)


def main(arguments: list[str], root: Path = ROOT) -> int:
    found = collect(root)
    if "--check" in arguments:
        lacking = missing(root, found)
        print(
            "\n".join(
                [*lacking, f"{len(lacking)} sentences are missing: `make messages`."] if lacking else []
            )
        )
        return int(bool(lacking))
    count = write(root, found)
    print(f"{len(found)} sentences in locale/django.pot and {count} languages.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
