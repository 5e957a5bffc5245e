"""Her safety plan, and what everyone does in the first hour when she is missing."""

from collections.abc import Iterator

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nrm.care.beside import for_who_may_read, said, sees
from nrm.care.models import DangerSeen, Found, MissingAlert, PoliceInformed, SafetyPlan
from nrm.care.queries import is_missing, times_missing
from nrm.care.terms import Danger, FoundHow, Level
from nrm.casefile.beside import Part, Reader, shown, signed_by
from nrm.casefile.models import Fact
from nrm.kernel.handling import Handling
from nrm.kernel.moments import in_words


def when(fact: Fact) -> str:
    return in_words(fact.at, "j F Y, H:i")


def _plan(reader: Reader) -> Iterator[Part]:
    """The newest plan: each danger, then what was agreed. Places and trusted people are not shown here."""
    plan = reader.facts.latest(SafetyPlan)
    if plan is None:
        yield Part(_("The plan"), lines=[_("No plan was agreed with her yet.")])
        return
    dangers = reader.facts.rows(plan, DangerSeen)
    if dangers:
        yield Part(_("What she is kept safe from"), rows=[_danger(reader, plan, one) for one in dangers])
    yield Part(_("What is agreed"), rows=shown(reader, plan), signed=signed_by(plan))


def _danger(reader: Reader, plan: SafetyPlan, one: DangerSeen) -> dict[str, object]:
    if not sees(reader, plan, Handling.SENSITIVE):
        return {"label": _("Danger"), "values": [], "withheld": True}
    likely = _("How likely: %(level)s") % {"level": Level(one.likelihood).label}
    return {
        "label": capfirst(str(Danger(one.danger).label)),
        "values": [one.who] if one.who else [capfirst(likely)],
        "note": capfirst(likely) if one.who else "",
    }


THE_PLAN = for_who_may_read(_plan, gettext_lazy("The plan"))
FIRST_HOUR = said(
    gettext_lazy("What each of us does in the first hour"),
    gettext_lazy("Whoever notices: raise the alert here, then call the emergency number. Do not wait a day."),
    gettext_lazy(
        "Where she lives: look in her room and nearby, keep her things as they are, stay reachable."
    ),
    gettext_lazy(
        "Lead worker: call the police, give them a photograph if that is agreed, write their number here."
    ),
    gettext_lazy("Guardian: call everyone she trusts. Say only that she is looked for."),
    gettext_lazy("Police: treat it as a missing child at high risk; look for the one who exploited her."),
    gettext_lazy("Authority and focal point: if she may be abroad, warn the other State today."),
    gettext_lazy(
        "Everything else goes on: no decision, no help and no place of hers ends because she is missing."
    ),
)


def her_own_plan(reader: Reader) -> Iterator[Part]:
    """What her safety plan says about the first hour, for those who may know where she could be."""
    plan = reader.facts.latest(SafetyPlan)
    if plan is None:
        yield Part(_("Her own plan for the first hour"), lines=[_("No plan was agreed with her yet.")])
    elif sees(reader, plan, Handling.LOCATING):
        lines = [plan.if_missing] + (
            [_("She trusts: %(who)s") % {"who": plan.trusted_person}] if plan.trusted_person else []
        )
        yield Part(_("Her own plan for the first hour"), lines=lines)
    else:
        yield Part(_("Her own plan for the first hour"), lines=[_("Not shared with you")])


def missing_now(reader: Reader) -> Iterator[Part]:
    """Each time she was missing: since when, whether the police know, whether she was found. No place."""
    facts = reader.facts
    for alert, found in reversed(list(times_missing(facts))):
        if not sees(reader, alert):
            continue
        yield Part(
            _("She is missing") if found is None else _("She was missing"),
            rows=[
                {"label": _("Since"), "values": [alert.since or alert.at], "note": signed_by(alert)},
                {"label": _("Police"), "values": _police(reader, alert, found)},
                {"label": _("Found"), "values": _found(reader, found)},
            ],
        )
    if facts.latest(MissingAlert) is None:
        yield Part(_("Missing"), lines=[_("No alert was ever raised.")])


def _police(reader: Reader, alert: MissingAlert, found: Found | None) -> list[str]:
    told = [
        one
        for one in reader.facts.of(PoliceInformed)
        if one.at >= alert.since and (found is None or one.at <= found.at)
    ]
    if not told:
        return [_("Not told yet")]
    return [
        _("Told on %(when)s, reference %(reference)s") % {"when": when(one), "reference": one.reference}
        for one in told
    ]


def _found(reader: Reader, found: Found | None) -> list[str]:
    if found is None:
        return [_("Not yet")]
    how = [capfirst(str(FoundHow(found.condition).label))] if sees(reader, found, Handling.SENSITIVE) else []
    return [when(found), *how]


def is_missing_now(reader: Reader) -> bool:
    return is_missing(reader.facts)
