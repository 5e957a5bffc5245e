"""Answers that the case gives already: the page shows each as a line with "change" instead of asking it.

An act names where an answer may come from (`known=`): input -> a function of who reads and of the case. Only pages
offer them: a program or a file says every answer itself. What this person may not see is asked as ever.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms

from nrm.casefile.beside import Reader

if TYPE_CHECKING:
    from nrm.kernel.vocabulary import Words


@dataclass(frozen=True)
class Known:
    """An answer as an input would give it, and in words where it comes from."""

    said: str
    because: "str | Words"


@dataclass(frozen=True)
class Line:
    """What the page shows instead of the open question."""

    words: str
    because: "str | Words"


Source = Callable[[Reader], Known | None]


def answered(sources: Mapping[str, Source], reader: Reader) -> Iterator[tuple[str, Known]]:
    """Input -> the answer that the case gives, where it gives one."""
    for name, source in sources.items():
        known = source(reader)
        if known is not None and known.said:
            yield name, known


def fill_in(form: forms.Form, sources: Mapping[str, Source], reader: Reader) -> None:
    """Put what is known into the form; an answer that was typed stays, and its question is open."""
    for name, known in answered(sources, reader):
        if name not in form.fields:
            continue
        form.initial.setdefault(name, known.said)
        if form[name].value() == known.said and form.initial[name] == known.said:
            field: Any = form.fields[name]
            field.known = Line(_in_words(field, known.said), known.because)


def _in_words(field: Any, said: str) -> str:
    """The words of a code in the field's list, else what was said."""
    listed: Any = getattr(field, "choices", None) or getattr(field.widget, "choices", ())
    return next((str(words) for code, words in listed if str(code) == said), said)
