"""Who is treated as a child, who needs a guardian, who is separated from her parents.

Silence, missing papers, a refusal to be examined, a beard or a border officer's guess never make an adult.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from nrm.casefile.terms import Accompanied, Parents, PresumptionRow
from nrm.kernel.days import anniversary
from nrm.kernel.vocabulary import Words

FULL_AGE = 18
ESTIMATORS_NEEDED = 2


@dataclass(frozen=True)
class BirthDate:
    """latest: the last day it can have been (a year alone means 31 December).

    verified: by civil registry, verified document, court or final age decision; anything else is stated.
    """

    latest: date
    verified: bool


@dataclass(frozen=True)
class AgeDecided:
    """The latest standing age decision.

    at: when it was confirmed. assigned_birth_date: of a CHILD.
    final: of an ADULT; False while the window to challenge it is open or a challenge is pending.
    """

    outcome: Literal["CHILD", "ADULT", "UNRESOLVED"]
    at: datetime
    assigned_birth_date: date | None = None
    final: bool = False


@dataclass(frozen=True)
class AgeDisputed:
    """The newest dispute. ground: FALSE_PAPERS or COACHED, or "" if none was given.

    claims: shown beside the row; a dispute protects whatever it claims.
    """

    at: datetime
    ground: str = ""
    claims: str = ""


@dataclass(frozen=True)
class AgeFacts:
    """All that is known of an age. An estimate by fewer than two people counts as none."""

    decision: AgeDecided | None = None
    dispute: AgeDisputed | None = None
    birth_date: BirthDate | None = None
    estimate_from: int | None = None
    estimate_to: int | None = None
    estimators: int = 0


@dataclass(frozen=True)
class Presumed:
    """child: treated as a child. row: of the table, P1 to P11.

    until: the first adult day by the date that the row relies on (P3, P6, P7).
    """

    child: bool
    row: str
    until: date | None = None


def treated_as_child(age: AgeFacts, *, on: date, clearly_adult_from: int) -> Presumed:
    """Whether she is treated as a child on a day; the first row of the table that matches.

    on: a local day. clearly_adult_from: of the country pack, in years: without any birth date, the lowest
    age two people must see before she counts as an adult. Raises ValueError if it is under 18.
    The 18th birthday is the first adult day. A dispute against a verified date by which she is an adult
    needs a ground; with one, the date counts as stated. A CHILD decided without a date stays in row P4.

    Source: ECAT art. 10(3), Lanzarote Convention art. 11(2) and 35(3), PACE Resolution 2195 par. 6;
    rows P8 to P11, and that a challenge suspends an age decision (P1), are house rules.
    """
    if clearly_adult_from < FULL_AGE:
        raise ValueError(f"nobody is clearly adult from {clearly_adult_from}")
    if age.decision is not None:
        return _by_decision(age.decision, age.dispute, on)
    if age.birth_date is not None and age.birth_date.verified:
        by_papers = _by_date("P6", age.birth_date.latest, on)
        doubted = age.dispute is not None and age.dispute.ground != ""
        if by_papers.child or not doubted:
            return by_papers
    if age.dispute is not None:
        return Presumed(True, "P5")
    lowest = age.estimate_from if age.estimators >= ESTIMATORS_NEEDED else None
    if age.birth_date is None:
        adult = lowest is not None and lowest >= clearly_adult_from
        return Presumed(not adult, "P11" if adult else "P10")
    as_stated = _by_date("P7", age.birth_date.latest, on)
    if as_stated.child:
        return as_stated
    adult = lowest is not None and lowest >= FULL_AGE
    return Presumed(not adult, "P9" if adult else "P8")


def _by_decision(decision: AgeDecided, dispute: AgeDisputed | None, on: date) -> Presumed:
    if decision.outcome == "ADULT" and not decision.final:
        return Presumed(True, "P1")
    if decision.outcome == "UNRESOLVED":
        return Presumed(True, "P4")
    if dispute is not None and dispute.at > decision.at:
        return Presumed(True, "P5")
    if decision.outcome == "ADULT":
        return Presumed(False, "P2")
    if decision.assigned_birth_date is None:
        return Presumed(True, "P4")
    return _by_date("P3", decision.assigned_birth_date, on)


def _by_date(row: str, birth_date: date, on: date) -> Presumed:
    first_adult_day = anniversary(birth_date, FULL_AGE)
    return Presumed(on < first_adult_day, row, first_adult_day)


def explains(row: str) -> "str | Words":
    """Why, in one sentence for the page. {date}: `until`, or in P2 the day of the decision."""
    return PresumptionRow(row).label


PARENTS_AWAY = frozenset(
    {Parents.ABROAD_REACHABLE, Parents.ABROAD_UNREACHABLE, Parents.DEAD, Parents.UNKNOWN, Parents.NOT_KNOWN}
)


def guardian_needed(child: bool, accompaniment: str, parents: str) -> bool:
    """Whether a child needs a guardian, from the first minute and whatever is decided about her.

    child: she is treated as one. A parent at her side is enough unless the parents are in conflict with
    her or may be involved; parents elsewhere are enough only if they are reachable and safe.

    Source: ECAT art. 10(4)(a); Directive 2011/36/EU art. 14 and 16.
    """
    if parents in {Parents.CONFLICT, Parents.SUSPECTED}:
        return child
    return child and accompaniment != Accompanied.WITH_PARENT and parents != Parents.REACHABLE_SAFE


def separated(child: bool, accompaniment: str, parents: str) -> bool:
    """Whether a child is separated: her family is traced, and her future needs a determination.

    Parents of whom nothing was found out yet (NOT_KNOWN) count as UNKNOWN.

    Source: ECAT art. 10(4)(c); that NOT_KNOWN counts is a house rule.
    """
    return child and accompaniment != Accompanied.WITH_PARENT and parents in PARENTS_AWAY
