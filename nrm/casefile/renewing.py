"""Renews what is kept of a case that nobody acted in, because time has passed: midnight, a birthday, a limit.

The worker becomes nrm_clock for one transaction, with one case in its signature: it reads that case's facts
and writes its projections, and can write no fact. Renewing twice is renewing once.
"""

import contextlib
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection, transaction

from nrm.casefile import story
from nrm.casefile.keeping import keep
from nrm.casefile.questions import guardian
from nrm.casefile.timing import lead_worker
from nrm.kernel import walls
from nrm.kernel.actor import Actor
from nrm.kernel.packs import Pack
from nrm.kernel.signature import bind
from nrm.messages import knocking

BATCH = 200
LONG_AGO = datetime(1, 1, 2, tzinfo=UTC)
log = logging.getLogger(__name__)

TO_RENEW_SQL = [
    # For the worker: which cases, by key and reference, in the order in which their moment came. Nothing else.
    """CREATE OR REPLACE FUNCTION casefile_to_renew(at timestamptz, since timestamptz, beyond bigint, most int)
RETURNS TABLE (moment timestamptz, case_id bigint, reference text) LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
  SELECT h.renew_at, h.case_id, h.reference::text FROM public.casefile_headline h
  WHERE h.renew_at <= at AND (h.renew_at, h.case_id) > (since, beyond)
  ORDER BY h.renew_at, h.case_id LIMIT most
$$""",
    "ALTER FUNCTION casefile_to_renew(timestamptz, timestamptz, bigint, int) OWNER TO nrm_keeper",
    "REVOKE ALL ON FUNCTION casefile_to_renew(timestamptz, timestamptz, bigint, int) FROM PUBLIC",
    "GRANT EXECUTE ON FUNCTION casefile_to_renew(timestamptz, timestamptz, bigint, int) TO nrm_worker",
]
FORGET_SQL = [
    # For the worker: drafts whose time has passed go, by the database's clock too; it reads none of them.
    """CREATE OR REPLACE FUNCTION casefile_forget_drafts(at timestamptz) RETURNS int LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  gone int;
BEGIN
  DELETE FROM public.casefile_draft WHERE lapses_at <= least(at, now());
  GET DIAGNOSTICS gone = ROW_COUNT;
  RETURN gone;
END $$""",
    "ALTER FUNCTION casefile_forget_drafts(timestamptz) OWNER TO nrm_keeper",
    "REVOKE ALL ON FUNCTION casefile_forget_drafts(timestamptz) FROM PUBLIC",
    "GRANT EXECUTE ON FUNCTION casefile_forget_drafts(timestamptz) TO nrm_worker",
]
walls.MORE_SQL.append(lambda: [*TO_RENEW_SQL, *FORGET_SQL])


@dataclass(frozen=True)
class Renewed:
    """cases: how many were renewed. failed: how many wait for the next time. drafts: how many had lapsed and went."""

    cases: int = 0
    failed: int = 0
    drafts: int = 0


def renew_due(*, now: datetime, pack: Pack) -> Renewed:
    """Every case whose moment has come. One that cannot be renewed holds up no other; it is tried again next time."""
    cases = failed = 0
    for case_id, reference in list_due(now):
        try:
            renew(case_id, reference, now=now, pack=pack)
            cases += 1
        except Exception:  # whatever is wrong with one case, the others' desks must be right
            log.exception("a case was not renewed")
            failed += 1
    return Renewed(cases, failed, forget_drafts(now))


def forget_drafts(now: datetime) -> int:
    """Answers that nobody sent in time are deleted for good; how many. Source: GDPR art. 5(1)(e)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT casefile_forget_drafts(%s)", [now])
        return int(cursor.fetchone()[0])


def list_due(now: datetime) -> Iterator[tuple[int, str]]:
    last: tuple[datetime, int] = (LONG_AGO, 0)
    while True:
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM casefile_to_renew(%s, %s, %s, %s)", [now, *last, BATCH])
            found = cursor.fetchall()
        for moment, case_id, reference in found:
            last = moment, case_id
            yield case_id, reference
        if len(found) < BATCH:
            return


def renew(case_id: int, reference: str, *, now: datetime, pack: Pack) -> None:
    """One case in one transaction. Knocks at the lead worker's and guardian's if a deadline began or ended."""
    with transaction.atomic():
        with _as_clock():
            bind(Actor(person_id=walls.THE_CLOCK, agency_id=case_id), now=now)
            facts = story.read(reference, now=now, pack=pack, lock=True)
            if facts is None:
                raise LookupError("the clock does not see the case that it is to renew")
            with connection.cursor() as cursor:
                cursor.execute("SELECT casefile_renew_access()")
            moved = any(keep(facts))
        if moved:
            people = (lead_worker(facts), guardian(facts, facts.today))
            knocking.lay_out((("W", person, None) for person in people), at=now)


@contextlib.contextmanager
def _as_clock() -> Iterator[None]:
    """The clock's rights; an error ends them with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE nrm_clock")
        yield
        cursor.execute("SET LOCAL ROLE NONE")
