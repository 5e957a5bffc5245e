"""Every act and every look, append-only, without foreign keys: history never blocks and never follows a deletion."""
