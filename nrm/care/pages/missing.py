"""She is missing: one button, then what each of us does in the first hour."""

from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nrm.care.acts.missing import raise_missing_alert
from nrm.care.beside import safety
from nrm.care.pages.plain import CAN
from nrm.care.queries import is_missing
from nrm.casefile.beside import doors, time_limit
from nrm.casefile.doing import do
from nrm.casefile.pages import doing
from nrm.casefile.parts import context, reader_of
from nrm.kernel.handling import Handling
from nrm.kernel.refusals import Refusal, Refused

LIMITS = ("MISSING_POLICE", "MISSING_REVIEW", "RETURN_INTERVIEW")


@require_http_methods(["GET", "HEAD", "POST"])
def missing(request: HttpRequest, reference: str) -> HttpResponse:
    """Raise the alert in one tap; then the first hour, what the police know, how she was found."""
    if request.method != "POST":
        return _page(request, reference)
    try:
        key = UUID(str(request.POST.get("key", "")))
    except ValueError:
        key = uuid4()
    try:
        do(raise_missing_alert, doing(request), {}, reference=reference, key=key)
    except Refused as refused:
        if refused.is_absent:
            raise
        return _page(request, reference, errors=refused.refusals, status=422)
    return redirect("missing", reference=reference)


def _page(
    request: HttpRequest, reference: str, *, errors: tuple[Refusal, ...] = (), status: int = 200
) -> HttpResponse:
    reader = reader_of(request, reference, page="care.missing")
    gone = is_missing(reader.facts) and reader.sight.opens(Handling.ORDINARY)
    told = context(
        reader,
        _("If she is missing"),
        (safety.missing_now, time_limit(*LIMITS), safety.her_own_plan, safety.FIRST_HOUR),
        doors(
            CAN,
            "care.raise_missing_alert",
            "care.record_police_informed",
            "care.record_found",
            "crossborder.raise_alert_abroad",
            "care.record_return_interview",
        ),
        urgent=_("She is missing") if gone else "",
        raises=not gone and not raise_missing_alert.why_not(reader.actor, reader.facts, reader.sight),
        key=str(uuid4()),
        errors=errors,
    )
    return render(request, "care/missing.html", told, status=status)
