"""A child is in front of me: three short pages, nine answers, and the case is open.

Make safe first; then who she is, as far as anyone can say; then what must be known tonight. Name, birth
date and citizenship are never required. Answers are kept on the server after every page.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from nrm.casefile import choices, drafts
from nrm.casefile.doing import do
from nrm.casefile.facts import Facts
from nrm.casefile.form import form_for
from nrm.casefile.pages import doing
from nrm.casefile.terms import Track
from nrm.contact.acts import open_case
from nrm.kernel.forms import Form
from nrm.kernel.refusals import Refused
from nrm.kernel.terms import Tern

KEPT_UNDER = "/now/"
STEPS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "safe": (_("Is she safe?"), ("danger_now", "place", "place_other", "accompaniment", "accompanied_by")),
    "who": (
        _("Who is she?"),
        ("given_name", "also_called", "age_from", "age_to", "sex", "languages", "interpreter_needed"),
    ),
    "tonight": (
        _("What must be known tonight?"),
        ("parents", "in_custody", "in_institution", "informant_kind", "informant_kind_other"),
    ),
}
ORDER = tuple(STEPS)


def _form(facts: Facts, step: str, data: QueryDict | None, kept: QueryDict | None) -> Form:
    """The questions of one page, with what was answered before."""
    form = form_for(open_case, facts, data, initial=None if kept is None else _initial(kept))
    choices.offer(form, open_case, facts)
    form.fields, form.parts = {name: form.fields[name] for name in STEPS[step][1]}, ()
    return form


def _initial(kept: QueryDict) -> dict[str, Any]:
    return {name: kept.getlist(name) if name == "languages" else kept[name] for name in kept if kept[name]}


@require_http_methods(["GET", "HEAD", "POST"])
def now(request: HttpRequest, step: str = "safe") -> HttpResponse:
    """One page of the three."""
    if step not in STEPS:
        raise Http404
    here = doing(request)
    facts = Facts(case=None, now=here.now, pack=here.pack)
    person = here.actor.person_id
    kept = (
        drafts.of_page(person, KEPT_UNDER, now=here.now) if step != "safe" or "back" in request.GET else None
    )
    if request.method != "POST":
        if step != "safe" and kept is None:
            return redirect("now")
        return _page(request, step, _form(facts, step, None, kept), kept)
    form = _form(facts, step, request.POST, None)
    if not form.is_valid():
        return _page(request, step, form, kept, status=422)
    together = (drafts.of_page(person, KEPT_UNDER, now=here.now) if step != "safe" else None) or QueryDict()
    together = together.copy()
    for name in STEPS[step][1]:
        together.setlist(name, request.POST.getlist(name))
    drafts.save(person, KEPT_UNDER, together, now=here.now)
    if step != ORDER[-1]:
        return redirect("now-step", step=ORDER[ORDER.index(step) + 1])
    return _open(request, form, together)


def _open(request: HttpRequest, form: Form, answers: QueryDict) -> HttpResponse:
    """Open the case with everything that was answered."""
    here = doing(request)
    given = answers.copy()
    given["first_contact_at"] = here.now.isoformat()
    given["track"] = Track.CHILD
    if given.get("age_from"):
        given["estimated_by"] = str(request.user.key)  # type: ignore[union-attr]
    try:
        done = do(open_case, here, given)
    except Refused as refused:
        return _page(request, ORDER[-1], form, answers, errors=refused.refusals, status=422)
    drafts.drop(here.actor.person_id, KEPT_UNDER)
    return redirect(f"{reverse('case', args=[done.reference])}?done={open_case.name}")


def _page(
    request: HttpRequest,
    step: str,
    form: Form,
    kept: QueryDict | None,
    *,
    errors: Any = (),
    status: int = 200,
) -> HttpResponse:
    place = ORDER.index(step)
    context = {
        "form": form,
        "errors": list(errors),
        "question": STEPS[step][0],
        "at": place + 1,
        "of": len(ORDER),
        "back": reverse("now-step", args=[ORDER[place - 1]]) + "?back=1" if place else "",
        "danger": kept is not None and kept.get("danger_now") == Tern.YES,
        "last": step == ORDER[-1],
    }
    return render(request, "contact/now.html", context, status=status)
