"""Days and moments in words, where a text may stand as well."""

from datetime import date, datetime
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import is_aware, localtime
from django.utils.translation import pgettext

register = template.Library()


@register.filter
def moment(when: Any) -> Any:
    """A date or datetime as `<time>`, in local time; anything else as it is."""
    if not isinstance(when, date):
        return when
    if isinstance(when, datetime):
        local = localtime(when) if is_aware(when) else when
        at = pgettext("date format", "j M Y, H:i")
        return format_html('<time datetime="{}">{}</time>', local.isoformat(), date_format(local, at))
    on = pgettext("date format", "j M Y")
    return format_html('<time datetime="{}">{}</time>', when.isoformat(), date_format(when, on))
