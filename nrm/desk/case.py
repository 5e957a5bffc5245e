"""The whole case on one page: what is urgent, what comes next, what one can do, who she is, what happened."""

from collections import defaultdict
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from nrm.agencies import queries as agencies
from nrm.audit import trail
from nrm.casefile.act import ACTS, Act
from nrm.casefile.doing import Doing, Looked
from nrm.casefile.facts import Facts
from nrm.casefile.keeping import as_waiting
from nrm.casefile.models import Waiting
from nrm.casefile.questions import headline, presumed
from nrm.casefile.showing import Names, agencies_in, people_in
from nrm.casefile.sight import standing_shares
from nrm.casefile.terms import Flag, SharePurpose, Stage
from nrm.casefile.timing import timed
from nrm.desk import about, telling, wording
from nrm.desk.deadline_words import act_for, under_which_law, what_to_do
from nrm.kernel.handling import Grant, Handling

ROOM_WORDS = {
    "contact": _("First contact"),
    "screening": _("Screening"),
    "referral": _("Referral"),
    "identification": _("Decisions, age, offences"),
    "care": _("Guardian, safety, best interests"),
    "services": _("Services"),
    "crossborder": _("Across borders"),
    "closure": _("Closing the case"),
    "casefile": _("Sharing and leading the case"),
}
URGENT = {  # what is urgent -> the act that answers it
    Flag.MISSING: "care.record_found",
    Flag.IN_DANGER: "contact.record_immediate_safety",
    Flag.NO_GUARDIAN: "care.appoint_guardian",
    Flag.NON_PUNISHMENT_DUE: "identification.issue_non_punishment_notice",
}
LONGEST_TIMELINE = 100
MOST_LOOKS = 200


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
        "urgent": [_urgent(flag, here, facts) for flag in flags if flag in URGENT],
        "next": _next(here, facts),
        "can": _can(here, facts),
        "cannot": _cannot(here, facts),
        "about": about.about(facts, looked, names, age=_age_line(head, facts, named), rule=_rule(facts)),
        "first_answers": about.first_answers(facts, looked, names),
        "timeline": telling.timeline(facts, sight, names, longest=LONGEST_TIMELINE),
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


def _age_line(head: dict[str, object], facts: Facts, named: bool) -> str:
    treated = _("Treated as a child") if presumed(facts, facts.today).child else _("Treated as an adult")
    age = capfirst(_age(head, facts, named=named))
    return _("%(age)s. %(treated)s.") % {"age": age, "treated": treated}


def _rule(facts: Facts) -> str:
    return _("Presumption of age, rule %(rule)s") % {"rule": presumed(facts, facts.today).row}


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
    rooms = list(ROOM_WORDS)
    return sorted(listed, key=lambda act: rooms.index(act.room) if act.room in rooms else len(rooms))


def _urgent(flag: Flag, here: Doing, facts: Facts) -> dict[str, Any]:
    """What must be seen first, with the way to mend it for who may."""
    act = ACTS.get(URGENT[flag])
    if act is None or act.why_not(here.actor, facts):
        return {"title": flag.label}
    return {"title": flag.label, "url": _act_url(facts.the_case.reference, act), "link": act.says}


def _can(here: Doing, facts: Facts) -> list[dict[str, Any]]:
    """What this person can do, room by room."""
    by_room: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for act in _on_this_case():
        if not act.why_not(here.actor, facts):
            by_room[act.room].append({"title": act.says, "url": _act_url(facts.the_case.reference, act)})
    return [{"title": ROOM_WORDS.get(room, room), "rows": rows} for room, rows in by_room.items()]


def _cannot(here: Doing, facts: Facts) -> list[dict[str, Any]]:
    rows = []
    for act in _on_this_case():
        reasons = act.why_not(here.actor, facts)
        if reasons and not act.who.refusals(here.actor, facts, None):
            rows.append({"title": act.says, "why_not": [{"text": str(r), "code": r.code} for r in reasons]})
    return rows


def _shared(facts: Facts, names: Names) -> list[dict[str, Any]]:
    """Agencies with a standing share, each with the words for what it was given; the lower grants go without saying."""
    by_agency: dict[int, set[str]] = defaultdict(set)
    for share in standing_shares(facts):
        by_agency[share.agency_id] |= set(share.grants)
    return [
        {"label": names.agencies.get(key, ""), "values": [capfirst(", ".join(_granted(given)))]}
        for key, given in by_agency.items()
    ]


def _granted(given: set[str]) -> list[str]:
    highest = {Grant.FULL: {Grant.SUMMARY, Grant.EXISTENCE}, Grant.SUMMARY: {Grant.EXISTENCE}}
    unsaid = next((lower for grant, lower in highest.items() if grant in given), set[Grant]())
    return [str(grant.label) for grant in Grant if grant in given and grant not in unsaid]


def _seen(facts: Facts, names: Names) -> list[dict[str, Any]]:
    """Who looked: each agency and purpose with how often and when last; newest first."""
    looks = trail.looks_at(facts.the_case.pk, limit=MOST_LOOKS)
    known = dict(names.agencies) | agencies.names_of_agencies(
        {one.agency_id for one in looks} - set(names.agencies)
    )
    by_reason: dict[tuple[int, str], list[Any]] = defaultdict(list)
    for one in looks:
        by_reason[one.agency_id, one.purpose].append(one)
    purposes = dict(SharePurpose.choices())
    return [
        {
            "who": known.get(agency, ""),
            "purpose": purposes.get(purpose, ""),
            "count": len(several),
            "last": several[0].at,
        }
        for (agency, purpose), several in by_reason.items()
    ]
