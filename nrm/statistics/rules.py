"""Counting rows: pure, without names, places or keys."""

from collections.abc import Iterable
from dataclasses import dataclass

from nrm.statistics.terms import Status, Who

CHILDREN = frozenset({Who.GIRL, Who.BOY, Who.CHILD})


@dataclass(frozen=True)
class Counted:
    """One person as she is counted. by: kind of the agency that opened her case.

    found_as_adult: exploited as a child, registered at 18 or over.
    """

    year: int
    who: str
    citizenship: str
    forms: tuple[str, ...]
    by: str
    status: str
    forced_criminality: bool = False
    found_as_adult: bool = False

    @property
    def headings(self) -> frozenset[str]:
        """Every heading that this person stands under."""
        flags = {"FORCED_CRIMINALITY": self.forced_criminality, "FOUND_AS_ADULT": self.found_as_adult}
        return frozenset(
            {
                "PERSON",
                "CHILD" if self.who in CHILDREN else "ADULT",
                self.who,
                self.citizenship,
                self.by,
                self.status,
                *self.forms,
                *(name for name, holds in flags.items() if holds),
            }
        )


def cell(rows: Iterable[Counted], name: str) -> int:
    """How many people stand under all headings of a cell: `GIRL`, or several joined with `+`.

    A negative decision is counted only where the cell asks for NEGATIVE. Source: Directive 2011/36/EU
    art. 19a and Eurostat `crim_thb` for the headings; that negatives stand apart is a house rule.
    """
    wanted = frozenset(name.split("+"))
    return sum(
        wanted <= row.headings for row in rows if row.status != Status.NEGATIVE or Status.NEGATIVE in wanted
    )


def who_is(*, child: bool, sex: str) -> Who:
    """The heading of age and sex; neither is guessed."""
    by_sex = {"FEMALE": (Who.GIRL, Who.WOMAN), "MALE": (Who.BOY, Who.MAN)}
    as_child, as_adult = by_sex.get(sex, (Who.CHILD, Who.ADULT))
    return as_child if child else as_adult
