"""Form fields for the kinds of columns that name something: agencies, people, facts, cases, countries, languages.

One form serves pages, the JSON endpoint and rehearsal files: agencies and people are named by their key,
facts by theirs, cases by reference.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.utils.translation import gettext_lazy as _

from nrm.agencies.models import Agency
from nrm.casefile.models import Case
from nrm.casefile.references import as_read
from nrm.kernel.files.kinds import ENDINGS, LARGEST

NOT_KNOWN = "NOT_KNOWN"
NONE = "NONE"
NO_SUCH = _("This is not in the list. Choose one that is.")


def no_stray_characters(text: str) -> None:
    """Refuses NUL and half characters, which no database keeps."""
    if "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise ValidationError(
            _("The text holds characters that cannot be kept. Type it again."), code="stray"
        )


class KeyField(forms.Field):
    """One record of a table, named by a key. `find` turns the text into the record, or None."""

    def __init__(
        self, find: Callable[[str], Any], choices: Iterable[tuple[str, Any]] = (), **kwargs: Any
    ) -> None:
        kwargs.setdefault("widget", forms.Select(choices=[("", ""), *choices]))
        super().__init__(**kwargs)
        self.find = find

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        if isinstance(value, models.Model):
            return value
        no_stray_characters(str(value))
        found = self.find(str(value).strip())
        if found is None:
            raise ValidationError(NO_SUCH, code="no_such")
        return found


class KeyOrNoneField(KeyField):
    """The same, where NONE is an answer too."""

    def clean(self, value: Any) -> Any:
        return None if value == NONE else super().clean(value)


class KeysField(forms.Field):
    """Several records, in the order given."""

    def __init__(
        self, find: Callable[[str], Any], choices: Iterable[tuple[str, Any]] = (), **kwargs: Any
    ) -> None:
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple(choices=list(choices)))
        super().__init__(**kwargs)
        self.find = find

    def to_python(self, value: Any) -> list[Any]:
        if value in self.empty_values:
            return []
        if not isinstance(value, list | tuple):
            value = [value]
        no_stray_characters("".join(map(str, value)))
        found = [self.find(str(one).strip()) for one in value if str(one).strip()]
        if None in found:
            raise ValidationError(NO_SUCH, code="no_such")
        return found


class CodesField(forms.MultipleChoiceField):
    """Several codes, each once, in the vocabulary's order."""

    def clean(self, value: Any) -> list[str]:
        if isinstance(value, str):
            value = [value]
        chosen = set(super().clean(value))
        return [str(code) for code, _label in list(self.choices) if code in chosen]  # type: ignore[arg-type]


class FileInput(forms.FileInput):
    """Finds the file among the answers: pages, programs and stories hand it in by its name there."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        return data.get(name)

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data


class HandedInField(forms.FileField):
    """A file, not yet looked into. What it may be is the act's business; here only that it came, and its length."""

    widget = FileInput(attrs={"accept": ",".join(ENDINGS)})
    default_error_messages: ClassVar[dict[str, Any]] = {
        "too_long": _("This file is larger than %(most)d MB. Choose a smaller one, or print it to PDF.")
    }

    def to_python(self, value: Any) -> "UploadedFile[Any] | None":
        if value in self.empty_values:
            return None
        if not isinstance(value, UploadedFile):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        if value.size is not None and value.size > LARGEST:
            most = {"most": LARGEST // 1024 // 1024}
            raise ValidationError(self.error_messages["too_long"], code="too_long", params=most)
        return super().to_python(value)  # type: ignore[return-value]

    def clean(self, value: Any, initial: Any = None) -> Any:
        return forms.Field.clean(self, value)


class LettersField(forms.CharField):
    """A code of letters: a country (three capitals) or a language (three small letters)."""

    def __init__(self, pattern: str, known: Callable[[str], bool], **kwargs: Any) -> None:
        super().__init__(max_length=9, **kwargs)
        self.pattern, self.known = re.compile(pattern), known

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if text and text != NOT_KNOWN and not (self.pattern.fullmatch(text) and self.known(text)):
            raise ValidationError(NO_SUCH, code="no_such")
        return str(text)


class LettersListField(forms.Field):
    """Several such codes; typed ones may be separated by commas or spaces."""

    widget = forms.SelectMultiple  # reads every code that was chosen, not the last one only

    def __init__(self, pattern: str, known: Callable[[str], bool], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.pattern, self.known = re.compile(pattern), known

    def to_python(self, value: Any) -> list[str]:
        if value in self.empty_values:
            return []
        parts = value if isinstance(value, list | tuple) else [value]
        codes = [code for part in parts for code in re.split(r"[,\s]+", str(part)) if code]
        if any(
            code != NOT_KNOWN and not (self.pattern.fullmatch(code) and self.known(code)) for code in codes
        ):
            raise ValidationError(NO_SUCH, code="no_such")
        return list(dict.fromkeys(codes))


def agency_by_key(key: str) -> Agency | None:
    return Agency.objects.filter(key=key).first()


def case_by_reference(text: str) -> Case | None:
    """A case that this actor may see; any other is absent."""
    reference = as_read(text)
    return Case.objects.filter(reference=reference).first() if reference else None


def fact_by_key(model: type[models.Model], facts: Sequence[Any]) -> Callable[[str], Any]:
    """Finds a fact of one kind, in this case if it is a fact of cases, else through the walls."""

    def find(text: str) -> Any:
        if not re.fullmatch(r"\d{1,19}", text):
            return None
        here = next((fact for fact in facts if fact.pk == int(text) and isinstance(fact, model)), None)
        if here is not None or "case" in {field.name for field in model._meta.get_fields()}:
            return here
        return model._default_manager.filter(pk=int(text)).first()

    return find


def record_by_key(tables: Sequence[type[models.Model]], facts: Sequence[Any]) -> Callable[[str], Any]:
    """Finds a row of one of several tables: a fact of cases only in this case, any other through the walls.

    Keys are unique over all tables.
    """
    finders = [fact_by_key(table, facts) for table in tables]

    def find(text: str) -> Any:
        rows = (find_one(text) for find_one in finders)
        return next((row for row in rows if row is not None), None)

    return find
