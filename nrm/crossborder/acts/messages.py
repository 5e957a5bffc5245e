"""Messages to other States: the minimum, each further thing with a reason, bound by conditions; then what came back."""

import secrets
from collections.abc import Iterable, Iterator
from typing import Any

from nrm.agencies.queries import with_mandate
from nrm.agencies.terms import Mandate
from nrm.casefile.act import Knocked, act, nothing
from nrm.casefile.facts import Facts
from nrm.casefile.questions import guardian
from nrm.casefile.refusals import SHARE_CONSENT_MISSING
from nrm.casefile.timing import lead_worker
from nrm.crossborder import queries, refusals, rules
from nrm.crossborder.acts.people import FOCAL_POINT, HEARING_BACK, NEAR_HER, SENDERS, is_alarm
from nrm.crossborder.models import (
    Acknowledgement,
    ComplaintTransmission,
    Consultation,
    Disclosure,
    OutcomeTold,
    OutgoingMessage,
    Reply,
)
from nrm.crossborder.terms import Disclosed, MessageAsk, MessageBasis, MessageHandling
from nrm.kernel.refusals import ANSWER_NEEDED, Refusal

SOURCE = "CETS 197 art. 32 to 34; Directive 2011/36/EU art. 11(4)"
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's, none that is misread for another
NUMBER_LENGTH = 26
IN_WORDS = ("kind", "danger", "ask_for", "handling")


def write_it(facts: Facts, given: OutgoingMessage) -> None:
    """The message as it leaves: made by the program from the case, kept letter by letter."""
    given.message_id = "".join(secrets.choice(LETTERS) for _ in range(NUMBER_LENGTH))
    disclosed = tuple((row.field, row.reason) for row in facts.rows(given, Disclosure))
    sending = rules.Sending(
        message_id=given.message_id,
        country=facts.pack.country,
        office=given.by_agency.name if given.by_agency is not None else "",
        to=given.to,
        to_office=given.to_office,
        kind=given.kind,
        urgency=given.urgency,
        sent_at=given.at,
        danger=tuple(given.danger),
        ask_for=tuple(given.ask_for),
        handling=tuple(given.handling),
        basis=given.basis,
        text=given.text,
        child_heard=bool(given.childs_views.strip()),
        reply_by=given.reply_by,
        delete_by=given.delete_by,
        basis_text=given.basis_text,
        disclosed=disclosed,
        in_words={name: getattr(given, f"{name}_other") for name in IN_WORDS},
    )
    given.sent = rules.as_text(rules.message(queries.known(facts), sending))


def may_leave(facts: Facts, given: OutgoingMessage) -> Iterator[Refusal]:
    """What is wrong with a message. Life in danger asks for no consent."""
    if given.to not in facts.pack.focal_points:
        yield refusals.NO_FOCAL_POINT.at("to")
    if not given.handling:
        yield refusals.HANDLING_MISSING.at("handling")
    if MessageHandling.DELETE_BY in given.handling and given.delete_by is None:
        yield ANSWER_NEEDED.at("delete_by")
    yield from only_what_is_needed(facts, given)
    yield from no_return_unassessed(facts, given)
    yield from something_allows_it(facts, given)


def only_what_is_needed(facts: Facts, given: OutgoingMessage) -> Iterator[Refusal]:
    """Nothing beside the minimum for information alone; nobody tells where she lives who may not know it."""
    told = {row.field for row in facts.rows(given, Disclosure)}
    hidden = Disclosed.ADDRESS in told and not queries.may_be_told_where(facts, given.by_agency_id)
    if told and (hidden or rules.is_information_only(given.ask_for)):
        yield refusals.MORE_THAN_NEEDED.at("disclose")


def no_return_unassessed(facts: Facts, given: OutgoingMessage) -> Iterator[Refusal]:
    """Nobody is asked to receive her before it is known what a return would risk. Source: CETS 197 art. 16(7)."""
    if MessageAsk.RECEIVE_RETURN in given.ask_for:
        plan = queries.planned_return(facts)
        if not plan.assessed:
            yield refusals.NO_RISK_ASSESSMENT.at("ask_for").with_values(days=plan.valid_days)
        if plan.against:
            yield refusals.RETURN_AGAINST_BEST_INTERESTS.at("ask_for")


def something_allows_it(facts: Facts, given: OutgoingMessage) -> Iterator[Refusal]:
    by_consent = given.basis == MessageBasis.CHILD_AND_GUARDIAN_CONSENT
    if by_consent and not is_alarm(given) and not queries.consent_stands(facts, given.consent):
        yield SHARE_CONSENT_MISSING.at("consent")
    if given.basis == MessageBasis.TREATY and not given.basis_text.strip():
        yield ANSWER_NEEDED.at("basis_text")


def wake(facts: Facts, _: Any) -> Iterator[Knocked]:
    """The focal points, the lead worker, the guardian."""
    yield from (Knocked("U", agency=office.pk) for office in with_mandate(Mandate.FOCAL_POINT))
    for person in (lead_worker(facts), guardian(facts, facts.today)):
        if person:
            yield Knocked("U", person=person)


@act(writes=OutgoingMessage, may=SENDERS, fills=write_it, knocks=wake, leaves_agency=True, source=SOURCE)
def send_transnational_referral(facts: Facts, given: OutgoingMessage) -> Iterable[Refusal]:
    """Refer her to another State."""
    return may_leave(facts, given)


@act(
    writes=OutgoingMessage,
    may=SENDERS,
    fills=write_it,
    knocks=wake,
    leaves_agency=True,
    source="CETS 197 art. 33: without delay",
)
def raise_alert_abroad(facts: Facts, given: OutgoingMessage) -> Iterable[Refusal]:
    """Warn another State that she is in danger."""
    return may_leave(facts, given)


@act(writes=Acknowledgement, may=HEARING_BACK, source=SOURCE)
def acknowledge(facts: Facts, given: Acknowledgement) -> Iterator[Refusal]:
    """Record that a message was received."""
    yield from nothing(facts, given)


@act(writes=Reply, may=HEARING_BACK, source=SOURCE)
def answer(facts: Facts, given: Reply) -> Iterator[Refusal]:
    """Record the answer to a message."""
    asked = facts.by_key(given.message)
    if isinstance(asked, OutgoingMessage) and queries.acknowledgement_of(facts, asked.pk) is None:
        yield refusals.ANSWER_BEFORE_RECEIPT.at("message")


@act(writes=OutcomeTold, may=HEARING_BACK, source="CETS 197 art. 34: the final result is reported")
def record_outcome(facts: Facts, given: OutcomeTold) -> Iterator[Refusal]:
    """Record what became of a message."""
    yield from nothing(facts, given)


@act(writes=ComplaintTransmission, may=FOCAL_POINT, leaves_agency=True, source="CETS 197 art. 27(2)")
def transmit_complaint(facts: Facts, given: ComplaintTransmission) -> Iterator[Refusal]:
    """Pass her complaint on to the State where it happened."""
    if not queries.consent_stands(facts, given.consent):
        yield SHARE_CONSENT_MISSING.at("consent")


@act(writes=Consultation, may=NEAR_HER, leaves_agency=True, source="1996 Hague Convention art. 33")
def consult_on_placement_abroad(facts: Facts, given: Consultation) -> Iterator[Refusal]:
    """Ask another State before she is placed there."""
    yield from nothing(facts, given)
