"""Whose own part of care an act is."""

from nrm.agencies.terms import Role
from nrm.casefile.facts import Facts
from nrm.casefile.questions import guardian
from nrm.kernel.actor import Actor


def is_hers(actor: Actor, facts: Facts, _: object) -> bool:
    """The child's guardian of today; a service worker or police liaison whose agency is on the case."""
    return guardian(facts, facts.today) == actor.person_id or bool({Role.SP, Role.LE} & actor.roles)
