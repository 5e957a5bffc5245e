"""What a margin of age means and which methods may decide it."""

from collections.abc import Iterable
from datetime import date

from nrm.casefile.rules import FULL_AGE
from nrm.casefile.terms import AgeOutcome
from nrm.identification.terms import AgeMethod
from nrm.kernel.days import add_months

MEDICAL = frozenset({AgeMethod.PAEDIATRIC, AgeMethod.DENTAL_OR_WRIST})
GENTLE_FIRST = frozenset({AgeMethod.PAPERS, AgeMethod.INTERVIEW, AgeMethod.SOCIAL_REPORT})


def assigned_birth_date(outcome: str, lowest_age: int, on: date) -> date | None:
    """The birth date of a person decided to be a child: as many years before that day as the lowest age.

    None for every other outcome, and where the lowest age would make an adult of a child.
    Source: PACE Resolution 2195 par. 6.8 (the lowest age of the margin).
    """
    if outcome != AgeOutcome.CHILD or lowest_age >= FULL_AGE:
        return None
    return add_months(on, -12 * lowest_age)


def margin_says_child(outcome: str, lowest_age: int) -> bool:
    """Adult is said although the margin begins under 18."""
    return outcome == AgeOutcome.ADULT and lowest_age < FULL_AGE


def medical_alone(outcome: str, methods: Iterable[str]) -> bool:
    """Adult is said on medical findings alone. Source: PACE Resolution 2195 par. 6."""
    return outcome == AgeOutcome.ADULT and set(methods) <= MEDICAL


def is_last_resort(tried_before: Iterable[str]) -> bool:
    """Whether papers, interview and social report were all tried before bones and teeth."""
    return set(tried_before) >= GENTLE_FIRST
