"""What the pages of other States and of her future say, already cut to what this person may see."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from nrm.casefile.act import ACTS
from nrm.casefile.doing import Doing
from nrm.casefile.facts import Facts
from nrm.casefile.looking import Looked
from nrm.casefile.models import Fact
from nrm.casefile.sight import Sight
from nrm.crossborder import queries, wording
from nrm.crossborder.models import (
    FamilyAssessment,
    OutgoingMessage,
    RiskAssessment,
    SolutionConfirmed,
    SolutionProposal,
    TracingRequest,
    TracingResult,
)
from nrm.crossborder.rules import reasons_against
from nrm.crossborder.terms import DurableSolutionType, MessageKind, RiskConclusion
from nrm.kernel import places
from nrm.kernel.handling import Handling
from nrm.kernel.moments import in_words
from nrm.kernel.refusals import ROLE_MISSING, Refusal

ABROAD = (
    "crossborder.raise_alert_abroad",
    "crossborder.send_transnational_referral",
    "crossborder.request_family_tracing",
    "crossborder.record_tracing_result",
    "crossborder.record_family_assessment",
    "crossborder.consult_on_placement_abroad",
    "crossborder.record_consular_contact",
    "crossborder.transmit_complaint",
)
BEFORE_A_SOLUTION = (
    "crossborder.record_risk_and_security_assessment",
    "care.determine_best_interests",
)


def sees(sight: Sight, fact: Fact, handling: Handling) -> bool:
    return sight.opens(handling, fact.owner_for(sight.agency_id))


def country(facts: Facts, code: str) -> str:
    return places.country_name(code, facts.pack.invented_countries)


def button(here: Doing, facts: Facts, name: str, **more: object) -> dict[str, Any]:
    """One act as a row: a link, or why not."""
    act = ACTS[name]
    why_not = act.why_not(here.actor, facts)
    url = "" if why_not else _url(facts, name, **more)
    return {"title": act.says, "url": url, "why_not": _said(why_not)}


def _before(here: Doing, facts: Facts, name: str) -> dict[str, Any]:
    """A step that only the panel can do leads whoever may to letting the panel in."""
    row = button(here, facts, name)
    share = button(here, facts, "casefile.share")
    if any(one["code"] == ROLE_MISSING.code for one in row["why_not"]) and share["url"]:
        why = _(
            "The panel does this. Share the case with the agency of each of its members first, to decide."
        )
        return row | {
            "url": share["url"],
            "title": share["title"],
            "why": f"{row['title']}: {why}",
            "why_not": [],
        }
    return row


def _url(facts: Facts, name: str, **more: object) -> str:
    address = reverse("act", args=[facts.the_case.reference, *name.split(".")])
    asked = "&".join(f"{key}={value}" for key, value in more.items())
    return f"{address}?{asked}" if asked else address


def _said(reasons: Iterable[Refusal]) -> list[dict[str, str]]:
    return [{"text": str(one), "code": one.code} for one in reasons]


def _when(fact: Fact) -> str:
    return in_words(fact.at, "j F Y, H:i")


# Other States


def abroad(here: Doing, looked: Looked) -> dict[str, Any]:
    """Where we have a contact, what went out and what came back, her family, what one can do."""
    facts = looked.facts
    return {
        "reference": facts.the_case.reference,
        "bound": queries.bound_by(facts),
        "focal_points": sorted(country(facts, code) for code in facts.pack.focal_points),
        "messages": [_message(here, looked, one) for one in reversed(facts.of(OutgoingMessage))],
        "family": list(_family(looked)),
        "can": [button(here, facts, name) for name in ABROAD],
    }


def _message(here: Doing, looked: Looked, message: OutgoingMessage) -> dict[str, Any]:
    facts, sight = looked.facts, looked.sight
    told = sees(sight, message, Handling.ORDINARY)
    row: dict[str, Any] = {"when": _when(message), "withheld": not told}
    if told:
        row |= {
            "title": f"{dict(MessageKind.choices())[message.kind]}: {country(facts, message.to)}",
            "conditions": wording.conditions(json.loads(message.sent)),
            "came": list(_came(facts, message)),
            "url": reverse("message-abroad", args=[facts.the_case.reference, message.pk]),
            "next": _next(here, facts, message),
        }
    return row


def _came(facts: Facts, message: OutgoingMessage) -> Iterator[str]:
    for fact in (
        queries.acknowledgement_of(facts, message.pk),
        queries.reply_to(facts, message.pk),
        queries.outcome_of(facts, message.pk),
    ):
        if fact is not None:
            yield f"{fact.told}: {_when(fact)}"


def _next(here: Doing, facts: Facts, message: OutgoingMessage) -> dict[str, Any] | None:
    """The act that this message waits for; none once its outcome is told."""
    if queries.outcome_of(facts, message.pk) is not None:
        return None
    if queries.acknowledgement_of(facts, message.pk) is None:
        name = "crossborder.acknowledge"
    elif queries.reply_to(facts, message.pk) is None:
        name = "crossborder.answer"
    else:
        name = "crossborder.record_outcome"
    return button(here, facts, name, message=message.pk)


def _family(looked: Looked) -> Iterator[dict[str, Any]]:
    """What was asked and found about her family, newest first."""
    facts, sight = looked.facts, looked.sight
    kinds = (TracingRequest, TracingResult, FamilyAssessment)
    for fact in reversed([one for one in facts.standing if isinstance(one, kinds)]):
        if sees(sight, fact, Handling.ORDINARY):
            yield {"label": fact.told, "values": [_when(fact)]}


def message(looked: Looked, key: int) -> dict[str, Any] | None:
    """One message as it left; None if this case has none of that key. Who may not see all of it sees none of it."""
    facts = looked.facts
    found = next((one for one in facts.of(OutgoingMessage) if one.pk == key), None)
    if found is None:
        return None
    told = json.loads(found.sent)
    whole = sees(looked.sight, found, Handling.LOCATING)
    return {
        "reference": facts.the_case.reference,
        "number": found.message_id,
        "when": _when(found),
        "to": country(facts, found.to),
        "to_office": found.to_office,
        "conditions": wording.conditions(told),
        "parts": list(_parts(facts, told)) if whole else [],
        "sent": found.sent if whole else "",
    }


def _parts(facts: Facts, sent: wording.Sent) -> Iterator[dict[str, Any]]:
    for part in wording.parts(sent, facts.pack.invented_countries):
        rows = [{"label": label, "values": values} for label, values in part.lines]
        yield {"title": part.title, "rows": rows}


# Her future


def solution(here: Doing, looked: Looked) -> dict[str, Any]:
    """Stay, return or a third country: what is decided, what a return would need, what one can do."""
    facts = looked.facts
    against = list(reasons_against(queries.planned_return(facts)))
    approve = button(here, facts, "crossborder.approve_durable_solution")
    return {
        "reference": facts.the_case.reference,
        "bound": queries.bound_by(facts),
        "decided": list(_decided(looked)),
        "assessed": list(_assessed(looked)),
        "confirm": [_confirm(here, facts, one) for one in _waiting(facts)],
        "propose": _propose(facts, approve, against),
        "before": [_before(here, facts, name) for name in BEFORE_A_SOLUTION if name in ACTS],
        "real": button(here, facts, "crossborder.record_implementation"),
    }


def _propose(facts: Facts, approve: dict[str, Any], against: list[Refusal]) -> list[dict[str, Any]]:
    """A row for each family of solutions; the return has no link while anything stands against it."""
    rows = []
    for title, returns in families():
        barred = _said(against) if returns and not approve["why_not"] else []
        url = "" if barred else approve["url"]
        rows.append({"title": title, "url": url, "why_not": barred or approve["why_not"]})
    return rows


def families() -> list[tuple[str, bool]]:
    """The three families of durable solutions, and whether it is a return. Source: OSCE PC.DEC/685."""
    return [
        (_("Propose that she stays"), False),
        (_("Propose that she returns"), True),
        (_("Propose that she goes to a third country"), False),
    ]


def _waiting(facts: Facts) -> list[SolutionProposal]:
    signed = {one.proposal for one in facts.of(SolutionConfirmed)}
    return [one for one in facts.of(SolutionProposal) if one.pk not in signed]


def _confirm(here: Doing, facts: Facts, proposal: SolutionProposal) -> dict[str, Any]:
    row = button(here, facts, "crossborder.confirm_durable_solution", proposal=proposal.pk)
    return row | {"about": _when(proposal)}


def _decided(looked: Looked) -> Iterator[dict[str, Any]]:
    facts, sight = looked.facts, looked.sight
    words = dict(DurableSolutionType.choices())
    for proposal in reversed(facts.of(SolutionProposal)):
        confirmed = next((one for one in facts.of(SolutionConfirmed) if one.proposal == proposal.pk), None)
        may_see = sees(sight, proposal, Handling.SENSITIVE)
        yield {
            "label": _("Confirmed %s") % _when(confirmed)
            if confirmed
            else _("Proposed %s") % _when(proposal),
            "values": [str(words[proposal.type])],
            "withheld": not may_see,
        }
    real = queries.implementation(facts)
    if real is not None:
        yield {"label": real.told, "values": [date_format(real.on, "j F Y")]}


def _assessed(looked: Looked) -> Iterator[dict[str, Any]]:
    facts, sight = looked.facts, looked.sight
    for fact in reversed(facts.of(RiskAssessment)):
        may_see = sees(sight, fact, Handling.SENSITIVE)
        yield {
            "label": f"{fact.told}: {country(facts, fact.country)}, {_when(fact)}",
            "values": [str(dict(RiskConclusion.choices())[fact.conclusion])] if may_see else [],
            "withheld": not may_see,
        }
