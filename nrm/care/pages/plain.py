"""Pages that tell and lead on: her guardian, her safety, her time to recover, turning 18."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nrm.care.beside import adulthood, guardians, reflecting
from nrm.care.beside import safety as keeping
from nrm.care.queries import guardianship, is_needed
from nrm.casefile.beside import doors, time_limit
from nrm.casefile.parts import A_PAGE, context, reader_of
from nrm.identification.queries import reflection as period
from nrm.kernel.handling import Handling

CAN = "What you can do"


@require_safe
def guardian(request: HttpRequest, reference: str) -> HttpResponse:
    """None, for the first days, or to stay; from, to, by whom; days without one; objections."""
    reader = reader_of(request, reference, page="care.guardian")
    facts = reader.facts
    nobody = is_needed(facts, facts.today) and guardianship(facts, facts.today) is None
    told = nobody and reader.sight.opens(Handling.ORDINARY)
    return render(
        request,
        A_PAGE,
        context(
            reader,
            _("Who stands at her side"),
            (
                guardians.HER_GUARDIAN,
                time_limit("INTERIM_GUARDIAN", "GUARDIAN"),
                guardians.others,
                guardians.NOT_TWO,
            ),
            doors(
                CAN,
                "care.appoint_guardian",
                "care.appoint_interim_guardian",
                "care.end_guardianship",
                "care.object_to_guardian",
            ),
            urgent=_("She has no guardian") if told else "",
        ),
    )


@require_safe
def safety(request: HttpRequest, reference: str) -> HttpResponse:
    """What she is kept safe from, what is agreed, when it is gone through again; a plan on paper to keep."""
    reader = reader_of(request, reference, page="care.safety")
    return render(
        request,
        A_PAGE,
        context(
            reader,
            _("How she is kept safe"),
            (keeping.THE_PLAN, time_limit("SAFETY_PLAN", "SAFETY_REVIEW")),
            doors(CAN, "care.record_safety_plan", "care.review_safety_plan"),
            links=[
                {
                    "url": reverse("letters", args=[reference]),
                    "title": _("Print the plan that she can keep: no address and no name stands on it"),
                },
                {"url": reverse("missing", args=[reference]), "title": _("If she is missing")},
            ],
        ),
    )


@require_safe
def reflection(request: HttpRequest, reference: str) -> HttpResponse:
    """First and last day, what it protects her from, how it is made longer, the paper that says so."""
    reader = reader_of(request, reference, page="care.reflection")
    certified = period(reader.facts) is not None
    return render(
        request,
        A_PAGE,
        context(
            reader,
            _("Her time to recover"),
            (reflecting.the_period, reflecting.PROTECTS_FROM, reflecting.papers),
            doors(
                CAN,
                "care.start_reflection_period",
                "care.extend_reflection_period",
                "care.except_from_reflection_period",
                "care.confirm_exception",
                "care.record_residence_permit",
            ),
            links=[
                {
                    "url": reverse("letters", args=[reference]),
                    "title": _("Print the certificate that others may see"),
                }
            ]
            if certified
            else [],
        ),
    )


@require_safe
def eighteen(request: HttpRequest, reference: str) -> HttpResponse:
    """When she turns 18, what was planned with her, and what goes on."""
    reader = reader_of(request, reference, page="care.eighteen")
    return render(
        request,
        A_PAGE,
        context(
            reader,
            _("When she turns 18"),
            (adulthood.birthday, time_limit("TRANSITION_PLAN"), adulthood.her_plan, adulthood.what_stays),
            doors(CAN, "care.plan_transition_to_adulthood"),
        ),
    )
