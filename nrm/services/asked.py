"""What was asked of one agency, over all its cases: what waits for its answer, what it gives, what is over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from nrm.casefile.doing import Doing
from nrm.casefile.facts import Facts
from nrm.casefile.models import Waiting
from nrm.casefile.story import read_several
from nrm.casefile.timing import timed
from nrm.services import queries
from nrm.services.models import ServiceRequest

PAGE = 20
WAITS = "SERVICE_ANSWER"


@dataclass(frozen=True)
class Asked:
    """One request to the agency, in its case. due: the last day for an answer, while none was given."""

    facts: Facts
    request: ServiceRequest
    state: str
    due: date | None


def asked_of(doing: Doing, *, start: int = 0) -> tuple[list[Asked], bool]:
    """Requests to this person's agency, newest first, and whether older ones follow.

    On the first page whatever waits for an answer is there too, however old. Every case is read at once.
    """
    agency = doing.actor.agency_id
    rows = ServiceRequest.objects.filter(provider_id=agency).select_related("case").order_by("-at", "-id")
    shown = list(rows[start : start + PAGE + 1])
    wanted = {row.pk for row in shown[:PAGE]}
    references = {row.case.reference for row in shown[:PAGE]}
    if not start:
        waiting = Waiting.objects.filter(agency_id=agency, code=WAITS).order_by("due_at")
        for reference, key in waiting.values_list("reference", "started_by")[:PAGE]:
            references.add(reference)
            wanted.add(key or 0)
    found = []
    for facts in read_several(references, now=doing.now, pack=doing.pack).values():
        mine = [one for one in queries.requests(facts) if one.provider_id == agency and one.pk in wanted]
        found += _in_one_case(facts, mine)
    return sorted(found, key=lambda one: (one.request.at, one.request.pk), reverse=True), len(shown) > PAGE


def _in_one_case(facts: Facts, requests: Sequence[ServiceRequest]) -> list[Asked]:
    dues = {
        one.started_by: one.due.day or facts.pack.calendar.local_date(one.due.instant)
        for one in timed(facts)
        if one.code == WAITS and one.stopped is None and one.due is not None
    }
    return [Asked(facts, one, queries.state_of(facts, one), dues.get(one.pk)) for one in requests]
