"""Facts as people read them: each value through its handling class, "not shared with you" in its place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from nrm.casefile.facts import Facts
from nrm.casefile.form import questions
from nrm.casefile.models import Record, Row
from nrm.casefile.sight import Sight
from nrm.kernel import places
from nrm.kernel.columns import Column
from nrm.kernel.handling import Handling
from nrm.kernel.packs import Pack
from nrm.kernel.vocabulary import Vocabulary, Words


@dataclass(frozen=True)
class Shown:
    """One answer as shown: its question, the words of its value, or that it is withheld."""

    label: str
    values: tuple[str, ...]
    withheld: bool = False
    locating: bool = False


@dataclass(frozen=True)
class Names:
    """Names of people and agencies that a page needs, fetched once."""

    people: Mapping[int, str]
    agencies: Mapping[int, str]


@cache
def labels(vocabulary: type[Vocabulary]) -> dict[str, "str | Words"]:
    """Code -> lazy words."""
    return dict(vocabulary.choices())


def words(column: Column, value: Any, pack: Pack, names: Names) -> tuple[str, ...]:
    """The words of one value; empty when nothing was answered."""
    if value in (None, "", []):
        return ()
    several = value if isinstance(value, list) else [value]
    match column.kind:
        case "code" | "codes" | "tern":
            known = labels(column.vocabulary) if column.vocabulary else {}
            return tuple(str(known.get(code, code)) for code in several)
        case "date":
            return (date_format(value, "j F Y"),) if isinstance(value, date) else (str(value),)
        case "at":
            local = timezone.localtime(value) if isinstance(value, datetime) else value
            return (date_format(local, "j F Y, H:i"),)
        case "country" | "countries":
            return tuple(places.country_name(code, pack.invented_countries) for code in several)
        case "lang" | "langs":
            return tuple(places.language_name(code) for code in several)
        case "person" | "persons":
            return tuple(names.people.get(key, _("someone")) for key in several)
        case "agency":
            return tuple(names.agencies.get(key, _("an agency")) for key in several)
        case "ref" | "ref_or_none" | "key" | "keys" | "case" | "file":
            return ()
    return tuple(str(one) for one in several)


def answers(fact: Record | Row, sight: Sight, pack: Pack, names: Names, by_agency: int | None) -> list[Shown]:
    """Every answered question of a fact as this person may see it. What was not answered is left out."""
    found: list[Shown] = []
    for _name, field, column in questions(type(fact)):
        said = words(column, getattr(fact, field.attname), pack, names)
        if not said:
            continue
        if column.vocabulary is not None:
            said = tuple(capfirst(one) for one in said)
        may_see = sight.shows(fact, column, by_agency)
        found.append(
            Shown(
                label=str(column.label),
                values=said if may_see else (),
                withheld=not may_see,
                locating=column.handling is Handling.LOCATING,
            )
        )
    return found


def people_in(facts: Iterable[Record]) -> set[int]:
    """Keys of the people that these facts name."""
    found: set[int] = set()
    for fact in facts:
        found.add(fact.by_person_id or 0)
        for _name, field, column in questions(type(fact)):
            if column.kind == "person":
                found.add(getattr(fact, field.attname) or 0)
            elif column.kind == "persons":
                found |= set(getattr(fact, field.attname))
    return found - {0}


def agencies_in(facts: Facts) -> set[int]:
    """Keys of the agencies that the facts of a case name."""
    found: set[int] = set()
    for fact in facts.everything:
        found.add(fact.by_agency_id or 0)
        for _name, field, column in questions(type(fact)):
            if column.kind == "agency":
                found.add(getattr(fact, field.attname) or 0)
    return found - {0}


def all_answers(fact: Record, lines: Mapping[str, Iterable[Row]], pack: Pack) -> list[dict[str, str]]:
    """Every answer just given, lines too, each with its question: to be checked before it is sent."""
    rows = _said_by(fact, pack)
    for several in lines.values():
        for place, line in enumerate(several, start=1):
            rows += [
                one | {"question": f"{line.one} {place}: {one['question']}"} for one in _said_by(line, pack)
            ]
    return rows


def _said_by(given: Record | Row, pack: Pack) -> list[dict[str, str]]:
    names, rows = Names({}, {}), []
    for _name, field, column in questions(type(given)):
        said = words(column, getattr(given, field.attname), pack, names)
        if column.kind in ("agency", "person") and getattr(given, field.attname):
            said = (str(getattr(given, field.name)),)
        if said:
            answer = ", ".join(said)
            rows.append(
                {"question": str(column.label), "answer": capfirst(answer) if column.vocabulary else answer}
            )
    return rows
