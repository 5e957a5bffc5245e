"""The words of a referral."""

from django.utils.translation import gettext_lazy as _

from nrm.kernel.vocabulary import Vocabulary


class Evidence(Vocabulary):
    """What a referral or a decision rests on."""

    SCREENING = _("the screening")
    CHILDS_ACCOUNT = _("what the child told")
    WITNESS = _("a witness")
    MEDICAL = _("medical findings")
    POLICE = _("police findings")
    ONLINE_REPORT = _("an online report")
    PAPERS = _("papers")
    EXPERT = _("an expert")
    OTHER = _("other")
    NOT_KNOWN = _("not known")


class SafeContact(Vocabulary):
    """How the child can be reached without putting her in danger."""

    VIA_GUARDIAN = _("through the guardian")
    VIA_WORKER = _("through the worker")
    OWN_PHONE_SAFE = _("on the child's own telephone, which is safe")
    NO_SAFE_CONTACT = _("no safe way yet")
    OTHER = _("other")
    NOT_KNOWN = _("not known")


class AskChild(Vocabulary):
    """Whether the questions of the authority need the child once more."""

    NO = _("no, without asking the child again")
    YES_WITH_REASON = _("yes (say why)")


class WithdrawReason(Vocabulary):
    """A child's referral is withdrawn for a mistake only, never because someone changed their mind."""

    DUPLICATE = _("the same referral was sent before")
    WRONG_CHILD = _("it was written on the wrong child's case")
