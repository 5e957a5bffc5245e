"""Every letter there is."""

from nrm.letters.kinds import decisions, offences, safety, summary

__all__ = ["decisions", "offences", "safety", "summary"]
