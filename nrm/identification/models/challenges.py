"""What happens after a decision: looked at again, new information, a court; or an adult who declines."""

from django.utils.translation import gettext_lazy as _

from nrm.casefile.models import Fact
from nrm.identification.terms import AppealOutcome, Requester
from nrm.kernel.columns import may, must
from nrm.kernel.handling import Handling

P, O, S = Handling.PSEUDONYM, Handling.ORDINARY, Handling.SENSITIVE


class ReconsiderationRequest(Fact):
    """Someone asks that a negative decision, or an age decision of adult, is looked at again."""

    challenged = must.key(_("Which decision?"), P, system=True)
    by = must.code(Requester, _("Who asks?"), O)
    text = must.long(15_000, _("What should be looked at again?"), S)
    new_information = may.tern(_("Is there something that was not known before?"), O)

    told = _("It was asked to look at the decision again")


class NewInformation(Fact):
    """Something new after a negative decision: it is decided afresh, however late. Source: house rule."""

    text = must.long(15_000, _("What is new?"), S)

    told = _("New information after a negative decision")


class Appeal(Fact):
    """A court was asked."""

    challenged = may.key(_("Which decision?"), P, system=True)
    court = may.text(200, _("Which court?"), S)
    lodged_on = must.day(_("On which day?"), O)

    told = _("A court was asked")


class AppealDecided(Fact):
    """What the court said."""

    appeal = may.key(_("Which appeal?"), P, system=True)
    outcome = must.code(AppealOutcome, _("What did the court decide?"), S)
    on = must.day(_("On which day?"), O)

    told = _("The court answered")


class Declined(Fact):
    """An adult does not want to be identified. Her support goes on. Source: CETS 197 art. 12(6), 13(2)."""

    said_on = must.day(_("On which day did she say so?"), O)
    told_of_rights = must.tern(_("Was she told of her rights?"), O)
    support_continues = must.tern(_("Does her support go on?"), O)

    told = _("She did not want to be identified")
