"""When what was to be kept or read cannot be: somebody else is at it, or there is no room, or nobody answers.

Told by SQLSTATE and errno, never by texts. Source: PostgreSQL 16, appendix A; POSIX errno.
"""

import errno
from collections.abc import Iterator

import psycopg
from django.db import Error as DatabaseError
from django.db import InterfaceError, OperationalError

BUSY = frozenset({"55P03", "40P01", "40001"})  # lock not available, deadlock, serialization failure
# connection, resources (disk full, too many connections), shutdown or cancelled, system; read only after a failover
OUT_OF_REACH = ("08", "53", "57", "58", "25006", "25P03")
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO})


def is_busy(error: BaseException | None) -> bool:
    """Whether somebody else held what was asked for: nothing was written, and a moment later it works."""
    return any(state in BUSY for state in _states(error))


def is_out_of_reach(error: BaseException | None) -> bool:
    """Whether the database or the disk cannot be used now, whoever asks."""
    return any(state.startswith(OUT_OF_REACH) for state in _states(error)) or any(
        _without_answer(one) or (isinstance(one, OSError) and one.errno in NO_ROOM) for one in _chain(error)
    )


def _without_answer(error: BaseException) -> bool:
    """The connection is not there: such an error comes from the client and has no SQLSTATE."""
    if isinstance(error, InterfaceError):
        return True
    cause = error.__cause__
    return isinstance(error, OperationalError) and not getattr(cause, "sqlstate", None)


def _states(error: BaseException | None) -> Iterator[str]:
    for one in _chain(error):
        if isinstance(one, psycopg.Error) and one.sqlstate:
            yield one.sqlstate


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error and what it came from: whoever rolls back in vain says so with an error of her own."""
    while error is not None:
        yield error
        error = error.__cause__ or (error.__context__ if isinstance(error, DatabaseError) else None)
