"""Closing with reasons, following up, reopening, keeping and erasing; where a case stands; ECAT art. 11."""
