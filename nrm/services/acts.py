"""Acts of services: she is asked, a provider is asked, answers and helps; her no ends what rests on her yes."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

from nrm.agencies.models import Agency
from nrm.agencies.queries import may_receive
from nrm.agencies.terms import Mandate, Role
from nrm.casefile.act import Knocked, act, may, nothing
from nrm.casefile.beside import instead
from nrm.casefile.doing import RACES
from nrm.casefile.facts import Facts
from nrm.casefile.models import Fact, Party, PartyEnd
from nrm.casefile.questions import presumed
from nrm.casefile.refusals import FIREWALL
from nrm.casefile.sight import standing_shares
from nrm.casefile.terms import ServiceCode, ShareBasis, SharePurpose
from nrm.kernel.actor import Actor
from nrm.kernel.handling import Grant
from nrm.kernel.ids import new_id
from nrm.kernel.refusals import ANSWER_NEEDED, Refusal
from nrm.kernel.terms import Tern, Urgency
from nrm.services import queries, refusals, rules
from nrm.services.beside import her_consent, providers, the_request, what_is_asked, who_offers
from nrm.services.models import (
    Acceptance,
    ChildRefusal,
    Compensation,
    ConsentWithdrawn,
    Decline,
    Delivery,
    NotNeeded,
    Offer,
    Review,
    ServiceConsent,
    ServiceEnd,
    ServiceRequest,
)
from nrm.services.terms import CompensationStep, ConsentBy, DeclineReason
from nrm.services.terms import ServiceEnd as EndReason

HELP = "CETS 197 art. 12(1), 12(6), 12(7); Directive 2011/36/EU art. 11(5)"
FREELY = "CETS 197 art. 12(7); CRC art. 12"
TAKEN_BACK, AGREED_TO_LESS = "Consent withdrawn", "She agreed to less"
RACES["services_accepted_once"] = RACES["services_declined_once"] = refusals.ALREADY_ANSWERED


def on_her_part(actor: Actor, facts: Facts, _: object) -> bool:
    """Her agency holds a standing share."""
    return bool(standing_shares(facts, actor.agency_id))


def asked_of_her(actor: Actor, facts: Facts, given: Any) -> bool:
    """The request is to her agency; before one is named, any request is. The child speaks of her own."""
    if Role.CH in actor.roles:
        return on_her_part(actor, facts, given)
    named = [given.request] if given is not None else queries.requests(facts)
    return any(request.provider_id == actor.agency_id for request in named)


ASKERS = may(Role.CW, Role.GU, own=[Role.SP, Role.CH], is_own=on_her_part)
FOLLOWERS = may(Role.CW, Role.GU, own=[Role.SP, Role.CH], is_own=asked_of_her)
PROVIDERS = may(own=[Role.SP], is_own=asked_of_her)
LISTENERS = may(Role.FR, Role.CW, Role.GU, Role.SP, own=[Role.CH], is_own=on_her_part)


def ended_by(facts: Facts, given: queries.Word) -> list[Party]:
    """Shares that end with a consent. The last child-protection share of a child rests on law, and stays."""
    renewed = queries.words_on(facts, given.service)[-1] is not given  # entered late: she agreed again since
    ending = [one for one in queries.resting_on(facts, given.service) if not renewed or one.at <= given.at]
    if not presumed(facts, facts.today).child:
        return ending
    responsible = [one for one in standing_shares(facts) if Mandate.CHILD_PROTECTION in one.agency.mandates]
    all_end = bool(responsible) and {one.pk for one in responsible} <= {one.pk for one in ending}
    stays = responsible[-1].pk if all_end else None
    return [one for one in ending if one.pk != stays]


def end_what_rests_on_it(facts: Facts, given: queries.Word) -> Iterator[Fact]:
    """Her no stops every share that rests on her yes, at once; a yes to less leaves less."""
    if not queries.says_no(given):
        yield from narrowed_by(facts, given)
        return
    for share in ended_by(facts, given):
        yield PartyEnd(share=share, reason=TAKEN_BACK)


def narrowed_by(facts: Facts, given: queries.Word) -> Iterator[Fact]:
    """Shares that give more than the newest word covers are replaced by narrower ones; never by wider ones."""
    if given is not queries.consent_for(facts, given.service):
        return  # neither yes nor no, or entered late: she said something else since
    for share in queries.resting_on(facts, given.service):
        left = queries.left_of(facts, share)
        if left == list(share.grants):
            continue
        yield Party(
            agency=share.agency,
            grants=left,
            purpose=share.purpose,
            basis=share.basis,
            note=share.note,
            until=share.until,
            replaces=share.pk,
        )
        yield PartyEnd(share=share, reason=AGREED_TO_LESS)


def tell_every_receiver(facts: Facts, given: queries.Word) -> Iterator[Knocked]:
    """Whoever held what she shared hears of it, also those who no longer see the case."""
    ended = {end.share_id for end in facts.of(PartyEnd) if (end.at, end.pk) > (given.at, given.pk)}
    for share in facts.of(Party):
        if share.pk in ended:
            yield Knocked("W", agency=share.agency_id)


@act(
    writes=ServiceConsent,
    may=LISTENERS,
    also=end_what_rests_on_it,
    knocks=tell_every_receiver,
    source=FREELY,
)
def record_consent(facts: Facts, given: ServiceConsent) -> Iterator[Refusal]:
    """Record whether she agrees to a service."""
    against_her = given.by == ConsentBy.GUARDIAN and given.given == Tern.YES
    if against_her and queries.she_said_no(facts, given.service):
        named = given.service == ServiceCode.EMERGENCY_HEALTH or given.capacity.strip()
        if not named:
            yield refusals.GUARDIAN_OVERRULES_CHILD.at("capacity")


@act(
    writes=ConsentWithdrawn,
    may=LISTENERS,
    also=end_what_rests_on_it,
    knocks=tell_every_receiver,
    source=FREELY + "; GDPR art. 7(3)",
)
def withdraw_consent(facts: Facts, given: ConsentWithdrawn) -> Iterator[Refusal]:
    """Record that a consent is taken back."""
    yield from nothing(facts, given)


def with_its_share(_: Facts, given: ServiceRequest) -> None:
    given.share = new_id()


def share_with_the_provider(facts: Facts, given: ServiceRequest) -> Iterator[Fact]:
    """SUMMARY and what she agreed to, never more than a service needs; in need without consent only SUMMARY."""
    consent = queries.consent_for(facts, given.service)
    widest = facts.pack.grants_by_purpose[SharePurpose.SERVICE]
    agreed = set(consent.shares) & widest if consent is not None else set()
    basis = queries.BASIS[ConsentBy(consent.by)] if consent is not None else ShareBasis.VITAL_INTEREST
    of_age = presumed(facts, facts.today).until
    by_guardian = basis == ShareBasis.GUARDIAN and of_age is not None
    yield Party(
        pk=given.share,
        agency=given.provider,
        grants=[grant.value for grant in Grant if grant in agreed | {Grant.SUMMARY}],
        purpose=SharePurpose.SERVICE,
        basis=basis,
        note="",
        until=of_age - timedelta(days=1) if by_guardian and of_age is not None else None,
    )


def may_be_asked(facts: Facts, given: ServiceRequest) -> Iterator[Refusal]:
    """She agreed to it, unless life or shelter cannot wait; and it does not wait for an answer already."""
    free = given.service in queries.NEED_NO_CONSENT
    if not free and queries.consent_for(facts, given.service) is None:
        yield refusals.SERVICE_CONSENT_MISSING.at("service")
    for request in queries.requests(facts, given.service):
        unanswered = queries.answer(facts, request) is None
        here = request.provider_id == given.provider_id
        if queries.over_at(facts, request) is None and (unanswered or here):
            yield refusals.ALREADY_REQUESTED.at("service")


def tell_the_provider(_: Facts, given: ServiceRequest) -> Iterator[Knocked]:
    yield Knocked("W" if given.urgency == Urgency.ROUTINE else "U", agency=given.provider_id)


@act(
    writes=ServiceRequest,
    may=ASKERS,
    stands=may_be_asked,
    fills=with_its_share,
    also=share_with_the_provider,
    knocks=tell_the_provider,
    leaves_agency=True,
    page=[her_consent, who_offers],
    offers=providers,
    source=HELP,
)
def request(facts: Facts, given: ServiceRequest) -> Iterator[Refusal]:
    """Ask a provider for a service."""
    provider: Agency = given.provider
    if Mandate.IMMIGRATION_ENFORCEMENT in provider.mandates:
        yield FIREWALL.at("provider")
        return
    if not may_receive(provider, facts.today):
        yield refusals.PROVIDER_WITHOUT_AGREEMENT.at("provider")
    if rules.ties_to_testimony(given.conditions):
        yield refusals.LINKED_TO_TESTIMONY.at("conditions")


@act(writes=NotNeeded, may=ASKERS, source=HELP)
def mark_not_needed(facts: Facts, given: NotNeeded) -> Iterator[Refusal]:
    """Record that she does not need a service."""
    child = presumed(facts, facts.today).child
    free = rules.may_do_without_school(child=child, oldest_possible=queries.oldest_possible(facts))
    if given.service == ServiceCode.EDUCATION and not free:
        yield refusals.EDUCATION_IS_A_RIGHT.at("service")


def not_yet_answered(facts: Facts, given: Acceptance | Decline) -> Iterator[Refusal]:
    if queries.answer(facts, given.request) is not None:
        yield refusals.ALREADY_ANSWERED.at("request")


def tell_who_asked(_: Facts, given: Acceptance | Decline) -> Iterator[Knocked]:
    yield Knocked("W", person=given.request.by_person_id)


@act(
    writes=Acceptance,
    may=PROVIDERS,
    stands=not_yet_answered,
    page=[what_is_asked, instead("services.decline")],
    source=HELP,
)
def accept(facts: Facts, given: Acceptance) -> Iterator[Refusal]:
    """Accept a request."""
    yield from nothing(facts, given)


@act(
    writes=Decline,
    may=PROVIDERS,
    stands=not_yet_answered,
    knocks=tell_who_asked,
    page=[what_is_asked, instead("services.accept")],
    source=HELP,
)
def decline(facts: Facts, given: Decline) -> Iterator[Refusal]:
    """Decline a request."""
    if given.reason in DeclineReason.refused_only:
        yield refusals.DECLINE_NOT_LAWFUL.at("reason")


@act(writes=ChildRefusal, may=LISTENERS, page=[the_request], source=FREELY)
def record_childs_refusal(facts: Facts, given: ChildRefusal) -> Iterator[Refusal]:
    """Record that she does not want a service."""
    yield from nothing(facts, given)


def is_accepted(facts: Facts, given: Delivery) -> Iterator[Refusal]:
    accepted = isinstance(queries.answer(facts, given.request), Acceptance)
    if not accepted or queries.over_at(facts, given.request) is not None:
        yield refusals.NOT_ACCEPTED.at("request")


@act(writes=Delivery, may=PROVIDERS, stands=is_accepted, page=[the_request], source=HELP)
def deliver(facts: Facts, given: Delivery) -> Iterator[Refusal]:
    """Record that a service is given."""
    yield from nothing(facts, given)


@act(writes=Review, may=FOLLOWERS, page=[the_request], source=HELP)
def review(facts: Facts, given: Review) -> Iterator[Refusal]:
    """Go through a service with her."""
    yield from nothing(facts, given)


@act(writes=ServiceEnd, may=FOLLOWERS, page=[the_request], source=HELP)
def end(facts: Facts, given: ServiceEnd) -> Iterator[Refusal]:
    """End a service."""
    if given.reason in EndReason.refused_only:
        yield refusals.END_ON_TESTIMONY.at("reason")


def total(facts: Facts, given: Compensation, step: str) -> Decimal:
    """Amounts of one step of the same payer in the same currency, with this entry."""
    rows = [*facts.of(Compensation), given]
    alike = [
        one for one in rows if (one.payer, one.currency, one.step) == (given.payer, given.currency, step)
    ]
    return sum((one.amount for one in alike if one.amount is not None), Decimal(0))


@act(writes=Compensation, may=ASKERS, source="CETS 197 art. 15(3), 15(4)")
def record_compensation(facts: Facts, given: Compensation) -> Iterator[Refusal]:
    """Record a step towards compensation."""
    if given.amount is not None and not (len(given.currency) == 3 and given.currency.isupper()):
        yield ANSWER_NEEDED.at("currency")
    if given.amount is not None and given.amount < 0:
        yield ANSWER_NEEDED.at("amount")
    paid = total(facts, given, CompensationStep.PAID)
    if given.step == CompensationStep.PAID and paid > total(facts, given, CompensationStep.AWARDED):
        yield refusals.PAID_MORE_THAN_AWARDED.at("amount")


@act(writes=Offer, may=may(Role.SP, Role.AA), on_case=False, source="House rule; CETS 197 art. 12(5)")
def offer(facts: Facts, given: Offer) -> Iterator[Refusal]:
    """Say or confirm what your agency offers to children."""
    yield from nothing(facts, given)
