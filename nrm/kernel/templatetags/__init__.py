"""Filters for the pages of every room."""
