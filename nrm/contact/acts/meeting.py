"""Acts of meeting a child: open her case, make her safe, tell her, hear what she needs."""

from collections.abc import Iterator

from nrm.agencies.queries import with_mandate
from nrm.agencies.terms import Mandate, Role
from nrm.casefile.act import Knocked, act, condition, may, nothing
from nrm.casefile.facts import Facts
from nrm.casefile.form import questions
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
from nrm.contact.queries import (
    age_said,
    corrected,
    is_on_adult_track,
    open_case_of_same_child,
    report_by_key,
    triage_of,
)
from nrm.contact.terms import InterpreterCheck, SafetyMeasure
from nrm.kernel.actor import Actor
from nrm.kernel.refusals import Refusal
from nrm.kernel.terms import Understood

OPENERS = (Role.HO, Role.FR, Role.CW, Role.SP, Role.FP, Role.LE)
WORKERS = (Role.FR, Role.CW, Role.CA, Role.GU, Role.SP)


def remember_report(facts: Facts, given: FirstContact) -> None:
    """When the report came and when it was triaged: so the deadline is counted from the case alone."""
    report = report_by_key(given.report)
    if report is not None:
        triage = triage_of(report.pk)
        given.report_at, given.report_urgent = report.at, report.is_urgent
        given.triaged_at = triage.at if triage is not None else None


def knock_at_child_protection(facts: Facts, given: FirstContact) -> Iterator[Knocked]:
    """The duty desks of child protection, except one's own."""
    for agency in with_mandate(Mandate.CHILD_PROTECTION):
        if agency.pk != given.by_agency_id:
            yield Knocked("U", agency=agency.pk)


@act(
    writes=FirstContact,
    may=may(*OPENERS, mandates="open"),
    fills=remember_report,
    knocks=knock_at_child_protection,
    opens=True,
    source="CETS 197 art. 10(1), 10(3)",
    path="now",
)
def open_case(facts: Facts, given: FirstContact) -> Iterator[Refusal]:
    """Open a case for a child."""
    yield from about_her_age(facts, given)
    if given.by_agency_id is not None and open_case_of_same_child(given, given.by_agency_id):
        yield refusals.OPEN_CASE_EXISTS.at("given_name")


def about_her_age(facts: Facts, given: FirstContact) -> Iterator[Refusal]:
    if given.age_from is not None and given.age_to is not None and given.age_from > given.age_to:
        yield refusals.AGE_RANGE_UPSIDE_DOWN.at("age_from")
    presumed = treated_as_child(
        age_said(given), on=facts.today, clearly_adult_from=facts.pack.clearly_adult_from
    )
    if given.track == Track.ADULT_SURVIVOR and presumed.child:
        yield refusals.TREAT_AS_CHILD.at("track")


def keep_report(facts: Facts, given: FirstContact) -> None:
    """Which report the case follows is no matter of what is known of her: it stays."""
    was = corrected(given)
    if was is not None:
        given.report, given.report_at = was.report, was.report_at
        given.report_urgent, given.triaged_at = was.report_urgent, was.triaged_at


@act(
    writes=FirstContact,
    may=may(*OPENERS, mandates="open"),
    fills=keep_report,
    only_corrects=True,
    asks=[name for name, _field, _column in questions(FirstContact) if name != "report"],
    source="CETS 197 art. 10(1), 10(3); GDPR art. 16",
)
def correct_first_contact(facts: Facts, given: FirstContact) -> Iterator[Refusal]:
    """Correct what was written at the first contact."""
    yield from about_her_age(facts, given)


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
    return is_on_adult_track(facts)


@act(
    writes=AdultConsent,
    may=may(*WORKERS),
    when=[is_adult_survivor],
    source="CETS 197 art. 12(7)",
)
def record_adult_consent(facts: Facts, given: AdultConsent) -> Iterator[Refusal]:
    """Ask an adult survivor whether she agrees."""
    yield from nothing(facts, given)
