"""The Makefile and the environment's builder."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from config import environment
from tests.config.conftest import ROOT

TARGETS = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M)
INNER = {"env", "env-dev"}


def make(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["make", *arguments], cwd=ROOT, capture_output=True, text=True, timeout=30)


def test_make_alone_explains_every_target() -> None:
    said = make().stdout
    for target in set(TARGETS) - INNER:
        assert re.search(rf"^  {target} +\S.+$", said, re.M), target


def test_a_target_that_is_not_there_is_one_sentence() -> None:
    done = make("fly")
    assert done.returncode != 0
    assert "OpenNRM: there is no target 'fly'" in done.stderr


def test_an_unchanged_lock_installs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    a_built_environment(tmp_path, monkeypatch)
    assert environment.is_fresh("dev")
    (tmp_path / "requirements-dev.lock").write_text("other")
    assert not environment.is_fresh("dev")
    assert environment.is_fresh("run")


def test_an_environment_whose_python_is_gone_is_built_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_built_environment(tmp_path, monkeypatch)
    (tmp_path / ".env" / "bin" / "python").unlink()
    assert not environment.is_fresh("run")


def a_built_environment(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "ROOT", root)
    monkeypatch.setattr(environment, "ENVIRONMENT", root / ".env")
    (root / ".env" / "bin").mkdir(parents=True)
    (root / ".env" / "bin" / "python").symlink_to(sys.executable)
    for name in environment.LOCKS["dev"]:
        (root / name).write_text(name)
    for kind in environment.LOCKS:
        (root / ".env" / f"installed-{kind}").write_text(environment.fingerprint(kind))


@pytest.mark.parametrize(
    ("pip_said", "sentence"),
    [
        ("ERROR: [Errno 28] No space left on device", "the disk is full"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM", "tell the maintainers"),
        ("Max retries exceeded with url: /simple/x", "cannot be reached"),
        ("ERROR: Could not find a version (from versions: none)", "cannot be reached"),
        ("ERROR: something new", "something new"),
    ],
)
def test_why_an_installation_failed_is_said_plainly(tmp_path: Path, pip_said: str, sentence: str) -> None:
    log = tmp_path / "log"
    log.write_text(pip_said)
    assert sentence in environment.why_not(log)


def test_an_old_python_is_told_which_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(SystemExit, match=r"3\.11 or newer is needed and this is 3\.9"):
        environment.new_enough_python()


def test_every_locked_package_has_a_hash_and_no_index_is_named() -> None:
    for name in environment.LOCKS["dev"]:
        text = (ROOT / name).read_text()
        assert "://" not in text
        packages = re.findall(r"^[a-z0-9-]+(?:\[.*\])?==.*?(?=^[a-z]|\Z)", text, re.M | re.S)
        assert packages
        assert all("--hash=sha256:" in package for package in packages)
