"""Who an agency is, what a person does there, and what she must have learnt first."""

from django.utils.translation import gettext_lazy as _

from nrm.kernel.vocabulary import Vocabulary


class Mandate(Vocabulary):
    """What the law or an agreement lets an agency do. An agency has several; one of them is its kind."""

    HOTLINE = _("hotline")
    FIRST_RESPONDER = _("first responder")
    COMPETENT_AUTHORITY = _("competent authority")
    CHILD_PROTECTION = _("child protection")
    GUARDIANSHIP = _("guardianship")
    AGE_ASSESSOR = _("age assessment")
    SERVICE_PROVIDER = _("service provider")
    LAW_ENFORCEMENT = _("police")
    PROSECUTION = _("prosecution")
    BORDER = _("border guard")
    ASYLUM = _("asylum authority")
    IMMIGRATION_ENFORCEMENT = _("immigration enforcement")
    EDUCATION = _("education")
    HEALTH = _("health care")
    LABOUR_INSPECTION = _("labour inspection")
    FOCAL_POINT = _("focal point for other States")
    COORDINATOR = _("national co-ordinator")
    RAPPORTEUR = _("national rapporteur")
    OVERSIGHT = _("data protection and complaints")
    NGO = _("non-governmental organisation")
    INTERNATIONAL_ORGANISATION = _("international organisation")


class Role(Vocabulary):
    """What a person does in her agency. The letters are those of the permission matrix."""

    PU = _("member of the public, not signed in")
    HO = _("hotline operator")
    FR = _("first responder")
    CW = _("child-protection case worker")
    CA = _("decision maker of the competent authority")
    AG = _("age assessor")
    GU = _("guardian")
    BP = _("member of the best-interests panel")
    SP = _("service worker")
    FP = _("focal-point officer")
    LE = _("child-specialist police or prosecution liaison")
    CO = _("co-ordinator")
    RA = _("national rapporteur")
    OO = _("oversight officer for data protection and complaints")
    AA = _("agency administrator")
    CH = _("the child herself")


class TrainingModule(Vocabulary):
    """Child-protection training that opens acts (ECAT art. 10(1) and 29: trained and qualified persons)."""

    DATA_PROTECTION = _("data protection")
    CHILD_NRM_BASIC = _("child trafficking and the referral mechanism")
    CHILD_INTERVIEW = _("talking with children")
    DECISION_MAKING = _("deciding who is a victim")
    BEST_INTERESTS = _("best-interests assessment and determination")
    GUARDIANSHIP = _("guardianship")
    AGE_ASSESSMENT = _("age assessment")
    CROSS_BORDER = _("working with other States")
