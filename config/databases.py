"""Which database a command works on: the operator's, or the one that comes with the checkout."""

import contextlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from config.trouble import Trouble

ROOT = Path(__file__).resolve().parent.parent


def is_production() -> bool:
    """An operator's database decides it; everything else is a checkout on somebody's desk."""
    return bool(os.environ.get("DATABASE_URL"))


@contextlib.contextmanager
def addresses() -> Iterator[None]:
    """Have NRM_DATABASE_URL (the server's role) and NRM_OWNER_URL (migrations) in os.environ."""
    if is_production():
        os.environ["NRM_DATABASE_URL"] = os.environ["DATABASE_URL"]
        os.environ["NRM_OWNER_URL"] = os.environ.get("OWNER_DATABASE_URL", "")
        os.environ["NRM_WORKER_URL"] = os.environ.get("WORKER_DATABASE_URL", "")
        os.environ.setdefault("NRM_PRODUCTION", "1")
        yield
        return
    from config import cluster

    with cluster.lease(ROOT) as running:
        os.environ.update(running.environment())
        yield


@contextlib.contextmanager
def database() -> Iterator[None]:
    """The addresses, and in a checkout its own secret; tests need no secret and have only the addresses."""
    with addresses():
        if not is_production():
            os.environ["SECRET_KEY_FILE"] = str(checkout_secret())
        yield


def become_owner() -> None:
    """Use the owner's rights for this process: tables belong to it, and the server must not be it."""
    if not os.environ.get("NRM_OWNER_URL"):
        raise Trouble(
            "OWNER_DATABASE_URL is not set: give the URL of the role that owns the tables (nrm_owner); "
            "the role in DATABASE_URL may not change them."
        )
    os.environ["NRM_AS_OWNER"] = "1"


def become_worker() -> None:
    """Use the worker's rights for this process: it reads no table of a child, except one case that is signed."""
    if not os.environ.get("NRM_WORKER_URL"):
        raise Trouble(
            "WORKER_DATABASE_URL is not set: give the URL of the worker's role (nrm_worker); "
            "the role in DATABASE_URL sends no mail."
        )
    os.environ["NRM_DATABASE_URL"] = os.environ["NRM_WORKER_URL"]


def forget_owner() -> None:
    """Before serving: neither this process nor its workers keep a way to the owner's rights."""
    for name in ("NRM_AS_OWNER", "NRM_OWNER_URL", "OWNER_DATABASE_URL"):
        os.environ.pop(name, None)


def checkout_secret() -> Path:
    """A secret of this checkout's own, so that no default one exists."""
    from config import places

    file = places.run_folder(ROOT) / "secret-key"
    if not file.exists():
        draft = file.with_name(f"secret-key.{os.getpid()}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o400)
        with os.fdopen(descriptor, "w") as out:
            out.write(secrets.token_urlsafe(48))
        with contextlib.suppress(FileExistsError):
            os.link(draft, file)  # unlike a rename, never replaces the one another process made first
        draft.unlink()
    return file


def django(name: str, *arguments: str) -> int:
    """One Django command in this process, its arguments untouched; its own complaints become exit codes."""
    from django.core.management import ManagementUtility
    from django.db.utils import OperationalError, ProgrammingError
    from psycopg.errors import UndefinedTable

    try:
        ManagementUtility(["opennrm", name, *arguments]).execute()
    except OperationalError as error:
        reason = (str(error).strip().splitlines() or ["no reason given"])[0]
        raise Trouble(
            f"The database does not answer ({reason}): check DATABASE_URL and the server."
        ) from error
    except ProgrammingError as error:
        if not isinstance(error.__cause__, UndefinedTable):
            raise
        raise Trouble(
            "The tables of this version are not there yet: run `opennrm migrate` first (`make run` does it by itself)."
        ) from error
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0
