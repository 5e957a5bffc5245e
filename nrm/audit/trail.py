"""The audit's one door in and its reads. If a row cannot be written, the act or the page does not happen."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from nrm.audit.models import Entry
from nrm.kernel.actor import Actor
from nrm.kernel.statements import insert, rows

DONE, LOOK, SEARCH, DENIED = "DONE", "LOOK", "SEARCH", "DENIED"
_DENIED: ContextVar[list[Entry] | None] = ContextVar("denied", default=None)


@dataclass(frozen=True)
class Seen:
    """One line of "who looked": when, which person and agency, by which act and for which purpose."""

    at: datetime
    act: str
    outcome: str
    person_id: int
    agency_id: int
    purpose: str
    case_reference: str


def record(
    act: str,
    outcome: str,
    *,
    actor: Actor,
    now: datetime,
    at: datetime | None = None,
    case_id: int | None = None,
    case_reference: str = "",
    table: str = "",
    key: int | None = None,
    codes: Iterable[str] = (),
    grants: Iterable[str] = (),
    purpose: str = "",
) -> None:
    """Write one row in the transaction that is open. `now`: when it is recorded; `at`: when it happened, if not now."""
    entry = Entry(
        at=at or now,
        recorded_at=now,
        act=act,
        outcome=outcome,
        person_id=actor.person_id,
        agency_id=actor.agency_id,
        case_id=case_id,
        case_reference=case_reference,
        table=table,
        key=key,
        codes=list(codes),
        grants=list(grants),
        purpose=purpose,
    )
    insert(entry)
    if outcome == DENIED and (kept := _DENIED.get()) is not None:
        kept.append(entry)


@contextmanager
def denials_kept() -> Iterator[list[Entry]]:
    """The denials recorded meanwhile: whoever opens the transaction writes them again should it be undone."""
    kept: list[Entry] = []
    token = _DENIED.set(kept)
    try:
        yield kept
    finally:
        _DENIED.reset(token)


def record_again(denied: Iterable[Entry]) -> None:
    """Write rows that were undone with their transaction: a denial outlives it."""
    for entry in denied:
        entry.save(force_insert=True)


def _seen(entry: Entry) -> Seen:
    return Seen(
        at=entry.at,
        act=entry.act,
        outcome=entry.outcome,
        person_id=entry.person_id,
        agency_id=entry.agency_id,
        purpose=entry.purpose,
        case_reference=entry.case_reference,
    )


@dataclass(frozen=True)
class Looks:
    """How often one agency looked for one purpose, and when last."""

    agency_id: int
    purpose: str
    count: int
    last: datetime


def looks_by_reason(case_id: int, *, limit: int = 200) -> list[Looks]:
    """Who looked at this case, of its newest looks; who looked last comes first.

    Row-level security decides whose trail this actor may read.
    """
    found = rows(
        "SELECT agency_id, purpose, count(*), (array_agg(at ORDER BY id DESC))[1] FROM ("
        "SELECT id, agency_id, purpose, at FROM audit_entry WHERE case_id = %s AND outcome IN (%s, %s)"
        " ORDER BY id DESC LIMIT %s) newest GROUP BY agency_id, purpose ORDER BY max(id) DESC",
        [case_id, LOOK, SEARCH, limit],
    )
    return [Looks(*one) for one in found]


def of_person(person_id: int, *, limit: int = 200) -> list[Seen]:
    """What one person did and saw, newest first: everyone can read her own trail."""
    return [_seen(entry) for entry in Entry.objects.filter(person_id=person_id).order_by("-id")[:limit]]


def of_case(case_reference: str) -> list[Seen]:
    """Every row of one case, oldest first."""
    return [_seen(entry) for entry in Entry.objects.filter(case_reference=case_reference).order_by("id")]
