"""Acts that decide: one person proposes, another signs. Then she is told."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from nrm.agencies.terms import Role
from nrm.casefile.act import Knocked, act, condition, may, nothing
from nrm.casefile.beside import Beside, entry, her_views, instead, time_limit
from nrm.casefile.doing import RACES
from nrm.casefile.facts import Facts
from nrm.casefile.known import HER_WORDS
from nrm.identification import queries, refusals
from nrm.identification.acts.conditions import (
    DECIDERS,
    SECOND_PEOPLE,
    agency_decides,
    exploited_as_a_child,
    has_her_guardian,
    has_reasonable_grounds,
    is_guarded,
    trained_to_decide,
    was_received,
)
from nrm.identification.beside import evidence, presumption, the_law, what_follows, what_waits
from nrm.identification.known import BY_THE_CASE
from nrm.identification.models import (
    Confirmed,
    DecisionProposal,
    ExtensionProposal,
    Notification,
    ProposalReturned,
    ReconsiderationRequest,
)
from nrm.identification.terms import DecisionReason, Notified, Outcome
from nrm.kernel.actor import Actor
from nrm.kernel.refusals import ANSWER_NEEDED, SAME_PERSON, Refusal
from nrm.referral.beside import what_came
from nrm.referral.queries import latest

SOURCE = "CETS 197 art. 10(1), 10(2)"
RACES["identification_confirmed_confirmed_once"] = refusals.PROPOSAL_STALE


def tell_a_colleague(_: Facts, given: Any) -> Iterator[Knocked]:
    yield Knocked("W", agency=given.by_agency_id)


def negative_needs_a_guardian(facts: Facts, given: DecisionProposal) -> Iterator[Refusal]:
    if given.outcome == Outcome.NEGATIVE and not is_guarded(facts):
        yield refusals.CHILD_UNGUARDED


def not_too_early(facts: Facts, given: DecisionProposal) -> Iterator[Refusal]:
    """Some laws name an earliest day; it never delays help."""
    began, wait = queries.first_positive(facts), facts.pack.conclusive_grounds_not_before
    if began is not None and wait is not None:
        earliest = facts.pack.calendar.local_date(began.at) + timedelta(days=wait)
        if facts.pack.calendar.local_date(given.at) < earliest:
            yield refusals.TOO_EARLY.with_values(date=earliest)
    yield from negative_needs_a_guardian(facts, given)


def judged(facts: Facts, given: DecisionProposal) -> Iterator[Refusal]:
    """Positive names acts and purposes; nothing a child cannot consent to is a reason."""
    if given.outcome == Outcome.POSITIVE and given.kind != queries.AGE:
        if not given.acts:
            yield ANSWER_NEEDED.at("acts")
        if not given.purposes:
            yield ANSWER_NEEDED.at("purposes")
    if DecisionReason.refused_only & set(given.reason_codes) and exploited_as_a_child(facts):
        yield refusals.REASON_NOT_LAWFUL_FOR_CHILD.at("reason_codes")
    shown = given.kind != queries.AGE and bool(given.acts) and bool(given.purposes)
    if given.outcome == Outcome.NEGATIVE and shown and exploited_as_a_child(facts):
        yield refusals.SHOWN_AND_NEGATIVE.at("outcome")


def to_decide(step: str) -> list[Beside]:
    """What is read before one of the two steps is decided."""
    return [what_came, her_views, evidence, the_law(step), what_follows, time_limit(step.upper())]


def unlawful_for_a_child(facts: Facts) -> dict[str, frozenset[str]]:
    """Reasons that no decision about a child may give: they are not even offered."""
    return {"reason_codes": DecisionReason.refused_only} if exploited_as_a_child(facts) else {}


def of_reasonable_grounds(_: Facts, given: DecisionProposal) -> None:
    given.kind = queries.RG


def of_conclusive_grounds(_: Facts, given: DecisionProposal) -> None:
    given.kind = queries.CG


@act(
    writes=DecisionProposal,
    may=DECIDERS,
    when=[was_received],
    stands=negative_needs_a_guardian,
    fills=of_reasonable_grounds,
    page=to_decide("reasonable_grounds"),
    known=BY_THE_CASE,
    never_offers=unlawful_for_a_child,
    knocks=tell_a_colleague,
    source=SOURCE,
)
def decide_reasonable_grounds(facts: Facts, given: DecisionProposal) -> Iterator[Refusal]:
    """Propose the decision on reasonable grounds."""
    yield from judged(facts, given)


@act(
    writes=DecisionProposal,
    may=DECIDERS,
    when=[was_received, has_reasonable_grounds],
    stands=not_too_early,
    fills=of_conclusive_grounds,
    page=to_decide("conclusive_grounds"),
    known=BY_THE_CASE,
    never_offers=unlawful_for_a_child,
    knocks=tell_a_colleague,
    source=SOURCE,
)
def decide_conclusive_grounds(facts: Facts, given: DecisionProposal) -> Iterator[Refusal]:
    """Propose the decision on conclusive grounds."""
    yield from judged(facts, given)


@condition(refusals.NOTHING_TO_RECONSIDER)
def was_asked(_: Actor, facts: Facts) -> bool:
    return queries.open_reconsideration(facts) is not None


@condition(refusals.FIRST_DECIDERS_STAY_OUT)
def decides_for_the_first_time(actor: Actor, facts: Facts) -> bool:
    asked = queries.open_reconsideration(facts)
    challenged = queries.decision_by_key(facts, asked.challenged) if asked else None
    return actor.person_id not in queries.deciders(facts, challenged)


def of_what_was_asked(facts: Facts, given: DecisionProposal) -> None:
    asked = queries.open_reconsideration(facts)
    challenged = queries.decision_by_key(facts, asked.challenged) if asked else None
    if challenged is not None:
        given.kind, given.reconsiders = challenged.kind, challenged.key


@act(
    writes=DecisionProposal,
    may=DECIDERS,
    when=[was_asked, decides_for_the_first_time],
    stands=negative_needs_a_guardian,
    fills=of_what_was_asked,
    page=[
        entry(ReconsiderationRequest, _("What was asked")),
        what_came,
        her_views,
        evidence,
        the_law("conclusive_grounds"),
        what_follows,
        time_limit("RECONSIDERATION"),
    ],
    known=HER_WORDS,
    never_offers=unlawful_for_a_child,
    knocks=tell_a_colleague,
    source="House rule: two new people decide; CETS 197 art. 15",
)
def decide_reconsideration(facts: Facts, given: DecisionProposal) -> Iterator[Refusal]:
    """Propose the decision after looking at it again."""
    yield from judged(facts, given)


@condition(refusals.EXTENDED_ONCE)
def never_extended(_: Actor, facts: Facts) -> bool:
    return not queries.is_extended(facts)


@act(
    writes=ExtensionProposal,
    may=DECIDERS,
    when=[was_received, never_extended, has_her_guardian],
    knocks=tell_a_colleague,
    source="House rule",
)
def extend_reasonable_grounds(facts: Facts, given: ExtensionProposal) -> Iterator[Refusal]:
    """Propose more time for the decision on reasonable grounds."""
    yield from nothing(facts, given)


@condition(SAME_PERSON)
def a_colleague_proposed(actor: Actor, facts: Facts) -> bool:
    """Not everything that waits was proposed by this person."""
    waiting = queries.confirm_waiting(facts)
    return not waiting or any(one.by_person_id != actor.person_id for one in waiting)


def another_person_answers(facts: Facts, given: Any) -> Iterator[Refusal]:
    proposal = queries.proposal_by_key(facts, given.proposal)
    if proposal is None:
        yield ANSWER_NEEDED.at("proposal")
    elif proposal.by_person_id == given.by_person_id:
        yield SAME_PERSON


def can_be_signed(facts: Facts, given: Confirmed) -> Iterator[Refusal]:
    """By another person, who did not take part in the first decision, and on all that is known."""
    yield from another_person_answers(facts, given)
    proposal = queries.proposal_by_key(facts, given.proposal)
    if proposal is None:
        return
    if isinstance(proposal, DecisionProposal) and proposal.reconsiders:
        challenged = queries.decision_by_key(facts, proposal.reconsiders)
        if given.by_person_id in queries.deciders(facts, challenged):
            yield refusals.FIRST_DECIDERS_STAY_OUT
    if isinstance(proposal, ExtensionProposal) and queries.is_extended(facts):
        yield refusals.EXTENDED_ONCE
    elif queries.is_stale(facts, proposal):
        yield refusals.PROPOSAL_STALE


def by_its_proposer(facts: Facts, given: Confirmed) -> None:
    proposal = queries.proposal_by_key(facts, given.proposal)
    if proposal is not None:
        given.proposed_by_id = proposal.by_person_id


def tell_the_sender(facts: Facts, _: Confirmed) -> Iterator[Knocked]:
    sent = latest(facts)
    if sent is not None:
        yield Knocked("W", person=sent.by_person_id)


@act(
    writes=Confirmed,
    may=SECOND_PEOPLE,
    when=[agency_decides, trained_to_decide, a_colleague_proposed],
    stands=can_be_signed,
    page=[what_waits, her_views, evidence, what_came, presumption, instead("identification.send_back")],
    fills=by_its_proposer,
    knocks=tell_the_sender,
    source="House rule: two people decide; CETS 197 art. 10",
)
def confirm(facts: Facts, given: Confirmed) -> Iterator[Refusal]:
    """Confirm what a colleague proposed."""
    yield from nothing(facts, given)


def tell_the_proposer(facts: Facts, given: ProposalReturned) -> Iterator[Knocked]:
    proposal = queries.proposal_by_key(facts, given.proposal)
    if proposal is not None:
        yield Knocked("W", person=proposal.by_person_id)


def can_be_sent_back(facts: Facts, given: ProposalReturned) -> Iterator[Refusal]:
    yield from another_person_answers(facts, given)
    waiting = {proposal.pk for proposal in queries.confirm_waiting(facts)}
    if queries.proposal_by_key(facts, given.proposal) and given.proposal not in waiting:
        yield refusals.PROPOSAL_STALE


@act(
    writes=ProposalReturned,
    may=SECOND_PEOPLE,
    when=[agency_decides, trained_to_decide, a_colleague_proposed],
    stands=can_be_sent_back,
    page=[what_waits, instead("identification.confirm")],
    knocks=tell_the_proposer,
    source="House rule: two people decide",
)
def send_back(facts: Facts, given: ProposalReturned) -> Iterator[Refusal]:
    """Send a proposal back."""
    yield from nothing(facts, given)


@act(
    writes=Notification,
    may=may(Role.CW, Role.CA, Role.GU),
    source="CETS 197 art. 15(1); CETS 201 art. 31(1)",
)
def notify_decision(_: Facts, given: Notification) -> Iterator[Refusal]:
    """Tell her what was decided."""
    if Notified.CHILD not in given.to:
        yield refusals.INFORM_THE_CHILD_TOO.at("to")
