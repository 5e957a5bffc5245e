"""Deadlines of a case: each room declares its clocks, this module runs them all. Pure over the facts.

A clock yields runs: what started it, what stopped it. How long it may run, in which unit, at whose desk,
under which law stands in the country pack under the clock's code. Source: process specification 2.11.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from nrm.agencies.terms import Mandate
from nrm.casefile.facts import Facts
from nrm.casefile.models import LeadWorker, Record
from nrm.casefile.questions import closed_since, closings, guardian
from nrm.kernel.days import Due, due_after


@dataclass(frozen=True)
class Owner:
    """At whose desk a deadline lies: a person, an agency, or every agency with a mandate. Empty: at nobody's."""

    person: int | None = None
    agency: int | None = None
    mandate: str = ""

    def __bool__(self) -> bool:
        return bool(self.person or self.agency or self.mandate)


@dataclass(frozen=True)
class Run:
    """One run of a clock. started: the fact that started it (the key of a fact that gives its label).

    variant picks a length of the pack (IMMEDIATE, URGENT, ROUTINE, RETURN). due replaces the pack's
    length where the law counts otherwise. period: a right that runs, nobody's duty (REFLECTION).
    """

    started: Record
    start: datetime
    stopped: datetime | None = None
    part: str = ""
    variant: str = ""
    due: Due | None = None
    owner: Owner | None = None
    period: bool = False


@dataclass(frozen=True)
class Timed:
    """One deadline of one case, counted out. source: what the pack says its length stands on."""

    code: str
    part: str
    started_by: int
    start: datetime
    due: Due | None
    stopped: datetime | None
    owner: Owner
    source: str
    period: bool = False

    def state(self, now: datetime) -> str:
        """OPEN, OVERDUE or STOPPED; a period is RUNNING or ENDED."""
        if self.period:
            over = self.stopped is not None or (self.due is not None and self.due.is_past(now))
            return "ENDED" if over else "RUNNING"
        if self.stopped is not None:
            return "STOPPED"
        return "OVERDUE" if self.due is not None and self.due.is_past(now) else "OPEN"


Clock = Callable[[Facts], Iterable[Run]]
CLOCKS: dict[str, Clock] = {}
GO_ON_AFTER_CLOSURE = {
    "FOLLOW_UP", "RETENTION", "XB_OUTCOME", "BREAK_GLASS_REVIEW", "COMPLAINT_ACK", "COMPLAINT_ANSWER",
}  # fmt: skip
DESKS_BY_MANDATE = {
    "HOTLINE": Mandate.HOTLINE,
    "AUTHORITY": Mandate.COMPETENT_AUTHORITY,
    "ASSESSOR": Mandate.AGE_ASSESSOR,
    "GUARDIANSHIP_OFFICE": Mandate.GUARDIANSHIP,
    "COORDINATOR": Mandate.COORDINATOR,
    "FOCAL_POINT": Mandate.FOCAL_POINT,
    "OVERSIGHT": Mandate.OVERSIGHT,
}


def clock(code: str) -> Callable[[Clock], Clock]:
    """Declare the clock of one code; the pack must know the code."""

    def enter(runs: Clock) -> Clock:
        if CLOCKS.setdefault(code, runs) is not runs:
            raise ValueError(f"the clock {code} is declared twice")
        return runs

    return enter


def lead_worker(facts: Facts) -> int | None:
    """Key of the person who leads the case now."""
    latest = facts.latest(LeadWorker)
    return latest.person_id if latest else None


def desk(word: str, facts: Facts, run: Run) -> Owner:
    """Who owns a run, by the pack's word for the desk."""
    if run.owner is not None:
        return run.owner
    match word:
        case "NOBODY":
            return Owner()
        case "LEAD_WORKER":
            lead = lead_worker(facts)
            return Owner(person=lead) if lead else Owner(agency=facts.the_case.opened_by_agency_id)
        case "GUARDIAN":
            person = guardian(facts, facts.today)
            return Owner(person=person) if person else Owner(mandate=Mandate.GUARDIANSHIP)
        case "OPENER" | "SENDER" | "PROVIDER":
            return Owner(agency=facts.the_case.opened_by_agency_id)
        case _:
            return Owner(mandate=DESKS_BY_MANDATE[word])


def counted(code: str, run: Run, facts: Facts) -> Timed:
    """A run with its due moment and its desk."""
    rule = facts.pack.deadline(code, run.variant)
    due = run.due or due_after(run.start, rule.length, facts.pack.calendar)
    return Timed(
        code=code,
        part=run.part,
        started_by=run.started.pk,
        start=run.start,
        due=due,
        stopped=run.stopped,
        owner=desk(rule.desk, facts, run),
        source=rule.source,
        period=run.period,
    )


def timed(facts: Facts) -> tuple[Timed, ...]:
    """Every deadline of the case, running or stopped. Closing ends all but the few that go on after it.

    What closing ended stays ended when the case is reopened; a right that runs (a period) does not.
    """
    closed, ends = closed_since(facts), closings(facts)
    found: list[Timed] = []
    for code, runs in CLOCKS.items():
        for run in runs(facts):
            made = counted(code, run, facts)
            if made.stopped is None and code not in GO_ON_AFTER_CLOSURE:
                ended = None if made.period else next((at for at in ends if at >= made.start), None)
                made = replace(made, stopped=ended or closed)
            found.append(made)
    return tuple(found)
