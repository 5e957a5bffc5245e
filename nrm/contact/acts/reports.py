"""Acts before there is a case: someone tells us, someone looks at it, someone complains."""

import re
from collections.abc import Iterator
from typing import Any

from nrm.agencies.queries import with_mandate
from nrm.agencies.terms import Mandate, Role
from nrm.casefile.act import Knocked, act, may, nothing
from nrm.casefile.doing import RACES
from nrm.casefile.facts import Facts
from nrm.casefile.models import Case
from nrm.casefile.references import as_read
from nrm.casefile.refusals import MATERIAL_NEVER_STORED
from nrm.contact import refusals
from nrm.contact.lookups import by_receipt
from nrm.contact.material import leading_to_links, leading_to_material
from nrm.contact.models import Complaint, OnlineReport, Report, ReportAdded, ReportAddition, Triage
from nrm.contact.queries import report_by_key, triage_of
from nrm.contact.terms import ContactWish
from nrm.contact.terms import Triage as Outcome
from nrm.kernel.actor import Actor
from nrm.kernel.codes import hash_of, new_code
from nrm.kernel.refusals import ANSWER_NEEDED, Refusal
from nrm.kernel.terms import Tern

LONGEST_PUBLIC_REPORT = 4000
REPORT_NUMBER = re.compile(r"[A-Za-z0-9-]+")
WISHES = (ContactWish.YES, ContactWish.ONLY_AS_WRITTEN)


def hotlines(sentence: str) -> Iterator[Knocked]:
    """A knock at every hotline's desk."""
    for agency in with_mandate(Mandate.HOTLINE):
        yield Knocked(sentence, agency=agency.pk)


def knock_for_report(facts: Facts, given: Any) -> Iterator[Knocked]:
    yield from hotlines("U" if given.is_urgent else "W")
    if isinstance(given, Report) and given.may_we_contact in WISHES:
        yield from hotlines("X")


def give_receipt(facts: Facts, given: Report) -> None:
    given.receipt_code = new_code()
    given.receipt_hash = hash_of(given.receipt_code)


@act(
    writes=Report,
    may=may(Role.PU, untrained=True),
    fills=give_receipt,
    knocks=knock_for_report,
    on_case=False,
    path="report",
    asks=(
        "what", "danger_now", "where", "when", "child_is_me", "age_guess", "contact", "may_we_contact",
        "may_we_contact_other",
    ),
    source="CETS 197 art. 12; LANZ art. 12, 13",
)  # fmt: skip
def submit_public_report(facts: Facts, given: Report) -> Iterator[Refusal]:
    """Tell us about a child you are worried about."""
    if not given.what.strip():
        yield refusals.REPORT_EMPTY.at("what")
    if len(given.what) > LONGEST_PUBLIC_REPORT:
        yield ANSWER_NEEDED.at("what")
    for name in leading_to_links(given):
        yield MATERIAL_NEVER_STORED.at(name)


def find_report(facts: Facts, given: ReportAddition) -> None:
    given.receipt_hash = hash_of(given.receipt_hash)
    found, _case = by_receipt(given.receipt_hash)
    given.report = found  # type: ignore[assignment]  # None is refused before anything is written


@act(
    writes=ReportAddition,
    may=may(Role.PU, untrained=True),
    fills=find_report,
    on_case=False,
    source="LANZ art. 12, 13",
)
def add_to_public_report(facts: Facts, given: ReportAddition) -> Iterator[Refusal]:
    """Add something to what you told us."""
    if given.report is None:
        yield refusals.CODE_NOT_FOUND.at("receipt_code")
    if leading_to_links(given):
        yield MATERIAL_NEVER_STORED.at("text")


