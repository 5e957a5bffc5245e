"""Acts about where she lives: a bed that suits a child, with those she belongs to, never a cell."""

from collections.abc import Iterator

from nrm.agencies.queries import bed_of
from nrm.agencies.terms import Role
from nrm.care import refusals
from nrm.care.acts.own_part import is_hers
from nrm.care.beside import placing as beside
from nrm.care.keeping_beds import is_taken, lives_apart
from nrm.care.models import BedConfirmed, Placement, PlacementEnd
from nrm.care.queries import placement
from nrm.care.terms import Accommodation
from nrm.casefile.act import Knocked, act, may, nothing
from nrm.casefile.doing import RACES
from nrm.casefile.facts import Facts
from nrm.casefile.questions import agreed_to_placement_abroad, presumed
from nrm.contact.queries import communication_need, first_contact
from nrm.contact.terms import Communication
from nrm.kernel import places
from nrm.kernel.refusals import ANSWER_NEEDED, Refusal
from nrm.kernel.terms import Sex, Tern

SOURCE = "CETS 197 art. 12(1)(a); CRC art. 20; Directive 2011/36/EU art. 11(5)"
CELLS = frozenset({Accommodation.POLICE_CELL, Accommodation.CLOSED_CENTRE})
WHO_PLACES = may(Role.CW, own=(Role.GU, Role.SP), is_own=is_hers)
RACES["care_one_child_a_bed"] = refusals.BED_TAKEN


def the_bed_of_the_register(_: Facts, given: Placement) -> None:
    given.registered = bed_of(given.provider_id, given.bed)


def tell_the_provider(_: Facts, given: Placement) -> Iterator[Knocked]:
    if given.provider_id:
        yield Knocked("W", agency=given.provider_id)


def suits_a_child(facts: Facts, given: Placement) -> Iterator[Refusal]:
    """No hotel, no bed outside the register or registered for adults, no strangers who are grown up."""
    bed = given.registered
    if given.type == Accommodation.HOTEL:
        yield refusals.NOT_CHILD_SUITABLE.at("type")
    if not presumed(facts, given.since).child:
        return
    if given.bed and (bed is None or not bed.for_children):
        yield refusals.NOT_CHILD_SUITABLE.at("bed")
    if given.type == Accommodation.ADULT_SURVIVOR_SHELTER:
        yield refusals.WITH_ADULT_STRANGERS.at("type")
    elif bed is not None and bed.adult_strangers:
        yield refusals.WITH_ADULT_STRANGERS.at("bed")


def wishes_of(facts: Facts) -> tuple[str, bool]:
    """For which sex a bed is looked for (empty: not known), and whether it must be reached without steps."""
    contact, need = first_contact(facts), communication_need(facts)
    if contact is None:
        return "", False
    needs = {*contact.communication, *(need.needs if need is not None else ())}
    sex = contact.sex if contact.sex in (Sex.FEMALE, Sex.MALE) else ""
    return sex, Communication.MOBILITY_ACCESS in needs


def suits_her(facts: Facts, given: Placement) -> Iterator[Refusal]:
    """Two things to read before she sleeps there; neither refuses."""
    bed, (sex, step_free) = given.registered, wishes_of(facts)
    if bed is None:
        return
    if bed.for_sex and sex and bed.for_sex != sex:
        yield refusals.BED_FOR_ANOTHER_SEX.at("bed")
    if step_free and bed.step_free != Tern.YES:
        yield refusals.BED_NOT_STEP_FREE.at("bed")


def is_free(facts: Facts, given: Placement) -> Iterator[Refusal]:
    bed = given.registered
    if bed is None:
        return
    if not bed.is_offered(given.since):
        yield refusals.BED_NOT_OFFERED.at("bed")
    elif is_taken(bed.pk, given.since, except_case=facts.the_case.pk):
        yield refusals.BED_TAKEN.at("bed")


def is_abroad(facts: Facts, given: Placement) -> bool:
    return given.country not in ("", places.UNKNOWN, facts.pack.country)


@act(
    writes=Placement,
    may=WHO_PLACES,
    fills=the_bed_of_the_register,
    knocks=tell_the_provider,
    page=(beside.HER_PLACE, beside.belongs_with, beside.NEVER),
    source=SOURCE,
)
def place(facts: Facts, given: Placement) -> Iterator[Refusal]:
    """Say where she lives from now on."""
    if given.type in CELLS:
        yield refusals.DETENTION_IS_NOT_CARE.at("type")
    yield from suits_a_child(facts, given)
    yield from suits_her(facts, given)
    yield from is_free(facts, given)
    if is_abroad(facts, given) and not agreed_to_placement_abroad(facts, given.country):
        yield refusals.CONSULT_FIRST.at("country")
    if not given.apart_because.strip() and lives_apart(
        facts.the_case.pk,
        given.since,
        provider=given.registered.agency_id if given.registered else None,
        address=given.address,
        kind=given.type,
    ):
        yield refusals.SPLITS_SIBLINGS.at("apart_because")


def the_one_that_ends(facts: Facts, given: PlacementEnd) -> None:
    given.placement = placement(facts, given.on)


def lives_somewhere(_: Facts, given: PlacementEnd) -> Iterator[Refusal]:
    if given.placement_id is None:
        yield refusals.NO_PLACEMENT_TO_END.at("on")


@act(
    writes=PlacementEnd,
    may=WHO_PLACES,
    fills=the_one_that_ends,
    stands=lives_somewhere,
    page=(beside.HER_PLACE,),
    source=SOURCE,
)
def end_placement(facts: Facts, given: PlacementEnd) -> Iterator[Refusal]:
    """Say that she no longer lives there."""
    yield from nothing(facts, given)


@act(writes=BedConfirmed, may=may(Role.SP), source="Directive 2011/36/EU art. 11(5), (5a)")
def confirm_bed(_: Facts, given: BedConfirmed) -> Iterator[Refusal]:
    """Register or confirm a bed of your agency."""
    if given.free_from and given.free_until and given.free_until < given.free_from:
        yield ANSWER_NEEDED.at("free_until")
