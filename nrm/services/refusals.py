"""Every "no" of services."""

from django.utils.translation import gettext_lazy as _

from nrm.kernel.refusals import refusal

GUARDIAN_OVERRULES_CHILD = refusal(
    "GUARDIAN_OVERRULES_CHILD",
    _("She said no. Only emergency health care or a court can go against it: name which."),
)
SERVICE_CONSENT_MISSING = refusal("SERVICE_CONSENT_MISSING", _("Ask her first, in words she understands."))
PROVIDER_WITHOUT_AGREEMENT = refusal(
    "PROVIDER_WITHOUT_AGREEMENT", _("Choose a provider with an agreement, or ask the co-ordinator.")
)
ALREADY_REQUESTED = refusal("ALREADY_REQUESTED", _("It was asked for. Remind the provider."))
LINKED_TO_TESTIMONY = refusal(
    "LINKED_TO_TESTIMONY", _("Help never depends on helping the police. Take that sentence out.")
)
EDUCATION_IS_A_RIGHT = refusal(
    "EDUCATION_IS_A_RIGHT",
    _("A child of school age needs schooling. Record what stands in the way instead."),
)
ALREADY_ANSWERED = refusal("ALREADY_ANSWERED", _("This request has its answer. Make a new one."))
DECLINE_NOT_LAWFUL = refusal(
    "DECLINE_NOT_LAWFUL", _("Nationality, papers or helping the police are not reasons to refuse a child.")
)
NOT_ACCEPTED = refusal("NOT_ACCEPTED", _("The provider has not accepted. Wait or choose another."))
END_ON_TESTIMONY = refusal("END_ON_TESTIMONY", _("Services do not end because she does not testify."))
PAID_MORE_THAN_AWARDED = refusal("PAID_MORE_THAN_AWARDED", _("Check the amounts."))
