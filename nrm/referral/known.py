"""What a referral and its receipt need not ask because the case says it. It never guesses."""

from django.utils.translation import gettext as _

from nrm.agencies.models import Agency, Person
from nrm.agencies.terms import Mandate
from nrm.casefile.beside import Reader
from nrm.casefile.known import HER_WORDS, Known
from nrm.casefile.questions import presumed
from nrm.casefile.sight import standing_shares
from nrm.casefile.timing import lead_worker
from nrm.contact.models import SafetyMeasureTaken
from nrm.contact.queries import first_contact
from nrm.contact.terms import Informant, SafetyMeasure
from nrm.kernel.handling import Handling
from nrm.kernel.terms import Tern, Urgency
from nrm.screening.queries import risk, what_is_advised
from nrm.screening.terms import Advice, Risk

URGENT_AT = {Risk.IMMEDIATE: Urgency.IMMEDIATE, Risk.HIGH: Urgency.URGENT, Risk.MEDIUM: Urgency.URGENT}


def decides_for(reader: Reader) -> str:
    """The word by which an authority says whom it decides for."""
    return "CHILD" if presumed(reader.facts, reader.facts.today).child else "ADULT"


def the_only_authority(reader: Reader) -> Known | None:
    """Where there is one authority for her, nobody needs to choose."""
    found = Agency.objects.filter(
        mandates__contains=[Mandate.COMPETENT_AUTHORITY], decides_for__contains=[decides_for(reader)]
    ).exclude(mandates__contains=[Mandate.IMMIGRATION_ENFORCEMENT])
    keys = list(found.values_list("key", flat=True)[:2])
    return Known(keys[0], _("the only authority that decides for her")) if len(keys) == 1 else None


def by_the_danger(reader: Reader) -> Known | None:
    """As urgent as the highest danger that stands. Low danger makes nothing less urgent: then it is asked."""
    if not reader.sight.opens(Handling.SENSITIVE):
        return None
    found = URGENT_AT.get(Risk(risk(reader.facts))) if risk(reader.facts) else None
    if what_is_advised(reader.facts).advice == Advice.REFER_NOW:
        found = Urgency.IMMEDIATE
    return Known(found, _("from the screening")) if found is not None else None


def police_know(reader: Reader) -> Known | None:
    """The police opened the case, brought the word of her, or were called to make her safe."""
    facts, contact = reader.facts, first_contact(reader.facts)
    if not reader.sight.opens(Handling.ORDINARY):
        return None
    if Mandate.LAW_ENFORCEMENT in facts.the_case.opened_by_agency.mandates:
        return Known(Tern.YES, _("the police opened this case"))
    told_by = contact.informant_kind if contact is not None else ""
    if told_by == Informant.POLICE and reader.sight.opens(Handling.LOCATING):
        return Known(Tern.YES, _("the police told us of her"))
    if any(SafetyMeasure.POLICE_CALLED in one.measures for one in facts.of(SafetyMeasureTaken)):
        return Known(Tern.YES, _("they were called to make her safe"))
    return None


def child_welfare(reader: Reader) -> list[int]:
    """Keys of the agencies of child welfare that share this case now."""
    keys = {share.agency_id for share in standing_shares(reader.facts)}
    found = Agency.objects.filter(pk__in=keys, mandates__contains=[Mandate.CHILD_PROTECTION])
    return list(found.values_list("pk", flat=True))


def child_welfare_knows(reader: Reader) -> Known | None:
    """A share tells them."""
    known = reader.sight.opens(Handling.ORDINARY) and child_welfare(reader)
    return Known(Tern.YES, _("this case is shared with them")) if known else None


def who_leads_there(reader: Reader) -> Known | None:
    """The lead worker, if she works there."""
    lead = lead_worker(reader.facts)
    if lead is None or not reader.sight.opens(Handling.ORDINARY):
        return None
    person = Person.objects.filter(pk=lead, agency_id__in=child_welfare(reader)).first()
    return Known(person.name, _("leads this case")) if person is not None else None


def who_receives(reader: Reader) -> Known | None:
    """Whoever receives it works on it, unless she names a colleague."""
    person = Person.objects.filter(pk=reader.actor.person_id).first()
    return Known(person.key, _("you receive it")) if person is not None else None


BY_THE_CASE = {
    "to": the_only_authority,
    "urgency": by_the_danger,
    "reported_to_police": police_know,
    "child_protection_told": child_welfare_knows,
    "child_protection_told_name": who_leads_there,
    **HER_WORDS,
}
