"""Days and moments as people type and read them: boxes, or ISO text from a file; what is wrong gets a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import from_current_timezone
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from nrm.kernel.forms import Words


def in_words(at: datetime, how: str) -> str:
    """A moment by the country's clock, in the letters of `date_format`, which alone would say it in UTC."""
    return str(date_format(timezone.localtime(at), how))


class Box(NamedTuple):
    """One box to type in: what it is called, its ending in the name, its class for width."""

    label: Words
    width: str


DAY, MONTH, YEAR = Box(_("Day"), ""), Box(_("Month"), ""), Box(_("Year"), "w4")
TIME = Box(_("Time, 24 hours"), "w4")


class DateBoxes(forms.Widget):
    """Day, month and year in three numeric boxes named x_0, x_1 and x_2."""

    template_name = "forms/widgets/boxes.html"
    use_fieldset = True
    boxes: ClassVar[Sequence[Box]] = (DAY, MONTH, YEAR)
    optional_words = _("(if you know it)")

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        """The group has a legend; the first box is what an error links to."""
        return f"{id_}_0" if id_ and index == "0" else ""

    def parts(self, value: Any) -> list[str]:
        """What stands in each box for a value: a date, ISO text, or boxes as they were typed."""
        if isinstance(value, list | tuple):
            return [str(part or "") for part in value]
        if isinstance(value, str):
            try:
                value = date.fromisoformat(value.strip()[:10])
            except ValueError:
                return [value]
        return [str(value.day), str(value.month), str(value.year)] if value else []

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        widget = context["widget"]
        parts = self.parts(value) + [""] * len(self.boxes)
        widget["boxes"] = [
            {
                "name": f"{name}_{index}",
                "id": f"{widget['attrs'].get('id', 'id_' + name)}_{index}",
                "label": box.label,
                "width": box.width,
                "value": parts[index],
            }
            for index, box in enumerate(self.boxes)
        ]
        return context

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """The boxes as typed, or the plain value when a file or JSON gives one."""
        if name in data:
            return data[name]
        typed = [data.get(f"{name}_{index}") for index in range(len(self.boxes))]
        return [str(part or "").strip() for part in typed] if any(typed) else None

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data and not any(f"{name}_{i}" in data for i in range(len(self.boxes)))


class MomentBoxes(DateBoxes):
    """A day in three boxes and a time in a fourth, x_3: 14:05, 14.05 and 1405 are all understood."""

    boxes: ClassVar[Sequence[Box]] = (DAY, MONTH, YEAR, TIME)

    def parts(self, value: Any) -> list[str]:
        if isinstance(value, str):
            value = parse_moment(value) or value
        if isinstance(value, datetime):
            value = timezone.localtime(value) if timezone.is_aware(value) else value
            return [*super().parts(value), f"{value:%H:%M}"]
        return super().parts(value)


MISSING = (
    _("The day is missing. Write a number from 1 to 31."),
    _("The month is missing. Write a number from 1 to 12."),
    _("The year is missing. Write four digits, for example 2026."),
)
NOT_A_NUMBER = (
    _("The day is not a number from 1 to 31. Correct the day."),
    _("The month is not a number from 1 to 12. Correct the month."),
    _("The year does not have four digits. Write it like 2026."),
)
LONGEST_NUMBER = 10  # digits that are looked at; a day is never longer
ALLOWED = (range(1, 32), range(1, 13), range(1000, 10000))


def date_from_boxes(boxes: Sequence[str]) -> date:
    """The day that three boxes mean. Raises ValidationError with one sentence for each box to correct."""
    wrong: list[ValidationError] = []
    numbers: list[int] = []
    for box, missing, no_number, allowed in zip(boxes, MISSING, NOT_A_NUMBER, ALLOWED, strict=False):
        if not box:
            wrong.append(ValidationError(missing, code="missing"))
        elif not box.isdecimal() or len(box) > LONGEST_NUMBER or int(box) not in allowed:
            wrong.append(ValidationError(no_number, code="number"))
        else:
            numbers.append(int(box))
    if wrong:
        raise ValidationError(wrong)
    day, month, year = numbers
    try:
        return date(year, month, day)
    except ValueError:
        raise ValidationError(
            _("This day does not exist in that month. Check the day and the month."), code="no_such_day"
        ) from None


def time_from_box(text: str) -> time:
    """The time that "14:05", "14.05", "14 05", "1405" or "9" means. Raises ValidationError."""
    digits = text
    for sign in ":.h ٫":
        digits = digits.replace(sign, " ")
    hours, _sign, minutes = digits.strip().partition(" ")
    if not minutes and len(hours) > 2:
        hours, minutes = hours[:-2], hours[-2:]
    try:
        return time(int(hours), int(minutes or 0))
    except (ValueError, OverflowError):
        raise ValidationError(
            _("The time is not understood. Write hours and minutes, for example 14:05."), code="time"
        ) from None


def parse_moment(text: str) -> datetime | None:
    """ISO text with a day and a time, or None. A day alone is not a moment."""
    try:
        return parse_datetime(text.strip()) if len(text.strip()) > len("2026-03-02") else None
    except ValueError:
        return None


class DayField(forms.DateField):
    """A day, typed in three boxes; also a date or ISO text such as "2026-03-02"."""

    widget = DateBoxes
    default_error_messages: ClassVar[dict[str, Words]] = {
        "required": _("No date yet. Write the day, the month and the year."),
        "invalid": _("The date is not understood. Write it like 2026-03-02."),
    }

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values or (isinstance(value, list | tuple) and not any(value)):
            return None
        if isinstance(value, datetime):
            return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
        if isinstance(value, date):
            return value
        if isinstance(value, list | tuple):
            return date_from_boxes(value)
        try:
            return date.fromisoformat(str(value).strip())
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None


class MomentField(forms.DateTimeField):
    """An aware moment, typed as a day and a time here; also ISO text, with or without an offset."""

    widget = MomentBoxes
    default_error_messages: ClassVar[dict[str, Words]] = {
        "required": _("No day and time yet. Write both, for example 2 3 2026, 14:05."),
        "invalid": _("The moment is not understood. Write it like 2026-03-02T14:05."),
        "no_time": _("The time is missing. Write hours and minutes, for example 14:05."),
        "clock": _("The clocks changed at that time. Write a time one hour later."),
    }

    def to_python(self, value: Any) -> datetime | None:
        if value in self.empty_values or (isinstance(value, list | tuple) and not any(value)):
            return None
        if isinstance(value, list | tuple):
            return self.here(self.from_boxes(value))
        moment = value if isinstance(value, datetime) else parse_moment(str(value))
        if moment is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return timezone.localtime(moment) if timezone.is_aware(moment) else self.here(moment)

    def from_boxes(self, boxes: Sequence[str]) -> datetime:
        """Day and time together; says everything that is wrong at once."""
        wrong: list[ValidationError] = []
        day, clock = date.min, time.min
        try:
            day = date_from_boxes(boxes[:3])
        except ValidationError as error:
            wrong.append(error)
        try:
            if not boxes[3]:
                raise ValidationError(self.error_messages["no_time"], code="missing")
            clock = time_from_box(boxes[3])
        except ValidationError as error:
            wrong.append(error)
        if wrong:
            raise ValidationError(wrong)
        return datetime.combine(day, clock)

    def here(self, naive: datetime) -> datetime:
        """The moment in the current time zone; refuses an hour that the clocks skipped or repeated."""
        try:
            moment: datetime = from_current_timezone(naive)
        except ValidationError:
            raise ValidationError(self.error_messages["clock"], code="clock") from None
        return moment
