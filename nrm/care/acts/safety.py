"""Acts that keep her safe, and those of the hours when she is missing."""

from collections.abc import Iterable, Iterator

from nrm.agencies.queries import with_mandate
from nrm.agencies.terms import Mandate, Role
from nrm.care import refusals
from nrm.care.acts.own_part import is_hers
from nrm.care.models import DangerSeen, Found, MissingAlert, PoliceInformed, SafetyPlan
from nrm.care.queries import is_missing
from nrm.casefile.act import Knocked, act, condition, may, nothing
from nrm.casefile.facts import Facts
from nrm.casefile.questions import guardian
from nrm.casefile.sight import standing_shares
from nrm.casefile.timing import lead_worker
from nrm.kernel.actor import Actor
from nrm.kernel.refusals import ANSWER_NEEDED, Refusal
from nrm.kernel.terms import Tern


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
    source="CETS 197 art. 12(2), 28",
)
def review_safety_plan(facts: Facts, given: SafetyPlan) -> Iterable[Refusal]:
    """Go through the safety plan with her again."""
    return is_a_plan(facts, given)


def since_now(_: Facts, given: MissingAlert) -> None:
    given.since = given.since or given.at


def on_the_case_with(facts: Facts, mandate: str) -> set[int]:
    """Keys of agencies on the case with a mandate."""
    return {share.agency_id for share in standing_shares(facts) if mandate in share.agency.mandates}


def wake_everyone(facts: Facts, given: MissingAlert) -> Iterator[Knocked]:
    """Lead worker, guardian, police, authority; the focal point if she may be abroad. The police always hear."""
    for person in (lead_worker(facts), guardian(facts, facts.today)):
        if person:
            yield Knocked("U", person=person)
    police = on_the_case_with(facts, Mandate.LAW_ENFORCEMENT)
    agencies = police or {office.pk for office in with_mandate(Mandate.LAW_ENFORCEMENT)}
    agencies |= on_the_case_with(facts, Mandate.COMPETENT_AUTHORITY)
    if given.abroad_possible == Tern.YES:
        agencies |= {office.pk for office in with_mandate(Mandate.FOCAL_POINT)}
    yield from (Knocked("U", agency=agency) for agency in sorted(agencies))


@act(
    writes=MissingAlert,
    may=may(Role.HO, Role.FR, Role.CW, Role.CA, Role.GU, Role.SP, Role.FP, Role.LE, untrained=True),
    fills=since_now,
    knocks=wake_everyone,
    source="CETS 197 art. 12(2); GRETA on missing children",
)
def raise_missing_alert(facts: Facts, given: MissingAlert) -> Iterable[Refusal]:
    """Say that she is missing."""
    return nothing(facts, given)


@act(
    writes=PoliceInformed,
    may=may(Role.CW, Role.GU, own=(Role.SP, Role.LE), is_own=is_hers),
    source="CETS 197 art. 12(2)",
)
def record_police_informed(facts: Facts, given: PoliceInformed) -> Iterable[Refusal]:
    """Say that the police know she is missing."""
    return nothing(facts, given)


@condition(refusals.NOT_MISSING)
def was_missing(_: Actor, facts: Facts) -> bool:
    """An alert is open."""
    return is_missing(facts)


@act(
    writes=Found,
    may=may(Role.CW, Role.GU, own=(Role.SP, Role.LE), is_own=is_hers),
    when=[was_missing],
    source="CETS 197 art. 12(2)",
)
def record_found(facts: Facts, given: Found) -> Iterable[Refusal]:
    """Say that she was found."""
    return nothing(facts, given)
