"""What a page offers where an act asks for an agency, a person, a fact, a country or a language."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.apps import apps
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nrm.agencies.models import Agency, Person
from nrm.agencies.terms import Mandate
from nrm.casefile.act import Act
from nrm.casefile.facts import Facts
from nrm.casefile.fields import NONE, NOT_KNOWN
from nrm.casefile.form import questions
from nrm.casefile.lines import Line, RowsField
from nrm.casefile.models import Confirmation, Fact, Proposal, Record, Row
from nrm.casefile.sight import standing_shares
from nrm.kernel import places
from nrm.kernel.forms import Picks, Ticks
from nrm.kernel.moments import in_words
from nrm.kernel.packs import Pack

CHOOSE = ("", gettext_lazy("Choose"))
MOST_ROWS = 30


def offer(form: forms.Form, act: Act, facts: Facts) -> None:
    """Give every naming question of the form and of its lines its list."""
    _give(form, _lists(act.writes, form, facts), facts.pack)
    for name, listed in act.offers(facts, {**form.initial, **dict(form.data.items())}).items():
        if name in form.fields:
            form.fields[name].widget = forms.Select(choices=[CHOOSE, *listed])
    for name, codes in act.never_offers(facts).items():
        if name in form.fields:
            field: Any = form.fields[name]
            field.choices = [choice for choice in field.choices if choice[0] not in codes]
    for name, kind in act.writes.rows.items():
        lines = form.fields.get(name)
        if isinstance(lines, RowsField):
            lines.widget.line = _offering(lines.line, _lists(kind, lines.line(), facts), facts.pack)


def _lists(
    model: type[Record | Row], form: forms.Form, facts: Facts
) -> dict[str, tuple[str, list[tuple[Any, str]]]]:
    """Input -> (kind, what is offered), of the questions that name something."""
    found = {}
    for name, _field, column in questions(model):
        if name in form.fields and (listed := _choices(column.kind, column.target, facts)) is not None:
            found[name] = (column.kind, listed)
    return found


def _give(form: forms.Form, lists: Mapping[str, tuple[str, list[tuple[Any, str]]]], pack: Pack) -> None:
    for name, (kind, listed) in lists.items():
        field, often = form.fields[name], _often(kind, pack)
        if kind in ("persons", "keys"):
            field.widget = Ticks(choices=listed)
        elif kind in ("countries", "langs"):
            field.widget = Picks(choices=listed, first=often)
        elif kind in ("country", "lang"):
            near = [pair for pair in listed if pair[0] in often]
            groups = [(_("Often"), near), (_("All"), [pair for pair in listed if pair not in near])]
            field.widget = forms.Select(choices=[CHOOSE, *groups])
        else:
            field.widget = forms.Select(choices=[CHOOSE, *listed])
            if kind in ("ref", "key") and field.required and len(listed) == 1:
                field.initial = listed[0][0]  # there is only one it can be about


def _often(kind: str, pack: Pack) -> tuple[str, ...]:
    """Codes that stand first in a long list: the State's own, then those that are met most often."""
    if kind in ("country", "countries"):
        return (*pack.invented_countries, *places.OFTEN_FROM)
    return (*pack.languages, *places.OFTEN_SPOKEN, NOT_KNOWN)


def _offering(line: Line, lists: Mapping[str, tuple[str, list[tuple[Any, str]]]], pack: Pack) -> Line:
    """The same line with its lists."""

    def make(*args: Any, **kwargs: Any) -> forms.Form:
        form = line(*args, **kwargs)
        _give(form, lists, pack)
        return form

    return make


def _choices(kind: str, target: str, facts: Facts) -> list[tuple[Any, str]] | None:
    match kind:
        case "agency":
            offered = Agency.objects.exclude(mandates__contains=[Mandate.IMMIGRATION_ENFORCEMENT])
            return list(offered.order_by("name").values_list("key", "name"))
        case "person" | "persons":
            return _people(facts)
        case "ref":
            return _that_count(apps.get_model(target), facts)
        case "ref_or_none":
            return [(NONE, _("There is none")), *_that_count(apps.get_model(target), facts)]
        case "key" if target:
            return [line for name in target.split() for line in _rows(apps.get_model(name), facts)]
        case "key" | "keys":
            return _facts(Proposal, facts)
        case "country" | "countries":
            return places.countries(facts.pack.invented_countries)
        case "lang" | "langs":
            return [*places.languages(), (NOT_KNOWN, _("Not known"))]
    return None


def _people(facts: Facts) -> list[tuple[Any, str]]:
    shares = standing_shares(facts) if facts.case is not None else []
    guardians = Q(roles__contains=["GU"])
    near = Q(agency_id__in={share.agency_id for share in shares}) | guardians
    rows = Person.objects.filter(near, is_active=True).select_related("agency").order_by("name")
    return [(person.key, f"{person.name}, {person.agency.name}") for person in rows]


def _rows(model: Any, facts: Facts) -> list[tuple[Any, str]]:
    """Facts of this case, or the newest rows of a table without cases that the walls let through."""
    if issubclass(model, Fact):
        return _facts(model, facts)
    return [(row.pk, as_line(row)) for row in model._default_manager.order_by("-at", "-id")[:MOST_ROWS]]


def _facts(model: Any, facts: Facts) -> list[tuple[Any, str]]:
    """What can still be signed or answered: a proposal that was signed is not offered again."""
    signed = _signed(facts)
    return _as_lines(fact for fact in facts.of(model) if fact.pk not in signed)


def _that_count(model: Any, facts: Facts) -> list[tuple[Any, str]]:
    """What an answer can rest on: a proposal counts once it was signed."""
    found: list[Fact] = [*facts.of(model)]
    if issubclass(model, Proposal):
        signed = _signed(facts)
        found = [fact for fact in found if fact.pk in signed]
    return _as_lines(found)


def _signed(facts: Facts) -> set[int]:
    return {confirmed.proposal for confirmed in facts.of(Confirmation)}  # type: ignore[type-abstract]


def _as_lines(found: Iterable[Fact]) -> list[tuple[Any, str]]:
    return [(fact.pk, as_line(fact)) for fact in reversed([*found])]


def as_line(fact: Record) -> str:
    """A fact in one line: when, and what the timeline says."""
    return f"{in_words(fact.at, 'j M Y, H:i')}: {fact.told}"
