"""Do an act: check, write, record, all of it or nothing. Looking is done here too, and recorded.

Order inside the one transaction: the actor is bound, the idempotency key is taken, the case is locked and
read in one statement, three layers are asked, facts and audit are written, projections kept, knocks laid out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, OperationalError, transaction

from nrm.audit import trail
from nrm.casefile import correcting, form, story
from nrm.casefile.act import ALONE, Act, Knocked
from nrm.casefile.facts import Facts
from nrm.casefile.keeping import keep, keep_without_case
from nrm.casefile.models import Answered, Case, Child, Fact, Party, PartyEnd, Record, Row
from nrm.casefile.questions import guardian
from nrm.casefile.references import new_reference
from nrm.casefile.sight import Sight
from nrm.casefile.terms import ShareBasis, SharePurpose
from nrm.casefile.timing import lead_worker
from nrm.kernel import refusals, statements
from nrm.kernel.actor import Actor
from nrm.kernel.columns import codes_chosen_in
from nrm.kernel.files import vault
from nrm.kernel.handling import Grant
from nrm.kernel.packs import Pack
from nrm.kernel.refusals import Refusal, Refused, Warned, refuse_if
from nrm.kernel.signature import bind
from nrm.kernel.storage import is_busy
from nrm.messages import knocking

RACES: dict[str, Refusal] = {}  # database constraint -> the sentence for who came second


@dataclass(frozen=True)
class Done:
    """What an act left. facts: the case after it (None without a case). repeated: the form had been sent before."""

    fact: Record | None
    key: int
    reference: str = ""
    also: tuple[Record, ...] = ()
    warnings: tuple[Refusal, ...] = ()
    facts: Facts | None = None
    repeated: bool = False


class _NothingKept(Exception):
    """It could be done; it was only asked."""


@dataclass(frozen=True)
class Doing:
    """Who does it, when the button is pressed, under which country's law, over which connection."""

    actor: Actor
    now: datetime
    pack: Pack
    using: str = "default"


def do(
    act: Act,
    doing: Doing,
    given: Any,
    *,
    reference: str = "",
    rows: Mapping[str, Sequence[Row]] | None = None,
    key: UUID | None = None,
    only_ask: bool = False,
) -> Done:
    """Do it. Raises Refused with every refusal of the first layer that refuses; then nothing was written.

    given: the fact to write, with `at` if it did not happen just now; or the answers as text (a mapping),
    which are read by the act's form once the first two layers have let the actor pass (then Unanswered, a
    Refused, may be raised). key: the form's idempotency key; the same key again gives the first answer.
    only_ask: everything is asked and nothing is kept.
    """
    if not reference:
        act = ALONE.get(act.name, act)
    try:
        with transaction.atomic(using=doing.using):
            bind(doing.actor, now=doing.now, using=doing.using)
            with vault.all_or_nothing():
                done = _do(act, doing, given, reference, rows or {}, key)
                if not only_ask:
                    return done
                raise _NothingKept
    except _NothingKept:
        return done
    except Refused as refused:
        _record_denial(act, doing, refused)
        raise
    except IntegrityError as error:
        constraint = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
        if constraint == "casefile_answered_pkey" and key is not None:
            return earlier(doing, key)
        if constraint in RACES:
            raise Refused([RACES[constraint]]) from error
        raise
    except OperationalError as error:  # waited longer than the role may: nothing was written
        if is_busy(error):
            raise Refused([refusals.CASE_BUSY]) from error
        raise


def _do(
    act: Act,
    doing: Doing,
    given: Any,
    reference: str,
    rows: Mapping[str, Sequence[Row]],
    key: UUID | None,
) -> Done:
    if key is not None and (before := _answered(doing, key)) is not None:
        return before
    facts = Facts(case=None, now=doing.now, pack=doing.pack)
    sight: Sight | None = None
    if act.on_case and not act.opens:
        facts = _enter(act, doing, reference, lock=True)
        sight = act.sight(doing.actor, facts)
    if isinstance(given, Mapping):
        given, rows = _read(act, doing, facts, sight, given)
    if given.corrects is None:
        given.corrects = correcting.key_in(act, facts, None)
    was = correcting.earlier(act, facts, given.corrects)
    _sign(given, doing, was.at if was is not None else None)
    if not act.on_case:
        given.said_in = reference  # the case on whose page it was said, if any
    lines = [row for several in rows.values() for row in several]
    judged = facts.without(given.corrects)
    for row in lines:
        row.of = given.pk  # from here on `facts.rows(given, ...)` finds them
    if act.fills is not None:
        act.fills(judged.plus((), lines), given)
    said = check(
        act,
        doing.actor,
        judged,
        given,
        lines,
        sight,
        correcting.faults(act, doing.actor, facts, given.corrects),
    )
    if act.opens:
        facts = Facts(case=_open(doing, given), now=doing.now, pack=doing.pack)
    return _write(act, doing, facts, given, lines, said, key, sight)


