"""Turning 18: planned half a year before; nothing ends on the birthday but what the country ends."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from nrm.care.beside import day, sees
from nrm.care.models import TransitionPlan
from nrm.casefile.beside import Part, Reader, shown, signed_by
from nrm.casefile.facts import Facts
from nrm.casefile.questions import presumed
from nrm.kernel.days import due_before_day
from nrm.kernel.handling import Handling

OPENS = "TRANSITION_PLAN_OPENS_BEFORE_18"


def opens_on(facts: Facts) -> date | None:
    """The first day on which adult life is planned; None where no birth date is relied on."""
    adult_on = presumed(facts, facts.today).until
    if adult_on is None:
        return None
    opens = due_before_day(adult_on, facts.pack.length(OPENS), facts.pack.calendar)
    return opens.day if opens is not None else None


def is_near(facts: Facts) -> bool:
    """Whether the page shows itself: from half a year before 18, and while no birth date is relied on, never."""
    opens = opens_on(facts)
    return opens is not None and opens <= facts.today


def birthday(reader: Reader) -> Iterator[Part]:
    """How long it is until she is 18; the day itself only for who may know who she is."""
    facts, title = reader.facts, _("Turning 18")
    adult_on = presumed(facts, facts.today).until
    if adult_on is None:
        yield Part(title, lines=[_("No birth date is relied on. She is planned with as soon as one is.")])
        return
    days = (adult_on - facts.today).days
    if reader.sight.opens(Handling.IDENTIFYING):
        yield Part(
            title, rows=[{"label": _("She turns 18 on"), "values": [day(adult_on)], "note": _in(days)}]
        )
    elif reader.sight.opens(Handling.ORDINARY):
        yield Part(title, lines=[_("Within half a year") if is_near(facts) else _("Not within half a year")])
    else:
        yield Part(title, lines=[_("Not shared with you")])


def _in(days: int) -> str:
    if days <= 0:
        return str(_("She is of age."))
    return ngettext("in %(days)d day", "in %(days)d days", days) % {"days": days}


def her_plan(reader: Reader) -> Iterator[Part]:
    """What was planned with her."""
    plan = reader.facts.latest(TransitionPlan)
    if plan is not None and sees(reader, plan):
        yield Part(_("The plan"), rows=shown(reader, plan), signed=signed_by(plan))
    elif plan is None:
        yield Part(_("The plan"), lines=[_("Nothing was planned with her yet.")])


STAYS = (
    gettext_lazy("The place where she lives stays hers."),
    gettext_lazy(
        "Every service goes on. She is asked herself from then on; help does not wait for her answer."
    ),
    gettext_lazy("Her time to recover, her residence permit and every decision go on as they are."),
)


def what_stays(reader: Reader) -> Iterator[Part]:
    """Nothing ends on the birthday; the guardian as the country's law says."""
    ends = reader.facts.pack.guardianship_ends_at_18
    guardian = (
        _(
            "Her guardian's office ends that day by the law of this country; a support person stays if she wants one."
        )
        if ends
        else _("Her guardian stays at her side for as long as she wants.")
    )
    yield Part(_("Nothing ends on the birthday"), lines=[*map(str, STAYS), guardian])
