"""Every "no" of the first contact."""

from django.utils.translation import gettext_lazy as _

from nrm.kernel.refusals import refusal, warning

TREAT_AS_CHILD = refusal("TREAT_AS_CHILD", _("She may be under 18. Open the case on the child track."))
AGE_RANGE_UPSIDE_DOWN = refusal("AGE_RANGE_UPSIDE_DOWN", _("The lower age is above the higher one."))
OPEN_CASE_EXISTS = refusal(
    "OPEN_CASE_EXISTS", _("This child already has an open case on your desk. Go on there.")
)
SAFETY_EMPTY = refusal("SAFETY_EMPTY", _("Tick what was done, or 'nothing possible yet' and say why."))
INFO_NOT_UNDERSTOOD = warning(
    "INFO_NOT_UNDERSTOOD", _("She did not follow. Try pictures or another person, today.")
)
INTERPRETER_NOT_INDEPENDENT = refusal(
    "INTERPRETER_NOT_INDEPENDENT",
    _("This interpreter knows the family or the people involved. Book another."),
)
NOT_AN_ADULT = refusal(
    "NOT_AN_ADULT", _("For a child, no consent is asked to refer. Record her views instead.")
)
