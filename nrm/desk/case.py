"""The whole case on one page: what is urgent, what comes next, what one can do, who she is, what happened."""

from collections import defaultdict
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from nrm.agencies import queries as agencies
from nrm.audit import trail
from nrm.casefile.act import ACTS, Act
from nrm.casefile.doing import Doing, Looked
from nrm.casefile.facts import Facts
from nrm.casefile.keeping import as_waiting
from nrm.casefile.models import Waiting
from nrm.casefile.questions import guardian, guardian_is_needed, headline, presumed
from nrm.casefile.showing import Names, agencies_in, answers, people_in
from nrm.casefile.sight import standing_shares
from nrm.casefile.terms import Flag, Stage
from nrm.casefile.timing import lead_worker, timed
from nrm.contact.models import FirstContact
from nrm.desk import wording
from nrm.desk.deadline_words import act_for, under_which_law, what_to_do
from nrm.kernel.handling import Handling

ROOMS_IN_ORDER = ("contact", "screening", "referral", "identification", "care", "services", "casefile")
URGENT = (Flag.MISSING, Flag.IN_DANGER, Flag.NO_GUARDIAN, Flag.NON_PUNISHMENT_DUE)
LONGEST_TIMELINE = 100


def no_case(here: Doing) -> Facts:
    """Facts of no case: for asking whether someone may open one."""
    return Facts(case=None, now=here.now, pack=here.pack)


def context(here: Doing, looked: Looked) -> dict[str, Any]:
    """Everything the page says, already cut to what this person may see."""
    facts, sight = looked.facts, looked.sight
    head = headline(facts)
    names = Names(
        people=agencies.names_of_people(people_in(facts.everything)),
        agencies=agencies.names_of_agencies(agencies_in(facts) | {here.actor.agency_id}),
    )
    named = sight.opens(Handling.IDENTIFYING)
    summary = sight.opens(Handling.ORDINARY)
    flags = [Flag(code) for code in head.get("flags", ())] if summary else []  # type: ignore[attr-defined]
    return {
        "reference": facts.the_case.reference,
        "title": _title(head, facts, named=named, summary=summary),
        "stage": Stage(str(head["stage"])).label if summary else "",
        "flags": [flag.label for flag in flags if flag not in URGENT],
        "urgent": [flag.label for flag in flags if flag in URGENT],
        "next": _next(here, facts),
        "can": _can(here, facts),
        "cannot": _cannot(here, facts),
        "about": _about(facts, looked, head, names),
        "timeline": _timeline(facts, looked, names),
        "shared": _shared(facts, names),
        "seen": _seen(facts, names),
    }


def _title(head: dict[str, object], facts: Facts, *, named: bool, summary: bool) -> str:
    if not summary and not named:
        return _("Case %(reference)s") % {"reference": facts.the_case.reference}
    sexes = {"FEMALE": _("A girl"), "MALE": _("A boy")}
    called = str(head.get("called") or "") if named else ""
    return f"{called or sexes.get(str(head.get('sex')), _('A child'))}, {_age(head, facts, named=named)}"


def _age(head: dict[str, object], facts: Facts, *, named: bool) -> str:
    born = head.get("birth_date") if named else None
    low, high = head.get("age_from"), head.get("age_to")
    return wording.age_in_words(
        born if isinstance(born, date) else None,
        low if isinstance(low, int) else None,
        high if isinstance(high, int) else None,
        facts.today,
        child=presumed(facts, facts.today).child,
    )


def _act_url(reference: str, act: Act) -> str:
    return reverse("act", args=[reference, act.room, act.verb])


def _next(here: Doing, facts: Facts) -> list[dict[str, Any]]:
    """Open deadlines, nearest first, each with the act that stops it."""
    rows = []
    reference = facts.the_case.reference
    open_acts = {act.name for act in _on_this_case() if not act.why_not(here.actor, facts)}
    for deadline in timed(facts):
        if deadline.stopped is not None or deadline.due is None or deadline.period:
            continue
        columns = as_waiting(deadline, facts)
        waiting = Waiting(due_at=columns[4], due_day=columns[5])
        words, tone = wording.by_when(waiting, facts.now, facts.today)
        name = act_for(deadline.code)
        part = f" ({deadline.part.replace('_', ' ').lower()})" if deadline.part else ""
        rows.append(
            {
                "title": f"{what_to_do(deadline.code)}{part}",
                "url": _act_url(reference, ACTS[name]) if name in open_acts else "",
                "why": under_which_law(facts.pack.deadline(deadline.code).source),
                "tag": words,
                "tone": tone,
                "at": deadline.due.instant,
            }
        )
    return sorted(rows, key=lambda row: row["at"])


