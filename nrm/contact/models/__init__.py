"""The tables of the first contact."""

from nrm.contact.models.meeting import (
    AdultConsent,
    Circumstances,
    CommunicationNeed,
    FirstContact,
    Information,
    ReportAdded,
    SafetyMeasureTaken,
)
from nrm.contact.models.reports import Complaint, OnlineReport, Report, ReportAddition, Triage
from nrm.contact.models.together import Event, EventLink, Relationship

__all__ = [
    "AdultConsent",
    "Circumstances",
    "CommunicationNeed",
    "Complaint",
    "Event",
    "EventLink",
    "FirstContact",
    "Information",
    "OnlineReport",
    "Relationship",
    "Report",
    "ReportAdded",
    "ReportAddition",
    "SafetyMeasureTaken",
    "Triage",
]
