"""Compares what the register derives with what a story expects at one instant, one line per fact."""

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

from nrm.casefile import questions
from nrm.casefile.act import ACTS
from nrm.casefile.facts import Facts
from nrm.casefile.sight import sight_of
from nrm.casefile.timing import CLOCKS, timed
from nrm.desk.rehearsal.deadlines import as_expected, desk_rows
from nrm.desk.rehearsal.outcome import Outcome, Result
from nrm.desk.rehearsal.playing import Stage, answered
from nrm.desk.rehearsal.reading import Check
from nrm.kernel.handling import as_shown
from nrm.statistics.queries import counted
from nrm.statistics.rules import cell

NOT_BUILT = "this room is not built yet"
NEVER_YET = frozenset({"public", "pairs_include", "pairs_exclude"})
# Without all of these acts the flag says nothing.
AGE, OPENED = "identification.decide_age", "contact.open_case"
FLAG_NEEDS: dict[str, tuple[str, ...]] = {
    "TREATED_AS_CHILD": (OPENED, AGE),
    "ADULT_SURVIVOR": (OPENED,),
    "IN_DANGER": (OPENED, "care.raise_missing_alert"),
    "IN_CUSTODY": (OPENED, "care.place"),
    "TURNS_18_SOON": (OPENED, AGE),
    "AGE_DISPUTED": ("identification.dispute_age", AGE),
    "NO_GUARDIAN": ("care.appoint_guardian", AGE),
    "MISSING": ("care.raise_missing_alert",),
    "REMOVAL_BARRED": ("identification.confirm",),
    "REFLECTION_RUNNING": ("identification.confirm",),
    "NON_PUNISHMENT_DUE": ("identification.issue_non_punishment_notice",),
    "SERVICE_GAP": ("services.request",),
    "CONFIRM_WAITING": ("identification.confirm",),
    "NOT_INFORMED": ("identification.notify_decision",),
}
# Acts of these rooms change the flag too; closing a case ends nearly all of them.
MORE_ROOMS = {
    "CONFIRM_WAITING": ("care", "crossborder"),
    "REMOVAL_BARRED": ("referral", "crossborder"),
    "REFLECTION_RUNNING": ("care", "crossborder"),
    "NON_PUNISHMENT_DUE": ("screening",),
}
SERVICES = "services.request"
BY_AGE = frozenset({"INTERIM_GUARDIAN", "GUARDIAN", "FIRST_BIA", "FAMILY_TRACING"})
NO_ANSWER = object()

Answer = tuple[str, Any, Any, str]  # what is compared, what is, what should be, why it is skipped


def compare(stage: Stage, check: Check, outcome: Outcome) -> None:
    """Add one line for each fact that the check names."""
    where = f"check {check.case}" if check.case else "check"
    if check.case and check.case not in stage.cases:
        result = Result.SKIPPED if check.case in stage.skipped_cases else Result.FAILED
        return outcome.add(result, check.at, where, "the case was never opened")
    facts = stage.whole(check.case, check.at) if check.case else None
    if check.case and facts is None:
        return outcome.add(Result.FAILED, check.at, where, "nobody who acted in the case can read it now")
    for what, found, expected, skipped in _answers(stage, check, facts):
        said = f"{where} {what}"
        if skipped:
            outcome.add(Result.SKIPPED, check.at, said, skipped)
        elif found == expected:
            outcome.add(Result.PASSED, check.at, said)
        else:
            outcome.add(Result.FAILED, check.at, said, f"is {_plain(found)}, expected {_plain(expected)}")
    return None


def _plain(value: Any) -> str:
    if isinstance(value, list | tuple | set | frozenset):
        return "[" + ", ".join(str(entry) for entry in value) + "]"
    return str(value)


def _answers(stage: Stage, check: Check, facts: Facts | None) -> Iterator[Answer]:
    for name, expected in check.told.items():
        if name in NEVER_YET:
            yield name, None, None, NOT_BUILT
        elif name == "desk":
            yield from _desk(stage, check, expected)
        elif name == "statistics":
            yield from _statistics(stage, check, expected)
        elif facts is not None:
            yield from ASKED[name](stage, check, facts, expected)


def _known(room: str, name: str, facts: Facts) -> Any:
    """What a room's query says of a case; NO_ANSWER while there is no such query."""
    try:
        query: Callable[[Facts], Any] = getattr(import_module(f"nrm.{room}.queries"), name)
    except (ImportError, AttributeError):
        return NO_ANSWER
    return query(facts)


