"""A database server of the tests' own, apart from the checkout's: these tests stop and break it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from config import cluster

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="session")
def own_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that stands for a checkout."""
    return tmp_path_factory.mktemp("checkout")


@pytest.fixture(scope="session")
def server(own_root: Path) -> Iterator[cluster.Cluster]:
    """A running server with the four roles and the empty database."""
    yield cluster.start(own_root)
    cluster.stop(own_root)


def opennrm(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a person would, without the operator's variables of this test run."""
    ours = ("NRM_", "DATABASE_URL", "OWNER_DATABASE_URL", "SECRET_KEY", "PORT")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return subprocess.run(
        [sys.executable, "-m", "config.cli", *arguments],
        cwd=ROOT,
        env={**clean, **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )
