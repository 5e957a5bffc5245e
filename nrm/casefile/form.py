"""The form of every act, made from the columns of the fact it writes.

The same form reads a page, a JSON body and a step of a rehearsal file; what it cannot read becomes a
sentence beside the question. It decides nothing: that is the act's business.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django import forms
from django.apps import apps
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from nrm.agencies.queries import person_by_key
from nrm.casefile.act import Act
from nrm.casefile.facts import Facts
from nrm.casefile.fields import (
    CodesField,
    HandedInField,
    KeyField,
    KeyOrNoneField,
    KeysField,
    LettersField,
    LettersListField,
    agency_by_key,
    case_by_reference,
    fact_by_key,
    no_stray_characters,
    record_by_key,
)
from nrm.casefile.grid import grid_for
from nrm.casefile.lines import Line, RowsField, widget_for
from nrm.casefile.models import Fact, Record, Row
from nrm.kernel import refusals
from nrm.kernel.columns import Column, column_of
from nrm.kernel.forms import Choices, Form, Part, TernChoice, Ticks
from nrm.kernel.moments import DayField, MomentField
from nrm.kernel.packs import Pack
from nrm.kernel.places import is_country, is_language
from nrm.kernel.refusals import Refused
from nrm.kernel.vocabulary import Vocabulary

FEW = 9  # more answers than this are a list to choose from, not circles
LONGEST_WHY = 500
HIGHEST_KEY = 2**63 - 1
# Why it is best for her, then what she says herself: last on every page, in this order.
LAST = ("best_interests", "childs_views", "heard_how", "heard_how_other", "views_not_asked", "note")
EITHER_OR = LAST[:-1]  # an empty one is refused with its own sentence, unless another of them is answered


class Unanswered(Refused):
    """Some answers cannot be read or are missing. Carries the form, with what was typed."""

    def __init__(self, form: forms.Form) -> None:
        self.form = form
        super().__init__([refusals.ANSWER_NEEDED])


@dataclass(frozen=True)
class Given:
    """Answers that could be read: the fact, not yet signed, and its lines."""

    fact: Record
    rows: Mapping[str, list[Row]]


@cache
def questions(model: type[Any]) -> tuple[tuple[str, Any, Column], ...]:
    """(input name, model field, declaration) of everything a fact asks; her views come last."""
    asked = []
    for field in model._meta.concrete_fields:
        column = column_of(field)
        if column is not None and not column.system:
            asked.append((column.asks or field.name, field, column))
    words_of_other = {column.target: q for q in asked for column in (q[2],) if column.kind == "other"}
    plain = [q for q in asked if q[2].kind != "other"]
    in_order = [one for q in plain for one in (q, words_of_other.get(q[1].name)) if one is not None]
    last = {name: place for place, name in enumerate(LAST, start=1)}
    return tuple(sorted(in_order, key=lambda q: last.get(q[1].name, 0)))


def field_for(column: Column, pack: Pack, facts: Facts | None = None) -> forms.Field:
    """The form field of one column, with the words that say when it may stay empty."""
    field = _field_for(column, pack, facts)
    if column.kind == "other":
        field.of_other, field.optional_words = True, ""  # type: ignore[attr-defined]
    return field


def _field_for(column: Column, pack: Pack, facts: Facts | None) -> forms.Field:
    common: dict[str, Any] = {"label": column.label, "help_text": column.help, "required": column.required}
    match column.kind:
        case "text" | "other":
            return forms.CharField(max_length=column.limit, validators=[no_stray_characters], **common)
        case "long":
            area = forms.Textarea(attrs={"rows": 5, "maxlength": column.limit})
            return forms.CharField(
                max_length=column.limit, widget=area, validators=[no_stray_characters], **common
            )
        case "tern":
            return forms.ChoiceField(choices=_codes(column, pack), widget=TernChoice, **common)
        case "code":
            choices = _codes(column, pack)
            if len(choices) <= FEW:
                return forms.ChoiceField(choices=choices, widget=Choices, **common)
            return forms.ChoiceField(choices=[("", ""), *choices], **common)
        case "codes":
            return CodesField(choices=_codes(column, pack), widget=Ticks, **common)
        case "date":
            return DayField(**common)
        case "file":
            return HandedInField(**common)
        case "at":
            return MomentField(**common)
        case "int":
            return forms.IntegerField(
                min_value=column.lowest,
                max_value=column.highest,
                widget=forms.TextInput(attrs={"inputmode": "numeric"}),
                **common,
            )
        case "decimal":
            return forms.DecimalField(
                max_digits=12,
                decimal_places=2,
                widget=forms.TextInput(attrs={"inputmode": "decimal"}),
                **common,
            )
        case _:
            return _naming_field(column, pack, facts, common)


def _naming_field(column: Column, pack: Pack, facts: Facts | None, common: dict[str, Any]) -> forms.Field:
    here = facts.standing if facts is not None else ()
    match column.kind:
        case "country":
            return LettersField(r"[A-Z]{3}", lambda code: is_country(code, pack.invented_countries), **common)
        case "countries":
            return LettersListField(
                r"[A-Z]{3}", lambda code: is_country(code, pack.invented_countries), **common
            )
        case "lang":
            return LettersField(r"[a-z]{3}", is_language, **common)
        case "langs":
            return LettersListField(r"[a-z]{3}", is_language, **common)
        case "agency":
            return KeyField(agency_by_key, **common)
        case "person":
            return KeyField(person_by_key, **common)
        case "persons":
            return KeysField(person_by_key, **common)
        case "case":
            return KeyField(case_by_reference, widget=forms.TextInput(), **common)
        case "ref":
            model = apps.get_model(column.target)
            return KeyField(fact_by_key(model, here), **common)
        case "ref_or_none":
            return KeyOrNoneField(fact_by_key(apps.get_model(column.target), here), **common)
        case "key" if column.target:  # of the tables named, whether of cases or not
            return KeyField(record_by_key(tables_of(column), here), **common)
        case "key":
            return KeyField(fact_by_key(Fact if facts is not None else Record, here), **common)
        case "keys":
            return KeysField(fact_by_key(Fact, here), **common)
    raise ValueError(f"no form field for a column of kind {column.kind}")


def tables_of(column: Column) -> list[type[Any]]:
    """The tables that a column may name a row of."""
    return [apps.get_model(name) for name in column.target.split()]


def _codes(column: Column, pack: Pack) -> list[tuple[str, Any]]:
    if column.vocabulary is None:
        raise TypeError(f"{column.label} has no vocabulary")
    return list(_shown(column.vocabulary, pack.hidden.get(column.vocabulary.__name__, frozenset())))


@cache
def _shown(vocabulary: type[Vocabulary], hidden: frozenset[str]) -> tuple[tuple[str, Any], ...]:
    """The codes that are offered; their labels stay lazy, so that a form that is only read translates nothing."""
    return tuple((code, capfirst(label)) for code, label in vocabulary.choices() if code not in hidden)


def line_form(model: type[Row], pack: Pack) -> Line:
    """A function that makes the form of one line."""

    def make(
        data: Mapping[str, Any] | None = None,
        *,
        initial: Mapping[str, Any] | None = None,
        prefix: str | None = None,
    ) -> Form:
        form = Form(data, initial=dict(initial or {}), prefix=prefix)
        for name, _field, column in questions(model):
            form.fields[name] = field_for(column, pack)
            if name in model.either_or:
                form.fields[name].optional_words = ""  # type: ignore[attr-defined]
        _set_aside(form, model)
        return form

    return make


def rows_field(model: type[Row], pack: Pack) -> RowsField:
    """The field of all lines of one kind."""
    line = line_form(model, pack)
    return RowsField(line, grid_for(model, line) or widget_for(model, line), label=model.question)


def form_for(
    act: Act,
    facts: Facts,
    data: Mapping[str, Any] | None = None,
    *,
    initial: Mapping[str, Any] | None = None,
    hidden: frozenset[str] = frozenset(),
) -> Form:
    """The form of an act in one case: unbound without data. hidden: inputs that are not asked this time."""
    form = Form(data, initial=dict(initial or {}))
    for name, _field, column in questions(act.writes):
        if name in hidden or (act.asks and name not in act.asks):
            continue
        form.fields[name] = field_for(column, facts.pack, facts)
        if name in EITHER_OR:
            form.fields[name].optional_words = ""  # type: ignore[attr-defined]
        if column.kind == "file" and (data or initial or {}).get("corrects"):
            form.fields[name].required = False
            form.fields[name].optional_words = _("(only if it is another one)")  # type: ignore[attr-defined]
    for name, rows in act.writes.rows.items():
        if name not in hidden:
            form.fields[name] = rows_field(rows, facts.pack)
    form.order_fields([name for name in form.fields if name not in LAST])  # lines, too, before her views
    _set_aside(form, act.writes)
    form.parts = parts_of(act.writes)
    form.fields["at"] = MomentField(required=False, label=_("When did it happen?"))
    form.fields["at"].optional_words = ""  # type: ignore[attr-defined]
    form.fields["at"].aside = _("It did not happen just now")  # type: ignore[attr-defined]
    form.fields["corrects"] = forms.IntegerField(
        required=False, min_value=1, max_value=HIGHEST_KEY, widget=forms.HiddenInput
    )
    if "why" not in form.fields:  # an act that asks "why" itself keeps its own question
        form.fields["why"] = forms.CharField(
            required=False,
            max_length=LONGEST_WHY,
            label=_("Why was the earlier entry wrong?"),
            help_text=_("It stays visible, struck through."),
            validators=[no_stray_characters],
        )
    return form


def _set_aside(form: Form, model: type[Any]) -> None:
    """Fold what is seldom asked, behind the words that open it."""
    for name, words in model.asides.items():
        if name in form.fields:
            form.fields[name].aside = words  # type: ignore[attr-defined]


def parts_of(model: type[Record]) -> tuple[Part, ...]:
    """The sections of a long page, with the words of "other" after their question."""
    others = {column.target: name for name, _field, column in questions(model) if column.kind == "other"}
    return tuple(
        Part(
            section.title,
            tuple(name for one in section.inputs for name in (one, others.get(one, "")) if name),
            section.says,
            section.folded,
        )
        for section in model.sections
    )


def asks_why(act: Act) -> bool:
    """Whether "why" is a question of the act itself, not only of a correction."""
    return any(name == "why" for name, _field, _column in questions(act.writes))


def asks_for_a_file(act: Act) -> bool:
    return any(column.kind == "file" for _name, _field, column in questions(act.writes))


def ask_nothing_of_a_correction(form: Form, act: Act) -> None:
    """A page that corrects nothing does not ask why; an act's own question of that name stays."""
    del form.fields["corrects"]
    if not asks_why(act):
        del form.fields["why"]


