"""Who needs a guardian, and who is separated."""

from itertools import product

import pytest

from nrm.casefile.rules import guardian_needed, separated
from nrm.casefile.terms import Accompanied, Parents

BESIDE_HER = list(product(Accompanied, Parents))


@pytest.mark.parametrize(("accompaniment", "parents"), BESIDE_HER)
def test_an_adult_needs_no_guardian_and_is_not_separated(accompaniment, parents):
    assert not guardian_needed(False, accompaniment, parents)
    assert not separated(False, accompaniment, parents)


@pytest.mark.parametrize("accompaniment", Accompanied)
def test_parents_in_conflict_or_involved_are_no_guardians(accompaniment):
    assert guardian_needed(True, accompaniment, Parents.CONFLICT)
    assert guardian_needed(True, accompaniment, Parents.SUSPECTED)


@pytest.mark.parametrize(("accompaniment", "parents"), BESIDE_HER)
def test_a_guardian_is_needed_unless_a_safe_parent_is_there_or_reachable(accompaniment, parents):
    if parents in {"CONFLICT", "SUSPECTED"}:
        return
    enough = accompaniment == "WITH_PARENT" or parents == "REACHABLE_SAFE"
    assert guardian_needed(True, accompaniment, parents) is not enough


@pytest.mark.parametrize(("accompaniment", "parents"), BESIDE_HER)
def test_separated_are_those_whose_parents_are_far_unknown_or_dead(accompaniment, parents):
    far = {"ABROAD_REACHABLE", "ABROAD_UNREACHABLE", "UNKNOWN", "NOT_KNOWN", "DEAD"}
    assert separated(True, accompaniment, parents) is (accompaniment != "WITH_PARENT" and parents in far)


@pytest.mark.parametrize(
    ("accompaniment", "parents", "guardian", "apart"),
    [
        ("WITH_UNRELATED_ADULT", "UNKNOWN", True, True),  # begging for a man she calls uncle
        ("ALONE", "REACHABLE_SAFE", False, False),  # stopped by the police, parents at home
        ("WITH_RELATIVE", "ABROAD_REACHABLE", True, True),  # housework for relatives
        ("WITH_PARENT", "CONFLICT", True, False),  # to be married by her father
        ("IN_INSTITUTION", "UNKNOWN", True, True),  # the director represents her
        ("WITH_PARENT", "REACHABLE_SAFE", False, False),
        ("WITH_PARENT", "NOT_KNOWN", False, False),
    ],
)
def test_children_we_know(accompaniment, parents, guardian, apart):
    assert guardian_needed(True, accompaniment, parents) is guardian
    assert separated(True, accompaniment, parents) is apart
