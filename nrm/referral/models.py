"""Facts of referral: sent, received, sent on, asked about, added to, withdrawn.

At most one referral of a case waits to be received. No index can say so, because receipts lie in another
table: the lock on the case does, under which every act reads and writes.
"""

from django.utils.translation import gettext_lazy as _

from nrm.casefile.models import Fact, MustHearTheChild
from nrm.kernel.columns import may, must
from nrm.kernel.handling import Handling
from nrm.kernel.terms import Urgency
from nrm.referral import terms
from nrm.screening.terms import SeenHow

P, O, S, L = Handling.PSEUDONYM, Handling.ORDINARY, Handling.SENSITIVE, Handling.LOCATING


class Referral(Fact, MustHearTheChild):
    """A first responder tells the competent authority of her. Source: CETS 197 art. 10(1), (2)."""

    to = must.agency(_("To which authority?"), O)
    grounds = must.long(15_000, _("Why do you think that she may be a victim?"), S)
    urgency = must.code(Urgency, _("How urgent is it?"), O)
    evidence = may.codes(terms.Evidence, _("What does it rest on?"), S)
    crime_reference = may.text(64, _("Police reference, if there is one"), O)
    reported_to_police = must.tern(_("Have the police been told?"), O)
    child_protection_told = must.tern(_("Has child welfare been told?"), O)
    child_protection_told_name = may.text(120, _("Whom did you tell there?"), S)
    safe_contact = must.code(terms.SafeContact, _("How can she be reached safely?"), L)
    safe_contact_details = may.text(200, _("Number, or what must be known to reach her"), L)
    worker_insight = may.long(4000, _("What else did you notice?"), S)

    told = _("Referred to the competent authority")


class Receipt(Fact):
    """The authority has the referral and says who answers for it."""

    referral = must.ref("referral.Referral", _("Which referral?"), P)
    case_officer = must.person(_("Who is her case officer?"), O)

    told = _("Referral received")


class Redirection(Fact):
    """The authority sends the referral on: for it a receipt, for the next authority a new referral."""

    referral = must.ref("referral.Referral", _("Which referral?"), P, system=True)
    to = must.agency(_("To which authority?"), O)
    reason = must.text(500, _("Why?"), S)

    told = _("Referral sent on to another authority")


class InformationRequest(Fact):
    """The authority asks for more. The decision clock goes on: a child does not pay for our questions (house rule)."""

    questions = must.long(2000, _("What do you need to know?"), S)
    ask_child = must.code(terms.AskChild, _("Must she be asked again?"), O)
    ask_child_text = may.text(500, _("Why can nobody else answer it?"), S)

    told = _("The authority asked for more information")


class Addition(Fact):
    """Something new for the authority; until the case is closed."""

    text = must.long(15_000, _("What is new?"), S)
    source = must.code(SeenHow, _("How do you know?"), S)
    documents = may.keys(_("Which documents show it?"), S)

    told = _("Information added to the referral")


class Withdrawal(Fact):
    """The referral was a mistake. Never ends protection."""

    referral = must.ref("referral.Referral", _("Which referral?"), P, system=True)
    reason = may.code(terms.WithdrawReason, _("Why do you withdraw it?"), S)
    reason_text = may.text(500, _("Say more"), S)

    told = _("Referral withdrawn")
