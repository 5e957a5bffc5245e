"""The spine: child, case, facts, the act and its page, shares, what waits, who sees what (CETS 197 art. 10 to 12)."""
