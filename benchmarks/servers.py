"""The servers that are measured: ours as `opennrm serve` starts it, and bare Django, each in a process of its own.

`python -m benchmarks.servers TARGET PORT` is one of them.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

WORKERS, THREADS = 1, 4  # the defaults of `opennrm serve`
OURS, BARE = "config.wsgi:application", "benchmarks.bare:application"
PATIENCE_S = 60


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@contextmanager
def serving(target: str, environment: Mapping[str, str]) -> Iterator[int]:
    """Have that server up while the block runs; its port."""
    port = free_port()
    command = [sys.executable, "-m", "benchmarks.servers", target, str(port)]
    process = subprocess.Popen(command, env={**os.environ, **environment}, stderr=subprocess.PIPE)
    try:
        _await(port, process)
        yield port
    finally:
        process.terminate()
        process.communicate()


def _await(port: int, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    process.terminate()
    raise SystemExit(f"A server did not start: {process.communicate()[1].decode()[-2000:]}")


if __name__ == "__main__":
    from config.serving import end_with_parent, serve

    end_with_parent()
    serve("127.0.0.1", int(sys.argv[2]), workers=WORKERS, threads=THREADS, ready="", target=sys.argv[1])
