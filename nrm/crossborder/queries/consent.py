"""Whether something that she agreed to still allows what was linked to it."""

from nrm.casefile.facts import Facts
from nrm.contact.models import AdultConsent
from nrm.kernel.terms import Tern
from nrm.services.models import ServiceConsent
from nrm.services.queries import consent_for


def consent_stands(facts: Facts, key: int | None) -> bool:
    """Whether the fact with that key is a yes of hers, or of hers and her guardian's, that still holds."""
    said = next((fact for fact in facts.standing if fact.pk == key), None)
    if isinstance(said, AdultConsent):
        same = [one for one in facts.of(AdultConsent) if one.to == said.to]
        return bool(same[-1].given == Tern.YES)
    return isinstance(said, ServiceConsent) and consent_for(facts, said.service) == said