def _on_this_case() -> list[Act]:
    listed = [act for act in ACTS.values() if act.on_case and not act.opens]
    return sorted(
        listed, key=lambda act: ROOMS_IN_ORDER.index(act.room) if act.room in ROOMS_IN_ORDER else 99
    )


def _can(here: Doing, facts: Facts) -> list[dict[str, Any]]:
    return [
        {"title": act.says, "url": _act_url(facts.the_case.reference, act)}
        for act in _on_this_case()
        if not act.why_not(here.actor, facts)
    ]


def _cannot(here: Doing, facts: Facts) -> list[dict[str, Any]]:
    rows = []
    for act in _on_this_case():
        reasons = act.why_not(here.actor, facts)
        if reasons and not act.who.refusals(here.actor, facts, None):
            rows.append({"title": act.says, "why_not": [{"text": str(r), "code": r.code} for r in reasons]})
    return rows


def _about(facts: Facts, looked: Looked, head: dict[str, object], names: Names) -> list[dict[str, Any]]:
    sight = looked.sight
    presumption = presumed(facts, facts.today)
    treated = _("Treated as a child") if presumption.child else _("Treated as an adult")
    summary = sight.opens(Handling.ORDINARY)
    age = f"{_age(head, facts, named=sight.opens(Handling.IDENTIFYING))}. {treated} ({presumption.row})."
    rows: list[dict[str, Any]] = [
        {"label": _("Age"), "values": [age[:1].upper() + age[1:]], "withheld": not summary}
    ]
    contact = facts.latest(FirstContact)
    if contact is not None:
        rows += [
            {"label": one.label, "values": one.values, "withheld": one.withheld}
            for one in answers(contact, sight, facts.pack, names, contact.by_agency_id)
            if not one.locating
        ]
    if guardian_is_needed(facts, facts.today) or guardian(facts, facts.today):
        person = guardian(facts, facts.today)
        known = agencies.names_of_people([person]).get(person, "") if person else _("None yet")
        rows.append({"label": _("Guardian"), "values": [known], "withheld": not summary})
    lead = lead_worker(facts)
    if lead:
        rows.append(
            {"label": _("Lead worker"), "values": [names.people.get(lead, "")], "withheld": not summary}
        )
    return rows


def _timeline(facts: Facts, looked: Looked, names: Names) -> list[dict[str, Any]]:
    struck = {fact.corrects for fact in facts.everything if fact.corrects}
    rows = []
    for fact in reversed(facts.everything[-LONGEST_TIMELINE:]):
        owner = fact.owner_for(looked.sight.agency_id)
        if not looked.sight.opens(Handling.ORDINARY, owner):
            continue
        shown = answers(fact, looked.sight, facts.pack, names, owner)
        short = [one for one in shown if one.values and not one.locating][:2]
        rows.append(
            {
                "when": fact.at,
                "title": fact.told or fact._meta.verbose_name,
                "who": names.agencies.get(fact.by_agency_id or 0, ""),
                "lines": []
                if isinstance(fact, FirstContact)
                else [Truncator(", ".join(o.values)).chars(110) for o in short],
                "struck": fact.pk in struck,
            }
        )
    return rows


def _shared(facts: Facts, names: Names) -> list[str]:
    """Agencies with a standing share, each with what it was given."""
    by_agency: dict[int, set[str]] = defaultdict(set)
    for share in standing_shares(facts):
        by_agency[share.agency_id] |= set(share.grants)
    return [
        f"{names.agencies.get(key, '')}: {', '.join(sorted(given)).lower()}"
        for key, given in by_agency.items()
    ]


def _seen(facts: Facts, names: Names) -> list[str]:
    """Who looked: day and hour, agency, purpose; newest first."""
    looks = trail.looks_at(facts.the_case.pk, limit=8)
    known = dict(names.agencies) | agencies.names_of_agencies(
        {one.agency_id for one in looks} - set(names.agencies)
    )
    return [
        f"{date_format(one.at, 'j M Y, H:i')} · {known.get(one.agency_id, '')} · {one.purpose.lower()}"
        for one in looks
    ]
