"""What the pages of services say, already cut to what this person may see."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nrm.agencies import queries as agencies
from nrm.casefile.act import ACTS
from nrm.casefile.beside import Reader, door
from nrm.casefile.doing import Doing
from nrm.casefile.showing import Names, words
from nrm.casefile.sight import sight_of
from nrm.kernel.columns import column_of
from nrm.kernel.handling import Handling
from nrm.kernel.vocabulary import Words
from nrm.services import queries
from nrm.services.asked import Asked
from nrm.services.beside import service_label, told_of, until_when, what_may_be_told, who_said_so
from nrm.services.models import Offer, ServiceRequest
from nrm.services.terms import ServiceOrAll

STATES: dict[str, tuple[Words, str]] = {  # state -> words, tone
    "GAP": (gettext_lazy("Not asked for yet"), "urgent"),
    "REFUSED": (gettext_lazy("She does not want it now"), ""),
    "TAKEN_BACK": (gettext_lazy("Taken back"), ""),
    "DECLINED": (gettext_lazy("They cannot"), "soon"),
    "NOT_NEEDED": (gettext_lazy("Not needed"), ""),
    "ASKED": (gettext_lazy("Asked for"), "soon"),
    "ACCEPTED": (gettext_lazy("Accepted"), "calm"),
    "GIVEN": (gettext_lazy("Being given"), "done"),
    "REVIEWED": (gettext_lazy("Gone through with her"), "done"),
    "ENDED": (gettext_lazy("Ended"), ""),
}
# What follows each state; "ASKED" is answered by the provider alone.
NEXT = {
    "ASKED": ("services.accept", "services.decline", "services.record_childs_refusal"),
    "ACCEPTED": ("services.deliver", "services.record_childs_refusal", "services.end"),
    "GIVEN": ("services.review", "services.end"),
    "REVIEWED": ("services.review", "services.end"),
}
ANSWERS = ("services.accept", "services.decline")
DELIVERY = ("services.deliver",)
OTHER_ACTS = (
    "services.request",
    "services.record_consent",
    "services.mark_not_needed",
    "services.record_compensation",
)


def tag(state: str) -> dict[str, Any]:
    says, tone = STATES[state]
    return {"tag": says, "tone": tone}


# One case


def of_a_case(reader: Reader) -> dict[str, Any]:
    """The six, every request with what can follow, what she agreed to."""
    told = reader.sight.opens(Handling.ORDINARY)
    facts = reader.facts
    names = agencies.names_of_agencies({one.provider_id for one in queries.requests(facts)})
    mine = [one for one in reversed(queries.requests(facts)) if _sees(reader, one)]
    return {
        "told": told,
        "six": [_one_of_six(reader, one, names) for one in queries.six(facts)] if told else [],
        "requests": [_request(reader, one, names) for one in mine],
        "consents": list(_consents(reader)) if told else [],
    }


def _sees(reader: Reader, request: ServiceRequest) -> bool:
    return reader.sight.opens(Handling.ORDINARY, request.owner_for(reader.sight.agency_id))


def _one_of_six(reader: Reader, one: queries.Six, names: dict[int, str]) -> dict[str, Any]:
    """Where one of the six stands, and the one thing to do next while it is missing."""
    newest = next(reversed(queries.requests(reader.facts, one.service)), None)
    row: dict[str, Any] = {"title": service_label(one.service), **tag(one.state)}
    if newest is not None and one.state != "GAP":
        row["about"] = names.get(newest.provider_id, "")
    if one.state in ("GAP", "REFUSED"):
        free = one.service in queries.NEED_NO_CONSENT
        agreed = free or queries.consent_for(reader.facts, one.service) is not None
        opened = door(
            reader, "services.request" if agreed else "services.record_consent", service=one.service
        )
        row["url"] = opened["url"]
        row["why"] = "" if agreed else _("Ask her first whether she agrees.")
    return row


def _request(reader: Reader, request: ServiceRequest, names: dict[int, str]) -> dict[str, Any]:
    """One request: what, by whom, how far, and the acts that can follow."""
    state = queries.state_of(reader.facts, request)
    following = [door(reader, name, request=request.pk) for name in NEXT.get(state, ())]
    if request.provider_id != reader.actor.agency_id:
        following = [one for one in following if not _by_the_provider(one)]
    return {
        "title": service_label(request.service),
        "provider": names.get(request.provider_id, ""),
        "when": request.at,
        "rows": _answers(reader, request),
        "doors": [one for one in following if one["url"]],
        **tag(state),
    }


def _by_the_provider(opened: dict[str, Any]) -> bool:
    return opened["title"] in {ACTS[name].says for name in (*ANSWERS, *DELIVERY)}


TOLD = {  # what was asked for, each under a short name
    "need": gettext_lazy("Need"),
    "conditions": gettext_lazy("Conditions"),
    "urgency": gettext_lazy("How urgent"),
    "by_when": gettext_lazy("Needed by"),
}


def _answers(reader: Reader, request: ServiceRequest) -> list[dict[str, Any]]:
    """What was asked for, without what stands in the heading already."""
    owner, rows = request.owner_for(reader.sight.agency_id), []
    for name, label in TOLD.items():
        column = column_of(ServiceRequest._meta.get_field(name))
        if column is None or not getattr(request, name):
            continue
        opened = reader.sight.opens(column.handling, owner)
        values = words(column, getattr(request, name), reader.facts.pack, Names({}, {})) if opened else ()
        rows.append({"label": label, "values": values, "withheld": not opened})
    return rows


def _consents(reader: Reader) -> Iterable[dict[str, Any]]:
    """Each consent that stands: for what, by whom, what may be told, until when; and the way to take it back."""
    facts = reader.facts
    standing = {
        consent.pk: consent
        for service in ServiceOrAll.codes()
        if (consent := queries.consent_for(facts, service)) is not None
    }
    for consent in standing.values():
        back = door(reader, "services.withdraw_consent", service=consent.service)
        yield {
            "label": service_label(consent.service),
            "values": [who_said_so(consent), what_may_be_told(consent), until_when(facts, consent)],
            "url": back["url"],
            "link": _("Take it back"),
        }


# What was asked of an agency


def asked_of_us(here: Doing, asked: Iterable[Asked]) -> dict[str, Any]:
    """Each request with the need and whom to ring; never what happened to her."""
    several = list(asked)
    people = agencies.names_of_people({one.request.by_person_id or 0 for one in several})
    offices = {one.request.by_agency_id or 0 for one in several}
    names, numbers = agencies.names_of_agencies(offices), agencies.telephones(offices)
    groups: dict[str, list[dict[str, Any]]] = {"waiting": [], "going": [], "over": []}
    for one in several:
        row = _asked_row(here, one)
        office = one.request.by_agency_id or 0
        row["who"] = ", ".join(filter(None, (people.get(one.request.by_person_id or 0), names.get(office))))
        row["telephone"] = numbers.get(office, "")
        row["call"] = "".join(row["telephone"].split())
        groups[_group(one.state)].append(row)
    groups["waiting"].sort(key=lambda row: (row["due"] is None, row["due"]))
    return groups


def _group(state: str) -> str:
    if state == "ASKED":
        return "waiting"
    return "going" if state in ("ACCEPTED", "GIVEN", "REVIEWED") else "over"


def _asked_row(here: Doing, one: Asked) -> dict[str, Any]:
    facts, request = one.facts, one.request
    reader = Reader(here.actor, facts, sight_of(here.actor, facts))
    following = [door(reader, name, request=request.pk) for name in NEXT.get(one.state, ())]
    accept = following[0]["url"] if one.state == "ASKED" else ""
    return {
        "title": service_label(request.service),
        "reference": facts.the_case.reference,
        "need": request.need,
        "conditions": request.conditions,
        "when": request.at,
        "by_when": request.by_when,
        "due": one.due,
        "late": one.due is not None and one.due < facts.today,
        "request": str(request.pk),
        "key": str(uuid4()),
        "accept": accept.split("?")[0],
        "doors": [row for row in following[bool(accept) :] if row["url"]],
        **tag(one.state),
    }


# The directory


def directory_row(offer: Offer) -> dict[str, Any]:
    return {
        "service": service_label(offer.service),
        "agency": offer.by_agency.name if offer.by_agency is not None else "",
        "lines": told_of(offer),
    }
