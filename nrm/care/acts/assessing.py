"""Acts about what is best for her."""

from collections.abc import Iterator

from nrm.agencies.terms import Role
from nrm.care import refusals
from nrm.care.acts.own_part import is_hers
from nrm.care.models import Assessment, Element, Option
from nrm.care.terms import BestInterestsElement
from nrm.casefile.act import act, may
from nrm.casefile.facts import Facts
from nrm.kernel.refusals import Refusal

FEWEST_OPTIONS = 2


@act(
    writes=Assessment,
    may=may(Role.CW, own=(Role.GU, Role.SP), is_own=is_hers),
    source="CRC art. 3 and 12, General Comment 14",
)
def assess_best_interests(facts: Facts, given: Assessment) -> Iterator[Refusal]:
    """Assess what is best for her."""
    if {row.element for row in facts.rows(given, Element)} != set(BestInterestsElement.codes()):
        yield refusals.ELEMENTS_MISSING.at("elements")
    if len(facts.rows(given, Option)) < FEWEST_OPTIONS:
        yield refusals.ONE_OPTION_ONLY.at("options")
