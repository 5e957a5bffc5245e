"""The tables of the first contact."""

from nrm.contact.models.meeting import (
    AdultConsent,
    Circumstances,
    CommunicationNeed,
    FirstContact,
    Information,
    SafetyMeasureTaken,
)

__all__ = [
    "AdultConsent",
    "Circumstances",
    "CommunicationNeed",
    "FirstContact",
    "Information",
    "SafetyMeasureTaken",
]
