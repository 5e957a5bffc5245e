"""Answers kept on the server for the person who typed them, until they are sent or a day has passed."""

from datetime import datetime, timedelta

from django.http import QueryDict

from nrm.casefile.models import Draft
from nrm.kernel.ids import new_id

LASTS = timedelta(hours=24)
NEVER_KEPT = ("csrfmiddlewaretoken", "typed_by", "more", "key", "password", "login")


def save(person_id: int, path: str, answers: QueryDict, *, now: datetime) -> None:
    """Keep the answers of one page; an older draft of the same page is replaced."""
    kept = answers.copy()
    for name in NEVER_KEPT:
        kept.pop(name, None)
    Draft.objects.filter(person_id=person_id, path=path).delete()
    Draft(
        id=new_id(),
        person_id=person_id,
        path=path,
        answers=kept.urlencode(),
        saved_at=now,
        lapses_at=now + LASTS,
    ).save(force_insert=True)


def of_page(person_id: int, path: str, *, now: datetime) -> QueryDict | None:
    """The answers kept for this page, or None."""
    draft = Draft.objects.filter(person_id=person_id, path=path, lapses_at__gt=now).first()
    return QueryDict(draft.answers) if draft else None


def drop(person_id: int, path: str) -> None:
    """Forget the draft: the answers were sent."""
    Draft.objects.filter(person_id=person_id, path=path).delete()


def open_drafts(person_id: int, *, now: datetime) -> list[Draft]:
    """The drafts she can go on with, newest first."""
    return list(Draft.objects.filter(person_id=person_id, lapses_at__gt=now).order_by("-saved_at"))
