"""Is she a victim, how old is she, is she blamed for what she was made to do; ECAT art. 10, 13, 26 and 27."""
