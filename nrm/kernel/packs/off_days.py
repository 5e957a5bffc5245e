"""Public holidays, from a list in the pack or from the package `holidays`. Each is a question: is this day
one?
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import holidays


def no_holidays(_: date) -> bool:
    """A calendar without any; for a pack that did not load."""
    return False


@dataclass(frozen=True)
class Listed:
    """The days written in the pack; in a year for which none is written, the same days of every year.

    So a year must be written whole: with one date of it in the list, `yearly` says nothing about that year.
    """

    dates: frozenset[date]
    yearly: frozenset[tuple[int, int]]  # month and day

    def __call__(self, day: date) -> bool:
        if any(each.year == day.year for each in self.dates):
            return day in self.dates
        return (day.month, day.day) in self.yearly


@dataclass(frozen=True)
class Published:
    """The public holidays of a country, and of a part of it, as the package `holidays` knows them.

    Doubtful: days that are free by custom only (a Christmas Eve) are not among them. Check the year with
    counsel.
    """

    country: str
    subdivision: str

    def __call__(self, day: date) -> bool:
        return day in _published(self.country, self.subdivision, day.year)


@lru_cache(maxsize=256)
def _published(country: str, subdivision: str, year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays(country, subdiv=subdivision or None, years=year))


def known_subdivisions(country: str) -> frozenset[str] | None:
    """The parts of a country that have holidays of their own; None if the package does not know the
    country.
    """
    parts = holidays.list_supported_countries().get(country)
    return None if parts is None else frozenset(parts)
