"""Acts of the first contact."""

from collections.abc import Iterator

from nrm.agencies.terms import Role
from nrm.casefile.act import act, condition, may, nothing
from nrm.casefile.facts import Facts
from nrm.casefile.rules import treated_as_child
from nrm.casefile.terms import Track
from nrm.contact import refusals
from nrm.contact.models import (
    AdultConsent,
    Circumstances,
    CommunicationNeed,
    FirstContact,
    Information,
    SafetyMeasureTaken,
)
from nrm.contact.queries import age_said
from nrm.contact.terms import InterpreterCheck, SafetyMeasure
from nrm.kernel.actor import Actor
from nrm.kernel.refusals import Refusal
from nrm.kernel.terms import Understood

OPENERS = (Role.HO, Role.FR, Role.CW, Role.SP, Role.FP, Role.LE)
WORKERS = (Role.FR, Role.CW, Role.CA, Role.GU, Role.SP)


@act(
    writes=FirstContact,
    may=may(*OPENERS, mandates="open"),
    opens=True,
    source="CETS 197 art. 10(1), 10(3)",
    path="now",
)
def open_case(facts: Facts, given: FirstContact) -> Iterator[Refusal]:
    """Open a case for a child."""
    if given.age_from is not None and given.age_to is not None and given.age_from > given.age_to:
        yield refusals.AGE_RANGE_UPSIDE_DOWN.at("age_from")
    presumed = treated_as_child(
        age_said(given), on=facts.today, clearly_adult_from=facts.pack.clearly_adult_from
    )
    if given.track == Track.ADULT_SURVIVOR and presumed.child:
        yield refusals.TREAT_AS_CHILD.at("track")


@act(
    writes=SafetyMeasureTaken,
    may=may(*OPENERS, mandates="open", untrained=True),
    source="CETS 197 art. 12(1); LANZ art. 14",
)
def record_immediate_safety(facts: Facts, given: SafetyMeasureTaken) -> Iterator[Refusal]:
    """Say what was done to make her safe now."""
    nothing_yet = SafetyMeasure.NOTHING_POSSIBLE_YET in given.measures
    if not given.measures or (nothing_yet and not given.note.strip()):
        yield refusals.SAFETY_EMPTY.at("measures")


@act(
    writes=Information,
    may=may(*WORKERS),
    source="CETS 197 art. 15(1); LANZ art. 31(1)(a)",
)
def give_information(facts: Facts, given: Information) -> Iterator[Refusal]:
    """Tell her who we are and what happens next."""
    if given.understood == Understood.DID_NOT:
        yield refusals.INFO_NOT_UNDERSTOOD.at("understood")


@act(writes=CommunicationNeed, may=may(*WORKERS), source="CRC art. 12; CETS 197 art. 12(1)(c)")
def record_communication(facts: Facts, given: CommunicationNeed) -> Iterator[Refusal]:
    """Write down what she needs to be understood."""
    if given.interpreter_check == InterpreterCheck.KNOWS_PARTY:
        yield refusals.INTERPRETER_NOT_INDEPENDENT.at("interpreter_check")


@act(writes=Circumstances, may=may(*WORKERS), source="CETS 197 art. 10(4)(a), (c)")
def record_circumstances(facts: Facts, given: Circumstances) -> Iterator[Refusal]:
    """Say who is with her now."""
    yield from nothing(facts, given)


@condition(refusals.NOT_AN_ADULT)
def is_adult_survivor(actor: Actor, facts: Facts) -> bool:
    return facts.the_case.track == Track.ADULT_SURVIVOR


@act(
    writes=AdultConsent,
    may=may(*WORKERS),
    when=[is_adult_survivor],
    source="CETS 197 art. 12(7)",
)
def record_adult_consent(facts: Facts, given: AdultConsent) -> Iterator[Refusal]:
    """Ask an adult survivor whether she agrees."""
    yield from nothing(facts, given)
