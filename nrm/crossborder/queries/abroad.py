"""What is known of a case for another State, and what came back on a message."""

from typing import Any, TypeVar

from nrm.agencies.models import Person
from nrm.care.queries import placement
from nrm.casefile import questions
from nrm.casefile.facts import Facts
from nrm.casefile.sight import standing_shares
from nrm.contact.models import ReportAdded
from nrm.contact.queries import communication_need, first_contact
from nrm.crossborder.lookups import conditions_of
from nrm.crossborder.models import Acknowledgement, Consultation, OutcomeTold, Reply
from nrm.crossborder.rules import Birth, Child, Guardian, Known, Standing
from nrm.crossborder.terms import Disclosed, Situation
from nrm.identification import queries as identification
from nrm.identification.models import DecisionProposal
from nrm.kernel.handling import Grant
from nrm.screening.queries import acts_and_purposes
from nrm.services.terms import InPart

A = TypeVar("A", Acknowledgement, Reply, OutcomeTold)


def known(facts: Facts) -> Known:
    """All that may be told of her; what is told is decided by the message's own rule."""
    contact, need = first_contact(facts), communication_need(facts)
    presumed = questions.presumed(facts, facts.today)
    return Known(
        child=Child(
            reference=facts.the_case.reference,
            treated_as_child=presumed.child,
            row=presumed.row,
            birth=born(facts),
            sex=contact.sex if contact else "",
            languages=tuple(contact.languages) if contact else (),
            communication=tuple(need.needs if need else contact.communication if contact else ()),
            interpreter=need.interpreter if need else "",
        ),
        standing=Standing(situation(facts), purposes(facts), her_guardian(facts)),
        further=further(facts),
    )


def born(facts: Facts) -> Birth:
    """The year of the birth date that counts, else the years that were estimated."""
    age = identification.age_facts(facts, facts.today)
    assigned = age.decision.assigned_birth_date if age.decision else None
    day = assigned or (age.birth_date.latest if age.birth_date else None)
    return Birth(day.year if day else None, age.estimate_from, age.estimate_to)


def situation(facts: Facts) -> str:
    """How the case stands, in three words. A negative decision is nobody's business abroad."""
    latest = identification.latest_standing(facts)
    if latest is None or not latest.is_positive:
        return Situation.NOT_DECIDED
    last_step = facts.pack.decision_steps == 1 or latest.kind == identification.CG
    return Situation.IDENTIFIED if last_step else Situation.PRESUMED


def purposes(facts: Facts) -> tuple[str, ...]:
    """What she was exploited for: as decided, else as screened."""
    latest = identification.latest_standing(facts)
    if latest is not None and latest.is_positive and isinstance(latest.proposal, DecisionProposal):
        return tuple(latest.proposal.purposes)
    return tuple(sorted(acts_and_purposes(facts)[1]))


def her_guardian(facts: Facts) -> Guardian | None:
    """Her guardian of today, by name and office."""
    key = questions.guardian(facts, facts.today)
    person = Person.objects.select_related("agency").filter(pk=key).first() if key else None
    return Guardian(person.name, person.agency.name) if person else None


def further(facts: Facts) -> dict[str, Any]:
    """What may be told beside the minimum, by code. Document numbers and photographs are not kept as text."""
    contact = first_contact(facts)
    if contact is None:
        return {}
    age = identification.age_facts(facts, facts.today)
    day = (age.decision.assigned_birth_date if age.decision else None) or contact.birth_date
    lives = placement(facts, facts.today)
    names = (contact.given_name, contact.family_name, contact.also_called)
    return {
        Disclosed.NAMES: [name for name in names if name],
        Disclosed.BIRTH_DATE: day.isoformat() if day else "",
        Disclosed.CITIZENSHIPS: list(contact.citizenships),
        Disclosed.ADDRESS: lives.address if lives else "",
    }


def bound_by(facts: Facts) -> list[str]:
    """What another State made a condition of what it told us, a line each: shown on every page of the case."""
    contact = first_contact(facts)
    reports = [contact.report] if contact is not None and contact.report else []
    reports += [added.report for added in facts.of(ReportAdded)]
    return conditions_of(reports)


def may_be_told_where(facts: Facts, agency_id: int | None) -> bool:
    """Whether an agency may know where she lives: only then can it tell another State."""
    shares = standing_shares(facts, agency_id) if agency_id else []
    return any(Grant.LOCATION in share.grants for share in shares)


def _came(facts: Facts, kind: type[A], key: int) -> A | None:
    return next((one for one in facts.of(kind) if one.message == key), None)


def acknowledgement_of(facts: Facts, key: int) -> Acknowledgement | None:
    """The first receipt of a message."""
    return _came(facts, Acknowledgement, key)


def reply_to(facts: Facts, key: int) -> Reply | None:
    """The first answer to a message."""
    return _came(facts, Reply, key)


def outcome_of(facts: Facts, key: int) -> OutcomeTold | None:
    """What became of a message."""
    return _came(facts, OutcomeTold, key)


@questions.agreed_to_placement_abroad.answered
def agreed_to_placement(facts: Facts, country: str) -> bool:
    """Whether the newest consultation of that State was answered, and not with no."""
    asked = [one for one in facts.of(Consultation) if one.to == country]
    answers = [one for one in facts.of(Reply) if asked and one.message == asked[-1].pk]
    return bool(answers) and answers[-1].accepted != InPart.NO
