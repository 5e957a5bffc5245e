"""Acts of the first contact."""

from nrm.contact.acts.meeting import (
    correct_first_contact,
    give_information,
    open_case,
    record_adult_consent,
    record_circumstances,
    record_communication,
    record_immediate_safety,
)
from nrm.contact.acts.reports import (
    add_to_public_report,
    make_complaint,
    receive_report,
    record_online_report,
    submit_public_report,
    triage_report,
)
from nrm.contact.acts.together import link_to_event, record_event, record_relationship

__all__ = [
    "add_to_public_report",
    "correct_first_contact",
    "give_information",
    "link_to_event",
    "make_complaint",
    "open_case",
    "receive_report",
    "record_adult_consent",
    "record_circumstances",
    "record_communication",
    "record_event",
    "record_immediate_safety",
    "record_online_report",
    "record_relationship",
    "submit_public_report",
    "triage_report",
]
