"""Acts of work with other States, and of her future."""

from nrm.crossborder.acts import family, messages, received, solutions

__all__ = ["family", "messages", "received", "solutions"]
