"""The few cases that are made by acts, as people make them; every other case of the register is a copy of one.

Times count back from the moment at which the register is made, so that deadlines lie around today.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from nrm.agencies.models import Person
from nrm.agencies.queries import actor_of
from nrm.casefile.act import ACTS
from nrm.casefile.cast import enter_agencies, enter_people
from nrm.casefile.doing import Doing, do
from nrm.kernel import packs

CAST = Path(__file__).resolve().parent.parent / "demo" / "stories" / "cast_xa.yaml"

HEARD = {"childs_views": "I do not want to go back to him.", "heard_how": "SPOKE"}
CHILD = {
    "place": "STREET", "informant_kind": "OUTREACH", "track": "CHILD", "given_name": "Lule", "family_name": "Moro",
    "age_from": "14", "age_to": "16", "sex": "FEMALE", "citizenships": ["XCO"], "languages": ["por"],
    "interpreter_needed": "YES", "accompaniment": "WITH_UNRELATED_ADULT", "parents": "UNKNOWN",
    "danger_now": "YES", "in_custody": "NO", "in_institution": "NO",
}  # fmt: skip
SAFE = {
    "measures": ["SEPARATED_FROM_ADULT", "MOVED_TO_SAFE_PLACE"],
    "note": "She sleeps in the night shelter.",
}
TOLD = {"topics": ["WHO_WE_ARE"], "form": "SPOKEN", "lang": "por", "understood": "SAID_IT_BACK"}
LET_IN = {
    "agency": "alva", "grants": ["FULL", "IDENTITY", "LOCATION"], "purpose": "CARE", "basis": "LEGAL_DUTY",
    "note": "Child Protection Act, section 12",
}  # fmt: skip
SIGNS = {
    "answers": [
        {"q": "M02", "a": "YES", "basis": "SEEN", "note": "She travels with a man who is not family."},
        {"q": "C01", "a": "YES", "basis": "SEEN", "note": "He stood ten metres away and answered for her."},
        {"q": "C07", "a": "YES", "basis": "SAID_BY_CHILD", "note": "She must bring forty a day."},
        {"q": "C10", "a": "YES", "basis": "SAID_BY_CHILD"},
    ],
    "acts": ["TRANSPORTATION", "HARBOURING"], "purposes": ["BEGGING"], "still_controlled": "YES",
    "others_at_risk": "NOT_KNOWN", "risk": "MEDIUM",
    "in_her_words": "I stand at the station from morning to night.", **HEARD,
}  # fmt: skip
REFERRED = {
    "to": "office", "grounds": "She begs for a man who is not her family.", "urgency": "URGENT",
    "evidence": ["SCREENING", "CHILDS_ACCOUNT"], "reported_to_police": "NO", "child_protection_told": "YES",
    "child_protection_told_name": "Mira Sole", "safe_contact": "VIA_WORKER", **HEARD,
}  # fmt: skip
POSITIVE = {
    "outcome": "POSITIVE", "acts": ["HARBOURING"], "purposes": ["BEGGING"], "reason_codes": ["ACT_SHOWN"],
    "reasons": "He takes what she begs.", "evidence_read": ["SCREENING"], "guardian_heard": "YES",
    "best_interests": "It opens the recovery period.", **HEARD,
}  # fmt: skip


@dataclass(frozen=True)
class Step:
    """One act of a journey. `hours`: since the case was opened. `of` names the answer that takes an earlier key."""

    hours: float
    by: str
    act: str
    answers: Mapping[str, Any]
    of: str = ""


OPENING = (
    Step(0.2, "rosa", "contact.record_immediate_safety", SAFE),
    Step(0.3, "rosa", "contact.give_information", TOLD),
    Step(0.5, "rosa", "casefile.share", LET_IN),
    Step(1, "mira", "casefile.appoint_lead_worker", {"person": "mira"}),
    Step(2, "mira", "care.appoint_interim_guardian", {"guardian": "petra", **HEARD}),
    Step(3, "rosa", "screening.record", SIGNS),
)
SENT = (*OPENING, Step(4, "rosa", "referral.send", REFERRED))
RECEIVED = (*SENT, Step(20, "ida", "referral.receive", {"case_officer": "ida"}, of="referral"))
DECIDED = (
    *RECEIVED,
    Step(22, "ida", "identification.decide_reasonable_grounds", POSITIVE),
    Step(23, "tomas", "identification.confirm", {}, of="proposal"),
)


@dataclass(frozen=True)
class Journey:
    """How far a case has come, and how long ago it began."""

    days_ago: float
    steps: tuple[Step, ...]


JOURNEYS = (Journey(0.5, OPENING), Journey(1, SENT), Journey(2, RECEIVED), Journey(4, DECIDED))


def enter_cast() -> None:
    """The agencies and people of the stories, once; copies.py then gives every district its own."""
    cast = yaml.load(CAST.read_text(), Loader=yaml.BaseLoader)  # noqa: S506 text only
    enter_agencies(cast["agencies"])
    enter_people(cast["people"])


def play(now: datetime) -> list[str]:
    """Do every journey, behind the walls; the references of its cases."""
    people = {one.key: one for one in Person.objects.select_related("agency").prefetch_related("trainings")}
    return [_one(journey, people, now) for journey in JOURNEYS]


def _one(journey: Journey, people: Mapping[str, Person], now: datetime) -> str:
    opened = now - timedelta(days=journey.days_ago)
    pack = packs.load("xa")

    def act(step: Step, reference: str, answers: Mapping[str, Any]) -> tuple[str, int]:
        at = opened + timedelta(hours=step.hours)
        done = do(ACTS[step.act], Doing(actor_of(people[step.by]), at, pack), answers, reference=reference)
        return done.reference, done.key

    first = Step(0, "rosa", "contact.open_case", CHILD)
    reference, key = act(first, "", {**first.answers, "first_contact_at": opened.isoformat()})
    for step in journey.steps:
        key = act(step, reference, dict(_filled(step, opened, key)))[1]
    return reference


def _filled(step: Step, opened: datetime, key: int) -> Iterator[tuple[str, Any]]:
    """The answers of a step with what only the hour of the play can say."""
    yield from step.answers.items()
    if step.of:
        yield step.of, str(key)
    if step.act == "contact.record_immediate_safety":
        yield "done_at", opened.isoformat()
    if step.act == "care.appoint_interim_guardian":
        yield "from", opened.date().isoformat()
