"""Acts of referral: a first responder sends, the competent authority receives and may ask for more."""

from collections.abc import Iterator
from typing import Any

from nrm.agencies.models import Agency
from nrm.agencies.terms import Mandate, Role
from nrm.casefile.act import Knocked, act, condition, may
from nrm.casefile.beside import her_views, instead, time_limit
from nrm.casefile.facts import Facts
from nrm.casefile.models import Fact, Party
from nrm.casefile.questions import presumed
from nrm.casefile.refusals import FIREWALL
from nrm.casefile.sight import standing_shares
from nrm.casefile.terms import ShareBasis, SharePurpose, Track
from nrm.contact.queries import consents_to_referral, first_contact
from nrm.kernel.actor import Actor
from nrm.kernel.handling import Grant
from nrm.kernel.refusals import ANSWER_NEEDED, MANDATE_MISSING, ROLE_MISSING, Refusal
from nrm.kernel.terms import Urgency
from nrm.referral import queries, refusals
from nrm.referral.beside import what_came, what_is_missing
from nrm.referral.known import BY_THE_CASE, who_receives
from nrm.referral.models import Addition, InformationRequest, Receipt, Redirection, Referral, Withdrawal
from nrm.referral.terms import AskChild
from nrm.screening.queries import indicates_trafficking

LAW = "CETS 197 art. 10"
SENDERS = may(Role.FR, Role.CW, Role.LE, mandates="refer", otherwise=refusals.NOT_A_FIRST_RESPONDER)
RECEIVERS = may(Role.CA, mandates="decide")


@condition(refusals.REFERRAL_WITHOUT_GROUNDS)
def has_grounds(_: Actor, facts: Facts) -> bool:
    return indicates_trafficking(facts)


@condition(refusals.REFERRAL_ALREADY_WAITING)
def none_waits(_: Actor, facts: Facts) -> bool:
    return queries.waiting(facts) is None


@condition(refusals.ADULT_CONSENT_MISSING)
def adult_agrees(_: Actor, facts: Facts) -> bool:
    """A child is referred whatever anyone wants; an adult only if she agrees."""
    contact = first_contact(facts)
    return contact is None or contact.track != Track.ADULT_SURVIVOR or consents_to_referral(facts)


@condition(refusals.NO_REFERRAL)
def was_sent(_: Actor, facts: Facts) -> bool:
    return queries.latest(facts) is not None


@condition(refusals.TOO_LATE_TO_WITHDRAW)
def still_waits(_: Actor, facts: Facts) -> bool:
    return not queries.referrals(facts) or queries.waiting(facts) is not None


@condition(refusals.NOT_RECEIVED_YET)
def was_received(_: Actor, facts: Facts) -> bool:
    newest = queries.latest(facts)
    return newest is not None and queries.receipt(facts, newest) is not None


@condition(MANDATE_MISSING)
def lies_here(actor: Actor, facts: Facts) -> bool:
    """Only the authority at which the referral lies asks about it or sends it on."""
    newest = queries.latest(facts)
    return newest is None or queries.authority(facts, newest) == actor.agency_id


@condition(ROLE_MISSING)
def has_the_full_case(actor: Actor, facts: Facts) -> bool:
    """Her agency holds FULL, even where her own sight has narrowed after referring."""
    return any(Grant.FULL in share.grants for share in standing_shares(facts, actor.agency_id))


def share_with_the_authority(_: Facts, given: Any) -> Iterator[Fact]:
    """The authority needs the account and the name to decide; where she sleeps it need not know."""
    yield Party(
        agency=given.to,
        grants=[Grant.FULL.value, Grant.IDENTITY.value],
        purpose=SharePurpose.DECISION,
        basis=ShareBasis.LEGAL_DUTY,
        note=LAW,
    )


def may_decide_on_her(facts: Facts, to: Agency) -> Iterator[Refusal]:
    """Her authority decides for children as long as she is treated as one, and is no immigration enforcement."""
    if Mandate.IMMIGRATION_ENFORCEMENT in to.mandates:
        yield FIREWALL.at("to")
        return
    needed = "CHILD" if presumed(facts, facts.today).child else "ADULT"
    if Mandate.COMPETENT_AUTHORITY not in to.mandates or needed not in to.decides_for:
        yield refusals.NO_CHILD_AUTHORITY.at("to")


def tell_the_authority(_: Facts, given: Referral) -> Iterator[Knocked]:
    yield Knocked("W" if given.urgency == Urgency.ROUTINE else "U", agency=given.to_id)


