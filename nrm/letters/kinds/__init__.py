"""Every letter there is."""

from nrm.letters.kinds import abroad, decisions, offences, protection, safety, summary

__all__ = ["abroad", "decisions", "offences", "protection", "safety", "summary"]
