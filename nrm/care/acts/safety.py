"""Acts that keep her safe: the plan, and going through it again."""

from collections.abc import Iterable, Iterator

from nrm.agencies.terms import Role
from nrm.care import refusals
from nrm.care.acts.own_part import is_hers
from nrm.care.beside import safety as beside
from nrm.care.models import DangerSeen, SafetyPlan
from nrm.casefile.act import act, may
from nrm.casefile.facts import Facts
from nrm.kernel.refusals import ANSWER_NEEDED, Refusal


def is_a_plan(facts: Facts, given: SafetyPlan) -> Iterator[Refusal]:
    """A plan names a danger and says what happens in the first hour without her."""
    if not facts.rows(given, DangerSeen):
        yield ANSWER_NEEDED.at("dangers")
    if not given.if_missing.strip():
        yield refusals.PLAN_WITHOUT_MISSING_PART.at("if_missing")


@act(
    writes=SafetyPlan,
    may=may(Role.CW, own=(Role.GU, Role.SP), is_own=is_hers),
    source="CETS 197 art. 12(2), 28",
)
def record_safety_plan(facts: Facts, given: SafetyPlan) -> Iterable[Refusal]:
    """Plan with her how she is kept safe."""
    return is_a_plan(facts, given)


@act(
    writes=SafetyPlan,
    may=may(Role.CW, own=(Role.GU, Role.SP), is_own=is_hers),
    page=(beside.THE_PLAN,),
    source="CETS 197 art. 12(2), 28",
)
def review_safety_plan(facts: Facts, given: SafetyPlan) -> Iterable[Refusal]:
    """Go through the safety plan with her again."""
    return is_a_plan(facts, given)
