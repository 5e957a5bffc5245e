"""The whole case on one page: what is urgent, what comes next, what one can do, who she is, what happened."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from nrm.agencies import queries as agencies
from nrm.agencies.terms import Mandate
from nrm.audit import trail
from nrm.care.beside.adulthood import is_near
from nrm.casefile import addresses, correcting
from nrm.casefile.act import ACTS, Act
from nrm.casefile.deadline_words import act_for, address, under_which_law, what_to_do
from nrm.casefile.doing import Doing
from nrm.casefile.facts import Facts
from nrm.casefile.looking import Looked
from nrm.casefile.questions import guardian, headline, presumed
from nrm.casefile.showing import Names, agencies_in, labels, people_in
from nrm.casefile.sight import Sight, standing_shares
from nrm.casefile.terms import Flag, ServiceCode, SharePurpose, Stage
from nrm.casefile.timing import Owner, Timed, lead_worker, timed
from nrm.closure.queries import waits_for_a_second_person
from nrm.crossborder.queries import bound_by
from nrm.desk import about, timeline, wording
from nrm.desk.timeline import EVERYTHING, STEPS, Wanted
from nrm.kernel.handling import Grant, Handling
from nrm.kernel.refusals import NOT_FOUND, ROLE_MISSING, Refusal

URGENT = {  # what is urgent -> the act that answers it
    Flag.MISSING: "care.record_found",
    Flag.IN_DANGER: "contact.record_immediate_safety",
    Flag.NO_GUARDIAN: "care.appoint_guardian",
    Flag.NON_PUNISHMENT_DUE: "identification.issue_non_punishment_notice",
}
SIGNED_BY = {  # what waits for a second person -> the act by which that person signs it
    "identification.DecisionProposal": "identification.confirm",
    "identification.AgeProposal": "identification.confirm",
    "identification.ExtensionProposal": "identification.confirm",
    "care.ReflectionException": "care.confirm_exception",
    "care.Determination": "care.confirm_determination",
    "crossborder.SolutionProposal": "crossborder.confirm_durable_solution",
    "closure.ClosureProposal": "closure.close",
}
MOST_LOOKS = 200
Reasons = Mapping[str, list[Refusal]]  # act -> why it cannot be done now; empty: it can


class Step(NamedTuple):
    """A time limit that runs, and the row that says it. late: it has passed, so what the law requires is not there."""

    limit: Timed
    row: dict[str, Any]
    late: bool


def no_case(here: Doing) -> Facts:
    """Facts of no case: for asking whether someone may open one."""
    return Facts(case=None, now=here.now, pack=here.pack)


def context(here: Doing, looked: Looked, wanted: Wanted = EVERYTHING) -> dict[str, Any]:
    """Everything the page says, already cut to what this person may see."""
    facts, sight = looked.facts, looked.sight
    head = headline(facts)
    limits = _open_limits(facts)
    owners = [limit.owner for limit in limits]
    her_guardian = guardian(facts, facts.today)
    people = people_in(facts.everything) | {owner.person for owner in owners if owner.person}
    names = Names(
        *agencies.names_of(
            people | ({her_guardian} if her_guardian else set()),
            agencies_in(facts) | {here.actor.agency_id} | {owner.agency for owner in owners if owner.agency},
        )
    )
    reasons = {act.name: _why_not(act, here, facts, sight) for act in _on_this_case()}
    steps = _steps(facts, limits, names, reasons)
    named = sight.opens(Handling.IDENTIFYING)
    summary = sight.opens(Handling.ORDINARY)
    flags = [Flag(code) for code in head.get("flags", ())] if summary else []  # type: ignore[attr-defined]
    urgent = [_urgent(flag, facts, reasons, steps) for flag in URGENT if flag in flags]
    steps = [one for one in steps if one.limit.code not in {banner.get("limit") for banner in urgent}]
    waiting, answered = _second_person(here, facts, names, reasons, steps)
    steps = [one for one in steps if one.limit.code not in answered]
    return {
        "bound": bound_by(facts),
        "reference": facts.the_case.reference,
        "title": _title(head, facts, named=named, summary=summary),
        "stage": Stage(str(head["stage"])).label if summary else "",
        "flags": [flag.label for flag in flags if flag not in URGENT],
        "urgent": urgent,
        "missing": [one.row for one in steps if one.late],
        "next": [
            *waiting,
            *_child_welfare(here, facts, reasons),
            *(one.row for one in steps if not one.late),
        ],
        "can": _can(facts, reasons),
        "cannot": _cannot(reasons),
        "about": about.about(facts, looked, names, age=_age_line(head, facts, named), rule=_rule(facts)),
        "first_answers": about.first_answers(facts, looked, names),
        "timeline": timeline.context(here, looked, names, wanted),
        "shared": _shared(facts, names),
        "seen": _seen(facts, names),
        "nearly_adult": summary and is_near(facts),
    }


def _title(head: dict[str, object], facts: Facts, *, named: bool, summary: bool) -> str:
    if not summary and not named:
        return _("Case %(reference)s") % {"reference": facts.the_case.reference}
    called = str(head.get("called") or "") if named else ""
    somebody = wording.SEXES.get(str(head.get("sex")), wording.A_CHILD)
    return f"{called or somebody}, {_age(head, facts, named=named)}"


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


def _open_limits(facts: Facts) -> list[Timed]:
    """Time limits that run and are somebody's duty, nearest first."""
    running = [one for one in timed(facts) if one.stopped is None and one.due is not None and not one.period]
    return sorted(running, key=lambda one: one.due.instant if one.due else facts.now)


