"""Pages of the desk: what needs you today, one case, search, your calendar, yourself."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nrm.agencies import queries as agencies
from nrm.agencies.terms import Role, TrainingModule
from nrm.audit import trail
from nrm.casefile import addresses, drafts
from nrm.casefile.act import ACTS
from nrm.casefile.deadline_words import act_for, address, under_which_law, what_to_do
from nrm.casefile.looking import look
from nrm.casefile.pages import doing
from nrm.casefile.terms import Flag, Stage
from nrm.desk import calendar, case, queries, wording
from nrm.desk.timeline import STEPS, Wanted
from nrm.kernel.refusals import CATALOGUE
from nrm.messages.queries import given_up_on


@login_not_required
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """The door: what this is, how to sign in, how to report; in a demonstration, who one can be."""
    cast = agencies.cast() if settings.DEMO else []
    return render(request, "desk/start.html", {"cast": cast, "demo": settings.DEMO})


@login_not_required
@require_POST
def become(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the cast: in a demonstration only."""
    if not settings.DEMO:
        raise Http404
    person = agencies.person_by_key(str(request.POST.get("person", "")))
    if person is None:
        raise Http404
    login(request, person, backend="config.accounts.Backend")
    return redirect("desk")


def said_before(request: HttpRequest) -> dict[str, Any]:
    """What the last act left to say: its sentence and its warnings, by code."""
    act = ACTS.get(request.GET.get("done", ""))
    warned = [CATALOGUE[code] for code in request.GET.getlist("warned") if code in CATALOGUE]
    return {"done": act.says if act else "", "warned": warned}


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What needs you today."""
    here = doing(request)
    today = here.pack.calendar.local_date(here.now)
    groups: dict[str, list[dict[str, Any]]] = {"overdue": [], "today": [], "week": []}
    shown = queries.desk_of(here, start=_start(request))
    for line in shown.lines:
        words, tone = wording.by_when(line.waiting.due_at, line.waiting.due_day, here.now, today)
        source = here.pack.source_of(line.waiting.code)
        proposed = queries.waits_for_a_second_person(line)
        groups[line.group].append(
            wording.task(
                what_to_do(line.waiting.code),
                addresses.of_case(line.waiting.reference)
                if proposed
                else _url_of(line.waiting.code, line.waiting.reference, seen=line.described is not None),
                about=wording.called(line.described, today),
                reference=line.waiting.reference,
                why=capfirst(Flag.CONFIRM_WAITING.label) if proposed else under_which_law(source),
                tag=words,
                tone=tone,
            )
        )
    context = {
        "here": "desk",
        "groups": groups,
        "count": sum(len(rows) for rows in groups.values()),
        "late": len(groups["overdue"]),
        "unreached": given_up_on(here.actor.agency_id) if Role.AA in here.actor.roles else [],
        "drafts": drafts.open_drafts(here.actor.person_id, now=here.now),
        "cases": [_as_row(one, today) for one in shown.cases],
        "next_start": shown.start + queries.PAGE if shown.more else 0,
        "opens": not ACTS["contact.open_case"].who.refusals(here.actor, case.no_case(here), None),
        "helps": Role.SP in here.actor.roles,
        **said_before(request),
    }
    trail.record("desk.desk", trail.SEARCH, actor=here.actor, now=here.now)
    return render(request, "desk/desk.html", context)


def _as_row(one: queries.Described, today: date) -> dict[str, Any]:
    """A case in a list: what she is called, the reference, how far it is."""
    called = wording.called(one, today)
    return wording.task(
        called or one.reference,
        addresses.of_case(one.reference),
        reference=one.reference if called else "",
        why=capfirst(Flag.CONFIRM_WAITING.label) if Flag.CONFIRM_WAITING in one.flags else "",
        tag=Stage(one.stage).label if one.stage else "",
        tone="calm",
    )


def _start(request: HttpRequest) -> int:
    """From which line on the desk is asked for; at most the fortieth page."""
    said = request.GET.get("from", "")
    return min(int(said), 40 * queries.PAGE) if said.isascii() and said.isdigit() else 0


def _url_of(code: str, reference: str, *, seen: bool) -> str:
    name = act_for(code)
    if not reference:
        return reverse("act-without-case", args=name.split(".")) if name in ACTS else ""
    if not seen:
        return ""
    return address(code, reference)


@require_http_methods(["GET", "HEAD", "POST"])
def case_page(request: HttpRequest, reference: str) -> HttpResponse:
    """The whole case on one page. A step filters by the address; words travel in the body, never in an address."""
    here = doing(request)
    looked = look(here, reference)
    context = case.context(here, looked, _wanted(request)) | said_before(request)
    return render(request, "desk/case.html", context)


def _wanted(request: HttpRequest) -> Wanted:
    """Which part of the timeline is asked for."""
    step, page = request.GET.get("step", ""), request.GET.get("page", "")
    return Wanted(
        step=step if step in STEPS else "",
        words=str(request.POST.get("words", ""))[:200].replace("\x00", "").strip(),
        page=int(page) if page.isdecimal() and len(page) < 6 else 1,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Search in one's own cases. The words travel in the body, never in an address."""
    here = doing(request)
    today = here.pack.calendar.local_date(here.now)
    text = str(request.POST.get("text", ""))[:200].replace("\x00", "")
    found = queries.find(here, text) if text.strip() else []
    if text.strip():
        trail.record(
            "desk.find",
            trail.SEARCH,
            actor=here.actor,
            now=here.now,
            codes=[f"FOUND_{len(found)}"],
        )
    rows = [_as_row(one, today) for one in found]
    return render(
        request, "desk/find.html", {"here": "find", "text": text, "rows": rows, "asked": bool(text.strip())}
    )


