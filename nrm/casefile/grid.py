"""A list of questions answered one by one, such as the signs of a screening: yes, no or not known."""

from collections.abc import Mapping
from typing import Any

from django.utils.text import capfirst

from nrm.casefile.lines import Line, RowsWidget
from nrm.casefile.models import Row
from nrm.kernel.columns import column_of
from nrm.kernel.terms import Tern


class Grid(RowsWidget):
    """Draws every code as a question; a line without an answer is no line."""

    template_name = "forms/widgets/grid.html"

    def __init__(self, line: Line, codes: list[tuple[str, Any]], code_input: str, answer_input: str) -> None:
        super().__init__(line, "")
        self.codes, self.code_input, self.answer_input = codes, code_input, answer_input

    def is_said(self, line: Mapping[str, Any]) -> bool:
        return bool(line.get(self.answer_input))

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        said = {line.get(self.code_input): line.get(self.answer_input) for line in value or ()}
        context["widget"]["lines"] = [
            {
                "code_name": f"{name}-{place}-{self.code_input}",
                "answer_name": f"{name}-{place}-{self.answer_input}",
                "code": code,
                "question": question,
                "options": [
                    (tern, capfirst(str(label)), said.get(code) == tern) for tern, label in Tern.choices()
                ],
            }
            for place, (code, question) in enumerate(self.codes)
        ]
        return context


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
    return Grid(line, list(codes), code_input, kinds["tern"][0])
