"""The signed, connection-bound actor that row-level security believes.

A plain setting can be forged inside one injected SELECT. This one carries an HMAC that only the
program and a function owned by `nrm_keeper` can compute, names the server process of its connection,
and dies after 30 seconds; it is transaction-local. `now` is the clock of the act, so that a
rehearsal in the past meets the same walls.
"""

import hashlib
import hmac
import time
from datetime import datetime

from django.conf import settings
from django.db import connections

from nrm.kernel.actor import Actor

LIFETIME_S = 30
_BLOCK = 64


def signing_key() -> bytes:
    """32 bytes derived from the program's secret; the database holds only the two padded halves."""
    return hashlib.sha256(b"nrm.actor:" + settings.SECRET_KEY.encode()).digest()


def padded_keys() -> tuple[bytes, bytes]:
    """Inner and outer key of HMAC-SHA-256, for the function in the database (no pgcrypto needed)."""
    key = signing_key().ljust(_BLOCK, b"\0")
    return bytes(b ^ 0x36 for b in key), bytes(b ^ 0x5C for b in key)


def token(actor: Actor, *, now: datetime, backend_pid: int) -> str:
    """`person.agency.now.process.expires.signature`; times in seconds since 1970."""
    expires = int(time.time()) + LIFETIME_S
    payload = f"{actor.person_id}.{actor.agency_id}.{int(now.timestamp())}.{backend_pid}.{expires}"
    return payload + "." + hmac.new(signing_key(), payload.encode(), hashlib.sha256).hexdigest()


def bind(actor: Actor, *, now: datetime, using: str = "default") -> None:
    """Name the actor to the database until the transaction ends. Refused outside a transaction."""
    connection = connections[using]
    if not connection.in_atomic_block:
        raise RuntimeError("an actor is bound to a transaction: open one first")
    pid = connection.connection.info.backend_pid
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('nrm.actor', %s, true)", [token(actor, now=now, backend_pid=pid)])
