"""What a page offers where an act asks for an agency, a person, a fact, a country or a language."""

from typing import Any

from django import forms
from django.apps import apps
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from nrm.agencies.models import Agency, Person
from nrm.agencies.terms import Mandate
from nrm.casefile.act import Act
from nrm.casefile.facts import Facts
from nrm.casefile.form import questions
from nrm.casefile.grid import without_lines
from nrm.casefile.models import Confirmation, Proposal, Record
from nrm.casefile.sight import standing_shares
from nrm.kernel import places

CHOOSE = ("", _("Choose"))


def offer(form: forms.Form, act: Act, facts: Facts) -> None:
    """Give every naming question of the form its list."""
    without_lines(form, act.writes.rows)
    for name, _field, column in questions(act.writes):
        if name not in form.fields:
            continue
        found = _choices(column.kind, column.target, facts)
        if found is None:
            continue
        several = column.kind in ("persons", "keys")
        lists = column.kind in ("countries", "langs")
        field = form.fields[name]
        if several:
            field.widget = forms.CheckboxSelectMultiple(choices=found)
        elif lists:
            field.widget = forms.SelectMultiple(choices=found, attrs={"size": 5})
        else:
            field.widget = forms.Select(choices=[CHOOSE, *found])


def _choices(kind: str, target: str, facts: Facts) -> list[tuple[Any, str]] | None:
    match kind:
        case "agency":
            offered = Agency.objects.exclude(mandates__contains=[Mandate.IMMIGRATION_ENFORCEMENT])
            return list(offered.order_by("name").values_list("key", "name"))
        case "person" | "persons":
            return _people(facts)
        case "ref":
            return _facts(apps.get_model(target), facts)
        case "key" | "keys":
            return _facts(Proposal, facts)
        case "country" | "countries":
            return places.countries(facts.pack.invented_countries)
        case "lang" | "langs":
            return [*places.languages(), ("NOT_KNOWN", _("not known"))]
    return None


def _people(facts: Facts) -> list[tuple[Any, str]]:
    shares = standing_shares(facts) if facts.case is not None else []
    guardians = Q(roles__contains=["GU"])
    near = Q(agency_id__in={share.agency_id for share in shares}) | guardians
    rows = Person.objects.filter(near, is_active=True).select_related("agency").order_by("name")
    return [(person.key, f"{person.name}, {person.agency.name}") for person in rows]


def _facts(model: Any, facts: Facts) -> list[tuple[Any, str]]:
    signed = {confirmed.proposal for confirmed in facts.of(Confirmation)}  # type: ignore[type-abstract]
    found = [fact for fact in facts.of(model) if fact.pk not in signed]
    return [(fact.pk, as_line(fact)) for fact in reversed(found)]


def as_line(fact: Record) -> str:
    """A fact in one line: when, and what the timeline says."""
    return f"{date_format(fact.at, 'j M Y, H:i')}: {fact.told}"
