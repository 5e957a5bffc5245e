"""The words of work with other States: tracing, messages, risk, a durable solution."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext_lazy as _

from nrm.kernel.vocabulary import Vocabulary


class TracingChannel(Vocabulary):
    """Through whom a family is looked for."""

    RED_CROSS = _("Red Cross or Red Crescent")
    ISS = _("International Social Service")
    CENTRAL_AUTHORITY_HC96 = _("central authority of the 1996 Hague Convention")
    FOCAL_POINT = _("focal point of the other State")
    CONSULATE = _("consulate")
    OTHER = _("other")
    NOT_KNOWN = _("not known")


class TracingResult(Vocabulary):
    FOUND_SAFE = _("found, and safe for the child")
    FOUND_UNSAFE = _("found, and not safe for the child")
    NOT_FOUND = _("not found")
    STOPPED = _("stopped")
    OTHER = _("other")
    NOT_KNOWN = _("not known")


class Suitability(Vocabulary):
    """Whether the family can care for the child."""

    SUITABLE = _("can care for the child")
    WITH_SUPPORT = _("can, with support")
    NOT_SUITABLE = _("cannot care for the child")


class MessageKind(Vocabulary):
    """What a message to another State is (XB_KIND)."""

    REFERRAL = _("transnational referral")
    ALERT = _("alert")
    FAMILY_ASSESSMENT = _("family assessment")
    COMPLAINT = _("complaint passed on")
    CONSULTATION = _("consultation on a placement")
    OTHER = _("other")
    NOT_KNOWN = _("not known")


class MessageAsk(Vocabulary):
    """What the other State is asked for (XB_ASK)."""

    FIND_AND_PROTECT = _("find and protect the child")
    FAMILY_ASSESSMENT = _("assess the family")
    CARE_REPORT = _("report on care")
    IDENTITY_CHECK = _("check the identity")
    TAKE_OVER_CARE = _("take over care")
    PASS_ON_COMPLAINT = _("pass on a complaint")
    RECEIVE_RETURN = _("receive the child on return")
    INFORM_ONLY = _("nothing: for information only")
    OTHER = _("other")
    NOT_KNOWN = _("not known")


class MessageHandling(Vocabulary):
    """What binds the State that receives a message (HANDLING; ECAT art. 34)."""

    PROTECTION_ONLY = _("use it for protection only")
    NO_PROSECUTION_WITHOUT_CONSENT = _("not to the prosecution without consent")
    NOT_TO_IMMIGRATION = _("not to immigration authorities")
    NOT_TO_FAMILY = _("not to the family")
    NOT_TO_CONSULATE = _("not to the consulate")
    DELETE_BY = _("delete it by a given day")
    ASK_BEFORE_PASSING_ON = _("ask before passing it on")
    TELL_CHILD_WHEN_USED = _("tell the child when it is used")
    OTHER = _("other")
    NOT_KNOWN = _("not known")


def conditions_in_words(codes: Iterable[str], own_words: str, delete_by: date | None) -> list[str]:
    """What binds the receiver, a line each. own_words: those of OTHER."""
    words = dict(MessageHandling.choices())
    lines = []
    for code in codes:
        if code == MessageHandling.DELETE_BY and delete_by is not None:
            lines.append(f"{words[code]}: {delete_by.isoformat()}")
        else:
            lines.append(own_words if code == MessageHandling.OTHER else str(words[code]))
    return lines


class MessageBasis(Vocabulary):
    """What allows a message."""

    CHILD_AND_GUARDIAN_CONSENT = _("the child and the guardian agree")
    VITAL_INTEREST = _("life or health is in danger")
    TREATY = _("a treaty (write which)")


class Disclosed(Vocabulary):
    """What may be told beside the minimum, each ticked one by one with a reason."""

    NAMES = _("names")
    BIRTH_DATE = _("birth date")
    CITIZENSHIPS = _("citizenships")
    DOCUMENT_NUMBER = _("document number")
    PHOTO = _("photograph")
    ADDRESS = _("address")


class Situation(Vocabulary):
    """How the case stands, as told to another State."""

    PRESUMED = _("presumed child victim")
    IDENTIFIED = _("identified child victim")
    NOT_DECIDED = _("not decided")


class TreatedAsChild(Vocabulary):
    """What another State says of a child it writes about."""

    YES = _("yes")
    NO = _("no")


class MessageOutcome(Vocabulary):
    """What became of the child or of the request (XB_OUTCOME; ECAT art. 34: the final result is reported)."""

    PROTECTED = _("protected")
    LOCATED = _("found")
    NOT_LOCATED = _("not found")
    FAMILY_ASSESSED = _("family assessed")
    RETURN_RECEIVED = _("received on return")
    REFUSED = _("refused")
    NO_ANSWER = _("no answer")
    OTHER = _("other")
    NOT_KNOWN = _("not known")


class RiskSource(Vocabulary):
    """On what a risk and security assessment rests."""

    FAMILY_ASSESSMENT = _("family assessment")
    FOCAL_POINT = _("focal point there")
    NGO_THERE = _("non-governmental organisation there")
    EMBASSY = _("embassy")
    COUNTRY_REPORT = _("report on the country")
    CHILD = _("the child")
    POLICE = _("police")
    OTHER = _("other")
    NOT_KNOWN = _("not known")


class RiskConclusion(Vocabulary):
    """What a risk and security assessment says (ECAT art. 16(7))."""

    RETURN_SAFE = _("a return is safe")
    SAFE_WITH_CONDITIONS = _("a return is safe under conditions")
    AGAINST_BEST_INTERESTS = _("a return is against the child's best interests")


class DurableSolutionType(Vocabulary):
    """Where the child will live and grow up. She stays, returns (RETURNING) or goes to a third country."""

    INTEGRATION_WITH_PARENTS = _("stays, with the parents")
    INTEGRATION_KINSHIP = _("stays, with relatives")
    INTEGRATION_FOSTER = _("stays, in a foster family")
    INTEGRATION_INDEPENDENT = _("stays, in a home of her or his own")
    INTEGRATION_ADOPTION = _("stays, adopted")
    FAMILY_REUNIFICATION_ORIGIN = _("returns to the family")
    CARE_IN_ORIGIN = _("returns to care in the country of origin")
    RETURN_TO_HABITUAL_RESIDENCE = _("returns to the country where she or he lived")
    FAMILY_REUNIFICATION_THIRD = _("joins family in a third country")
    RESETTLEMENT_THIRD = _("resettles in a third country")


RETURNING = frozenset(
    {
        DurableSolutionType.FAMILY_REUNIFICATION_ORIGIN,
        DurableSolutionType.CARE_IN_ORIGIN,
        DurableSolutionType.RETURN_TO_HABITUAL_RESIDENCE,
    }
)
