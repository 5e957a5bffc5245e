"""Facts about keeping her safe, and about the time when she is missing."""

from django.utils.translation import gettext_lazy as _

from nrm.care.terms import Danger, FoundHow, Level, MissingWhy
from nrm.casefile.models import Fact, MustHearTheChild, Row
from nrm.contact.terms import SafetyMeasure
from nrm.kernel.columns import may, must
from nrm.kernel.handling import Handling

O, S, L = Handling.ORDINARY, Handling.SENSITIVE, Handling.LOCATING


class DangerSeen(Row):
    """One danger of a safety plan."""

    danger = must.code(Danger, _("What is the danger?"), S)
    who = may.text(200, _("From whom?"), S)
    likelihood = must.code(Level, _("How likely is it?"), O)

    question = _("Which dangers are there?")
    one = _("Danger")


class SafetyPlan(MustHearTheChild, Fact):
    """How she is kept safe; each review writes it anew. Source: CETS 197 art. 12(2) and 28."""

    measures = must.codes(SafetyMeasure, _("What is agreed?"), O)
    phone_rules = may.text(1000, _("What is agreed about her telephone?"), S)
    trusted_person = may.text(200, _("Whom does she trust?"), L)
    if_missing = may.long(2000, _("What does everyone do in the first hour if she goes missing?"), L)
    covers_family = may.tern(_("Does it keep her family safe too?"), O)
    covers_workers = may.tern(_("Does it keep those who help her safe too?"), O)

    told = _("Safety planned")
    rows = {"dangers": DangerSeen}


class MissingAlert(Fact):
    """She is missing. Everything else goes on. Source: CETS 197 art. 12(2)."""

    since = may.moment(_("Since when, if not just now?"), O)
    last_seen = may.text(300, _("Where was she last seen?"), L)
    suspected = may.code(MissingWhy, _("What may be behind it?"), S)
    police_reference = may.text(64, _("Police reference, if there is one"), O)
    photo_may_be_used = may.tern(_("May her photograph be used to find her?"), O)
    abroad_possible = may.tern(_("May she have been taken abroad?"), O)

    told = _("Missing")


class PoliceInformed(Fact):
    """The police know that she is missing."""

    reference = must.text(64, _("Which reference did the police give?"), O)

    told = _("Police told that she is missing")


class Found(Fact):
    """She was found, or came back."""

    where = may.text(300, _("Where?"), L)
    country = may.country(_("In which country?"), O)
    condition = must.code(FoundHow, _("How is she?"), S)
    returned_to = must.text(200, _("Where is she now, and with whom?"), L)

    told = _("Found")


class ReturnInterview(MustHearTheChild, Fact):
    """Someone who is not of the place she lived in talked with her after her return. House rule (GB: 72 hours)."""

    by = must.person(_("Who talked with her?"), O)
    pushed_or_pulled = may.long(4000, _("What pushed her away, or pulled her?"), S)
    harm = may.codes(Danger, _("What harmed or threatened her while she was gone?"), S)

    told = _("Talked with her after her return")
