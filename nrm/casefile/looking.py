"""Look at a case to show it. Whoever looks is recorded, and so is a look that was refused."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from nrm.audit import trail
from nrm.casefile import story
from nrm.casefile.doing import Doing
from nrm.casefile.facts import Facts
from nrm.casefile.sight import Sight, sight_of
from nrm.kernel import refusals
from nrm.kernel.refusals import Refused
from nrm.kernel.signature import bind


@dataclass(frozen=True)
class Looked:
    """A case as one person sees it at one moment; the look is recorded."""

    facts: Facts
    sight: Sight
    names: Mapping[int, str] = field(default_factory=dict)


def look(doing: Doing, reference: str, *, page: str = "casefile.look", purpose: str = "") -> Looked:
    """Read a case to show it. Writes the look in the open transaction; raises Refused(NOT_FOUND) for outsiders."""
    bind(doing.actor, now=doing.now, using=doing.using)
    facts = story.read(reference, now=doing.now, pack=doing.pack, using=doing.using)
    sight = sight_of(doing.actor, facts) if facts is not None else None
    if facts is None or not sight:
        trail.record(
            page,
            trail.DENIED,
            actor=doing.actor,
            now=doing.now,
            codes=[refusals.NOT_FOUND.code],
        )
        raise Refused([refusals.NOT_FOUND])
    trail.record(
        page,
        trail.LOOK,
        actor=doing.actor,
        now=doing.now,
        case_id=facts.the_case.pk,
        case_reference=facts.the_case.reference,
        grants=sorted(sight.grants),
        purpose=purpose or sight.purpose,
    )
    return Looked(facts, sight)
