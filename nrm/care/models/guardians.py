"""Facts of care: who is at her side."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from nrm.care.terms import GuardianEnd, GuardianKind, Objector
from nrm.casefile.models import Fact, MayHearTheChild
from nrm.kernel.columns import may, must
from nrm.kernel.handling import Handling
from nrm.kernel.walls import Wall, on_the_case

P, O, S, ID = Handling.PSEUDONYM, Handling.ORDINARY, Handling.SENSITIVE, Handling.IDENTIFYING


class Guardianship(Fact, MayHearTheChild):
    """From this day on this person is her guardian.

    Only the first day is kept: it lasts until the next one begins, until it is ended, or until she is of
    age. Which days that makes is kept in `Guarded`: two at once cannot be written down. Source: CETS 197 art. 10(4)(a).
    """

    kind = must.code(GuardianKind, _("For now, or to stay?"), O, system=True)
    guardian = must.person(_("Who will be her guardian?"), O)
    since = must.day(_("From which day?"), O, asks="from")
    by_decision_of = may.text(200, _("Who decided it?"), O)
    reference = may.text(64, _("Reference of that decision"), ID)

    told = _("Guardian appointed")


class GuardianshipEnd(Fact):
    """The last day of a guardianship that no other follows."""

    guardianship = must.ref("care.Guardianship", _("Which guardianship?"), P, system=True)
    reason = must.code(GuardianEnd, _("Why does it end?"), O)
    on = must.day(_("What is its last day?"), O)

    told = _("Guardianship ended")


class GuardianObjection(Fact):
    """She, or someone for her, objects to the guardian. Source: CRC art. 12; CETS 197 art. 10(4)(a)."""

    guardianship = may.ref("care.Guardianship", _("Which guardianship?"), P, system=True)
    by = must.code(Objector, _("Who objects?"), O)
    why = must.long(2000, _("Why?"), S)

    told = _("Objection to the guardian")


class Guarded(models.Model):
    """Which days a guardianship lasts: kept by a trigger from the facts. Whether she is a child is not asked here.

    Written by nobody but the trigger (`care/counting.py`). The key is that of its guardianship.
    """

    id = models.BigIntegerField(primary_key=True, editable=False)
    case = models.ForeignKey("casefile.Case", on_delete=models.PROTECT, related_name="+", db_index=False)
    guardian = models.ForeignKey("agencies.Person", on_delete=models.PROTECT, related_name="+")
    during = DateRangeField()

    privacy: ClassVar[dict[str, Handling]] = {
        **dict.fromkeys(("id", "case"), P),
        **dict.fromkeys(("guardian", "during"), O),
    }
    wall: ClassVar[Wall] = Wall(read=on_the_case())

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            ExclusionConstraint(
                name="care_one_guardian_at_a_time",
                expressions=[("case", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)
