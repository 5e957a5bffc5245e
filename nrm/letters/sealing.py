"""A letter that leaves the house as a file: sealed with a key that is told by telephone and kept nowhere.

AES-256 (ISO 32000-2, 7.6, revision 6), every stream and string; programs that read aloud still may.
Whoever has the file alone has nothing; whoever heard the key alone has nothing.
"""

import io
import secrets

import pikepdf

from nrm.kernel.codes import LETTERS, new_code, plain

KEY_LENGTH = 20  # letters: 89 bits, since a file can be tried for years
READ_ONLY = pikepdf.Permissions(
    accessibility=True,
    extract=False,
    modify_annotation=False,
    modify_assembly=False,
    modify_form=False,
    modify_other=False,
)


def new_key() -> str:
    return new_code(KEY_LENGTH)


def as_key(typed: str) -> str:
    """The key that was shown, from what a form brought back; empty if that is no key of ours."""
    letters = plain(typed)
    return letters if len(letters) == KEY_LENGTH and set(letters) <= set(LETTERS) else ""


def sealed(pdf: bytes, key: str) -> bytes:
    """The same paper, opened by the key alone. Its owner's password is drawn by lot and forgotten."""
    if not as_key(key):
        raise ValueError("this is no key to seal with")
    lock = pikepdf.Encryption(user=key, owner=secrets.token_urlsafe(24), R=6, allow=READ_ONLY)
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as paper:
        paper.save(made, encryption=lock)
    return made.getvalue()
