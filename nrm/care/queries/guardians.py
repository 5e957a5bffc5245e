"""Who is her guardian, and since when she needs one: derived from the facts on any day."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import zip_longest

from nrm.care.models import Guardianship, GuardianshipEnd, TransitionPlan
from nrm.care.rules import last_day_of_hand_over
from nrm.casefile import questions
from nrm.casefile.facts import Facts, once
from nrm.casefile.models import Fact
from nrm.casefile.rules import guardian_needed
from nrm.contact.models import Circumstances, FirstContact
from nrm.contact.queries import accompaniment_and_parents
from nrm.identification.queries import final_adult_since
from nrm.kernel.terms import Tern

ONE_DAY = timedelta(days=1)
SAY_WHETHER_NEEDED = frozenset(
    {"contact", "identification"}
)  # rooms whose facts tell her age and who is with her


def guardianship(facts: Facts, on: date) -> Guardianship | None:
    """The one that runs on a day: the newest begun by then, unless it was ended or she is of age."""
    begun = [one for one in facts.of(Guardianship) if one.since <= on]
    if not begun:
        return None
    newest = max(begun, key=lambda one: (one.since, one.at, one.pk))
    if any(end.guardianship_id == newest.pk and end.on < on for end in facts.of(GuardianshipEnd)):
        return None
    return newest if is_kept(facts, on) else None


def is_kept(facts: Facts, on: date) -> bool:
    """Whether her age lets a guardianship go on: while she is treated as a child, or the country keeps it.

    Someone finally decided to be an adult keeps her guardian for a hand-over, and longer if she wants it.
    Source: process specification 2.5 and 2.10, settled point 2; house rules.
    """
    presumed = questions.presumed(facts, on)
    if presumed.child:
        return True
    if presumed.until is not None:
        return not facts.pack.guardianship_ends_at_18
    since = final_adult_since(facts)
    return since is not None and (on <= last_day_of_hand_over(since) or wants_her_guardian(facts))


def wants_her_guardian(facts: Facts) -> bool:
    """What she last said, when her adult life was planned with her."""
    plan = facts.latest(TransitionPlan)
    return plan is not None and plan.guardian_after == Tern.YES


@questions.guardian.answered
def guardian_on(facts: Facts, on: date) -> int | None:
    """Key of the person who is her guardian on that day."""
    running = guardianship(facts, on)
    return running.guardian_id if running else None


@questions.guardian_is_needed.answered
def is_needed(facts: Facts, on: date) -> bool:
    """From the first minute, whatever is decided about her. Source: CETS 197 art. 10(4)(a)."""
    accompaniment, parents = accompaniment_and_parents(facts)
    if not accompaniment:
        return False
    return guardian_needed(questions.presumed(facts, on).child, accompaniment, parents)


@once
def need_begins(facts: Facts) -> tuple[tuple[Fact, datetime], ...]:
    """Each fact from which on she needs a guardian and did not before: the first contact, or a later change."""
    return tuple(begins(facts, is_needed))


@once
def childhood_begins(facts: Facts) -> tuple[tuple[Fact, datetime], ...]:
    """Each fact from which on she is treated as a child and was not before."""
    return tuple(begins(facts, lambda then, on: questions.presumed(then, on).child))


def begins(facts: Facts, holds: Callable[[Facts, date], bool]) -> Iterator[tuple[Fact, datetime]]:
    """Each fact from which on something holds that did not before; it may hang on the day and on what `tells`.

    What ends stops no deadline that runs; what begins anew starts them again that day. Process specification 2.9.
    """
    held = False
    for fact, then in _as_it_was(facts):
        before, held = held, holds(then, then.today)
        if held and not before:
            yield fact, fact.at


def tells(fact: Fact) -> bool:
    """Whether such a fact can tell anything of her age, of who is with her, or of what was decided about her."""
    return isinstance(fact, FirstContact | Circumstances) or fact._meta.app_label == "identification"


@once
def _as_it_was(facts: Facts) -> tuple[tuple[Fact, Facts], ...]:
    """Each fact at which one of those answers may be another than at the fact before, with the case as it then was.

    Between two of them neither the day changed nor anything that tells: whoever asks again hears the same.
    """
    found: list[tuple[Fact, Facts]] = []
    told_at = {fact.at for fact in facts.standing if tells(fact)}
    for fact in facts.standing:
        last = found[-1][1] if found else None
        if fact._meta.app_label not in SAY_WHETHER_NEEDED or (last is not None and last.now == fact.at):
            continue
        if last is None or fact.at in told_at or facts.pack.calendar.local_date(fact.at) != last.today:
            known = tuple(one for one in facts.standing if one.at <= fact.at)
            found.append((fact, Facts(facts.case, fact.at, facts.pack, known, facts.lines)))
    return tuple(found)


@dataclass(frozen=True)
class Served:
    """One guardianship with its days; last is None while it runs."""

    guardianship: Guardianship
    last: date | None


def served(facts: Facts) -> list[Served]:
    """Every guardianship in the order of its first day; one that another replaced on the same day is left out."""
    ordered = sorted(facts.of(Guardianship), key=lambda one: (one.since, one.at, one.pk))
    found = []
    for one, following in zip_longest(ordered, ordered[1:]):
        if following is not None and following.since == one.since:
            continue
        ends = [end.on for end in facts.of(GuardianshipEnd) if end.guardianship_id == one.pk]
        ends += [following.since - ONE_DAY] if following is not None else []
        found.append(Served(one, min(ends, default=None)))
    return found


@dataclass(frozen=True)
class Gap:
    """Days on which she needed a guardian and had none. until: the first day with one; None: it is still open."""

    first: date
    until: date | None
    days: int


def days_without(facts: Facts) -> list[Gap]:
    """Each time she needed a guardian and had none, until the next began. The day it began is not counted."""
    needed_from = {facts.pack.calendar.local_date(since) for _fact, since in need_begins(facts)}
    after_an_end = {end.on + ONE_DAY for end in facts.of(GuardianshipEnd)}
    found: dict[date | None, Gap] = {}
    for first in sorted(needed_from | after_an_end):
        if first > facts.today or guardianship(facts, first) is not None:
            continue
        if first not in needed_from and not is_needed(facts, first):
            continue
        began = [one.since for one in facts.of(Guardianship) if first < one.since <= facts.today]
        until = min(began, default=None)
        if until is None and not is_needed(facts, facts.today):
            continue
        found.setdefault(until, Gap(first, until, ((until or facts.today) - first).days))
    return list(found.values())
