"""What care says of her, for rules of every later room."""

from nrm.care.queries.determining import determination_by_key, determinations
from nrm.care.queries.guardians import (
    begins,
    childhood_begins,
    guardian_on,
    guardianship,
    is_needed,
    need_begins,
)
from nrm.care.queries.missing import is_missing
from nrm.care.queries.placing import free_beds, placement, reviewed_by

__all__ = [
    "begins",
    "childhood_begins",
    "determination_by_key",
    "determinations",
    "free_beds",
    "guardian_on",
    "guardianship",
    "is_missing",
    "is_needed",
    "need_begins",
    "placement",
    "reviewed_by",
]