def _steps(facts: Facts, limits: Sequence[Timed], names: Names, reasons: Reasons) -> list[Step]:
    """Open deadlines, nearest first: what, who, by when, under which law, and the act that stops it.

    The parts of one step (the six services she is owed) are one row, late and not yet late apart.
    """
    found: dict[tuple[str, str, bool], Step] = {}
    for deadline in limits:
        about = _who_acts(deadline.owner, names)
        late = deadline.due is not None and deadline.due.is_past(facts.now)
        where = deadline.code, about, late
        if where not in found:
            found[where] = Step(deadline, _row(deadline, facts, about, reasons), late)
        if deadline.part in ServiceCode.codes():
            found[where].row["parts"].append(ServiceCode(deadline.part).label)
    return list(found.values())


def _row(deadline: Timed, facts: Facts, about: str, reasons: Reasons) -> dict[str, Any]:
    due, reference = deadline.due, facts.the_case.reference
    words, tone = wording.by_when(
        due.instant if due else None, due.day if due else None, facts.now, facts.today
    )
    return wording.task(
        what_to_do(deadline.code),
        address(deadline.code, reference) if reasons.get(act_for(deadline.code)) == [] else "",
        about=about,
        why=under_which_law(deadline.source),
        tag=words,
        tone=tone,
        parts=[],
    )


def _second_person(
    here: Doing,
    facts: Facts,
    names: Names,
    reasons: Reasons,
    steps: Sequence[Step],
) -> tuple[list[dict[str, Any]], set[str]]:
    """What was proposed and waits for a signature, to whoever may sign; and the time limits which that says already."""
    rows, answered = [], set()
    for proposal in waits_for_a_second_person(facts):
        label = proposal._meta.label
        act = ACTS[SIGNED_BY[label]]
        step = next((one for one in steps if _proposes(one.limit.code) == label), None)
        said = step.row if step is not None else wording.TASK
        own = proposal.by_person_id == here.actor.person_id
        url = "" if own or reasons[act.name] else addresses.of_act(facts.the_case.reference, act.name)
        rows.append(
            wording.task(
                act.says,
                url,
                about=f"{proposal.told}, {names.people.get(proposal.by_person_id or 0, '')}".rstrip(", "),
                why=_("You proposed it: a colleague must confirm it.")
                if own
                else capfirst(Flag.CONFIRM_WAITING.label),
                tag=said["tag"],
                tone=said["tone"],
            )
        )
        if step is not None:
            answered.add(step.limit.code)
    return rows, answered


def _proposes(code: str) -> str:
    """What kind of proposal the act writes that stops this time limit."""
    act = ACTS.get(act_for(code))
    return act.writes._meta.label if act is not None else ""


