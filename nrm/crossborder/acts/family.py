"""Acts about her family: looked for when that is safe and she wants it, and assessed before it could have her."""

from collections.abc import Iterator

from nrm.care.terms import TracingWhen
from nrm.casefile.act import act, condition, nothing
from nrm.casefile.facts import Facts
from nrm.casefile.questions import guardian
from nrm.casefile.refusals import SHARE_CONSENT_MISSING
from nrm.crossborder import queries, refusals
from nrm.crossborder.acts.people import NEAR_HER
from nrm.crossborder.models import ConsularContact, FamilyAssessment, TracingRequest, TracingResult
from nrm.crossborder.terms import TracingChannel
from nrm.kernel.actor import Actor
from nrm.kernel.refusals import Refusal
from nrm.kernel.terms import Tern


@act(
    writes=TracingRequest,
    may=NEAR_HER,
    leaves_agency=True,
    source="CETS 197 art. 10(4)(c); Directive 2011/36/EU art. 16",
)
def request_family_tracing(facts: Facts, given: TracingRequest) -> Iterator[Refusal]:
    """Ask somebody to look for her family."""
    word = queries.tracing_word(facts, given.assessment)
    if word == TracingWhen.NOT_SAFE:
        yield refusals.TRACING_NOT_SAFE.at("assessment")
    if given.channel == TracingChannel.CONSULATE and given.asylum_pending != Tern.NO:
        yield refusals.NO_CONTACT_WITH_HOME_AUTHORITIES.at("channel")
    overridden = given.override.strip() and guardian(facts, facts.today) is not None
    if word == TracingWhen.NOT_NOW and not overridden:
        yield refusals.CHILD_DOES_NOT_WANT.at("override")


@act(writes=TracingResult, may=NEAR_HER, source="CETS 197 art. 10(4)(c)")
def record_tracing_result(facts: Facts, given: TracingResult) -> Iterator[Refusal]:
    """Record what a search for her family found, or that it was stopped."""
    yield from nothing(facts, given)


@condition(refusals.FAMILY_NOT_FOUND_YET)
def family_is_found(_: Actor, facts: Facts) -> bool:
    return queries.family_is_found(facts)


@act(writes=FamilyAssessment, may=NEAR_HER, when=[family_is_found], source="CRC art. 9; CETS 197 art. 16(7)")
def record_family_assessment(facts: Facts, given: FamilyAssessment) -> Iterator[Refusal]:
    """Record whether the family can care for her."""
    yield from nothing(facts, given)


@condition(refusals.NO_CONTACT_WITH_HOME_AUTHORITIES)
def needs_no_asylum(_: Actor, facts: Facts) -> bool:
    return queries.asylum_is_ruled_out(facts)


@act(
    writes=ConsularContact,
    may=NEAR_HER,
    when=[needs_no_asylum],
    leaves_agency=True,
    source="CETS 197 art. 16(7); Geneva Convention 1951 art. 33; House rule: consent",
)
def record_consular_contact(facts: Facts, given: ConsularContact) -> Iterator[Refusal]:
    """Record a contact with a consulate."""
    if not queries.consent_stands(facts, given.consent):
        yield SHARE_CONSENT_MISSING.at("consent")
