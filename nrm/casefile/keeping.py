"""Keeps the projections of one case: what waits, its headline, its search tokens; in the act's transaction.

Everything here can be thrown away and made again from the facts; a test proves that both are equal.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from nrm.casefile.facts import Facts
from nrm.casefile.models import Headline, NameToken, Record, Waiting
from nrm.casefile.moments import next_moment
from nrm.casefile.names import tokens_of
from nrm.casefile.questions import headline
from nrm.casefile.timing import DESKS_BY_MANDATE, Timed, timed
from nrm.kernel.days import due_after, escalates_on
from nrm.kernel.ids import new_id
from nrm.kernel.packs import Pack
from nrm.kernel.statements import rows, update

WAITING_COLUMNS = (
    "code", "part", "started_by", "started_at", "due_at", "due_day", "escalates_on", "person_id", "agency_id",
    "mandate", "reference",
)  # fmt: skip
KEPT = f"SELECT id, {', '.join(WAITING_COLUMNS)} FROM casefile_waiting WHERE case_id = %s"
KEPT_TOKENS = "SELECT token FROM casefile_nametoken WHERE case_id = %s"


def as_waiting(deadline: Timed, facts: Facts) -> tuple[Any, ...]:
    """One open deadline as the values of WAITING_COLUMNS."""
    due = deadline.due
    return (
        deadline.code,
        deadline.part,
        deadline.started_by,
        deadline.start,
        due.instant if due else None,
        due.day if due else None,
        escalates_on(due, facts.pack.calendar) if due else None,
        deadline.owner.person,
        deadline.owner.agency,
        deadline.owner.mandate,
        facts.the_case.reference,
    )


def waiting_rows(facts: Facts, deadlines: Iterable[Timed]) -> set[tuple[Any, ...]]:
    """What should wait for somebody in this case."""
    return {
        as_waiting(deadline, facts)
        for deadline in deadlines
        if deadline.stopped is None and deadline.owner and not deadline.period
    }


def keep(facts: Facts, *, is_new: bool = False) -> tuple[bool, bool]:
    """Bring the projections up to these facts. Tells whether a deadline started, and whether one stopped."""
    case = facts.the_case
    deadlines = timed(facts)
    wanted = waiting_rows(facts, deadlines)
    kept = {} if is_new else {tuple(row[1:]): row[0] for row in _kept(case.pk)}
    gone = [kept[row] for row in kept.keys() - wanted]
    if gone:
        Waiting.objects.filter(pk__in=gone).delete()
    fresh = wanted - kept.keys()
    if fresh:
        Waiting.objects.bulk_create(
            Waiting(id=new_id(), case=case, **dict(zip(WAITING_COLUMNS, row, strict=True)))
            for row in sorted(fresh, key=str)
        )
    _keep_headline(facts, next_moment(facts, deadlines), is_new=is_new)
    return bool(fresh), bool(gone)


def _kept(case_id: int) -> Iterable[tuple[Any, ...]]:
    return rows(KEPT, [case_id])


def _keep_headline(facts: Facts, renew_at: datetime, *, is_new: bool) -> None:
    case = facts.the_case
    columns = headline(facts) | {"renew_at": renew_at}
    names = columns.pop("names", ())
    if is_new:
        Headline(case=case, reference=case.reference, **columns).save(force_insert=True)
    else:
        update(Headline, case.pk, columns)
    wanted = tokens_of(names)  # type: ignore[arg-type]
    kept = set() if is_new else {token for (token,) in rows(KEPT_TOKENS, [case.pk])}
    if wanted - kept:
        NameToken.objects.bulk_create(
            NameToken(id=new_id(), case=case, token=token) for token in sorted(wanted - kept)
        )
    if kept - wanted:
        NameToken.objects.filter(case=case, token__in=kept - wanted).delete()


# What waits without a case (a report, a complaint): the row that starts it -> code and start of each clock.
Alone = Callable[[Any], Iterable[tuple[str, datetime]]]
WITHOUT_CASE: dict[type[Record], Alone] = {}


def without_case(*kinds: type[Record]) -> Callable[[Alone], Alone]:
    """Declare which deadlines a row without a case starts, by their key in the pack, each at the desk of a mandate."""

    def enter(starts: Alone) -> Alone:
        for kind in kinds:
            if WITHOUT_CASE.setdefault(kind, starts) is not starts:
                raise ValueError(f"the deadlines of {kind.__name__} are declared twice")
        return starts

    return enter


# What ends such a wait: the row that ends it -> key of the row that waits, and the code.
Ends = Callable[[Any], Iterable[tuple[int, str]]]
ENDED_WITHOUT_CASE: dict[type[Record], Ends] = {}


def ends_without_case(*kinds: type[Record]) -> Callable[[Ends], Ends]:
    """Declare which deadlines of rows without a case end with such a row."""

    def enter(ends: Ends) -> Ends:
        for kind in kinds:
            if ENDED_WITHOUT_CASE.setdefault(kind, ends) is not ends:
                raise ValueError(f"what {kind.__name__} ends is declared twice")
        return ends

    return enter


def keep_without_case(record: Record, pack: Pack) -> None:
    """Lay a row without a case on the desks where it waits (`report` is its key); end what it ends."""
    ends = ENDED_WITHOUT_CASE.get(type(record), lambda _: ())
    for key, code in ends(record):
        stop_without_case(key, code)
    starts = WITHOUT_CASE.get(type(record), lambda _: ())
    for code, start in starts(record):
        rule = pack.deadline(code)
        due = due_after(start, rule.length, pack.calendar)
        Waiting(
            report=record.pk,
            code=rule.code,
            started_by=record.pk,
            started_at=start,
            due_at=due.instant if due else None,
            due_day=due.day if due else None,
            escalates_on=escalates_on(due, pack.calendar) if due else None,
            mandate=DESKS_BY_MANDATE[rule.desk],
        ).save(force_insert=True)


def stop_without_case(key: int, code: str) -> None:
    """That row no longer waits for this."""
    Waiting.objects.filter(case=None, report=key, code=code).delete()
