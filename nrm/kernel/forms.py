"""How OpenNRM asks: the form renderer, and forms, choices and ticks that speak in sentences (days: moments.py).

FORM_RENDERER = "nrm.kernel.forms.Renderer"; INSTALLED_APPS needs "django.forms".
Fields accept what a person types in boxes and what a file or JSON says in ISO text, so one form serves both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise


class Renderer(TemplatesSetting):
    """Every form of the project is written by the templates in templates/forms/."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"


SENTENCES: Mapping[str, Words] = {
    "required": _("No answer yet. Write one."),
    "invalid_choice": _("This answer is not in the list. Choose one that is shown."),
    "invalid_list": _("These answers are not understood. Tick those that apply."),
    "min_value": _("This number is too small. Write %(limit_value)s or more."),
    "max_value": _("This number is too large. Write %(limit_value)s or less."),
    "min_length": _("This is too short. Write at least %(limit_value)d characters."),
    "max_length": _("This has %(show_value)d characters. Shorten it to %(limit_value)d."),
    "null_characters_not_allowed": _("This has a sign that cannot be kept. Write it again by hand."),
    "empty": _("This file is empty. Choose another one."),
    "missing": _("No file arrived. Choose the file again."),
}
BY_KIND: Sequence[tuple[type[forms.Field], str, Words]] = (
    (forms.MultipleChoiceField, "required", _("No answer yet. Tick all that apply.")),
    (forms.ChoiceField, "required", _("No answer yet. Choose one.")),
    (forms.BooleanField, "required", _("Not ticked yet. Tick it if it is so.")),
    (forms.FileField, "required", _("No file yet. Choose one.")),
    (forms.FileField, "invalid", _("No file arrived. Choose the file again.")),
    (forms.IntegerField, "invalid", _("This is not a whole number. Write digits only, for example 15.")),
    (forms.DecimalField, "invalid", _("This is not a number. Write digits only, for example 12.50.")),
    (forms.EmailField, "invalid", _("This is not an e-mail address. Write it like name@example.org.")),
)


class Asked(forms.BaseForm):
    """A form whose errors say what to do. People read the server's sentence: nothing is "required" in HTML.

    Mix in first: class Refer(Asked, forms.ModelForm). A field's own error_messages are kept, and fields
    added after the form was made speak too.
    """

    use_required_attribute = False

    def full_clean(self) -> None:
        for field in self.fields.values():
            for code, (standard, words) in our_messages(type(field)).items():  # type: ignore[arg-type]  # a class is hashable
                if field.error_messages.get(code) is standard:
                    field.error_messages[code] = words
        super().full_clean()


@cache
def our_messages(kind: type[forms.Field]) -> Mapping[str, tuple[Words | None, Words]]:
    """Code -> what Django would say for this kind of field, and what we say instead."""
    standard = standard_messages(kind)
    ours = dict(SENTENCES) | {code: words for of, code, words in reversed(BY_KIND) if issubclass(kind, of)}
    return {code: (standard.get(code), words) for code, words in ours.items()}


def standard_messages(kind: type[forms.Field]) -> dict[str, Words]:
    """What Django itself would say for this kind of field; what our own kinds say is no standard to replace."""
    return {
        code: words
        for parent in reversed(kind.__mro__)
        if parent.__module__.startswith("django.")
        for code, words in getattr(parent, "default_error_messages", {}).items()
    }


class Part(NamedTuple):
    """Some questions of a form under one heading; folded: shown when they are asked for, answered or wrong."""

    title: Words
    inputs: tuple[str, ...]
    says: Words = ""
    folded: bool = False


class Form(Asked, forms.Form):
    """A plain form that speaks. A long one has `parts`; a question in none of them comes after them.

    folds: every part is folded, since all of it was answered before; opened: inputs that must be seen.
    """

    parts: Sequence[Part] = ()
    folds: bool = False
    opened: frozenset[str] = frozenset()

    def open_at(self, names: Iterable[str]) -> None:
        """Unfold these questions, also those that had an answer that stands."""
        self.opened = frozenset(names)
        for name in self.opened & set(self.fields):
            field: Any = self.fields[name]
            field.known, field.widget.must_be_seen = None, True

    def parted(self) -> list[dict[str, Any]]:
        """The visible questions by part, for the template; a folded part says what was answered in it."""
        shown = {
            bound.name: bound for bound in self.visible_fields() if not getattr(bound.field, "aside", "")
        }
        drawn = []
        for part in (*self.parts, Part("", tuple(shown))):
            asked = [shown.pop(name) for name in part.inputs if name in shown]
            if asked:
                folded = part.folded or (self.folds and bool(part.title))
                is_open = folded and self._is_open(asked)
                said = [(bound.label, answered(bound)) for bound in asked] if folded and not is_open else []
                said = [(label, text) for label, text in said if text]
                drawn.append(
                    {"part": part, "fields": asked, "folded": folded, "is_open": is_open, "said": said}
                )
        return drawn

    def _is_open(self, asked: Sequence[forms.BoundField]) -> bool:
        must_be_seen = self.opened | {str(self.data.get("more", ""))}
        if any(bound.errors or bound.name in must_be_seen for bound in asked):
            return True
        return self.is_bound and not self.folds and any(bound.value() for bound in asked)