@act(
    writes=Report,
    may=may(Role.HO, Role.CW, own=[Role.LE]),
    knocks=knock_for_report,
    on_case=False,
    asks=(
        "informant_kind", "informant_kind_other", "channel", "channel_other", "what", "danger_now", "where",
        "callback", "stays_anonymous",
    ),
    source="CETS 197 art. 12; LANZ art. 12, 13",
)  # fmt: skip
def receive_report(facts: Facts, given: Report) -> Iterator[Refusal]:
    """Write down what someone tells you about a child."""
    if not given.what.strip():
        yield refusals.REPORT_EMPTY.at("what")
    if given.stays_anonymous == Tern.YES and given.callback.strip():
        yield refusals.INFORMANT_NAMED_BUT_ANONYMOUS.at("callback")


@act(
    writes=OnlineReport,
    may=may(Role.HO, Role.FP, Role.LE),
    knocks=knock_for_report,
    on_case=False,
    source="CETS 201 art. 20; 18 USC 2258A; identifiers only",
)
def record_online_report(facts: Facts, given: OnlineReport) -> Iterator[Refusal]:
    """Enter the number of an online report, never what it shows."""
    material = leading_to_material(given)
    for name in material:
        yield MATERIAL_NEVER_STORED.at(name)
    if "report_id" not in material and not REPORT_NUMBER.fullmatch(given.report_id):
        yield ANSWER_NEEDED.at("report_id")
    number: dict[str, str] = {name: getattr(given, name) for name in ("system", "system_other", "report_id")}
    if given.corrects is None and OnlineReport.objects.filter(**number).exists():
        yield refusals.ONLINE_REPORT_KNOWN.at("report_id")


RACES["contact_one_online_report"] = refusals.ONLINE_REPORT_KNOWN


def of_her_agency(actor: Actor, facts: Facts, given: Triage | None) -> bool:
    """A police liaison triages what came in at her own agency."""
    report = report_by_key(given.report) if given is not None else None
    return given is None or (report is not None and report.by_agency_id == actor.agency_id)


def put_to_case(facts: Facts, given: Triage) -> Iterator[ReportAdded]:
    """The case it belongs to tells of it too."""
    report = report_by_key(given.report) if given.outcome == Outcome.ADD_TO_CASE else None
    if report is not None:
        first = triage_of(report.pk)
        yield ReportAdded(
            case=given.add_to,
            report=report.pk,
            report_at=report.at,
            report_urgent=report.is_urgent,
            triaged_at=first.at if first is not None else given.at,
        )


@act(
    writes=Triage,
    may=may(Role.HO, Role.CW, own=[Role.LE], is_own=of_her_agency),
    also=put_to_case,
    on_case=False,
    source="CETS 197 art. 10(1); House rule",
)
def triage_report(facts: Facts, given: Triage) -> Iterator[Refusal]:
    """Decide what to do with a report."""
    if given.outcome == Outcome.ADD_TO_CASE and given.add_to_id is None:
        yield refusals.TRIAGE_NEEDS_CASE.at("add_to")
    report = report_by_key(given.report)
    if report is not None and report.danger_now == Tern.YES and not given.danger_answer.strip():
        yield refusals.DANGER_NOT_ANSWERED.at("danger_answer")


def find_case(facts: Facts, given: Complaint) -> None:
    """By the receipt code through the report, or the case on whose page she writes."""
    given.receipt_hash = hash_of(given.receipt_hash)
    given.report, given.about_case_id = by_receipt(given.receipt_hash)
    reference = as_read(given.said_in) if given.said_in else None
    if given.about_case_id is None and reference:
        given.about_case_id = Case.objects.filter(reference=reference).values_list("pk", flat=True).first()


def knock_at_oversight(facts: Facts, given: Complaint) -> Iterator[Knocked]:
    for agency in with_mandate(Mandate.OVERSIGHT):
        yield Knocked("W", agency=agency.pk)


@act(
    writes=Complaint,
    may=may(Role.PU, untrained=True),
    fills=find_case,
    knocks=knock_at_oversight,
    on_case=False,
    path="complain",
    source="CRC art. 12; CETS 197 art. 15(1)",
)
def make_complaint(facts: Facts, given: Complaint) -> Iterator[Refusal]:
    """Complain."""
    yield from nothing(facts, given)
