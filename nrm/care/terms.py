"""The words of care: guardian, best interests, safety, a bed, going missing, time to recover."""

from django.utils.translation import gettext_lazy as _

from nrm.kernel.vocabulary import Vocabulary


class Level(Vocabulary):
    """How likely a danger is, or how much a finding weighs."""

    LOW = _("low")
    MEDIUM = _("medium")
    HIGH = _("high")


class GuardianKind(Vocabulary):
    """Whether a guardian is appointed for the first days or to stay."""

    INTERIM = _("for the first days")
    FULL = _("to stay")


class GuardianEnd(Vocabulary):
    """Why a guardianship ended."""

    TURNED_18 = _("turned 18")
    CONFLICT_OF_INTEREST = _("conflict of interest")
    CHILD_ASKED = _("the child asked for another guardian")
    GUARDIAN_LEFT = _("the guardian left")
    PARENT_RESUMES = _("a parent cares for the child again")
    OTHER = _("other")
    NOT_KNOWN = _("not known")


class Objector(Vocabulary):
    """Who objects to a guardian."""

    CHILD = _("the child")
    OTHER = _("someone else")


class BestInterestsElement(Vocabulary):
    """The seven points of every assessment (CRC art. 3, General Comment 14)."""

    VIEWS = _("the child's views")
    IDENTITY = _("the child's identity")
    FAMILY = _("family and relations")
    SAFETY = _("care, protection and safety")
    VULNERABILITY = _("what makes the child vulnerable")
    HEALTH = _("health")
    EDUCATION = _("education")


class AssessmentQuestion(Vocabulary):
    """What a best-interests assessment (BIA) answers."""

    FIRST_STEPS = _("What are the first steps?")
    PLACEMENT = _("Where should the child live?")
    TRACING = _("Should the family be traced?")
    CONTACT = _("With whom should there be contact?")
    INTERVIEW = _("Should there be another interview?")
    AGE_ASSESSMENT = _("Should the age be assessed?")
    PERMIT = _("Should a residence permit be asked for?")
    SERVICE = _("Which service helps?")
    CLOSURE = _("May the case be closed?")
    OTHER = _("other")
    NOT_KNOWN = _("not known")


class DeterminationQuestion(Vocabulary):
    """What needs a best-interests determination (BID) by a panel."""

    DURABLE_SOLUTION = _("the durable solution of a separated child")
    EXCEPTIONAL_CARE = _("care out of the ordinary")
    SEPARATION_FROM_PARENTS = _("separation from the parents")


class TracingWhen(Vocabulary):
    """What an assessment says about tracing the family."""

    NOW = _("now")
    NOT_NOW = _("not now")
    NOT_SAFE = _("not safe")


class Danger(Vocabulary):
    """What the child must be kept safe from."""

    TRAFFICKER_NEAR = _("the trafficker is near")
    FAMILY_PRESSURE = _("pressure by the family")
    GANG_DEBT = _("a debt to a gang")
    ONLINE_CONTACT = _("contact online")
    SELF_HARM = _("hurting herself or himself")
    RUNNING_AWAY = _("running away")
    REMOVAL_ABROAD = _("being taken abroad")
    RETALIATION_FAMILY = _("revenge on the family")
    IMAGES_SPREAD = _("images being spread")
    OTHER = _("other")
    NOT_KNOWN = _("not known")


class Accommodation(Vocabulary, refused_only=frozenset({"POLICE_CELL", "CLOSED_CENTRE", "HOTEL"})):
    """Where a child lives. A cell, a closed centre and a hotel are no such place."""

    WITH_PARENTS = _("with the parents")
    KINSHIP = _("with relatives")
    FOSTER_SPECIALISED = _("foster family trained for trafficked children")
    FOSTER = _("foster family")
    CHILD_SHELTER = _("children's shelter")
    SPECIAL_TRAFFICKING_SHELTER = _("shelter for trafficked children")
    SMALL_GROUP_HOME = _("small group home")
    RESIDENTIAL_CARE = _("residential care")
    HOSPITAL = _("hospital")
    BARNAHUS_OVERNIGHT = _("Barnahus, overnight")
    SUPPORTED_LIVING_16PLUS = _("supported living from 16")
    MOTHER_AND_BABY = _("home for mother and baby")
    PROTECTED_SECRET_PLACE = _("secret, protected place")
    ADULT_SURVIVOR_SHELTER = _("shelter for adult survivors")
    POLICE_CELL = _("police cell (never)")
    CLOSED_CENTRE = _("closed centre (never)")
    HOTEL = _("hotel (never)")
    OTHER = _("other")
    NOT_KNOWN = _("not known")


class PlacementEndReason(Vocabulary):
    """Why a child no longer lives there."""

    MOVED = _("moved to another place")
    MISSING = _("went missing")
    UNSAFE = _("it was not safe")
    CHILD_ASKED = _("the child asked")
    SOLUTION = _("a durable solution began")
    OTHER = _("other")
    NOT_KNOWN = _("not known")


class BedSuits(Vocabulary):
    """For whom a bed is."""

    ANY = _("any child")
    FEMALE = _("girls")
    MALE = _("boys")


class ExceptionGround(Vocabulary):
    """Why a recovery and reflection period may end early (ECAT art. 13(3)); by default never for a child."""

    PUBLIC_ORDER = _("public order")
    IMPROPER_CLAIM = _("victim status claimed improperly")


class PermitStep(Vocabulary):
    REQUESTED = _("requested")
    GRANTED = _("granted")
    REFUSED = _("refused")
    RENEWED = _("renewed")


class PermitGround(Vocabulary):
    """Why a residence permit is asked for (ECAT art. 14)."""

    PERSONAL_SITUATION = _("personal situation")
    COOPERATION = _("co-operation with the authorities")
    CHILD_BEST_INTERESTS = _("the child's best interests")
    OTHER = _("other")
    NOT_KNOWN = _("not known")


class MissingWhy(Vocabulary):
    """What may be behind it when a child is missing."""

    WITH_TRAFFICKER = _("with the trafficker")
    TO_FAMILY = _("gone or taken to the family")
    FEAR_OF_RETURN = _("afraid of being sent back")
    FEAR_OF_AGE_TEST = _("afraid of an age assessment")
    UNHAPPY_IN_CARE = _("unhappy in care")
    OTHER = _("other")
    NOT_KNOWN = _("not known")


class FoundHow(Vocabulary):
    """How a missing child was found."""

    SAFE = _("safe")
    HURT = _("hurt")
    EXPLOITED = _("exploited")
    DIED = _("dead")
    OTHER = _("other")
    NOT_KNOWN = _("not known")
