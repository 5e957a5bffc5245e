"""The deadline of screening."""

from collections.abc import Iterator

from nrm.casefile.facts import Facts
from nrm.casefile.timing import Run, clock
from nrm.contact.queries import first_contact
from nrm.screening.models import Screening


@clock("SCREENING")
def screening(facts: Facts) -> Iterator[Run]:
    """From opening to the first screening. Source: CETS 197 art. 10(1); the hours are a house rule."""
    opened, screened = first_contact(facts), facts.first(Screening)
    if opened is not None:
        yield Run(opened, facts.the_case.opened_at, stopped=screened.at if screened else None)
