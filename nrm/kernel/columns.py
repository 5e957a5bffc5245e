"""The columns of facts, each declared once: what is asked, of which kind, how it must be handled.

`must.code(Urgency, _("How urgent is it?"), ORDINARY)` makes a database column, the question on the
page, the property of the JSON endpoint, the row of the field register and the class that decides who
sees it. Kinds are those of the process specification 2.0. `asks` is the input's name where Python
does not allow it as a column name (`from`).
"""

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from nrm.kernel.handling import Handling
from nrm.kernel.terms import Tern
from nrm.kernel.vocabulary import Vocabulary, Words

CODE_LENGTH = 64
FILE_NAME_LENGTH = 32
LONGEST_NARRATIVE = 15_000
LONGEST_OTHER = 200


@dataclass(frozen=True)
class Column:
    """What a fact's column is, beside its place in the table."""

    kind: str
    label: "str | Words"
    handling: Handling
    required: bool
    help: "str | Words" = ""
    vocabulary: type[Vocabulary] | None = None
    limit: int = 0
    asks: str = ""
    target: str = ""
    lowest: int = 0
    highest: int = 0
    handled_as: str = ""  # the column of the same row whose class is asked too
    system: bool = False  # filled by the program, never asked


def column_of(field: Any) -> Column | None:
    """The declaration behind a model field, or None for a field that is no answer."""
    return getattr(field, "declared", None)


def _with(field: Any, column: Column) -> Any:
    field.declared = column
    return field


class Asker:
    """Makes columns that must be answered (`must`) or may stay empty (`may`)."""

    def __init__(self, *, required: bool) -> None:
        self.required = required

    def _column(self, kind: str, label: "str | Words", handling: Handling, **more: Any) -> Column:
        return Column(kind=kind, label=label, handling=handling, required=self.required, **more)

    def text(self, limit: int, label: "str | Words", handling: Handling, **more: Any) -> Any:
        """One line of at most `limit` characters; empty text means not answered."""
        return _with(
            models.CharField(max_length=limit, blank=not self.required, default=""),
            self._column("text", label, handling, limit=limit, **more),
        )

    def long(self, limit: int, label: "str | Words", handling: Handling, **more: Any) -> Any:
        """Many lines, at most `limit` characters."""
        return _with(
            models.TextField(blank=not self.required, default="", max_length=limit),
            self._column("long", label, handling, limit=limit, **more),
        )

    def code(
        self, vocabulary: type[Vocabulary], label: "str | Words", handling: Handling, **more: Any
    ) -> Any:
        """One code; with OTHER in the vocabulary a second column `<name>_other` takes the words."""
        return _with(
            models.CharField(max_length=CODE_LENGTH, blank=not self.required, default=""),
            self._column("code", label, handling, vocabulary=vocabulary, **more),
        )

    def codes(
        self, vocabulary: type[Vocabulary], label: "str | Words", handling: Handling, **more: Any
    ) -> Any:
        """Several codes, in the vocabulary's order."""
        return _with(
            ArrayField(models.CharField(max_length=CODE_LENGTH), blank=not self.required, default=list),
            self._column("codes", label, handling, vocabulary=vocabulary, **more),
        )

    def tern(self, label: "str | Words", handling: Handling, **more: Any) -> Any:
        """YES, NO or NOT_KNOWN: "I do not know" is always an answer."""
        return _with(
            models.CharField(max_length=9, blank=not self.required, default=""),
            self._column("tern", label, handling, vocabulary=Tern, **more),
        )

    def day(self, label: "str | Words", handling: Handling, **more: Any) -> Any:
        """A local day."""
        return _with(
            models.DateField(null=not self.required, blank=not self.required),
            self._column("date", label, handling, **more),
        )

    def moment(self, label: "str | Words", handling: Handling, **more: Any) -> Any:
        """An aware moment."""
        return _with(
            models.DateTimeField(null=not self.required, blank=not self.required),
            self._column("at", label, handling, **more),
        )

    def number(self, lowest: int, highest: int, label: "str | Words", handling: Handling, **more: Any) -> Any:
        """A whole number from `lowest` to `highest`."""
        return _with(
            models.IntegerField(
                null=not self.required,
                blank=not self.required,
                validators=[MinValueValidator(lowest), MaxValueValidator(highest)],
            ),
            self._column("int", label, handling, lowest=lowest, highest=highest, **more),
        )

    def amount(self, label: "str | Words", handling: Handling, **more: Any) -> Any:
        """Money: twelve digits, two of them after the point."""
        return _with(
            models.DecimalField(
                max_digits=12, decimal_places=2, null=not self.required, blank=not self.required
            ),
            self._column("decimal", label, handling, **more),
        )

    def country(self, label: "str | Words", handling: Handling, **more: Any) -> Any:
        """ISO 3166-1 alpha-3, XXA stateless, XXX unknown, or a code the country pack invents."""
        return _with(
            models.CharField(max_length=3, blank=not self.required, default=""),
            self._column("country", label, handling, **more),
        )

    def countries(self, label: "str | Words", handling: Handling, **more: Any) -> Any:
        return _with(
            ArrayField(models.CharField(max_length=3), blank=not self.required, default=list),
            self._column("countries", label, handling, **more),
        )

    def lang(self, label: "str | Words", handling: Handling, **more: Any) -> Any:
        """ISO 639-2, three letters, or NOT_KNOWN."""
        return _with(
            models.CharField(max_length=9, blank=not self.required, default=""),
            self._column("lang", label, handling, **more),
        )

    def langs(self, label: "str | Words", handling: Handling, **more: Any) -> Any:
        return _with(
            ArrayField(models.CharField(max_length=9), blank=not self.required, default=list),
            self._column("langs", label, handling, **more),
        )

    def person(self, label: "str | Words", handling: Handling, **more: Any) -> Any:
        return _with(self._key("agencies.Person"), self._column("person", label, handling, **more))

    def persons(self, label: "str | Words", handling: Handling, **more: Any) -> Any:
        """Keys of people, in the order given."""
        return _with(
            ArrayField(models.BigIntegerField(), blank=not self.required, default=list),
            self._column("persons", label, handling, **more),
        )

    def agency(self, label: "str | Words", handling: Handling, **more: Any) -> Any:
        return _with(self._key("agencies.Agency"), self._column("agency", label, handling, **more))

    def case(self, label: "str | Words", handling: Handling, **more: Any) -> Any:
        return _with(self._key("casefile.Case"), self._column("case", label, handling, **more))

    def ref(self, target: str, label: "str | Words", handling: Handling, **more: Any) -> Any:
        """A fact of one kind, in the same case unless the act says otherwise."""
        return _with(self._key(target), self._column("ref", label, handling, target=target, **more))

    def ref_or_none(self, target: str, label: "str | Words", handling: Handling, **more: Any) -> Any:
        """A fact of one kind, or the answer NONE: that there is none was looked at, not forgotten."""
        return _with(
            self._key(target, nullable=True),
            self._column("ref_or_none", label, handling, target=target, **more),
        )

    def key(self, label: "str | Words", handling: Handling, **more: Any) -> Any:
        """The key of a fact of one of several kinds: keys are unique over all tables. target: their tables."""
        return _with(
            models.BigIntegerField(null=not self.required, blank=not self.required),
            self._column("key", label, handling, **more),
        )

    def keys(self, label: "str | Words", handling: Handling, **more: Any) -> Any:
        return _with(
            ArrayField(models.BigIntegerField(), blank=not self.required, default=list),
            self._column("keys", label, handling, **more),
        )

    def file(self, label: "str | Words", handling: Handling, **more: Any) -> Any:
        """The random name under which a file is kept. target: columns of the same row that tell of the file."""
        return _with(
            models.CharField(max_length=FILE_NAME_LENGTH, blank=True, default=""),
            self._column("file", label, handling, **more),
        )

    def _key(self, target: str, *, nullable: bool = False) -> Any:
        return models.ForeignKey(
            target,
            on_delete=models.PROTECT,
            related_name="+",
            null=nullable or not self.required,
            blank=nullable or not self.required,
            db_index=False,
        )


