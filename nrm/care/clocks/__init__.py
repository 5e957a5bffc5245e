"""Deadlines of care."""

from nrm.care.clocks import guardians, safety

__all__ = ["guardians", "safety"]
