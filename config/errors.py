"""Error pages: equal in shape, a sentence and a code, never a fact."""

import secrets

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from nrm.kernel.refusals import Refused


def page(request: HttpRequest, status: int, **more: object) -> HttpResponse:
    """The error page of one status; `support_code` can be read out over the telephone."""
    context = {"support_code": secrets.token_hex(3).upper(), **more}
    return render(request, f"{status}.html", context, status=status)


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    if refusal.is_absent:
        return page(request, 404)
    return page(request, 403, errors=refusal.refusals)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, 404)


def wrong_method(request: HttpRequest, allowed: str) -> HttpResponse:
    answer = page(request, 405)
    answer.headers["Allow"] = allowed
    return answer


def broken(request: HttpRequest) -> HttpResponse:
    return page(request, 500)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", {"support_code": secrets.token_hex(3).upper()}, status=403)
