"""Where files are kept: each under a random name, encrypted with a key of its case, outside all that is served.

A file is `NRM1`, the mark of the key, a nonce and what AES-256-GCM makes of it; its name and case are bound in, so
that no file can stand in for another. The key of a case is derived (HKDF, RFC 5869) from a key of the installation,
which stands in a file of its own: the first line encrypts, further lines still open what earlier keys closed.
"""

import contextlib
import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from contextvars import ContextVar
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

FORM = b"NRM1"
MARK, NONCE = 8, 12
NAME = re.compile(r"[0-9a-f]{32}")
SHORTEST_KEY = 43  # characters that 32 random bytes make: secrets.token_urlsafe(32)

_written: ContextVar[list[str] | None] = ContextVar("written", default=None)


class Damaged(Exception):
    """The file is not there, or is not what was put there."""


def folder() -> Path:
    return Path(settings.DOCUMENTS)


def keys() -> list[bytes]:
    """The installation's keys, the one that encrypts first. Raises ImproperlyConfigured in production without one."""
    if not settings.DOCUMENT_KEY_FILE:
        if settings.PRODUCTION:
            raise ImproperlyConfigured("DOCUMENT_KEY_FILE is not set")
        return [hashlib.sha256(b"documents" + settings.SECRET_KEY.encode()).digest()]
    lines = Path(settings.DOCUMENT_KEY_FILE).read_text().split()
    if not lines or min(map(len, lines)) < SHORTEST_KEY:
        raise ImproperlyConfigured("DOCUMENT_KEY_FILE holds no key of 43 characters")
    return [hashlib.sha256(line.encode()).digest() for line in lines]


def _mark(key: bytes) -> bytes:
    return hashlib.sha256(b"mark" + key).digest()[:MARK]


def _of_case(key: bytes, case_id: int) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt=None, info=f"opennrm documents {case_id}".encode()).derive(key))


def _bound(name: str, case_id: int) -> bytes:
    return f"casefile_document {case_id} {name}".encode()


def put(content: bytes, case_id: int) -> str:
    """Keep a file; its name. It is on the disk before this returns, so that no row can name what is not there."""
    name, key, nonce = secrets.token_hex(16), keys()[0], secrets.token_bytes(NONCE)
    closed = _of_case(key, case_id).encrypt(nonce, content, _bound(name, case_id))
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    file = folder() / name
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    if (noted := _written.get()) is not None:
        noted.append(name)
    with os.fdopen(descriptor, "wb") as out:
        out.write(FORM + _mark(key) + nonce + closed)
        out.flush()
        os.fsync(out.fileno())
    _settle(folder())
    return name


def _settle(where: Path) -> None:
    descriptor = os.open(where, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read(name: str, case_id: int) -> bytes:
    """What was put there. Raises Damaged."""
    try:
        kept = (folder() / name).read_bytes() if NAME.fullmatch(name) else b""
    except OSError as error:
        raise Damaged(name) from error
    mark, rest = kept[len(FORM) : len(FORM) + MARK], kept[len(FORM) + MARK :]
    key = next((one for one in keys() if _mark(one) == mark), None)
    if key is None or not kept.startswith(FORM):
        raise Damaged(name)
    try:
        return _of_case(key, case_id).decrypt(rest[:NONCE], rest[NONCE:], _bound(name, case_id))
    except (InvalidTag, ValueError) as error:
        raise Damaged(name) from error


def holds(name: str, case_id: int, sha256: str) -> bool:
    """Whether what was put there can be opened and is still the same."""
    try:
        return hashlib.sha256(read(name, case_id)).hexdigest() == sha256
    except Damaged:
        return False


def remove(name: str) -> None:
    """Take away a file that no row names."""
    if NAME.fullmatch(name):
        (folder() / name).unlink(missing_ok=True)


def names() -> Iterator[tuple[str, float]]:
    """Every file there is, and when it was written (seconds of the system's clock)."""
    if folder().is_dir():
        for file in folder().iterdir():
            if NAME.fullmatch(file.name):
                with contextlib.suppress(FileNotFoundError):
                    yield file.name, file.stat().st_mtime


class Undone:
    """What `all_or_nothing` hands out: say `undo()` where the transaction is rolled back without an exception."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def undo(self) -> None:
        while self.names:
            remove(self.names.pop())


@contextlib.contextmanager
def all_or_nothing() -> Iterator[Undone]:
    """Files put inside are taken away again if an exception leaves the block.

    To stand inside a transaction: whatever leaves it by an exception was certainly not committed. A commit that
    itself fails leaves its file, since nobody knows; `opennrm documents` sweeps what no row names.
    """
    outer, inner = _written.get(), Undone()
    token = _written.set(inner.names)
    try:
        yield inner
    except BaseException:
        inner.undo()
        raise
    finally:
        _written.reset(token)
    if outer is not None:
        outer += inner.names
