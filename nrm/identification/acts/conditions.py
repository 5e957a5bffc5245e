"""How a case must stand before it is decided, and who decides."""

from typing import Any

from nrm.agencies.terms import Mandate, Role, TrainingModule
from nrm.casefile import questions
from nrm.casefile.act import condition, may
from nrm.casefile.facts import Facts
from nrm.casefile.sight import standing_shares
from nrm.contact.queries import first_contact
from nrm.identification import queries, refusals
from nrm.identification.models import AgeProposal
from nrm.kernel.actor import Actor
from nrm.kernel.refusals import MANDATE_MISSING, TRAINING_EXPIRED
from nrm.referral.queries import authority, latest
from nrm.referral.refusals import NOT_RECEIVED_YET
from nrm.screening.queries import episodes, only_after_18

ANYONE_ON_THE_CASE = may(Role.FR, Role.CW, Role.CA, Role.AG, Role.GU, Role.SP, Role.LE, own=[Role.CH])
DECIDERS = may(Role.CA, mandates="decide", training=[TrainingModule.DECISION_MAKING])
ASSESSORS = may(Role.AG, mandates=[Mandate.AGE_ASSESSOR], training=[TrainingModule.AGE_ASSESSMENT])


def signs_this_kind(actor: Actor, facts: Facts, given: Any) -> bool:
    """Assessors sign under an age decision, decision makers under every other."""
    proposal = queries.proposal_by_key(facts, given.proposal) if given is not None else None
    return proposal is None or (Role.AG if isinstance(proposal, AgeProposal) else Role.CA) in actor.roles


SECOND_PEOPLE = may(own=(Role.CA, Role.AG), is_own=signs_this_kind)


@condition(MANDATE_MISSING)
def agency_decides(actor: Actor, facts: Facts) -> bool:
    """Her agency has the mandate of her role."""
    decides = Role.CA in actor.roles and bool(facts.pack.mandates_that_decide & actor.mandates)
    return decides or (Role.AG in actor.roles and Mandate.AGE_ASSESSOR in actor.mandates)


@condition(TRAINING_EXPIRED)
def trained_to_decide(actor: Actor, facts: Facts) -> bool:
    """She has learnt to decide what her role decides."""
    needed = TrainingModule.DECISION_MAKING if Role.CA in actor.roles else TrainingModule.AGE_ASSESSMENT
    return actor.is_trained(needed, facts.today)


@condition(NOT_RECEIVED_YET)
def was_received(_: Actor, facts: Facts) -> bool:
    return queries.had_by_an_authority(facts) is not None


@condition(refusals.NO_STANDING_REASONABLE_GROUNDS)
def has_reasonable_grounds(_: Actor, facts: Facts) -> bool:
    """Where the law has two steps, the first one stands and is positive."""
    standing = queries.standing_decision(facts, queries.RG)
    return facts.pack.decision_steps == 1 or (standing is not None and standing.is_positive)


@condition(refusals.CHILD_UNGUARDED)
def has_her_guardian(_: Actor, facts: Facts) -> bool:
    return is_guarded(facts)


@condition(refusals.GUARDIAN_FIRST)
def guardian_is_there(_: Actor, facts: Facts) -> bool:
    return is_guarded(facts)


def is_guarded(facts: Facts) -> bool:
    """She needs no guardian today, or has one."""
    needed = questions.guardian_is_needed(facts, facts.today)
    return not needed or questions.guardian(facts, facts.today) is not None


def exploited_as_a_child(facts: Facts) -> bool:
    """She is treated as a child, or may have been one when it happened."""
    contact = first_contact(facts)
    born = contact.birth_date if contact else None
    return questions.presumed(facts, facts.today).child or not only_after_18(born, episodes(facts))


def her_own_part(actor: Actor, facts: Facts, _: Any) -> bool:
    """Her agency holds a standing share."""
    return bool(standing_shares(facts, actor.agency_id))


def deciding_authority(facts: Facts) -> int | None:
    """Key of the authority at which the referral lies."""
    newest = latest(facts)
    return authority(facts, newest) if newest is not None else None
