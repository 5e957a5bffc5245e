"""Acts of closing: the lead worker proposes, another agency closes; follow up, reopen, keep, answer complaints."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from nrm.agencies.models import Person
from nrm.agencies.queries import with_mandate
from nrm.agencies.terms import Mandate, Role
from nrm.care.queries import is_missing
from nrm.casefile.act import Knocked, act, condition, may, nothing
from nrm.casefile.beside import entry
from nrm.casefile.doing import RACES
from nrm.casefile.facts import Facts
from nrm.casefile.models import Fact, Party, PartyEnd
from nrm.casefile.questions import guardian
from nrm.casefile.sight import standing_shares
from nrm.casefile.terms import ShareBasis, SharePurpose
from nrm.casefile.timing import lead_worker
from nrm.closure import queries, refusals
from nrm.closure.beside import (
    how_it_was_closed,
    how_to_reach_her,
    what_begins_again,
    what_is_unfinished,
    what_stays,
)
from nrm.closure.lookups import complaint_waits, door_to_hold, door_to_reopen
from nrm.closure.models import (
    Closure,
    ClosureProposal,
    ComplaintAck,
    ComplaintAnswer,
    ErasureHold,
    FollowUp,
    Reopening,
)
from nrm.closure.rules import HANDED_OVER, WITHOUT_SOLUTION
from nrm.closure.terms import ClosureReason, ContactConsent, TraffickedAgain
from nrm.identification.queries import proceedings_go_on
from nrm.identification.refusals import PROPOSAL_STALE
from nrm.kernel.actor import Actor
from nrm.kernel.handling import Grant
from nrm.kernel.refusals import ANSWER_NEEDED, CASE_CLOSED, SAME_PERSON, Refusal

CLOSING = "Directive 2011/36/EU art. 11(1); CETS 197 art. 11"
SECOND_PERSON, CLOSED, REOPENED = "Second person in closing", "The case was closed", "The case was reopened"
RACES["closure_closure_confirmed_once"] = CASE_CLOSED


def her_guardian(actor: Actor, facts: Facts, _: object) -> bool:
    return guardian(facts, facts.today) == actor.person_id


WORKERS = may(Role.CW, own=[Role.GU], is_own=her_guardian)
OVERSIGHT = may(Role.OO, mandates=[Mandate.OVERSIGHT])


def may_be_closed(facts: Facts, given: ClosureProposal) -> Iterator[Refusal]:
    """All that still keeps a case open, whoever wants to close it."""
    if is_missing(facts):
        yield refusals.STILL_MISSING
    if given.reason != ClosureReason.DUPLICATE and queries.decision_pending(facts):
        yield refusals.DECISION_PENDING
    if given.reason not in WITHOUT_SOLUTION and not queries.has_durable_solution(facts):
        yield refusals.NO_DURABLE_SOLUTION
    if proceedings_go_on(facts):
        yield refusals.OFFENCE_OPEN
    if complaint_waits(facts.the_case.pk):
        yield refusals.COMPLAINT_OPEN


def show_the_co_ordinator(facts: Facts, _: ClosureProposal) -> Iterator[Fact]:
    """Whoever closes sees the summary, for that act."""
    shown = {share.agency_id for share in standing_shares(facts) if Grant.SUMMARY in share.grants}
    for office in with_mandate(Mandate.COORDINATOR):
        if office.pk not in shown:
            yield Party(
                agency=office,
                grants=[Grant.SUMMARY.value],
                purpose=SharePurpose.OVERSIGHT,
                basis=ShareBasis.LEGAL_DUTY,
                note=SECOND_PERSON,
            )


def tell_the_co_ordinator(_: Facts, __: ClosureProposal) -> Iterator[Knocked]:
    yield from (Knocked("W", agency=office.pk) for office in with_mandate(Mandate.COORDINATOR))


@act(
    writes=ClosureProposal,
    may=WORKERS,
    stands=may_be_closed,
    also=show_the_co_ordinator,
    knocks=tell_the_co_ordinator,
    leaves_agency=True,
    page=[what_is_unfinished, what_stays],
    source=CLOSING,
)
def propose(_: Facts, given: ClosureProposal) -> Iterator[Refusal]:
    """Propose to close the case."""
    if given.reason in HANDED_OVER and not given.handover_to.strip():
        yield refusals.HANDOVER_MISSING.at("handover_to")


def proposed(facts: Facts, given: Closure) -> ClosureProposal | None:
    found = facts.by_key(given.proposal)
    return found if isinstance(found, ClosureProposal) else None


def by_another_agency(facts: Facts, given: Closure) -> Iterator[Refusal]:
    """Said before any word about roles: who proposed does not close, nor does a colleague."""
    proposal = proposed(facts, given)
    if proposal is None:
        return
    if proposal.by_person_id == given.by_person_id:
        yield SAME_PERSON
    elif proposal.by_agency_id == given.by_agency_id:
        yield refusals.SAME_AGENCY


def still_right(facts: Facts, given: Closure) -> Iterator[Refusal]:
    """The newest proposal, and nothing came up since that keeps the case open."""
    proposal, waiting = proposed(facts, given), queries.proposal_waiting(facts)
    if proposal is None:
        yield ANSWER_NEEDED.at("proposal")
    elif waiting is None or waiting.pk != proposal.pk:
        yield PROPOSAL_STALE
    else:
        yield from may_be_closed(facts, proposal)


def by_its_proposer(facts: Facts, given: Closure) -> None:
    proposal = proposed(facts, given)
    if proposal is not None and proposal.by_person_id and proposal.by_agency_id:
        given.proposed_by_id = proposal.by_person_id
        given.proposed_by_agency_id = proposal.by_agency_id


def end_all_shares(facts: Facts, _: Closure) -> Iterator[Fact]:
    """Only the lead agency goes on knowing that there is a case."""
    key = lead_worker(facts)
    lead = Person.objects.filter(pk=key).values_list("agency_id", flat=True).first() if key else None
    yield Party(
        agency_id=lead or facts.the_case.opened_by_agency_id,
        grants=[Grant.EXISTENCE.value],
        purpose=SharePurpose.CARE,
        basis=ShareBasis.LEGAL_DUTY,
        note=CLOSED,
    )
    for share in standing_shares(facts):
        yield PartyEnd(share=share, reason=CLOSED)


@act(
    writes=Closure,
    may=may(Role.CO, mandates=[Mandate.COORDINATOR]),
    first=by_another_agency,
    stands=still_right,
    fills=by_its_proposer,
    also=end_all_shares,
    page=[entry(ClosureProposal, _("What was proposed")), what_is_unfinished, what_stays],
    source=CLOSING + "; House rule: two agencies close",
)
def close(facts: Facts, given: Closure) -> Iterator[Refusal]:
    """Close the case."""
    yield from nothing(facts, given)


@condition(refusals.NOT_CLOSED)
def is_closed(_: Actor, facts: Facts) -> bool:
    return queries.standing_closure(facts) is not None


@condition(refusals.NO_CONSENT_TO_CONTACT)
def she_may_be_asked(_: Actor, facts: Facts) -> bool:
    """She said yes, or came by herself as she had said she might."""
    proposal = queries.proposal_of(facts, queries.standing_closure(facts))
    agreed = {ContactConsent.YES, ContactConsent.ONLY_IF_SHE_ASKS}
    return proposal is None or proposal.contact_later in agreed


@act(
    writes=FollowUp,
    may=WORKERS,
    when=[is_closed, she_may_be_asked],
    on_closed=True,
    page=[how_to_reach_her, how_it_was_closed],
    source=CLOSING,
)
def record_follow_up(_: Facts, given: FollowUp) -> Iterator[Refusal]:
    """Record how her life goes after closing."""
    if given.re_trafficked in {TraffickedAgain.YES, TraffickedAgain.SIGNS}:
        yield refusals.SIGNS_OF_NEW_EXPLOITATION


def take_it_on(_: Facts, given: Any) -> Iterator[Fact]:
    """Whoever reopens it has every grant, as if she had opened it."""
    yield Party(
        agency_id=given.by_agency_id,
        grants=[grant.value for grant in Grant],
        purpose=SharePurpose.CARE,
        basis=ShareBasis.LEGAL_DUTY,
        note=REOPENED,
    )


@act(
    writes=Reopening,
    may=may(Role.FR, Role.CW, own=[Role.GU], is_own=her_guardian),
    when=[is_closed],
    on_closed=True,
    also=take_it_on,
    door=door_to_reopen,
    page=[how_it_was_closed, what_begins_again],
    source="CETS 197 art. 12; House rule",
)
def reopen(facts: Facts, given: Reopening) -> Iterator[Refusal]:
    """Reopen the case."""
    yield from nothing(facts, given)


@act(
    writes=ErasureHold,
    may=OVERSIGHT,
    when=[is_closed],
    on_closed=True,
    door=door_to_hold,
    source="CETS 197 art. 11; GDPR art. 17(3)",
)
def hold_erasure(facts: Facts, given: ErasureHold) -> Iterator[Refusal]:
    """Keep the record beyond its time."""
    if given.until < facts.today:
        yield ANSWER_NEEDED.at("until")


@act(writes=ComplaintAck, may=OVERSIGHT, on_case=False, source="House rule; CRC art. 12")
def acknowledge_complaint(facts: Facts, given: Any) -> Iterator[Refusal]:
    """Acknowledge a complaint."""
    yield from nothing(facts, given)


@act(writes=ComplaintAnswer, may=OVERSIGHT, on_case=False, source="House rule; CRC art. 12")
def answer_complaint(facts: Facts, given: Any) -> Iterator[Refusal]:
    """Answer a complaint."""
    yield from nothing(facts, given)
