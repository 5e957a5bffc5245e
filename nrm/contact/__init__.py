"""First contact: hear who reports, make the child safe now, open her case; ECAT art. 10(1), 12(1), 15(1)."""
