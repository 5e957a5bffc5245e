"""The words of services: what she agrees to, what a provider answers, what came of it."""

from django.utils.translation import gettext_lazy as _

from nrm.casefile.terms import ServiceCode
from nrm.kernel.vocabulary import Vocabulary


class ServiceOrAll(Vocabulary):
    """What a consent covers: one service, or all of them."""

    ALL = _("all services")
    SAFE_ACCOMMODATION_AND_SUBSISTENCE = ServiceCode.SAFE_ACCOMMODATION_AND_SUBSISTENCE.label
    EMERGENCY_HEALTH = ServiceCode.EMERGENCY_HEALTH.label
    TRANSLATION = ServiceCode.TRANSLATION.label
    COUNSELLING_AND_LEGAL_INFORMATION = ServiceCode.COUNSELLING_AND_LEGAL_INFORMATION.label
    HELP_IN_PROCEEDINGS = ServiceCode.HELP_IN_PROCEEDINGS.label
    EDUCATION = ServiceCode.EDUCATION.label
    HEALTH = ServiceCode.HEALTH.label
    SEXUAL_HEALTH = ServiceCode.SEXUAL_HEALTH.label
    PSYCHOSOCIAL = ServiceCode.PSYCHOSOCIAL.label
    THERAPY = ServiceCode.THERAPY.label
    FREE_LEGAL_AID = ServiceCode.FREE_LEGAL_AID.label
    GUARDIAN_SUPPORT = ServiceCode.GUARDIAN_SUPPORT.label
    FAMILY_SUPPORT = ServiceCode.FAMILY_SUPPORT.label
    MEDIATION = ServiceCode.MEDIATION.label
    LEISURE_AND_SPORT = ServiceCode.LEISURE_AND_SPORT.label
    VOCATIONAL = ServiceCode.VOCATIONAL.label
    INCOME = ServiceCode.INCOME.label
    DIGITAL_SAFETY = ServiceCode.DIGITAL_SAFETY.label
    IMAGE_REMOVAL = ServiceCode.IMAGE_REMOVAL.label
    SUBSTANCE_TREATMENT = ServiceCode.SUBSTANCE_TREATMENT.label
    DISABILITY_SUPPORT = ServiceCode.DISABILITY_SUPPORT.label
    RELIGIOUS_OR_CULTURAL = ServiceCode.RELIGIOUS_OR_CULTURAL.label
    COMPENSATION_CLAIM = ServiceCode.COMPENSATION_CLAIM.label
    TRANSITION_18 = ServiceCode.TRANSITION_18.label
    MENTOR = ServiceCode.MENTOR.label
    REINTEGRATION_ABROAD = ServiceCode.REINTEGRATION_ABROAD.label


class ConsentBy(Vocabulary):
    """Who says yes or no. A child's no stands against her guardian's yes."""

    CHILD = _("the child")
    CHILD_AND_GUARDIAN = _("the child and the guardian")
    GUARDIAN = _("the guardian")


class DeclineReason(Vocabulary, refused_only=frozenset({"NATIONALITY", "NO_PAPERS", "NOT_COOPERATING"})):
    """Why a provider cannot take a child. The last three are never lawful (ECAT art. 3 and 12(6))."""

    FULL = _("no free place")
    TOO_FAR = _("too far away")
    NOT_OUR_SERVICE = _("we do not offer this service")
    AGE_OUTSIDE_LICENCE = _("our licence is for another age")
    UNSAFE_FOR_HER = _("not safe for this child")
    UNSAFE_FOR_OTHERS = _("not safe for others here")
    NATIONALITY = _("nationality")
    NO_PAPERS = _("no papers")
    NOT_COOPERATING = _("does not help the police")


class InPart(Vocabulary):
    """An answer that may be half a yes."""

    YES = _("yes")
    PARTLY = _("in part")
    NO = _("no")


class ReviewNext(Vocabulary):
    """How a service goes on after a review."""

    CONTINUE = _("go on")
    CHANGE = _("change it")
    END = _("end it")


class ServiceEnd(Vocabulary, refused_only=frozenset({"NOT_COOPERATING"})):
    """Why a service ended. Never because she does not testify (ECAT art. 12(6))."""

    GOAL_REACHED = _("it did what it was for")
    CHILD_ASKED = _("the child asked")
    PROVIDER_STOPPED = _("the provider stopped")
    MOVED = _("moved to another place")
    NOT_COOPERATING = _("does not help the police")
    OTHER = _("other")
    NOT_KNOWN = _("not known")


class CompensationFrom(Vocabulary):
    """Who pays (ECAT art. 15(3) and (4))."""

    PERPETRATOR = _("those who exploited the child")
    STATE_FUND = _("a fund of the State")
    EMPLOYER = _("the employer")


class CompensationStep(Vocabulary):
    CLAIMED = _("claimed")
    AWARDED = _("awarded")
    REFUSED = _("refused")
    PAID = _("paid")
