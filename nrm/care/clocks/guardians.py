"""Deadlines of care."""

from collections.abc import Iterator

from nrm.care.models import Guardianship
from nrm.care.queries import guardianship, need_begins
from nrm.care.terms import GuardianKind
from nrm.casefile.facts import Facts
from nrm.casefile.timing import Run, clock


def until_appointed(facts: Facts, kinds: frozenset[str]) -> Iterator[Run]:
    """From each beginning of the need to the first guardian of those kinds; one who is there already counts."""
    for fact, since in need_begins(facts):
        running = guardianship(facts, facts.pack.calendar.local_date(since))
        there = running is not None and running.kind in kinds and running.at <= since
        later = (one.at for one in facts.of(Guardianship) if one.kind in kinds and one.at >= since)
        yield Run(fact, since, stopped=since if there else min(later, default=None))


@clock("INTERIM_GUARDIAN")
def interim_guardian(facts: Facts) -> Iterator[Run]:
    """Someone at her side for the first days. Source: CETS 197 art. 10(4)(a); the hours are a house rule."""
    yield from until_appointed(facts, frozenset(GuardianKind))


@clock("GUARDIAN")
def guardian(facts: Facts) -> Iterator[Run]:
    """A guardian who stays. Source: CETS 197 art. 10(4)(a); the days are a house rule."""
    yield from until_appointed(facts, frozenset({GuardianKind.FULL}))
