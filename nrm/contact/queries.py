"""What the first contact says of her, for rules of every later room."""

from datetime import date

from nrm.casefile.facts import Facts
from nrm.casefile.rules import AgeFacts, BirthDate
from nrm.casefile.terms import VERIFIED_BIRTH
from nrm.contact.models import FirstContact


def first_contact(facts: Facts) -> FirstContact | None:
    """The standing record of the first contact: corrections replace it."""
    return facts.latest(FirstContact)


def age_said(contact: FirstContact | None) -> AgeFacts:
    """Birth date and estimate as first recorded, before any dispute or decision."""
    if contact is None:
        return AgeFacts()
    born: date | None = contact.birth_date
    return AgeFacts(
        birth_date=BirthDate(born, contact.birth_date_basis in VERIFIED_BIRTH) if born else None,
        estimate_from=contact.age_from,
        estimate_to=contact.age_to,
        estimators=len(set(contact.estimated_by)),
    )
