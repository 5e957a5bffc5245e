"""Agencies, their mandates and sharing agreements; people, their roles and training (CETS 197 art. 10(1), 29)."""
