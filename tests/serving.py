"""The real application on a port of its own, over a staged copy of the test database.

Tests in a browser and `make screens` use `served()`; the server itself is tests/serve.py, a process of its own.
"""

import contextlib
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests import databases, pseudo

ROOT = Path(__file__).resolve().parent.parent


@dataclass
class Staged:
    """Cases by what stands in them, rows without a case, and the keys of people's sessions."""

    cases: dict[str, str] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)
    acts: dict[str, tuple[str, str]] = field(default_factory=dict)  # act -> (who, case label) that may do it


@dataclass(frozen=True)
class Site:
    """Where it is served, and what stands there."""

    url: str
    staged: Staged
    log: list[str]  # what the server has said on stderr so far


def a_free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def _wait_for(port: int) -> None:
    """Until the server takes connections: it says what is staged a moment before."""
    for tries_left in reversed(range(200)):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if not tries_left:
                raise
            time.sleep(0.1)
        else:
            return


@contextlib.contextmanager
def served() -> Iterator[Site]:
    """The site while the block lasts."""
    name, port = f"nrm_live_{os.getpid()}", a_free_port()
    with (
        databases.copy_of(databases.template(), name),
        tempfile.TemporaryDirectory() as locales,
    ):
        pseudo.write(Path(locales))
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.live_settings",
            "NRM_DATABASE_URL": re.sub(r"/opennrm\b", f"/{name}", os.environ["NRM_DATABASE_URL"], count=1),
            "NRM_OWNER_URL": re.sub(r"/opennrm\b", f"/{name}", os.environ["NRM_OWNER_URL"], count=1),
            "NRM_PSEUDO_LOCALES": locales,
            "PYTHONPATH": str(ROOT),
        }
        server = subprocess.Popen(
            [sys.executable, "-m", "tests.serve", str(port)],
            cwd=ROOT,
            env=environment,
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            assert server.stderr is not None
            line = server.stderr.readline()
            assert line.startswith("{"), f"the server did not come up: {line}{server.stderr.read()}"
            log: list[str] = []
            threading.Thread(target=log.extend, args=(server.stderr,), daemon=True).start()
            _wait_for(port)
            yield Site(f"http://127.0.0.1:{port}", Staged(**json.loads(line)), log)
        finally:
            server.terminate()
            server.wait(timeout=20)
