"""Deadlines of work with other States. Lengths and desks stand in the country pack."""

from collections.abc import Iterator
from datetime import datetime

from nrm.casefile.facts import Facts
from nrm.casefile.keeping import ends_without_case, without_case
from nrm.casefile.timing import Run, clock
from nrm.crossborder import queries
from nrm.crossborder.lookups import receipts, replies
from nrm.crossborder.models import (
    IncomingMessage,
    OurAcknowledgement,
    OurOutcome,
    OurReply,
    OutgoingMessage,
    SolutionConfirmed,
)
from nrm.identification import queries as identification


@clock("FAMILY_TRACING")
def family_tracing(facts: Facts) -> Iterator[Run]:
    """From positive grounds of a separated child to a search, or to an assessment that says not now.

    Source: CETS 197 art. 10(4)(c); GRETA: immediately; the days are a house rule.
    """
    for started, start in queries.tracing_begins(facts):
        yield Run(started, start, stopped=queries.tracing_is_answered(facts, start))


def ended(facts: Facts, message: OutgoingMessage, at: datetime | None) -> datetime | None:
    """That moment, or when the outcome of the message was told without it."""
    told = queries.outcome_of(facts, message.pk)
    return at or (told.at if told else None)


@clock("XB_ACK")
def acknowledgement(facts: Facts) -> Iterator[Run]:
    """From a message to its receipt. Source: CETS 197 art. 33, 34; the hours are a house rule."""
    for message in facts.of(OutgoingMessage):
        came = queries.acknowledgement_of(facts, message.pk)
        stopped = ended(facts, message, came.at if came else None)
        yield Run(message, message.at, stopped=stopped, variant=message.urgency)


@clock("XB_ANSWER")
def reply(facts: Facts) -> Iterator[Run]:
    """From the receipt to the answer. Source: CETS 197 art. 33, 34; the hours are a house rule."""
    for message in facts.of(OutgoingMessage):
        started = queries.acknowledgement_of(facts, message.pk)
        if started is not None:
            came = queries.reply_to(facts, message.pk)
            stopped = ended(facts, message, came.at if came else None)
            yield Run(started, started.at, stopped=stopped, variant=message.urgency)


@clock("XB_OUTCOME")
def outcome(facts: Facts) -> Iterator[Run]:
    """From the answer to what became of it; it goes on after closing. Source: CETS 197 art. 34."""
    for message in facts.of(OutgoingMessage):
        started = queries.reply_to(facts, message.pk)
        if started is not None:
            yield Run(started, started.at, stopped=ended(facts, message, None))


@clock("DURABLE_SOLUTION")
def durable_solution(facts: Facts) -> Iterator[Run]:
    """From the last positive step of identification until a solution is confirmed. Source: house rule."""
    last_step = (
        (identification.CG,) if facts.pack.decision_steps > 1 else (identification.RG, identification.CG)
    )
    before = None
    for decision in identification.decisions(facts, *last_step):
        follows = before is not None and before.is_positive and not before.quashed
        before = decision
        if not decision.is_positive or follows:
            continue
        ends = [one.at for one in facts.of(SolutionConfirmed) if one.at >= decision.at]
        ends += [
            one.at
            for one in identification.decisions(facts, *last_step)
            if one.at > decision.at and not one.is_positive
        ]
        quashed = identification.quashed_at(facts, decision)
        ends += [quashed] if quashed else []
        yield Run(decision.confirmed, decision.at, stopped=min(ends, default=None))


@without_case(IncomingMessage)
def message_waits(message: IncomingMessage) -> Iterator[tuple[str, datetime]]:
    """A message from another State waits for our receipt."""
    yield f"XB_ACK_{message.urgency}", message.at


@without_case(OurAcknowledgement)
def answer_is_owed(receipt: OurAcknowledgement) -> Iterator[tuple[str, datetime]]:
    """From our receipt on the other State waits for our answer."""
    yield f"XB_ANSWER_{receipt.urgency}", receipt.at


@without_case(OurReply)
def outcome_is_owed(answer: OurReply) -> Iterator[tuple[str, datetime]]:
    """From our answer on the other State is owed the final result. Source: CETS 197 art. 34."""
    yield "XB_OUTCOME", answer.at


@ends_without_case(OurAcknowledgement)
def receipt_ends(receipt: OurAcknowledgement) -> Iterator[tuple[int, str]]:
    yield receipt.message, "XB_ACK"


@ends_without_case(OurReply)
def answer_ends(answer: OurReply) -> Iterator[tuple[int, str]]:
    yield from ((key, "XB_ANSWER") for key in receipts(answer.message))


@ends_without_case(OurOutcome)
def outcome_ends(told: OurOutcome) -> Iterator[tuple[int, str]]:
    """The final result answers everything that was still owed."""
    yield told.message, "XB_ACK"
    yield from ((key, "XB_ANSWER") for key in receipts(told.message))
    yield from ((key, "XB_OUTCOME") for key in replies(told.message))
