"""A first responder refers the child; the competent authority receives the referral; ECAT art. 10(1), (2)."""
