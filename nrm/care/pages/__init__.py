"""Pages of care: what is known, what is missing, and the way to each act. Best interests have pages of their own."""

from nrm.care.pages.interests import interests, part, with_her
from nrm.care.pages.missing import missing
from nrm.care.pages.place import place
from nrm.care.pages.plain import eighteen, guardian, reflection, safety

__all__ = [
    "eighteen",
    "guardian",
    "interests",
    "missing",
    "part",
    "place",
    "reflection",
    "safety",
    "with_her",
]
