"""Deadlines of care."""

from nrm.care.clocks import guardians, placing, safety

__all__ = ["guardians", "placing", "safety"]
