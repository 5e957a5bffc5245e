"""Every "no" of identification."""

from django.utils.translation import gettext_lazy as _

from nrm.kernel.refusals import refusal

NO_STANDING_REASONABLE_GROUNDS = refusal(
    "NO_STANDING_REASONABLE_GROUNDS", _("Decide reasonable grounds first.")
)
TOO_EARLY = refusal("TOO_EARLY", _("The law asks you to wait until {date}."))
REASON_NOT_LAWFUL_FOR_CHILD = refusal(
    "REASON_NOT_LAWFUL_FOR_CHILD", _("A child cannot consent to be exploited, and no force need be shown.")
)
SHOWN_AND_NEGATIVE = refusal(
    "SHOWN_AND_NEGATIVE",
    _("For a child an act and a purpose are enough. Take out what is not shown, or decide positively."),
)
CHILD_UNGUARDED = refusal(
    "CHILD_UNGUARDED", _("She has no guardian. A negative decision waits until she has one.")
)
PROPOSAL_STALE = refusal("PROPOSAL_STALE", _("New information came in. Read it, then decide again."))
EXTENDED_ONCE = refusal(
    "EXTENDED_ONCE", _("It was extended before. Decide with what you have; doubt speaks for the child.")
)
INFORM_THE_CHILD_TOO = refusal("INFORM_THE_CHILD_TOO", _("Tell the child herself, not only the adults."))
NOTHING_TO_RECONSIDER = refusal("NOTHING_TO_RECONSIDER", _("There is no negative decision."))
WINDOW_CLOSED = refusal(
    "WINDOW_CLOSED",
    _("The time limit has passed. New information reopens the case: use 'new information'."),
)
FIRST_DECIDERS_STAY_OUT = refusal(
    "FIRST_DECIDERS_STAY_OUT", _("You took part in the first decision. Someone else must decide.")
)
NO_NEGATIVE_DECISION = refusal("NO_NEGATIVE_DECISION", _("Use 'add information'."))
APPEAL_NOT_KNOWN = refusal("APPEAL_NOT_KNOWN", _("Record the appeal first."))
NO_SERIOUS_DOUBT = refusal(
    "NO_SERIOUS_DOUBT", _("An age assessment needs serious doubt. Write what the doubt is.")
)
GUARDIAN_FIRST = refusal("GUARDIAN_FIRST", _("She needs a guardian at her side first."))
METHOD_FORBIDDEN = refusal("METHOD_FORBIDDEN", _("Sexual maturity is never examined."))
XRAY_NOT_LAST_RESORT = refusal(
    "XRAY_NOT_LAST_RESORT", _("Bones or teeth only when papers, interview and social report did not answer.")
)
CHILD_REFUSED = refusal(
    "CHILD_REFUSED",
    _("She does not want this. It cannot be forced, and her 'no' says nothing about her age."),
)
MARGIN_SAYS_CHILD = refusal(
    "MARGIN_SAYS_CHILD", _("The lowest age in the margin is under 18. The outcome is child.")
)
ONE_METHOD_ONLY = refusal("ONE_METHOD_ONLY", _("Medical findings alone cannot make her an adult."))
NO_OFFENCE = refusal("NO_OFFENCE", _("Record the offence first."))
NOTICE_NOT_SENT = refusal("NOTICE_NOT_SENT", _("Send the notice first."))
