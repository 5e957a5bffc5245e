"""Acts of identification."""

from nrm.identification.acts import age, challenges, decisions, offences

__all__ = ["age", "challenges", "decisions", "offences"]
