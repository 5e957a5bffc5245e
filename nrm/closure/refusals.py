"""Every "no" of closing, and one warning."""

from django.utils.translation import gettext_lazy as _

from nrm.kernel.refusals import refusal, warning

STILL_MISSING = refusal("STILL_MISSING", _("A missing child's case stays open."))
DECISION_PENDING = refusal(
    "DECISION_PENDING", _("A decision or review is still open. Wait for it, then close.")
)
NO_DURABLE_SOLUTION = refusal(
    "NO_DURABLE_SOLUTION", _("Record where she will live and who cares for her, then close.")
)
HANDOVER_MISSING = refusal("HANDOVER_MISSING", _("Name who goes on caring for her."))
OFFENCE_OPEN = refusal("OFFENCE_OPEN", _("A charge against her is still open."))
COMPLAINT_OPEN = refusal(
    "COMPLAINT_OPEN", _("Her complaint has no answer yet. The oversight officer answers first.")
)
SAME_AGENCY = refusal("SAME_AGENCY", _("Another agency must close. Ask the co-ordinator."))
NO_CONSENT_TO_CONTACT = refusal(
    "NO_CONSENT_TO_CONTACT", _("She did not agree to be contacted. Leave the door open.")
)
NOT_CLOSED = refusal("NOT_CLOSED", _("The case is open. Work in it."))
SIGNS_OF_NEW_EXPLOITATION = warning(
    "SIGNS_OF_NEW_EXPLOITATION", _("There are signs that it happens again. Think of reopening the case.")
)
