"""What happens around every request: headers, sessions that end, and the walls.

Inside `Walls` the whole request is one transaction with a signed actor: reads, the look's audit row and
the page that shows it stand or fall together.
"""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.db import transaction
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.utils import timezone

from config import errors, keeping_typed
from nrm.agencies.models import Person
from nrm.agencies.queries import actor_of
from nrm.audit import trail
from nrm.casefile.doing import Doing
from nrm.casefile.shelf import NOTHING_RUNS
from nrm.kernel import packs
from nrm.kernel.actor import PUBLIC
from nrm.kernel.files import vault
from nrm.kernel.refusals import Refused
from nrm.kernel.signature import bind

Handler = Callable[[HttpRequest], HttpResponseBase]

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)
POLICY_HEADER = "Content-Security-Policy"
HEADERS = {
    POLICY_HEADER: POLICY,
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",  # "no-referrer" makes browsers send Origin: null with our own forms
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()",
}


class Headers:
    """The same headers on every answer, error pages too; nothing but static files may be kept by a browser."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            if name != POLICY_HEADER or response.headers.get(name) != NOTHING_RUNS:
                response.headers[name] = value
        if not request.path.startswith(settings.STATIC_URL):
            response.headers["Cache-Control"] = "no-store"
        return response


class Sessions:
    """Ends a session after 15 idle minutes and after ten hours, on the server."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.session.session_key and "_auth_user_id" in request.session:
            now = timezone.now().timestamp()
            began = request.session.get("began")
            seen = request.session.get("seen", now)
            if began is None:
                request.session["began"] = request.session["seen"] = now
            elif now - seen > settings.SESSION_IDLE_SECONDS or now - began > settings.SESSION_COOKIE_AGE:
                logout(request)
            elif now - seen > timedelta(minutes=1).total_seconds():
                request.session["seen"] = now
        return self.get_response(request)


class SignedIn(LoginRequiredMiddleware):
    """Nobody passes without signing in, except where a view says so. What was typed is kept for the same person."""

    def handle_no_permission(
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseRedirect:
        if request.method == "POST":
            keeping_typed.keep(request)
        return super().handle_no_permission(request, view_func)


class Walls:
    """One transaction a request, with the actor bound to it; an answer of class 500 undoes it, denials excepted."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        pack = packs.load(settings.COUNTRY_PACK)
        timezone.activate(pack.calendar.zone)
        person = request.user if isinstance(request.user, Person) else None
        actor = actor_of(person) if person is not None else PUBLIC
        request.doing = Doing(actor=actor, now=timezone.now(), pack=pack)  # type: ignore[attr-defined]
        with trail.denials_kept() as denied:
            with transaction.atomic(), vault.all_or_nothing() as files:
                bind(actor, now=request.doing.now)  # type: ignore[attr-defined]
                response = self.get_response(request)
                if isinstance(response, HttpResponseNotAllowed):
                    response = errors.wrong_method(request, response.headers["Allow"])
                undone = response.status_code >= 500
                if undone:
                    transaction.set_rollback(True)
                    files.undo()
            if undone and denied:
                with transaction.atomic():
                    bind(actor, now=request.doing.now)  # type: ignore[attr-defined]
                    trail.record_again(denied)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A refusal nobody caught becomes its page: absent cases 404, everything else 403 with the sentence."""
        return errors.refused(request, exception) if isinstance(exception, Refused) else None
