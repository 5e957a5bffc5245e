"""The generated pages of the handbook: acts, permissions, deadlines, fields. Same code, same pages, to the letter."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.utils import translation

from nrm.agencies.terms import Role
from nrm.casefile.act import ACTS, Act
from nrm.casefile.form import questions
from nrm.casefile.timing import CLOCKS
from nrm.kernel import packs
from nrm.kernel.columns import Column, column_of
from nrm.kernel.handling import Handling
from nrm.kernel.walls import walled_models

PACK = "xa"
HOW = "Made by `opennrm docs`. Do not edit."


def pages() -> dict[str, str]:
    """File name -> text."""
    with translation.override("en"):
        return {
            "acts.md": _page("Handbook of acts", _acts()),
            "permissions.md": _page("Who may do what", _permissions()),
            "deadlines.md": _page("Deadlines", _deadlines()),
            "fields.md": _page("Register of fields", _fields()),
        }


def _page(title: str, lines: Iterable[str]) -> str:
    return "\n".join([f"# {title}", "", HOW, "", *lines]).rstrip() + "\n"


def _row(*cells: object) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def _table(*heads: str) -> Iterator[str]:
    yield _row(*heads)
    yield "|" + "---|" * len(heads)


def _acts() -> Iterator[str]:
    yield "Each act with what it asks. A star marks a column that every line must have."
    for name, act in sorted(ACTS.items()):
        yield from ("", f"## {name}", "", str(act.says), "")
        yield f"- Who: {_who(act)}"
        for condition in act.when:
            yield f"- Refused with {condition.refusal.code}: {condition.refusal.sentence}"
        yield f"- Source: {act.source}"
        asked = list(_inputs(act))
        if asked:
            yield ""
            yield from _table("input", "type", "required", "question")
            yield from asked


def _inputs(act: Act) -> Iterator[str]:
    for name, _field, column in questions(act.writes):
        if not act.asks or name in act.asks:
            yield _row(f"`{name}`", _type(column), "yes" if column.required else "", column.label)
    for name, rows in sorted(act.writes.rows.items()):
        columns = ", ".join(
            f"{asked}{'*' if column.required else ''}" for asked, _f, column in questions(rows)
        )
        yield _row(f"`{name}`", f"lines of {columns}", "", rows.question)


def _type(column: Column) -> str:
    if column.vocabulary is not None:
        return f"{column.kind} of {column.vocabulary.__name__}"
    if column.limit:
        return f"{column.kind}, {column.limit} letters"
    return column.kind


def _who(act: Act) -> str:
    said = [" ".join(sorted(act.who.roles)) or "nobody by role alone"]
    if act.who.own:
        said.append(f"for their own part {' '.join(sorted(act.who.own))}")
    if mandates := _mandates(act):
        said.append(f"agency with mandate {mandates}")
    said.append("training " + " ".join(act.who.training) if act.who.training else "no training asked")
    return "; ".join(said)


def _mandates(act: Act) -> str:
    asked = act.who.mandates
    if isinstance(asked, str):
        return f"that the country's pack lets {asked.replace('_', ' ')}" if asked else ""
    return " or ".join(sorted(asked))


def _permissions() -> Iterator[str]:
    roles = Role.codes()
    yield "x: may. o: may for the own part of a case. Mandate and training are asked besides: see the handbook of acts."
    yield ""
    yield from ("- " + f"{role.value}: {role.label}" for role in Role)
    yield ""
    yield from _table("act", *roles)
    for name, act in sorted(ACTS.items()):
        marks = ("x" if role in act.who.roles else "o" if role in act.who.own else "" for role in roles)
        yield _row(f"`{name}`", *marks)


def _deadlines() -> Iterator[str]:
    pack = packs.load(PACK)
    yield f"Lengths are those of the country pack `{PACK}` ({pack.title}). Clock: whether this version runs it."
    yield ""
    yield from _table("code", "length", "desk", "source", "confidence", "clock")
    for code, deadline in sorted(pack.deadlines.items()):
        lengths = ", ".join(_length(length) for length in deadline.lengths)
        runs = any(code == clock or code.startswith(f"{clock}_") for clock in CLOCKS)
        yield _row(code, lengths, deadline.desk, deadline.source, deadline.confidence, "runs" if runs else "")


def _length(length: Any) -> str:
    unit = str(length.unit)
    return "no limit" if unit == "NONE" else f"{length.amount} {unit.lower().replace('_', ' ')}"


def _fields() -> Iterator[str]:
    yield (
        "Every column of every table and how it must be handled, mildest first: " + ", ".join(Handling) + "."
    )
    labels = {config.name: config.label for config in apps.get_app_configs()}
    for model in walled_models():
        yield from ("", f"## {model._meta.db_table}", "")
        room = labels.get(model.__module__.rpartition(".models")[0], model._meta.app_label)
        doc = (model.__doc__ or "").strip().splitlines()
        yield f"{doc[0]} (room {room})" if doc else f"Room {room}."
        yield ""
        yield from _table("column", "kind", "handling")
        for field in model._meta.concrete_fields:
            column = column_of(field)
            kind = _type(column) if column else field.get_internal_type()
            handling = column.handling if column else getattr(model, "privacy", {}).get(field.name, "")
            yield _row(f"`{field.column}`", kind, handling)
