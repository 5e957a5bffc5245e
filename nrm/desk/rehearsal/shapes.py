"""The shape of a story file, in plain sentences: which keys, which form, what to write instead.

The same as demo/stories/journey.schema.json, said to people. Every fault is collected, none is guessed away.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

KEY = r"[a-z][a-z0-9_]*"
LABEL = r"[a-z][A-Za-z0-9_]*"
CODE = r"[A-Z][A-Z0-9_]*"
DAY = r"\d{4}-\d{2}-\d{2}"
MINUTE = DAY + r"T\d{2}:\d{2}([+-]\d{2}:\d{2})?"
ROW = r"[a-z][a-z0-9_]* [A-Z0-9_]+(/[A-Za-z0-9_]+)?"
CELL = r"[A-Z_]+(\+[A-Z_]+)*"
SIX = (
    "SAFE_ACCOMMODATION_AND_SUBSISTENCE", "EMERGENCY_HEALTH", "TRANSLATION", "COUNSELLING_AND_LEGAL_INFORMATION",
    "HELP_IN_PROCEEDINGS", "EDUCATION",
)  # fmt: skip
PARTS = ("share", "lead", "information", "plan", "bia", "consent", "services")
STATES = ("OPEN", "OVERDUE", "STOPPED", "RUNNING", "ENDED", "NONE")
YES_NO = ("YES", "NO")

Check = Callable[[str, Any], Iterable[str]]


def text(where: str, value: Any) -> Iterable[str]:
    """One line of words."""
    if not isinstance(value, str) or not value.strip():
        yield f"{where} must be words"


def like(pattern: str, what: str) -> Check:
    """Text of one form."""

    def check(where: str, value: Any) -> Iterable[str]:
        if not isinstance(value, str) or not re.fullmatch(pattern, value):
            yield f"{where} must be {what}, not {value!r}"

    return check


def one_of(*codes: str) -> Check:
    """One of a few words."""

    def check(where: str, value: Any) -> Iterable[str]:
        if value not in codes:
            yield f"{where} must be one of {', '.join(codes)}, not {value!r}"

    return check


def either(*checks: Check) -> Check:
    """The first form that fits; otherwise the faults of the first."""

    def check(where: str, value: Any) -> Iterable[str]:
        said = [list(one(where, value)) for one in checks]
        return [] if [] in said else said[0]

    return check


def list_of(inner: Check, *, least: int = 0, most: int = 10_000, twice: bool = False) -> Check:
    """A list, each entry once unless `twice`."""

    def check(where: str, value: Any) -> Iterable[str]:
        if not isinstance(value, list):
            yield f"{where} must be a list [...]"
            return
        if not least <= len(value) <= most:
            yield f"{where} has {len(value)} entries; it must have {least if least == most else f'at least {least}'}"
        if not twice and any(entry in value[:place] for place, entry in enumerate(value)):
            yield f"{where} names the same entry twice"
        for place, entry in enumerate(value, start=1):
            yield from inner(f"{where}, entry {place}", entry)

    return check


def mapping_of(inner: Check, keys: str = "", what: str = "a key in small letters") -> Check:
    """Any keys of one form, each with a value of one form."""

    def check(where: str, value: Any) -> Iterable[str]:
        if not isinstance(value, Mapping):
            yield f"{where} must be {{key: value}}"
            return
        for key, entry in value.items():
            if keys and not re.fullmatch(keys, key):
                yield f"{where}: `{key}` must be {what}"
            yield from inner(f"{where}.{key}", entry)

    return check


def record(must: Mapping[str, Check], may: Mapping[str, Check]) -> Check:
    """Known keys only; some of them must be there."""

    def check(where: str, value: Any) -> Iterable[str]:
        if not isinstance(value, Mapping):
            yield f"{where} must be {{key: value}}"
            return
        for key in must:
            if key not in value:
                yield f"{where}: `{key}` is missing"
        for key, entry in value.items():
            known = must.get(key) or may.get(key)
            if known is None:
                yield f"{where}: nobody knows the key `{key}`. Known are {', '.join((*must, *may))}"
            else:
                yield from known(f"{where}.{key}", entry)

    return check


key = like(KEY, "a key in small letters")
label = like(LABEL, "a label like `r1`")
code = like(CODE, "a code in capitals")
day = like(DAY, "a day like 2026-03-02")
minute = like(MINUTE, "a time like 2026-03-02T09:00")
codes = list_of(code)
keys = list_of(key)
six = list_of(one_of(*SIX))
yes_no = one_of(*YES_NO)


def anything(where: str, value: Any) -> Iterable[str]:
    """An answer: the act's own form reads it."""
    return ()


