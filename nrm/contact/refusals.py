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
REPORT_EMPTY = refusal("REPORT_EMPTY", _("Tell us in your own words what worries you."))
CODE_NOT_FOUND = refusal("CODE_NOT_FOUND", _("We do not know this code. You can send a new report."))
INFORMANT_NAMED_BUT_ANONYMOUS = refusal(
    "INFORMANT_NAMED_BUT_ANONYMOUS", _("She asked to stay anonymous. Remove her name and number.")
)
ONLINE_REPORT_KNOWN = refusal(
    "ONLINE_REPORT_KNOWN", _("This report number is already here. Open it from the list.")
)
TRIAGE_NEEDS_CASE = refusal("TRIAGE_NEEDS_CASE", _("Choose the case this belongs to."))
DANGER_NOT_ANSWERED = refusal(
    "DANGER_NOT_ANSWERED", _("The report says someone is in danger. Say what was done.")
)
MORE_CASES_THAN_CHILDREN = refusal(
    "MORE_CASES_THAN_CHILDREN", _("You linked more children than were seen. Raise the number.")
)
RELATION_TO_SELF = refusal("RELATION_TO_SELF", _("Choose another child."))
