"""Lays knocks out in the act's transaction, with the job that will carry them. No act waits for a mail."""

from collections.abc import Iterable
from datetime import datetime

from nrm.kernel.ids import new_id
from nrm.messages.jobs import carry
from nrm.messages.models import Knock
from nrm.messages.rules import URGENT

Wanted = tuple[str, int | None, int | None]  # sentence, person, agency


def lay_out(wanted: Iterable[Wanted], *, at: datetime) -> None:
    """The same knock twice is laid out once."""
    _lay_out(dict.fromkeys((sentence, person, agency, "") for sentence, person, agency in wanted), at=at)


def remind(wanted: Iterable[tuple[int | None, int | None, str]], *, at: datetime) -> int:
    """(person, agency, occasion) to tell that a time limit is near, each once for all. Returns how many were new."""
    asked = dict.fromkeys(("D", person, agency, occasion) for person, agency, occasion in wanted)
    told = Knock.objects.filter(sentence="D", occasion__in={occasion for *_, occasion in asked})
    before = set(told.values_list("sentence", "to_person_id", "to_agency_id", "occasion"))
    return _lay_out((knock for knock in asked if knock not in before), at=at)


def _lay_out(wanted: Iterable[tuple[str, int | None, int | None, str]], *, at: datetime) -> int:
    rows = [
        Knock(
            id=new_id(),
            made_at=at,
            sentence=sentence,
            to_person_id=person,
            to_agency_id=agency,
            occasion=occasion,
        )
        for sentence, person, agency, occasion in wanted
        if person or agency
    ]
    if rows:
        Knock.objects.bulk_create(rows)
        urgency = 10 if any(row.sentence == URGENT for row in rows) else 0
        carry.configure(priority=urgency).defer(knocks=[row.pk for row in rows])
    return len(rows)


def all_told(*, at: datetime) -> None:
    """What happened in a story before today becomes no mail. For the demonstration, as the owner."""
    Knock.objects.filter(carried_at=None).update(carried_at=at)
