"""Codes on paper: twelve letters that a person copies by hand or reads over the telephone. Only their hash is kept."""

import hashlib
import re
import secrets

LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ"  # none that is misread for another
LENGTH = 12


def new_code(length: int = LENGTH) -> str:
    """Letters drawn by lot, 4.46 bits each: twelve are 53 bits. Shown once."""
    return "".join(secrets.choice(LETTERS) for _ in range(length))


def in_groups(code: str) -> str:
    """As it is printed: ABCD-EFGH-JKMN."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def plain(typed: str) -> str:
    """The letters of a code as somebody types it: spaces, hyphens and small letters are forgiven."""
    return re.sub(r"[\s-]", "", typed).upper()


def hash_of(typed: str) -> str:
    """What is kept of a code; empty for nothing."""
    letters = plain(typed)
    return hashlib.sha256(letters.encode()).hexdigest() if letters else ""
