"""Lines of a fact, such as the dangers of a safety plan: typed one under the other, without script.

On the page a line is a fieldset whose inputs are called `dangers-0-danger`; a program gives a list of
objects. A line in which nothing was typed is no line. What a line asks stands in its table (`Row`).
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from nrm.casefile.models import Row
from nrm.kernel.forms import answered
from nrm.kernel.vocabulary import Words

Line = Callable[..., forms.Form]  # line(data=None, *, initial=None, prefix=None)

UNSAID = -1  # place of a line that nobody has answered yet
AT_FIRST = 2  # empty lines that a page offers
MOST = 100
NOTHING: tuple[Any, ...] = (None, "", [], ())


class RowsWidget(forms.Widget):
    """Draws lines as numbered fieldsets, with a button that asks the server for one more."""

    template_name = "forms/widgets/lines.html"
    use_fieldset = True
    folds = False
    must_be_seen = False  # what is not answered in it was refused

    def __init__(self, line: Line, one: "str | Words") -> None:
        super().__init__()
        self.line, self.one = line, one
        self.wrong: dict[int, tuple[Mapping[str, Any], Any]] = {}  # place -> the line and what is wrong in it
        self.shown = AT_FIRST

    def places(self, data: Mapping[str, Any], name: str) -> list[int]:
        """Numbers of the lines that a page sent, typed in or not."""
        inputs = (re.fullmatch(rf"{re.escape(name)}-(\d{{1,3}})-\w+", key) for key in data)
        return sorted({int(found[1]) for found in inputs if found})

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        if name in data and not hasattr(data, "getlist"):  # a file or a program says each line on purpose
            return data[name]
        widgets = {column: field.widget for column, field in self.line().fields.items()}
        lines = [
            {
                column: said
                for column, widget in widgets.items()
                if not is_nothing(said := widget.value_from_datadict(data, files, f"{name}-{place}-{column}"))
            }
            for place in self.places(data, name)
        ]
        return [line for line in lines if self.is_said(line)]

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data and not self.places(data, name)

    def is_said(self, line: Mapping[str, Any]) -> bool:
        """Whether anything was answered in this line."""
        return bool(line)

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        lines = [line for line in value or () if isinstance(line, Mapping)]
        context["widget"] |= {
            "lines": self.drawn(name, lines),
            "add": "more",
            "at_most": MOST,
            "folds": self.folds,
        }
        return context

    def drawn(self, name: str, lines: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Every line as it stands on the page: what was typed first, then the empty ones."""
        many = min(max(self.shown, len(lines)), MOST)
        rows = [*lines, *({} for _empty in range(many - len(lines)))]
        return [self.one_drawn(name, place, line) for place, line in enumerate(rows)]

    def one_drawn(self, name: str, place: int, line: Mapping[str, Any]) -> dict[str, Any]:
        """One line with what was typed and what is wrong with it."""
        stands, legend = self.standing(place, line)
        form = self.line(initial=line, prefix=f"{name}-{stands}")
        form._errors = self.wrong[place][1] if place in self.wrong else None  # type: ignore[attr-defined]
        is_open = place in self.wrong
        said = [(bound.label, text) for bound in form.visible_fields() if (text := answered(bound))]
        return {
            "id": f"id_{name}-{stands}",
            "legend": legend,
            "form": form,
            "is_open": is_open,
            "said": said if self.folds and not is_open else [],
        }

    def standing(self, place: int, line: Mapping[str, Any]) -> tuple[int, Any]:
        """Where a line stands on the page, and what is written over it."""
        return place, f"{self.one} {place + 1}"

    def to_correct(self, name: str) -> list[dict[str, Any]]:
        """Each wrong answer for the summary at the top of the page: its line, its question, where it stands."""
        found = []
        for place, (line, errors) in sorted(self.wrong.items()):
            drawn = self.one_drawn(name, place, line)
            for column, sentences in errors.items():
                field = drawn["form"][column]
                found.append(
                    {
                        "about": f"{name}.{place}.{column}",
                        "label": f"{drawn['legend']}: {field.label}",
                        "url": f"#{field.auto_id}{'_0' if field.use_fieldset else ''}",
                        "sentences": [str(sentence) for sentence in sentences],
                    }
                )
        return found


