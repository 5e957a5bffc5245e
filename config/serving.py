"""The web server: granian, one process with four threads on a desk, more in production."""

import ctypes
import errno
import importlib
import signal
import socket
import sys
from typing import Any

from config.trouble import Trouble

PR_SET_PDEATHSIG = 1


WHY_NO_PORT = {
    errno.EADDRINUSE: "Port {0} is taken: stop that program, or choose another: `PORT={1} make run`.",
    errno.EACCES: "Port {0} is reserved for the system: choose one from 1024 up, as in `PORT=8000 make run`.",
    errno.EADDRNOTAVAIL: "This address is not one of this machine's: leave --host out to serve 127.0.0.1.",
    0: "Port {0} cannot be used: choose another with `PORT={1} make run`.",
}


def port_from(environment: str | None) -> int:
    """PORT as a number; 8000 without it."""
    if not environment:
        return 8000
    if not environment.isdecimal() or not 0 < int(environment) < 65536:
        raise Trouble(f"PORT is {environment!r}: give a number from 1 to 65535.")
    return int(environment)


def refuse_taken(host: str, port: int) -> None:
    """Say at once that somebody else listens there, before anything is started."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            raise Trouble(WHY_NO_PORT.get(error.errno or 0, WHY_NO_PORT[0]).format(port, port + 1)) from None


def end_with_parent() -> None:
    """Have the kernel end this process should the one that started it be killed (Linux; elsewhere it stays)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)


def load_in_worker(target: str) -> Any:
    """Runs first in each worker: should the main process be killed, the worker must not keep the port."""
    end_with_parent()
    module, _, name = target.partition(":")
    return getattr(importlib.import_module(module), name)


def serve(
    host: str, port: int, *, workers: int, threads: int, ready: str, target: str = "config.wsgi:application"
) -> None:
    """Serve until SIGINT or SIGTERM, or until the terminal that started it is closed.

    `ready` is printed once the port is open. No access log: addresses of pages hold case references.
    """
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    server = Granian(
        target,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        log_access=False,
        log_level=LogLevels.warning,
        workers_kill_timeout=10,
    )

    def listening() -> None:
        # granian would answer a hang-up by loading its workers anew, and outlive its terminal.
        signal.signal(signal.SIGHUP, server.signal_handler_interrupt)
        print(ready, file=sys.stderr, flush=True)

    server.on_startup(listening)
    server.serve(target_loader=load_in_worker)
