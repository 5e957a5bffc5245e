"""How long the decision on reasonable grounds may take: when it began, how far it was extended."""

from dataclasses import dataclass
from datetime import datetime

from nrm.casefile.facts import Facts
from nrm.casefile.models import Fact
from nrm.identification.models import AppealDecided, Confirmed, ExtensionProposal, NewInformation
from nrm.identification.queries.decisions import CG, RG, decisions
from nrm.identification.terms import AppealOutcome
from nrm.kernel.days import Due, due_after
from nrm.referral import queries as referral
from nrm.referral.models import Receipt, Redirection


@dataclass(frozen=True)
class Stretch:
    """One run of the clock: from the first receipt, from new information, or from a court that set aside."""

    started: Fact
    stopped: datetime | None
    extensions: tuple[ExtensionProposal, ...] = ()

    @property
    def start(self) -> datetime:
        return self.started.at


def had_by_an_authority(facts: Facts) -> Fact | None:
    """The first receipt anywhere: a redirection is one."""
    standing = {one.pk for one in referral.referrals(facts)}
    had: list[Receipt | Redirection] = [*facts.of(Receipt), *facts.of(Redirection)]
    mine = [one for one in had if one.referral_id in standing]
    return min(mine, key=lambda one: (one.at, one.pk), default=None)


def stretches(facts: Facts) -> list[Stretch]:
    """Every run of the clock of reasonable grounds, oldest first."""
    first = had_by_an_authority(facts)
    begun: list[Fact] = [first] if first else []
    begun += facts.of(NewInformation)
    begun += [said for said in facts.of(AppealDecided) if said.outcome == AppealOutcome.QUASHED]
    ending = (RG,) if facts.pack.decision_steps > 1 else (RG, CG)
    ends = [(one.at, one.key) for one in decisions(facts, *ending)]
    found = []
    for started in begun:
        end = next((at for at, key in ends if (at, key) > (started.at, started.pk)), None)
        found.append(Stretch(started, end, tuple(_extensions(facts, started.at, end))))
    return found


def _extensions(facts: Facts, since: datetime, until: datetime | None) -> list[ExtensionProposal]:
    within = [
        facts.by_key(one.proposal)
        for one in facts.of(Confirmed)
        if one.at >= since and (until is None or one.at <= until)
    ]
    return [one for one in within if isinstance(one, ExtensionProposal)]


def is_extended(facts: Facts) -> bool:
    """Whether the present run was extended before."""
    runs = stretches(facts)
    return bool(runs) and bool(runs[-1].extensions)


def due_of(facts: Facts, stretch: Stretch) -> Due | None:
    """Until when to decide, with the working days of an extension added to the due day."""
    calendar = facts.pack.calendar
    due = due_after(stretch.start, facts.pack.deadline("REASONABLE_GROUNDS").length, calendar)
    more = sum(one.days for one in stretch.extensions)
    if due is None or due.day is None or not more:
        return due
    day = calendar.add_working_days(due.day, more)
    return Due(calendar.end_of(day), day)