def _enter(act: Act, doing: Doing, reference: str, *, lock: bool) -> Facts:
    """Read the case, if need be through the act's own door. Raises Refused(NOT_FOUND)."""
    read = story.read(reference, now=doing.now, pack=doing.pack, lock=lock, using=doing.using)
    if read is None and act.door is not None and act.who.roles & doing.actor.roles and act.door(reference):
        read = story.read(reference, now=doing.now, pack=doing.pack, lock=lock, using=doing.using)
    if read is None:
        raise Refused([refusals.NOT_FOUND])
    return read


def before_doing(act: Act, doing: Doing, reference: str) -> Facts:
    """The case as an act's page needs it before there are answers; no door stays open. Raises Refused(NOT_FOUND)."""
    with transaction.atomic(using=doing.using):
        bind(doing.actor, now=doing.now, using=doing.using)
        facts = _enter(act, doing, reference, lock=False)
        transaction.set_rollback(True, using=doing.using)
    return facts


def check(
    act: Act,
    actor: Actor,
    facts: Facts,
    given: Any,
    lines: Sequence[Row],
    sight: Sight | None,
    not_to_correct: Iterator[Refusal],
) -> tuple[Refusal, ...]:
    """Ask the three layers in order. Returns the warnings; raises Refused."""
    refuse_if(act.who_may(actor, facts, sight, given))
    refuse_if(not_to_correct)
    refuse_if(act.how_it_stands(actor, facts, given))
    with_lines = Facts(
        facts.case, facts.now, facts.pack, facts.everything, {**facts.lines, given.pk: tuple(lines)}
    )
    said = list(act.what_is_said(with_lines, given))
    refuse_if(said)
    return tuple(entry for entry in said if isinstance(entry, Warned))


def _read(
    act: Act, doing: Doing, facts: Facts, sight: Sight | None, answers: Mapping[str, Any]
) -> tuple[Any, Mapping[str, Sequence[Row]]]:
    """Read the answers, unless someone may not do this at all: that is said before any word about answers."""
    key = correcting.key_in(act, facts, answers.get("corrects"))
    judged = facts.without(key)
    if act.first is None or (sight is not None and not sight):
        refuse_if(act.who_may(doing.actor, judged, sight))
        refuse_if(correcting.faults(act, doing.actor, facts, key))
        refuse_if(act.how_it_stands(doing.actor, judged))
    was = correcting.earlier(act, facts, key)
    if was is None:
        read = form.read(act, facts, answers)
        return read.fact, read.rows
    hidden = correcting.withheld(was, sight)
    read = form.read(act, judged, answers, hidden)
    return read.fact, {**read.rows, **correcting.carry_over(was, read.fact, hidden, facts)}


def _sign(given: Any, doing: Doing, at: datetime | None = None) -> None:
    given.at = given.at or at or doing.now
    given.recorded_at = doing.now
    given.by_person_id = doing.actor.person_id or None
    given.by_agency_id = doing.actor.agency_id or None


def _open(doing: Doing, given: Any) -> Case:
    child = Child()
    child.save(force_insert=True, using=doing.using)
    case = Case(
        reference=new_reference(),
        child=child,
        opened_at=given.at,
        opened_by_agency_id=doing.actor.agency_id,
        track=given.track,
    )
    case.save(force_insert=True, using=doing.using)
    share = own_share(case, doing, given.at)
    share.save(force_insert=True, using=doing.using)
    case.first_share = share  # type: ignore[attr-defined]
    return case


def own_share(case: Case, doing: Doing, at: datetime) -> Party:
    """The first share of a case: the agency that opened it holds every grant."""
    return Party(
        case=case,
        at=at,
        recorded_at=doing.now,
        by_person_id=doing.actor.person_id,
        by_agency_id=doing.actor.agency_id,
        agency_id=doing.actor.agency_id,
        grants=[grant.value for grant in Grant],
        purpose=SharePurpose.CARE,
        basis=ShareBasis.LEGAL_DUTY,
        note="",
    )


