"""Facts about where she lives, and the register of beds as its agencies confirm it."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nrm.care.terms import Accommodation, BedSuits, PlacementEndReason
from nrm.casefile.models import BestInterests, Fact, MustHearTheChild, Record
from nrm.kernel.columns import may, must
from nrm.kernel.handling import Handling
from nrm.kernel.walls import AGENCY, Wall, actor_part, on_the_case

P, O, S, L = Handling.PSEUDONYM, Handling.ORDINARY, Handling.SENSITIVE, Handling.LOCATING


class Placement(MustHearTheChild, BestInterests, Fact):
    """From this day on she lives there. Everything that says where is LOCATING, the agency too.

    Only the first day is kept: it lasts until the next placement begins or until it is ended.
    Source: CETS 197 art. 12(1)(a); CRC art. 20.
    """

    type = must.code(Accommodation, _("What kind of place is it?"), O)
    provider = may.agency(_("Which agency runs it?"), L)
    bed = may.text(64, _("Which bed of its register?"), L)
    registered = may.ref("agencies.Bed", _("Which bed?"), L, system=True)
    address = may.text(300, _("Where is it? Only those who may know where she sleeps will see this."), L)
    country = may.country(_("In which country, if it is not this one?"), L)
    since = must.day(_("From which day?"), O, asks="from")
    apart_because = may.text(500, _("If she is kept apart from a child she belongs with: why?"), S)

    told = _("A place to live")


class PlacementEnd(Fact):
    """The last day of a placement that no other follows."""

    placement = must.ref("care.Placement", _("Which placement?"), P, system=True)
    reason = must.code(PlacementEndReason, _("Why does she no longer live there?"), O)
    on = must.day(_("What was the last day?"), O)

    told = _("No longer lives there")


class BedConfirmed(Record):
    """An agency says of one of its beds for whom it is and when it is offered. Each time anew, never edited.

    Source: Directive 2011/36/EU art. 11(5), (5a): enough places, and suited to children.
    """

    bed = must.text(64, _("Which bed? A short name, never an address."), L)
    for_children = must.tern(_("Is it registered for children?"), O)
    adult_strangers = must.tern(_("Do adults who are not her family live there?"), O)
    suits = must.code(BedSuits, _("For whom is it?"), O)
    step_free = must.tern(_("Can it be reached without steps?"), O)
    free_from = may.day(_("Offered from which day?"), O)
    free_until = may.day(_("Offered until which day?"), O)

    told = _("A bed was confirmed")
    _own = f"by_agency_id = {actor_part(AGENCY)}"
    wall: ClassVar[Wall] = Wall(read=_own, insert=_own, append_only=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(free_from=None) | Q(free_until=None) | Q(free_from__lte=F("free_until")),
                name="care_bed_days_upright",
            )
        ]


class Stay(models.Model):
    """Which days a placement takes: kept by triggers from the facts, so that a bed cannot be given twice.

    Written by nobody but the triggers (`care/keeping_beds.py`). The key is that of its placement.
    """

    id = models.BigIntegerField(primary_key=True, editable=False)
    case = models.ForeignKey("casefile.Case", on_delete=models.PROTECT, related_name="+", db_index=False)
    bed = models.ForeignKey(
        "agencies.Bed", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    during = DateRangeField()

    privacy: ClassVar[dict[str, Handling]] = {**dict.fromkeys(("id", "case"), P), "bed": L, "during": O}
    wall: ClassVar[Wall] = Wall(read=on_the_case())

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            ExclusionConstraint(
                name="care_one_home_at_a_time",
                expressions=[("case", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
            ),
            ExclusionConstraint(
                name="care_one_child_a_bed",
                expressions=[("bed", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                condition=Q(bed__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
