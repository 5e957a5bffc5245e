"""Report a concern without signing in: one required answer, no cookie, no script, a receipt code shown once."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from nrm.casefile.act import Act
from nrm.casefile.doing import do
from nrm.casefile.pages import doing
from nrm.contact.acts import add_to_public_report, submit_public_report
from nrm.contact.models import Report
from nrm.contact.terms import ContactWish
from nrm.kernel.forms import Form, TernChoice
from nrm.kernel.refusals import Refused
from nrm.kernel.terms import Tern

UNSAID = {"danger_now": Tern.NOT_KNOWN, "child_is_me": Tern.NOT_KNOWN, "may_we_contact": ContactWish.NO}


ANSWERS = (
    (Tern.YES, pgettext_lazy("answer", "Yes")),
    (Tern.NO, pgettext_lazy("answer", "No")),
    (Tern.NOT_KNOWN, pgettext_lazy("answer", "I do not know")),
)
IF_YOU_LIKE = _("(if you like)")


class Concern(Form):
    """What the public is asked. Only the first question must be answered."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.optional_words = "" if name == "what" else IF_YOU_LIKE  # type: ignore[attr-defined]

    what = forms.CharField(
        label=_("What worries you?"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    danger_now = forms.ChoiceField(
        label=_("Is someone in danger now?"), choices=ANSWERS, widget=TernChoice, required=False
    )
    where = forms.CharField(label=_("Where?"), max_length=300, required=False)
    when = forms.CharField(label=_("When?"), max_length=120, required=False)
    age_guess = forms.CharField(label=_("About how old is the child?"), max_length=40, required=False)
    contact = forms.CharField(label=_("How can we reach you?"), max_length=200, required=False)


class Addition(Form):
    """More about a report that was sent before."""

    receipt_code = forms.CharField(label=_("Your receipt code"), max_length=20)
    text = forms.CharField(label=_("What do you want to add?"), max_length=4000, widget=forms.Textarea)


def _answers(form: Form) -> dict[str, Any]:
    said = {name: value for name, value in form.cleaned_data.items() if value}
    wish = {"may_we_contact": ContactWish.YES} if said.get("contact") else {}
    return UNSAID | wish | said


def _page(request: HttpRequest, act: Act, form: Form, template: str, answers: Any) -> HttpResponse:
    """Ask, or send and say what happens next. No cookie is set: nothing here reads one."""
    if request.method != "POST":
        return render(request, template, {"form": form})
    if not form.is_valid():
        return render(request, template, {"form": form}, status=422)
    try:
        done = do(act, doing(request), answers(form))
    except Refused as refused:
        return render(request, template, {"form": form, "errors": refused.refusals}, status=422)
    code = done.fact.receipt_code if isinstance(done.fact, Report) else ""
    return render(request, "contact/report_done.html", {"code": code})


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Tell us what worries you."""
    form = Concern(request.POST if request.method == "POST" else None)
    return _page(request, submit_public_report, form, "contact/report.html", _answers)


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Add to a report by its receipt code."""
    form = Addition(request.POST if request.method == "POST" else None)
    return _page(
        request, add_to_public_report, form, "contact/report_add.html", lambda sent: sent.cleaned_data
    )
