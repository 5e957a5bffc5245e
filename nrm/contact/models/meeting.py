"""Facts of the first contact: who she is as far as anyone knows, and what was done to make her safe."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nrm.casefile.models import Fact, Section
from nrm.casefile.terms import Accompanied, BirthBasis, Parents, Track
from nrm.contact.models.reports import REPORTS
from nrm.contact.terms import (
    AdultConsentTo,
    Communication,
    ConsentHow,
    ContactPlace,
    Informant,
    InfoTopic,
    InterpreterCheck,
    InterpreterMode,
    Present,
    SafetyMeasure,
)
from nrm.kernel.columns import may, must
from nrm.kernel.handling import Handling
from nrm.kernel.terms import InfoForm, Sex, Understood

P, O, S, ID, L = (
    Handling.PSEUDONYM,
    Handling.ORDINARY,
    Handling.SENSITIVE,
    Handling.IDENTIFYING,
    Handling.LOCATING,
)


class FirstContact(Fact):
    """How the case began and what is known of her. Name, birth date and citizenship may stay unknown for ever.

    Source: CETS 197 art. 10(1), (3); no question about papers, income or residence (process specification 2.0).
    """

    first_contact_at = must.moment(_("When did you first meet her?"), O)
    place = must.code(ContactPlace, _("Where?"), O)
    informant_kind = must.code(Informant, _("Who told you about her?"), L)
    report = may.key(_("Which report does this follow?"), P, target=REPORTS)
    track = must.code(Track, _("Is this a child, or an adult who was exploited?"), O)
    given_name = may.text(120, _("What does she want to be called?"), ID)
    family_name = may.text(120, _("Family name"), ID)
    also_called = may.text(120, _("Other names, or her name in her own script"), ID)
    birth_date = may.day(_("Birth date"), ID)
    birth_date_basis = may.code(BirthBasis, _("How do you know the birth date?"), ID)
    age_from = may.number(0, 99, _("At least how old does she look?"), O)
    age_to = may.number(0, 99, _("At most how old does she look?"), O)
    estimated_by = may.persons(_("Who estimated it?"), P)
    sex = may.code(Sex, _("Sex"), O)
    gender_as_told = may.text(80, _("Gender, in her own words"), S)
    citizenships = may.countries(_("Citizenship"), ID)
    languages = must.langs(_("Which languages does she speak?"), O)
    interpreter_needed = must.tern(_("Does she need an interpreter?"), O)
    communication = may.codes(Communication, _("What helps her to talk?"), O)
    accompaniment = must.code(Accompanied, _("Who is with her?"), O)
    accompanied_by = may.text(200, _("Who are they?"), S)
    parents = must.code(Parents, _("What is known about her parents?"), O)
    danger_now = must.tern(_("Is she in danger now?"), O)
    in_custody = must.tern(_("Is she held by the police or in custody?"), O)
    in_institution = must.tern(_("Does she live in an institution?"), O)
    missing_from = may.text(200, _("Is she missing from somewhere?"), L)
    report_at = models.DateTimeField(null=True, editable=False)  # of that report, so that its deadline
    report_urgent = models.BooleanField(null=True, editable=False)  # can be counted from this row alone
    triaged_at = models.DateTimeField(null=True, editable=False)

    told = _("First contact; case opened")
    sections = (
        Section(
            _("Is she safe?"),
            (
                "danger_now", "accompaniment", "accompanied_by", "parents", "in_custody", "in_institution",
                "missing_from",
            ),
        ),
        Section(_("How it began"), ("first_contact_at", "place", "informant_kind", "report", "track")),
        Section(_("How to talk with her"), ("languages", "interpreter_needed", "communication")),
        Section(
            _("Her name, her age and where she is from"),
            (
                "given_name", "family_name", "also_called", "birth_date", "birth_date_basis", "age_from", "age_to",
                "estimated_by", "sex", "gender_as_told", "citizenships",
            ),
            says=_("Each of these may stay unknown."),
            folded=True,
        ),
    )  # fmt: skip
    privacy = Fact.privacy | {"report_at": P, "report_urgent": O, "triaged_at": P}

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["birth_date"], condition=Q(birth_date__isnull=False), name="contact_firstcontact_born"
            )
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(age_from__isnull=True) | Q(age_to__isnull=True) | Q(age_from__lte=F("age_to")),
                name="contact_age_range_upright",
            )
        ]


class ReportAdded(Fact):
    """A report that was put to this case when it was triaged. Written by the triage, never asked."""

    report = models.BigIntegerField(editable=False)
    report_at = models.DateTimeField(editable=False)
    report_urgent = models.BooleanField(editable=False)
    triaged_at = models.DateTimeField(editable=False)

    told = _("A report was added to this case")
    privacy = Fact.privacy | {"report": P, "report_at": P, "report_urgent": O, "triaged_at": P}


class SafetyMeasureTaken(Fact):
    """What was done at once to make her safe. Source: CETS 197 art. 12(1)."""

    measures = must.codes(SafetyMeasure, _("What was done?"), O)
    done_at = must.moment(_("When was it done?"), O)
    note = may.long(2000, _("What else must be known about it?"), L)

    told = _("Made safe")


class Information(Fact):
    """She was told who we are and what happens next. Source: CETS 197 art. 15(1)."""

    topics = must.codes(InfoTopic, _("What was she told?"), O)
    form = must.code(InfoForm, _("How?"), O)
    lang = must.lang(_("In which language?"), O)
    by_interpreter = may.tern(_("Through an interpreter?"), O)
    understood = must.code(Understood, _("Did she understand?"), O)
    present = may.codes(Present, _("Who was there?"), O)

    told = _("She was told who we are and what happens next")


class Circumstances(Fact):
    """Who is with her now and what is known of her parents, where that has changed since the first contact.

    Source: CETS 197 art. 10(4)(a), (c); it decides whether she needs a guardian.
    """

    accompaniment = must.code(Accompanied, _("Who is with her now?"), O)
    parents = must.code(Parents, _("What is known about her parents now?"), O)
    accompanied_by = may.text(200, _("Who are they?"), S)
    why = must.text(500, _("What has changed, and how do you know?"), S)

    told = _("Who is with her has changed")


class CommunicationNeed(Fact):
    """What she needs in order to understand and be understood. Source: CRC art. 12; CETS 197 art. 12(1)(c)."""

    needs = must.codes(Communication, _("What does she need so that she can talk with you?"), O)
    interpreter = may.lang(_("Into which language is it interpreted?"), O)
    mode = may.code(InterpreterMode, _("How does the interpreter take part?"), O)
    interpreter_check = must.code(
        InterpreterCheck, _("Does the interpreter know her family or the people involved?"), O
    )
    note = may.text(500, _("Anything else that helps her to talk?"), S)

    told = _("What she needs to be understood")


class AdultConsent(Fact):
    """What an adult survivor said when asked. A child is never asked this. Source: CETS 197 art. 12(7)."""

    to = must.code(AdultConsentTo, _("What was she asked to agree to?"), O)
    given = must.tern(_("Did she agree?"), O)
    how = must.code(ConsentHow, _("How did she say so?"), O)

    told = _("She was asked whether she agrees")
