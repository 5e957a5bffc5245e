"""How one case is counted: pure over its facts."""

from datetime import date

from nrm.casefile import questions
from nrm.casefile.facts import Facts
from nrm.casefile.terms import FORCED_CRIMINALITY
from nrm.contact.queries import first_contact
from nrm.identification import queries as identification
from nrm.kernel.days import anniversary
from nrm.referral.queries import latest as latest_referral
from nrm.screening.models import Screening
from nrm.screening.queries import acts_and_purposes, earliest, episodes, indicates_trafficking
from nrm.statistics.rules import Counted, who_is
from nrm.statistics.terms import Form, Status

FULL_AGE = 18


def registered_on(facts: Facts) -> date | None:
    """The local day of the first screening that indicates trafficking; None: she is not counted."""
    for screening in facts.of(Screening):
        until = (screening.at, screening.pk)
        known = tuple(fact for fact in facts.standing if (fact.at, fact.pk) <= until)
        then = Facts(facts.case, screening.at, facts.pack, known, facts.lines)
        if indicates_trafficking(then):
            return facts.pack.calendar.local_date(screening.at)
    return None


def status_of(facts: Facts) -> Status:
    """The status that stands: of a decision if there is one, else what she, an adult, said."""
    decision, new = identification.latest_standing(facts), identification.new_information_at(facts)
    if decision is not None and decision.is_negative and (new is None or new <= decision.at):
        return Status.NEGATIVE
    conclusive = identification.standing_decision(facts, identification.CG)
    last_step = conclusive if facts.pack.decision_steps > 1 else decision
    if last_step is not None and last_step.is_positive:
        return Status.IDENTIFIED
    declined, sent = questions.declined_at(facts), latest_referral(facts)
    if declined is not None and (sent is None or sent.at < declined):
        return Status.DECLINED
    return Status.PRESUMED


def forms(facts: Facts) -> tuple[str, ...]:
    """Forms of exploitation by the pack's classes, each once, in their order."""
    purposes = acts_and_purposes(facts)[1]
    found = {facts.pack.purpose_class.get(purpose, Form.OTHER) for purpose in purposes}
    return tuple(form.value for form in Form if form in found)


def was_child_when_exploited(facts: Facts) -> bool:
    """Whether any known stretch of exploitation began before she was 18."""
    contact = first_contact(facts)
    if contact is None or contact.birth_date is None:
        return False
    of_age = anniversary(contact.birth_date, FULL_AGE)
    starts = [earliest(episode) for episode in episodes(facts)]
    return any(start is not None and start < of_age for start in starts)


def counted(facts: Facts) -> Counted | None:
    """The row of this case; None while nothing indicates trafficking."""
    contact, on = first_contact(facts), registered_on(facts)
    if contact is None or on is None:
        return None
    child = questions.presumed(facts, on).child
    return Counted(
        year=on.year,
        who=who_is(child=child, sex=contact.sex),
        citizenship=facts.pack.citizenship_class(contact.citizenships),
        forms=forms(facts),
        by=facts.the_case.opened_by_agency.kind,
        status=status_of(facts),
        forced_criminality=bool(acts_and_purposes(facts)[1] & FORCED_CRIMINALITY),
        found_as_adult=not child and was_child_when_exploited(facts),
    )