class EveryCode(RowsWidget):
    """One fieldset for each code of a list: all points are there, none needs to be chosen or added.

    Each is folded and says what was answered; of a form that was sent, those without an answer are open.
    """

    folds = True

    def __init__(self, line: Line, one: "str | Words", column: str) -> None:
        super().__init__(line, one)
        self.column = column

    def is_said(self, line: Mapping[str, Any]) -> bool:
        return any(column != self.column for column in line)

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["add"] = ""
        return context

    def codes(self) -> list[tuple[str, Any]]:
        """Every code with its words."""
        field: Any = self.line().fields[self.column]
        return [(code, words) for code, words in field.choices if code]

    def drawn(self, name: str, lines: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        said = {line.get(self.column): (place, line) for place, line in enumerate(lines)}
        drawn = [
            self.one_drawn(name, *said.get(code, (UNSAID, {self.column: code})))
            for code, _words in self.codes()
        ]
        for one in drawn:
            one["form"].fields[self.column].widget = forms.HiddenInput()
            one["said"] = one["said"][1:]
            one["is_open"] = one["is_open"] or ((bool(lines) or self.must_be_seen) and not one["said"])
        return drawn

    def standing(self, place: int, line: Mapping[str, Any]) -> tuple[int, Any]:
        codes = self.codes()
        found = next((at for at, (code, _words) in enumerate(codes) if code == line.get(self.column)), place)
        return found, codes[found][1] if 0 <= found < len(codes) else super().standing(place, line)[1]


class BoundLines(BoundField):
    """Lines on a page: knows every wrong answer in them."""

    def to_correct(self) -> list[dict[str, Any]]:
        """Said by the summary at the top of the page, each with a link to its line."""
        return self.field.widget.to_correct(self.name)  # type: ignore[no-any-return]


class RowsField(forms.Field):
    """Lines of a fact: a list of objects, or inputs `name-0-column`, `name-1-column`."""

    widget: RowsWidget
    optional_words = ""

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> BoundLines:
        return BoundLines(form, self, field_name)

    def __init__(self, line: Line, widget: RowsWidget, **kwargs: Any) -> None:
        super().__init__(widget=widget, required=False, **kwargs)
        self.line = line

    def to_python(self, value: Any) -> list[dict[str, Any]]:
        if value in NOTHING:
            return []
        if not isinstance(value, list | tuple) or not all(isinstance(line, Mapping) for line in value):
            raise ValidationError(_("These lines are not understood. Give a list of lines."), code="invalid")
        if len(value) > MOST:
            raise ValidationError(
                _("These are too many lines. Give at most %(most)s."), params={"most": MOST}
            )
        read = [self.line(given) for given in value]
        for place, (form, given) in enumerate(zip(read, value, strict=True)):
            if set(given) - set(form.fields):
                raise ValidationError(
                    _("Line %(place)s has an answer nobody asked for."), params={"place": place + 1}
                )
            if not form.is_valid():
                self.widget.wrong[place] = (given, form.errors)
        if self.widget.wrong:
            raise ValidationError(
                [
                    ValidationError(
                        _("Line %(place)s: %(what)s"), params={"place": place + 1, "what": sentences[0]}
                    )
                    for place, (_line, errors) in self.widget.wrong.items()
                    for sentences in errors.values()
                ]
            )
        return [form.cleaned_data for form in read]


def is_nothing(said: Any) -> bool:
    """Whether nothing was typed: blanks are no answer."""
    return said in NOTHING or (isinstance(said, str) and not said.strip())


def widget_for(rows: type[Row], line: Line) -> RowsWidget:
    """How a kind of lines is drawn: one for each code where its table says so, else as many as there are."""
    return EveryCode(line, rows.one, rows.each) if rows.each else RowsWidget(line, rows.one)


def make_room(form: forms.Form, typed: Mapping[str, Any]) -> None:
    """Keep as many lines as the page had, and one more where that was asked for."""
    for name, field in form.fields.items():
        if isinstance(field, RowsField):
            asked = typed.get("more") == name
            field.widget.shown = max(AT_FIRST, len(field.widget.places(typed, name))) + asked
