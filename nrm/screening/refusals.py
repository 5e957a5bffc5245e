"""Every "no" of screening."""

from django.utils.translation import gettext_lazy as _

from nrm.kernel.refusals import refusal

INTERVIEW_AGAIN = refusal(
    "INTERVIEW_AGAIN", _("She has been asked before. Say why once more, or read what she already said.")
)
CHILD_ALONE = refusal("CHILD_ALONE", _("Nobody she trusts was there. Say why."))
SCREENING_EMPTY = refusal("SCREENING_EMPTY", _("Answer at least one question, or write what you saw."))
EPISODE_UPSIDE_DOWN = refusal("EPISODE_UPSIDE_DOWN", _("The end is before the start."))
ADULT_NEEDS_MEANS = refusal("ADULT_NEEDS_MEANS", _("For an adult, tick how she was made to."))
ADVICE_NOT_FOLLOWED = refusal(
    "ADVICE_NOT_FOLLOWED",
    _("The signs point to a referral. You may decide otherwise: write why, and a colleague confirms."),
)
