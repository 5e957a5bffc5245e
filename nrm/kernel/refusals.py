"""Every "no" the program can say: a code that can be read out, what is missing, what to do next."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Words
else:
    Words = str

R = TypeVar("R", bound="Refusal")
CATALOGUE: dict[str, "Refusal"] = {}


@dataclass(frozen=True)
class Refusal:
    """One sentence under one code. Codes are unique: the same code twice is a programming error.

    `about` names the answer that must change, when it is one answer; `values` fill the sentence's
    placeholders. Neither is part of the catalogue.
    """

    code: str
    sentence: "str | Words"
    about: str = field(default="", compare=False)
    values: tuple[tuple[str, object], ...] = field(default=(), compare=False)

    def at(self, about: str) -> "Refusal":
        """The same refusal, said beside one answer."""
        return type(self)(self.code, self.sentence, about, self.values)

    def with_values(self, **values: object) -> "Refusal":
        """The same refusal with its blanks filled: a date, a number, never a name or a place."""
        return type(self)(self.code, self.sentence, self.about, tuple(values.items()))

    def __str__(self) -> str:
        text = str(self.sentence)
        return text.format(**{name: _in_words(value) for name, value in self.values}) if self.values else text

    def as_data(self) -> dict[str, str]:
        """As a program reads it."""
        return {"code": self.code, "sentence": str(self), "about": self.about}


def _in_words(value: object) -> object:
    return date_format(value, "j F Y") if isinstance(value, date) else value


@dataclass(frozen=True)
class Warned(Refusal):
    """Something to read that stops nothing: the row is kept."""


def refusal(code: str, sentence: "str | Words") -> Refusal:
    """Put a refusal into the catalogue."""
    return _enter(Refusal(code, sentence))


def warning(code: str, sentence: "str | Words") -> Warned:
    """Put a warning into the catalogue."""
    return _enter(Warned(code, sentence))


def _enter(entry: R) -> R:
    if CATALOGUE.setdefault(entry.code, entry) is not entry:
        raise ValueError(f"refusal {entry.code} stands twice in the catalogue")
    return entry


class Refused(Exception):
    """The act is not done and nothing was written. Carries every refusal of the first layer that refused."""

    def __init__(self, refusals: Iterable[Refusal]):
        self.refusals: tuple[Refusal, ...] = tuple(dict.fromkeys(refusals))
        super().__init__(", ".join(self.codes))

    @property
    def codes(self) -> list[str]:
        return [entry.code for entry in self.refusals]

    @property
    def is_absent(self) -> bool:
        """Whether the answer is 404: the case does not exist for this person."""
        return NOT_FOUND in self.refusals


def refuse_if(refusals: Sequence[Refusal] | Iterator[Refusal]) -> None:
    """Raise Refused unless the list is empty. Warnings do not refuse."""
    standing = [entry for entry in refusals if not isinstance(entry, Warned)]
    if standing:
        raise Refused(standing)


NOT_FOUND = refusal(
    "NOT_FOUND", _("There is nothing here for you. Check the reference, or call the duty desk.")
)
ROLE_MISSING = refusal("ROLE_MISSING", _("Your role cannot do this. Ask the lead worker who can."))
MANDATE_MISSING = refusal("MANDATE_MISSING", _("Your agency has no mandate for this. Ask the co-ordinator."))
TRAINING_EXPIRED = refusal(
    "TRAINING_EXPIRED",
    _(
        "Your child-protection training has run out. Ask your administrator to book it; "
        "a colleague with valid training can do this now."
    ),
)
CASE_CLOSED = refusal("CASE_CLOSED", _("This case is closed. Reopen it, giving the reason, and then go on."))
VIEWS_MISSING = refusal("VIEWS_MISSING", _("Write what the child said, or why she was not asked."))
BEST_INTERESTS_MISSING = refusal("BEST_INTERESTS_MISSING", _("Write why this is best for the child."))
IN_THE_FUTURE = refusal("IN_THE_FUTURE", _("This time has not come yet. Check the day and the hour."))
TOO_LATE_TO_ENTER = refusal(
    "TOO_LATE_TO_ENTER", _("This happened more than three days ago. Enter it as a correction.")
)
SAME_PERSON = refusal("SAME_PERSON", _("A second person must confirm. Ask a colleague with the same role."))
CASE_BUSY = refusal("CASE_BUSY", _("Someone else is working on this case right now. Try again."))
OUT_OF_REACH = refusal(
    "OUT_OF_REACH",
    _("The records cannot be reached just now. Wait a minute, then send it again: nothing is entered twice."),
)
ANSWER_NEEDED = refusal(
    "ANSWER_NEEDED", _("An answer is missing or cannot be read. Look at the marked question.")
)
WHY_MISSING = refusal(
    "WHY_MISSING", _("Say why the earlier entry was wrong. It stays visible, struck through.")
)
