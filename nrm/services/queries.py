"""What she agreed to, which of the six services she has, what stands of each request: for every later room."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from nrm.casefile import questions
from nrm.casefile.facts import Facts
from nrm.casefile.models import Fact, Party
from nrm.casefile.sight import standing_shares
from nrm.casefile.terms import SIX_SERVICES, ServiceCode, ShareBasis
from nrm.contact.models import AdultConsent
from nrm.contact.queries import first_contact
from nrm.kernel.handling import Grant
from nrm.kernel.terms import Tern
from nrm.services.models import (
    Acceptance,
    ChildRefusal,
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
from nrm.services.terms import ConsentBy, ServiceOrAll

NEED_NO_CONSENT = frozenset({ServiceCode.EMERGENCY_HEALTH, ServiceCode.SAFE_ACCOMMODATION_AND_SUBSISTENCE})
BASIS = {
    ConsentBy.CHILD: ShareBasis.CHILD_CONSENT,
    ConsentBy.CHILD_AND_GUARDIAN: ShareBasis.CHILD_AND_GUARDIAN,
    ConsentBy.GUARDIAN: ShareBasis.GUARDIAN,
}
HER_OWN_WORD = frozenset({ConsentBy.CHILD, ConsentBy.CHILD_AND_GUARDIAN})
ALL = ServiceOrAll.ALL
F = TypeVar("F", bound=Fact)
Word = ServiceConsent | ConsentWithdrawn


# Consent


def words_on(facts: Facts, service: str) -> list[Word]:
    """What was said of one service, or of all of them, oldest first."""
    said: list[Word] = [*facts.of(ServiceConsent), *facts.of(ConsentWithdrawn)]
    return sorted((one for one in said if one.service in (service, ALL)), key=lambda one: (one.at, one.pk))


def says_no(word: Word) -> bool:
    """Whether it takes back what was agreed to: a withdrawal, or a plain no when asked again."""
    return isinstance(word, ConsentWithdrawn) or word.given == Tern.NO


def consent_for(facts: Facts, service: str) -> ServiceConsent | None:
    """The consent that stands for a service (ALL: for all of them); the newest word counts.

    What a guardian alone agreed to ends when she is of age: from then on she says it herself.
    """
    said = words_on(facts, service)
    newest = said[-1] if said else None
    if not isinstance(newest, ServiceConsent) or newest.given != Tern.YES:
        return None
    by_guardian = newest.by == ConsentBy.GUARDIAN
    return None if by_guardian and not questions.presumed(facts, facts.today).child else newest


def she_said_no(facts: Facts, service: str) -> bool:
    """Whether her own newest word on a service is no: asked and refused, taken back, or not wanted when offered."""
    own: list[tuple[datetime, int, bool]] = [
        (one.at, one.pk, isinstance(one, ServiceConsent) and one.given == Tern.YES)
        for one in words_on(facts, service)
        if one.by in HER_OWN_WORD
    ]
    for refusal in facts.of(ChildRefusal):
        asked = facts.by_key(refusal.request_id)
        if isinstance(asked, ServiceRequest) and service in (asked.service, ALL):
            own.append((refusal.at, refusal.pk, False))
    return bool(own) and not max(own)[2]


def adult_agreed(facts: Facts) -> bool:
    """An adult survivor's own yes, unless she took it all back since."""
    asked = facts.latest(AdultConsent)
    if asked is None or asked.given != Tern.YES:
        return False
    return not any(one.service == ALL and one.at >= asked.at for one in facts.of(ConsentWithdrawn))


@questions.consented_grants.answered
def consented_grants(facts: Facts) -> frozenset[str]:
    """What a share may give because she agreed: her word on all services, or an adult's own consent.

    A consent to one service covers the provider of that service and nobody else.
    """
    if adult_agreed(facts):
        return frozenset(Grant)
    consent = consent_for(facts, ALL)
    granted = frozenset(consent.shares) if consent is not None else frozenset()
    return granted | ({Grant.SUMMARY} if Grant.FULL in granted else frozenset())


# Requests


def requests(facts: Facts, service: str = "") -> list[ServiceRequest]:
    """Every request, oldest first; of one service if it is named."""
    return [one for one in facts.of(ServiceRequest) if service in ("", one.service)]


