"""Acts about what is best for her: the assessment of one worker, the determination of a panel."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from nrm.agencies.models import Person
from nrm.agencies.queries import people_by_key
from nrm.agencies.terms import Role, TrainingModule
from nrm.care import refusals
from nrm.care.acts.own_part import is_hers
from nrm.care.acts.second_person import by_its_proposer, signed_by_another
from nrm.care.beside import assessing as beside
from nrm.care.known import BY_THE_CASE
from nrm.care.models import Assessment, Determination, DeterminationConfirmed, Element, Option
from nrm.care.terms import BestInterestsElement
from nrm.casefile.act import Knocked, act, condition, may, nothing
from nrm.casefile.beside import entry
from nrm.casefile.doing import RACES
from nrm.casefile.facts import Facts
from nrm.casefile.questions import guardian, guardian_is_needed
from nrm.casefile.timing import lead_worker
from nrm.kernel.actor import Actor
from nrm.kernel.refusals import SAME_PERSON, Refusal
from nrm.kernel.terms import Tern

FEWEST_OPTIONS = 2
SMALLEST_PANEL = 3
FEWEST_AGENCIES = 2
RACES["care_determinationconfirmed_confirmed_once"] = refusals.ALREADY_CONFIRMED
PANEL = may(Role.BP, training=[TrainingModule.BEST_INTERESTS])
SOURCE = "CRC art. 3 and 12, General Comment 14"


def weighed(facts: Facts, given: Assessment | Determination) -> Iterator[Refusal]:
    """Something on each of the seven points, and two ways forward to choose from."""
    elements = facts.rows(given, Element)
    answered = {row.element for row in elements if row.finding.strip() or row.not_asked}
    if answered != set(BestInterestsElement.codes()):
        yield refusals.ELEMENTS_MISSING.at("elements")
    if any(row.finding.strip() and row.not_asked for row in elements):
        yield refusals.FOUND_AND_NOT_ASKED.at("elements")
    if len(facts.rows(given, Option)) < FEWEST_OPTIONS:
        yield refusals.ONE_OPTION_ONLY.at("options")


@act(
    writes=Assessment,
    may=may(Role.CW, own=(Role.GU, Role.SP), is_own=is_hers, training=[TrainingModule.BEST_INTERESTS]),
    page=(beside.newest,),
    known=BY_THE_CASE,
    source=SOURCE,
)
def assess_best_interests(facts: Facts, given: Assessment) -> Iterable[Refusal]:
    """Assess what is best for her."""
    return weighed(facts, given)


@condition(refusals.ASSESSMENT_FIRST)
def was_assessed(_: Actor, facts: Facts) -> bool:
    """Somebody who works with her has assessed it before a panel does."""
    return facts.latest(Assessment) is not None


def sits(facts: Facts, panel: list[Person]) -> bool:
    """Enough people from enough agencies; nobody counts whose agency may never be given a case."""
    never = facts.pack.mandates_never_given_a_case
    counted = [person for person in panel if not never & set(person.agency.mandates)]
    return len(counted) >= SMALLEST_PANEL and len({one.agency_id for one in counted}) >= FEWEST_AGENCIES


def tell_the_chair(_: Facts, given: Determination) -> Iterator[Knocked]:
    yield Knocked("W", person=given.chair_id)


@act(writes=Determination, may=PANEL, when=[was_assessed], knocks=tell_the_chair, source=SOURCE)
def determine_best_interests(facts: Facts, given: Determination) -> Iterator[Refusal]:
    """Propose what a panel has determined to be best for her."""
    yield from weighed(facts, given)
    if not sits(facts, people_by_key(given.panel)):
        yield refusals.PANEL_TOO_SMALL.at("panel")
    if given.chair_id == lead_worker(facts):
        yield refusals.LEAD_WORKER_CHAIRS.at("chair")
    elif given.chair_id not in given.panel or Role.BP not in given.chair.roles:
        yield refusals.CHAIR_NOT_OF_THE_PANEL.at("chair")
    elif given.chair_id == given.by_person_id:
        yield SAME_PERSON.at("chair")
    has_one = guardian_is_needed(facts, facts.today) or guardian(facts, facts.today) is not None
    if has_one and given.guardian_heard != Tern.YES:
        yield refusals.GUARDIAN_NOT_HEARD.at("guardian_heard")


def signed_by_the_chair(facts: Facts, given: DeterminationConfirmed) -> Iterator[Refusal]:
    yield from signed_by_another(facts, given, Determination)
    proposal = facts.by_key(given.proposal)
    if isinstance(proposal, Determination) and given.by_person_id not in (
        proposal.chair_id,
        proposal.by_person_id,
    ):
        yield refusals.NOT_THE_CHAIR


@act(
    writes=DeterminationConfirmed,
    may=PANEL,
    stands=signed_by_the_chair,
    fills=by_its_proposer,
    page=(entry(Determination, _("What the panel determined")),),
    source=SOURCE,
)
def confirm_determination(facts: Facts, given: DeterminationConfirmed) -> Iterator[Refusal]:
    """Confirm, as its chair, what the panel determined."""
    yield from nothing(facts, given)