def _stage(stage: Stage, check: Check, facts: Facts, expected: Any) -> Iterator[Answer]:
    found = _known("closure", "stage_of", facts)
    if found is NO_ANSWER:
        yield "stage", None, None, NOT_BUILT
    else:
        yield "stage", str(found), expected, "" if str(found) == expected else _lost(stage, check)


def _lost(stage: Stage, check: Check) -> str:
    """Why a derived value says nothing: acts of this case before this moment could not be played."""
    lost = stage.lost.get(check.case, ())
    if not lost:
        return ""
    more = f" and {len(lost) - 1} more" if len(lost) > 1 else ""
    return f"{lost[0]}{more} could not be played before it"


def _flags(stage: Stage, check: Check, facts: Facts, expected: Any, *, only: str = "") -> Iterator[Answer]:
    found = _known("closure", "flags_of", facts)
    if found is NO_ANSWER:
        yield only or "flags", None, None, NOT_BUILT
        return
    known = {
        flag
        for flag, acts in FLAG_NEEDS.items()
        if all(act in ACTS and not _unplayed(stage, check, act) for act in acts)
        and not any(_unplayed(stage, check, room) for room in (*MORE_ROOMS.get(flag, ()), "closure"))
    }
    has = {str(flag) for flag in found}
    wanted = set(expected)
    for flag in sorted((wanted | has if not only else wanted) - known):
        yield f"{only or 'flags'} {flag}", None, None, f"{' or '.join(FLAG_NEEDS[flag])} {NEEDED}"
    if only == "flags_include":
        yield only, sorted(has & wanted & known), sorted(wanted & known), ""
    elif only == "flags_exclude":
        yield only, sorted(has & wanted & known), [], ""
    else:
        yield "flags", sorted(has & known), sorted(wanted & known), ""


NEEDED = "is not built yet or could not be played"


def _unplayed(stage: Stage, check: Check, act: str) -> bool:
    """Whether an act of that room was skipped in this case: its flags then say nothing."""
    room = act.split(".")[0]
    return any(one.startswith(f"{room}.") for one in stage.lost.get(check.case, ()))


def _include(stage: Stage, check: Check, facts: Facts, expected: Any) -> Iterator[Answer]:
    yield from _flags(stage, check, facts, expected, only="flags_include")


def _exclude(stage: Stage, check: Check, facts: Facts, expected: Any) -> Iterator[Answer]:
    yield from _flags(stage, check, facts, expected, only="flags_exclude")


def _treated(stage: Stage, check: Check, facts: Facts, expected: Any) -> Iterator[Answer]:
    presumed = questions.presumed(facts, facts.today)
    skipped = "" if answered(questions.presumed) else NOT_BUILT
    if not skipped and _unplayed(stage, check, "identification.decide_age"):
        skipped = _lost(stage, check)
    yield "treated_as_child", "YES" if presumed.child else "NO", expected["answer"], skipped
    if "row" in expected:
        yield "treated_as_child row", str(presumed.row), expected["row"], skipped


def _advice(stage: Stage, check: Check, facts: Facts, expected: Any) -> Iterator[Answer]:
    found = _known("screening", "standing_advice", facts)
    if found is NO_ANSWER or found is None:
        yield "advice", "none", expected["advice"], NOT_BUILT if found is NO_ANSWER else _lost(stage, check)
        return
    yield "advice", str(getattr(found, "advice", found)), expected["advice"], ""
    if "because" in expected:
        because = [str(code) for code in getattr(found, "because", ())]
        yield "advice because", sorted(because), sorted(expected["because"]), ""


def _deadlines(stage: Stage, check: Check, facts: Facts, expected: Any) -> Iterator[Answer]:
    runs = timed(facts)
    for name, told in expected.items():
        code = name.split("/")[0]
        wanted = (told.get("due", ""), told["state"])
        found = as_expected(
            name, runs, lambda key: stage.label_of(check.file, key), check.at, facts.pack.calendar
        )
        skipped = "" if code in CLOCKS else f"the clock {code} is not built yet"
        if not skipped and found != wanted:
            skipped = _lost(stage, check)
            if code in BY_AGE and not answered(questions.presumed):
                skipped = f"whether she is treated as a child: {NOT_BUILT}"
        yield f"deadline {name}", " ".join(found), " ".join(wanted), skipped


