"""Answers that the case gives already: the page shows each as a line with "change" instead of asking it.

An act names where an answer may come from (`known=`): input -> a function of who reads and of the case. Only pages
offer them: a program or a file says every answer itself. What this person may not see is asked as ever.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _

from nrm.casefile.beside import Reader, heard_last
from nrm.kernel.forms import words_of
from nrm.kernel.moments import in_words
from nrm.kernel.terms import HeardHow

if TYPE_CHECKING:
    from nrm.kernel.vocabulary import Words


@dataclass(frozen=True)
class Known:
    """An answer as an input would give it (codes of ticks as a list), and in words where it comes from."""

    said: str | list[str]
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


def _in_words(field: Any, said: str | list[str]) -> str:
    """The words of each code in the field's list, else what was said."""
    words = words_of(field)
    return "\n".join(words.get(one, one) for one in ([said] if isinstance(said, str) else said))


def what_she_said(reader: Reader) -> Known | None:
    """Her last words, so that she need not say them twice."""
    heard = heard_last(reader)
    if heard is None or not heard.heard_how or heard.heard_how == HeardHow.OTHER:
        return None
    return Known(heard.childs_views, _("as she said on %(day)s") % {"day": in_words(heard.at, "j F Y")})


def how_she_said_it(reader: Reader) -> Known | None:
    """How she gave those words."""
    heard = heard_last(reader)
    if heard is None or what_she_said(reader) is None:
        return None
    return Known(heard.heard_how, _("as recorded then"))


HER_WORDS: Mapping[str, Source] = MappingProxyType(
    {"childs_views": what_she_said, "heard_how": how_she_said_it}
)
