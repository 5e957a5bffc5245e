"""The PostgreSQL server that comes with a checkout: for the demonstration, for development and for tests.

Everything lives in `.run/` beside the code. The server listens on no network port but on a socket in a
folder that only this user may enter (0700); that is why it asks for no password. Production has DATABASE_URL.
"""

import contextlib
import fcntl
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg

from config import binaries, places, roles, unprivileged
from config.roles import roles_sql
from config.trouble import Trouble

__all__ = ["Cluster", "lease", "roles_sql", "start", "stop"]

NEEDED_MB = 300

CONFIGURATION = """\
# Written at every start by config/cluster.py.
listen_addresses = ''
unix_socket_directories = '{socket}'
unix_socket_permissions = 0700
max_connections = 100
shared_buffers = 256MB
jit = off
fsync = on
synchronous_commit = on
timezone = 'UTC'
log_timezone = 'UTC'
# A refused INSERT must not put a child's name into the log.
log_error_verbosity = terse
log_min_error_statement = panic
log_statement = none
log_min_duration_statement = -1
"""


@dataclass(frozen=True)
class Cluster:
    """A running server."""

    data: Path
    socket: Path

    def url(self, role: str, database: str = roles.DATABASE) -> str:
        return f"postgresql://{role}@/{database}?host={quote(str(self.socket), safe='')}"

    def environment(self) -> dict[str, str]:
        """What the settings read from os.environ."""
        return {
            "NRM_DATABASE_URL": self.url("nrm_web"),
            "NRM_OWNER_URL": self.url("nrm_owner"),
            "NRM_WORKER_URL": self.url("nrm_worker"),
            "NRM_COUNTS_URL": self.url("nrm_counts"),
        }


def start(root: Path) -> Cluster:
    """Start the server, or find it running; it stays up until `stop`."""
    with places.alone(root):
        places.started_by_lease(root).unlink(missing_ok=True)
        return _up(root)


def stop(root: Path) -> bool:
    """Stop the server, whoever uses it; False if none ran."""
    with places.alone(root):
        return _down(root)


@contextlib.contextmanager
def lease(root: Path) -> Iterator[Cluster]:
    """Have the server while the block runs; the last to leave stops it, unless `start` asked for it to stay.

    Each user holds a shared lock that vanishes with its process, so a crash leaves nothing to clean up.
    """
    with places.run_folder(root).joinpath("lease").open("a") as users:
        with places.alone(root):
            if not _is_running(places.data(root)):
                places.started_by_lease(root).touch()
            cluster = _up(root)
            fcntl.flock(users, fcntl.LOCK_SH)
        try:
            yield cluster
        finally:
            with places.alone(root), contextlib.suppress(BlockingIOError):
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if places.started_by_lease(root).exists():
                    _down(root)


def _up(root: Path) -> Cluster:
    data, socket = places.data(root), places.socket_folder(root)
    version = data / "PG_VERSION"
    bin_folder = places.reachable(root, binaries.find(int(version.read_text()) if version.exists() else None))
    if not version.exists():
        _initialise(root, data, bin_folder)
    cluster = Cluster(data, socket)
    if not _is_running(data):
        _remove_stale(data, socket)
        (data / "opennrm.conf").write_text(CONFIGURATION.format(socket=socket))
        log = data / "server.log"
        done = unprivileged.run([bin_folder / "pg_ctl", "-D", data, "-w", "-t", "60", "-l", log, "start"])
        if done.returncode:
            raise Trouble(f"PostgreSQL did not start: read {log}, or remove the folder .run to begin anew.")
    _prepare(cluster)
    return cluster


def _down(root: Path) -> bool:
    data = places.data(root)
    places.started_by_lease(root).unlink(missing_ok=True)
    if not _is_running(data):
        return False
    bin_folder = places.reachable(root, binaries.find(int((data / "PG_VERSION").read_text())))
    done = unprivileged.run([bin_folder / "pg_ctl", "-D", data, "-w", "-m", "fast", "stop"])
    if done.returncode:
        raise Trouble(f"PostgreSQL did not stop: end process {_pid(data)} by hand ({done.stdout.strip()}).")
    return True


def _initialise(root: Path, data: Path, bin_folder: Path) -> None:
    """Make the data folder beside its place and move it there when whole: no half is ever left."""
    if shutil.disk_usage(data.parent).free < NEEDED_MB * 1024 * 1024:
        raise Trouble(f"The disk of {data.parent} is nearly full: free {NEEDED_MB} MB and try again.")
    draft = data.with_name("postgres.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    unprivileged.hand_over(draft)
    # LC_CTYPE stays a UTF-8 one beside the built-in provider: pg_trgm asks it what a Cyrillic letter is.
    options = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"]
    if binaries.major(bin_folder) >= 17:
        options += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    done = unprivileged.run([bin_folder / "initdb", "-D", draft, *options])
    if done.returncode:
        why = (done.stdout.strip().splitlines() or ["no reason given"])[-1]
        raise Trouble(f"The database could not be made ({why}): fix that, or set DATABASE_URL to a server.")
    with (draft / "postgresql.conf").open("a") as file:
        file.write("\ninclude = 'opennrm.conf'\n")
    draft.rename(data)


def _prepare(cluster: Cluster) -> None:
    """Roles, template and database, at every start: an upgrade that changes them needs no new data folder."""
    with psycopg.connect(cluster.url("postgres", "postgres"), autocommit=True) as connection:
        connection.execute(roles.roles_only_sql().encode())
        with psycopg.connect(cluster.url("postgres", "template1"), autocommit=True) as template:
            template.execute(roles.in_database_sql().encode())
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [roles.DATABASE])
        if not found.fetchone():
            connection.execute(f"CREATE DATABASE {roles.DATABASE} OWNER nrm_owner".encode())
        connection.execute(roles.doors_sql().encode())
    with psycopg.connect(cluster.url("postgres"), autocommit=True) as database:
        database.execute(roles.in_database_sql().encode())


def _pid(data: Path) -> int | None:
    try:
        return int((data / "postmaster.pid").read_text().splitlines()[0])
    except (FileNotFoundError, IndexError, ValueError):
        return None


def _is_running(data: Path) -> bool:
    """Whether the process in postmaster.pid is this server: after a crash another may have its number."""
    pid = _pid(data)
    if pid is None:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return unprivileged.way() == "nobody"
    command = Path("/proc", str(pid), "cmdline")
    return not command.exists() or str(data).encode() in command.read_bytes()


def _remove_stale(data: Path, socket: Path) -> None:
    """The lock files of a server that is known to be dead."""
    (data / "postmaster.pid").unlink(missing_ok=True)
    for left in socket.glob(".s.PGSQL.*"):
        left.unlink()
