"""What every page knows: the service, the country, who is signed in."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from config import keeping_typed
from nrm.kernel import packs

BIDI = frozenset(settings.LANGUAGES_BIDI)  # Django itself looks at the part before the hyphen only
# What only some pages say; the frame looks for it on all of them, and looking in vain is slow.
UNSAID = dict.fromkeys(
    (
        "here", "errors", "printed_by", "draft_translation", "desk_url", "find_url", "me_url",
        "sign_out_url",
    ),
    "",
)  # fmt: skip


def direction() -> str:
    """The way in which the reader's language is written."""
    language = get_language() or ""
    return "rtl" if {language, language.split("-")[0]} & BIDI else "ltr"


def frame(request: HttpRequest) -> dict[str, Any]:
    """Names and numbers of the frame; nothing about any case."""
    pack = packs.load(settings.COUNTRY_PACK)
    signed_in = getattr(request, "user", None) is not None and request.user.is_authenticated
    return {
        **UNSAID,
        "typed_by": keeping_typed.word_for(int(request.user.pk or 0)) if signed_in else "",
        "printed_by": getattr(request.user, "name", "") if signed_in else "",
        "service_name": _("Child referral mechanism"),
        "demo": settings.DEMO,
        "emergency_number": pack.emergency_number,
        "exit_url": "https://www.wikipedia.org/",
        "signed_in": signed_in,
        "direction": direction(),
        "stay_url": "/me/stay/" if signed_in else "",
        "idle_seconds": settings.SESSION_IDLE_SECONDS,
        "warn_seconds": settings.SESSION_WARN_SECONDS,
    }
