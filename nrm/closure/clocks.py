"""Deadlines that closing starts. Days and desks stand in the country pack."""

from collections.abc import Iterator
from datetime import datetime
from itertools import zip_longest

from nrm.casefile.facts import Facts
from nrm.casefile.keeping import ends_without_case
from nrm.casefile.timing import Run, clock
from nrm.closure import queries
from nrm.closure.models import Closure, ComplaintAck, ComplaintAnswer, FollowUp, Reopening
from nrm.closure.terms import ClosureReason, ContactConsent
from nrm.crossborder.queries import return_implemented
from nrm.kernel.days import Due, due_after


def reopened_after(facts: Facts, closure: Closure) -> datetime | None:
    later = (one.at for one in facts.of(Reopening) if (one.at, one.pk) > (closure.at, closure.pk))
    return next(later, None)


@clock("FOLLOW_UP")
def follow_up(facts: Facts) -> Iterator[Run]:
    """She is asked how life goes, if she agreed; after a return three times. House rule."""
    for closure in facts.of(Closure):
        proposal, again = queries.proposal_of(facts, closure), reopened_after(facts, closure)
        if proposal is None or proposal.contact_later != ContactConsent.YES:
            continue
        returned = proposal.reason == ClosureReason.RETURNED_AND_FOLLOWED_UP or return_implemented(facts)
        variant = "RETURN" if returned else ""
        lengths = facts.pack.deadline("FOLLOW_UP", variant).lengths
        asked = [
            one.at for one in facts.of(FollowUp) if one.at >= closure.at and (not again or one.at < again)
        ]
        for length, at in zip_longest(lengths, asked[: len(lengths)]):
            due = due_after(closure.at, length, facts.pack.calendar)
            yield Run(closure, closure.at, stopped=at or again, variant=variant, due=due)


@clock("RETENTION")
def retention(facts: Facts) -> Iterator[Run]:
    """The record is kept until the later of the pack's years and her birthday, then erased. House rule; counsel."""
    for closure in facts.of(Closure):
        last = queries.retained_until(facts, closure)
        due = Due(facts.pack.calendar.end_of(last), last) if last is not None else None
        yield Run(closure, closure.at, stopped=reopened_after(facts, closure), due=due)


@ends_without_case(ComplaintAck)
def acknowledged(ack: ComplaintAck) -> Iterator[tuple[int, str]]:
    """An acknowledgement ends the first of the two waits of a complaint."""
    yield ack.complaint_id, "COMPLAINT_ACK"


@ends_without_case(ComplaintAnswer)
def answered(answer: ComplaintAnswer) -> Iterator[tuple[int, str]]:
    """An answer ends both."""
    yield answer.complaint_id, "COMPLAINT_ACK"
    yield answer.complaint_id, "COMPLAINT_ANSWER"
