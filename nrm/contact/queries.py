"""What the first contact says of her, for rules of every later room."""

from datetime import date

from nrm.casefile.facts import Facts
from nrm.casefile.rules import AgeFacts, BirthDate
from nrm.casefile.terms import VERIFIED_BIRTH
from nrm.contact.models import AdultConsent, Circumstances, CommunicationNeed, FirstContact
from nrm.contact.terms import AdultConsentTo
from nrm.kernel.terms import Tern


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


def accompaniment_and_parents(facts: Facts) -> tuple[str, str]:
    """Who is with her and what is known of her parents: the newest word on it, else the first contact.

    A later correction of the first contact says how it was then; it does not undo a change since.
    """
    said = facts.latest(Circumstances) or first_contact(facts)
    return (said.accompaniment, said.parents) if said is not None else ("", "")


def communication_need(facts: Facts) -> CommunicationNeed | None:
    """The newest record of what she needs to be understood."""
    return facts.latest(CommunicationNeed)


def consents_to_referral(facts: Facts) -> bool:
    """Whether the adult survivor's newest answer about being referred is yes."""
    asked = [consent for consent in facts.of(AdultConsent) if consent.to == AdultConsentTo.REFERRAL]
    return bool(asked) and asked[-1].given == Tern.YES
