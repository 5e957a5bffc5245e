"""Agencies and people from a cast file or a story: invented, for tests, demonstration and rehearsal."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from nrm.agencies.models import Agency, Bed, Person, Training
from nrm.agencies.terms import TrainingModule

DOMAIN = "opennrm.example"


def enter_agencies(agencies: Mapping[str, Mapping[str, Any]]) -> dict[str, Agency]:
    """Write the agencies of a cast; one that is there already under its key is brought up to the file."""
    made: dict[str, Agency] = {}
    for key, told in agencies.items():
        until = told.get("agreement_until")
        agency, _created = Agency.objects.update_or_create(
            key=key,
            defaults={
                "name": told["name"],
                "kind": told["kind"],
                "mandates": list(told["mandates"]),
                "decides_for": list(told.get("decides_for", ())),
                "agreement_until": date.fromisoformat(until) if until else None,
            },
        )
        for bed, suits in told.get("beds", {}).items():
            Bed.objects.update_or_create(
                agency=agency,
                key=bed,
                defaults={
                    "for_children": suits["child"] == "YES",
                    "adult_strangers": suits.get("adult_strangers", "NO") == "YES",
                },
            )
        made[key] = agency
    return made


def enter_people(people: Mapping[str, Mapping[str, Any]]) -> dict[str, Person]:
    """Write the people of a cast, with their training. They cannot sign in until a password is set."""
    made: dict[str, Person] = {}
    for key, told in people.items():
        person, _created = Person.objects.update_or_create(
            key=key,
            defaults={
                "email": f"{key}@{DOMAIN}",
                "name": told["name"],
                "agency": Agency.objects.get(key=told["agency"]),
                "roles": list(told["roles"]),
            },
        )
        valid = (
            dict.fromkeys(TrainingModule.codes(), told["training_until"]) if "training_until" in told else {}
        )
        valid |= told.get("training", {})
        Training.objects.filter(person=person).delete()
        Training.objects.bulk_create(
            Training(person=person, module=module, valid_until=date.fromisoformat(until))
            for module, until in valid.items()
        )
        made[key] = person
    return made
