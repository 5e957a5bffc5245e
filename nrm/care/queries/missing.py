"""Whether she is missing, since when, and when she was back."""

from collections.abc import Iterator
from datetime import datetime

from nrm.care.models import Found, MissingAlert
from nrm.casefile.facts import Facts


def is_missing(facts: Facts) -> bool:
    """An alert was raised, and she was not found since."""
    raised, found = facts.latest(MissingAlert), facts.latest(Found)
    return raised is not None and (found is None or found.at < raised.at)


def times_missing(facts: Facts) -> Iterator[tuple[MissingAlert, Found | None]]:
    """Each time she was missing: the alert that began it, and how she was found. A second alert is the same time."""
    until: datetime | None = None
    for alert in facts.of(MissingAlert):
        if until is None or alert.at > until:
            found = next((one for one in facts.of(Found) if one.at >= alert.at), None)
            yield alert, found
            if found is None:
                return
            until = found.at
