"""Asks clamd, if the installation has one: NRM_CLAMD is its socket, or host:port. Source: clamd(8), INSTREAM.

What cannot be scanned although it should be is refused like what is infected: it can be handed in again.
"""

import logging
import socket
import struct

from django.conf import settings

from nrm.kernel.files.kinds import Unsafe

PATIENCE = 30
PIECE = 64 * 1024
log = logging.getLogger(__name__)


def is_set() -> bool:
    return bool(settings.CLAMD)


def answers() -> bool:
    """Whether the scanner that is set answers now."""
    try:
        return _asked(b"zPING\0") == b"PONG\0"
    except OSError:
        return False


def scan(content: bytes) -> None:
    """Nothing, if there is no scanner or it finds nothing. Raises Unsafe."""
    if not is_set():
        return
    pieces = [content[at : at + PIECE] for at in range(0, len(content), PIECE)]
    body = b"".join(struct.pack(">I", len(piece)) + piece for piece in pieces)
    try:
        said = _asked(b"zINSTREAM\0" + body + struct.pack(">I", 0))
    except OSError as error:
        log.error("The virus scanner does not answer: files are refused until it does.")
        raise Unsafe("the scanner is away") from error
    if said != b"stream: OK\0":
        raise Unsafe("the scanner objects")


def _asked(what: bytes) -> bytes:
    where = settings.CLAMD
    host, _, port = where.rpartition(":")
    if port.isdecimal():
        asking = socket.create_connection((host, int(port)), timeout=PATIENCE)
    else:
        asking = socket.socket(socket.AF_UNIX)
        asking.settimeout(PATIENCE)
    with asking:
        if not port.isdecimal():
            asking.connect(where)
        asking.sendall(what)
        said = b""
        while piece := asking.recv(4096):
            said += piece
            if said.endswith(b"\0"):
                break
        return said
