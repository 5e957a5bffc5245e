"""What all server processes must count together: how often somebody tried to sign in.

A cache in the database. Unlike Django's own it keeps JSON, not pickles: whoever could write a row would
otherwise run code here. It works in the request's transaction: two tries at one key wait for each other, so
that none is left uncounted. `opennrm worker` sweeps out what has expired.
"""

import json
from datetime import UTC, datetime
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection

NEVER = datetime(9999, 12, 30, tzinfo=UTC)
LIVE = "expires > clock_timestamp()"


class SharedCache(BaseCache):
    """Rows of the unlogged table nrm_cache (kernel/walls.py): key, value, the moment it expires."""

    def __init__(self, _: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        found = self._rows(
            f"SELECT value FROM nrm_cache WHERE key = %s AND {LIVE}", self.make_and_validate_key(key, version)
        )
        return json.loads(found[0][0]) if found else default

    def add(
        self, key: str, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        return self._put(key, value, timeout, version, only=f"WHERE NOT nrm_cache.{LIVE}")

    def set(
        self, key: str, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        self._put(key, value, timeout, version)

    def touch(self, key: str, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return bool(
            self._rows(
                f"UPDATE nrm_cache SET expires = %s WHERE key = %s AND {LIVE} RETURNING 1",
                self._expiry(timeout),
                self.make_and_validate_key(key, version),
            )
        )

    def delete(self, key: str, version: int | None = None) -> bool:
        return bool(
            self._rows(
                f"DELETE FROM nrm_cache WHERE key = %s RETURNING {LIVE}",
                self.make_and_validate_key(key, version),
            )
        )

    def clear(self) -> None:
        self._rows("DELETE FROM nrm_cache RETURNING 1")

    def _put(self, key: str, value: Any, timeout: float | None, version: int | None, only: str = "") -> bool:
        return bool(
            self._rows(
                "INSERT INTO nrm_cache (key, value, expires) VALUES (%s, %s, %s) ON CONFLICT (key) DO UPDATE"
                f" SET value = EXCLUDED.value, expires = EXCLUDED.expires {only} RETURNING 1",
                self.make_and_validate_key(key, version),
                json.dumps(value),
                self._expiry(timeout),
            )
        )

    def _expiry(self, timeout: float | None) -> datetime:
        until = self.get_backend_timeout(timeout)
        return NEVER if until is None else datetime.fromtimestamp(until, UTC)

    @staticmethod
    def _rows(statement: str, *values: Any) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(statement, list(values))
            return list(cursor.fetchall())


def sweep() -> None:
    """Remove what has expired."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM nrm_cache WHERE NOT {LIVE}")
