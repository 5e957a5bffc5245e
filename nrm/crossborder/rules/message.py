"""The message to another State: the minimum, what is told beside it with a reason, and what binds the receiver.

What the builder is given may be all that is known; what it lets through is listed here and nowhere else.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

FORMAT = "opennrm.transnational-message"
VERSION = 1
UNKNOWN = "NOT_KNOWN"


@dataclass(frozen=True)
class Birth:
    """What is known of her age: the year of a birth date, else the years two people would give her."""

    year: int | None = None
    age_from: int | None = None
    age_to: int | None = None


@dataclass(frozen=True)
class Child:
    """The minimum that is always told. row: of the table of presumption of minority, P1 to P11."""

    reference: str
    treated_as_child: bool
    row: str
    birth: Birth
    sex: str
    languages: tuple[str, ...]
    communication: tuple[str, ...]
    interpreter: str


@dataclass(frozen=True)
class Guardian:
    name: str
    office: str


@dataclass(frozen=True)
class Standing:
    """How the case stands, in the words for other States. Asylum and health have no place here."""

    word: str
    purposes: tuple[str, ...]
    guardian: Guardian | None


@dataclass(frozen=True)
class Known:
    """All that is known of a case and may be told. further: by the code of what may be told beside the minimum."""

    child: Child
    standing: Standing
    further: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Sending:
    """What the sender decided. disclosed: (code, reason) of each thing told beside the minimum."""

    message_id: str
    country: str
    office: str
    to: str
    to_office: str
    kind: str
    urgency: str
    sent_at: datetime
    danger: tuple[str, ...]
    ask_for: tuple[str, ...]
    handling: tuple[str, ...]
    basis: str
    text: str
    child_heard: bool
    reply_by: date | None = None
    delete_by: date | None = None
    basis_text: str = ""
    disclosed: tuple[tuple[str, str], ...] = ()
    in_words: Mapping[str, str] = field(default_factory=dict)  # of OTHER: kind, danger, ask_for, handling


def message(known: Known, sending: Sending) -> dict[str, Any]:
    """The message as plain data: head, handling, child, situation, request, basis.

    A thing beside the minimum is in it only if it was named with a reason, once, and never when nothing but
    information is asked. What was named and is not known says so.
    Source: CETS 197 art. 11, 33 and 34; process specification 2.10.
    """
    child = _child(known.child)
    further = list(_further(known.further, sending.disclosed))
    if further and not is_information_only(sending.ask_for):
        child["further"] = further
    return {
        "format": FORMAT,
        "version": VERSION,
        "head": _head(sending),
        "handling": _handling(sending),
        "child": child,
        "situation": _situation(known.standing, sending),
        "request": _request(sending),
        "basis": {
            "ground": sending.basis,
            "treaty": sending.basis_text,
            "child_heard": "YES" if sending.child_heard else "NO",
        },
    }


def as_text(made: Mapping[str, Any]) -> str:
    """The message as it leaves and is kept: the same data, always in the same letters."""
    return json.dumps(made, ensure_ascii=False, indent=1)


def is_information_only(ask_for: Iterable[str]) -> bool:
    """Whether nothing is asked: then nothing beside the minimum is needed."""
    return set(ask_for) <= {"INFORM_ONLY"}


def _head(sending: Sending) -> dict[str, Any]:
    return {
        "message_id": sending.message_id,
        "from": sending.country,
        "from_office": sending.office,
        "to": sending.to,
        "to_office": sending.to_office,
        "kind": _coded(sending, "kind", sending.kind),
        "urgency": sending.urgency,
        "sent_at": sending.sent_at.isoformat(),
        "reply_by": _day(sending.reply_by),
    }


def _handling(sending: Sending) -> dict[str, Any]:
    """What binds the receiver stands before anything about her. Source: CETS 197 art. 34(3)."""
    return {
        "conditions": [_coded(sending, "handling", code) for code in sending.handling],
        "delete_by": _day(sending.delete_by),
    }


def _child(child: Child) -> dict[str, Any]:
    born: dict[str, Any] = (
        {"birth_year": child.birth.year}
        if child.birth.year is not None
        else {"age_from": child.birth.age_from, "age_to": child.birth.age_to}
    )
    return {
        "reference": child.reference,
        "treated_as_child": "YES" if child.treated_as_child else "NO",
        "row": child.row,
        **born,
        "sex": child.sex or UNKNOWN,
        "languages": list(child.languages),
        "communication": list(child.communication),
        "interpreter": child.interpreter,
    }


def _situation(standing: Standing, sending: Sending) -> dict[str, Any]:
    guardian = standing.guardian
    return {
        "stage": standing.word,
        "purposes": list(standing.purposes),
        "danger": [_coded(sending, "danger", code) for code in sending.danger],
        "guardian": {"name": guardian.name, "office": guardian.office} if guardian else None,
    }


def _request(sending: Sending) -> dict[str, Any]:
    return {
        "ask_for": [_coded(sending, "ask_for", code) for code in sending.ask_for],
        "text": sending.text,
    }


def _further(known: Mapping[str, Any], disclosed: Iterable[tuple[str, str]]) -> Iterable[dict[str, Any]]:
    told: set[str] = set()
    for code, reason in disclosed:
        if reason.strip() and code not in told:
            told.add(code)
            yield {"field": code, "value": known.get(code) or UNKNOWN, "reason": reason}


def _coded(sending: Sending, question: str, code: str) -> Any:
    """A code; where it is OTHER, with the sender's own words."""
    return {"code": code, "words": sending.in_words.get(question, "")} if code == "OTHER" else code


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
