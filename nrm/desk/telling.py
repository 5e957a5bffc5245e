"""What happened, as sentences: each fact by what it is told as and what was decided, never by its answers in a row."""

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from nrm.casefile.facts import Facts
from nrm.casefile.models import Fact
from nrm.casefile.showing import Names, words
from nrm.casefile.sight import Sight
from nrm.kernel.columns import Column, column_of
from nrm.kernel.handling import Handling

LONGEST_QUOTE = 160
SAYS = ("kind", "outcome", "service")  # columns of codes that finish the sentence; so does whoever is named
NAMING = ("agency", "person")


def sentence(fact: Fact, facts: Facts, sight: Sight, names: Names) -> str:
    """ "A decision was proposed: reasonable grounds, positive", as far as this person may know it."""
    said = [str(fact.told or fact._meta.verbose_name)]
    parts = [*_parts(fact, facts, sight, names), *_of_what_was_signed(fact, facts, sight, names)]
    return ": ".join([*said, ", ".join(parts)] if parts else said)


def _parts(fact: Fact, facts: Facts, sight: Sight, names: Names) -> list[str]:
    found: list[str] = []
    owner = fact.owner_for(sight.agency_id)
    for field in fact._meta.concrete_fields:
        column = column_of(field)
        if column is None or not _finishes(field.name, column):
            continue
        if sight.opens(column.handling, owner):
            found += words(column, getattr(fact, field.attname), facts.pack, names)
    return found


def _finishes(name: str, column: Column) -> bool:
    """Where she is never finishes a sentence: a case is printed, and lies open on desks."""
    finishes = (name in SAYS and column.kind == "code") or column.kind in NAMING
    return finishes and column.handling is not Handling.LOCATING


def _of_what_was_signed(fact: Fact, facts: Facts, sight: Sight, names: Names) -> list[str]:
    """A signature says what it stands under."""
    key = getattr(fact, "proposal", None)
    signed = next((one for one in facts.everything if one.pk == key), None) if key else None
    return _parts(signed, facts, sight, names) if signed is not None else []


def beside(fact: Fact, facts: Facts, sight: Sight, names: Names) -> list[str]:
    """What belongs to the sentence by its nature, such as the need for which a service was asked."""
    found: list[str] = []
    for name in fact.told_with:
        field = fact._meta.get_field(name)
        column = column_of(field)
        if column is not None and sight.opens(column.handling, fact.owner_for(sight.agency_id)):
            found += [
                Truncator(one).chars(LONGEST_QUOTE)
                for one in words(column, getattr(fact, name), facts.pack, names)
            ]
    return found


def quote(fact: Fact, sight: Sight) -> str:
    """What she said on that occasion, in her words, if this person may read it."""
    said = str(getattr(fact, "childs_views", "") or "")
    if not said.strip() or not sight.opens(Handling.SENSITIVE, fact.owner_for(sight.agency_id)):
        return ""
    return _("“%(words)s”") % {"words": Truncator(said).chars(LONGEST_QUOTE)}


def who(fact: Fact, names: Names, own_agency: int) -> str:
    """The agency; to its own people, the colleague too."""
    agency = names.agencies.get(fact.by_agency_id or 0, "")
    person = names.people.get(fact.by_person_id or 0, "") if fact.by_agency_id == own_agency else ""
    return ", ".join(part for part in (person, agency) if part)
