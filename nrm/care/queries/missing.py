"""Whether she is missing, and since when."""

from nrm.care.models import Found, MissingAlert
from nrm.casefile.facts import Facts


def is_missing(facts: Facts) -> bool:
    """An alert was raised, and she was not found since."""
    raised, found = facts.latest(MissingAlert), facts.latest(Found)
    return raised is not None and (found is None or found.at < raised.at)
