"""The words of letters."""

from django.utils.translation import gettext_lazy as _

from nrm.kernel.vocabulary import Vocabulary


class LetterKind(Vocabulary):
    """What is printed."""

    DECISION = _("Letter about a decision")
    DECISION_FOR_HER = _("The decision, told to the child")
    NON_PUNISHMENT_NOTICE = _("Notice not to punish")
    MESSAGE_ABROAD = _("Message to another State")
    PROTECTION_CERTIFICATE = _("Certificate")
    SAFETY_PLAN = _("Safety plan to keep")
    CASE_SUMMARY = _("Summary of the case")
