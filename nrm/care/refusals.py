"""Every "no" of care."""

from django.utils.translation import gettext_lazy as _

from nrm.kernel.refusals import refusal, warning

GUARDIAN_CONFLICT = refusal(
    "GUARDIAN_CONFLICT", _("This person works for an agency that decides about, houses or polices the child.")
)
GUARDIAN_FULL = refusal("GUARDIAN_FULL", _("This guardian has {n} children, the limit."))
NOT_NEEDED_FOR_ADULT = refusal("NOT_NEEDED_FOR_ADULT", _("She is an adult. Offer a support person instead."))
NEXT_GUARDIAN_FIRST = refusal(
    "NEXT_GUARDIAN_FIRST",
    _("She would be without a guardian tomorrow. Appoint the next one in the same step."),
)
NO_GUARDIAN_TO_END = refusal(
    "NO_GUARDIAN_TO_END", _("She has no guardian on that day. There is nothing to end.")
)
ELEMENTS_MISSING = refusal(
    "ELEMENTS_MISSING", _("Say something on each of the seven points, even 'not known yet'.")
)
FOUND_AND_NOT_ASKED = refusal(
    "FOUND_AND_NOT_ASKED", _("Write what was found on a point, or why nothing was asked; not both.")
)
POINT_MISSING = refusal(
    "POINT_MISSING", _("Write what was found, even 'not known yet', or choose why nothing was asked.")
)
PART_UNFINISHED = refusal(
    "PART_UNFINISHED", _("This part is not complete yet: {part}. Open it from the list.")
)
ONE_OPTION_ONLY = refusal("ONE_OPTION_ONLY", _("Write at least two ways forward."))
PLAN_WITHOUT_MISSING_PART = refusal(
    "PLAN_WITHOUT_MISSING_PART", _("Write what everyone does in the first hour if she goes missing.")
)
NOT_MISSING = refusal("NOT_MISSING", _("No alert is open. Raise it first."))
ASSESSMENT_FIRST = refusal("ASSESSMENT_FIRST", _("Do the best-interests assessment first."))
PANEL_TOO_SMALL = refusal(
    "PANEL_TOO_SMALL", _("A determination needs three people from at least two agencies.")
)
LEAD_WORKER_CHAIRS = refusal("LEAD_WORKER_CHAIRS", _("Choose another chair."))
CHAIR_NOT_OF_THE_PANEL = refusal(
    "CHAIR_NOT_OF_THE_PANEL", _("The chair belongs to the panel. Choose one of its members.")
)
GUARDIAN_NOT_HEARD = refusal("GUARDIAN_NOT_HEARD", _("Ask the guardian and write the answer."))
NOT_THE_CHAIR = refusal("NOT_THE_CHAIR", _("The chair of the panel confirms. Ask the chair."))
ALREADY_CONFIRMED = refusal("ALREADY_CONFIRMED", _("This was confirmed before. There is nothing to do."))
NOT_CHILD_SUITABLE = refusal("NOT_CHILD_SUITABLE", _("This bed is not registered for children."))
DETENTION_IS_NOT_CARE = refusal(
    "DETENTION_IS_NOT_CARE",
    _("A cell, a police station or a closed centre cannot be recorded as accommodation."),
)
WITH_ADULT_STRANGERS = refusal(
    "WITH_ADULT_STRANGERS", _("Adults who are not her family live there. Choose a place for children.")
)
BED_TAKEN = refusal("BED_TAKEN", _("Another child has this bed on these days. Choose another."))
BED_NOT_OFFERED = refusal("BED_NOT_OFFERED", _("This bed is not offered on that day. Choose another."))
SPLITS_SIBLINGS = refusal(
    "SPLITS_SIBLINGS",
    _("These children should stay together. Place them together or write why not."),
)
CONSULT_FIRST = refusal("CONSULT_FIRST", _("The other State must answer before a child is placed there."))
NO_PLACEMENT_TO_END = refusal(
    "NO_PLACEMENT_TO_END", _("No placement is known on that day. There is nothing to end.")
)
BED_FOR_ANOTHER_SEX = warning(
    "BED_FOR_ANOTHER_SEX", _("This bed is registered for the other sex. Ask her what she wants.")
)
BED_NOT_STEP_FREE = warning(
    "BED_NOT_STEP_FREE", _("She needs a place without steps. This bed is not registered as one.")
)
NOT_BACK_YET = refusal(
    "NOT_BACK_YET", _("She was not found yet. Record that she was found, then talk with her.")
)
NOT_INDEPENDENT = refusal("NOT_INDEPENDENT", _("Someone from outside the placement should talk with her."))
NO_POSITIVE_DECISION = refusal(
    "NO_POSITIVE_DECISION", _("There is no positive decision yet; she is protected all the same.")
)
NOT_SHORTER = refusal("NOT_SHORTER", _("A period can only be made longer."))
NOT_FOR_A_CHILD = refusal("NOT_FOR_A_CHILD", _("In this country a child's period is not ended early."))
UNDER_30_DAYS = refusal("UNDER_30_DAYS", _("The period is never shorter than 30 days. Choose a later day."))
PERMIT_WITHOUT_BIA = refusal("PERMIT_WITHOUT_BIA", _("Link the best-interests assessment."))
TOO_EARLY_TO_PLAN = refusal("TOO_EARLY_TO_PLAN", _("Plan from two years before 18."))
