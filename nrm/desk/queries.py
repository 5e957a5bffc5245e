"""Lists of the desk: what waits for this person and her agency; cases found by name or reference."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from nrm.agencies.terms import Mandate, Role
from nrm.care.queries.lists import APPOINTMENTS
from nrm.casefile.act import ACTS
from nrm.casefile.deadline_words import act_for
from nrm.casefile.doing import Doing
from nrm.casefile.models import Access, Headline, NameToken, Party, PartyEnd, Proposal, Waiting
from nrm.casefile.names import asked_tokens
from nrm.casefile.references import as_read
from nrm.casefile.sight import Held, granted, held_by
from nrm.casefile.terms import Flag
from nrm.kernel.handling import Grant

WEEK = timedelta(days=7)
PAGE = 25
# As the indexes of each owner end: nothing is sorted.
OWNED = "(SELECT * FROM casefile_waiting WHERE {owned} AND due_at <= %s ORDER BY due_at, id LIMIT %s)"
OURS = "case_id IN (SELECT case_id FROM casefile_access WHERE agency_id = %s)"
NEAREST = "SELECT * FROM ({lists}) waiting ORDER BY due_at, id LIMIT %s OFFSET %s"
HEAD = (
    "reference", "called", "sex", "age_from", "age_to", "birth_date", "stage", "flags", "treated_as_child", "sent",
)  # fmt: skip


@dataclass(frozen=True)
class Described:
    """What a list may say of a case to this person."""

    reference: str
    called: str
    sex: str
    age_from: int | None
    age_to: int | None
    born: date | None
    stage: str
    flags: tuple[str, ...]
    child: bool  # treated as one


@dataclass(frozen=True)
class Line:
    """One thing that waits."""

    waiting: Waiting
    group: str  # overdue, today, week
    described: Described | None


def waits_for_a_second_person(line: Line) -> bool:
    """Whether what stops this time limit was proposed already: the page of the case says who signs it."""
    act = ACTS.get(act_for(line.waiting.code))
    flags = line.described.flags if line.described is not None else ()
    return Flag.CONFIRM_WAITING in flags and act is not None and issubclass(act.writes, Proposal)


def group_of(waiting: Waiting, now: datetime, today: date, local_day: date | None) -> str:
    """overdue, today, week or later. A day's limit is overdue once the day is over."""
    if waiting.due_at is None:
        return "later"
    if waiting.due_day is not None:
        if waiting.due_day < today:
            return "overdue"
        day = waiting.due_day
    else:
        if waiting.due_at < now:
            return "overdue"
        day = local_day or today
    if day == today:
        return "today"
    return "week" if day <= today + WEEK else "later"


def waiting_for(doing: Doing, *, start: int = 0, limit: int = 200) -> list[Waiting]:
    """What waits at this person's desk: her own rows, her agency's, her agency's mandates'; nearest first.

    A guardian is the guardianship office's duty, but child welfare alone appoints: its case workers see that too.

    Each owner's rows are read in the order of one index and cut there: a full desk costs what an empty one does.
    """
    actor = doing.actor
    today = doing.pack.calendar.local_date(doing.now)
    horizon = doing.pack.calendar.end_of(today + WEEK)
    mine: list[tuple[str, Sequence[object]]] = [
        ("person_id = %s", [actor.person_id]),
        ("agency_id = %s", [actor.agency_id]),
    ]
    mine += [("mandate = %s", [mandate]) for mandate in sorted(actor.mandates)]
    if Role.CW in actor.roles and Mandate.CHILD_PROTECTION in actor.mandates:
        mine.append(
            (
                f"mandate = %s AND code = ANY (%s) AND {OURS}",
                [Mandate.GUARDIANSHIP, list(APPOINTMENTS), actor.agency_id],
            )
        )
    if Role.CO in actor.roles and Mandate.COORDINATOR in actor.mandates:
        mine.append(("escalates_on <= %s", [today]))
    lists = " UNION ".join(OWNED.format(owned=owned) for owned, _ in mine)
    values = [one for _, owner in mine for one in (*owner, horizon, start + limit)]
    return list(Waiting.objects.raw(NEAREST.format(lists=lists), [*values, limit, start]))


@dataclass(frozen=True)
class Desk:
    """What one desk shows at once: lines from `start` on, whether more follow, the newest cases."""

    lines: list[Line]
    start: int
    more: bool
    cases: list[Described]


