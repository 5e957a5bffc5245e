"""Acts about several children: those met together, those who belong together."""

from collections.abc import Iterator

from nrm.casefile.act import act, may, nothing
from nrm.casefile.facts import Facts
from nrm.contact import refusals
from nrm.contact.acts.meeting import OPENERS, WORKERS
from nrm.contact.lookups import linked
from nrm.contact.models import Event, EventLink, Relationship
from nrm.kernel.refusals import Refusal


@act(writes=Event, may=may(*OPENERS, mandates="open"), source="House rule")
def record_event(facts: Facts, given: Event) -> Iterator[Refusal]:
    """Say that several children were met together."""
    yield from nothing(facts, given)


@act(writes=EventLink, may=may(*OPENERS, mandates="open"), source="House rule")
def link_to_event(facts: Facts, given: EventLink) -> Iterator[Refusal]:
    """Say that she was one of the children met together."""
    if linked(given.event_id, but=facts.the_case.pk) >= given.event.children_seen:
        yield refusals.MORE_CASES_THAN_CHILDREN.at("event")


@act(writes=Relationship, may=may(*WORKERS), source="CRC art. 9, 20")
def record_relationship(facts: Facts, given: Relationship) -> Iterator[Refusal]:
    """Say to which other child she belongs."""
    if given.other_case_id == facts.the_case.pk:
        yield refusals.RELATION_TO_SELF.at("other_case")
