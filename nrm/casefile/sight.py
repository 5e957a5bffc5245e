"""Need to know: what one actor sees of one case. Pure functions over the standing shares.

Source: CETS 197 art. 11; process specification 3.2. The share says what the agency may have; the role
says what this person of it may never have. Own rows are always seen.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from nrm.agencies.terms import Mandate, Role
from nrm.casefile.facts import Facts
from nrm.casefile.models import Party, PartyEnd
from nrm.casefile.questions import oversees, sent_since_reopening
from nrm.casefile.terms import SharePurpose
from nrm.kernel.actor import Actor
from nrm.kernel.columns import Column
from nrm.kernel.handling import Grant, Handling, opened_by

OPENERS = frozenset({Role.FR, Role.CW, Role.SP, Role.FP, Role.LE})
NARROWED_TO_POLICE_WORK = frozenset({SharePurpose.SAFETY, SharePurpose.INVESTIGATION})


@dataclass(frozen=True)
class Sight:
    """The grants that hold for one person in one case, and for which purpose. No grant at all = the case is absent."""

    grants: frozenset[Grant]
    purpose: str
    agency_id: int

    def __bool__(self) -> bool:
        return bool(self.grants)

    def opens(self, handling: Handling, by_agency_id: int | None = None) -> bool:
        """Whether a value of that class is shown; rows of the person's own agency are."""
        if by_agency_id is not None and by_agency_id == self.agency_id:
            return True
        return handling in opened_by(self.grants)

    def shows(self, row: Any, column: Column, by_agency_id: int | None = None) -> bool:
        """Whether one answer is shown: by the class of its column and, if the row names a class, by that too."""
        named = getattr(row, column.handled_as) if column.handled_as else ""
        return self.opens(column.handling, by_agency_id) and (
            not named or self.opens(Handling(named), by_agency_id)
        )


@dataclass(frozen=True)
class Held:
    """What one agency holds of a case: its grants by purpose of share."""

    by_purpose: tuple[tuple[str, frozenset[Grant]], ...]

    def grants(self, purposes: Iterable[str] | None = None) -> frozenset[Grant]:
        wanted = None if purposes is None else frozenset(purposes)
        return frozenset().union(
            *(granted for purpose, granted in self.by_purpose if wanted is None or purpose in wanted)
        )


def standing_shares(facts: Facts, agency_id: int | None = None) -> list[Party]:
    """Shares that neither ended nor ran out, of one agency or of all."""
    ended = {end.share_id for end in facts.of(PartyEnd)}
    return [
        share
        for share in facts.of(Party)
        if share.pk not in ended
        and (share.until is None or share.until >= facts.today)
        and (agency_id is None or share.agency_id == agency_id)
    ]


def ceiling(role: str, held: Held, *, sent: bool, border: bool) -> frozenset[Grant]:
    """The most that one role may have of what the agency holds (3.2, the column "never")."""
    everything = held.grants()
    narrow = frozenset({Grant.SUMMARY, Grant.EXISTENCE})
    match role:
        case Role.FR if sent:
            return everything & (frozenset({Grant.EXISTENCE}) if border else narrow) | frozenset(
                {Grant.EXISTENCE}
            )
        case Role.FR | Role.CW | Role.GU:
            return everything
        case Role.CA | Role.BP:
            return everything - {Grant.LOCATION}
        case Role.AG:
            return everything & {Grant.IDENTITY, Grant.EXISTENCE}
        case Role.LE:
            return held.grants(NARROWED_TO_POLICE_WORK) | (everything & narrow)
        case Role.SP:
            return everything - {Grant.FULL, Grant.LOCATION}
        case Role.FP:
            return everything - {Grant.LOCATION}
        case Role.CO:  # the summary is shared with her for one act: she is the second person in closing
            return everything & narrow | {Grant.EXISTENCE}
        case Role.HO:
            return frozenset({Grant.EXISTENCE})
        case _:
            return frozenset()


def sight_of(actor: Actor, facts: Facts) -> Sight:
    """What this person sees of this case now."""
    shares = standing_shares(facts, actor.agency_id)
    if Role.OO in actor.roles and oversees(facts):
        return Sight(
            frozenset({Grant.FULL, Grant.SUMMARY, Grant.EXISTENCE}), SharePurpose.OVERSIGHT, actor.agency_id
        )
    if not shares:
        return Sight(frozenset(), "", actor.agency_id)
    sent = sent_since_reopening(facts) is not None
    held = held_by((share.purpose, share.grants) for share in shares)
    grants = granted(actor, held, sent=sent, opened_by=facts.the_case.opened_by_agency_id)
    return Sight(grants, shares[-1].purpose if grants else "", actor.agency_id)


def held_by(shares: Iterable[tuple[str, Iterable[str]]]) -> Held:
    """What standing shares of one agency, each a purpose and its grants, give it."""
    return Held(tuple((purpose, frozenset(Grant(code) for code in grants)) for purpose, grants in shares))


def granted(actor: Actor, held: Held, *, sent: bool, opened_by: int) -> frozenset[Grant]:
    """What one person sees of what her agency holds: the same on the case page and in every list."""
    if Mandate.IMMIGRATION_ENFORCEMENT in actor.mandates:
        return frozenset()
    border = Mandate.BORDER in actor.mandates
    grants = frozenset().union(*(ceiling(role, held, sent=sent, border=border) for role in actor.roles))
    if not sent and opened_by == actor.agency_id and actor.roles & OPENERS:
        grants |= held.grants()  # whoever opens a case sees it whole until she has referred it
    return _with_lower(grants)


def _with_lower(grants: frozenset[Grant]) -> frozenset[Grant]:
    """FULL includes SUMMARY, and everything includes EXISTENCE."""
    if not grants:
        return grants
    more = {Grant.EXISTENCE} | ({Grant.SUMMARY} if Grant.FULL in grants else set())
    return grants | more
