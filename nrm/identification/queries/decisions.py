"""Decisions are derived: a proposal and the second person's signature under it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from nrm.casefile.facts import Facts, once
from nrm.casefile.models import Confirmation, Fact, Proposal
from nrm.casefile.terms import AgeOutcome, StandingDecision
from nrm.identification.models import (
    AgeProposal,
    Appeal,
    AppealDecided,
    Confirmed,
    DecisionProposal,
    ExtensionProposal,
    NewInformation,
    Notification,
    ProposalReturned,
)
from nrm.identification.terms import AppealOutcome, DecisionKind, Outcome
from nrm.referral.models import Addition
from nrm.screening.models import Screening

RG, CG, AGE = DecisionKind.RG, DecisionKind.CG, DecisionKind.AGE


@dataclass(frozen=True)
class Decision:
    """One confirmed decision. kind: RG, CG or AGE; outcome: POSITIVE, NEGATIVE, or CHILD, ADULT, UNRESOLVED.

    at: when the second person confirmed it. reconsiders: key of the decision it looked at again, which it
    supersedes. superseded: a later decision of its kind took its place. quashed: by a court.
    A decision is named by the key of its confirmation.
    """

    kind: str
    outcome: str
    at: datetime
    proposal: DecisionProposal | AgeProposal
    confirmed: Confirmed
    by: frozenset[int]
    reconsiders: int | None = None
    superseded: bool = False
    quashed: bool = False

    @property
    def key(self) -> int:
        return self.confirmed.pk

    @property
    def is_positive(self) -> bool:
        return self.outcome == Outcome.POSITIVE

    @property
    def is_negative(self) -> bool:
        """Whether it can be challenged: no victim, or no child."""
        return self.outcome in (Outcome.NEGATIVE, AgeOutcome.ADULT)

    @property
    def stands(self) -> bool:
        return not self.superseded and not self.quashed


def outcome_of(proposal: DecisionProposal | AgeProposal) -> str:
    """The outcome in the words of its kind. An age challenge that succeeds leaves the age unresolved."""
    if isinstance(proposal, AgeProposal) or proposal.kind != AGE:
        return str(proposal.outcome)
    return AgeOutcome.UNRESOLVED if proposal.outcome == Outcome.POSITIVE else AgeOutcome.ADULT


def decisions(facts: Facts, *kinds: str) -> list[Decision]:
    """Every decision of these kinds (none named: of all), oldest first."""
    return [decision for decision in _all(facts) if not kinds or decision.kind in kinds]


@once
def _all(facts: Facts) -> tuple[Decision, ...]:
    made = list(_made(facts))
    struck_down = quashed(facts)
    return tuple(
        replace(
            decision,
            superseded=any(later.kind == decision.kind for later in made[place + 1 :]),
            quashed=decision.key in struck_down,
        )
        for place, decision in enumerate(made)
    )


def _made(facts: Facts) -> Iterator[Decision]:
    for confirmed in facts.of(Confirmed):
        proposal = facts.by_key(confirmed.proposal)
        if isinstance(proposal, DecisionProposal | AgeProposal):
            again = isinstance(proposal, DecisionProposal)
            yield Decision(
                kind=str(proposal.kind) if isinstance(proposal, DecisionProposal) else AGE,
                outcome=outcome_of(proposal),
                at=confirmed.at,
                proposal=proposal,
                confirmed=confirmed,
                by=frozenset(who for who in (proposal.by_person_id, confirmed.by_person_id) if who),
                reconsiders=proposal.reconsiders if again else None,  # type: ignore[union-attr]
            )


def quashed(facts: Facts) -> dict[int, datetime]:
    """Keys of the decisions that a court set aside, and when that was recorded."""
    appeals = {appeal.pk: appeal.challenged for appeal in facts.of(Appeal)}
    return {
        appeals[said.appeal]: said.at
        for said in facts.of(AppealDecided)
        if said.outcome == AppealOutcome.QUASHED and appeals.get(said.appeal)
    }


def quashed_at(facts: Facts, decision: Decision) -> datetime | None:
    return quashed(facts).get(decision.key)


def standing_decision(facts: Facts, kind: str) -> Decision | None:
    """The latest confirmed decision of its kind, unless a court set it aside."""
    made = decisions(facts, kind)
    return made[-1] if made and made[-1].stands else None


def latest_standing(facts: Facts) -> Decision | None:
    """The newer of the standing decisions on reasonable and conclusive grounds."""
    standing = [one for one in (standing_decision(facts, RG), standing_decision(facts, CG)) if one]
    return max(standing, key=lambda one: (one.at, one.key), default=None)


def for_stage(facts: Facts, kind: str) -> StandingDecision | None:
    """The standing decision as the stage of a case reads it."""
    standing = standing_decision(facts, kind)
    return StandingDecision(standing.is_positive, standing.at) if standing else None


def decision_by_key(facts: Facts, key: int | None) -> Decision | None:
    return next((one for one in decisions(facts) if one.key == key), None)


def deciders(facts: Facts, decision: Decision | None) -> frozenset[int]:
    """Everyone who took part in a decision or in one that it looked at again."""
    found: set[int] = set()
    while decision is not None:
        found |= decision.by
        decision = decision_by_key(facts, decision.reconsiders) if decision.reconsiders else None
    return frozenset(found)


def told_by(facts: Facts, decision: Decision) -> Notification | None:
    """The first notification after a decision: it tells of everything decided until then."""
    return next(
        (told for told in facts.of(Notification) if (told.at, told.pk) > (decision.at, decision.key)), None
    )


def not_notified(facts: Facts) -> list[Decision]:
    """Decisions, also of age, that nobody told her of (flag NOT_INFORMED)."""
    return [one for one in decisions(facts) if told_by(facts, one) is None]


def new_information_at(facts: Facts) -> datetime | None:
    """When something new came after a negative decision."""
    newest = facts.latest(NewInformation)
    return newest.at if newest else None


def returned_or_confirmed(facts: Facts) -> set[int]:
    """Keys of proposals that a second person has answered."""
    answers: list[Fact] = [*facts.of(Confirmation), *facts.of(ProposalReturned)]  # type: ignore[type-abstract]
    return {answer.proposal for answer in answers}  # type: ignore[attr-defined]


def confirm_waiting(facts: Facts) -> list[Proposal]:
    """Proposals of any room that wait for their second person (flag CONFIRM_WAITING)."""
    answered = returned_or_confirmed(facts)
    proposals = facts.of(Proposal)  # type: ignore[type-abstract]
    return [one for one in proposals if one.pk not in answered]


def proposal_by_key(
    facts: Facts, key: int | None
) -> DecisionProposal | AgeProposal | ExtensionProposal | None:
    """A standing proposal of this room."""
    proposals = facts.of(Proposal)  # type: ignore[type-abstract]
    found = next((fact for fact in proposals if fact.pk == key), None)
    return found if isinstance(found, DecisionProposal | AgeProposal | ExtensionProposal) else None


def is_stale(facts: Facts, proposal: Proposal) -> bool:
    """Whether something came in after it: information, a screening, an age decision; or it was answered."""
    if proposal.pk in returned_or_confirmed(facts):
        return True
    came = [*facts.of(Addition), *facts.of(NewInformation), *facts.of(Screening)]
    decided = [one.confirmed for one in decisions(facts) if one.kind in (AGE, _kind(proposal))]
    return any(
        (fact.recorded_at, fact.pk) > (proposal.recorded_at, proposal.pk) for fact in [*came, *decided]
    )


def _kind(proposal: Proposal) -> str:
    """The kind of decision that would overtake a proposal: an extension, that on reasonable grounds."""
    if isinstance(proposal, DecisionProposal):
        return str(proposal.kind)
    return AGE if isinstance(proposal, AgeProposal) else RG
