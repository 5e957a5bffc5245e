"""Running PostgreSQL when we are root: it refuses uid 0, so the child gives root up first.

First choice is a user namespace: no second account is needed, and folders that only root may enter stay
reachable. Where the system denies namespaces (many containers), the child becomes `nobody` instead.
"""

import ctypes
import os
import pwd
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

CLONE_NEWUSER = 0x10000000


def _enter_user_namespace() -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWUSER):
        raise OSError(ctypes.get_errno(), "unshare")
    for name, content in (("setgroups", "deny"), ("uid_map", "1000 0 1"), ("gid_map", "1000 0 1")):
        Path("/proc/self", name).write_text(content)


def nobody() -> pwd.struct_passwd:
    return pwd.getpwnam("nobody")


def _become_nobody() -> None:
    os.setgroups([])
    os.setgid(nobody().pw_gid)
    os.setuid(nobody().pw_uid)


@cache
def way() -> str:
    """How a child gives root up here: "" (we are not root), "namespace" or "nobody"."""
    if os.geteuid() != 0:
        return ""
    try:
        subprocess.run(["true"], preexec_fn=_enter_user_namespace, check=True)  # noqa: S607
    except (OSError, subprocess.SubprocessError):
        return "nobody"
    return "namespace"


def before_exec() -> Callable[[], None] | None:
    """What the child runs between fork and exec."""
    return {"": None, "namespace": _enter_user_namespace, "nobody": _become_nobody}[way()]


def hand_over(folder: Path) -> None:
    """Give `folder` to the account that PostgreSQL will run as."""
    if way() == "nobody":
        os.chown(folder, nobody().pw_uid, nobody().pw_gid)


def can_run(program: Path) -> bool:
    """Whether the child reaches this program: a folder on the way may be closed to it."""
    try:
        return run([program, "--version"]).returncode == 0
    except (OSError, subprocess.SubprocessError):
        return False


def run(command: Sequence[str | Path], **environment: str) -> subprocess.CompletedProcess[str]:
    """Run one PostgreSQL program without root's rights; the caller judges the exit code.

    Output goes to a file, never to a pipe: the server inherits it from pg_ctl and would keep a pipe open.
    """
    with tempfile.TemporaryFile("w+") as output:
        done = subprocess.run(
            [str(part) for part in command],
            preexec_fn=before_exec(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd="/",
            env={**os.environ, "LC_ALL": "C", **environment},
        )
        output.seek(0)
        return subprocess.CompletedProcess(done.args, done.returncode, output.read(), "")
