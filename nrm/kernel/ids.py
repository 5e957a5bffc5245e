"""Keys made by the program: ordered by time, unique over all tables, known before the row is written.

The database never has to tell a new key back, so an insert needs no right to read what it wrote.
"""

import secrets
import threading
import time

_EPOCH_MS = 1_577_836_800_000  # 2020-01-01 UTC: 63 bits then last until the year 2089
_RANDOM_BITS = 21
_lock = threading.Lock()
_last = 0


def new_id() -> int:
    """A positive 63-bit key: milliseconds since 2020, then 21 random bits; strictly rising in one process."""
    global _last
    made = (time.time_ns() // 1_000_000 - _EPOCH_MS) << _RANDOM_BITS | secrets.randbits(_RANDOM_BITS)
    with _lock:
        _last = made if made > _last else _last + 1
        return _last
