"""Acts of care."""

from nrm.care.acts import adulthood, assessing, guardians, missing, placing, reflecting, safety

__all__ = ["adulthood", "assessing", "guardians", "missing", "placing", "reflecting", "safety"]
