"""Sentences of the desk and the case page: who she is, how old, by when."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nrm.casefile.models import Waiting
from nrm.casefile.rules import FULL_AGE
from nrm.desk.queries import Described
from nrm.kernel.days import anniversary


def age_in_words(
    born: date | None, age_from: int | None, age_to: int | None, today: date, *, child: bool
) -> str:
    """ "15", "about 14 to 17", or "age not known"."""
    if born is not None:
        years = today.year - born.year - (today < anniversary(born, today.year - born.year))
        if (
            child and years >= FULL_AGE
        ):  # a date that is disputed or was decided against never makes her an adult here
            return _("age not certain, treated as a child")
        return ngettext("%(n)d year old", "%(n)d years old", years) % {"n": years}
    if age_from is not None and age_to is not None and age_from != age_to:
        return _("about %(low)d to %(high)d") % {"low": age_from, "high": age_to}
    if age_from is not None:
        return _("about %(age)d") % {"age": age_from}
    return _("age not known")


def called(one: Described | None, today: date) -> str:
    """What she is called and about how old she is, as far as this person may know; empty if not at all."""
    if one is None:
        return ""
    sexes = {"FEMALE": _("A girl"), "MALE": _("A boy")}
    name = one.called or (sexes.get(one.sex, _("A child")) if one.sex else "")
    if not name:
        return ""
    age = age_in_words(one.born, one.age_from, one.age_to, today, child=one.child)
    return _("%(name)s, %(age)s") % {"name": name, "age": age}


def by_when(waiting: Waiting, now: datetime, today: date) -> tuple[str, str]:
    """(words, tone) of a due moment: "Overdue by 2 days", "Today, 14:00", "Wed 1 Apr"."""
    if waiting.due_at is None:
        return "", "none"
    local = timezone.localtime(waiting.due_at)
    day = waiting.due_day or local.date()
    if (waiting.due_day and waiting.due_day < today) or (not waiting.due_day and waiting.due_at < now):
        days = (today - day).days
        if days < 1:
            return _("Overdue since %(time)s") % {"time": date_format(local, "H:i")}, "urgent"
        return ngettext("Overdue by %(n)d day", "Overdue by %(n)d days", days) % {"n": days}, "urgent"
    if day == today:
        if waiting.due_day:
            return _("Today"), "soon"
        return _("Today, %(time)s") % {"time": date_format(local, "H:i")}, "soon"
    words = date_format(day, "D j M") if waiting.due_day else date_format(local, "D j M, H:i")
    return words, "calm"


TASK: Mapping[str, Any] = dict.fromkeys(
    ("title", "url", "about", "reference", "why", "tag", "tone", "why_not"), ""
)


def task(title: object, url: str = "", **more: object) -> dict[str, Any]:
    """A row of components/tasks.html. Whole: what a template looks for in vain costs as much as ten finds."""
    return {**TASK, "title": title, "url": url, **more}
