"""How the post stands, for an administrator: whose address is refused, what waits. No letter says about what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Min

from nrm.agencies.models import Person
from nrm.messages.models import Knock, Letter


def given_up_on(agency_id: int | None = None) -> list[Person]:
    """Active people whose newest settled letter was given up: the address is refused, or the mail server was away."""
    people = Person.objects.filter(is_active=True)
    if agency_id is not None:
        people = people.filter(agency_id=agency_id)
    newest = (
        Letter.objects.filter(to_person__in=people)
        .values("to_person_id")
        .annotate(sent=Max("sent_at"), given_up=Max("given_up_at"))
    )
    keys = [row["to_person_id"] for row in newest if _came_last(row["given_up"], row["sent"])]
    return list(people.filter(pk__in=keys).order_by("name"))


def _came_last(this: datetime | None, other: datetime | None) -> bool:
    return this is not None and (other is None or this > other)


@dataclass(frozen=True)
class Post:
    """knocks: not yet letters. letters: not yet taken, `oldest` since when, `answers` their servers' last replies."""

    knocks: int
    letters: int
    oldest: datetime | None
    answers: tuple[int, ...]


def post() -> Post:
    waiting = Letter.objects.filter(sent_at=None, given_up_at=None)
    tried: Iterable[int] = waiting.filter(tries__gt=0).values_list("answer", flat=True).distinct()
    return Post(
        knocks=Knock.objects.filter(carried_at=None).count(),
        letters=waiting.count(),
        oldest=waiting.aggregate(oldest=Min("made_at"))["oldest"],
        answers=tuple(sorted(tried)),
    )
