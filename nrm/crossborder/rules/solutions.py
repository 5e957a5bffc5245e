"""When a risk assessment holds, and everything that stands against a durable solution, said together."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from nrm.crossborder import refusals
from nrm.crossborder.terms import RETURNING, RiskSource
from nrm.kernel.refusals import Refusal

FEWEST_SOURCES = 2
OF_THE_GOVERNMENT_THERE = frozenset({RiskSource.FOCAL_POINT, RiskSource.POLICE})
SAY_NOTHING = frozenset({RiskSource.NOT_KNOWN})
NOT_INDEPENDENT = OF_THE_GOVERNMENT_THERE | {RiskSource.OTHER}  # of a source in words nobody can tell


def sources_suffice(sources: Iterable[str]) -> bool:
    """Whether there are at least two sources, one of them independent of the government there.

    Source: CETS 197 art. 16(7); the number is a house rule.
    """
    named = set(sources) - SAY_NOTHING
    return len(named) >= FEWEST_SOURCES and bool(named - NOT_INDEPENDENT)


def still_valid(made_on: date, *, on: date, days: int) -> bool:
    """Whether an assessment of that local day may still be relied on. days: calendar days, the first not counted."""
    return on <= made_on + timedelta(days=days)


@dataclass(frozen=True)
class Planned:
    """All that a durable solution depends on.

    determined: a confirmed determination is linked. assessed: a risk assessment that still holds is linked.
    against: the linked or the newest risk assessment says that she must not return. valid_days: of a risk
    assessment. reflection_until: last day of a recovery period that still runs. asked_in_writing: she and
    her guardian, in writing.
    """

    type: str
    separated: bool
    determined: bool
    assessed: bool
    against: bool
    identification_finished: bool
    reflection_until: date | None
    asked_in_writing: bool
    receiving_care: str
    valid_days: int

    @property
    def returns(self) -> bool:
        return self.type in RETURNING


def reasons_against(planned: Planned) -> Iterator[Refusal]:
    """Every reason, never only the first. All but the determination are asked of a return alone.

    Source: CETS 197 art. 10(2), 13(1), 16(2) and 16(7); UNHCR Best Interests Procedure Guidelines.
    """
    if planned.separated and not planned.determined:
        yield refusals.NO_DETERMINATION.at("determination")
    if not planned.returns:
        return
    if not planned.assessed:
        yield refusals.NO_RISK_ASSESSMENT.at("risk_assessment").with_values(days=planned.valid_days)
    if planned.against:
        yield refusals.RETURN_AGAINST_BEST_INTERESTS.at("risk_assessment")
    if not planned.identification_finished:
        yield refusals.IDENTIFICATION_UNFINISHED.at("type")
    if planned.reflection_until is not None and not planned.asked_in_writing:
        yield refusals.REFLECTION_RUNNING.at("type").with_values(date=planned.reflection_until)
    if not planned.receiving_care.strip():
        yield refusals.NO_RECEIVING_CARE.at("receiving_care")
