"""Error pages: equal in shape, a sentence and a code, never a fact."""

import secrets
import sys

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from config.context import direction
from nrm.kernel.refusals import CASE_BUSY, OUT_OF_REACH, Refusal, Refused
from nrm.kernel.storage import is_busy, is_out_of_reach

AGAIN_AFTER_S = 10


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
    """Called while the exception is being handled: what will pass is told in a sentence, anything else by a code."""
    error = sys.exc_info()[1]
    if is_busy(error):
        return not_now(request, CASE_BUSY)
    if is_out_of_reach(error):
        return not_now(request, OUT_OF_REACH)
    return page(request, 500)


def not_now(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Nothing was written; what was typed goes back with a button to send it again. Asks no database."""
    answer: HttpResponse
    if request.path.startswith("/api/"):
        answer = JsonResponse({"refused": [refusal.as_data()]}, status=503)
    else:
        context = {
            "service_name": _("Child referral mechanism"),
            "direction": direction(),
            "demo": settings.DEMO,
            "errors": [refusal],
            "support_code": secrets.token_hex(3).upper(),
            "sent": request.method == "POST",
            **typed(request),
        }
        answer = HttpResponse(render_to_string("503.html", context), status=503)
    answer.headers["Retry-After"] = str(AGAIN_AFTER_S)
    return answer


def typed(request: HttpRequest) -> dict[str, object]:
    """What was posted, with the token it came with and no other; of a page with a password nothing."""
    try:
        post, files = request.POST, request.FILES
    except Exception:  # the request itself did not arrive whole
        return {}
    if any("password" in name for name in post):
        return {}
    return {
        "typed": [(name, value) for name in post for value in post.getlist(name)],
        "with_file": bool(files),
    }


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", {"support_code": secrets.token_hex(3).upper()}, status=403)
