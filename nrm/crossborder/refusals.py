"""Every "no" of work with other States."""

from django.utils.translation import gettext_lazy as _

from nrm.kernel.refusals import refusal

TRACING_NOT_SAFE = refusal(
    "TRACING_NOT_SAFE", _("The assessment says tracing could put her or her family in danger.")
)
NO_CONTACT_WITH_HOME_AUTHORITIES = refusal(
    "NO_CONTACT_WITH_HOME_AUTHORITIES",
    _("She may be in need of asylum: use Red Cross or ISS, not the embassy."),
)
CHILD_DOES_NOT_WANT = refusal(
    "CHILD_DOES_NOT_WANT", _("She does not want it. Only her guardian can decide otherwise, in writing.")
)
FAMILY_NOT_FOUND_YET = refusal("FAMILY_NOT_FOUND_YET", _("Record the tracing result first."))
HANDLING_MISSING = refusal("HANDLING_MISSING", _("Say what the other State may do with it."))
MORE_THAN_NEEDED = refusal("MORE_THAN_NEEDED", _("Untick what this request does not need."))
NO_FOCAL_POINT = refusal(
    "NO_FOCAL_POINT", _("We have no contact there. Use the Hague central authority or ISS list.")
)
ANSWER_BEFORE_RECEIPT = refusal("ANSWER_BEFORE_RECEIPT", _("Acknowledge it first."))
ONE_SOURCE_ONLY = refusal(
    "ONE_SOURCE_ONLY",
    _("Use at least two sources, one of them independent of the government there."),
)
WRITTEN_BY_ENFORCEMENT = refusal("WRITTEN_BY_ENFORCEMENT", _("Someone outside immigration must write this."))
NO_DETERMINATION = refusal(
    "NO_DETERMINATION", _("A separated child's future needs a best-interests determination.")
)
NO_RISK_ASSESSMENT = refusal(
    "NO_RISK_ASSESSMENT", _("A return needs a risk and security assessment of the last {days} days.")
)
RETURN_AGAINST_BEST_INTERESTS = refusal(
    "RETURN_AGAINST_BEST_INTERESTS", _("The assessment says she must not return.")
)
IDENTIFICATION_UNFINISHED = refusal("IDENTIFICATION_UNFINISHED", _("No return while identification goes on."))
REFLECTION_RUNNING = refusal("REFLECTION_RUNNING", _("Her recovery period runs until {date}."))
NO_RECEIVING_CARE = refusal("NO_RECEIVING_CARE", _("Name who meets her and where she sleeps."))
NOT_CONFIRMED = refusal("NOT_CONFIRMED", _("A second person confirms the solution first."))
