"""Reminds of time limits that are near or past. A reminder names nothing: one a day at one door is enough.

Two working days before and on the due day, or when a quarter of the hours is left; each working day while
overdue, and from the third on at the co-ordinator's too. Source: process specification 2.11, a house rule.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import connection

from nrm.agencies.queries import keys_by_mandate
from nrm.agencies.terms import Mandate
from nrm.kernel import walls
from nrm.kernel.days import Calendar, Due, reminders
from nrm.messages import knocking

MORNING = time(7)  # on the wall: nobody is reminded of a day at midnight
FAR = timedelta(days=30)  # further away than two working days ever are

NEAR_SQL = [
    # For the worker: whose door, and when. Neither the case nor what is due.
    """CREATE OR REPLACE FUNCTION casefile_near(horizon timestamptz)
RETURNS TABLE (started_at timestamptz, due_at timestamptz, due_day date, escalates_on date,
               person_id bigint, agency_id bigint, mandate text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT DISTINCT w.started_at, w.due_at, w.due_day, w.escalates_on, w.person_id, w.agency_id, w.mandate::text
  FROM public.casefile_waiting w WHERE w.due_at <= horizon
$$""",
    "ALTER FUNCTION casefile_near(timestamptz) OWNER TO nrm_keeper",
    "REVOKE ALL ON FUNCTION casefile_near(timestamptz) FROM PUBLIC",
    "GRANT EXECUTE ON FUNCTION casefile_near(timestamptz) TO nrm_worker",
]
walls.MORE_SQL.append(lambda: NEAR_SQL)


@dataclass(frozen=True)
class Near:
    """A time limit without its case: since when, until when, at whose door."""

    started_at: datetime
    due: Due
    escalates_on: date | None
    person: int | None
    agency: int | None
    mandate: str


def remind(*, now: datetime, calendar: Calendar) -> int:
    """Lay out what is to be said now and was not said yet. Returns how many knocks that were."""
    by_mandate = keys_by_mandate()
    wanted = [
        (person, agency, occasion)
        for near in all_near(now)
        if (occasion := occasion_of(near, now=now, calendar=calendar))
        for person, agency in doors(near, by_mandate, calendar.local_date(now))
    ]
    return knocking.remind(wanted, at=now)


def all_near(now: datetime) -> Iterator[Near]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM casefile_near(%s)", [now + FAR])
        for started_at, due_at, due_day, escalates_on, person, agency, mandate in cursor.fetchall():
            yield Near(started_at, Due(due_at, due_day), escalates_on, person, agency, mandate)


def occasion_of(near: Near, *, now: datetime, calendar: Calendar) -> str:
    """The day, or the instant, for which somebody is to be reminded now; empty: for none."""
    today = calendar.local_date(now)
    for moment in reminders(near.started_at, near.due, calendar):
        if isinstance(moment, datetime) and moment <= now and not near.due.is_past(now):
            return f"{moment:%Y-%m-%dT%H:%M:%S}"
    if now.astimezone(calendar.zone).time() < MORNING:
        return ""
    last = near.due.day or calendar.local_date(near.due.instant)
    overdue = near.due.is_past(now) and today > last and calendar.is_working_day(today)
    near_now = today in reminders(near.started_at, near.due, calendar)
    return today.isoformat() if overdue or near_now else ""


def doors(
    near: Near, by_mandate: dict[str, list[int]], today: date
) -> Iterator[tuple[int | None, int | None]]:
    """(person, agency): the owner's, and the co-ordinator's once it has escalated."""
    if near.person or near.agency:
        yield near.person, None if near.person else near.agency
    yield from ((None, agency) for agency in by_mandate.get(near.mandate, ()))
    if near.escalates_on is not None and near.escalates_on <= today:
        yield from ((None, agency) for agency in by_mandate.get(Mandate.COORDINATOR, ()))
