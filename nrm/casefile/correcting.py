"""Correcting an earlier entry: a new row with `corrects` and `why`; the old one stays visible, struck through.

Only an entry that stands is corrected, by an act that writes its kind, by the agency that wrote it or by whoever
leads the case. What the corrector may not see is carried over unread. What two people signed, and what opens
the case to an agency, is not corrected by one person. Source: process specification 2.0; who: a house rule.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from nrm.agencies.queries import people_by_key
from nrm.casefile import refusals
from nrm.casefile.act import ACTS, Act
from nrm.casefile.facts import Facts
from nrm.casefile.form import questions
from nrm.casefile.models import Fact, Record, Row
from nrm.casefile.questions import closed_since
from nrm.casefile.sight import Sight, sight_of
from nrm.casefile.timing import lead_worker
from nrm.kernel.actor import Actor
from nrm.kernel.columns import Column
from nrm.kernel.refusals import Refusal


def key_in(act: Act, facts: Facts, said: Any) -> int | None:
    """Key of the entry that is corrected; an act that only corrects means the entry that stands."""
    text = str(said or "").strip()
    if text.isdecimal() and len(text) < 20:
        return int(text)
    latest = facts.latest(act.writes) if act.only_corrects else None
    return latest.pk if latest is not None else None


def earlier(act: Act, facts: Facts, key: int | None) -> Record | None:
    """The entry to be corrected, if it stands and this act writes its kind."""
    if key is None:
        return None
    if not issubclass(act.writes, Fact):
        struck = act.writes._default_manager.filter(corrects=key).exists()
        return None if struck else act.writes._default_manager.filter(pk=key).first()
    found = next((fact for fact in facts.standing if fact.pk == key), None)
    return found if found is not None and type(found) is act.writes and act.rewrites(found) else None


def faults(act: Act, actor: Actor, facts: Facts, key: int | None) -> Iterator[Refusal]:
    """What is wrong with correcting the entry of that key; nothing for an entry that corrects none."""
    if key is None:
        if act.only_corrects:
            yield refusals.NOTHING_TO_CORRECT
        return
    was = earlier(act, facts, key)
    if was is None or act.opens:
        yield refusals.NOTHING_TO_CORRECT
    elif not was.correctable:
        yield refusals.NOT_CORRECTED_ALONE
    elif not is_theirs(actor, facts, was):
        yield refusals.NOT_YOURS_TO_CORRECT


def is_theirs(actor: Actor, facts: Facts, was: Record) -> bool:
    """The agency that wrote it, or the person who leads the case."""
    wrote: int | None = was.by_agency_id
    return bool(wrote and wrote == actor.agency_id) or (
        bool(actor.person_id) and lead_worker(facts) == actor.person_id
    )


def acts_of(actor: Actor, facts: Facts) -> list[Act]:
    """The acts of this case by which this person may write, and so correct."""
    closed = closed_since(facts) is not None
    here = [act for act in ACTS.values() if act.on_case and not act.opens and (act.on_closed or not closed)]
    return [act for act in here if not act.who.refusals(actor, facts, None)]


def act_for(acts: Sequence[Act], actor: Actor, facts: Facts, was: Fact) -> Act | None:
    """The one of these acts by which this person may correct an entry that stands, or None."""
    if not was.correctable or not is_theirs(actor, facts, was):
        return None
    return next((act for act in acts if type(was) is act.writes and act.rewrites(was)), None)


def withheld(was: Record, sight: Sight | None) -> frozenset[str]:
    """Inputs whose earlier answers this person may not see: they are not asked but carried over."""
    if sight is None:
        return frozenset()
    by_agency = was.owner_for(sight.agency_id)
    hidden = {name for name, _f, column in questions(type(was)) if not sight.shows(was, column, by_agency)}
    for name, kind in was.rows.items():
        if any(not sight.opens(column.handling, by_agency) for _n, _f, column in questions(kind)):
            hidden.add(name)
    return frozenset(hidden)


def hidden_from(actor: Actor, act: Act, facts: Facts, key: int | None) -> frozenset[str]:
    """Inputs that this person is not asked when she corrects the entry of that key."""
    was = earlier(act, facts, key)
    if was is None or facts.case is None:
        return frozenset()
    return withheld(was, sight_of(actor, facts))


def carry_over(was: Record, given: Record, hidden: frozenset[str], facts: Facts) -> dict[str, list[Row]]:
    """Copy what was not asked, and the file if no other was handed in, from the earlier entry; gives its lines."""
    for name, field, column in questions(type(was)):
        if name in hidden or (column.kind == "file" and name not in given.handed_in):
            beside = column.target.split() if column.kind == "file" else ()
            for copied in (field.attname, *beside):
                setattr(given, copied, getattr(was, copied))
    return {
        name: [copy_of(row) for row in facts.rows(was, kind)]  # type: ignore[arg-type]
        for name, kind in was.rows.items()
        if name in hidden
    }


def copy_of(row: Row) -> Row:
    """A line with the same answers."""
    return type(row)(**{f.attname: getattr(row, f.attname) for _n, f, _c in questions(type(row))})


def as_typed(was: Record, facts: Facts, hidden: frozenset[str]) -> dict[str, Any]:
    """The earlier answers as a page shows them in its boxes."""
    typed = {name: said for name, said in answers_of(was).items() if name not in hidden}
    for name, kind in was.rows.items():
        if name not in hidden:
            typed[name] = [answers_of(row) for row in facts.rows(was, kind)]  # type: ignore[arg-type]
    return typed | {"at": was.at, "corrects": was.pk}


def answers_of(given: Record | Row) -> dict[str, Any]:
    """Input -> what was answered, of everything that was."""
    found = {name: _typed(given, field, column) for name, field, column in questions(type(given))}
    return {name: said for name, said in found.items() if said not in (None, "", [])}


def _typed(given: Record | Row, field: Any, column: Column) -> Any:
    value = getattr(given, field.attname)
    if column.kind == "file":
        return None  # chosen anew, or kept
    if value is None or column.kind not in ("agency", "person", "persons", "case"):
        return value
    if column.kind == "persons":
        return [person.key for person in people_by_key(value)]
    named = getattr(given, field.name)
    return named.reference if column.kind == "case" else named.key
