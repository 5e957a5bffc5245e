"""Who plays the year: one invented agency for each kind of first responder, one authority, one co-ordinator.

Nobody here has a password, so nobody can sign in.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nrm.agencies.models import Agency, Person
from nrm.agencies.queries import actor_of
from nrm.casefile.cast import enter_agencies, enter_people
from nrm.contact.models import Report
from nrm.desk.real_year.reading import Kind
from nrm.kernel.actor import Actor

PREFIX = "real-year-"
TRAINED_UNTIL = "2024-12-31"
AGREED_UNTIL = "2033-12-31"
AUTHORITY, COORDINATOR = f"{PREFIX}authority", f"{PREFIX}coordinator"
BY_KIND = {kind: f"{PREFIX}{kind.name.lower().replace('_', '-')}" for kind in Kind}


def _agency(name: str, kind: str, *more: str, **told: Any) -> dict[str, Any]:
    return {"name": name, "kind": kind, "mandates": [kind, *more], "agreement_until": AGREED_UNTIL, **told}


AGENCIES: dict[str, dict[str, Any]] = {
    BY_KIND[Kind.GOVERNMENT]: _agency("Measure: government agencies", "BORDER", "FIRST_RESPONDER"),
    BY_KIND[Kind.LOCAL_AUTHORITY]: _agency(
        "Measure: local authorities", "CHILD_PROTECTION", "FIRST_RESPONDER"
    ),
    BY_KIND[Kind.POLICE]: _agency("Measure: police", "LAW_ENFORCEMENT", "FIRST_RESPONDER"),
    BY_KIND[Kind.NGO]: _agency("Measure: non-governmental organisations", "NGO", "FIRST_RESPONDER"),
    AUTHORITY: _agency("Measure: competent authority", "COMPETENT_AUTHORITY", decides_for=["CHILD", "ADULT"]),
    COORDINATOR: _agency("Measure: national co-ordinator", "COORDINATOR"),
}
ROLES = {
    BY_KIND[Kind.GOVERNMENT]: ["FR", "HO"],
    BY_KIND[Kind.LOCAL_AUTHORITY]: ["CW"],
    BY_KIND[Kind.POLICE]: ["LE"],
    BY_KIND[Kind.NGO]: ["FR", "HO"],
    AUTHORITY: ["CA"],
    COORDINATOR: ["CO"],
}
PEOPLE: dict[str, dict[str, Any]] = {
    key: {"name": told["name"], "agency": key, "roles": ROLES[key], "training_until": TRAINED_UNTIL}
    for key, told in AGENCIES.items()
}


@dataclass(frozen=True)
class Cast:
    """The people of the measure as actors, by key; each has the key of her agency."""

    actors: Mapping[str, Actor]

    def of_kind(self, kind: Kind) -> Actor:
        return self.actors[BY_KIND[kind]]

    @property
    def authority(self) -> Actor:
        return self.actors[AUTHORITY]


def others_are_here() -> bool:
    """Whether this register belongs to anybody else: then a measure has no business in it."""
    return (
        Agency.objects.exclude(key__in=AGENCIES).exists() or Person.objects.exclude(key__in=PEOPLE).exists()
    )


def reports_of_others() -> bool:
    """Whether somebody has told this register of a child; asked by an actor who triages, bound before."""
    return Report.objects.exclude(by_agency__key__in=AGENCIES).exists()


def enter() -> Cast:
    """Write the agencies and people that are not there yet; nothing is written when all are."""
    there = set(Person.objects.filter(key__in=PEOPLE).values_list("key", flat=True))
    if there != set(PEOPLE):
        enter_agencies(AGENCIES)
        enter_people(PEOPLE)
    return present()


def present() -> Cast:
    """The people of the measure who are there."""
    people = Person.objects.select_related("agency").prefetch_related("trainings").filter(key__in=PEOPLE)
    return Cast({person.key: actor_of(person) for person in people})
