"""What stands beside the questions of services: the request, what she agreed to, who offers it in her language."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nrm.agencies.models import Agency
from nrm.agencies.terms import Mandate
from nrm.casefile.beside import Part, Reader, shown, signed_by
from nrm.casefile.facts import Facts
from nrm.casefile.questions import presumed
from nrm.casefile.terms import ServiceCode
from nrm.kernel import places
from nrm.kernel.handling import Grant
from nrm.kernel.moments import in_words
from nrm.kernel.terms import Tern
from nrm.services import queries
from nrm.services.models import Offer, ServiceConsent
from nrm.services.terms import ConsentBy, ServiceOrAll

DAY = "j F Y"


def what_is_asked(reader: Reader) -> Iterator[Part]:
    """Requests to the reader's agency that wait for its answer; the one that the address names, if it does."""
    for request in queries.going_on(reader.facts):
        unanswered = queries.answer(reader.facts, request) is None
        named = reader.asked.get("request", "") in ("", str(request.pk))
        if unanswered and named and request.provider_id == reader.actor.agency_id:
            yield Part(_("What is asked of you"), rows=shown(reader, request), signed=signed_by(request))


def the_request(reader: Reader) -> Iterator[Part]:
    """The request that the address names, as far as the reader may see it."""
    for request in queries.requests(reader.facts):
        if str(request.pk) == reader.asked.get("request"):
            yield Part(_("What was asked for"), rows=shown(reader, request), signed=signed_by(request))


# What she agreed to


def what_may_be_told(consent: ServiceConsent) -> str:
    labels = [str(grant.label) for grant in Grant if grant in consent.shares]
    return _("May be told: %(grants)s.") % {"grants": ", ".join(labels)}


def until_when(facts: Facts, consent: ServiceConsent) -> str:
    """A guardian's word ends when she is of age; every other holds until it is taken back."""
    of_age = presumed(facts, facts.today).until
    if consent.by == ConsentBy.GUARDIAN and of_age is not None:
        day = date_format(of_age - timedelta(days=1), DAY)
        return _("Until %(day)s, the last day before she is 18; then she says it herself.") % {"day": day}
    return _("Until it is taken back.")


def who_said_so(consent: ServiceConsent) -> str:
    by, day = str(ConsentBy(consent.by).label), in_words(consent.at, DAY)
    return _("Said by: %(by)s, %(day)s.") % {"by": by, "day": day}


def her_consent(reader: Reader) -> Iterator[Part]:
    """Whether she agreed to the service that is asked for, and what may be told for it."""
    service = reader.asked.get("service", "")
    if service not in ServiceCode.codes():
        return
    consent = queries.consent_for(reader.facts, service)
    if consent is not None:
        lines = [who_said_so(consent), what_may_be_told(consent), until_when(reader.facts, consent)]
    elif service in queries.NEED_NO_CONSENT:
        lines = [_("This cannot wait for a yes: without one, only a summary is told.")]
    else:
        lines = [_("She has not agreed to this. Ask her first, in words she understands.")]
    yield Part(_("What she agreed to"), lines=lines)


# Who offers it


def told_of(offer: Offer) -> list[str]:
    """One line of the directory in words: what, where, in which languages, for how many, for whom, how fresh."""
    spoken = ", ".join(places.language_name(code) for code in offer.languages)
    many = ngettext("For %(n)d child at one time", "For %(n)d children at one time", offer.capacity)
    told = [
        offer.what,
        offer.region,
        _("Languages: %(languages)s") % {"languages": spoken},
        many % {"n": offer.capacity},
        _("For children only") if offer.children_only == Tern.YES else _("Not for children only"),
        offer.open_when,
        _("Last confirmed: %(day)s") % {"day": in_words(offer.at, DAY)},
    ]
    return [line for line in told if line]


def who_offers(reader: Reader) -> Iterator[Part]:
    """The directory for the service that is asked for; those who speak her language come first."""
    service = reader.asked.get("service", "")
    if service not in ServiceCode.codes():
        return
    near, others = queries.offered_in_her_language(reader.facts, service)
    rows = [
        {"label": one.by_agency.name, "values": told_of(one), "note": note}
        for several, note in ((near, _("Speaks her language")), (others, ""))
        for one in several
        if one.by_agency is not None
    ]
    nobody = _("Nobody has said that they offer it. Choose any provider, or ask the co-ordinator.")
    yield Part(_("Who offers it"), rows=rows, lines=[] if rows else [nobody])


def providers(facts: Facts, said: Mapping[str, Any]) -> dict[str, list[tuple[Any, Any]]]:
    """Providers to choose from: who offers the service in her language, who offers it, all others."""
    service = said.get("service", "")
    if service not in ServiceCode.codes():
        return {}
    near, others = queries.offered_in_her_language(facts, service)
    first = _keyed(near)
    second = [one for one in _keyed(others) if one not in first]
    agencies = Agency.objects.exclude(mandates__contains=[Mandate.IMMIGRATION_ENFORCEMENT]).order_by("name")
    named = {key for key, _name in (*first, *second)}
    rest = [(agency.key, agency.name) for agency in agencies if agency.key not in named]
    groups = [
        (_("They offer it in a language she speaks"), first),
        (_("They offer it"), second),
        (_("All others"), rest),
    ]
    return {"provider": [(title, listed) for title, listed in groups if listed]}


def _keyed(offers: Iterable[Offer]) -> list[tuple[str, str]]:
    """Each agency once."""
    return list(dict.fromkeys((one.by_agency.key, one.by_agency.name) for one in offers if one.by_agency))


def service_label(code: str) -> str:
    return capfirst(str(ServiceOrAll(code).label))
