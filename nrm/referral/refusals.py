"""Every "no" of referral."""

from django.utils.translation import gettext_lazy as _

from nrm.kernel.refusals import refusal

REFERRAL_WITHOUT_GROUNDS = refusal(
    "REFERRAL_WITHOUT_GROUNDS", _("No act and purpose are recorded yet. Complete the screening, then refer.")
)
REFERRAL_ALREADY_WAITING = refusal(
    "REFERRAL_ALREADY_WAITING", _("A referral is already waiting. Add what is new to that one.")
)
NOT_A_FIRST_RESPONDER = refusal(
    "NOT_A_FIRST_RESPONDER", _("Your agency cannot refer. Ask child welfare to send it today.")
)
ADULT_CONSENT_MISSING = refusal("ADULT_CONSENT_MISSING", _("She is an adult: ask her first."))
NO_CHILD_AUTHORITY = refusal(
    "NO_CHILD_AUTHORITY", _("That authority does not decide for children. Choose the children's desk.")
)
ALREADY_RECEIVED = refusal("ALREADY_RECEIVED", _("This referral has been received. Open it from your desk."))
NOT_RECEIVED_YET = refusal("NOT_RECEIVED_YET", _("Receive the referral first."))
CHILD_ASKED_AGAIN = refusal(
    "CHILD_ASKED_AGAIN", _("Use what she already said. If you must ask again, say why.")
)
SAME_AUTHORITY = refusal("SAME_AUTHORITY", _("Choose another authority."))
TOO_LATE_TO_WITHDRAW = refusal(
    "TOO_LATE_TO_WITHDRAW", _("It has been received. Tell the authority what changed.")
)
CHILD_DOES_NOT_LAPSE = refusal(
    "CHILD_DOES_NOT_LAPSE", _("A child's referral is not withdrawn because someone changed their mind.")
)
NO_REFERRAL = refusal("NO_REFERRAL", _("No referral has been sent. Send one first."))
