"""`make run` as a visitor meets it: it comes up, goes without a trace, and comes back."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.config.conftest import ROOT

pytestmark = pytest.mark.slow


def a_free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def status(port: int) -> int | None:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return None


def wait_until_up(port: int, running: subprocess.Popen[str], seconds: int = 180) -> None:
    started = time.monotonic()
    while time.monotonic() - started < seconds and running.poll() is None:
        if status(port) is not None:
            return
        time.sleep(0.1)
    running.kill()
    pytest.fail(f"not up: {running.communicate()[1]}")


def start(port: int, folder: Path) -> subprocess.Popen[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("NRM_", "SECRET_KEY"))}
    return subprocess.Popen(
        [sys.executable, "-m", "config.cli", "run"],
        cwd=ROOT,
        env=clean | {"PORT": str(port), "NRM_RUN_FOLDER": str(folder)},
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where this demonstration's database lives: not the checkout's own, which may be in use."""
    made = tmp_path_factory.mktemp("run")
    yield made
    subprocess.run(
        [sys.executable, "-m", "config.cli", "stop"], cwd=ROOT, env=os.environ | {"NRM_RUN_FOLDER": str(made)}
    )


@pytest.fixture
def up(folder: Path) -> Iterator[tuple[int, subprocess.Popen[str]]]:
    port = a_free_port()
    running = start(port, folder)
    wait_until_up(port, running)
    yield port, running
    if running.poll() is None:
        running.kill()


def workers_of(session: int) -> list[int]:
    """Processes of the session that `start` opened, as the kernel lists them."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[3]) == session and fields[0] != "Z":
            found.append(int(stat.parent.name))
    return found


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_ends_whole_and_comes_back(
    up: tuple[int, subprocess.Popen[str]], folder: Path, ending: signal.Signals
) -> None:
    # Given a server that answers; from the second time on, with the database that the one before left
    port, running = up
    assert status(port) == 200
    # When it is ended as a terminal, a service manager or a closed window would
    running.send_signal(ending)
    assert running.wait(timeout=60) == 0
    # Then no process of it is left, its database neither, and the address is free
    assert workers_of(running.pid) == []
    assert not (folder / "postgres" / "postmaster.pid").exists()
    assert status(port) is None


def test_a_killed_server_does_not_keep_its_port(up: tuple[int, subprocess.Popen[str]]) -> None:
    port, running = up
    running.kill()
    running.wait(timeout=60)
    deadline = time.monotonic() + 30
    while workers_of(running.pid) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert workers_of(running.pid) == []
    assert status(port) is None
