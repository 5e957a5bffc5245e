"""The words of closing, following up, reopening, keeping and erasing."""

from django.utils.translation import gettext_lazy as _

from nrm.kernel.vocabulary import Vocabulary


class ClosureReason(Vocabulary):
    """Why a case is closed. Being missing is never a reason."""

    SOLUTION_REACHED = _("a durable solution is reached")
    RETURNED_AND_FOLLOWED_UP = _("returned, and followed up")
    TRANSFERRED_ABROAD = _("handed over to another State")
    TURNED_18_SUPPORTED_ELSEWHERE = _("turned 18, and supported elsewhere")
    ADULT_REQUEST = _("the adult asks for it")
    NOT_TRAFFICKED_HANDED_OVER = _("not trafficked, and handed over to other help")
    DIED = _("died")
    DUPLICATE = _("the same child has another case")


class ContactConsent(Vocabulary):
    """Whether we may ask later how life goes."""

    YES = _("yes")
    ONLY_IF_SHE_ASKS = _("only if the child asks for it")
    NO = _("no")
    OTHER = _("other")
    NOT_KNOWN = _("not known")


class TraffickedAgain(Vocabulary):
    """What a follow-up found."""

    YES = _("yes")
    SIGNS = _("there are signs")
    NO = _("no")
    NOT_KNOWN = _("not known")


class ReopenReason(Vocabulary):
    NEW_DANGER = _("a new danger")
    RE_TRAFFICKED = _("trafficked again")
    NEW_INFORMATION = _("new information")
    ASKED_FOR_HELP = _("asked for help")
    CLOSED_IN_ERROR = _("closed by mistake")
    OTHER = _("other")
    NOT_KNOWN = _("not known")


class HoldGround(Vocabulary):
    """Why a record is kept beyond its time."""

    COURT = _("a court needs it")
    COMPENSATION = _("a claim for compensation needs it")
    COMPLAINT = _("a complaint needs it")
    CHILD_ASKED = _("the child asked")
    OTHER = _("other")
    NOT_KNOWN = _("not known")


class GlassOutcome(Vocabulary):
    """What the oversight officer found when glass was broken."""

    JUSTIFIED = _("justified")
    NOT_JUSTIFIED = _("not justified")
    ABUSE = _("abuse")