def ask_as_correction(form: Form) -> None:
    """When it happened is said at once; why it was wrong is not left out at will; what was answered stands folded."""
    form.folds = True
    form.fields["at"].aside = ""  # type: ignore[attr-defined]
    form.fields["why"].optional_words = ""  # type: ignore[attr-defined]


def read(act: Act, facts: Facts, data: Mapping[str, Any], hidden: frozenset[str] = frozenset()) -> Given:
    """The fact that these answers make. Raises Unanswered with the form where they cannot be read."""
    form = form_for(act, facts, data, hidden=hidden)
    if not form.is_valid():
        raise Unanswered(form)
    cleaned = form.cleaned_data
    values: dict[str, Any] = {}
    handed_in: dict[str, UploadedFile[Any]] = {}
    for name, field, column in questions(act.writes):
        if name not in cleaned:
            continue
        value = cleaned[name]
        if column.kind == "file":
            handed_in |= {name: value} if value is not None else {}
            continue
        if column.kind == "persons":
            value = [person.pk for person in value]
        elif column.kind == "keys":
            value = [fact.pk for fact in value]
        elif column.kind == "key":
            value = value.pk if value is not None else None
        values[field.name] = value if value is not None or field.null else ""
    fact = act.writes(**values)
    fact.handed_in = handed_in
    fact.at = cleaned["at"]
    fact.corrects = cleaned["corrects"]
    if "why" not in values:  # an act's own question of that name is kept in its own column
        fact.why = "" if asks_why(act) and fact.corrects is None else str(cleaned["why"])[:LONGEST_WHY]
    rows = {
        name: [_line(kind, line) for line in cleaned[name]]
        for name, kind in act.writes.rows.items()
        if name in cleaned
    }
    return Given(fact, rows)


def _line(kind: type[Row], cleaned: Mapping[str, Any]) -> Row:
    values = {field.name: cleaned[name] for name, field, _column in questions(kind) if name in cleaned}
    return kind(**{name: value for name, value in values.items() if value is not None})


def unknown_inputs(act: Act, data: Mapping[str, Any]) -> list[str]:
    """Inputs that the act does not ask: an error in a file, ignored nowhere."""
    known = (
        {name for name, _f, _c in questions(act.writes)} | set(act.writes.rows) | {"at", "corrects", "why"}
    )
    return sorted(set(data) - known)
