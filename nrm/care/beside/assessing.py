"""What was last found to be best for her."""

from collections.abc import Iterator

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from nrm.care.beside import sees
from nrm.care.models import Assessment, Element
from nrm.care.terms import BestInterestsElement
from nrm.casefile.beside import Part, Reader, shown, signed_by
from nrm.kernel.handling import Handling
from nrm.kernel.terms import NoViews


def newest(reader: Reader) -> Iterator[Part]:
    """The newest assessment, each point of it."""
    found = reader.facts.latest(Assessment)
    if found is None:
        return
    if not sees(reader, found, Handling.SENSITIVE):
        yield Part(_("The last assessment"), lines=[_("Not shared with you")], signed=signed_by(found))
        return
    reasons = dict(NoViews.choices())
    points = [
        {
            "label": capfirst(str(BestInterestsElement(one.element).label)),
            "values": [one.finding or capfirst(str(reasons.get(one.not_asked, "")))],
            "note": one.source,
        }
        for one in reader.facts.rows(found, Element)
    ]
    yield Part(_("The last assessment"), rows=[*shown(reader, found), *points], signed=signed_by(found))
