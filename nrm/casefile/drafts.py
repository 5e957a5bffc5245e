"""Answers kept on the server for the person who typed them, until they are sent or their time has passed."""

from datetime import datetime, timedelta

from django.http import QueryDict

from nrm.agencies.queries import people_of
from nrm.audit import trail
from nrm.casefile.doing import Doing
from nrm.casefile.models import Case, Draft
from nrm.kernel.ids import new_id
from nrm.kernel.statements import run

LASTS = timedelta(hours=24)
NEVER_KEPT = ("csrfmiddlewaretoken", "typed_by", "more", "key", "password", "login")
TAKEN_OVER = "casefile.draft_taken_over"


def save(person_id: int, path: str, answers: QueryDict, *, now: datetime) -> None:
    """Keep the answers of one page; an older draft of the same page is replaced."""
    _keep(Draft(person_id=person_id, path=path), answers, now, LASTS)


def save_for_colleagues(
    here: Doing, case: Case, path: str, answers: QueryDict, *, lasts: timedelta = LASTS
) -> None:
    """The same, so that a colleague of the same agency who is on the case can take it over."""
    mine = Draft(person_id=here.actor.person_id, path=path, case=case, agency_id=here.actor.agency_id)
    _keep(mine, answers, here.now, lasts)


def _keep(draft: Draft, answers: QueryDict, now: datetime, lasts: timedelta) -> None:
    kept = answers.copy()
    for name in NEVER_KEPT:
        kept.pop(name, None)
    drop(draft.person_id, draft.path)
    draft.id, draft.answers, draft.saved_at, draft.lapses_at = new_id(), kept.urlencode(), now, now + lasts
    draft.save(force_insert=True)


def of_page(person_id: int, path: str, *, now: datetime) -> QueryDict | None:
    """The answers kept for this page, or None."""
    draft = kept(person_id, path, now=now)
    return QueryDict(draft.answers) if draft else None


def kept(person_id: int, path: str, *, now: datetime) -> Draft | None:
    """What is kept for this page, with since when and until when."""
    return Draft.objects.filter(person_id=person_id, path=path, lapses_at__gt=now).first()


def drop(person_id: int, path: str) -> None:
    """Forget the draft: the answers were sent."""
    run("DELETE FROM casefile_draft WHERE person_id = %s AND path = %s", [person_id, path])


def open_drafts(person_id: int, *, now: datetime) -> list[Draft]:
    """The drafts she can go on with, newest first."""
    return list(Draft.objects.filter(person_id=person_id, lapses_at__gt=now).order_by("-saved_at"))


def of_colleagues(here: Doing, path: str) -> list[tuple[Draft, str]]:
    """What colleagues on the case keep for this page, newest first, each with its owner's name."""
    found = Draft.objects.filter(
        path=path, agency_id=here.actor.agency_id, case__isnull=False, lapses_at__gt=here.now
    ).exclude(person_id=here.actor.person_id)
    rows = list(found.order_by("-saved_at"))
    names = {one.pk: one.name for one in people_of(here.actor.agency_id)} if rows else {}
    return [(row, names.get(row.person_id, "")) for row in rows]


def take_over(here: Doing, case: Case, path: str, key: int) -> bool:
    """Make a colleague's draft one's own; the audit says so. False if it is not there, or one has an own draft.

    Whether this person may do what the draft is for is asked by its page.
    """
    if kept(here.actor.person_id, path, now=here.now) is not None:
        return False
    drop(here.actor.person_id, path)  # one that has lapsed stands in the way
    found = Draft.objects.filter(pk=key, path=path, case=case, lapses_at__gt=here.now)
    if not found.update(person_id=here.actor.person_id):
        return False
    trail.record(
        TAKEN_OVER,
        trail.DONE,
        actor=here.actor,
        now=here.now,
        case_id=case.pk,
        case_reference=case.reference,
        table=Draft._meta.db_table,
        key=key,
    )
    return True
