"""Her family: whether she is apart from it, whether it may be looked for, whether it was found."""

from collections.abc import Iterator
from datetime import date, datetime

from nrm.care.models import Assessment
from nrm.care.queries import begins
from nrm.care.terms import TracingWhen
from nrm.casefile import questions
from nrm.casefile.facts import Facts
from nrm.casefile.models import Fact
from nrm.casefile.rules import separated
from nrm.contact.queries import accompaniment_and_parents
from nrm.crossborder.models import TracingRequest, TracingResult
from nrm.crossborder.terms import TracingResult as Result
from nrm.identification import queries as identification
from nrm.kernel.terms import Tern

FOUND = frozenset({Result.FOUND_SAFE, Result.FOUND_UNSAFE})
ANSWERED = frozenset({TracingWhen.NOT_NOW, TracingWhen.NOT_SAFE})


def is_separated(facts: Facts, on: date) -> bool:
    """A child apart from her parents. Source: CETS 197 art. 10(4)(c)."""
    accompaniment, parents = accompaniment_and_parents(facts)
    if not accompaniment:
        return False
    return separated(questions.presumed(facts, on).child, accompaniment, parents)


def tracing_begins(facts: Facts) -> Iterator[tuple[Fact, datetime]]:
    """Each fact from which on her family is owed a search and was not before: presumed a victim, and separated."""
    if not any(decision.is_positive for decision in identification.decisions(facts)):
        return iter(())
    return begins(facts, _is_owed)


def _is_owed(facts: Facts, on: date) -> bool:
    standing = identification.latest_standing(facts)
    return standing is not None and standing.is_positive and is_separated(facts, on)


def tracing_is_answered(facts: Facts, since: datetime) -> datetime | None:
    """When the search was asked for, or an assessment said not now or not safe; not before it was owed."""
    asked: list[Fact] = [*facts.of(TracingRequest)]
    asked += [one for one in facts.of(Assessment) if one.tracing in ANSWERED]
    return min((max(one.at, since) for one in asked), default=None)


def tracing_word(facts: Facts, linked: Assessment | None) -> str:
    """What the linked assessment says of tracing, or a newer one: NOT_SAFE outweighs, then the newest word."""
    newest = [one for one in facts.of(Assessment) if one.tracing]
    words = [newest[-1].tracing] if newest else []
    if linked is not None and linked.tracing:
        words.append(linked.tracing)
    if TracingWhen.NOT_SAFE in words:
        return TracingWhen.NOT_SAFE
    return str(words[0]) if words else ""


def family_is_found(facts: Facts) -> bool:
    """Whether a search found her family."""
    return any(one.result in FOUND for one in facts.of(TracingResult))


def asylum_is_ruled_out(facts: Facts) -> bool:
    """Whether the newest word is that she neither has asked for asylum nor may want to. Not known is no."""
    newest = facts.latest(TracingRequest)
    return newest is not None and bool(newest.asylum_pending == Tern.NO)
