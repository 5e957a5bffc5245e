"""Help she agrees to: asked for, accepted, given, reviewed; ECAT art. 12(1), (6), (7), art. 15."""
