"""Acts of care."""

from nrm.care.acts.assessing import (
    assess_best_interests,
    confirm_determination,
    determine_best_interests,
)
from nrm.care.acts.guardians import (
    appoint_guardian,
    appoint_interim_guardian,
    end_guardianship,
    object_to_guardian,
)
from nrm.care.acts.placing import confirm_bed, end_placement, place
from nrm.care.acts.safety import (
    raise_missing_alert,
    record_found,
    record_police_informed,
    record_safety_plan,
    review_safety_plan,
)

__all__ = [
    "appoint_guardian",
    "appoint_interim_guardian",
    "assess_best_interests",
    "confirm_bed",
    "confirm_determination",
    "determine_best_interests",
    "end_guardianship",
    "end_placement",
    "object_to_guardian",
    "place",
    "raise_missing_alert",
    "record_found",
    "record_police_informed",
    "record_safety_plan",
    "review_safety_plan",
]
