"""Her family, other States and a durable solution; ECAT art. 16 and 32 to 34, Hague Convention 1996 ch. V."""
