"""Builds `.env/`, the Python environment, when a lock file has changed; does nothing otherwise.

    python3 config/environment.py run     what it takes to run OpenNRM
    python3 config/environment.py dev     and to test and check it

Runs before anything is installed and under old Pythons, to be able to say so: standard modules only, old
syntax only, no import of ours.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".env"
LOCKS = {"run": ["requirements.lock"], "dev": ["requirements.lock", "requirements-dev.lock"]}
NEEDED_MB = {"run": 400, "dev": 900}
OLDEST = (3, 11)


def fail(sentence: str) -> None:
    sys.exit("OpenNRM: " + sentence)


def main(arguments: list[str]) -> None:
    kind = arguments[0] if arguments else "run"
    if kind not in LOCKS:
        fail(f"there is no environment {kind!r}: say `run` or `dev`.")
    run_folder = ROOT / ".run"
    try:
        run_folder.mkdir(exist_ok=True)
        lock = (run_folder / "environment.lock").open("a")
    except OSError as error:
        fail(f"{run_folder} cannot be written ({error.strerror}): make {ROOT} yours.")
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not is_fresh(kind):
            build(kind, run_folder / "install.log")


def is_fresh(kind: str) -> bool:
    """Whether this environment was built from these very lock files, and its Python still starts."""
    stamp = ENVIRONMENT / f"installed-{kind}"
    if not stamp.exists() or stamp.read_text() != fingerprint(kind):
        return False
    return succeeds([str(ENVIRONMENT / "bin" / "python"), "-c", ""])


def fingerprint(kind: str) -> str:
    return hashlib.sha256(b"".join((ROOT / name).read_bytes() for name in LOCKS[kind])).hexdigest()


def succeeds(command: list[str], log: Path | None = None) -> bool:
    output = log.open("a") if log else subprocess.DEVNULL
    try:
        return subprocess.run(command, stdout=output, stderr=output, stdin=subprocess.DEVNULL).returncode == 0
    except OSError:
        return False
    finally:
        if log:
            output.close()  # type: ignore[union-attr]


def build(kind: str, log: Path) -> None:
    python = new_enough_python()
    if shutil.disk_usage(ROOT).free < NEEDED_MB[kind] * 1024 * 1024:
        fail(f"the disk of {ROOT} is nearly full: free {NEEDED_MB[kind]} MB and try again.")
    print("Installing what OpenNRM needs into .env: once, about half a minute.", file=sys.stderr, flush=True)
    log.write_text("")
    if not succeeds([str(ENVIRONMENT / "bin" / "python"), "-c", ""]):
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        make_environment(python, log)
    for name in LOCKS[kind]:
        if not succeeds([*installer(python), "--require-hashes", "--no-deps", "-r", str(ROOT / name)], log):
            fail(why_not(log))
    (ENVIRONMENT / f"installed-{kind}").write_text(fingerprint(kind))
    for other in set(LOCKS) - {kind}:
        stamp = ENVIRONMENT / f"installed-{other}"
        if kind == "dev":
            stamp.write_text(fingerprint(other))
        else:
            stamp.unlink(missing_ok=True)


def new_enough_python() -> str:
    """This Python, or a newer one that lies beside it."""
    if sys.version_info >= OLDEST:
        return sys.executable
    for minor in (14, 13, 12, 11):
        found = shutil.which(f"python3.{minor}")
        if found:
            return found
    here = ".".join(str(part) for part in sys.version_info[:2])
    fail(f"Python 3.11 or newer is needed and this is {here}: install it, then `make run PYTHON=python3.11`.")
    raise AssertionError


def make_environment(python: str, log: Path) -> None:
    """With venv; Debian and Ubuntu leave half of it out, so with whatever else is there that can do it."""
    ways = [
        [python, "-m", "venv", str(ENVIRONMENT)],
        [python, "-m", "virtualenv", str(ENVIRONMENT)],
        ["virtualenv", "-p", python, str(ENVIRONMENT)],
        ["uv", "venv", "--seed", "--python", python, str(ENVIRONMENT)],
    ]
    if succeeds([python, "-m", "pip", "--version"]):
        ways.append([python, "-m", "venv", "--without-pip", str(ENVIRONMENT)])
    for way in ways:
        if succeeds(way, log):
            return
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    fail(
        "this Python cannot make an environment: install its venv module (on Debian and Ubuntu: "
        f"`apt-get install python3-venv`), then try again; details are in {log}."
    )


def installer(python: str) -> list[str]:
    """The environment's own pip, or the system's pip pointed at it."""
    own = [str(ENVIRONMENT / "bin" / "python"), "-m", "pip"]
    if not succeeds([*own, "--version"]):
        own = [python, "-m", "pip", "--python", str(ENVIRONMENT / "bin" / "python")]
    return [*own, "install", "--quiet", "--disable-pip-version-check", "--no-input"]


def why_not(log: Path) -> str:
    said = log.read_text(errors="replace")
    offline = "the package index cannot be reached: connect to the network or set pip's index"
    reasons = {
        "No space left on device": "the disk is full: free some space and try again",
        "DO NOT MATCH THE HASHES": "a package is not the one that was checked: tell the maintainers",
        "Max retries exceeded": offline,
        "NewConnectionError": offline,
        "NameResolutionError": offline,
        "Connection refused": offline,
        "(from versions: none)": offline,
        "No matching distribution": "a package is not to be had for this system or from this index",
    }
    for sign, sentence in reasons.items():
        if sign in said:
            return f"{sentence} (details: {log})."
    last = (said.strip().splitlines() or ["no reason was given"])[-1]
    return f"the packages could not be installed ({last}): read {log}."


if __name__ == "__main__":
    os.umask(0o022)
    main(sys.argv[1:])
