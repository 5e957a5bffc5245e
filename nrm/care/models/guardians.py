"""Facts of care: who is at her side."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from nrm.care.terms import GuardianEnd, GuardianKind, Objector
from nrm.casefile.models import Fact, MayHearTheChild
from nrm.kernel.columns import may, must
from nrm.kernel.handling import Handling

P, O, S, ID = Handling.PSEUDONYM, Handling.ORDINARY, Handling.SENSITIVE, Handling.IDENTIFYING


class Guardianship(Fact, MayHearTheChild):
    """From this day on this person is her guardian.

    Only the first day is kept: it lasts until the next one begins, until it is ended, or until she is of
    age. Two at once cannot be written down. Source: CETS 197 art. 10(4)(a).
    """

    kind = must.code(GuardianKind, _("For now, or to stay?"), O, system=True)
    guardian = must.person(_("Who will be her guardian?"), O)
    since = must.day(_("From which day?"), O, asks="from")
    by_decision_of = may.text(200, _("Who decided it?"), O)
    reference = may.text(64, _("Reference of that decision"), ID)

    told = _("Guardian appointed")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["guardian"], name="care_children_of_guardian")
        ]


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
