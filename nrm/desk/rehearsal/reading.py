"""Reads a story file and those it includes: strictly, so that nothing in it is ignored by mistake."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from nrm.desk.rehearsal import shapes
from nrm.kernel import packs, plain_yaml
from nrm.kernel.days import Calendar
from nrm.kernel.packs import Pack
from nrm.kernel.plain_yaml import Unreadable


@dataclass(frozen=True)
class Act:
    """One act as written. `file`: the story whose fact labels it uses."""

    at: datetime
    by: str
    do: str
    file: str
    case: str = ""
    given: Mapping[str, Any] = field(default_factory=dict)
    label: str = ""
    refused: tuple[str, ...] = ()
    warned: tuple[str, ...] = ()


@dataclass(frozen=True)
class Routine:
    """The usual first steps for one child, as one step."""

    at: datetime
    file: str
    case: str
    told: Mapping[str, Any]


@dataclass(frozen=True)
class Check:
    """What somebody expects at an instant."""

    at: datetime
    file: str
    case: str
    told: Mapping[str, Any]


Step = Act | Routine | Check


@dataclass(frozen=True)
class Story:
    """A story with its cast and its steps, in the order in which they happen."""

    name: str
    title: str
    pack: Pack
    agencies: Mapping[str, Mapping[str, Any]]
    people: Mapping[str, Mapping[str, Any]]
    steps: tuple[Step, ...]


def read(path: Path, *, days: int = 0) -> Story:
    """The story in a file. Raises Unreadable with every fault. days: all of it moved by whole days (demonstration)."""
    told = plain_yaml.read(path)
    faults = [f"{fault}." for fault in shapes.STORY_FILE(path.name, told)]
    if faults:
        raise Unreadable(*faults)
    if told["journey"] != path.stem:
        raise Unreadable(f"`journey` must be {path.stem}, as the file is called, not {told['journey']}.")
    try:
        pack = packs.load(str(told["pack"]))
    except Exception as error:
        raise Unreadable(f"The country pack {told['pack']} cannot be read: {error}") from error
    agencies, people = _cast(path, told)
    steps = list(_steps(path, told, pack.calendar, days))
    for name in told.get("includes", ()):
        included = read(path.parent / str(name), days=days)
        agencies = {**included.agencies, **agencies}
        people = {**included.people, **people}
        steps += [step for step in included.steps if not isinstance(step, Check) or step.case]
    return Story(
        name=str(told["journey"]),
        title=str(told["title"]),
        pack=pack,
        agencies=agencies,
        people=people,
        steps=tuple(in_order(steps)),
    )


def in_order(steps: Iterable[Step]) -> list[Step]:
    """By time; in one minute written acts before routines, these before checks, each in the order of the file."""
    rank = {Act: 0, Routine: 1, Check: 2}
    return sorted(steps, key=lambda step: (step.at, rank[type(step)]))


def _cast(path: Path, told: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    agencies: dict[str, Any] = {}
    people: dict[str, Any] = {}
    if "cast" in told:
        cast = plain_yaml.read(path.parent / str(told["cast"]))
        faults = [f"{fault}." for fault in shapes.CAST_FILE(str(told["cast"]), cast)]
        if faults:
            raise Unreadable(*faults)
        agencies |= cast["agencies"]  # type: ignore[arg-type]
        people |= cast["people"]  # type: ignore[arg-type]
    agencies |= told.get("agencies", {})
    people |= told.get("people", {})
    homeless = [f"{key}: no agency has the key {one['agency']}." for key, one in people.items()
                if one["agency"] not in agencies]  # fmt: skip
    if homeless:
        raise Unreadable(*homeless)
    return agencies, people


def _steps(path: Path, told: Mapping[str, Any], calendar: Calendar, days: int) -> Iterable[Step]:
    faults: list[str] = []
    found: list[Step] = []
    labels: set[str] = set()
    for place, step in enumerate(told["story"], start=1):
        line = getattr(step, "line", 0)
        where = f"line {line}" if line else f"step {place}"
        said = [f"{fault}." for fault in shapes.step_faults(where, step)]
        if not said:
            try:
                found.append(_step(path.stem, step, calendar, days))
            except ValueError as error:
                said.append(f"{where}: {error}.")
            name = step.get("as", "")
            if name and name in labels:
                said.append(f"{where}: the label `{name}` is taken. Choose another.")
            labels.add(name)
        faults += said
    if faults:
        raise Unreadable(*faults)
    return found


def _step(file: str, step: Mapping[str, Any], calendar: Calendar, days: int) -> Step:
    at = moment(step["check"] if "check" in step else step["at"], calendar, days)
    if "check" in step:
        return Check(
            at, file, step.get("case", ""), {k: v for k, v in step.items() if k not in ("check", "case")}
        )
    if "routine" in step:
        return Routine(at, file, step["routine"], step)
    return Act(
        at=at,
        by=step["by"],
        do=step["do"],
        file=file,
        case=step.get("case", ""),
        given=moved(step.get("with", {}), calendar, days) if days else step.get("with", {}),
        label=step.get("as", ""),
        refused=tuple(step.get("refused", ())),
        warned=tuple(step.get("warned", ())),
    )


def moment(text: str, calendar: Calendar, days: int = 0) -> datetime:
    """A time on the wall clock of the pack. Raises ValueError for an hour that never was, or was twice.

    Moved by days, such an hour is not the author's: it becomes the next one that exists, or the first of two.
    """
    wall = datetime.fromisoformat(text)
    if days:
        wall += timedelta(days=days)
    if wall.tzinfo is not None:
        if wall.astimezone(calendar.zone).utcoffset() != wall.utcoffset() and not days:
            raise ValueError(f"{text} has an offset that the clocks there do not have that day")
        return wall.astimezone(calendar.zone)
    first, second = wall.replace(tzinfo=calendar.zone), wall.replace(tzinfo=calendar.zone, fold=1)
    exists = first.astimezone(UTC).astimezone(calendar.zone).replace(tzinfo=None) == wall
    if not exists:
        if days:
            return (wall + timedelta(hours=1)).replace(tzinfo=calendar.zone)
        raise ValueError(
            f"{text} does not exist: the clocks are put forward over it. Write a time an hour later"
        )
    if first.utcoffset() != second.utcoffset() and not days:
        raise ValueError(
            f"{text} happens twice that day. Write its offset, as in {first.isoformat(timespec='minutes')}"
        )
    return first


def moved(value: Any, calendar: Calendar, days: int) -> Any:
    """Answers with every day and minute in them moved."""
    if isinstance(value, Mapping):
        return {key: moved(entry, calendar, days) for key, entry in value.items()}
    if isinstance(value, list):
        return [moved(entry, calendar, days) for entry in value]
    if isinstance(value, str) and not list(shapes.day("", value)):
        return (datetime.fromisoformat(value) + timedelta(days=days)).date().isoformat()
    if isinstance(value, str) and not list(shapes.minute("", value)):
        return moment(value, calendar, days).isoformat(timespec="minutes")
    return value
