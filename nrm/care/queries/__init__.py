"""What care says of her, for rules of every later room."""

from nrm.care.queries.determining import determination_by_key, determinations
from nrm.care.queries.guardians import (
    begins,
    childhood_begins,
    days_without,
    guardian_on,
    guardianship,
    is_needed,
    need_begins,
    served,
)
from nrm.care.queries.lists import (
    children_without_guardian,
    guardians_wanted,
    missing_children,
    reviews_due,
)
from nrm.care.queries.missing import is_missing, times_missing
from nrm.care.queries.placing import Wanted, free_beds, placement, reviewed_by
from nrm.care.queries.reflecting import permit, reflection_until

__all__ = [
    "Wanted",
    "begins",
    "childhood_begins",
    "children_without_guardian",
    "days_without",
    "determination_by_key",
    "determinations",
    "free_beds",
    "guardian_on",
    "guardians_wanted",
    "guardianship",
    "is_missing",
    "is_needed",
    "missing_children",
    "need_begins",
    "permit",
    "placement",
    "reflection_until",
    "reviewed_by",
    "reviews_due",
    "served",
    "times_missing",
]
