"""Every "no" of the spine."""

from django.utils.translation import gettext_lazy as _

from nrm.kernel.refusals import refusal

AGENCY_WITHOUT_AGREEMENT = refusal(
    "AGENCY_WITHOUT_AGREEMENT", _("This agency has no sharing agreement in force. Ask the co-ordinator.")
)
FIREWALL = refusal(
    "FIREWALL",
    _(
        "Immigration enforcement cannot be given a child's case. "
        "Give the guardian the protection certificate instead."
    ),
)
SHARE_CONSENT_MISSING = refusal(
    "SHARE_CONSENT_MISSING",
    _("Ask the child or her guardian first, or name the law that lets you share without asking."),
)
GRANTS_TOO_WIDE = refusal(
    "GRANTS_TOO_WIDE", _("This purpose does not need so much. Untick what they do not need.")
)
LAST_RESPONSIBLE = refusal(
    "LAST_RESPONSIBLE", _("Someone must stay responsible for this child. Share with the next agency first.")
)
NOT_ON_THE_CASE = refusal("NOT_ON_THE_CASE", _("Share the case with her agency first."))
NOTHING_TO_CORRECT = refusal(
    "NOTHING_TO_CORRECT", _("No such entry stands here. Choose the entry again on the page of the case.")
)
NOT_CORRECTED_ALONE = refusal(
    "NOT_CORRECTED_ALONE",
    _("One person cannot correct this. Send a proposal back, ask for a new decision, or end the share."),
)
NOT_YOURS_TO_CORRECT = refusal(
    "NOT_YOURS_TO_CORRECT", _("Another agency wrote this. Tell them what is wrong, or ask the lead worker.")
)
FILE_NOT_SAFE = refusal("FILE_NOT_SAFE", _("The file failed the virus check. Print it to PDF and try again."))
MATERIAL_NEVER_STORED = refusal(
    "MATERIAL_NEVER_STORED",
    _("Images or videos of abuse must never be put here. Write the report number and call the police unit."),
)