MOST_SAID = 80  # characters of an answer that a folded part repeats


def answered(bound: forms.BoundField) -> str:
    """What was answered, in a few words."""
    value: Any = bound.value()
    if value in (None, "", [], ()):
        return ""
    if isinstance(value, date):
        return date_format(value, "j M Y, H:i" if isinstance(value, datetime) else "j M Y")
    several = list(value) if isinstance(value, list | tuple) else [value]
    if isinstance(several[0], Mapping):
        return str(len(several))
    words = words_of(bound.field)
    between = " " if getattr(bound.field.widget, "boxes", ()) else ", "
    return Truncator(between.join(words.get(str(one), str(one)) for one in several)).chars(MOST_SAID)


def words_of(field: forms.Field) -> dict[str, str]:
    """Code -> words, of everything that a question offers."""
    listed: Any = getattr(field, "choices", None) or getattr(field.widget, "choices", ())
    return {str(code): str(label) for code, label in flattened(listed)}


def flattened(choices: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    """Every choice, those in groups too."""
    for code, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield code, label


class Choices(forms.RadioSelect):
    """One answer of a few, as large circles."""

    template_name = "forms/widgets/choices.html"
    optional_words = _("(if you know it)")

    def optgroups(self, name: str, value: Any, attrs: Any = None) -> Any:
        """Without the dashes that a model adds: nobody chooses "nothing" with a circle."""
        self.choices = [choice for choice in self.choices if choice[0] not in ("", None)]
        return super().optgroups(name, value, attrs)


class Ticks(forms.CheckboxSelectMultiple):
    """Any number of answers, as large boxes."""

    template_name = "forms/widgets/choices.html"
    optional_words = _("(tick all that apply)")
    many = 12

    @property
    def folds(self) -> int:
        """How many there are, if they are too many to stand on a page that asks other things too; else 0."""
        number = len(list(self.choices))
        return number if number > self.many else 0


class Picks(Ticks):
    """Any number of a long list: the likely ones as boxes, one more from a list below; what was chosen is a box."""

    template_name = "forms/widgets/picks.html"
    folds = 0

    def __init__(self, attrs: Any = None, choices: Any = (), first: Sequence[str] = ()) -> None:
        super().__init__(attrs, choices)
        self.first = tuple(first)

    def format_value(self, value: Any) -> list[str]:
        return [code for code in super().format_value(value) if code]

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        everything = list(self.choices)
        names = dict(everything)
        boxes = [code for code in dict.fromkeys((*self.first, *self.format_value(value))) if code in names]
        self.choices = [(code, names[code]) for code in boxes]
        context = super().get_context(name, value, attrs)
        self.choices = everything
        context["widget"]["rest"] = [pair for pair in everything if pair[0] not in boxes]
        return context


class TernChoice(Choices):
    """Yes, no, I do not know: side by side where there is room. For a TernField, or a field with its own choices."""

    template_name = "forms/widgets/inline.html"
    answers: ClassVar[Sequence[tuple[str, Words]]] = (
        ("true", pgettext_lazy("answer", "Yes")),
        ("false", pgettext_lazy("answer", "No")),
        ("unknown", pgettext_lazy("answer", "I do not know")),
    )

    def __init__(self, attrs: Any = None, choices: Any = ()) -> None:
        super().__init__(attrs, choices or self.answers)

    def format_value(self, value: Any) -> Any:
        known = {True: "true", False: "false"}
        return super().format_value(known.get(value, value) if isinstance(value, bool) else value)


class TernField(forms.NullBooleanField):
    """True, False, or None when the person says that she does not know; no answer at all is an error."""

    widget = TernChoice
    default_error_messages: ClassVar[dict[str, Words]] = {
        "required": _("No answer yet. Choose yes, no or “I do not know”.")
    }

    meanings: ClassVar[Mapping[str, bool | None]] = {
        "true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "0": False, "unknown": None,
    }  # fmt: skip

    def clean(self, value: Any) -> bool | None:
        said = str(value).strip().lower()
        if said in self.meanings:
            return self.meanings[said]
        if value in self.empty_values and not self.required:
            return None
        raise ValidationError(self.error_messages["required"], code="required")