@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """Who I am here: training, what I did and looked at, my calendar."""
    here = doing(request)
    person = request.user
    trained = [
        {"label": capfirst(str(TrainingModule(module).label)), "values": [until]}
        for module, until in sorted(here.actor.training.items())
    ]
    mine = [_done(one) for one in trail.of_person(here.actor.person_id, limit=50)]
    return render(request, "desk/me.html", {"here": "me", "person": person, "trained": trained, "mine": mine})


PAGES = {
    "casefile.look": gettext_lazy("Looked at a case"),
    "desk.desk": gettext_lazy("Looked at my desk"),
    "desk.find": gettext_lazy("Searched"),
    "letters.print": gettext_lazy("Printed a letter"),
    "letters.list": gettext_lazy("Looked at what can be printed"),
    "crossborder.abroad": gettext_lazy("Looked at what other States know"),
    "crossborder.message": gettext_lazy("Looked at a message of another State"),
    "crossborder.solution": gettext_lazy("Looked at where she may live and grow up"),
    "care.guardian": gettext_lazy("Looked at her guardian"),
    "care.safety": gettext_lazy("Looked at how she is kept safe"),
    "care.place": gettext_lazy("Looked at where she lives, without the address"),
    "care.location": gettext_lazy("Asked for the address of the place where she lives"),
    "care.interests": gettext_lazy("Looked at what is best for her"),
    "care.interests_with_her": gettext_lazy("Asked her in her language"),
    "care.missing": gettext_lazy("Looked at what is done if she is missing"),
    "care.reflection": gettext_lazy("Looked at her time to recover"),
    "care.eighteen": gettext_lazy("Looked at when she turns 18"),
    "services.services": gettext_lazy("Looked at her help and services"),
    "services.asked_of_us": gettext_lazy("Looked at what is asked of my agency"),
    "closure.closing": gettext_lazy("Looked at what closing ends"),
    "casefile.documents": gettext_lazy("Looked at the documents of a case"),
    "casefile.open_document": gettext_lazy("Opened a document"),
    "casefile.draft_taken_over": gettext_lazy("Took over what a colleague had written"),
}


def _done(seen: trail.Seen) -> dict[str, Any]:
    """One line of my own trail: when, what, in which case."""
    act = ACTS.get(seen.act)
    title = PAGES.get(seen.act) or (act.says if act else seen.act)
    if act is not None and seen.outcome != trail.DONE:
        title = _("Opened the page: %(act)s") % {"act": act.says}
    return {"when": seen.at, "title": title, "lines": [seen.case_reference] if seen.case_reference else []}


@require_safe
def stay(request: HttpRequest) -> HttpResponse:
    """Stay signed in: the session counts from now."""
    request.session["seen"] = doing(request).now.timestamp()
    return HttpResponse(status=204)


@require_safe
def help_page(request: HttpRequest, code: str = "") -> HttpResponse:
    """A code read over the telephone, and its sentence."""
    said = request.GET.get("said", "").strip().upper().replace(" ", "_")
    if said in CATALOGUE:
        return redirect("help-code", code=said)
    entry = CATALOGUE.get(code.upper())
    if code and entry is None:
        raise Http404
    letters: dict[str, list[dict[str, Any]]] = {}
    for name, one in sorted(CATALOGUE.items()):
        letters.setdefault(name[0], []).append({"label": name, "values": [one.sentence]})
    context = {"entry": entry, "code": code.upper(), "said": said, "letters": letters.items()}
    return render(request, "desk/help.html", context)


@require_safe
def calendar_file(request: HttpRequest) -> HttpResponse:
    """Deadlines as a calendar file: reference and act, no name and no place."""
    here = doing(request)
    body = calendar.as_ics(queries.waiting_for(here), here.now)
    answer = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    name = _("deadlines")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return answer
