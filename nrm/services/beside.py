"""What a provider reads beside the questions of its answer."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from nrm.casefile.beside import Part, Reader, shown, signed_by
from nrm.services import queries


def what_is_asked(reader: Reader) -> Iterator[Part]:
    """Requests to the reader's agency that wait for its answer."""
    for request in queries.going_on(reader.facts):
        unanswered = queries.answer(reader.facts, request) is None
        if unanswered and request.provider_id == reader.actor.agency_id:
            yield Part(_("What is asked of you"), rows=shown(reader, request), lines=[signed_by(request)])
