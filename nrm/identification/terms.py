"""The words of decisions, of age and of offences."""

from django.utils.translation import gettext_lazy as _

from nrm.kernel.vocabulary import Vocabulary


class Outcome(Vocabulary):
    """Outcome of a reasonable-grounds or conclusive-grounds decision."""

    POSITIVE = _("positive")
    NEGATIVE = _("negative")


class DecisionKind(Vocabulary):
    """What a decision is about."""

    RG = _("reasonable grounds")
    CG = _("conclusive grounds")
    AGE = _("age")


class DecisionReason(
    Vocabulary,
    refused_only=frozenset({"CONSENTED", "NO_MEANS", "NOT_COOPERATING", "NO_COMPLAINT", "LATE_DISCLOSURE"}),
):
    """Why a decision was taken. The last five are never lawful for a child (Palermo Protocol art. 3(c))."""

    ACT_SHOWN = _("an act is shown")
    PURPOSE_SHOWN = _("a purpose of exploitation is shown")
    ACCOUNT_CREDIBLE = _("the account is credible")
    INDICATORS_CONSISTENT = _("the indicators fit together")
    MEDICAL = _("medical findings")
    CRIME_FILE = _("the criminal file")
    ONLINE_REPORT = _("an online report")
    EXPERT = _("an expert's opinion")
    CONTRADICTED_BY_FACTS = _("facts contradict it")
    NO_EXPLOITATION_OR_INTENT = _("neither exploitation nor an intent to exploit")
    OTHER_HARM_NOT_TRAFFICKING = _("another harm, not trafficking")
    INSUFFICIENT_INFORMATION = _("not enough information")
    CONSENTED = _("agreed to it")
    NO_MEANS = _("no force or deception")
    NOT_COOPERATING = _("does not help the police")
    NO_COMPLAINT = _("no complaint was made")
    LATE_DISCLOSURE = _("told late")


class Notified(Vocabulary):
    """Who was told."""

    CHILD = _("the child")
    GUARDIAN = _("the guardian")
    LAWYER = _("the lawyer")
    LEAD_WORKER = _("the lead worker")
    SENDER = _("the sender of the referral")
    ASYLUM_AUTHORITY = _("the asylum authority")
    OTHER = _("other")
    NOT_KNOWN = _("not known")


class Requester(Vocabulary):
    """Who asks for a decision to be looked at again."""

    CHILD = _("the child")
    GUARDIAN = _("the guardian")
    LAWYER = _("the lawyer")
    FIRST_RESPONDER = _("the first responder")
    PARENT = _("a parent")
    OTHER = _("other")
    NOT_KNOWN = _("not known")


class AppealOutcome(Vocabulary):
    """What the court did with the decision appealed against."""

    UPHELD = _("the court left the decision standing")
    QUASHED = _("the court set the decision aside")
    WITHDRAWN = _("the appeal was withdrawn")
    OTHER = _("other")
    NOT_KNOWN = _("not known")


class AgeMethod(Vocabulary, refused_only=frozenset({"SEXUAL_MATURITY"})):
    """How an age is assessed, gentlest first. Sexual maturity is never examined."""

    PAPERS = _("papers")
    INTERVIEW = _("interview")
    SOCIAL_REPORT = _("social report")
    PSYCHOLOGICAL = _("psychologist's report")
    PAEDIATRIC = _("paediatrician's report")
    DENTAL_OR_WRIST = _("image of teeth or wrist, last resort")
    SEXUAL_MATURITY = _("sexual maturity (never allowed)")
    OTHER = _("other")
    NOT_KNOWN = _("not known")


class OffenceKind(Vocabulary):
    """What the child is accused of."""

    DRUGS = _("drugs")
    THEFT = _("theft")
    BURGLARY = _("burglary")
    FRAUD = _("fraud")
    WEAPON = _("carrying a weapon")
    VIOLENCE = _("violence")
    SEX_WORK = _("selling sex")
    BEGGING = _("begging")
    IMMIGRATION = _("crossing a border or staying without permission")
    FALSE_PAPERS = _("false papers")
    SCHOOL = _("not going to school")
    ADMINISTRATIVE = _("administrative offence")
    OTHER = _("other")
    NOT_KNOWN = _("not known")


class OffenceStatus(Vocabulary):
    STOPPED = _("stopped and let go")
    ARRESTED = _("arrested")
    CHARGED = _("charged")
    CONVICTED = _("convicted")
    FINED = _("fined")
    OTHER = _("other")
    NOT_KNOWN = _("not known")


class LinkedToExploitation(Vocabulary):
    """Whether the offence came from the exploitation. Only a plain NO ends the duty to send a notice."""

    YES = _("yes")
    LIKELY = _("likely")
    NO = _("no")
    NOT_KNOWN = _("not known")


class NoticeTo(Vocabulary):
    """To whom a non-punishment notice goes (ECAT art. 26)."""

    POLICE = _("the police")
    PROSECUTOR = _("the prosecutor")
    COURT = _("the court")
    DEFENCE = _("the defence lawyer")
    IMMIGRATION_AUTHORITY = _("the immigration authority")
    PRISON = _("the prison")
    OTHER = _("other")
    NOT_KNOWN = _("not known")


class NoticeAsk(Vocabulary):
    """What a non-punishment notice asks for. The prosecutor decides."""

    RELEASE = _("release the child")
    NO_CHARGE = _("bring no charge")
    SUSPEND = _("suspend the proceedings")
    DISCONTINUE = _("end the proceedings")
    REVIEW_CONVICTION = _("review the conviction")
    CANCEL_FINE = _("cancel the fine")
    OTHER = _("other")
    NOT_KNOWN = _("not known")


class NoticeReplyOutcome(Vocabulary):
    """What came back."""

    SUSPENDED = _("proceedings suspended")
    DISCONTINUED = _("proceedings ended")
    NOT_CHARGED = _("no charge brought")
    RELEASED = _("released")
    GOES_ON = _("proceedings go on")
    NO_ANSWER = _("no answer")
    OTHER = _("other")
    NOT_KNOWN = _("not known")
