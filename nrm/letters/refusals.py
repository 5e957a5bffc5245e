"""Every "no" of letters."""

from django.utils.translation import gettext_lazy as _

from nrm.kernel.refusals import refusal

LETTER_SAYS_MORE = refusal(
    "LETTER_SAYS_MORE",
    _("This letter says more than is shared with your agency. Ask the lead worker to print it."),
)
NOTHING_TO_PRINT = refusal(
    "NOTHING_TO_PRINT", _("There is no such letter in this case. Open the list of letters again.")
)