@act(
    writes=Referral,
    may=SENDERS,
    when=[has_grounds, none_waits, adult_agrees],
    also=share_with_the_authority,
    knocks=tell_the_authority,
    leaves_agency=True,
    known=BY_THE_CASE,
    source="CETS 197 art. 10(1), 10(2)",
    path="now",
)
def send(facts: Facts, given: Referral) -> Iterator[Refusal]:
    """Refer her to the competent authority."""
    yield from may_decide_on_her(facts, given.to)


def on_this_desk(facts: Facts, given: Receipt) -> Iterator[Refusal]:
    """Received once, by the authority at which it lies; where it was sent on from, it was received by that."""
    here, referral = given.by_agency_id, given.referral
    was_here = {referral.to_id, *(one.to_id for one in queries.redirections(facts, referral))}
    if queries.receipt(facts, referral) is not None or (
        here in was_here and queries.authority(facts, referral) != here
    ):
        yield refusals.ALREADY_RECEIVED
    elif here not in was_here:
        yield MANDATE_MISSING
    elif queries.withdrawn(facts, referral) is not None:
        yield refusals.NO_REFERRAL


def tell_the_sender(_: Facts, given: Receipt) -> Iterator[Knocked]:
    yield Knocked("W", person=given.referral.by_person_id)


@act(
    writes=Receipt,
    may=RECEIVERS,
    stands=on_this_desk,
    knocks=tell_the_sender,
    page=[
        what_came,
        what_is_missing,
        her_views,
        time_limit("RECEIPT"),
        instead("referral.return_for_information", "referral.redirect"),
    ],
    known={"case_officer": who_receives},
    source="CETS 197 art. 10(1)",
)
def receive(_: Facts, given: Receipt) -> Iterator[Refusal]:
    """Receive the referral."""
    if given.case_officer.agency_id != given.by_agency_id:
        yield ANSWER_NEEDED.at("case_officer")


def ask_the_sender(facts: Facts, _: InformationRequest) -> Iterator[Knocked]:
    newest = queries.latest(facts)
    if newest is not None:
        yield Knocked("W", person=newest.by_person_id)


@act(
    writes=InformationRequest,
    may=RECEIVERS,
    when=[lies_here, was_received],
    knocks=ask_the_sender,
    page=[what_came, what_is_missing, her_views, time_limit("REASONABLE_GROUNDS")],
    source="Directive 2011/36/EU art. 11(4); few interviews: CETS 201 art. 35(1)(e)",
)
def return_for_information(_: Facts, given: InformationRequest) -> Iterator[Refusal]:
    """Ask for more information."""
    if given.ask_child == AskChild.YES_WITH_REASON and not given.ask_child_text.strip():
        yield refusals.CHILD_ASKED_AGAIN.at("ask_child_text")


def tell_the_case_officer(facts: Facts, _: Addition) -> Iterator[Knocked]:
    yield Knocked("W", person=queries.case_officer(facts))


@act(
    writes=Addition,
    may=may(Role.FR, Role.CW, Role.GU, Role.SP, Role.FP, Role.LE),
    when=[has_the_full_case],
    knocks=tell_the_case_officer,
    source="CETS 197 art. 10(1)",
)
def add_information(_: Facts, __: Addition) -> Iterator[Refusal]:
    """Add what is new."""
    yield from ()


def the_newest(facts: Facts, given: Any) -> None:
    """These acts are about the newest referral of the case; nobody is asked which."""
    given.referral = queries.latest(facts)


def tell_the_next(_: Facts, given: Redirection) -> Iterator[Knocked]:
    yield Knocked("W", agency=given.to_id)


@act(
    writes=Redirection,
    may=RECEIVERS,
    when=[was_sent, lies_here],
    fills=the_newest,
    also=share_with_the_authority,
    knocks=tell_the_next,
    leaves_agency=True,
    source="CETS 197 art. 10(1)",
)
def redirect(facts: Facts, given: Redirection) -> Iterator[Refusal]:
    """Send the referral on to another authority."""
    if given.to_id in (given.by_agency_id, queries.authority(facts, given.referral)):
        yield refusals.SAME_AUTHORITY.at("to")
        return
    yield from may_decide_on_her(facts, given.to)


@act(
    writes=Withdrawal,
    may=SENDERS,
    when=[was_sent, still_waits],
    fills=the_newest,
    source="House rule: a child's referral is withdrawn for a mistake only",
)
def withdraw(facts: Facts, given: Withdrawal) -> Iterator[Refusal]:
    """Withdraw a referral that was a mistake."""
    if given.reason:
        return
    if presumed(facts, facts.today).child:
        yield refusals.CHILD_DOES_NOT_LAPSE.at("reason")
    elif not given.reason_text.strip():
        yield ANSWER_NEEDED.at("reason_text")
