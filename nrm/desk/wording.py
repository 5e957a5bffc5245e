"""Sentences of the desk and the case page: who she is, how old, by when."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from nrm.casefile.rules import FULL_AGE
from nrm.desk.queries import Described
from nrm.kernel.days import anniversary
from nrm.kernel.vocabulary import Words

SEXES: Mapping[str, Words] = {"FEMALE": gettext_lazy("A girl"), "MALE": gettext_lazy("A boy")}
A_CHILD = gettext_lazy("A child")


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
    name = one.called or (str(SEXES.get(one.sex, A_CHILD)) if one.sex else "")
    if not name:
        return ""
    age = age_in_words(one.born, one.age_from, one.age_to, today, child=one.child)
    return _("%(name)s, %(age)s") % {"name": name, "age": age}


def by_when(due_at: datetime | None, due_day: date | None, now: datetime, today: date) -> tuple[str, str]:
    """(words, tone) of a due moment, or of the end of a due day: "Overdue by 2 days", "Today, 14:00", "Wed 1 Apr"."""
    if due_at is None:
        return "", "none"
    local = timezone.localtime(due_at)
    day = due_day or local.date()
    if (due_day and due_day < today) or (not due_day and due_at < now):
        days = (today - day).days
        if days < 1:
            return _("Overdue since %(time)s") % {"time": date_format(local, "H:i")}, "urgent"
        return ngettext("Overdue by %(n)d day", "Overdue by %(n)d days", days) % {"n": days}, "urgent"
    if day == today:
        if due_day:
            return _("Today"), "soon"
        return _("Today, %(time)s") % {"time": date_format(local, "H:i")}, "soon"
    words = date_format(day, "D j M") if due_day else date_format(local, "D j M, H:i")
    return words, "calm"


TASK: Mapping[str, Any] = dict.fromkeys(
    ("title", "url", "about", "reference", "why", "tag", "tone", "parts", "why_not"), ""
)


def task(title: object, url: str = "", **more: object) -> dict[str, Any]:
    """A row of components/tasks.html. Whole: what a template looks for in vain costs as much as ten finds."""
    return {**TASK, "title": title, "url": url, **more}
