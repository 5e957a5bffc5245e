"""What the first contact says of her, for rules of every later room."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from nrm.casefile.facts import Facts
from nrm.casefile.models import Access, Headline
from nrm.casefile.rules import AgeFacts, BirthDate
from nrm.casefile.terms import VERIFIED_BIRTH, Stage, Track
from nrm.contact.lookups import linked
from nrm.contact.models import (
    AdultConsent,
    Circumstances,
    CommunicationNeed,
    Event,
    FirstContact,
    OnlineReport,
    Relationship,
    Report,
    Triage,
)
from nrm.contact.terms import AdultConsentTo
from nrm.kernel.handling import Grant
from nrm.kernel.terms import Tern


def first_contact(facts: Facts) -> FirstContact | None:
    """The standing record of the first contact: corrections replace it."""
    return facts.latest(FirstContact)


def corrected(contact: FirstContact) -> FirstContact | None:
    """The record that this one corrects."""
    return FirstContact.objects.filter(pk=contact.corrects).first() if contact.corrects else None


def is_on_adult_track(facts: Facts) -> bool:
    """Whether she came as an adult survivor, as far as is known now."""
    contact = first_contact(facts)
    return contact is not None and contact.track == Track.ADULT_SURVIVOR


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


def report_by_key(key: int | None) -> Report | OnlineReport | None:
    """A report that this actor may see."""
    if key is None:
        return None
    return Report.objects.filter(pk=key).first() or OnlineReport.objects.filter(pk=key).first()


def triage_of(report: int) -> Triage | None:
    """The first triage of a report: the one that stopped its deadline."""
    return Triage.objects.filter(report=report, corrects=None).order_by("at", "id").first()


def reports_added_to(case_id: int) -> list[Triage]:
    """Triages that put a report to this case, oldest first."""
    return list(Triage.objects.filter(add_to_id=case_id).order_by("at", "id"))


def relationships_of(case_id: int) -> list[Relationship]:
    """What this child is to others, whichever of the two cases it was written in."""
    rows = list(
        Relationship.objects.filter(Q(case_id=case_id) | Q(other_case_id=case_id)).order_by("at", "id")
    )
    struck = {row.corrects for row in rows}
    return [row for row in rows if row.pk not in struck]


@dataclass(frozen=True)
class Uncounted:
    """An event after which not every child seen has a case: "2 of 5 children have no case"."""

    event: Event
    linked: int

    @property
    def seen(self) -> int:
        return int(self.event.children_seen)

    @property
    def missing(self) -> int:
        return self.seen - self.linked


def events_with_children_without_case(agency_id: int) -> list[Uncounted]:
    """Warning rows for the desk of the agency that met them, oldest first."""
    events = list(Event.objects.filter(by_agency_id=agency_id).order_by("at", "id"))
    struck = {event.corrects for event in events}
    rows = [Uncounted(event, linked(event.pk)) for event in events if event.pk not in struck]
    return [row for row in rows if row.missing > 0]


def open_case_of_same_child(given: FirstContact, agency_id: int) -> bool:
    """Whether this agency already reads the identity of an open case of the same names and birth date."""
    if given.birth_date is None or not (given.given_name.strip() or given.family_name.strip()):
        return False
    alike = FirstContact.objects.filter(
        birth_date=given.birth_date,
        given_name__iexact=given.given_name.strip(),
        family_name__iexact=given.family_name.strip(),
    ).values_list("pk", "case_id")
    struck = set(
        FirstContact.objects.filter(corrects__in=[pk for pk, _ in alike]).values_list("corrects", flat=True)
    )
    cases = {case_id for pk, case_id in alike if pk not in struck}
    known = Access.objects.filter(
        case_id__in=cases, agency_id=agency_id, grants__overlap=[Grant.IDENTITY]
    ).values_list("case_id", flat=True)
    return (
        Headline.objects.filter(case_id__in=list(known))
        .exclude(stage__in=[Stage.CLOSED, Stage.ERASED])
        .exists()
    )
