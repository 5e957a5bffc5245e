"""Pages of work with other States: what went out and came back, one message as it left, her future."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nrm.casefile.looking import look
from nrm.casefile.pages import doing
from nrm.crossborder import telling


@require_safe
def abroad(request: HttpRequest, reference: str) -> HttpResponse:
    """Other States: contacts, messages, family."""
    here = doing(request)
    looked = look(here, reference, page="crossborder.abroad")
    return render(request, "crossborder/abroad.html", telling.abroad(here, looked))


@require_safe
def message(request: HttpRequest, reference: str, key: int) -> HttpResponse:
    """One message as it left, to read and to print."""
    looked = look(doing(request), reference, page="crossborder.message")
    told: dict[str, Any] | None = telling.message(looked, key)
    if told is None:
        raise Http404
    return render(request, "crossborder/message.html", told)


@require_safe
def solution(request: HttpRequest, reference: str) -> HttpResponse:
    """Where she will live and grow up."""
    here = doing(request)
    looked = look(here, reference, page="crossborder.solution")
    return render(request, "crossborder/solution.html", telling.solution(here, looked))
