"""Age: doubted, assessed with her guardian beside her, decided by two people."""

from django.utils.translation import gettext_lazy as _

from nrm.casefile.models import BestInterests, Fact, MustHearTheChild, Proposal
from nrm.casefile.terms import AgeClaim, AgeOutcome, DisputeGround
from nrm.contact.terms import Informant
from nrm.identification.terms import AgeMethod
from nrm.kernel.columns import may, must
from nrm.kernel.handling import Handling

O, S = Handling.ORDINARY, Handling.SENSITIVE


class AgeDispute(Fact):
    """Someone doubts the age. From this minute doubt protects her. Source: CETS 197 art. 10(3)."""

    by = must.code(Informant, _("Who doubts it?"), O)
    claims = must.code(AgeClaim, _("What is claimed?"), O)
    why = must.text(1000, _("What speaks for it?"), S)
    ground = may.code(DisputeGround, _("Are her papers false, or was she told what to say?"), S)

    told = _("Her age was doubted")


class AgeAssessment(MustHearTheChild, BestInterests, Fact):
    """An assessment begins: serious doubt, last resort, a guardian, her agreement. Source: PACE 2195 par. 6."""

    why = must.text(1000, _("What is the serious doubt?"), S)
    methods = must.codes(AgeMethod, _("By which methods?"), O)
    guardian_present = must.tern(_("Is her guardian beside her?"), O)
    informed = must.tern(_("Was she told what happens and why?"), O)
    agrees = must.tern(_("Does she agree?"), O)

    told = _("An age assessment began")


class AgeProposal(MustHearTheChild, Proposal):
    """What one assessor would decide about her age. The birth date is derived from the lowest age."""

    outcome = must.code(AgeOutcome, _("What do you decide?"), S)
    lowest_age = must.number(0, 99, _("Lowest age of the margin"), O)
    highest_age = must.number(0, 99, _("Highest age of the margin"), O)
    methods_used = must.codes(AgeMethod, _("By which methods?"), O)
    reasons = must.long(15_000, _("Why? Write it so that she can understand it."), S)
    multidisciplinary = must.tern(_("Did several professions take part?"), O)

    told = _("An age decision was proposed")
