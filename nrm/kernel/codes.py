"""Codes on paper: twelve letters that a person copies by hand or reads over the telephone. Only their hash is kept."""

import hashlib
import re
import secrets

LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ"  # none that is misread for another
LENGTH = 12


def new_code() -> str:
    """Twelve letters (53 bits), shown once."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def in_groups(code: str) -> str:
    """As it is printed: ABCD-EFGH-JKMN."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def hash_of(typed: str) -> str:
    """What is kept of a code. Spaces, hyphens and small letters are forgiven; empty for nothing."""
    letters = re.sub(r"[\s-]", "", typed).upper()
    return hashlib.sha256(letters.encode()).hexdigest() if letters else ""