def about(facts: Facts, kind: type[F], request: ServiceRequest) -> list[F]:
    """Facts of one kind about that request."""
    return [one for one in facts.of(kind) if facts.standing_key(one.request_id) == request.pk]  # type: ignore[attr-defined]


def answer(facts: Facts, request: ServiceRequest) -> Acceptance | Decline | None:
    """What the provider said."""
    said: list[Acceptance | Decline] = [
        *about(facts, Acceptance, request),
        *about(facts, Decline, request),
    ]
    return min(said, key=lambda one: (one.at, one.pk), default=None)


def is_declined(facts: Facts, request: ServiceRequest) -> bool:
    return isinstance(answer(facts, request), Decline)


def share_of(facts: Facts, request: ServiceRequest) -> Party | None:
    """The share that was written with a request."""
    found = facts.by_key(request.share)
    return found if isinstance(found, Party) else None


def withdrawn(facts: Facts, request: ServiceRequest) -> Word | None:
    """The word that took back the consent on which a request rests."""
    share = share_of(facts, request)
    if share is None or share.basis not in BASIS.values():
        return None
    since = (request.at, request.pk)
    said = (one for one in words_on(facts, request.service) if (one.at, one.pk) > since)
    return next((one for one in said if says_no(one)), None)


def refused_by_her(facts: Facts, request: ServiceRequest) -> bool:
    """She did not want it when it was asked for, or took her own consent back."""
    taken_back = withdrawn(facts, request)
    own_word = taken_back is not None and taken_back.by in HER_OWN_WORD
    return own_word or bool(about(facts, ChildRefusal, request))


def over_at(facts: Facts, request: ServiceRequest) -> datetime | None:
    """When nothing more is owed on a request: declined, refused by her, taken back or ended."""
    taken_back = withdrawn(facts, request)
    ends = [one.at for one in (*about(facts, ServiceEnd, request), *about(facts, ChildRefusal, request))]
    ends += [taken_back.at] if taken_back else []
    said = answer(facts, request)
    ends += [said.at] if isinstance(said, Decline) else []
    return min(ends, default=None)


def going_on(facts: Facts) -> list[ServiceRequest]:
    """Requests that are waiting or being met."""
    return [one for one in requests(facts) if over_at(facts, one) is None]


def state_of(facts: Facts, request: ServiceRequest) -> str:
    """DECLINED, REFUSED by her, TAKEN_BACK by her guardian, ENDED, REVIEWED with her, GIVEN, ACCEPTED or ASKED."""
    if is_declined(facts, request):
        return "DECLINED"
    if refused_by_her(facts, request):
        return "REFUSED"
    if withdrawn(facts, request) is not None:
        return "TAKEN_BACK"
    steps = ((ServiceEnd, "ENDED"), (Review, "REVIEWED"), (Delivery, "GIVEN"), (Acceptance, "ACCEPTED"))
    return next((state for kind, state in steps if about(facts, kind, request)), "ASKED")


def gone_through(facts: Facts, request: ServiceRequest) -> Iterator[Fact]:
    """From which facts on a service must be reviewed: the first delivery, then each review."""
    yield from sorted(
        (*about(facts, Delivery, request)[:1], *about(facts, Review, request)),
        key=lambda one: (one.at, one.pk),
    )


# The six


def covered_at(facts: Facts, service: str) -> datetime | None:
    """Since when one of the six is asked for, not needed or refused by her; None: it stands in the gap list.

    A request that was declined counts as none, and so does one that a guardian alone took back.
    """
    asked = requests(facts, service)
    since = [
        one.at
        for one in asked
        if not is_declined(facts, one) and (withdrawn(facts, one) is None or refused_by_her(facts, one))
    ]
    newest = asked[-1] if asked else None
    since += [
        one.at
        for one in facts.of(NotNeeded)
        if one.service == service and (newest is None or (one.at, one.pk) > (newest.at, newest.pk))
    ]
    return min(since, default=None)


def service_gap(facts: Facts) -> list[ServiceCode]:
    """The six that are missing (flag SERVICE_GAP). Source: CETS 197 art. 12(1)."""
    return [service for service in SIX_SERVICES if covered_at(facts, service) is None]


