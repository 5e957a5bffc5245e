"""Acts of the hours when she is missing, and of her return."""

from collections.abc import Iterable, Iterator

from nrm.agencies.queries import with_mandate
from nrm.agencies.terms import Mandate, Role
from nrm.care import refusals
from nrm.care.acts.own_part import is_hers
from nrm.care.models import Found, MissingAlert, PoliceInformed, ReturnInterview
from nrm.care.queries import is_missing, placement, times_missing
from nrm.casefile.act import Knocked, act, condition, may, nothing
from nrm.casefile.facts import Facts
from nrm.casefile.questions import guardian
from nrm.casefile.sight import standing_shares
from nrm.casefile.timing import lead_worker
from nrm.kernel.actor import Actor
from nrm.kernel.refusals import Refusal
from nrm.kernel.terms import Tern


def since_now(_: Facts, given: MissingAlert) -> None:
    given.since = given.since or given.at


def on_the_case_with(facts: Facts, mandate: str) -> set[int]:
    """Keys of agencies on the case with a mandate."""
    return {share.agency_id for share in standing_shares(facts) if mandate in share.agency.mandates}


def wake_everyone(facts: Facts, given: MissingAlert) -> Iterator[Knocked]:
    """Lead worker, guardian, police, authority; the focal point if she may be abroad. The police always hear."""
    for person in (lead_worker(facts), guardian(facts, facts.today)):
        if person:
            yield Knocked("U", person=person)
    police = on_the_case_with(facts, Mandate.LAW_ENFORCEMENT)
    agencies = police or {office.pk for office in with_mandate(Mandate.LAW_ENFORCEMENT)}
    agencies |= on_the_case_with(facts, Mandate.COMPETENT_AUTHORITY)
    if given.abroad_possible == Tern.YES:
        agencies |= {office.pk for office in with_mandate(Mandate.FOCAL_POINT)}
    yield from (Knocked("U", agency=agency) for agency in sorted(agencies))


@act(
    writes=MissingAlert,
    may=may(Role.HO, Role.FR, Role.CW, Role.CA, Role.GU, Role.SP, Role.FP, Role.LE, untrained=True),
    fills=since_now,
    knocks=wake_everyone,
    source="CETS 197 art. 12(2); GRETA on missing children",
)
def raise_missing_alert(facts: Facts, given: MissingAlert) -> Iterable[Refusal]:
    """Say that she is missing."""
    return nothing(facts, given)


@act(
    writes=PoliceInformed,
    may=may(Role.CW, Role.GU, own=(Role.SP, Role.LE), is_own=is_hers),
    source="CETS 197 art. 12(2)",
)
def record_police_informed(facts: Facts, given: PoliceInformed) -> Iterable[Refusal]:
    """Say that the police know she is missing."""
    return nothing(facts, given)


@condition(refusals.NOT_MISSING)
def was_missing(_: Actor, facts: Facts) -> bool:
    """An alert is open."""
    return is_missing(facts)


@act(
    writes=Found,
    may=may(Role.CW, Role.GU, own=(Role.SP, Role.LE), is_own=is_hers),
    when=[was_missing],
    source="CETS 197 art. 12(2)",
)
def record_found(facts: Facts, given: Found) -> Iterable[Refusal]:
    """Say that she was found."""
    return nothing(facts, given)


@condition(refusals.NOT_BACK_YET)
def is_back(_: Actor, facts: Facts) -> bool:
    """She was found."""
    return not is_missing(facts) and facts.latest(Found) is not None


def houses(facts: Facts) -> set[int]:
    """Agencies of the places from which she went missing and in which she lives now."""
    days = {facts.today}
    for alert, found in times_missing(facts):
        days |= {facts.pack.calendar.local_date(alert.since or alert.at)}
        days |= {facts.pack.calendar.local_date(found.at)} if found is not None else set()
    lived = [placement(facts, day) for day in sorted(days)]
    return {one.provider_id for one in lived if one is not None and one.provider_id}


@act(
    writes=ReturnInterview,
    may=may(Role.CW, Role.GU, own=(Role.SP, Role.LE), is_own=is_hers),
    when=[is_back],
    source="CRC art. 12; House rule (GB: within 72 hours)",
)
def record_return_interview(facts: Facts, given: ReturnInterview) -> Iterator[Refusal]:
    """Write down what she said after her return."""
    if given.by.agency_id in houses(facts):
        yield refusals.NOT_INDEPENDENT.at("by")
