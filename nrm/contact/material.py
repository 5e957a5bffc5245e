"""Abuse material, and whatever leads to it, is never stored: the rows are searched before they are written."""

import re
from typing import Any

from nrm.kernel.columns import column_of

# A cry for help must not be refused for a full stop: in a public report only what is plainly an address.
LINK = re.compile(r"\b(?:https?|hxxps?|ftp|magnet|data|file):|\bwww\.|\.onion\b", re.IGNORECASE)
ADDRESS = re.compile(r"\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?:/|:\d)", re.IGNORECASE)
FINGERPRINT = re.compile(
    r"\b(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})\b", re.IGNORECASE
)
ENCODED = re.compile(r"[A-Za-z0-9+/=_-]{201,}")


def texts(given: Any) -> dict[str, str]:
    """input name -> what was typed there."""
    typed = {}
    for field in given._meta.concrete_fields:
        column = column_of(field)
        if column is not None and column.kind in {"text", "long", "other"}:
            typed[column.asks or field.name] = getattr(given, field.attname)
    return typed


def leading_to_links(given: Any) -> list[str]:
    """Inputs that hold a link or a file written out as letters."""
    return [name for name, text in texts(given).items() if LINK.search(text) or ENCODED.search(text)]


def leading_to_material(given: Any) -> list[str]:
    """Inputs that hold an address, the fingerprint of a file, or a file written out as letters."""
    found = (LINK, ADDRESS, FINGERPRINT, ENCODED)
    return [name for name, text in texts(given).items() if any(pattern.search(text) for pattern in found)]
