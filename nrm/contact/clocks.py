"""Deadlines that the first contact starts."""

from collections.abc import Iterator
from datetime import datetime

from nrm.casefile.facts import Facts
from nrm.casefile.keeping import without_case
from nrm.casefile.timing import Owner, Run, clock
from nrm.contact.models import (
    Complaint,
    FirstContact,
    Information,
    OnlineReport,
    Report,
    ReportAdded,
    SafetyMeasureTaken,
)
from nrm.kernel.terms import Tern


@clock("IMMEDIATE_SAFETY")
def immediate_safety(facts: Facts) -> Iterator[Run]:
    """Danger now: made safe within the hour. Source: CETS 197 art. 12(1); the hour is a house rule."""
    opened = facts.first(FirstContact)
    if opened is not None and opened.danger_now == Tern.YES:
        done = facts.first(SafetyMeasureTaken)
        yield Run(
            opened,
            facts.the_case.opened_at,
            stopped=done.at if done else None,
            owner=Owner(agency=opened.by_agency_id),
        )


@clock("INFORMATION")
def information(facts: Facts) -> Iterator[Run]:
    """She is told who we are. Source: CETS 197 art. 15(1); the hours are a house rule."""
    opened, told = facts.first(FirstContact), facts.first(Information)
    if opened is not None:
        yield Run(opened, facts.the_case.opened_at, stopped=told.at if told else None)


@without_case(Report, OnlineReport)
def report_waits(report: Report | OnlineReport) -> Iterator[tuple[str, datetime]]:
    """A report waits to be triaged; a trigger on the triage takes it from the desk. Source: house rule."""
    yield ("REPORT_TRIAGE_URGENT" if report.is_urgent else "REPORT_TRIAGE"), report.at


@without_case(Complaint)
def complaint_waits(complaint: Complaint) -> Iterator[tuple[str, datetime]]:
    """A complaint waits to be acknowledged and answered by oversight. Source: house rule."""
    yield "COMPLAINT_ACK", complaint.at
    yield "COMPLAINT_ANSWER", complaint.at


def report_runs(facts: Facts, *, urgent: bool) -> Iterator[Run]:
    """The reports of this case. Opening a case answers a report, so from then on it waits no longer here."""
    opened = facts.latest(FirstContact)
    if opened is not None and opened.report_at is not None and opened.report_urgent is urgent:
        yield Run(opened, opened.report_at, stopped=opened.triaged_at or facts.the_case.opened_at)
    for added in facts.of(ReportAdded):
        if added.report_urgent is urgent:
            yield Run(added, added.report_at, stopped=added.triaged_at, part=str(added.report))


@clock("REPORT_TRIAGE")
def report_triage(facts: Facts) -> Iterator[Run]:
    """A report is looked at within a day. Source: house rule."""
    yield from report_runs(facts, urgent=False)


@clock("REPORT_TRIAGE_URGENT")
def report_triage_urgent(facts: Facts) -> Iterator[Run]:
    """A report of danger is looked at within the hour. Source: house rule."""
    yield from report_runs(facts, urgent=True)
