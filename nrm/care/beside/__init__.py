"""What stands beside the questions of care, and on its pages: each part cut to what its reader may see."""

from collections.abc import Callable, Iterator
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from nrm.casefile.beside import Beside, Part, Reader
from nrm.casefile.models import Fact
from nrm.kernel.handling import Handling
from nrm.kernel.vocabulary import Words

DAY = "j F Y"


def sees(reader: Reader, fact: Fact, handling: Handling = Handling.ORDINARY) -> bool:
    return reader.sight.opens(handling, fact.owner_for(reader.sight.agency_id))


def day(on: date) -> str:
    return str(date_format(on, DAY))


def said(title: "str | Words", *lines: "str | Words") -> Beside:
    """Sentences that are the same for every child."""

    def part(_reader: Reader) -> Iterator[Part]:
        yield Part(title, lines=[str(line) for line in lines])

    return part


def for_who_may_read(parts: Callable[[Reader], Iterator[Part]], title: "str | Words") -> Beside:
    """A part for those with whom at least a summary is shared; the others read that it is not."""

    def part(reader: Reader) -> Iterator[Part]:
        if reader.sight.opens(Handling.ORDINARY):
            yield from parts(reader)
        else:
            yield Part(title, lines=[_("Not shared with you")])

    return part
