"""Where she lives, and which beds are free: derived from the facts on any day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from nrm.agencies.models import Bed
from nrm.agencies.terms import Role
from nrm.care.keeping_beds import beds_taken
from nrm.care.models import Assessment, Placement, PlacementEnd
from nrm.care.terms import Accommodation, AssessmentQuestion
from nrm.casefile.facts import Facts
from nrm.casefile.models import Fact
from nrm.kernel.actor import Actor
from nrm.kernel.terms import Tern


def placement(facts: Facts, on: date) -> Placement | None:
    """The one that runs on a day: the newest begun by then, unless it was ended."""
    begun = [one for one in facts.of(Placement) if one.since <= on]
    if not begun:
        return None
    newest = max(begun, key=lambda one: (one.since, one.at, one.pk))
    if any(end.placement_id == newest.pk and end.on < on for end in facts.of(PlacementEnd)):
        return None
    return newest


def reviewed_by(facts: Facts) -> Iterator[tuple[Fact, bool]]:
    """What looks at where she lives, oldest first, and whether it must be looked at again after it.

    Not while she lives with her parents or nowhere. Source: CRC art. 25.
    """
    again = False
    for fact in facts.standing:
        if isinstance(fact, Placement):
            again = fact.type != Accommodation.WITH_PARENTS
            yield fact, again
        elif isinstance(fact, PlacementEnd):
            newest = [one for one in facts.of(Placement) if (one.at, one.pk) < (fact.at, fact.pk)]
            again = again and bool(newest) and newest[-1].pk != fact.placement_id
            yield fact, again
        elif isinstance(fact, Assessment) and fact.question == AssessmentQuestion.PLACEMENT:
            yield fact, again


@dataclass(frozen=True)
class Wanted:
    """What bed is looked for. sex: a bed for the other one is left out. step_free: only beds known to be so.

    until: the bed must still be offered on that day; that somebody else has it later rules it out in any case.
    """

    since: date
    until: date | None = None
    sex: str = ""
    step_free: bool = False


def free_beds(actor: Actor, wanted: Wanted) -> list[Bed]:
    """Beds for children that nobody has from that day on, confirmed last first; only for those who place.

    It names agencies and beds; no address is kept. No adult who is a stranger to her sleeps there.
    """
    if Role.CW not in actor.roles:
        return []
    beds = Bed.objects.filter(for_children=True, adult_strangers=False).select_related("agency")
    taken = beds_taken(wanted.since)
    fits = [bed for bed in beds if bed.pk not in taken and suits(bed, wanted)]
    return sorted(fits, key=lambda bed: (-(bed.confirmed_at.timestamp() if bed.confirmed_at else 0), bed.key))


def suits(bed: Bed, wanted: Wanted) -> bool:
    days = [day for day in (wanted.since, wanted.until) if day is not None]
    for_her = bed.for_sex in ("", wanted.sex or bed.for_sex)
    return for_her and all(map(bed.is_offered, days)) and (bed.step_free == Tern.YES or not wanted.step_free)
