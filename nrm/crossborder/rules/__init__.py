"""What may be told to another State, what a risk assessment needs, what stands against a return: pure functions."""

from nrm.crossborder.rules.message import (
    FORMAT,
    VERSION,
    Birth,
    Child,
    Guardian,
    Known,
    Sending,
    Standing,
    as_text,
    is_information_only,
    message,
)
from nrm.crossborder.rules.solutions import Planned, reasons_against, sources_suffice, still_valid

__all__ = [
    "FORMAT",
    "VERSION",
    "Birth",
    "Child",
    "Guardian",
    "Known",
    "Planned",
    "Sending",
    "Standing",
    "as_text",
    "is_information_only",
    "message",
    "reasons_against",
    "sources_suffice",
    "still_valid",
]
