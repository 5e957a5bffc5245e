"""Her future: what was planned, what stands against it, what was confirmed and became real."""

from datetime import date, datetime

from nrm.care.queries import determination_by_key, determinations
from nrm.care.terms import DeterminationQuestion
from nrm.casefile import questions
from nrm.casefile.facts import Facts
from nrm.crossborder.models import (
    Implementation,
    RiskAssessment,
    SolutionConfirmed,
    SolutionProposal,
)
from nrm.crossborder.queries.family import is_separated
from nrm.crossborder.rules import Planned, still_valid
from nrm.crossborder.terms import RETURNING, DurableSolutionType, RiskConclusion
from nrm.identification import queries as identification
from nrm.kernel.terms import Tern


def is_valid(facts: Facts, assessment: RiskAssessment | None) -> bool:
    """Whether a risk assessment may be relied on today."""
    if assessment is None:
        return False
    made_on = facts.pack.calendar.local_date(assessment.at)
    return still_valid(made_on, on=facts.today, days=facts.pack.risk_assessment_valid_days)


def planned(facts: Facts, proposal: SolutionProposal) -> Planned:
    """Everything that a proposed solution depends on, as it is now."""
    linked = next((one for one in facts.of(RiskAssessment) if one.pk == proposal.risk_assessment_id), None)
    determined = determination_by_key(facts, proposal.determination_id)
    agreed = proposal.guardian_agrees == Tern.YES or not questions.guardian_is_needed(facts, facts.today)
    return Planned(
        type=proposal.type,
        separated=is_separated(facts, facts.today),
        determined=determined is not None and determined.question == DeterminationQuestion.DURABLE_SOLUTION,
        assessed=is_valid(facts, linked),
        against=any(_is_against(one) for one in (linked, facts.latest(RiskAssessment)) if one),
        identification_finished=identification_is_finished(facts),
        reflection_until=reflection_until(facts),
        asked_in_writing=proposal.asked_in_writing == Tern.YES and agreed,
        receiving_care=proposal.receiving_care,
        valid_days=facts.pack.risk_assessment_valid_days,
    )


def planned_return(facts: Facts) -> Planned:
    """A return with everything that is there today: what a page asks before it offers one."""
    made = determinations(facts, DeterminationQuestion.DURABLE_SOLUTION)
    proposal = SolutionProposal(
        type=DurableSolutionType.CARE_IN_ORIGIN,
        determination_id=made[-1].pk if made else None,
        risk_assessment=facts.latest(RiskAssessment),
        receiving_care="-",  # asked on the page itself
    )
    return planned(facts, proposal)


def _is_against(assessment: RiskAssessment) -> bool:
    return bool(assessment.conclusion == RiskConclusion.AGAINST_BEST_INTERESTS)


def identification_is_finished(facts: Facts) -> bool:
    """Whether nothing more is to be decided about her. Doubt protects: without any decision it is not finished.

    Source: CETS 197 art. 10(2).
    """
    latest = identification.latest_standing(facts)
    if identification.challenge_is_open(facts):
        return False
    if latest is None:
        return questions.declined_at(facts) is not None
    if latest.is_positive:
        return bool(latest.kind == identification.CG or facts.pack.decision_steps == 1)
    new = identification.new_information_at(facts)
    reopened = new is not None and new > latest.at
    return not reopened and not identification.is_open(facts, latest, facts.now)


def reflection_until(facts: Facts) -> date | None:
    """Last day of a recovery period that still runs."""
    found = identification.reflection(facts)
    if found is None or not identification.reflection_runs(facts):
        return None
    return found[1].day


def confirmed_solution(facts: Facts) -> SolutionProposal | None:
    """The newest solution that a second person has confirmed."""
    signed = facts.latest(SolutionConfirmed)
    found = facts.by_key(signed.proposal) if signed else None
    return found if isinstance(found, SolutionProposal) else None


def solution_confirmed_at(facts: Facts) -> datetime | None:
    """When the newest solution was confirmed (stage SOLUTION_UNDER_WAY)."""
    signed = facts.latest(SolutionConfirmed)
    return signed.at if signed else None


def implementation(facts: Facts) -> Implementation | None:
    """The newest solution that became real."""
    return facts.latest(Implementation)


@questions.solution_implemented_at.answered
def solution_implemented_at(facts: Facts) -> datetime | None:
    """When the newest solution became real (stage FOLLOW_UP); after conclusive grounds it ends the bar to removal."""
    real = implementation(facts)
    return real.at if real else None


def return_implemented(facts: Facts) -> Implementation | None:
    """The newest solution that became real, if it was a return: she is followed up after 30, 90 and 180 days."""
    real = implementation(facts)
    solution = facts.by_key(real.solution_id) if real else None
    returns = isinstance(solution, SolutionProposal) and solution.type in RETURNING
    return real if returns else None
