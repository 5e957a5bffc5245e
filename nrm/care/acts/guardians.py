"""Acts of care: a guardian at her side."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from nrm.agencies.models import Person
from nrm.agencies.queries import with_mandate
from nrm.agencies.terms import Mandate, Role
from nrm.care import refusals
from nrm.care.beside import guardians as beside
from nrm.care.counting import children_of
from nrm.care.models import GuardianObjection, Guardianship, GuardianshipEnd
from nrm.care.queries import guardianship, is_needed
from nrm.care.terms import GuardianKind
from nrm.casefile.act import Knocked, act, condition, may
from nrm.casefile.facts import Facts
from nrm.casefile.models import Party
from nrm.casefile.questions import presumed
from nrm.casefile.sight import standing_shares
from nrm.casefile.terms import ShareBasis, SharePurpose
from nrm.kernel.actor import Actor
from nrm.kernel.handling import Grant
from nrm.kernel.refusals import Refusal

TOMORROW = timedelta(days=1)
ALL_GRANTS = tuple(grant.value for grant in Grant)


@condition(refusals.NOT_NEEDED_FOR_ADULT)
def is_a_child(_: Actor, facts: Facts) -> bool:
    """She is treated as a child today."""
    return presumed(facts, facts.today).child


def share_with_guardian(facts: Facts, given: Guardianship) -> Iterator[Party]:
    """The guardian's agency may know everything, unless it may already."""
    agency_id = given.guardian.agency_id
    held = {
        grant
        for share in standing_shares(facts, agency_id)
        if share.purpose == SharePurpose.CARE and share.until is None
        for grant in share.grants
    }
    if not held.issuperset(ALL_GRANTS):
        yield Party(
            agency_id=agency_id,
            grants=list(ALL_GRANTS),
            purpose=SharePurpose.CARE,
            basis=ShareBasis.LEGAL_DUTY,
            note="CETS 197 art. 10(4)(a)",
        )


def tell_the_guardian(_: Facts, given: Guardianship) -> Iterator[Knocked]:
    yield Knocked("W", person=given.guardian_id)


def may_be_guardian(facts: Facts, given: Guardianship) -> Iterator[Refusal]:
    """What speaks against this person, or against any guardian on that day."""
    person: Person = given.guardian
    conflicting = facts.pack.guardian_conflict_mandates | facts.pack.mandates_never_given_a_case
    if conflicting & set(person.agency.mandates):
        yield refusals.GUARDIAN_CONFLICT.at("guardian")
    children = children_of(person.pk, max(given.since, facts.today), except_case=facts.the_case.pk)
    if children >= facts.pack.guardian_limit:
        yield refusals.GUARDIAN_FULL.at("guardian").with_values(n=children)
    if not presumed(facts, given.since).child:
        yield refusals.NOT_NEEDED_FOR_ADULT.at("from")


def is_interim(was: Guardianship) -> bool:
    return bool(was.kind == GuardianKind.INTERIM)


def is_full(was: Guardianship) -> bool:
    return bool(was.kind == GuardianKind.FULL)


def interim(_: Facts, given: Guardianship) -> None:
    given.kind = GuardianKind.INTERIM


def full(_: Facts, given: Guardianship) -> None:
    given.kind = GuardianKind.FULL


@act(
    writes=Guardianship,
    may=may(Role.CW, mandates={Mandate.CHILD_PROTECTION}),
    when=[is_a_child],
    fills=interim,
    rewrites=is_interim,
    page=(beside.HER_GUARDIAN, beside.others),
    offers=beside.to_choose_from,
    also=share_with_guardian,
    knocks=tell_the_guardian,
    source="CETS 197 art. 10(4)(a); Directive 2011/36/EU art. 14 and 16",
)
def appoint_interim_guardian(facts: Facts, given: Guardianship) -> Iterable[Refusal]:
    """Appoint someone to stand at her side for the first days."""
    return may_be_guardian(facts, given)


@act(
    writes=Guardianship,
    may=may(Role.CW, mandates={Mandate.CHILD_PROTECTION}),
    when=[is_a_child],
    fills=full,
    rewrites=is_full,
    page=(beside.HER_GUARDIAN, beside.others),
    offers=beside.to_choose_from,
    also=share_with_guardian,
    knocks=tell_the_guardian,
    source="CETS 197 art. 10(4)(a); Directive 2011/36/EU art. 14 and 16",
)
def appoint_guardian(facts: Facts, given: Guardianship) -> Iterable[Refusal]:
    """Appoint her guardian."""
    return may_be_guardian(facts, given)


def the_one_that_ends(facts: Facts, given: GuardianshipEnd) -> None:
    given.guardianship = guardianship(facts, given.on)


def someone_is_there(_: Facts, given: GuardianshipEnd) -> Iterator[Refusal]:
    if given.guardianship_id is None:
        yield refusals.NO_GUARDIAN_TO_END.at("on")


@act(
    writes=GuardianshipEnd,
    may=may(Role.CW, mandates={Mandate.CHILD_PROTECTION}),
    fills=the_one_that_ends,
    stands=someone_is_there,
    page=(beside.HER_GUARDIAN,),
    source="CETS 197 art. 10(4)(a)",
)
def end_guardianship(facts: Facts, given: GuardianshipEnd) -> Iterator[Refusal]:
    """End a guardianship."""
    day_after = given.on + TOMORROW
    after = facts.plus([given])
    if is_needed(after, day_after) and guardianship(after, day_after) is None:
        yield refusals.NEXT_GUARDIAN_FIRST.at("on")


def the_one_objected_to(facts: Facts, given: GuardianObjection) -> None:
    given.guardianship = guardianship(facts, facts.today)


def tell_office_and_oversight(facts: Facts, given: GuardianObjection) -> Iterator[Knocked]:
    """The office whose guardian it is, or every guardianship office; and oversight."""
    if given.guardianship is not None:
        yield Knocked("W", agency=given.guardianship.guardian.agency_id)
    else:
        yield from (Knocked("W", agency=office.pk) for office in with_mandate(Mandate.GUARDIANSHIP))
    yield from (Knocked("W", agency=office.pk) for office in with_mandate(Mandate.OVERSIGHT))


@act(
    writes=GuardianObjection,
    may=may(Role.FR, Role.CW, Role.CA, Role.SP, own=(Role.CH,)),
    fills=the_one_objected_to,
    page=(beside.HER_GUARDIAN,),
    knocks=tell_office_and_oversight,
    source="CRC art. 12; CETS 197 art. 10(4)(a)",
)
def object_to_guardian(facts: Facts, given: GuardianObjection) -> Iterator[Refusal]:
    """Say that she, or someone for her, objects to the guardian."""
    yield from ()
