"""Lays knocks out in the act's transaction; they go out after it, by whoever sends them."""

from collections.abc import Iterable
from datetime import datetime

from nrm.kernel.ids import new_id
from nrm.messages.models import Knock


def lay_out(wanted: Iterable[tuple[str, int | None, int | None]], *, at: datetime) -> None:
    """(sentence, person, agency) of each knock. The same knock twice is laid out once."""
    rows = [
        Knock(id=new_id(), made_at=at, sentence=sentence, to_person_id=person, to_agency_id=agency)
        for sentence, person, agency in dict.fromkeys(wanted)
        if person or agency
    ]
    if rows:
        Knock.objects.bulk_create(rows)
