"""Deadlines that the first contact starts."""

from collections.abc import Iterator

from nrm.casefile.facts import Facts
from nrm.casefile.timing import Owner, Run, clock
from nrm.contact.models import FirstContact, Information, SafetyMeasureTaken
from nrm.kernel.terms import Tern


@clock("IMMEDIATE_SAFETY")
def immediate_safety(facts: Facts) -> Iterator[Run]:
    """Danger now: made safe within the hour. Source: CETS 197 art. 12(1); the hour is a house rule."""
    opened = facts.first(FirstContact)
    if opened is not None and opened.danger_now == Tern.YES:
        done = facts.first(SafetyMeasureTaken)
        yield Run(
            opened, opened.at, stopped=done.at if done else None, owner=Owner(agency=opened.by_agency_id)
        )


@clock("INFORMATION")
def information(facts: Facts) -> Iterator[Run]:
    """She is told who we are. Source: CETS 197 art. 15(1); the hours are a house rule."""
    opened, told = facts.first(FirstContact), facts.first(Information)
    if opened is not None:
        yield Run(opened, opened.at, stopped=told.at if told else None)
