"""Acts about her age: doubt it, assess it gently, decide it with two people."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from nrm.casefile import questions
from nrm.casefile.act import act, condition, nothing
from nrm.casefile.beside import entry, her_views, time_limit
from nrm.casefile.facts import Facts
from nrm.identification import queries, refusals, rules
from nrm.identification.acts.conditions import ANYONE_ON_THE_CASE, ASSESSORS, DECIDERS, guardian_is_there
from nrm.identification.acts.decisions import tell_a_colleague
from nrm.identification.beside import presumption
from nrm.identification.models import AgeAssessment, AgeDispute, AgeProposal
from nrm.identification.terms import AgeMethod
from nrm.kernel.actor import Actor
from nrm.kernel.refusals import Refusal
from nrm.kernel.terms import Tern

doubt = entry(AgeDispute, _("The doubt"))
assessment = entry(AgeAssessment, _("The assessment"))
SOURCE = "CETS 197 art. 10(3); PACE Resolution 2195 par. 6"


@act(writes=AgeDispute, may=ANYONE_ON_THE_CASE, page=[presumption], source="CETS 197 art. 10(3)")
def dispute_age(facts: Facts, given: AgeDispute) -> Iterator[Refusal]:
    """Say that her age is in doubt."""
    yield from nothing(facts, given)


@condition(refusals.NO_SERIOUS_DOUBT)
def age_is_doubted(_: Actor, facts: Facts) -> bool:
    return queries.dispute_is_open(facts)


def never_examined(_: Facts) -> dict[str, frozenset[str]]:
    """A method that is never allowed is not offered."""
    return {"methods": AgeMethod.refused_only, "methods_used": AgeMethod.refused_only}


@act(
    writes=AgeAssessment,
    may=DECIDERS,
    when=[age_is_doubted, guardian_is_there],
    page=[presumption, doubt, her_views],
    never_offers=never_examined,
    source=SOURCE,
)
def open_age_assessment(facts: Facts, given: AgeAssessment) -> Iterator[Refusal]:
    """Open an age assessment."""
    if AgeMethod.refused_only & set(given.methods):
        yield refusals.METHOD_FORBIDDEN.at("methods")
    if AgeMethod.DENTAL_OR_WRIST in given.methods and not rules.is_last_resort(queries.methods_tried(facts)):
        yield refusals.XRAY_NOT_LAST_RESORT.at("methods")
    if given.guardian_present == Tern.NO and questions.guardian_is_needed(facts, facts.today):
        yield refusals.GUARDIAN_FIRST.at("guardian_present")
    if given.agrees != Tern.YES:
        yield refusals.CHILD_REFUSED.at("agrees")


@act(
    writes=AgeProposal,
    may=ASSESSORS,
    knocks=tell_a_colleague,
    page=[presumption, doubt, assessment, her_views, time_limit("AGE_DECISION")],
    never_offers=never_examined,
    source=SOURCE,
)
def decide_age(facts: Facts, given: AgeProposal) -> Iterator[Refusal]:
    """Propose the decision about her age."""
    if AgeMethod.refused_only & set(given.methods_used):
        yield refusals.METHOD_FORBIDDEN.at("methods_used")
    if rules.margin_says_child(given.outcome, given.lowest_age):
        yield refusals.MARGIN_SAYS_CHILD.at("outcome")
    if rules.medical_alone(given.outcome, given.methods_used):
        yield refusals.ONE_METHOD_ONLY.at("methods_used")
