"""Plays referrals through the real acts, each at its own moment, each by the agency of its kind.

A child, and anyone whose age is not known, is met, screened, referred and received. Somebody exploited as an
adult is reported and passed on: this register is for children. What an act must be told and the table does
not know is answered NOT_KNOWN; where an act takes no such answer, everyone has the same one, named below.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from nrm.casefile.act import ACTS
from nrm.casefile.doing import Doing, Done, do
from nrm.casefile.models import Answered
from nrm.desk.real_year.cast import AUTHORITY, Cast
from nrm.desk.real_year.reading import Age, Referral
from nrm.kernel.actor import Actor
from nrm.kernel.packs import Pack
from nrm.kernel.signature import bind

NAMESPACE = UUID("6d1f6f0e-93a5-5a4e-8a0f-2d6b5f7b2023")
BETWEEN_ACTS = timedelta(minutes=10)
NOT_KNOWN = "NOT_KNOWN"
SEXES = {"Male": "MALE", "Female": "FEMALE"}
PURPOSES = {  # the nearest code of ours for each kind of exploitation of the table
    "Sexual": "SEX_PROSTITUTION",
    "Labour": "FORCED_LABOUR",
    "Domestic": "DOMESTIC_SERVITUDE",
    "Criminal": "CRIME_OTHER",
    "Organ Harvesting": "ORGAN_REMOVAL",
}
SIGN = "C01"  # one strong sign, the same for everyone: a referral needs grounds
RISK = "MEDIUM"
VIEWS = {"views_not_asked": "DID_NOT_WANT_TO_SAY"}
SEPARATOR = " | "

Left = Mapping[str, Done]  # act -> what it left


@dataclass(frozen=True)
class Step:
    """One act of a referral: which, by whom, with what answers."""

    act: str
    answers: Callable[[Referral, Left], dict[str, Any]]
    by_authority: bool = False


def met(one: Referral, _: Left) -> dict[str, Any]:
    known = {"age_from": "0", "age_to": "17"} if one.age is Age.CHILD else {}
    told = {"gender_as_told": one.gender} if one.gender not in SEXES else {}
    return {
        "first_contact_at": one.at.isoformat(),
        "track": "CHILD",
        "sex": SEXES.get(one.gender, NOT_KNOWN),
        "citizenships": list(one.nationality),
        "languages": [NOT_KNOWN],
        **dict.fromkeys(("place", "informant_kind", "interpreter_needed", "accompaniment", "parents"), NOT_KNOWN),
        **dict.fromkeys(("danger_now", "in_custody", "in_institution"), NOT_KNOWN),
        **known,
        **told,
    }  # fmt: skip


def screened(one: Referral, _: Left) -> dict[str, Any]:
    purposes = [code for word, code in PURPOSES.items() if word in one.exploitation]
    return {
        "answers": [{"q": SIGN, "a": "YES"}],
        "acts": ["NOT_YET_CLEAR"],
        "purposes": purposes or ["NOT_YET_CLEAR"],
        "still_controlled": NOT_KNOWN,
        "others_at_risk": NOT_KNOWN,
        "risk": RISK,
        **VIEWS,
    }


def sent(_: Referral, __: Left) -> dict[str, Any]:
    return {
        "to": AUTHORITY,
        "grounds": "As the published table counts it.",
        "urgency": "ROUTINE",
        "reported_to_police": NOT_KNOWN,
        "child_protection_told": NOT_KNOWN,
        "safe_contact": NOT_KNOWN,
        **VIEWS,
    }


def received(_: Referral, left: Left) -> dict[str, Any]:
    return {"referral": str(left["referral.send"].key), "case_officer": AUTHORITY}


def reported(one: Referral, _: Left) -> dict[str, Any]:
    told = (one.age, one.gender, one.exploitation, " ".join(one.nationality))
    return {
        "informant_kind": NOT_KNOWN,
        "channel": NOT_KNOWN,
        "what": SEPARATOR.join(told),
        "danger_now": NOT_KNOWN,
        "stays_anonymous": NOT_KNOWN,
    }


def passed_on(_: Referral, left: Left) -> dict[str, Any]:
    return {
        "report": str(left["contact.receive_report"].key),
        "outcome": "REFER_ELSEWHERE",
        "reason": "Exploited as an adult.",
    }


OF_A_CHILD = (
    Step("contact.open_case", met),
    Step("screening.record", screened),
    Step("referral.send", sent),
    Step("referral.receive", received, by_authority=True),
)
OF_AN_ADULT = (Step("contact.receive_report", reported), Step("contact.triage_report", passed_on))


def steps_of(one: Referral) -> tuple[Step, ...]:
    return OF_AN_ADULT if one.age is Age.ADULT else OF_A_CHILD


def acts_of(several: Iterable[Referral]) -> int:
    """How many acts these referrals are."""
    return sum(len(steps_of(one)) for one in several)


def key_of(one: Referral, step: Step) -> UUID:
    """The idempotency key of one act: the same in every run, so that no run does an act twice."""
    return uuid5(NAMESPACE, f"{one.row} {step.act}")


def still_to_play(several: Iterable[Referral], cast: Cast) -> list[Referral]:
    """The referrals whose last act has not been done."""
    done = {key for actor in cast.actors.values() for key in _answered(actor)}
    return [one for one in several if key_of(one, steps_of(one)[-1]) not in done]


def _answered(actor: Actor) -> list[UUID]:
    with transaction.atomic():
        bind(actor, now=timezone.now())
        return list(Answered.objects.filter(person_id=actor.person_id).values_list("key", flat=True))


def play(several: Iterable[Referral], cast: Cast, pack: Pack, after_each: Callable[[Done], None]) -> None:
    """Do what is left to do of these referrals. after_each is told of every act; what it raises ends the playing."""
    with timezone.override(pack.calendar.zone):
        for one in several:
            left: dict[str, Done] = {}
            for place, step in enumerate(steps_of(one)):
                actor = cast.authority if step.by_authority else cast.of_kind(one.kind)
                now = one.at + place * BETWEEN_ACTS
                reference = next((done.reference for done in left.values() if done.reference), "")
                left[step.act] = do(
                    ACTS[step.act],
                    Doing(actor=actor, now=now, pack=pack),
                    step.answers(one, left),
                    reference=reference,
                    key=key_of(one, step),
                )
                after_each(left[step.act])
