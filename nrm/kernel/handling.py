"""How a column must be handled, and which grant opens it (need to know).

Source: CETS 197 art. 11; process specification 3.2. Each column of each table with a child in it
carries one class; each share of a case carries grants; a grant opens classes.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

from nrm.kernel.vocabulary import Vocabulary


class Handling(StrEnum):
    """What would be lost if this value reached the wrong person, mildest first."""

    PSEUDONYM = "PSEUDONYM"  # random reference, keys, times of recording
    ORDINARY = "ORDINARY"  # languages, needs, stage, own requests
    SENSITIVE = "SENSITIVE"  # accounts, decisions, assessments
    IDENTIFYING = "IDENTIFYING"  # names, dates of birth, documents
    LOCATING = "LOCATING"  # where she sleeps, informants, safe contact


class Grant(Vocabulary):
    """What a share opens. IDENTITY and LOCATION are independent of FULL."""

    EXISTENCE = _("that there is a case")
    SUMMARY = _("a summary")
    FULL = _("the whole story")
    IDENTITY = _("who the child is")
    LOCATION = _("where the child is")


ALL_GRANTS = frozenset(Grant)

OPENS: Mapping[Grant, frozenset[Handling]] = MappingProxyType(
    {
        Grant.EXISTENCE: frozenset({Handling.PSEUDONYM}),
        Grant.SUMMARY: frozenset({Handling.PSEUDONYM, Handling.ORDINARY}),
        Grant.FULL: frozenset({Handling.PSEUDONYM, Handling.ORDINARY, Handling.SENSITIVE}),
        Grant.IDENTITY: frozenset({Handling.PSEUDONYM, Handling.IDENTIFYING}),
        Grant.LOCATION: frozenset({Handling.PSEUDONYM, Handling.LOCATING}),
    }
)

LEVELS = (Grant.FULL, Grant.SUMMARY, Grant.EXISTENCE)


def opened_by(grants: Iterable[Grant]) -> frozenset[Handling]:
    """Every handling class that these grants open together."""
    return frozenset().union(*(OPENS[grant] for grant in grants))


def as_shown(grants: Iterable[Grant]) -> tuple[Grant, ...]:
    """The highest level, then IDENTITY and LOCATION: how a person's sight is said in one line."""
    held = frozenset(grants)
    level = next((grant for grant in LEVELS if grant in held), None)
    extra = [grant for grant in (Grant.IDENTITY, Grant.LOCATION) if grant in held]
    if level is None and extra:
        return tuple(extra)
    if level is Grant.EXISTENCE and extra:
        return tuple(extra)
    return tuple([*([level] if level else []), *extra])
