"""Acts about her future: what a return would risk, where she will live; proposed, confirmed, made real."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from nrm.agencies.terms import Mandate, Role
from nrm.care.acts.second_person import by_its_proposer, signed_by_another
from nrm.care.models import Determination
from nrm.care.refusals import ALREADY_CONFIRMED
from nrm.casefile.act import Knocked, act, condition, may, nothing
from nrm.casefile.beside import entry
from nrm.casefile.doing import RACES
from nrm.casefile.facts import Facts
from nrm.crossborder import queries, refusals, rules
from nrm.crossborder.acts.people import NEAR_HER
from nrm.crossborder.models import (
    Implementation,
    RiskAssessment,
    SolutionConfirmed,
    SolutionProposal,
)
from nrm.crossborder.terms import RiskConclusion
from nrm.kernel.actor import Actor
from nrm.kernel.refusals import ANSWER_NEEDED, IN_THE_FUTURE, Refusal

SOURCE = "CETS 197 art. 16; OSCE PC.DEC/685; House rule: two people"
RACES["crossborder_solutionconfirmed_confirmed_once"] = ALREADY_CONFIRMED


@act(writes=RiskAssessment, may=NEAR_HER, source="CETS 197 art. 16(7)")
def record_risk_and_security_assessment(_: Facts, given: RiskAssessment) -> Iterator[Refusal]:
    """Record what a return would risk."""
    if not rules.sources_suffice(given.sources):
        yield refusals.ONE_SOURCE_ONLY.at("sources")
    if Mandate.IMMIGRATION_ENFORCEMENT in given.written_by.agency.mandates:
        yield refusals.WRITTEN_BY_ENFORCEMENT.at("written_by")
    if given.conclusion == RiskConclusion.SAFE_WITH_CONDITIONS and not given.conditions.strip():
        yield ANSWER_NEEDED.at("conditions")


def stands_against(facts: Facts, given: SolutionProposal) -> Iterable[Refusal]:
    """Every reason at once."""
    return rules.reasons_against(queries.planned(facts, given))


def tell_the_panel(_: Facts, given: SolutionProposal) -> Iterator[Knocked]:
    """The chair of the determination that it rests on signs next."""
    if given.determination is not None:
        yield Knocked("W", person=given.determination.chair_id)


@act(
    writes=SolutionProposal,
    may=may(Role.CW),
    stands=stands_against,
    knocks=tell_the_panel,
    source=SOURCE,
)
def approve_durable_solution(facts: Facts, given: SolutionProposal) -> Iterator[Refusal]:
    """Propose where she will live and grow up."""
    yield from nothing(facts, given)


def can_be_signed(facts: Facts, given: SolutionConfirmed) -> Iterator[Refusal]:
    """By another person, once, and only if nothing stands against it today either."""
    yield from signed_by_another(facts, given, SolutionProposal)
    proposal = facts.by_key(given.proposal)
    if isinstance(proposal, SolutionProposal):
        yield from (reason.at("proposal") for reason in stands_against(facts, proposal))


@act(
    writes=SolutionConfirmed,
    may=may(Role.BP),
    stands=can_be_signed,
    fills=by_its_proposer,
    page=(
        entry(SolutionProposal, _("What was proposed")),
        entry(Determination, _("What the panel determined")),
        entry(RiskAssessment, _("What a return would risk")),
    ),
    source=SOURCE,
)
def confirm_durable_solution(facts: Facts, given: SolutionConfirmed) -> Iterator[Refusal]:
    """Confirm where she will live and grow up."""
    yield from nothing(facts, given)


@condition(refusals.NOT_CONFIRMED)
def is_confirmed(_: Actor, facts: Facts) -> bool:
    return queries.confirmed_solution(facts) is not None


def of_the_confirmed_one(facts: Facts, given: Implementation) -> None:
    given.solution = queries.confirmed_solution(facts)


@act(
    writes=Implementation,
    may=may(Role.CW, Role.FP),
    when=[is_confirmed],
    fills=of_the_confirmed_one,
    source=SOURCE,
)
def record_implementation(facts: Facts, given: Implementation) -> Iterator[Refusal]:
    """Record that the solution became real."""
    if given.on > facts.today:
        yield IN_THE_FUTURE.at("on")
