"""How old she is, as far as it is decided: answers the spine's question whether she is treated as a child."""

from datetime import date, timedelta

from nrm.casefile import questions
from nrm.casefile.facts import Facts
from nrm.casefile.rules import AgeDecided, AgeDisputed, AgeFacts, Presumed, treated_as_child
from nrm.casefile.terms import AgeOutcome
from nrm.contact.queries import age_said, first_contact
from nrm.identification.models import AgeAssessment, AgeDispute, AgeProposal, AppealDecided
from nrm.identification.queries.challenges import appeals_against, open_appeal, open_reconsideration, window
from nrm.identification.queries.decisions import AGE, Decision, decisions
from nrm.identification.rules import assigned_birth_date
from nrm.identification.terms import AppealOutcome


def age_decision(facts: Facts) -> Decision | None:
    """The latest decision about her age, unless a court set it aside."""
    made = decisions(facts, AGE)
    return made[-1] if made and not made[-1].quashed else None


def birth_date_assigned(facts: Facts, decision: Decision) -> date | None:
    """The birth date that follows from an age decision: day of the proposal minus the lowest age."""
    proposal = decision.proposal
    if not isinstance(proposal, AgeProposal):
        return None
    on = facts.pack.calendar.local_date(proposal.at)
    return assigned_birth_date(proposal.outcome, proposal.lowest_age, on)


def is_final(facts: Facts, decision: Decision, on: date) -> bool:
    """Whether an age decision of adult can no longer be challenged on that day.

    Final: looked at again and still adult, left standing by a court, or the time limit passed without a
    request. Source: PACE Resolution 2195 par. 6.4; that a challenge suspends it is a house rule.
    """
    if open_appeal(facts, decision.key) or open_reconsideration(facts, decision.key):
        return False
    if decision.reconsiders is not None or _upheld(facts, decision.key):
        return True
    ends = window(facts, decision)
    return ends is not None and ends.due is not None and ends.due.day is not None and on > ends.due.day


def final_adult_since(facts: Facts) -> date | None:
    """The first day on which the standing decision that she is an adult could no longer be challenged."""
    decision = age_decision(facts)
    if decision is None or decision.outcome != AgeOutcome.ADULT or not is_final(facts, decision, facts.today):
        return None
    local_date = facts.pack.calendar.local_date
    if decision.reconsiders is not None:
        return local_date(decision.at)
    appeals = appeals_against(facts, decision.key)
    upheld = [
        said.at
        for said in facts.of(AppealDecided)
        if said.appeal in appeals and said.outcome == AppealOutcome.UPHELD
    ]
    ends = window(facts, decision)
    by_window = ends.due.day + timedelta(days=1) if ends and ends.due and ends.due.day else None
    days = [local_date(min(upheld))] if upheld else []
    return min(days, default=by_window)


def _upheld(facts: Facts, key: int) -> bool:
    appeals = appeals_against(facts, key)
    return any(
        said.appeal in appeals and said.outcome == AppealOutcome.UPHELD for said in facts.of(AppealDecided)
    )


def newest_dispute(facts: Facts) -> AgeDispute | None:
    return facts.latest(AgeDispute)


def dispute_is_open(facts: Facts) -> bool:
    """Whether her age is doubted and not decided since (flag AGE_DISPUTED)."""
    dispute, decision = newest_dispute(facts), age_decision(facts)
    return dispute is not None and (decision is None or dispute.at > decision.at)


def age_facts(facts: Facts, on: date) -> AgeFacts:
    """All that is known of her age."""
    said = age_said(first_contact(facts))
    decision, dispute = age_decision(facts), newest_dispute(facts)
    grounds = [one.ground for one in facts.of(AgeDispute) if one.ground]
    return AgeFacts(
        decision=_decided(facts, decision, on) if decision else None,
        dispute=AgeDisputed(dispute.at, grounds[-1] if grounds else "", dispute.claims) if dispute else None,
        birth_date=said.birth_date,
        estimate_from=said.estimate_from,
        estimate_to=said.estimate_to,
        estimators=said.estimators,
    )


def _decided(facts: Facts, decision: Decision, on: date) -> AgeDecided:
    return AgeDecided(
        outcome=decision.outcome,  # type: ignore[arg-type]
        at=decision.at,
        assigned_birth_date=birth_date_assigned(facts, decision),
        final=decision.outcome == AgeOutcome.ADULT and is_final(facts, decision, on),
    )


@questions.presumed.answered
def presumed(facts: Facts, on: date) -> Presumed:
    """Whether she is treated as a child on that day, and by which row of the table."""
    return treated_as_child(age_facts(facts, on), on=on, clearly_adult_from=facts.pack.clearly_adult_from)


def methods_tried(facts: Facts) -> set[str]:
    """Methods of assessments that began before and of age decisions that could not be resolved."""
    tried = {method for one in facts.of(AgeAssessment) for method in one.methods}
    for decision in decisions(facts, AGE):
        if isinstance(decision.proposal, AgeProposal) and decision.outcome == AgeOutcome.UNRESOLVED:
            tried |= set(decision.proposal.methods_used)
    return tried


def age_assessment_open(facts: Facts) -> AgeAssessment | None:
    """An assessment that no age decision has ended yet."""
    newest = facts.latest(AgeAssessment)
    decided = decisions(facts, AGE)
    return newest if newest and not (decided and decided[-1].at >= newest.at) else None
