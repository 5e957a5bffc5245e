"""Checks of files and process: who else on this machine could read what only the server may."""

import stat
from dataclasses import dataclass
from pathlib import Path

from config.doctor.check import Check

SHORTEST_KEY = 43  # what 32 random bytes make
SECRETS_ARE_IN_FILES = ("SECRET_KEY", "NRM_SECRET_KEY", "EMAIL_HOST_PASSWORD")


@dataclass(frozen=True)
class Surroundings:
    """The process: its environment and its user."""

    environment: dict[str, str]
    user: int

    def key_files(self) -> list[Path]:
        """Every file that a variable such as SECRET_KEY_FILE or EMAIL_HOST_PASSWORD_FILE names."""
        named = sorted(self.environment.items())
        return [
            Path(value) for name, value in named if name.endswith(("KEY_FILE", "PASSWORD_FILE")) and value
        ]


def missing(here: Surroundings) -> bool:
    return any(not file.is_file() for file in here.key_files())


def readable_by_others(here: Surroundings) -> bool:
    return any(stat.S_IMODE(file.stat().st_mode) & 0o077 for file in here.key_files() if file.is_file())


def in_open_folder(here: Surroundings) -> bool:
    """Whoever may write in the folder may replace the key."""
    folders = {file.parent for file in here.key_files() if file.is_file()}
    return any(stat.S_IMODE(folder.stat().st_mode) & 0o022 for folder in folders)


def document_key(here: Surroundings) -> Path | None:
    named = here.environment.get("DOCUMENT_KEY_FILE")
    return Path(named) if named else None


def weak_document_key(here: Surroundings) -> bool:
    """Every line is a key of its own; one that can be guessed opens every document it closed."""
    file = document_key(here)
    if file is None or not file.is_file():
        return False
    lines = file.read_text().split()
    return not lines or any(len(line) < SHORTEST_KEY or len(set(line)) < 12 for line in lines)


def documents_open(here: Surroundings) -> bool:
    folder = Path(here.environment.get("NRM_DOCUMENTS", ""))
    return (
        not folder.is_absolute() or not folder.is_dir() or bool(stat.S_IMODE(folder.stat().st_mode) & 0o077)
    )


def key_beside_documents(here: Surroundings) -> bool:
    """Whoever takes the folder, or its backup, must not take the key along."""
    file, folder = document_key(here), here.environment.get("NRM_DOCUMENTS")
    return file is not None and bool(folder) and file.resolve().is_relative_to(Path(str(folder)).resolve())


CHECKS: list[Check[Surroundings]] = [
    Check("key-file-there", missing, "A file named by SECRET_KEY_FILE does not exist: create it, mode 0400."),
    Check("key-file-mode", readable_by_others, "A key file can be read by others: chmod 0400 it."),
    Check("key-file-folder", in_open_folder, "Others may write in a key file's folder: chmod 0700 it."),
    Check(
        "key-file-named",
        lambda here: not here.environment.get("SECRET_KEY_FILE"),
        "SECRET_KEY_FILE is not set: name a file that only the server may read.",
    ),
    Check(
        "secret-in-environment",
        lambda here: any(here.environment.get(name) for name in SECRETS_ARE_IN_FILES),
        "A secret is in the environment, which children and crash reports inherit: use SECRET_KEY_FILE,"
        " EMAIL_HOST_PASSWORD_FILE.",
    ),
    Check(
        "owner-in-environment",
        lambda here: bool(here.environment.get("OWNER_DATABASE_URL")),
        "OWNER_DATABASE_URL is in the server's environment: give it to `opennrm migrate` alone.",
    ),
    Check(
        "document-key-named",
        lambda here: document_key(here) is None,
        "DOCUMENT_KEY_FILE is not set: children's documents would not be encrypted for this installation; "
        "name a file with a key that only the server may read.",
    ),
    Check(
        "document-key-weak",
        weak_document_key,
        f"DOCUMENT_KEY_FILE holds no key of {SHORTEST_KEY} random characters a line: "
        'make one with python3 -c "import secrets; print(secrets.token_urlsafe(32))".',
    ),
    Check(
        "documents-folder",
        documents_open,
        "NRM_DOCUMENTS names no folder that only the server may enter: create it, mode 0700.",
    ),
    Check(
        "document-key-apart",
        key_beside_documents,
        "DOCUMENT_KEY_FILE lies among the documents: keep it where no copy of them takes it along.",
    ),
    Check("not-root", lambda here: here.user == 0, "The server runs as root: give it an account of its own."),
]
