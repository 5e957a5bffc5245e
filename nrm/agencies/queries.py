"""Who people are to the rest of the program: actors, names, agencies by mandate."""

from collections.abc import Iterable
from datetime import date
from functools import cache

from nrm.agencies.models import Agency, Bed, Person
from nrm.agencies.terms import Role
from nrm.kernel.actor import Actor
from nrm.kernel.statements import columns, made_from, rows


def actor_of(person: Person) -> Actor:
    """The person as an actor. `agency` and `trainings` should be loaded with her: they are read here."""
    return Actor(
        person_id=person.pk,
        agency_id=person.agency_id,
        roles=frozenset(person.roles),
        mandates=frozenset(person.agency.mandates),
        training=person.trained,
    )


def person_signed_in(person_id: int) -> Person | None:
    """The active person with her agency and training, in one statement: every page asks this."""
    found = rows(_signed_in(), [person_id])
    if not found:
        return None
    *told, modules, until = found[0]
    hers = len(Person._meta.concrete_fields)
    person = made_from(Person, told[:hers])
    person.agency = made_from(Agency, told[hers:])
    person.trained = dict(zip(modules, until, strict=True))
    return person


@cache
def _signed_in() -> str:
    training = "SELECT {} FROM agencies_training t WHERE t.person_id = p.id ORDER BY t.id"
    return (
        f"SELECT {columns(Person, 'p')}, {columns(Agency, 'a')},"
        f" array({training.format('t.module')}), array({training.format('t.valid_until')})"
        " FROM agencies_person p JOIN agencies_agency a ON a.id = p.agency_id WHERE p.id = %s AND p.is_active"
    )


def names_of(people: Iterable[int], agencies: Iterable[int]) -> tuple[dict[int, str], dict[int, str]]:
    """person key -> name, and agency key -> name, in one statement."""
    found = rows(
        "SELECT true, id, name FROM agencies_person WHERE id = ANY(%s)"
        " UNION ALL SELECT false, id, name FROM agencies_agency WHERE id = ANY(%s)",
        [list(set(people)), list(set(agencies))],
    )
    return (
        {key: name for is_person, key, name in found if is_person},
        {key: name for is_person, key, name in found if not is_person},
    )


def names_of_people(keys: Iterable[int]) -> dict[int, str]:
    """person key -> name."""
    return dict(Person.objects.filter(pk__in=set(keys)).values_list("pk", "name"))


def names_of_agencies(keys: Iterable[int]) -> dict[int, str]:
    """agency key -> name."""
    return dict(Agency.objects.filter(pk__in=set(keys)).values_list("pk", "name"))


def telephones(keys: Iterable[int]) -> dict[int, str]:
    """agency key -> telephone; empty where none is known."""
    return dict(Agency.objects.filter(pk__in=set(keys)).values_list("pk", "telephone"))


def with_mandate(mandate: str) -> list[Agency]:
    """Agencies that hold the mandate, by name."""
    return list(Agency.objects.filter(mandates__contains=[mandate]).order_by("name"))


def may_receive(agency: Agency, on: date) -> bool:
    """Whether the agency's sharing agreement is in force on that day."""
    return agency.agreement_until is not None and agency.agreement_until >= on


def people_of(agency_id: int, role: str = "") -> list[Person]:
    """Active people of one agency, perhaps only those with a role, by name."""
    people = Person.objects.filter(agency_id=agency_id, is_active=True).order_by("name")
    return list(people.filter(roles__contains=[role]) if role else people)


def cast() -> list[Person]:
    """Everyone one can be in a demonstration, by agency."""
    return list(
        Person.objects.select_related("agency").filter(is_active=True).order_by("agency__name", "name")
    )


def person_by_key(key: str) -> Person | None:
    """The active person with that key."""
    return Person.objects.select_related("agency").filter(key=key, is_active=True).first()


def people_by_key(keys: Iterable[int]) -> list[Person]:
    """The active people with those keys, each once, with their agencies."""
    return list(Person.objects.select_related("agency").filter(pk__in=set(keys), is_active=True))


def bed_of(agency_id: int | None, key: str) -> Bed | None:
    """The bed of that name in the register of an agency."""
    return Bed.objects.filter(agency_id=agency_id, key=key).first() if agency_id and key else None


def people_with(role: str, mandate: str) -> list[Person]:
    """Active people with a role in agencies with a mandate, by agency and name."""
    people = Person.objects.select_related("agency").filter(
        is_active=True, roles__contains=[role], agency__mandates__contains=[mandate]
    )
    return list(people.order_by("agency__name", "name"))


UNKNOCKED = frozenset({Role.CH, Role.PU})  # a child is never written to; her mail may be read by others


def addresses_of(person_id: int | None, agency_id: int | None) -> list[Person]:
    """Whom a knock reaches, with address and language only: one person, or everyone who works in the agency."""
    known = Person.objects.only("id", "email", "language", "roles", "agency_id").filter(is_active=True)
    people = known.filter(pk=person_id) if person_id else known.filter(agency_id=agency_id or 0)
    return [person for person in people.order_by("pk") if set(person.roles) - UNKNOCKED]


def keys_by_mandate() -> dict[str, list[int]]:
    """mandate -> keys of the agencies that hold it."""
    found: dict[str, list[int]] = {}
    for key, mandates in Agency.objects.order_by("pk").values_list("pk", "mandates"):
        for mandate in mandates:
            found.setdefault(mandate, []).append(key)
    return found
