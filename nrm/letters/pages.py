"""The letters of a case, and the public page that says whether a letter is valid."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from nrm.casefile.looking import Looked, look
from nrm.casefile.pages import doing
from nrm.kernel.codes import in_groups
from nrm.kernel.moments import in_words
from nrm.kernel.refusals import Refused
from nrm.letters.printing import print_letter, printable
from nrm.letters.refusals import LETTER_SAYS_MORE, NOTHING_TO_PRINT
from nrm.letters.sealing import as_key, new_key
from nrm.letters.verifying import is_valid


@require_http_methods(["GET", "HEAD", "POST"])
def letters(request: HttpRequest, reference: str) -> HttpResponse:
    """Choose a letter and a language; the answer is the PDF. Before a sealed one comes a page with its key."""
    here = doing(request)
    if request.method != "POST":
        return _list(request, look(here, reference, page="letters.list"))
    key = as_key(str(request.POST.get("key", ""))[:60])
    if "seal" in request.POST or ("key" in request.POST and not key):
        return _seal(request, look(here, reference, page="letters.list"))
    kind, _, fact = str(request.POST.get("letter", "")).partition(" ")
    try:
        pdf = print_letter(
            here,
            reference,
            kind,
            int(fact) if fact.isascii() and fact.isdigit() and len(fact) < 19 else 0,
            _language(str(request.POST.get("language", ""))),
            check_at=request.build_absolute_uri(reverse("check-letter")),
            key=key,
        )
    except Refused as refused:
        if refused.is_absent:
            raise
        looked = look(here, reference, page="letters.list")
        return _list(request, looked, errors=refused.refusals, status=422)
    answer = HttpResponse(pdf, content_type="application/pdf")
    name = "sealed.pdf" if key else "letter.pdf"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _seal(request: HttpRequest, looked: Looked) -> HttpResponse:
    """A key, shown once and kept nowhere: it comes back with the button that makes the file."""
    wanted = str(request.POST.get("seal") or request.POST.get("letter", ""))
    one = next((one for one in printable(looked) if one.leaves and one.may and one.value == wanted), None)
    if one is None:
        return _list(request, looked, errors=[NOTHING_TO_PRINT], status=422)
    context = {
        "reference": looked.facts.the_case.reference,
        "value": one.value,
        "title": one.kind.label,
        "language": _language(str(request.POST.get("language", ""))),
        "key": in_groups(new_key()),
    }
    return render(request, "letters/seal.html", context)


def _language(wanted: str) -> str:
    return wanted if wanted in dict(settings.LANGUAGES) else get_language() or settings.LANGUAGE_CODE


def _list(request: HttpRequest, looked: Looked, *, errors: Any = (), status: int = 200) -> HttpResponse:
    rows = [
        {
            "value": one.value,
            "title": one.kind.label,
            "when": in_words(one.at, "j F Y") if one.at else "",
            "may": one.may,
            "leaves": one.leaves,
        }
        for one in printable(looked)
    ]
    context = {
        "reference": looked.facts.the_case.reference,
        "rows": rows,
        "not_shared": LETTER_SAYS_MORE,
        "languages": settings.LANGUAGES,
        "language": get_language(),
        "errors": errors,
    }
    return render(request, "letters/letters.html", context, status=status)


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Valid, or not valid; no other word. The code travels in the body, never in an address."""
    asked = request.method == "POST"
    valid = asked and is_valid(str(request.POST.get("code", ""))[:40])
    return render(request, "letters/check.html", {"asked": asked, "valid": valid})