must = Asker(required=True)
may = Asker(required=False)


class RecordBase(models.base.ModelBase):
    """Adds, beside each open vocabulary, the column for the words of OTHER."""

    def __new__(cls, name: str, bases: tuple[type, ...], attrs: dict[str, Any], **kwargs: Any) -> Any:
        for field_name, field in list(attrs.items()):
            column = column_of(field)
            if column is not None and column.vocabulary is not None and "OTHER" in column.vocabulary.codes():
                attrs.setdefault(
                    f"{field_name}_other",
                    _with(
                        models.CharField(max_length=LONGEST_OTHER, blank=True, default=""),
                        Column(
                            kind="other",
                            label=_("If “other”: in your own words"),
                            handling=max_handling(column.handling, Handling.SENSITIVE),
                            required=False,
                            limit=LONGEST_OTHER,
                            asks=f"{column.asks}_other" if column.asks else "",
                            target=field_name,
                        ),
                    ),
                )
        return super().__new__(cls, name, bases, attrs, **kwargs)


def codes_chosen_in(row: models.Model) -> list[str]:
    """The codes that were chosen: what the audit may keep of the answers."""
    chosen: list[str] = []
    for field in row._meta.concrete_fields:
        column = column_of(field)
        if column is not None and column.vocabulary is not None:
            value = getattr(row, field.attname)
            chosen += value if isinstance(value, list) else [value] if value else []
    return chosen


def max_handling(one: Handling, other: Handling) -> Handling:
    """The stricter of two classes: free words are never handled more loosely than their code."""
    order = list(Handling)
    return max(one, other, key=order.index)