def _child_welfare(here: Doing, facts: Facts, reasons: Reasons) -> list[dict[str, Any]]:
    """A child whom nobody leads: child welfare must know of her, then somebody there leads. Source: house rule."""
    if lead_worker(facts) is not None or not presumed(facts, facts.today).child:
        return []
    known = Mandate.CHILD_PROTECTION in here.actor.mandates or any(
        share.purpose in (SharePurpose.CARE, SharePurpose.SAFETY)
        and share.agency_id != facts.the_case.opened_by_agency_id
        for share in standing_shares(facts)
    )
    name = "casefile.appoint_lead_worker" if known else "casefile.share"
    if reasons[name]:
        return []
    title = ACTS[name].says if known else _("Share this case with child welfare")
    why = _("Whoever leads it agrees the safety plan, finds the place and asks for the services.")
    return [wording.task(title, addresses.of_act(facts.the_case.reference, name), why=why)]


def _who_acts(owner: Owner, names: Names) -> str:
    """At whose desk it lies: a person, an agency, or whoever has the mandate."""
    if owner.person:
        return names.people.get(owner.person, "")
    if owner.agency:
        return names.agencies.get(owner.agency, "")
    return capfirst(str(Mandate(owner.mandate).label)) if owner.mandate else ""


def _on_this_case() -> tuple[Act, ...]:
    return _in_the_order_of_her_path(tuple(ACTS.values()))


@cache
def _in_the_order_of_her_path(declared: tuple[Act, ...]) -> tuple[Act, ...]:
    listed = [act for act in declared if act.on_case and not act.opens]
    rooms = list(STEPS)
    return tuple(sorted(listed, key=lambda act: rooms.index(act.room) if act.room in rooms else len(rooms)))


def _urgent(flag: Flag, facts: Facts, reasons: Reasons, steps: Sequence[Step]) -> dict[str, Any]:
    """What must be seen first, with the way to mend it for who may, and by when: the limit that the same act stops."""
    if flag == Flag.MISSING:
        link = _("What each of us does in the first hour, and when she is found")
        page = addresses.of_page("missing", facts.the_case.reference)
        return {"title": flag.label, "url": page, "link": link}
    act = ACTS.get(URGENT[flag])
    if act is None or reasons[act.name]:
        return {"title": flag.label}
    step = next((one for one in steps if act_for(one.limit.code) == act.name), None)
    row = step.row if step is not None else wording.TASK
    return {
        "title": flag.label,
        "text": " · ".join(str(row[name]) for name in ("about", "tag") if row[name]),
        "limit": step.limit.code if step is not None else "",
        "url": addresses.of_act(facts.the_case.reference, act.name),
        "link": act.says,
    }


def _why_not(act: Act, here: Doing, facts: Facts, sight: Sight) -> list[Refusal]:
    """Why this person cannot do it now; an act that only corrects is about the entry that stands."""
    if not act.only_corrects:
        return act.why_not(here.actor, facts, sight)
    key = correcting.key_in(act, facts, None)
    return act.why_not(here.actor, facts.without(key)) or [*correcting.faults(act, here.actor, facts, key)]


def _can(facts: Facts, reasons: Reasons) -> list[dict[str, Any]]:
    """What this person can do, room by room."""
    by_room: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for act in _on_this_case():
        if not reasons[act.name]:
            by_room[act.room].append(
                wording.task(act.says, addresses.of_act(facts.the_case.reference, act.name))
            )
    return [{"title": STEPS.get(room, room), "rows": rows} for room, rows in by_room.items()]


def _cannot(reasons: Reasons) -> list[dict[str, Any]]:
    """Every act of her role that is not open now, with all that stands in its way."""
    rows = []
    for act in _on_this_case():
        refused = reasons[act.name]
        if refused and ROLE_MISSING not in refused and NOT_FOUND not in refused:
            said = [{"text": str(entry), "code": entry.code} for entry in refused]
            rows.append(wording.task(act.says, why_not=said))
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
    looks = trail.looks_by_reason(facts.the_case.pk, limit=MOST_LOOKS)
    unknown = {one.agency_id for one in looks} - set(names.agencies)
    known = {**names.agencies, **(agencies.names_of_agencies(unknown) if unknown else {})}
    purposes = {
        **labels(SharePurpose),
        "LOCATION": _("asked where she is"),
        "PRINT": _("printed a letter"),
    }
    return [
        {
            "who": known.get(one.agency_id, ""),
            "purpose": purposes.get(one.purpose, ""),
            "count": one.count,
            "last": one.last,
        }
        for one in looks
    ]
