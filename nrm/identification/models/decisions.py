"""Proposals of decisions, the second person's signature under them, and telling the child."""

from django.utils.translation import gettext_lazy as _

from nrm.casefile.models import BestInterests, Confirmation, Fact, MustHearTheChild, Proposal
from nrm.casefile.terms import ExploitationAct, Purpose
from nrm.identification.terms import DecisionKind, DecisionReason, Notified, Outcome
from nrm.kernel.columns import may, must
from nrm.kernel.handling import Handling
from nrm.kernel.terms import InfoForm, Understood
from nrm.referral.terms import Evidence

P, O, S = Handling.PSEUDONYM, Handling.ORDINARY, Handling.SENSITIVE


class DecisionProposal(MustHearTheChild, BestInterests, Proposal):
    """What one person would decide: reasonable grounds, conclusive grounds, or either looked at again.

    Source: CETS 197 art. 10(2); Palermo Protocol art. 3(c).
    """

    kind = must.code(DecisionKind, _("Which decision?"), O, system=True)
    reconsiders = may.key(_("Which decision is looked at again?"), P, system=True)
    outcome = must.code(Outcome, _("What do you decide?"), S)
    acts = may.codes(ExploitationAct, _("Which acts are shown?"), S)
    purposes = may.codes(Purpose, _("For which purposes?"), S)
    reason_codes = must.codes(DecisionReason, _("On which grounds?"), S)
    reasons = must.long(15_000, _("Why? Write it so that she can understand it."), S)
    evidence_read = must.codes(Evidence, _("What did you read?"), O)
    guardian_heard = must.tern(_("Was her guardian heard?"), O)

    told = _("A decision was proposed")


class ExtensionProposal(Proposal):
    """More time for reasonable grounds, once. Source: house rule."""

    reason = must.text(1000, _("Why is more time needed?"), S)
    days = must.number(1, 5, _("How many working days?"), O)

    told = _("More time for the decision was proposed")


class Confirmed(Confirmation):
    """The second person's signature: from now on the decision, the age decision or the extension holds."""

    told = _("A second person confirmed")


class ProposalReturned(Fact):
    """The second person did not sign; the proposal has no effect."""

    proposal = must.key(_("Which proposal?"), P)
    why = must.text(2000, _("What must change?"), S)

    told = _("The proposal was sent back")


class Notification(Fact):
    """She was told what was decided and how she can have it looked at again. Source: CETS 197 art. 15(1)."""

    to = must.codes(Notified, _("Who was told?"), O)
    form = must.code(InfoForm, _("How?"), O)
    lang = must.lang(_("In which language?"), O)
    understood = must.code(Understood, _("Did she understand?"), O)
    explained_review = must.tern(_("Was she told how to have the decision looked at again?"), O)

    told = _("She was told what was decided")
