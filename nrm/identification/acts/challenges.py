"""Acts after a decision: ask again, bring something new, go to court; or decline."""

from collections.abc import Iterator

from nrm.agencies.terms import Role
from nrm.casefile import questions
from nrm.casefile.act import Knocked, act, condition, may, nothing
from nrm.casefile.facts import Facts
from nrm.casefile.models import Fact, Party
from nrm.casefile.sight import standing_shares
from nrm.casefile.terms import ShareBasis, SharePurpose
from nrm.contact.refusals import NOT_AN_ADULT
from nrm.identification import queries, refusals
from nrm.identification.acts.conditions import deciding_authority, her_own_part
from nrm.identification.models import (
    Appeal,
    AppealDecided,
    Declined,
    NewInformation,
    ReconsiderationRequest,
)
from nrm.kernel.actor import Actor
from nrm.kernel.handling import Grant
from nrm.kernel.refusals import Refusal

CHALLENGERS = may(Role.FR, Role.CW, Role.GU, own=[Role.SP, Role.CH], is_own=her_own_part)
NEEDED_TO_DECIDE = (Grant.FULL, Grant.IDENTITY)


@condition(refusals.NOTHING_TO_RECONSIDER)
def something_is_negative(_: Actor, facts: Facts) -> bool:
    return bool(queries.challengeable(facts))


def within_the_window(facts: Facts, given: ReconsiderationRequest) -> Iterator[Refusal]:
    if queries.challengeable(facts) and queries.what_a_request_challenges(facts, given.at) is None:
        yield refusals.WINDOW_CLOSED


def against_the_newest(facts: Facts, given: ReconsiderationRequest) -> None:
    challenged = queries.what_a_request_challenges(facts, given.at)
    if challenged is not None:
        given.challenged = challenged.key


def tell_the_authority(facts: Facts, _: Fact) -> Iterator[Knocked]:
    agency = deciding_authority(facts)
    if agency is not None:
        yield Knocked("W", agency=agency)


@act(
    writes=ReconsiderationRequest,
    may=CHALLENGERS,
    when=[something_is_negative],
    stands=within_the_window,
    fills=against_the_newest,
    knocks=tell_the_authority,
    source="CETS 197 art. 15; PACE Resolution 2195 par. 6.4; days: house rule",
)
def request_reconsideration(facts: Facts, given: ReconsiderationRequest) -> Iterator[Refusal]:
    """Ask that a decision is looked at again."""
    yield from nothing(facts, given)


@condition(refusals.NO_NEGATIVE_DECISION)
def grounds_were_denied(_: Actor, facts: Facts) -> bool:
    return queries.negative_decision(facts) is not None


def give_the_case_back(facts: Facts, _: NewInformation) -> Iterator[Fact]:
    """The authority decides afresh: what it needs for that is shared again if a closure ended it."""
    agency = deciding_authority(facts)
    if agency is None:
        return
    held = {grant for share in standing_shares(facts, agency) for grant in share.grants}
    if not held >= set(NEEDED_TO_DECIDE):
        yield Party(
            agency_id=agency,
            grants=[grant.value for grant in NEEDED_TO_DECIDE],
            purpose=SharePurpose.DECISION,
            basis=ShareBasis.LEGAL_DUTY,
            note="CETS 197 art. 10",
        )


@act(
    writes=NewInformation,
    may=CHALLENGERS,
    when=[grounds_were_denied],
    also=give_the_case_back,
    knocks=tell_the_authority,
    source="House rule: new information is heard at any time",
)
def record_new_information_after_negative(facts: Facts, given: NewInformation) -> Iterator[Refusal]:
    """Record new information after a negative decision."""
    yield from nothing(facts, given)


def against_what_stands(facts: Facts, given: Appeal) -> None:
    negative = queries.challengeable(facts)
    found = negative[0] if negative else queries.latest_standing(facts)
    given.challenged = found.key if found is not None else None


@act(writes=Appeal, may=CHALLENGERS, fills=against_what_stands, source="CETS 197 art. 15(2)")
def record_appeal(facts: Facts, given: Appeal) -> Iterator[Refusal]:
    """Record that a court was asked."""
    yield from nothing(facts, given)


@condition(refusals.APPEAL_NOT_KNOWN)
def appeal_is_known(_: Actor, facts: Facts) -> bool:
    return queries.open_appeal(facts) is not None


def of_the_open_appeal(facts: Facts, given: AppealDecided) -> None:
    appeal = queries.open_appeal(facts)
    given.appeal = appeal.pk if appeal is not None else None


@act(
    writes=AppealDecided,
    may=CHALLENGERS,
    when=[appeal_is_known],
    fills=of_the_open_appeal,
    knocks=tell_the_authority,
    source="CETS 197 art. 15(2)",
)
def record_appeal_outcome(facts: Facts, given: AppealDecided) -> Iterator[Refusal]:
    """Record what the court decided."""
    yield from nothing(facts, given)


@condition(NOT_AN_ADULT)
def is_an_adult(_: Actor, facts: Facts) -> bool:
    return not questions.presumed(facts, facts.today).child


@act(
    writes=Declined,
    may=may(Role.FR, Role.CW, Role.CA, Role.GU, Role.SP),
    when=[is_an_adult],
    source="CETS 197 art. 12(6), 13(2); Directive 2011/36/EU art. 11(5)",
)
def record_declined(facts: Facts, given: Declined) -> Iterator[Refusal]:
    """Record that an adult does not want to be identified."""
    yield from nothing(facts, given)
