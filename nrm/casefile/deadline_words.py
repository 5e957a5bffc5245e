"""Deadlines in words: what is to be done, and by which act it is done."""

import re

from django.utils.translation import gettext_lazy as _

from nrm.casefile import addresses
from nrm.casefile.act import ACTS

ARTICLE = re.compile(r"\b([A-Z][A-Za-z0-9/ ]{2,20}?)(?: art\.?)? (\d+[a-z]?(?:\(\w+\))*)")


def under_which_law(source: str) -> str:
    """The articles that the pack names as the source of a length, as people read them; nothing for a house rule."""
    return "; ".join(f"{found[1]} art. {found[2]}" for found in ARTICLE.finditer(source))


# code -> (what to do, act that stops it)
WORDS = {
    "REPORT_TRIAGE": (_("Decide what happens with a report"), "contact.triage_report"),
    "REPORT_TRIAGE_URGENT": (_("Decide now what happens with an urgent report"), "contact.triage_report"),
    "IMMEDIATE_SAFETY": (_("Make her safe now"), "contact.record_immediate_safety"),
    "INFORMATION": (_("Tell her who we are and what happens next"), "contact.give_information"),
    "SCREENING": (_("Record the screening"), "screening.record"),
    "REFERRAL": (_("Refer her to the competent authority"), "referral.send"),
    "RECEIPT": (_("Confirm receipt of the referral"), "referral.receive"),
    "MORE_INFORMATION": (_("Answer the authority's questions"), "referral.add_information"),
    "REASONABLE_GROUNDS": (_("Decide on reasonable grounds"), "identification.decide_reasonable_grounds"),
    "NOTIFY_DECISION": (_("Tell her the decision"), "identification.notify_decision"),
    "CONCLUSIVE_GROUNDS": (_("Decide on conclusive grounds"), "identification.decide_conclusive_grounds"),
    "RECONSIDERATION_WINDOW": (
        _("The decision can still be challenged"), "identification.request_reconsideration",
    ),
    "RECONSIDERATION": (_("Decide on the request for reconsideration"), "identification.decide_reconsideration"),
    "AGE_DECISION": (_("Decide on her age"), "identification.decide_age"),
    "NON_PUNISHMENT": (_("Issue the non-punishment notice"), "identification.issue_non_punishment_notice"),
    "NOTICE_REPLY": (_("Record the reply to the notice"), "identification.record_notice_reply"),
    "INTERIM_GUARDIAN": (_("Appoint an interim guardian"), "care.appoint_interim_guardian"),
    "GUARDIAN": (_("Appoint a guardian"), "care.appoint_guardian"),
    "SAFETY_PLAN": (_("Agree a safety plan with her"), "care.record_safety_plan"),
    "SAFETY_REVIEW": (_("Review the safety plan"), "care.review_safety_plan"),
    "FIRST_BIA": (_("Assess her best interests"), "care.assess_best_interests"),
    "BIA_REPEAT": (_("Assess her best interests again"), "care.assess_best_interests"),
    "PLACEMENT_REVIEW": (_("Review where she stays"), "care.place"),
    "SIX_SERVICES": (_("Ask for the services she is owed"), "services.request"),
    "SERVICE_ANSWER": (_("Say whether you can help"), "services.accept"),
    "SERVICE_REVIEW": (_("Go through a service with her"), "services.review"),
    "CONSENT_AT_18": (_("Ask her herself, now that she is of age"), "services.record_consent"),
    "MISSING_POLICE": (_("Tell the police that she is missing"), "care.record_police_informed"),
    "MISSING_REVIEW": (_("Go through the search again"), "care.record_found"),
    "RETURN_INTERVIEW": (_("Talk with her after her return"), "care.record_return_interview"),
    "PERMIT_RENEWAL": (_("Have her residence permit renewed"), "care.record_residence_permit"),
    "TRANSITION_PLAN": (_("Plan her adult life with her"), "care.plan_transition_to_adulthood"),
    "FAMILY_TRACING": (_("Trace her family"), "crossborder.request_family_tracing"),
    "FOLLOW_UP": (_("Ask how her life goes"), "closure.record_follow_up"),
    "RETENTION": (_("The time to keep her record ends"), ""),
    "COMPLAINT_ACK": (_("Tell her that her complaint came in"), "closure.acknowledge_complaint"),
    "COMPLAINT_ANSWER": (_("Answer her complaint"), "closure.answer_complaint"),
    "XB_ACK": (_("Confirm that the message was received"), "crossborder.acknowledge"),
    "XB_ANSWER": (_("Record the answer to the message"), "crossborder.answer"),
    "XB_OUTCOME": (_("Say what became of the message"), "crossborder.record_outcome"),
    "DURABLE_SOLUTION": (_("Find a durable solution"), "crossborder.approve_durable_solution"),
}  # fmt: skip


# code -> the page from which it is done, where one page says more than the act's own
PAGES = {
    "SAFETY_PLAN": "safety", "SAFETY_REVIEW": "safety", "FIRST_BIA": "interests", "BIA_REPEAT": "interests",
    "PLACEMENT_REVIEW": "place", "MISSING_POLICE": "missing", "MISSING_REVIEW": "missing",
    "RETURN_INTERVIEW": "missing", "TRANSITION_PLAN": "eighteen", "SIX_SERVICES": "services",
    "SERVICE_REVIEW": "services",
}  # fmt: skip


def address(code: str, reference: str) -> str:
    """Where a time limit of a case is met: a page of its room, the page of the act, or the case."""
    if code in PAGES:
        return addresses.of_page(PAGES[code], reference)
    name = act_for(code)
    return addresses.of_act(reference, name) if name in ACTS else addresses.of_case(reference)


def what_to_do(code: str) -> object:
    return WORDS[code][0] if code in WORDS else code.replace("_", " ").lower()


def act_for(code: str) -> str:
    return WORDS[code][1] if code in WORDS else ""
