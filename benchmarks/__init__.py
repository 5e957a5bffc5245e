"""What `make bench` runs: a synthetic register, the real server, bare Django beside it, ratios between them.

Nothing here judges seconds. How many statements a page may take is held by tests.
"""
