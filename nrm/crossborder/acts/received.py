"""Messages from other States: each becomes a report to triage, and is acknowledged, answered and brought to an end.

The last three are the acts of the same name where no case is named: whatever the report becomes, the other
State is owed its answer.
"""

from collections.abc import Iterator
from typing import Any

from nrm.agencies.queries import with_mandate
from nrm.agencies.terms import Mandate
from nrm.casefile.act import Knocked, act, nothing
from nrm.casefile.facts import Facts
from nrm.contact.models import Report
from nrm.contact.terms import Channel, ContactWish, Informant
from nrm.crossborder import refusals
from nrm.crossborder.acts.messages import SOURCE
from nrm.crossborder.acts.people import FOCAL_POINT
from nrm.crossborder.lookups import incoming, is_acknowledged
from nrm.crossborder.models import IncomingMessage, OurAcknowledgement, OurOutcome, OurReply
from nrm.crossborder.terms import MessageHandling, conditions_in_words
from nrm.kernel.ids import new_id
from nrm.kernel.refusals import ANSWER_NEEDED, Refusal
from nrm.kernel.terms import Tern, Urgency

WORDS_OF_OTHER = "handling_other"
DANGER = {Urgency.IMMEDIATE: Tern.YES, Urgency.URGENT: Tern.NOT_KNOWN, Urgency.ROUTINE: Tern.NO}


def number_the_report(_: Facts, given: IncomingMessage) -> None:
    given.report = new_id()


def as_report(_: Facts, given: IncomingMessage) -> Iterator[Report]:
    """What whoever triages reads, with what binds us; the rest of the message stays with the focal point."""
    yield Report(
        id=given.report,
        what="\n".join([given.text, "", *conditions(given)]),
        danger_now=DANGER[Urgency(given.urgency)],
        may_we_contact=ContactWish.YES,
        informant_kind=Informant.OTHER_STATE,
        channel=Channel.OTHER_STATE,
    )


def conditions(given: IncomingMessage) -> Iterator[str]:
    """What binds us, a line each."""
    own_words = getattr(given, WORDS_OF_OTHER)
    yield from (f"! {line}" for line in conditions_in_words(given.handling, own_words, given.delete_by))


def knock_for_it(_: Facts, given: IncomingMessage) -> Iterator[Knocked]:
    sentence = "W" if given.urgency == Urgency.ROUTINE else "U"
    for mandate in (Mandate.HOTLINE, Mandate.FOCAL_POINT):
        yield from (Knocked(sentence, agency=office.pk) for office in with_mandate(mandate))


@act(
    writes=IncomingMessage,
    may=FOCAL_POINT,
    fills=number_the_report,
    also=as_report,
    knocks=knock_for_it,
    on_case=False,
    source=SOURCE,
)
def receive_transnational_referral(_: Facts, given: IncomingMessage) -> Iterator[Refusal]:
    """Record a message from another State."""
    if MessageHandling.DELETE_BY in given.handling and given.delete_by is None:
        yield ANSWER_NEEDED.at("delete_by")


def as_urgent_as_it(_: Facts, given: OurAcknowledgement) -> None:
    message = incoming(given.message)
    given.urgency = message.urgency if message is not None else Urgency.IMMEDIATE


@act(
    writes=OurAcknowledgement,
    may=FOCAL_POINT,
    fills=as_urgent_as_it,
    name="crossborder.acknowledge",
    alone=True,
    source=SOURCE,
)
def acknowledge_theirs(facts: Facts, given: OurAcknowledgement) -> Iterator[Refusal]:
    """Record that a message was received."""
    yield from nothing(facts, given)


@act(writes=OurReply, may=FOCAL_POINT, name="crossborder.answer", alone=True, source=SOURCE)
def answer_theirs(_: Facts, given: OurReply) -> Iterator[Refusal]:
    """Record the answer to a message."""
    if not is_acknowledged(given.message):
        yield refusals.ANSWER_BEFORE_RECEIPT.at("message")


@act(writes=OurOutcome, may=FOCAL_POINT, name="crossborder.record_outcome", alone=True, source=SOURCE)
def record_outcome_of_theirs(facts: Facts, given: Any) -> Iterator[Refusal]:
    """Record what became of a message."""
    yield from nothing(facts, given)
