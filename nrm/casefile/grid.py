"""A list of questions answered one by one, such as the signs of a screening: yes, no or not known."""

from collections.abc import Mapping
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from nrm.casefile.lines import Line, RowsWidget
from nrm.casefile.models import Row
from nrm.kernel.columns import column_of
from nrm.kernel.terms import Tern

Codes = list[tuple[str, Any]]
UNASKED = ("", _("Not asked"))


class Grid(RowsWidget):
    """Draws every code as a question; a line without an answer is no line."""

    template_name = "forms/widgets/grid.html"

    def __init__(self, line: Line, rows: type[Row], codes: Codes, code_input: str, answer_input: str) -> None:
        super().__init__(line, "")
        self.codes, self.code_input, self.answer_input = codes, code_input, answer_input
        self.themes = rows.themes or (("", tuple(code for code, _words in codes)),)

    def is_said(self, line: Mapping[str, Any]) -> bool:
        return bool(line.get(self.answer_input))

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        said = {line.get(self.code_input): line for line in value or () if isinstance(line, Mapping)}
        lines = {
            code: self.asked(f"{name}-{place}", code, question, said.get(code, {}))
            for place, (code, question) in enumerate(self.codes)
        }
        context["widget"]["themes"] = [
            {
                "title": capfirst(str(title)),
                "lines": [lines[code] for code in codes],
                "yes": sum(said.get(code, {}).get(self.answer_input) == Tern.YES for code in codes),
            }
            for title, codes in self.themes
        ]
        return context

    def asked(self, prefix: str, code: str, question: Any, line: Mapping[str, Any]) -> dict[str, Any]:
        """One question; what else was said in its line goes along unseen, so that a correction keeps it."""
        answer = line.get(self.answer_input, "")
        else_said = {name: text for name, text in line.items() if name != self.answer_input and text}
        return {
            "name": f"{prefix}-{self.answer_input}",
            "question": question,
            "options": [
                (tern, words, answer == tern)
                for tern, words in (
                    *((tern, capfirst(str(label))) for tern, label in Tern.choices()),
                    UNASKED,
                )
            ],
            "kept": [
                (f"{prefix}-{name}", text) for name, text in ({self.code_input: code} | else_said).items()
            ],
        }


def grid_for(rows: type[Row], line: Line) -> Grid | None:
    """The grid of a kind of rows that pair a code with yes, no or not known; None for any other kind."""
    kinds = {}
    for field in rows._meta.concrete_fields:
        column = column_of(field)
        if column is not None and column.required:
            kinds[column.kind] = (field.name, column)
    if set(kinds) != {"code", "tern"}:
        return None
    code_input, column = kinds["code"]
    codes = column.vocabulary.choices() if column.vocabulary is not None else []
    return Grid(line, rows, list(codes), code_input, kinds["tern"][0])
