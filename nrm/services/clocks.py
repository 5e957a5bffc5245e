"""Deadlines of services. Days and desks stand in the country pack."""

from collections.abc import Iterator
from datetime import time
from itertools import pairwise

from nrm.casefile.facts import Facts
from nrm.casefile.questions import presumed
from nrm.casefile.terms import SIX_SERVICES
from nrm.casefile.timing import Owner, Run, clock
from nrm.contact.queries import first_contact
from nrm.services import queries
from nrm.services.models import ServiceConsent
from nrm.services.terms import ConsentBy, ServiceOrAll


@clock("SIX_SERVICES")
def six_services(facts: Facts) -> Iterator[Run]:
    """Each of the six is asked for or not needed. Source: CETS 197 art. 12(1); the days are a house rule."""
    opened = first_contact(facts)
    if opened is None:
        return
    for service in SIX_SERVICES:
        stopped = queries.covered_at(facts, service)
        yield Run(opened, facts.the_case.opened_at, stopped=stopped, part=service)


@clock("SERVICE_ANSWER")
def service_answer(facts: Facts) -> Iterator[Run]:
    """The provider says yes or no. House rule."""
    for request in queries.requests(facts):
        said, over = queries.answer(facts, request), queries.over_at(facts, request)
        ends = [at for at in (said.at if said else None, over) if at is not None]
        yield Run(
            request,
            request.at,
            stopped=min(ends, default=None),
            part=request.service,
            variant=request.urgency,
            owner=Owner(agency=request.provider_id),
        )


@clock("SERVICE_REVIEW")
def service_review(facts: Facts) -> Iterator[Run]:
    """What is given is gone through with her, again and again. House rule."""
    for request in queries.requests(facts):
        over = queries.over_at(facts, request)
        for begun, following in pairwise((*queries.gone_through(facts, request), None)):
            if begun is not None:
                stopped = following.at if following is not None else over
                yield Run(begun, begun.at, stopped=stopped, part=request.service)


@clock("CONSENT_AT_18")
def consent_at_18(facts: Facts) -> Iterator[Run]:
    """Whoever turns 18 in an open case is asked herself, for all services. House rule."""
    opened, birthday = first_contact(facts), presumed(facts, facts.today).until
    if opened is None or birthday is None or birthday > facts.today:
        return
    calendar = facts.pack.calendar
    if birthday <= calendar.local_date(facts.the_case.opened_at):
        return
    start = calendar.at(birthday, time(0), fold=0)
    asked = (
        one.at
        for one in facts.of(ServiceConsent)
        if one.at >= start and one.by == ConsentBy.CHILD and one.service == ServiceOrAll.ALL
    )
    yield Run(opened, start, stopped=next(asked, None))
