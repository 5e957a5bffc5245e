"""Lists of children for the desk, through the walls: keys of cases of the actor's agency, or what waits.

What a list may say of a case is the desk's business (`desk.queries.describe`); none of these reads a fact.
"""

from datetime import date

from django.db.models import QuerySet

from nrm.agencies.terms import Mandate
from nrm.casefile.models import Access, Headline, Waiting
from nrm.casefile.terms import Flag
from nrm.kernel.actor import Actor

REVIEWS = ("SAFETY_REVIEW", "BIA_REPEAT", "PLACEMENT_REVIEW", "SERVICE_REVIEW", "MISSING_REVIEW")
APPOINTMENTS = ("INTERIM_GUARDIAN", "GUARDIAN")
PAGE = 100


def _flagged(actor: Actor, flag: Flag, limit: int) -> list[int]:
    mine = Access.objects.filter(agency_id=actor.agency_id).values("case_id")
    rows = Headline.objects.filter(case_id__in=mine, flags__contains=[flag.value])
    return list(rows.order_by("last_fact_at", "case_id").values_list("case_id", flat=True)[:limit])


def children_without_guardian(actor: Actor, *, limit: int = PAGE) -> list[int]:
    """Cases of this agency in which a child needs a guardian and has none; the longest untouched first."""
    return _flagged(actor, Flag.NO_GUARDIAN, limit)


def missing_children(actor: Actor, *, limit: int = PAGE) -> list[int]:
    """Cases of this agency in which a child is missing; the longest untouched first."""
    return _flagged(actor, Flag.MISSING, limit)


def guardians_wanted(actor: Actor, *, limit: int = PAGE) -> QuerySet[Waiting]:
    """For a guardianship office: appointments that wait, nearest first, before it may know anything of the child."""
    if Mandate.GUARDIANSHIP not in actor.mandates:
        return Waiting.objects.none()
    rows = Waiting.objects.filter(mandate=Mandate.GUARDIANSHIP, code__in=APPOINTMENTS)
    return rows.order_by("due_at", "reference")[:limit]


def reviews_due(actor: Actor, until: date, *, limit: int = PAGE) -> QuerySet[Waiting]:
    """Reviews on this person's or her agency's desk that are due by the end of a day, nearest first."""
    mine = Waiting.objects.filter(person_id=actor.person_id) | Waiting.objects.filter(
        agency_id=actor.agency_id
    )
    return mine.filter(code__in=REVIEWS, due_day__lte=until).order_by("due_at", "reference")[:limit]
