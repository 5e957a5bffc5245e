"""Who is counted, once, under which headings: derived from the facts of a case; nothing is published here."""
