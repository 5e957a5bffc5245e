"""Where she lives, as far as it can be said without saying where; and what a place must never be."""

from collections.abc import Iterator

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nrm.care.beside import day, for_who_may_read, said, sees
from nrm.care.models import Placement
from nrm.care.queries import placement
from nrm.care.terms import Accommodation
from nrm.casefile.beside import Part, Reader, signed_by
from nrm.contact.queries import relationships_of
from nrm.kernel.handling import Handling
from nrm.kernel.terms import Tern

NEVER = said(
    gettext_lazy("What is never her home"),
    gettext_lazy("A cell, a police station or a closed centre: detention is not care, for one night either."),
    gettext_lazy("A hotel, or a bed that is not registered for children."),
    gettext_lazy("A place where adults sleep who are not her family."),
    gettext_lazy(
        "A place apart from a brother or sister with whom she belongs, unless the reason is written down."
    ),
    gettext_lazy("A place in another State that has not agreed yet."),
    gettext_lazy("A bed that another child has on these days."),
)


def _now(reader: Reader) -> Iterator[Part]:
    """Kind, since when, whether it suits a child. Who runs it and where it is are no part of this."""
    found, title = placement(reader.facts, reader.facts.today), _("Her place today")
    if found is None:
        yield Part(title, lines=[_("No place is written down for today.")])
    elif not sees(reader, found):
        yield Part(title, lines=[_("Not shared with you")])
    else:
        yield Part(
            title,
            rows=[
                {"label": _("Kind of place"), "values": [capfirst(str(Accommodation(found.type).label))]},
                {"label": _("Since"), "values": [day(found.since)]},
                {"label": _("Suited to children"), "values": [_suited(found)], "note": _registered(found)},
            ],
            signed=signed_by(found),
        )


def _suited(found: Placement) -> str:
    bed = found.registered
    if bed is None:
        return capfirst(str(Tern.NOT_KNOWN.label))
    yes = bed.for_children and not bed.adult_strangers
    return capfirst(str((Tern.YES if yes else Tern.NO).label))


def _registered(found: Placement) -> str:
    return _("By the register of beds") if found.registered is not None else _("It is no bed of the register")


HER_PLACE = for_who_may_read(_now, gettext_lazy("Her place today"))


def located(reader: Reader) -> Part | None:
    """Everything that says where she is, for who may know it; None for anyone else."""
    found, title = placement(reader.facts, reader.facts.today), _("Where it is")
    if found is None or not sees(reader, found, Handling.LOCATING):
        return None
    rows = [
        {"label": _("Address"), "values": [found.address] if found.address else []},
        {"label": _("Run by"), "values": [str(found.provider)] if found.provider_id else []},
        {"label": _("Bed"), "values": [found.bed] if found.bed else []},
    ]
    return Part(title, rows=rows, lines=[_("That you asked is recorded: your name, the hour, and what for.")])


def may_ask_where(reader: Reader) -> bool:
    found = placement(reader.facts, reader.facts.today)
    return found is not None and sees(reader, found, Handling.LOCATING)


def belongs_with(reader: Reader) -> Iterator[Part]:
    """Whether another child must stay with her: that there is one, never who or where."""
    if not reader.sight.opens(Handling.ORDINARY):
        return
    newest = {
        frozenset((one.case_id, one.other_case_id)): one for one in relationships_of(reader.facts.the_case.pk)
    }
    if any(one.keep_together == Tern.YES for one in newest.values()):
        yield Part(
            _("She belongs with another child"),
            lines=[_("They stay together. If they are placed apart, the reason is written down.")],
        )
