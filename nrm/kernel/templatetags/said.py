"""Days and moments in words, where a text may stand as well."""

from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import is_aware, localtime
from django.utils.translation import get_language, pgettext

register = template.Library()


@register.filter
def moment(when: Any) -> Any:
    """A date or datetime as `<time>`, in local time; anything else as it is."""
    if not isinstance(when, date):
        return when
    if isinstance(when, datetime):
        when = localtime(when) if is_aware(when) else when
        words = pgettext("a day, a time of that day", "%(day)s, %(time)s") % {
            "day": _day(when.date(), get_language()),
            "time": f"{when:%H:%M}",
        }
    else:
        words = _day(when, get_language())
    return format_html('<time datetime="{}">{}</time>', when.isoformat(), words)


@lru_cache(maxsize=4096)  # a page says fifty moments of few days
def _day(day: date, language: str | None) -> str:
    """A day in words of the language that is spoken now; it is named so that each has words of its own."""
    return date_format(day, pgettext("date format", "j M Y"))
