"""Deadlines of care."""

from nrm.care.clocks import adulthood, guardians, missing, placing, safety

__all__ = ["adulthood", "guardians", "missing", "placing", "safety"]