AGENCY = record(
    {"name": text, "kind": code, "mandates": codes},
    {
        "decides_for": list_of(one_of("CHILD", "ADULT")),
        "agreement_until": day,
        "beds": mapping_of(record({"child": yes_no}, {"adult_strangers": yes_no})),
    },
)
PERSON = record(
    {"name": text, "agency": key, "roles": list_of(like("[A-Z]{2}", "a role of two letters"), least=1)},
    {"training_until": day, "training": mapping_of(day, CODE, "a module in capitals")},
)
CAST: dict[str, Check] = {"agencies": mapping_of(AGENCY, KEY), "people": mapping_of(PERSON, KEY)}
CAST_FILE = record(CAST, {})
STORY_FILE = record(
    {
        "journey": like(r"[a-z][a-z0-9_]+", "the file's name without .yaml"),
        "title": text,
        "pack": like("[a-z]{2}", "the name of a country pack"),
        "story": list_of(anything, least=1, twice=True),
    },
    {"cast": text, "includes": list_of(text), **CAST},
)
ACT = record(
    {"at": minute, "by": key, "do": like(r"[a-z]+\.[a-z_]+", "an act like contact.open_case")},
    {
        "case": label,
        "with": mapping_of(anything, KEY),
        "as": label,
        "refused": list_of(code, least=1),
        "warned": list_of(code, least=1),
    },
)
ROUTINE = record(
    {
        "routine": label,
        "at": minute,
        "opener": key,
        "worker": key,
        "provider": key,
        "lang": like("[a-z]{3}", "a language of three small letters"),
    },
    {
        "consent_by": one_of("CHILD", "CHILD_AND_GUARDIAN", "GUARDIAN"),
        "not_needed": six,
        "without": six,
        "skip": list_of(one_of(*PARTS)),
    },
)
DEADLINE = record({"state": one_of(*STATES)}, {"due": either(day, minute)})
ROWS = list_of(like(ROW, "`LABEL CODE` or `LABEL CODE/PART`"))
PAIRS = list_of(list_of(label, least=2, most=2))
COUNTS = record(
    {"year": like(r"\d{4}", "a year"), "cells": mapping_of(like(r"\d+|HIDDEN", "a number or HIDDEN"), CELL)},
    {},
)
CHECK = record(
    {"check": minute},
    {
        "case": label,
        "stage": code,
        "flags": codes,
        "flags_include": codes,
        "flags_exclude": codes,
        "treated_as_child": record({"answer": yes_no}, {"row": like(r"P([1-9]|1[01])", "a row P1 to P11")}),
        "advice": record({"advice": code}, {"because": codes}),
        "deadlines": mapping_of(DEADLINE, r"[A-Z0-9_]+(/[A-Za-z0-9_]+)?", "CODE or CODE/PART"),
        "guardian": either(key, one_of("NONE")),
        "service_gap": six,
        "sees": mapping_of(codes, KEY),
        "not_found": keys,
        "counted_as": either(
            record(
                {"year": like(r"\d{4}", "a year")},
                {"who": code, "citizenship": code, "forms": codes, "by": code, "status": code},
            ),
            one_of("NOT_COUNTED"),
        ),
        "desk": record({"of": key}, {"overdue": ROWS, "today": ROWS, "week": ROWS}),
        "pairs_include": PAIRS,
        "pairs_exclude": PAIRS,
        "statistics": COUNTS,
        "public": COUNTS,
    },
)
OF_ONE_CASE = (
    "stage", "flags", "flags_include", "flags_exclude", "treated_as_child", "advice", "deadlines", "guardian",
    "service_gap", "sees", "not_found", "counted_as",
)  # fmt: skip


def step_faults(where: str, step: Any) -> Iterable[str]:
    """What is wrong with one step: an act, a routine or a check."""
    if not isinstance(step, Mapping):
        yield f"{where} must be {{key: value}}"
    elif "check" in step:
        yield from CHECK(where, step)
        yield from _check_faults(where, step)
    elif "routine" in step:
        yield from ROUTINE(where, step)
    else:
        yield from ACT(where, step)
        if "as" in step and "refused" in step:
            yield f"{where}: a refused act leaves no fact, so it has no label. Take out `as` or `refused`"


def _check_faults(where: str, step: Mapping[str, Any]) -> Iterable[str]:
    if not set(step) - {"check", "case"}:
        yield f"{where}: this check compares nothing. Say what you expect"
    for name in ("statistics", "public"):
        if name in step and "case" in step:
            yield f"{where}: `{name}` speaks of all children. Take out `case`"
    for name in OF_ONE_CASE:
        if name in step and "case" not in step:
            yield f"{where}: `{name}` speaks of one child. Say which: `case`"
    deadlines = step.get("deadlines")
    if isinstance(deadlines, Mapping):
        for name, told in deadlines.items():
            if isinstance(told, Mapping) and (told.get("state") == "NONE") == ("due" in told):
                yield f"{where}.deadlines.{name}: NONE has no `due`; every other state has one"
