"""The words of the case itself: which child, what happened to her, who may know it, how the case stands."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from nrm.kernel.vocabulary import Vocabulary


class Track(Vocabulary):
    CHILD = _("child")
    ADULT_SURVIVOR = _("adult survivor")


class Accompanied(Vocabulary):
    """Who is with the child."""

    WITH_PARENT = _("with a parent")
    WITH_RELATIVE = _("with a relative")
    WITH_UNRELATED_ADULT = _("with an adult who is not family")
    WITH_CHILDREN_ONLY = _("with other children only")
    ALONE = _("alone")
    IN_INSTITUTION = _("in an institution")
    OTHER = _("other")
    NOT_KNOWN = _("not known")


class Parents(Vocabulary):
    """What is known of the parents.

    UNKNOWN: nobody can say who or where they are. NOT_KNOWN: we have not found out yet.
    A director of an institution who is the legal representative is CONFLICT or UNKNOWN.
    """

    REACHABLE_SAFE = _("can be reached, and are safe for the child")
    ABROAD_REACHABLE = _("abroad, can be reached")
    ABROAD_UNREACHABLE = _("abroad, cannot be reached")
    DEAD = _("dead")
    UNKNOWN = _("nobody can say who or where they are")
    CONFLICT = _("their interests conflict with the child's")
    SUSPECTED = _("may have taken part in the exploitation")
    OTHER = _("other")
    NOT_KNOWN = _("not found out yet")


class BirthBasis(Vocabulary):
    """How we know the birth date. The verified ones are in VERIFIED_BIRTH; all others are stated."""

    CIVIL_REGISTRY = _("civil registry")
    DOCUMENT_VERIFIED = _("identity document, verified")
    DOCUMENT_UNVERIFIED = _("identity document, not verified")
    SAID_BY_CHILD = _("the child said so")
    SAID_BY_OTHER = _("someone else said so")
    AGE_DECISION = _("age decision")
    COURT = _("court")
    OTHER = _("other")
    NOT_KNOWN = _("not known")


VERIFIED_BIRTH = frozenset(
    {BirthBasis.CIVIL_REGISTRY, BirthBasis.DOCUMENT_VERIFIED, BirthBasis.COURT, BirthBasis.AGE_DECISION}
)


class AgeOutcome(Vocabulary):
    CHILD = _("a child")
    ADULT = _("an adult")
    UNRESOLVED = _("could not be resolved")


class AgeClaim(Vocabulary):
    """What is claimed by the person who disputes an age."""

    CHILD = _("that this is a child")
    ADULT = _("that this is an adult")
    OTHER_BIRTH_DATE = _("that the birth date is another one")


class DisputeGround(Vocabulary):
    """Why a verified birth date may be doubted at all."""

    FALSE_PAPERS = _("the papers are false")
    COACHED = _("the child was told what to say")


class PresumptionRow(Vocabulary):
    """Why a person is treated as a child or not: the rows of `casefile.rules.treated_as_child`."""

    P1 = _("Treated as a child until the challenge to the age decision is over.")
    P2 = _("An adult by decision of {date}.")
    P3 = _("By age decision, a child until {date}.")
    P4 = _("Treated as a child: the age could not be resolved, and doubt protects.")
    P5 = _("Treated as a child: the age is disputed.")
    P6 = _("By a verified birth date, a child until {date}.")
    P7 = _("Treated as a child until {date} unless disputed.")
    P8 = _("Treated as a child: said to be an adult, but this is not sure.")
    P9 = _("An adult by what was said and by the estimate of two people.")
    P10 = _("Treated as a child: no birth date is known.")
    P11 = _("Clearly an adult by the estimate of two people.")


class ExploitationAct(Vocabulary):
    """What was done with the child (ACT; ECAT art. 4(a), Palermo Protocol art. 3). Means are never needed."""

    RECRUITMENT = _("recruitment: was found, lured or hired")
    TRANSPORTATION = _("transportation: was taken from place to place")
    TRANSFER = _("transfer: was handed from one person to another")
    HARBOURING = _("harbouring: was housed or hidden")
    RECEIPT = _("receipt: was taken over at the end of the way")
    EXCHANGE_OF_CONTROL = _("exchange of control: was given, lent or sold to someone")
    NOT_YET_CLEAR = _("not yet clear")


class Purpose(Vocabulary):
    """What the child was exploited for, or was going to be. NOT_YET_CLEAR takes the place of NOT_KNOWN."""

    SEX_PROSTITUTION = _("sold for sex")
    SEX_TRAVELLER = _("sexually abused by travelling offenders")
    SEX_PARTY_OR_GROUP = _("sexually abused in private or by a gang or group")
    SEX_ABUSE_MATERIAL = _("images of sexual abuse made")
    SEX_AI_GENERATED = _("the child's likeness used in generated sexual images")
    SEX_LIVE_STREAM = _("sexual abuse streamed live")
    SEX_SEXTORTION = _("blackmailed for images, acts or money")
    SEX_ONLINE_GROOMING = _("lured online towards sexual abuse")
    FORCED_LABOUR = _("forced labour")
    DOMESTIC_SERVITUDE = _("servitude in a household")
    SPORT_EXPLOITATION = _("exploitation in football or another sport")
    BEGGING = _("begging")
    CRIME_DRUG_COURIER = _('made to carry or sell drugs ("county lines")')
    CRIME_DRUG_CULTIVATION = _("made to grow or make drugs")
    CRIME_THEFT = _("made to steal from pockets or shops")
    CRIME_BURGLARY = _("made to break into houses")
    CRIME_FRAUD = _("made to take part in fraud")
    CRIME_MONEY_MULE = _("bank account or name used to move money")
    CRIME_ONLINE_SCAM = _("made to work in online scams")
    CRIME_WEAPONS = _("made to carry or hide weapons")
    CRIME_VIOLENCE = _("made to hurt or threaten others")
    CRIME_SMUGGLING_PEOPLE = _("made to smuggle people")
    CRIME_OTHER = _("made to commit another crime")
    FORCED_MARRIAGE = _("forced marriage")
    ILLEGAL_ADOPTION = _("adoption against the law")
    SURROGACY = _("exploited to bear a baby for others")
    ORGAN_REMOVAL = _("removal of an organ, tissue or cells")
    ARMED_GROUP = _("used by an armed group")
    SLAVERY_OR_SIMILAR = _("slavery or something like it")
    BENEFIT_CLAIMS = _("used to claim money")
    INSTITUTION = _("kept in a home for donations or work")
    OTHER = _("other")
    NOT_YET_CLEAR = _("not yet clear")


FORCED_CRIMINALITY = frozenset(purpose for purpose in Purpose if purpose.startswith("CRIME_"))


class ServiceCode(Vocabulary):
    """Help a child can ask for (SERVICE). The first six are owed to every victim (ECAT art. 12(1))."""

    SAFE_ACCOMMODATION_AND_SUBSISTENCE = _("a safe place to live, food and clothes")
    EMERGENCY_HEALTH = _("emergency health care")
    TRANSLATION = _("translation and interpreting")
    COUNSELLING_AND_LEGAL_INFORMATION = _("counselling and information about rights")
    HELP_IN_PROCEEDINGS = _("help to be heard in proceedings")
    EDUCATION = _("school or other education")
    HEALTH = _("health care")
    SEXUAL_HEALTH = _("sexual health care")
    PSYCHOSOCIAL = _("psychosocial support")
    THERAPY = _("therapy")
    FREE_LEGAL_AID = _("a lawyer, free of charge")
    GUARDIAN_SUPPORT = _("support for the guardian")
    FAMILY_SUPPORT = _("support for the family")
    MEDIATION = _("mediation")
    LEISURE_AND_SPORT = _("leisure and sport")
    VOCATIONAL = _("training for a job")
    INCOME = _("money to live on")
    DIGITAL_SAFETY = _("safety online and with the telephone")
    IMAGE_REMOVAL = _("taking images off the internet")
    SUBSTANCE_TREATMENT = _("treatment for drugs or alcohol")
    DISABILITY_SUPPORT = _("support with a disability")
    RELIGIOUS_OR_CULTURAL = _("religious or cultural life")
    COMPENSATION_CLAIM = _("a claim for compensation")
    TRANSITION_18 = _("help in becoming an adult")
    MENTOR = _("a mentor")
    REINTEGRATION_ABROAD = _("help to settle in another country")


SIX_SERVICES = (
    ServiceCode.SAFE_ACCOMMODATION_AND_SUBSISTENCE,
    ServiceCode.EMERGENCY_HEALTH,
    ServiceCode.TRANSLATION,
    ServiceCode.COUNSELLING_AND_LEGAL_INFORMATION,
    ServiceCode.HELP_IN_PROCEEDINGS,
    ServiceCode.EDUCATION,
)


class SharePurpose(Vocabulary):
    """What an agency needs a case for."""

    SAFETY = _("to keep the child safe")
    CARE = _("to care for the child")
    SERVICE = _("to give a service")
    DECISION = _("to decide")
    INVESTIGATION = _("to investigate those who exploited the child")
    ASYLUM = _("for the asylum procedure")
    TRACING = _("to trace the family")
    OVERSIGHT = _("to oversee")
    OTHER = _("other")
    NOT_KNOWN = _("not known")


class ShareBasis(Vocabulary):
    """What allows a share."""

    CHILD_CONSENT = _("the child agrees")
    CHILD_AND_GUARDIAN = _("the child and the guardian agree")
    GUARDIAN = _("the guardian agrees")
    LEGAL_DUTY = _("a law asks for it (write which)")
    VITAL_INTEREST = _("life or health is in danger")
    OTHER = _("other")
    NOT_KNOWN = _("not known")


class DocumentKind(Vocabulary):
    """What a file is. There is no kind for online evidence: such material is never stored."""

    IDENTITY_DOCUMENT = _("identity document")
    REPORT = _("report")
    DECISION = _("decision")
    COURT_PAPER = _("court paper")
    INJURY_BODY_MAP_DRAWING = _("injuries drawn on a body map")
    CHILDS_DRAWING = _("the child's drawing")
    CONTRACT = _("contract")
    TICKET = _("boarding pass or travel booking")
    LETTER = _("letter")
    OTHER = _("other")
    NOT_KNOWN = _("not known")


# The only kinds that a picture may be of.
PICTURED = (DocumentKind.IDENTITY_DOCUMENT, DocumentKind.INJURY_BODY_MAP_DRAWING, DocumentKind.CHILDS_DRAWING)


class ColumnHandling(Vocabulary):
    """Who may read a document: the classes of columns, without the mildest."""

    ORDINARY = _("what everyone who helps her may read")
    SENSITIVE = _("what she went through, decisions, assessments")
    IDENTIFYING = _("who she is")
    LOCATING = _("where she is")


class Emergency(Vocabulary):
    """Why glass was broken."""

    CHILD_IN_DANGER_NOW = _("the child is in danger now")
    MISSING_NOW = _("the child is missing now")
    HEALTH_NOW = _("the child needs medical help now")


class Stage(Vocabulary):
    """Where a case stands; derived by `closure.rules.stage`, never stored."""

    ERASED = _("erased")
    CLOSED = _("closed")
    FOLLOW_UP = _("followed up after the solution")
    SOLUTION_UNDER_WAY = _("a durable solution is under way")
    RECONSIDERATION = _("being reconsidered or appealed")
    IDENTIFIED = _("identified child victim")
    NEGATIVE = _("negative decision")
    PRESUMED = _("presumed child victim")
    RETURNED = _("the authority asked for more information")
    UNDER_DECISION = _("waiting for a decision")
    REFERRED = _("referred, not yet received")
    DECLINED = _("did not want to be identified")
    SCREENED = _("screened")
    OPENED = _("opened")


class Flag(Vocabulary):
    """What must be seen at once on the page of a case, whatever its stage; derived, never stored."""

    TREATED_AS_CHILD = _("treated as a child")
    AGE_DISPUTED = _("age is disputed")
    NO_GUARDIAN = _("has no guardian")
    MISSING = _("is missing")
    IN_DANGER = _("is in danger")
    REMOVAL_BARRED = _("may not be removed from the country")
    REFLECTION_RUNNING = _("recovery and reflection period is running")
    NON_PUNISHMENT_DUE = _("non-punishment notice is due")
    SERVICE_GAP = _("a basic service is missing")
    IN_CUSTODY = _("is held in custody")
    CONFIRM_WAITING = _("a second person must confirm")
    TURNS_18_SOON = _("turns 18 soon")
    NOT_INFORMED = _("has not been told of a decision")
    ADULT_SURVIVOR = _("adult survivor")


@dataclass(frozen=True)
class StandingDecision:
    """The latest confirmed decision of its kind that is neither superseded nor quashed.

    at: when the second person confirmed it.
    """

    positive: bool
    at: datetime


@dataclass(frozen=True)
class StageFacts:
    """All that the stage of a case depends on. Each `_at` is the latest of its kind; None means never.

    two_steps: the country decides reasonable grounds first and conclusive grounds after.
    referred_at, received: of a referral that was not withdrawn; received by any authority it was sent on to.
    question_open: the authority asked for information and has no answer yet.
    reasonable, conclusive: the standing decisions; a one-step country uses either.
    new_information_at: new information after a negative decision.
    challenge_open: a reconsideration asked for without an outcome, or an appeal without one.
    solution_confirmed_at, solution_implemented_at: of a durable solution.
    """

    two_steps: bool
    screened: bool = False
    declined_at: datetime | None = None
    referred_at: datetime | None = None
    received: bool = False
    question_open: bool = False
    reasonable: StandingDecision | None = None
    conclusive: StandingDecision | None = None
    new_information_at: datetime | None = None
    challenge_open: bool = False
    solution_confirmed_at: datetime | None = None
    solution_implemented_at: datetime | None = None
    closed_at: datetime | None = None
    reopened_at: datetime | None = None
    erased: bool = False
