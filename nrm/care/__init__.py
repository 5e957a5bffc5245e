"""A guardian, best interests, safety, a bed, time to recover; ECAT art. 10(4), 12 to 14, 28, CRC art. 3."""