COUNT_AS_NONE = ("DECLINED", "TAKEN_BACK")


@dataclass(frozen=True)
class Six:
    """One of the six services as the page shows it. state: GAP, REFUSED (grey: asked again at the next review),
    NOT_NEEDED, ASKED, ACCEPTED, GIVEN, REVIEWED or ENDED."""

    service: ServiceCode
    state: str


def six(facts: Facts) -> list[Six]:
    """All six, in the order of the Convention."""
    return [Six(service, _state(facts, service)) for service in SIX_SERVICES]


def _state(facts: Facts, service: ServiceCode) -> str:
    if covered_at(facts, service) is None:
        return "GAP"
    states = [state_of(facts, one) for one in requests(facts, service)]
    return next((one for one in reversed(states) if one not in COUNT_AS_NONE), "NOT_NEEDED")


# Receivers


def resting_on(facts: Facts, service: str) -> list[Party]:
    """Standing shares that rest on the consent to one service, or on any consent (ALL)."""
    by_consent = [one for one in standing_shares(facts) if one.basis in BASIS.values()]
    if service == ALL:
        return by_consent
    of_requests = {one.share for one in requests(facts, service)}
    return [one for one in by_consent if first_share(facts, one) in of_requests]


def first_share(facts: Facts, share: Party) -> int:
    """Key of the share that was written first, before she agreed to less."""
    found: Fact | None = share
    key = share.pk
    while isinstance(found, Party) and found.replaces is not None:
        key = found.replaces
        found = facts.by_key(key)
    return key


def agreed_grants(facts: Facts, share: Party) -> frozenset[str]:
    """What the newest word lets this share give. A provider sees the summary of what it is asked for at least."""
    key = first_share(facts, share)
    request = next((one for one in requests(facts) if one.share == key), None)
    if request is None:
        return questions.consented_grants(facts)
    consent = consent_for(facts, request.service)
    return frozenset({Grant.SUMMARY, *(consent.shares if consent is not None else ())})


def left_of(facts: Facts, share: Party) -> list[str]:
    """The grants of a share that the newest word still covers; that there is a case stays known."""
    given = {*share.grants, *({Grant.SUMMARY} if Grant.FULL in share.grants else ())}
    kept = given & agreed_grants(facts, share)
    if kept >= set(share.grants):
        return list(share.grants)
    return [grant.value for grant in Grant if grant in kept] or [Grant.EXISTENCE.value]


def oldest_possible(facts: Facts) -> int | None:
    """Her age in whole years, or the higher end of an estimate; None when nothing is known."""
    contact = first_contact(facts)
    if contact is None:
        return None
    born: date | None = contact.birth_date
    if born is None:
        highest: int | None = contact.age_to
        return highest
    on = facts.today
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


# The directory


def directory(*, service: str = "", language: str = "", children_only: bool = False) -> list[Offer]:
    """What agencies offer now: the newest word of each agency on a service in a place, last confirmed first."""
    rows = Offer.objects.select_related("by_agency").order_by("-at", "-id")
    if service:
        rows = rows.filter(service=service)
    newest: dict[tuple[int | None, str, str], Offer] = {}
    for offer in rows:
        newest.setdefault((offer.by_agency_id, offer.service, offer.region.strip().lower()), offer)
    offered = [one for one in newest.values() if one.goes_on != Tern.NO]
    return [
        one
        for one in offered
        if (not children_only or one.children_only == Tern.YES) and language in ("", *one.languages)
    ]


def languages_offered() -> list[str]:
    """Every language in which somebody offers something."""
    return sorted({code for offer in directory() for code in offer.languages})


def languages_of(facts: Facts) -> list[str]:
    """What she speaks, as told at first contact."""
    contact = first_contact(facts)
    return list(contact.languages) if contact is not None else []


def offered_in_her_language(facts: Facts, service: str) -> tuple[list[Offer], list[Offer]]:
    """Who offers a service: in a language she speaks, and in others."""
    hers = set(languages_of(facts))
    offers = directory(service=service)
    near = [one for one in offers if hers & set(one.languages)]
    return near, [one for one in offers if one not in near]
