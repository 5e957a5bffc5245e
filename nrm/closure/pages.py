"""Pages of closing: what is unfinished and who takes it, what ends, what stays; and the way back in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from nrm.casefile.beside import Beside, Reader, door, doors
from nrm.casefile.pages import act_page
from nrm.casefile.parts import context, reader_of
from nrm.closure import queries
from nrm.closure.acts import may_be_closed
from nrm.closure.beside import how_it_was_closed, what_is_unfinished, what_stays, what_was_proposed
from nrm.closure.telling import still_open
from nrm.kernel.handling import Handling

PROPOSE = doors("", "closure.propose")
AFTERWARDS = doors("", "closure.record_follow_up", "closure.reopen", "closure.hold_erasure")
OPEN_CASE: tuple[Beside, ...] = (what_was_proposed, what_is_unfinished, what_stays)
CLOSED_CASE: tuple[Beside, ...] = (how_it_was_closed, what_stays)


@require_safe
def closing(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything that stands against closing, what ends with it, who takes it on; on a closed case what stays."""
    reader = reader_of(request, reference, page="closure.closing")
    if queries.standing_closure(reader.facts) is not None:
        told = context(reader, _("This case is closed"), CLOSED_CASE, AFTERWARDS, closed=True)
        return render(request, "closure/closing.html", told)
    summary = reader.sight.opens(Handling.ORDINARY)
    told = context(
        reader,
        _("Closing the case"),
        OPEN_CASE,
        PROPOSE,
        told=summary,
        against=still_open(reader.facts, may_be_closed) if summary else [],
        sign=_sign(reader),
    )
    return render(request, "closure/closing.html", told)


def _sign(reader: Reader) -> list[dict[str, object]]:
    """The second signature under the newest proposal, for whom it is open or why not."""
    proposal = queries.proposal_waiting(reader.facts)
    return [door(reader, "closure.close", proposal=proposal.pk)] if proposal is not None else []


@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: HttpRequest, reference: str) -> HttpResponse:
    """The page of reopening, under an address that can be said."""
    return act_page(request, "closure", "reopen", reference)
