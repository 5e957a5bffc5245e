"""Acts of screening: talk with her, write down the signs, decide the next step. It advises and never decides."""

from collections.abc import Iterator

from nrm.agencies.terms import Role, TrainingModule
from nrm.casefile.act import Knocked, act, may
from nrm.casefile.doing import RACES
from nrm.casefile.facts import Facts
from nrm.casefile.terms import Track
from nrm.contact.queries import first_contact
from nrm.contact.terms import Present
from nrm.kernel.refusals import ANSWER_NEEDED, SAME_PERSON, Refusal
from nrm.screening import queries, refusals
from nrm.screening.models import Answer, Episode, Interview, NextStepConfirmed, NextStepDecided, Screening
from nrm.screening.rules import RULE_VERSION
from nrm.screening.terms import Means, NextStep

WHO = may(Role.FR, Role.CW, Role.LE, mandates="screen", training=[TrainingModule.CHILD_INTERVIEW])
HER_OWN = frozenset(
    {
        Present.GUARDIAN, Present.PARENT, Present.LAWYER, Present.PSYCHOLOGIST, Present.TRUSTED_PERSON,
        Present.OTHER,
    }
)  # fmt: skip
NO_MEANS = frozenset({Means.NONE_SEEN, Means.NOT_KNOWN})
TWICE = "screening_nextstepconfirmed_confirmed_once"


@act(writes=Interview, may=WHO, source="CETS 201 art. 35(1); Directive 2012/29/EU art. 24")
def record_interview(facts: Facts, given: Interview) -> Iterator[Refusal]:
    """Write down that you talked with her."""
    if given.reason_again.strip():
        return
    if queries.interviews(facts):
        yield refusals.INTERVIEW_AGAIN.at("reason_again")
    if not HER_OWN & set(given.present):
        yield refusals.CHILD_ALONE.at("reason_again")


def advised(facts: Facts, given: Screening) -> None:
    """Keep what the rule says of all that is known now, with the version of the rule."""
    said = queries.what_is_advised(facts.plus([given]))
    given.rule_version, given.advice, given.because = RULE_VERSION, said.advice, list(said.because)


@act(
    writes=Screening,
    may=WHO,
    fills=advised,
    source="CETS 197 art. 10(1); Palermo Protocol art. 3(c)",
    path="now",
)
def record(facts: Facts, given: Screening) -> Iterator[Refusal]:
    """Write down the signs."""
    if not facts.rows(given, Answer) and not given.in_her_words.strip():
        yield refusals.SCREENING_EMPTY.at("answers")
    told = facts.rows(given, Episode)
    for place, e in enumerate(told):
        if e.from_day and e.to_day and e.to_day < e.from_day:
            yield refusals.EPISODE_UPSIDE_DOWN.at(f"episodes-{place}-to")
    contact = first_contact(facts)
    if contact is not None and contact.track == Track.ADULT_SURVIVOR:
        known = [*queries.episodes(facts), *told]
        means = {code for one in (*facts.of(Screening), given) for code in one.means} - NO_MEANS
        if not means and queries.only_after_18(contact.birth_date, known):
            yield refusals.ADULT_NEEDS_MEANS.at("means")


def against_the_advice(facts: Facts, given: NextStepDecided) -> None:
    """A step other than a referral, while the signs point to one, waits for a second person."""
    given.against_advice = given.outcome != NextStep.REFER and queries.advice_is_to_refer(facts)


def ask_a_colleague(_: Facts, given: NextStepDecided) -> Iterator[Knocked]:
    if given.against_advice:
        yield Knocked("W", agency=given.by_agency_id)


@act(
    writes=NextStepDecided,
    may=WHO,
    fills=against_the_advice,
    knocks=ask_a_colleague,
    source="CETS 197 art. 10(1); a second person against the advice is a house rule",
)
def decide_next_step(_: Facts, given: NextStepDecided) -> Iterator[Refusal]:
    """Decide the next step."""
    if given.against_advice and not given.reason.strip():
        yield refusals.ADVICE_NOT_FOLLOWED.at("reason")


def proposed(facts: Facts, given: NextStepConfirmed) -> NextStepDecided | None:
    """The step to confirm, if it is one that waits for confirmation."""
    step = next((s for s in facts.of(NextStepDecided) if s.pk == given.proposal), None)
    return step if step is not None and step.against_advice and not queries.confirmed(facts, step) else None


def whose_proposal(facts: Facts, given: NextStepConfirmed) -> None:
    step = proposed(facts, given)
    given.proposed_by_id = step.by_person_id if step is not None else None  # type: ignore[assignment]


def by_another(_: Facts, given: NextStepConfirmed) -> Iterator[Refusal]:
    if given.proposed_by_id is not None and given.proposed_by_id == given.by_person_id:
        yield SAME_PERSON


@act(
    writes=NextStepConfirmed,
    may=WHO,
    fills=whose_proposal,
    stands=by_another,
    source="House rule: against the advice two people decide",
)
def confirm_next_step(facts: Facts, given: NextStepConfirmed) -> Iterator[Refusal]:
    """Agree to a step against the advice."""
    if proposed(facts, given) is None:
        yield ANSWER_NEEDED.at("proposal")


RACES[TWICE] = ANSWER_NEEDED.at("proposal")
