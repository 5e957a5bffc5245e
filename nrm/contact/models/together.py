"""Children found together and children who belong together. Each has a case of her own."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nrm.casefile.models import Fact, Record
from nrm.contact.terms import EventKind, Kin
from nrm.kernel.columns import may, must
from nrm.kernel.handling import Handling
from nrm.kernel.walls import AGENCY, CASE_FACT, Wall, actor_part, on_the_case

P, O, S, L = Handling.PSEUDONYM, Handling.ORDINARY, Handling.SENSITIVE, Handling.LOCATING
MOST_CHILDREN = 500


class Event(Record):
    """Where several children were met at once. It has no case: one case per child, never one per group."""

    kind = must.code(EventKind, _("What happened?"), O)
    on = must.day(_("On which day?"), O)
    place = may.text(300, _("Where?"), L)
    children_seen = must.number(1, MOST_CHILDREN, _("How many children were seen?"), O)

    told = _("Several children were met together")
    wall: ClassVar[Wall] = Wall(
        read=(
            f"(by_agency_id = {actor_part(AGENCY)}"
            " OR EXISTS (SELECT 1 FROM contact_eventlink l WHERE l.event_id = {t}.id))"
        ),
        insert=f"by_agency_id = {actor_part(AGENCY)}",
        append_only=True,
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(children_seen__gte=1, children_seen__lte=MOST_CHILDREN),
                name="contact_children_seen",
            )
        ]


class EventLink(Fact):
    """This child was one of those met there."""

    event = must.ref("contact.Event", _("Where was she met together with other children?"), O)

    told = _("She was met together with other children")
    wall = CASE_FACT

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["event"], name="contact_links_of_event")
        ]


class Relationship(Fact):
    """What two children are to each other. One row for both: whoever is on either case reads it.

    Whoever writes it is on both cases. Source: CRC art. 9, 20; siblings stay together.
    """

    other_case = must.case(_("Which other child?"), P)
    kind = must.code(Kin, _("What are they to each other?"), O)
    keep_together = must.tern(_("Must they stay together?"), O)
    note = may.text(300, _("Anything else about the two?"), S)

    told = _("Belongs together with another child")
    wall = Wall(
        read=f"({on_the_case()} OR {on_the_case('other_case_id')})",
        insert=f"({on_the_case()} AND {on_the_case('other_case_id')})",
        append_only=True,
    )

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["other_case"], name="contact_relationship_other")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(case=models.F("other_case")), name="contact_relationship_to_another"
            )
        ]