def desk_of(doing: Doing, *, start: int = 0) -> Desk:
    """One page of the desk; every case as far as this person may know it, all described in one go."""
    rows = waiting_for(doing, start=start, limit=PAGE + 1)
    shown, newest = rows[:PAGE], _newest_cases(doing)
    described = describe(doing, [row.case_id for row in shown if row.case_id] + newest)
    calendar, today = doing.pack.calendar, doing.pack.calendar.local_date(doing.now)
    lines: list[Line] = []
    for row in shown:
        day = calendar.local_date(row.due_at) if row.due_at else None
        group = group_of(row, doing.now, today, day)
        if group != "later" and not _is_a_further_part(row, group, lines):
            lines.append(Line(row, group, described.get(row.case_id or 0)))
    return Desk(lines, start, len(rows) > PAGE, [described[key] for key in newest if key in described])


def _is_a_further_part(row: Waiting, group: str, lines: Sequence[Line]) -> bool:
    """Whether the same step of the same child stands in that group already: its case names the parts."""
    return row.case_id is not None and any(
        (one.waiting.case_id, one.waiting.code, one.group) == (row.case_id, row.code, group) for one in lines
    )


def describe(doing: Doing, case_ids: Sequence[int]) -> Mapping[int, Described]:
    """Headlines of these cases, each cut to what this person may see of it."""
    wanted = set(case_ids)
    if not wanted:
        return {}
    held = _held(doing, wanted)
    found: dict[int, Described] = {}
    columns = ("case_id", *HEAD, "case__opened_by_agency_id")
    for head in Headline.objects.filter(case_id__in=held).values(*columns):
        case, opened_by = head["case_id"], head["case__opened_by_agency_id"]
        grants = granted(doing.actor, held[case], sent=head["sent"], opened_by=opened_by)
        if not grants:
            continue
        summary = Grant.SUMMARY in grants
        named = Grant.IDENTITY in grants
        found[case] = Described(
            reference=head["reference"],
            called=head["called"] if named else "",
            sex=head["sex"] if summary else "",
            age_from=head["age_from"] if summary else None,
            age_to=head["age_to"] if summary else None,
            born=head["birth_date"] if named else None,
            stage=head["stage"] if summary else "",
            flags=tuple(head["flags"]) if summary else (),
            child=head["treated_as_child"],
        )
    return found


def _held(doing: Doing, cases: set[int]) -> dict[int, Held]:
    """What this person's agency holds of each case: its standing shares, as the page of the case counts them."""
    today = doing.pack.calendar.local_date(doing.now)
    mine = Party.objects.filter(case_id__in=cases, agency_id=doing.actor.agency_id)
    standing = mine.exclude(until__lt=today).exclude(pk__in=PartyEnd.objects.values("share_id"))
    shares: dict[int, list[tuple[str, list[str]]]] = {}
    for case, purpose, grants in standing.order_by("at", "id").values_list("case_id", "purpose", "grants"):
        shares.setdefault(case, []).append((purpose, grants))
    return {case: held_by(several) for case, several in shares.items()}


def find(doing: Doing, text: str) -> list[Described]:
    """Own cases by reference or by any of her names in any script; at most one page."""
    reference = as_read(text)
    rows = Headline.objects.filter(reference=reference) if reference is not None else Headline.objects.none()
    keys = list(rows.values_list("case_id", flat=True)) or _by_name(doing, text)  # a name can look like one
    return sorted(describe(doing, keys).values(), key=lambda one: (one.called, one.reference))


def _by_name(doing: Doing, text: str) -> list[int]:
    tokens = asked_tokens(text)[:6]
    if not tokens:
        return []
    rows = NameToken.objects.filter(token__in=tokens[0])
    for several in tokens[1:]:
        rows = rows.filter(case_id__in=NameToken.objects.filter(token__in=several).values("case_id"))
    return list(rows.values_list("case_id", flat=True).distinct()[:PAGE])


def _newest_cases(doing: Doing) -> list[int]:
    """The newest cases of this person's agency, one page of keys."""
    rows = Access.objects.filter(agency_id=doing.actor.agency_id).order_by("-case_id")
    return list(rows.values_list("case_id", flat=True)[:PAGE])
