"""What every signature under a proposal of care asks: a second person, once."""

from collections.abc import Iterator
from typing import Any

from nrm.care import refusals
from nrm.casefile.facts import Facts
from nrm.casefile.models import Confirmation, Proposal
from nrm.kernel.refusals import ANSWER_NEEDED, SAME_PERSON, Refusal


def signed_by_another(facts: Facts, given: Confirmation, kind: type[Proposal]) -> Iterator[Refusal]:
    """The proposal is of that kind, somebody else made it, and nobody has signed it yet."""
    proposal = facts.by_key(given.proposal)
    if not isinstance(proposal, kind):
        yield ANSWER_NEEDED.at("proposal")
        return
    if proposal.by_person_id == given.by_person_id:
        yield SAME_PERSON
    if any(signed.proposal == proposal.pk for signed in facts.of(type(given))):
        yield refusals.ALREADY_CONFIRMED


def by_its_proposer(facts: Facts, given: Any) -> None:
    """Keep who proposed it beside the signature: the database holds the two apart."""
    proposal = facts.by_key(given.proposal)
    given.proposed_by_id = proposal.by_person_id if proposal is not None else None
