"""Who acts: a person of one agency, with roles, mandates and training. Plain values, safe to pass around."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

NO_TRAINING: Mapping[str, date] = MappingProxyType({})


@dataclass(frozen=True)
class Actor:
    """One person in one agency at one moment.

    roles and mandates are codes (agencies.terms). training: module -> last day it is valid.
    person_id 0 is the public, who has no login and no agency.
    """

    person_id: int
    agency_id: int
    roles: frozenset[str] = frozenset()
    mandates: frozenset[str] = frozenset()
    training: Mapping[str, date] = field(default_factory=lambda: NO_TRAINING, hash=False)

    @property
    def is_public(self) -> bool:
        return self.person_id == 0

    def is_trained(self, module: str, on: date) -> bool:
        """Whether the module's last valid day is `on` or later. A module never taken is not valid."""
        until = self.training.get(module)
        return until is not None and until >= on


PUBLIC = Actor(person_id=0, agency_id=0, roles=frozenset({"PU"}))
