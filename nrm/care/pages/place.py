"""Where she lives, and a free bed for her. Where it is, is shown only to who asks for it, and the asking is kept."""

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from nrm.care.acts.placing import place as move
from nrm.care.acts.placing import wishes_of
from nrm.care.beside import placing
from nrm.care.pages.plain import CAN
from nrm.care.queries import Wanted, free_beds
from nrm.casefile.beside import Reader, doors, time_limit
from nrm.casefile.parts import context, reader_of
from nrm.kernel.forms import Choices, Form
from nrm.kernel.handling import Grant
from nrm.kernel.moments import DayField
from nrm.kernel.terms import Sex

ASKED = "care.location"
SEXES = [
    ("ANY", gettext_lazy("Any child")),
    (Sex.FEMALE.value, gettext_lazy("Girls")),
    (Sex.MALE.value, gettext_lazy("Boys")),
]


class Search(Form):
    """What bed is looked for. Only beds for children are in the answer, and none with adults who are strangers."""

    sex = forms.ChoiceField(label=gettext_lazy("For whom?"), choices=SEXES, widget=Choices)
    step_free = forms.BooleanField(
        label=gettext_lazy("Only beds that are reached without steps"), required=False
    )
    since = DayField(label=gettext_lazy("From which day?"))
    until = DayField(label=gettext_lazy("Until which day at least?"), required=False)


@require_http_methods(["GET", "HEAD", "POST"])
def place(request: HttpRequest, reference: str) -> HttpResponse:
    """The place without its address; with it, once asked for; free beds, once searched for."""
    asks = request.method == "POST" and "where" in request.POST
    searches = request.method == "POST" and not asks
    reader = reader_of(
        request,
        reference,
        page=ASKED if asks else "care.place",
        purpose=Grant.LOCATION.value if asks else "",
    )
    form = Search(request.POST) if searches else Search(initial=_first(reader))
    return render(
        request,
        "care/place.html",
        _context(reader, form, asks=asks, searches=searches),
        status=422 if searches and not form.is_valid() else 200,
    )


def _first(reader: Reader) -> dict[str, Any]:
    """What is known of what she needs, from today on."""
    sex, step_free = wishes_of(reader.facts)
    return {"sex": sex or "ANY", "step_free": step_free, "since": reader.facts.today}


def _context(reader: Reader, form: Search, *, asks: bool, searches: bool) -> dict[str, Any]:
    located = placing.located(reader) if asks else None
    moves = not move.why_not(reader.actor, reader.facts, reader.sight)
    return context(
        reader,
        _("Where she lives"),
        (placing.HER_PLACE,),
        doors(CAN, "care.place", "care.end_placement"),
        located=[located] if located is not None else [],
        may_ask=located is None and placing.may_ask_where(reader),
        further=[
            one
            for part in (time_limit("PLACEMENT_REVIEW"), placing.belongs_with, placing.NEVER)
            for one in part(reader)
        ],
        form=form if moves else None,
        searched=searches and moves and form.is_valid(),
        beds=_beds(reader, form) if searches and moves and form.is_valid() else [],
        move=reverse("act", args=[reader.facts.the_case.reference, move.room, move.verb]),
    )


def _beds(reader: Reader, form: Search) -> list[dict[str, Any]]:
    """Each free bed as a button that opens the page of the move with agency, bed and day filled in."""
    asked = form.cleaned_data
    since: date = asked["since"]
    wanted = Wanted(since, asked["until"], asked["sex"].replace("ANY", ""), asked["step_free"])
    return [
        {
            "provider": bed.agency.key,
            "agency": bed.agency.name,
            "bed": bed.key,
            "since": since.isoformat(),
            "for_sex": dict(SEXES).get(bed.for_sex, ""),
            "step_free": bed.step_free,
            "confirmed": bed.confirmed_at,
        }
        for bed in free_beds(reader.actor, wanted)
    ]
