"""Acts about time to recover and leave to stay: they make papers or change a length, never the right itself."""

from collections.abc import Iterator
from datetime import date

from nrm.agencies.terms import Role
from nrm.care import refusals
from nrm.care.acts.second_person import by_its_proposer, signed_by_another
from nrm.care.beside import reflecting as beside
from nrm.care.models import (
    ExceptionConfirmed,
    Permit,
    ReflectionCertificate,
    ReflectionException,
    ReflectionExtension,
)
from nrm.care.rules import earliest_end_of_reflection
from nrm.care.terms import PermitStep
from nrm.casefile.act import Knocked, act, condition, may, nothing
from nrm.casefile.doing import RACES
from nrm.casefile.facts import Facts
from nrm.casefile.questions import presumed
from nrm.identification.acts.conditions import DECIDERS
from nrm.identification.queries import reflection
from nrm.kernel.actor import Actor
from nrm.kernel.refusals import ANSWER_NEEDED, IN_THE_FUTURE, Refusal

SOURCE = "CETS 197 art. 13(1)"
EXCEPTION = "CETS 197 art. 13(3)"
WORKERS = may(Role.CW, Role.CA)
RACES["care_exceptionconfirmed_confirmed_once"] = refusals.ALREADY_CONFIRMED


@condition(refusals.NO_POSITIVE_DECISION)
def has_a_period(_: Actor, facts: Facts) -> bool:
    """Reasonable grounds stand, and they are positive."""
    return reflection(facts) is not None


def period(facts: Facts) -> tuple[date, date]:
    """First and last day of a period that is known to be there."""
    found = reflection(facts)
    if found is None or found[1].day is None:
        raise LookupError("asked for a period without a positive decision")
    return found[0], found[1].day


@act(writes=ReflectionCertificate, may=WORKERS, when=[has_a_period], page=(beside.the_period,), source=SOURCE)
def start_reflection_period(facts: Facts, given: ReflectionCertificate) -> Iterator[Refusal]:
    """Tell her of her time to recover, and certify it."""
    if given.told_child_on > facts.today:
        yield IN_THE_FUTURE.at("told_child_on")


@act(writes=ReflectionExtension, may=WORKERS, when=[has_a_period], page=(beside.the_period,), source=SOURCE)
def extend_reflection_period(facts: Facts, given: ReflectionExtension) -> Iterator[Refusal]:
    """Give her more time to recover."""
    _first, last = period(facts)
    if given.until <= last:
        yield refusals.NOT_SHORTER.at("until")


@condition(refusals.NOT_FOR_A_CHILD)
def may_end_early(_: Actor, facts: Facts) -> bool:
    """She is no child, or the country lets even a child's period end early."""
    return facts.pack.reflection_exception_for_children or not presumed(facts, facts.today).child


def tell_a_colleague(_: Facts, given: ReflectionException) -> Iterator[Knocked]:
    if given.by_agency_id:
        yield Knocked("W", agency=given.by_agency_id)


@act(
    writes=ReflectionException,
    may=DECIDERS,
    when=[has_a_period, may_end_early],
    knocks=tell_a_colleague,
    source=EXCEPTION,
)
def except_from_reflection_period(facts: Facts, given: ReflectionException) -> Iterator[Refusal]:
    """Propose that the time to recover ends early."""
    first, _last = period(facts)
    if given.until < earliest_end_of_reflection(first):
        yield refusals.UNDER_30_DAYS.at("until")


def can_be_signed(facts: Facts, given: ExceptionConfirmed) -> Iterator[Refusal]:
    return signed_by_another(facts, given, ReflectionException)


@act(
    writes=ExceptionConfirmed,
    may=DECIDERS,
    when=[has_a_period, may_end_early],
    stands=can_be_signed,
    fills=by_its_proposer,
    source=EXCEPTION,
)
def confirm_exception(facts: Facts, given: ExceptionConfirmed) -> Iterator[Refusal]:
    """Confirm that the time to recover ends early."""
    yield from nothing(facts, given)


@act(writes=Permit, may=WORKERS, source="CETS 197 art. 14(1), (2)")
def record_residence_permit(facts: Facts, given: Permit) -> Iterator[Refusal]:
    """Write down a step towards her residence permit."""
    if (
        given.assessment_id is None
        and given.step != PermitStep.REFUSED
        and presumed(facts, facts.today).child
    ):
        yield refusals.PERMIT_WITHOUT_BIA.at("assessment")
    if given.step == PermitStep.RENEWED and given.valid_to is None:
        yield ANSWER_NEEDED.at("valid_to")
