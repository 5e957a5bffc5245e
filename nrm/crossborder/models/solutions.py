"""Facts about her future: what a return would risk, where she will live, that it happened."""

from django.utils.translation import gettext_lazy as _

from nrm.care.terms import Level
from nrm.casefile.models import BestInterests, Confirmation, Fact, MustHearTheChild, Proposal
from nrm.crossborder.terms import DurableSolutionType, RiskConclusion, RiskSource
from nrm.kernel.columns import may, must
from nrm.kernel.handling import Handling

P, O, S, L = Handling.PSEUDONYM, Handling.ORDINARY, Handling.SENSITIVE, Handling.LOCATING


class RiskAssessment(MustHearTheChild, Fact):
    """Risk and security assessment before any return. Source: CETS 197 art. 16(7)."""

    country = must.country(_("Which country?"), O)
    places = may.text(500, _("Which places there?"), S)
    sources = must.codes(RiskSource, _("On what does it rest?"), O)
    traffickers_there = must.tern(_("Are those who exploited her there, or their people?"), S)
    family = must.ref_or_none("crossborder.FamilyAssessment", _("Which assessment of her family?"), O)
    state_protection = must.long(2000, _("Does the State there protect her?"), S)
    care_there = must.long(2000, _("Who would care for her?"), S)
    school_there = must.long(2000, _("Can she go to school?"), S)
    health_there = must.long(2000, _("Is there health care for her?"), S)
    debt_or_stigma = must.long(2000, _("Is there a debt, shame or blame?"), S)
    re_trafficking = must.code(Level, _("How likely is it that she is exploited again?"), S)
    conclusion = must.code(RiskConclusion, _("What do you conclude?"), S)
    conditions = may.long(2000, _("If it is safe under conditions: which?"), S)
    written_by = must.person(_("Who wrote it?"), O)

    told = _("What a return would risk was assessed")


class SolutionProposal(MustHearTheChild, BestInterests, Proposal):
    """Where she would live and grow up. Source: OSCE PC.DEC/685; CETS 197 art. 16."""

    type = must.code(DurableSolutionType, _("Where will she live?"), S)
    determination = may.ref("care.Determination", _("Which determination of her best interests?"), O)
    risk_assessment = may.ref("crossborder.RiskAssessment", _("Which assessment of the risks there?"), O)
    plan = must.long(15_000, _("How will it happen, step by step?"), S)
    receiving_care = may.text(300, _("If she returns: who meets her, and where does she sleep?"), L)
    guardian_agrees = must.tern(_("Does her guardian agree?"), O)
    asked_in_writing = may.tern(_("Did she and her guardian ask for it in writing?"), O)

    told = _("A durable solution was proposed")


class SolutionConfirmed(Confirmation):
    """The panel's signature: from now on the solution holds."""

    told = _("A durable solution was confirmed")


class Implementation(Fact):
    """The solution was put into practice."""

    solution = must.ref("crossborder.SolutionProposal", _("Which solution?"), P, system=True)
    on = must.day(_("On which day?"), O)
    handed_to = may.text(200, _("With whom is she now?"), L)
    return_pack = may.tern(_("If she returned: did she get her papers, money and contacts?"), O)
    follow_up_contact = may.text(200, _("How will you hear how she is?"), L)

    told = _("The durable solution became real")
