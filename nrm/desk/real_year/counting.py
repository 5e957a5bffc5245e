"""Counts the year twice, in the table and in the register, and names what differs.

The register is counted through the walls: children by the authority that received them, adults by an agency
that triages. Cells of few people are compared and never shown: the table counts real people.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils import timezone

from nrm.desk.real_year.cast import BY_KIND, Cast
from nrm.desk.real_year.playing import SEPARATOR
from nrm.desk.real_year.reading import Age, Kind, Referral, is_of
from nrm.kernel.packs import Pack
from nrm.kernel.signature import bind

FEW = 10  # a cell under this is shown with the others under it
DIMENSIONS = ("quarter", "age", "kind of first responder", "nationality")

Cell = tuple[str, str]  # dimension, value
Counts = Counter[Cell]

_RECEIVED = """
SELECT extract(quarter FROM r.at AT TIME ZONE %s)::int, g.key,
       CASE WHEN f.age_to IS NULL THEN %s ELSE %s END, array_to_string(f.citizenships, ' '), count(*)
FROM referral_receipt r JOIN contact_firstcontact f ON f.case_id = r.case_id
     JOIN agencies_agency g ON g.id = f.by_agency_id
GROUP BY 1, 2, 3, 4
"""
_PASSED_ON = """
SELECT extract(quarter FROM r.at AT TIME ZONE %s)::int, g.key, split_part(r.what, %s, 1), split_part(r.what, %s, 4),
       count(*)
FROM contact_triage t JOIN contact_report r ON r.id = t.report JOIN agencies_agency g ON g.id = r.by_agency_id
WHERE t.outcome = 'REFER_ELSEWHERE' GROUP BY 1, 2, 3, 4
"""


def in_the_table(several: Iterable[Referral]) -> Counts:
    counts: Counts = Counter()
    for one in several:
        _add(counts, one.quarter, one.age, one.kind, " ".join(one.nationality), 1)
    return counts


def in_the_register(cast: Cast, pack: Pack, only: str = "") -> Counts:
    """What the register holds, or what it holds of one part of the year (`reading.is_of`)."""
    kinds = {key: kind for kind, key in BY_KIND.items()}
    zone = pack.calendar.zone.key
    counts: Counts = Counter()
    for actor, statement, values in (
        (cast.authority, _RECEIVED, [zone, Age.UNKNOWN.value, Age.CHILD.value]),
        (cast.of_kind(Kind.LOCAL_AUTHORITY), _PASSED_ON, [zone, SEPARATOR, SEPARATOR]),
    ):
        with transaction.atomic(), connection.cursor() as cursor:
            bind(actor, now=timezone.now())
            cursor.execute(statement, values)
            for number, agency, age, nationality, people in cursor.fetchall():
                quarter, kind = f"Q{number}", kinds[agency]
                if is_of(only, quarter, kind):
                    _add(counts, quarter, age, kind, nationality, people)
    return counts


def _add(counts: Counts, quarter: str, age: str, kind: str, nationality: str, people: int) -> None:
    for dimension, value in zip(DIMENSIONS, (quarter, age, kind, nationality), strict=True):
        counts[dimension, str(value)] += people


@dataclass(frozen=True)
class Difference:
    """One cell, or all cells of few people of one dimension together, in which table and register differ."""

    dimension: str
    value: str
    table: int | None
    register: int | None


def differences(table: Counts, register: Counts) -> list[Difference]:
    """Every difference to the unit; cells under FEW together, without their numbers."""
    differing = sorted(cell for cell in table | register if table[cell] != register[cell])
    shown = [cell for cell in differing if table[cell] >= FEW]
    found = [Difference(*cell, table[cell], register[cell]) for cell in shown]
    for dimension in DIMENSIONS:
        hidden = sum(cell[0] == dimension for cell in set(differing) - set(shown))
        if hidden:
            found.append(Difference(dimension, f"{hidden} with fewer than {FEW} people", None, None))
    return found
