"""Pages of services: what a child is owed and has, what an agency was asked for, who offers what."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from nrm.audit import trail
from nrm.casefile.act import ACTS
from nrm.casefile.beside import doors
from nrm.casefile.facts import Facts
from nrm.casefile.pages import act_page, doing
from nrm.casefile.parts import context, reader_of
from nrm.casefile.terms import ServiceCode
from nrm.kernel import places
from nrm.kernel.forms import Form
from nrm.services import asked, queries, telling

LAST_PAGE = 40
FOR_WHOM = [("", gettext_lazy("Everybody")), ("YES", gettext_lazy("For children only"))]


@require_safe
def services(request: HttpRequest, reference: str) -> HttpResponse:
    """The six that are owed to her with what is missing, every request, what she agreed to."""
    reader = reader_of(request, reference, page="services.services")
    can = doors("", *telling.OTHER_ACTS)
    told = context(reader, _("Help and services"), (), can, **telling.of_a_case(reader))
    return render(request, "services/services.html", told)


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, reference: str) -> HttpResponse:
    """The page of asking a provider, under an address that can be said."""
    return act_page(request, "services", "request", reference)


@require_safe
def asked_of_us(request: HttpRequest) -> HttpResponse:
    """What was asked of one's own agency: need and whom to ring, never the story."""
    here, start = doing(request), _start(request)
    found, more = asked.asked_of(here, start=start)
    trail.record("services.asked_of_us", trail.SEARCH, actor=here.actor, now=here.now)
    groups = telling.asked_of_us(here, found)
    return render(
        request, "services/asked_of_us.html", {**groups, "next_start": start + asked.PAGE if more else 0}
    )


def _start(request: HttpRequest) -> int:
    """From which request on the list is asked for."""
    said = request.GET.get("from", "")
    return min(int(said), LAST_PAGE * asked.PAGE) if said.isascii() and said.isdigit() else 0


def _wanted(offered: list[str], said: HttpRequest) -> Form:
    """The three questions that narrow the directory. Languages: those that somebody speaks."""
    form = Form(said.GET or None)
    services = [(code, capfirst(str(label))) for code, label in ServiceCode.choices()]
    languages = sorted(((code, places.language_name(code)) for code in offered), key=lambda pair: pair[1])
    everything = ("", gettext_lazy("All"))
    for name, label, choices in (
        ("service", gettext_lazy("Which service?"), [everything, *services]),
        ("language", gettext_lazy("In which language?"), [everything, *languages]),
        ("children_only", gettext_lazy("For whom?"), FOR_WHOM),
    ):
        form.fields[name] = forms.ChoiceField(label=label, choices=choices, required=False)
        form.fields[name].optional_words = ""  # type: ignore[attr-defined]
    return form


@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """What is offered, where, in which languages, for how many, and when somebody last said so."""
    here = doing(request)
    form = _wanted(queries.languages_offered(), request)
    said = form.cleaned_data if form.is_bound and form.is_valid() else {}
    rows = queries.directory(
        service=said.get("service", ""),
        language=said.get("language", ""),
        children_only=said.get("children_only") == "YES",
    )
    nowhere = Facts(case=None, now=here.now, pack=here.pack)
    offers = not ACTS["services.offer"].who.refusals(here.actor, nowhere, None)
    return render(
        request,
        "services/directory.html",
        {"form": form, "rows": [telling.directory_row(one) for one in rows], "offers": offers},
    )
