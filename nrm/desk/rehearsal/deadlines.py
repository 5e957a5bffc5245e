"""Deadlines as stories name them: CODE, CODE/PART, and the rows on a desk."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta

from nrm.agencies.terms import Role
from nrm.casefile.facts import Facts
from nrm.casefile.timing import Timed, timed
from nrm.desk.rehearsal.playing import Stage
from nrm.kernel.days import Calendar, Due, escalates_on

BY_SERVICE = frozenset({"SIX_SERVICES", "SERVICE_ANSWER", "SERVICE_REVIEW"})
NONE = ("", "NONE")
WEEK = timedelta(days=7)


def as_written(due: Due | None, calendar: Calendar) -> str:
    """A day if it is the end of that day, else a minute on the wall clock."""
    if due is None:
        return ""
    if due.day is not None:
        return due.day.isoformat()
    return due.instant.astimezone(calendar.zone).strftime("%Y-%m-%dT%H:%M")


def as_expected(
    name: str, runs: Iterable[Timed], label_of: Callable[[int], str], now: datetime, calendar: Calendar
) -> tuple[str, str]:
    """(due, state) of the deadline that a story names; NONE if it never started."""
    code, _slash, part = name.partition("/")
    found = sorted((run for run in runs if run.code == code), key=lambda run: run.start)
    if part:
        found = [
            run for run in found if (run.part if code in BY_SERVICE else label_of(run.started_by)) == part
        ]
    if not found:
        return NONE
    latest = found[-1]
    state = latest.state(now)
    if code == "SIX_SERVICES" and not part:
        states = {run.state(now) for run in found if run.start == latest.start}
        state = next(one for one in ("OVERDUE", "OPEN", "STOPPED") if one in states)
    return as_written(latest.due, calendar), state


def desk_rows(stage: Stage, of: str, cases: Mapping[str, Facts], now: datetime) -> dict[str, list[str]]:
    """What lies on the desk of a person or an agency: overdue, today, and the seven days after."""
    person = stage.people.get(of)
    agency = person.agency if person else stage.agencies[of]
    rows: dict[str, list[str]] = {"overdue": [], "today": [], "week": []}
    for label, facts in cases.items():
        today = facts.today
        for run in timed(facts):
            if run.period or run.stopped is not None or run.due is None or not run.owner:
                continue
            mine = run.owner.agency == agency.pk or run.owner.mandate in agency.mandates
            mine = mine or (person is not None and run.owner.person == person.pk)
            late = run.state(now) == "OVERDUE"
            escalated = late and escalates_on(run.due, facts.pack.calendar) <= today
            if not mine and not (person is not None and Role.CO in person.roles and escalated):
                continue
            row = f"{label} {run.code}" + (f"/{run.part}" if run.part and run.code in BY_SERVICE else "")
            day = run.due.day or facts.pack.calendar.local_date(run.due.instant)
            if late:
                rows["overdue"].append(row)
            elif day == today:
                rows["today"].append(row)
            elif day <= today + WEEK:
                rows["week"].append(row)
    return rows