def _guardian(stage: Stage, check: Check, facts: Facts, expected: Any) -> Iterator[Answer]:
    key = questions.guardian(facts, facts.today)
    names = {person.pk: name for name, person in stage.people.items()}
    found = names.get(key, "NONE") if key else "NONE"
    yield "guardian", found, expected, "" if "care.appoint_guardian" in ACTS else NOT_BUILT


def _service_gap(stage: Stage, check: Check, facts: Facts, expected: Any) -> Iterator[Answer]:
    found: Any = NO_ANSWER if SERVICES not in ACTS else _known("services", "service_gap", facts)
    if found is NO_ANSWER:
        yield "service_gap", None, None, NOT_BUILT
    else:
        lost = _lost(stage, check) if _unplayed(stage, check, SERVICES) else ""
        yield "service_gap", sorted(str(service) for service in found), sorted(expected), lost


def _sees(stage: Stage, check: Check, facts: Facts, expected: Any) -> Iterator[Answer]:
    for person, grants in expected.items():
        found = _sight(stage, check, person)
        wanted = sorted(grants)
        yield f"sees {person}", found, wanted, "" if found == wanted else _lost(stage, check)


def _not_found(stage: Stage, check: Check, facts: Facts, expected: Any) -> Iterator[Answer]:
    for person in expected:
        found = _sight(stage, check, person)
        yield f"not found by {person}", found, [], "" if not found else _lost(stage, check)


def _sight(stage: Stage, check: Check, person: str) -> list[str]:
    """What looking shows this person: nothing at all where the case is absent."""
    actor = stage.actor(person)
    facts = stage.read(check.case, actor, check.at)
    return sorted(str(grant) for grant in as_shown(sight_of(actor, facts).grants)) if facts else []


def _desk(stage: Stage, check: Check, expected: Any) -> Iterator[Answer]:
    labels = [check.case] if check.case else sorted(stage.cases)
    cases: dict[str, Facts] = {
        label: facts for label in labels if label in stage.cases and (facts := stage.whole(label, check.at))
    }
    rows = desk_rows(stage, expected["of"], cases, check.at)
    lost = next((why for label in labels if (why := _lost(stage, _of(check, label)))), "")
    for name in ("overdue", "today", "week"):
        if name in expected:
            found, wanted = sorted(rows[name]), sorted(expected[name])
            differing = {row.split()[1].split("/")[0] for row in {*found} ^ {*wanted}}
            skipped = lost if found != wanted else ""
            if not skipped and differing and not differing & CLOCKS.keys():
                skipped = f"the clock {min(differing)} is not built yet"
            yield f"desk of {expected['of']}, {name}", found, wanted, skipped


def _counted_as(stage: Stage, check: Check, facts: Facts, expected: Any) -> Iterator[Answer]:
    row, lost = counted(facts), _lost(stage, check)
    if row is None or expected == "NOT_COUNTED":
        said = "NOT_COUNTED" if row is None else f"counted in {row.year}"
        yield "counted_as", said, expected, lost if said != expected else ""
        return
    for name, wanted in expected.items():
        told = getattr(row, name)
        found: Any = sorted(told) if isinstance(told, tuple) else str(told)
        wanted = sorted(wanted) if isinstance(wanted, list) else wanted
        yield f"counted_as {name}", found, wanted, lost if found != wanted else ""


def _statistics(stage: Stage, check: Check, expected: Any) -> Iterator[Answer]:
    known = {label: stage.whole(label, check.at) for label in sorted(stage.cases)}
    rows = [row for facts in known.values() if facts is not None and (row := counted(facts)) is not None]
    of_year = [row for row in rows if str(row.year) == expected["year"]]
    lost = next((why for label in known if (why := _lost(stage, _of(check, label)))), "")
    for name, wanted in expected["cells"].items():
        found = str(cell(of_year, name))
        yield f"statistics {expected['year']} {name}", found, wanted, "" if found == wanted else lost


def _of(check: Check, label: str) -> Check:
    return Check(check.at, check.file, label, check.told)


Asked = Callable[[Stage, Check, Facts, Any], Iterator[Answer]]
ASKED: dict[str, Asked] = {
    "stage": _stage,
    "flags": _flags,
    "flags_include": _include,
    "flags_exclude": _exclude,
    "treated_as_child": _treated,
    "advice": _advice,
    "deadlines": _deadlines,
    "guardian": _guardian,
    "service_gap": _service_gap,
    "counted_as": _counted_as,
    "sees": _sees,
    "not_found": _not_found,
}
