"""Facts about time to recover and leave to stay. The period and the bar to removal exist without any of them."""

from django.utils.translation import gettext_lazy as _

from nrm.care.terms import ExceptionGround, PermitGround, PermitStep
from nrm.casefile.models import BestInterests, Confirmation, Fact, MustHearTheChild, Proposal
from nrm.identification.terms import Notified
from nrm.kernel.columns import may, must
from nrm.kernel.handling import Handling

P, O, S = Handling.PSEUDONYM, Handling.ORDINARY, Handling.SENSITIVE


class ReflectionCertificate(Fact):
    """She was told of her recovery and reflection period, and others may show a paper that says so.

    It grants nothing: the period runs from the positive decision. Source: CETS 197 art. 13(1).
    """

    told_child_on = must.day(_("On which day was she told?"), O)
    certificate_to = may.codes(Notified, _("Who gets the certificate?"), O)

    told = _("Told of the recovery and reflection period")


class ReflectionExtension(Fact):
    """The period is made longer. Source: CETS 197 art. 13(1): at least 30 days."""

    until = must.day(_("Until which day?"), O)
    reason = must.text(1000, _("Why does she need more time?"), S)

    told = _("Recovery and reflection period made longer")


class ReflectionException(MustHearTheChild, BestInterests, Proposal):
    """The period is to end early; without a second person nothing ends. Source: CETS 197 art. 13(3)."""

    ground = must.code(ExceptionGround, _("On which ground?"), S)
    until = must.day(_("On which day does it end?"), O)
    reasons = must.long(4000, _("Why?"), S)

    told = _("An earlier end of the recovery period was proposed")


class ExceptionConfirmed(Confirmation):
    """The second person's signature: the period ends on the day proposed."""

    told = _("Recovery and reflection period ended early")


class Permit(Fact):
    """One step towards a residence permit. Source: CETS 197 art. 14(1), (2)."""

    step = must.code(PermitStep, _("What happened?"), O)
    ground = must.code(PermitGround, _("On which ground?"), S)
    assessment = may.ref("care.Assessment", _("Which best-interests assessment is it based on?"), P)
    valid_to = may.day(_("Until which day is it valid?"), O)

    told = _("Residence permit")
