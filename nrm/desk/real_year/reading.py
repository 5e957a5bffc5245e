"""Reads the published table into one referral for each person it counts.

The table knows seven things of each: quarter, kind of first responder, first responder, kinds of exploitation,
age when exploited, gender, nationality. The day is drawn, by a fixed seed, from the days of the quarter.
"""

import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from pathlib import Path

from nrm.desk.real_year.nationalities import codes_of
from nrm.kernel.days import Calendar

FILE = Path(__file__).resolve().parents[3] / "data" / "uk_nrm_referrals_2023_quarterly.csv"
SEED = 2023
OFFICE_OPENS, MINUTES_OPEN = time(8), 9 * 60


class Kind(StrEnum):
    """Kinds of first responder, as the table names them."""

    GOVERNMENT = "Government agency"
    LOCAL_AUTHORITY = "Local Authority"
    POLICE = "Police"
    NGO = "NGO and third sector"


class Age(StrEnum):
    """Age when exploited, not age at the referral. The table does not say who of the children has since come of age."""

    CHILD = "Child (17 or under)"
    ADULT = "Adult (18 or over)"
    UNKNOWN = "Not specified or unknown"


@dataclass(frozen=True)
class Referral:
    """One person's referral. row: its place in the table once every line is repeated for each person, from 0."""

    row: int
    quarter: str
    kind: Kind
    exploitation: str
    age: Age
    gender: str
    nationality: tuple[str, ...]
    at: datetime


def referrals(calendar: Calendar, only: str = "", file: Path = FILE) -> Iterator[Referral]:
    """Every referral of the year, or of one part of it."""
    drawn = random.Random(SEED)  # noqa: S311 a day within a quarter is no secret
    row = 0
    with file.open(encoding="utf-8", newline="") as table:
        for line in csv.DictReader(table):
            for _person in range(int(line["people"])):
                at = _moment(int(line["year"]), line["quarter"], drawn, calendar)
                kind = Kind(line["first_responder_type"])
                if is_of(only, line["quarter"], kind):
                    yield Referral(
                        row=row,
                        quarter=line["quarter"],
                        kind=kind,
                        exploitation=line["exploitation_type"],
                        age=Age(line["age_at_exploitation"]),
                        gender=line["gender"],
                        nationality=codes_of(line["nationality"]),
                        at=at,
                    )
                row += 1


def is_of(only: str, quarter: str, kind: Kind) -> bool:
    """Whether a referral is of that part: "" is all, `Q2` a quarter, `Q2/ngo` one kind of first responder in it."""
    return only in ("", quarter, f"{quarter}/{kind.name.lower()}")


def parts() -> list[str]:
    """What `only` may name beside nothing."""
    quarters = [f"Q{number}" for number in range(1, 5)]
    return [*quarters, *(f"{quarter}/{kind.name.lower()}" for quarter in quarters for kind in Kind)]


def _moment(year: int, quarter: str, drawn: random.Random, calendar: Calendar) -> datetime:
    """A minute of office hours on a day of the quarter."""
    first = date(year, 3 * int(quarter[1]) - 2, 1)
    after = date(year + (quarter == "Q4"), (first.month + 3 - 1) % 12 + 1, 1)
    day = first + timedelta(days=drawn.randrange((after - first).days))
    opened = calendar.at(day, OFFICE_OPENS)
    return opened + timedelta(minutes=drawn.randrange(MINUTES_OPEN))