def _write(
    act: Act,
    doing: Doing,
    facts: Facts,
    given: Any,
    lines: Sequence[Row],
    said: tuple[Refusal, ...],
    key: UUID | None,
    sight: Sight | None,
) -> Done:
    using, case = doing.using, facts.case
    if isinstance(given, Fact):
        given.case = facts.the_case
    if act.lays_down is not None:
        act.lays_down(facts, given)
    if not isinstance(given, PartyEnd):
        statements.insert(given, using=using)
    by_table: dict[type[Row], list[Row]] = {}
    for place, row in enumerate(lines):
        row.case, row.of, row.position = facts.the_case, given.pk, place
        by_table.setdefault(type(row), []).append(row)
    for table, several in by_table.items():
        table._default_manager.using(using).bulk_create(several)
    opened = (case.first_share,) if act.opens else ()  # type: ignore[union-attr]
    after = facts.plus([*opened, given] if isinstance(given, Fact) else [], lines)
    also = tuple(act.also(after, given)) if act.also is not None else ()
    for fact in also:
        _sign(fact, doing, given.at)
        if case is not None and isinstance(fact, Fact):  # an act without a case names it itself
            fact.case = case
        if not isinstance(fact, PartyEnd):
            statements.insert(fact, using=using)
    after = after.plus(fact for fact in also if isinstance(fact, Fact))
    started = stopped = False
    if case is not None:
        started, stopped = keep(after, is_new=act.opens)
    else:
        for record in (given, *(one for one in also if not isinstance(one, Fact))):
            keep_without_case(record, doing.pack)
        for told in sorted({fact.case.reference for fact in also if isinstance(fact, Fact)}):
            if (read := story.read(told, now=doing.now, pack=doing.pack, lock=True, using=using)) is not None:
                keep(read)
    _end_shares((given, *also), doing)
    trail.record(
        act.name,
        trail.DONE,
        actor=doing.actor,
        at=given.at,
        now=doing.now,
        case_id=case.pk if case else None,
        case_reference=case.reference if case else "",
        table=given._meta.db_table,
        key=given.pk,
        codes=codes_chosen_in(given),
        grants=sorted(sight.grants) if sight else (),
        purpose=sight.purpose if sight else "",
    )
    _knock(act, doing, after, given, moved=started or stopped)
    if key is not None:
        answered = Answered(
            person_id=doing.actor.person_id,
            key=key,
            act=act.name,
            fact=given.pk,
            reference=case.reference if case else "",
            at=doing.now,
        )
        statements.insert(answered, using=using)
    return Done(
        fact=given,
        key=given.pk,
        reference=case.reference if case else "",
        also=(*opened, *also),
        warnings=said,
        facts=after if case else None,
    )


def _end_shares(written: Sequence[Any], doing: Doing) -> None:
    """Ends of shares come last, her own agency's very last: after it the case may be shut to her."""
    ends = [fact for fact in written if isinstance(fact, PartyEnd)]
    for end in sorted(ends, key=lambda one: one.share.agency_id == doing.actor.agency_id):
        end.save(force_insert=True, using=doing.using)


def _knock(act: Act, doing: Doing, after: Facts, given: Any, *, moved: bool) -> None:
    wanted: set[Knocked] = set(act.knocks(after, given)) if act.knocks is not None else set()
    if moved and after.case is not None:
        for person in (lead_worker(after), guardian(after, after.today)):
            if person:
                wanted.add(Knocked("W", person=person))
    mine = [knock for knock in wanted if knock.person != doing.actor.person_id]
    knocking.lay_out(((k.sentence, k.person, k.agency) for k in mine), at=doing.now)


def _record_denial(act: Act, doing: Doing, refused: Refused) -> None:
    """A policy denial is written outside the act's transaction: who, which act, which condition; no case."""
    policy = {entry.code for entry in refused.refusals} & POLICY
    if policy:
        with transaction.atomic(using=doing.using):
            bind(doing.actor, now=doing.now, using=doing.using)
            trail.record(act.name, trail.DENIED, actor=doing.actor, now=doing.now, codes=sorted(policy))


POLICY = frozenset({"NOT_FOUND", "ROLE_MISSING", "MANDATE_MISSING", "TRAINING_EXPIRED", "SAME_PERSON"})


def _answered(doing: Doing, key: UUID) -> Done | None:
    sent = "SELECT fact, reference FROM casefile_answered WHERE person_id = %s AND key = %s"
    for fact, reference in statements.rows(sent, [doing.actor.person_id, key], using=doing.using):
        return Done(fact=None, key=fact, reference=reference, repeated=True)
    return None


def earlier(doing: Doing, key: UUID) -> Done:
    """The answer that the same form was given when it was first sent."""
    with transaction.atomic(using=doing.using):
        bind(doing.actor, now=doing.now, using=doing.using)
        before = _answered(doing, key)
    if before is None:
        raise LookupError("an answered form has lost its answer")
    return before
