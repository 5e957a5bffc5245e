"""Wiring: settings, addresses, the server and its commands. May import everything; nothing imports it."""
