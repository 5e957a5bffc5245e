"""The act that prepares adult life."""

from collections.abc import Iterator

from nrm.agencies.terms import Role
from nrm.care import refusals
from nrm.care.acts.own_part import is_hers
from nrm.care.beside import adulthood as beside
from nrm.care.models import TransitionPlan
from nrm.care.rules import is_too_early_to_plan
from nrm.casefile.act import act, condition, may, nothing
from nrm.casefile.facts import Facts
from nrm.casefile.questions import presumed
from nrm.kernel.actor import Actor
from nrm.kernel.refusals import Refusal


@condition(refusals.TOO_EARLY_TO_PLAN)
def adult_life_is_near(_: Actor, facts: Facts) -> bool:
    """Two years before 18 or later; where no birth date is relied on, at any time."""
    adult_on = presumed(facts, facts.today).until
    return adult_on is None or not is_too_early_to_plan(facts.today, adult_on)


@act(
    writes=TransitionPlan,
    may=may(Role.CW, own=(Role.GU, Role.SP), is_own=is_hers),
    when=[adult_life_is_near],
    page=(beside.birthday, beside.what_stays),
    source="Directive 2011/36/EU art. 14",
)
def plan_transition_to_adulthood(facts: Facts, given: TransitionPlan) -> Iterator[Refusal]:
    """Plan her adult life with her."""
    yield from nothing(facts, given)
