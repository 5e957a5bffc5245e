"""A vocabulary: the codes one question may be answered with, and the words a person reads for each.

    class Weather(Vocabulary):
        RAIN = _("it rains")

The member is its own code (`Weather.RAIN == "RAIN"`) and `Weather.RAIN.label` is translated when it is shown.
Write every label with `_("...")`, so that message extraction finds it. Codes never change meaning: tables,
stories and other States keep them.
"""

from enum import EnumType, StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.utils.functional import Promise

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = _StrPromise
else:
    Words = str


class VocabularyType(EnumType):
    """Turns `CODE = label` into a member whose value is the code."""

    def __new__(metacls, name: str, bases: tuple[type, ...], body: Any, **options: Any) -> Any:
        for code, label in list(body.items()):
            if isinstance(label, str | Promise) and not code.startswith("_"):
                dict.__setitem__(body, code, (code, label))  # past the enum's ban on writing a member twice
        return super().__new__(metacls, name, bases, body, **options)


class Vocabulary(StrEnum, metaclass=VocabularyType):
    """Base of all vocabularies. `CODE = auto()` labels a code with its own words: for tests, not people."""

    _value_: str
    _label: "str | Words"

    refused_only: ClassVar[frozenset[str]]
    """Codes that can be said but are always refused, so that the refusal can explain why."""
    open_ended: ClassVar[bool]
    """OTHER and NOT_KNOWN belong to it."""

    def __new__(cls, code: str, label: "str | Words" = "") -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member._label = label
        return member

    def __init_subclass__(cls, *, refused_only: frozenset[str] = frozenset(), **options: Any) -> None:
        super().__init_subclass__(**options)
        if unknown := refused_only.difference(cls.codes()):
            raise TypeError(f"{cls.__name__} has no {', '.join(sorted(unknown))} to refuse")
        cls.refused_only = refused_only
        cls.open_ended = {"OTHER", "NOT_KNOWN"}.issubset(cls.codes())

    @staticmethod
    def _generate_next_value_(name: str, start: int, count: int, last_values: list[Any]) -> str:
        return name.replace("_", " ").lower()

    @property
    def label(self) -> "str | Words":
        """The words for this code: a lazy translation, usable wherever a string is."""
        return self._label

    @classmethod
    def choices(cls) -> list[tuple[str, "str | Words"]]:
        """Code and label of every member, for form fields."""
        return [(member.value, member.label) for member in cls]

    @classmethod
    def codes(cls) -> tuple[str, ...]:
        return tuple(member.value for member in cls)
