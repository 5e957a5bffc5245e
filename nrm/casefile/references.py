"""References of cases: `NRM-` and eight random letters of Crockford's alphabet but Z, then a check letter.

31 letters, so that the check letter, modulo 31, finds every wrong letter and every two swapped ones; 39.6
bits: they cannot be counted through or guessed.
"""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXY"
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_PRIME = 31


def check_letter(letters: str) -> str:
    """One letter over eight: their weighted sum, modulo 31."""
    return ALPHABET[
        sum((place + 2) * ALPHABET.index(letter) for place, letter in enumerate(letters)) % _PRIME
    ]


def new_reference() -> str:
    letters = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"NRM-{letters}{check_letter(letters)}"


def as_read(text: str) -> str | None:
    """The reference somebody typed or read over the telephone, or None if it cannot be one."""
    letters = text.strip().upper().replace(" ", "").replace("-", "").removeprefix("NRM").translate(_READ_AS)
    if len(letters) != 9 or any(letter not in ALPHABET for letter in letters):
        return None
    return f"NRM-{letters}" if check_letter(letters[:8]) == letters[8] else None
