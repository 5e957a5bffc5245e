"""The page of every act: its questions, its check-your-answers, its refusals; and the same as JSON."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django.forms.utils import ErrorDict
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from nrm.casefile import choices, correcting, drafts, known, lines, openapi
from nrm.casefile.act import Act, act_named
from nrm.casefile.beside import Part, Reader
from nrm.casefile.doing import Doing, before_doing, do
from nrm.casefile.facts import Facts
from nrm.casefile.form import (
    Unanswered,
    ask_as_correction,
    ask_nothing_of_a_correction,
    asks_for_a_file,
    form_for,
    read,
    unknown_inputs,
)
from nrm.casefile.looking import look
from nrm.casefile.showing import all_answers
from nrm.casefile.sight import sight_of
from nrm.kernel.forms import Form
from nrm.kernel.refusals import CATALOGUE, TOO_LATE_TO_ENTER, Refused

FROM_THE_ADDRESS = ("proposal", "referral", "report", "message", "request", "service", "provider")
NOT_TYPED = ("csrfmiddlewaretoken", "more", "change", "sure")


def doing(request: HttpRequest) -> Doing:
    """Who acts, now, under which law: laid on the request by the walls."""
    found: Doing = request.doing  # type: ignore[attr-defined]
    return found


def handed_in(request: HttpRequest) -> QueryDict:
    """What was typed, and the files beside it."""
    if not request.FILES:
        return request.POST
    answers = request.POST.copy()
    for name, files in request.FILES.lists():
        answers.setlist(name, files)  # type: ignore[arg-type]
    return answers


def act_or_404(room: str, verb: str, reference: str = "") -> Act:
    try:
        return act_named(f"{room}.{verb}", reference)
    except KeyError:
        raise Http404 from None


def facts_for(request: HttpRequest, act: Act, reference: str) -> Facts:
    """The case the page speaks of (the look is recorded), or nothing for an act without a case."""
    if act.on_case and not act.opens:
        try:
            return look(doing(request), reference, page=act.name).facts
        except Refused:
            if act.door is None:
                raise
            return before_doing(act, doing(request), reference)
    return Facts(case=None, now=doing(request).now, pack=doing(request).pack)


@require_http_methods(["GET", "HEAD", "POST"])
def act_page(request: HttpRequest, room: str, verb: str, reference: str = "") -> HttpResponse:
    """Ask, check, do."""
    act = act_or_404(room, verb, reference)
    if request.method != "POST":
        return _ask(request, act, facts_for(request, act, reference), reference)
    if "change" in request.POST or "more" in request.POST:  # back from the check page; one more line
        return _ask(request, act, facts_for(request, act, reference), reference, typed=request.POST)
    if act.leaves_agency and "sure" not in request.POST:
        return _check(request, act, reference)
    return _do(request, act, reference)


def _do(request: HttpRequest, act: Act, reference: str) -> HttpResponse:
    try:
        done = do(act, doing(request), handed_in(request), reference=reference, key=_key(request.POST))
    except Refused as refused:
        return _again(request, act, reference, refused)
    drafts.drop(doing(request).actor.person_id, request.path)
    warned = "&".join(f"warned={entry.code}" for entry in done.warnings)
    shut = done.facts is not None and not sight_of(doing(request).actor, done.facts)
    if not done.reference or shut:
        return redirect(f"{reverse('desk')}?done={act.name}&{warned}")
    return redirect(f"{reverse('case', args=[done.reference])}?done={act.name}&{warned}")


def _again(request: HttpRequest, act: Act, reference: str, refused: Refused) -> HttpResponse:
    """The page once more, with what was typed and what must change."""
    if refused.is_absent:
        raise refused
    facts = facts_for(request, act, reference)
    errors = () if isinstance(refused, Unanswered) else refused.refusals
    return _ask(request, act, facts, reference, typed=handed_in(request), errors=errors, status=422)


def _check(request: HttpRequest, act: Act, reference: str) -> HttpResponse:
    """Everything that will be sent, before it is: nothing is written yet, and what would be refused is refused here."""
    facts, here = facts_for(request, act, reference), doing(request)
    try:
        key = correcting.key_in(act, facts, request.POST.get("corrects"))
        given = read(
            act, facts.without(key), request.POST, correcting.hidden_from(here.actor, act, facts, key)
        )
        do(act, here, handed_in(request), reference=reference, only_ask=True)
    except Refused as refused:
        return _again(request, act, reference, refused)
    rows = all_answers(given.fact, given.rows, facts.pack)
    typed = [
        (key, value) for key in request.POST for value in request.POST.getlist(key) if key not in NOT_TYPED
    ]
    context = {"act": act, "rows": rows, "typed": typed, "reference": reference}
    return render(request, "casefile/check.html", context)


def _ask(
    request: HttpRequest,
    act: Act,
    facts: Facts,
    reference: str,
    *,
    typed: QueryDict | None = None,
    errors: Any = (),
    status: int = 200,
) -> HttpResponse:
    here = doing(request)
    kept = None
    if typed is None:
        kept = drafts.of_page(here.actor.person_id, request.path, now=here.now)
        if kept is not None and kept.get("corrects", "") != request.GET.get("corrects", ""):
            kept = None  # kept for another entry than the one to be corrected now
    data = typed if typed is not None else kept
    said = data.get("corrects") if data is not None else request.GET.get("corrects")
    key = correcting.key_in(act, facts, said)
    why_not = [*correcting.faults(act, here.actor, facts, key)] or act.why_not(here.actor, facts.without(key))
    form = _form(request, act, facts, key, data)
    if data is not None and (errors or kept is not None or status == 200):
        form._errors = ErrorDict()  # type: ignore[attr-defined]
    form.open_at(one.about.split(".")[0] for one in errors)
    context = {
        "act": act,
        "form": form,
        "errors": list(errors) or (why_not if status == 200 else []),
        "reference": reference,
        "key": (typed.get("key") if typed is not None else "") or str(uuid4()),
        "kept": kept is not None,
        "has_lines": bool(act.writes.rows),
        "corrects": key is not None,
        "too_late": TOO_LATE_TO_ENTER in errors,
        "absent": bool(why_not),
        "doc": str(act.says),
        "beside": _beside(here, act, facts, data if data is not None else request.GET),
    }
    return render(request, "casefile/act.html", context, status=status)


def _beside(here: Doing, act: Act, facts: Facts, asked: QueryDict) -> list[Part]:
    """What the act names to be read beside its questions."""
    if facts.case is None or not act.page:
        return []
    reader = Reader(here.actor, facts, sight_of(here.actor, facts), asked.dict())
    return [part for parts in act.page for part in parts(reader)]


def _form(request: HttpRequest, act: Act, facts: Facts, key: int | None, data: QueryDict | None) -> Form:
    """The questions of the act; for a correction with the earlier answers that this person may see, and why."""
    was, hidden = (
        correcting.earlier(act, facts, key),
        correcting.hidden_from(doing(request).actor, act, facts, key),
    )
    initial: dict[str, Any] = {name: request.GET[name] for name in request.GET if name in FROM_THE_ADDRESS}
    if was is not None:
        initial |= correcting.as_typed(was, facts, hidden)
    form = form_for(act, facts.without(key), data, initial=initial, hidden=hidden)
    if was is not None:
        ask_as_correction(form)
    else:
        ask_nothing_of_a_correction(form, act)
    choices.offer(form, act, facts)
    if was is None and facts.case is not None and act.known:
        here = doing(request)
        known.fill_in(form, act.known, Reader(here.actor, facts, sight_of(here.actor, facts)))
    lines.make_room(form, data or {})
    return form


def _key(post: Mapping[str, Any]) -> UUID | None:
    try:
        return UUID(str(post.get("key", "")))
    except ValueError:
        return None


@require_http_methods(["POST"])
def act_json(request: HttpRequest, room: str, verb: str, reference: str = "") -> JsonResponse:
    """The same act for a program: answers as JSON, refusals as codes and sentences."""
    try:
        act = act_named(f"{room}.{verb}", reference)
    except KeyError:
        return JsonResponse(
            {"refused": [{"code": "NOT_FOUND", "sentence": str(CATALOGUE["NOT_FOUND"])}]}, status=404
        )
    answers = _from_program(request, act)
    if answers is None:
        return _said(400, "NOT_JSON", _("The body is not a JSON object. Send the answers by name."))
    key = _key({"key": answers.pop("key", request.headers.get("Idempotency-Key", ""))})
    if unknown := unknown_inputs(act, answers):
        return _said(422, "UNKNOWN_INPUT", _("The act does not ask: %s. Take it out.") % ", ".join(unknown))
    try:
        done = do(act, doing(request), answers, reference=reference, key=key)
    except Unanswered as refused:
        about = {name: [str(one) for one in several] for name, several in refused.form.errors.items()}
        for bound in refused.form:
            if isinstance(bound, lines.BoundLines):
                about |= {wrong["about"]: wrong["sentences"] for wrong in bound.to_correct()}
        return JsonResponse({"refused": _list(refused), "answers": about}, status=422)
    except Refused as refused:
        policy = {"ROLE_MISSING", "MANDATE_MISSING", "TRAINING_EXPIRED"} & set(refused.codes)
        status = 404 if refused.is_absent else 403 if policy else 422
        return JsonResponse({"refused": _list(refused)}, status=status)
    warned = [{"code": entry.code, "sentence": str(entry)} for entry in done.warnings]
    return JsonResponse({"case": done.reference, "fact": str(done.key), "warned": warned}, status=201)


def _from_program(request: HttpRequest, act: Act) -> dict[str, Any] | None:
    """The answers: a JSON object or, where an act asks for a file, a form of several parts. None: neither."""
    if request.content_type == "multipart/form-data" and asks_for_a_file(act):
        return handed_in(request).dict()
    try:
        answers = json.loads(request.body or b"{}")
    except (ValueError, RecursionError):
        return None
    return answers if isinstance(answers, dict) else None


def _list(refused: Refused) -> list[dict[str, str]]:
    return [one.as_data() for one in refused.refusals]


def _said(status: int, code: str, sentence: str) -> JsonResponse:
    return JsonResponse({"refused": [{"code": code, "sentence": sentence}]}, status=status)


@require_safe
def api_document(request: HttpRequest) -> JsonResponse:
    """The OpenAPI document of every act."""
    return JsonResponse(openapi.document(doing(request).pack))
