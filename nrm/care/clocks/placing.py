"""The deadline of where she lives."""

from collections.abc import Iterator

from nrm.care.queries import reviewed_by
from nrm.casefile.facts import Facts
from nrm.casefile.timing import Run, clock


@clock("PLACEMENT_REVIEW")
def placement_review(facts: Facts) -> Iterator[Run]:
    """Where she lives is looked at again and again. Source: CRC art. 25; the days are a house rule."""
    looked = list(reviewed_by(facts))
    for place, (fact, again) in enumerate(looked):
        if again:
            following = looked[place + 1][0] if place + 1 < len(looked) else None
            yield Run(fact, fact.at, stopped=following.at if following else None)
