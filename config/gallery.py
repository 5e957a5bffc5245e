"""The gallery: every shared component in each of its states, with invented data. For development and tests."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from nrm.kernel.forms import Choices, Form, TernField, Ticks
from nrm.kernel.moments import DayField, MomentField

WORRIES = [
    ("moved", "Somebody brought her here and took her papers"),
    ("begs", "She begs or sells, and hands over the money"),
    ("other", "Something else"),
]


class Everything(Form):
    """One question of every kind."""

    danger = TernField(label="Is the child in danger now?", help_text="If yes, call first. The form waits.")
    sex = forms.ChoiceField(
        label="Boy or girl", choices=[("f", "A girl"), ("m", "A boy"), ("u", "I do not know")], widget=Choices
    )
    worries = forms.MultipleChoiceField(
        label="What worries you", choices=WORRIES, widget=Ticks, required=False
    )
    called = forms.CharField(
        label="Name, in Latin letters", help_text="What she wants to be called.", required=False
    )
    own = forms.CharField(label="Name, in her own script", required=False)
    age = forms.IntegerField(
        label="About how old", help_text="In years. A guess is fine.", min_value=0, max_value=25
    )
    language = forms.ChoiceField(
        label="Language she speaks best", choices=[("", "Choose"), ("ar", "Arabic"), ("uk", "Ukrainian")]
    )
    found_on = DayField(label="Day she was found", help_text="For example 23 11 2026.")
    told_at = MomentField(label="When she was told what happens next", required=False)
    grounds = forms.CharField(
        label="What makes you think so", max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
    paper = forms.FileField(label="A paper she carries", required=False)
    agreed = forms.BooleanField(label="She knows that I write this down", help_text="She may say no.")


FILLED = {
    "danger": "false",
    "sex": "f",
    "worries": ["moved", "begs"],
    "called": "Amal",
    "own": "أمل",
    "age": "15",
    "language": "ar",
    "found_on": "2026-11-23",
    "told_at": "2026-11-23T21:05",
    "grounds": "Begging for a man she calls uncle.",
    "agreed": "on",
}
WRONG = {
    "called": "Amal",
    "age": "150",
    "found_on_0": "31",
    "found_on_1": "2",
    "found_on_2": "2026",
    "told_at_0": "23",
    "told_at_3": "2505",
}


class Person(Form):
    called = forms.CharField(label="Name", required=False)
    danger = TernField(label="Is this person a danger to her?")


def context(state: str) -> dict[str, Any]:
    """What the gallery shows. state: "filled", "wrong" or "blank"."""
    at = timezone.make_aware(datetime(2026, 11, 24, 8, 15))
    people = forms.formset_factory(Person, extra=2)(prefix="people")
    refusals = [
        {
            "text": "No act and purpose are recorded yet. Complete the screening, then refer.",
            "code": "REFERRAL_WITHOUT_GROUNDS",
        }
    ]
    return {
        "form": Everything(WRONG if state == "wrong" else FILLED if state == "filled" else None),
        "people": people,
        "demo": True,
        "here": "desk",
        "at": at,
        "day": date(2026, 11, 23),
        "next": ["The child-protection desk calls you before 14:00.", "You can add to it at any time."],
        "answers": [
            {"question": "Is the child in danger now?", "answer": "No", "change_url": "#danger"},
            {"question": "Name, in her own script", "answer": "أمل", "change_url": "#own"},
            {"question": "What worries you", "answer": "", "change_url": "#worries"},
        ],
        "facts": [
            {"label": "Called", "values": ["Amal", "أمل"]},
            {
                "label": "Age",
                "values": ["About 15. Treated as a child (age not verified)"],
                "note": "Said by herself",
            },
            {"label": "Guardian", "values": [], "url": "#guardian", "link": "Appoint one"},
            {"label": "Stays at", "values": ["never shown"], "withheld": True},
        ],
        "tasks": [
            {
                "title": "Appoint a guardian",
                "url": "#guardian",
                "about": "K7-204 · Amal, about 15",
                "why": "She is alone in the country. Convention art. 10(4)(a)",
                "tag": "Overdue by 1 day",
                "tone": "urgent",
            },
            {
                "title": "Read a new referral",
                "url": "#referral",
                "about": "M2-118 · a boy, about 12",
                "why": "Sent by border police at 02:10. Confirm receipt",
                "tag": "Today, 14:00",
                "tone": "soon",
            },
            {
                "title": "Best-interests assessment",
                "url": "#bia",
                "why": "Her views are recorded",
                "tag": "Not complete",
                "tone": "calm",
            },
            {"title": "Safety plan", "url": "#plan", "tag": "Done", "tone": "done"},
            {"title": "Refer her to the competent authority", "why_not": refusals},
        ],
        "events": [
            {"when": at, "title": "Referral received", "who": "Competent Authority", "lines": []},
            {
                "when": date(2026, 11, 23),
                "title": "Age recorded as 17",
                "who": "Border Police",
                "lines": ["By a paper she carried"],
                "struck": True,
            },
            {
                "when": "Before the case was opened",
                "title": "Safe now: taken to a shelter",
                "who": "Outreach North",
                "lines": ["Stays with a worker", "Case opened"],
            },
        ],
    }


def page(request: HttpRequest, state: str = "filled") -> HttpResponse:
    """The gallery, for development only: `settings` decides whether it has an address."""
    return render(request, "components_gallery.html", context(state))
