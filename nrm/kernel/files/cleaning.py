"""A file handed in, made safe: kinds agree, the scanner has nothing against it, a fresh file was written."""

import hashlib
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from nrm.kernel.files import scanner
from nrm.kernel.files.child import SECONDS
from nrm.kernel.files.kinds import LARGEST, Unsafe, kind_of

ROOT = Path(__file__).resolve().parents[3]
LARGEST_MADE = 4 * LARGEST  # pixels of a photograph packed without loss take more room than it did
PATIENCE = SECONDS + 10
# All that the child is told: no secret, no address of a database.
ENVIRONMENT = {"PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}


@dataclass(frozen=True)
class Clean:
    """A file that may be kept."""

    media_type: str
    content: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def clean(name: str, said: str, content: bytes) -> Clean:
    """The fresh file. name, said: as the browser tells them. Raises Unsafe, also where the scanner is away."""
    if not 0 < len(content) <= LARGEST:
        raise Unsafe("empty, or too large")
    kind = kind_of(name, said, content)
    scanner.scan(content)
    made = _by_the_child(content, kind.media_type)
    if not made.startswith(kind.begins) or len(made) > LARGEST_MADE:
        raise Unsafe("the fresh file is none")
    return Clean(kind.media_type, made)


def _by_the_child(content: bytes, media_type: str) -> bytes:
    """Nothing of this process goes along: neither its environment nor its open files."""
    try:
        done = subprocess.run(
            [sys.executable, "-s", "-m", "nrm.kernel.files.child", media_type],
            input=content,
            capture_output=True,
            cwd=ROOT,
            env=ENVIRONMENT,
            timeout=PATIENCE,
        )
    except subprocess.TimeoutExpired as error:
        raise Unsafe("took too long") from error
    if done.returncode:
        raise Unsafe("refused by the child, or too much for it")
    return done.stdout
