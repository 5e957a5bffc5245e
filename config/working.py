"""The worker: what happens without anybody at a page. It runs beside the server, as a role of its own."""

import argparse
import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator

from config import databases, serving
from config.trouble import Trouble

LONGEST_GOODBYE_S = 20


def worker(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser("opennrm worker")
    parser.add_argument("--once", action="store_true", help="do what is due now, then end")
    parser.add_argument("--beside", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.beside:
        serving.end_with_parent()
    with databases.database():
        as_worker()
        return databases.django("worker", *(["--once"] if given.once else []))


def as_worker() -> None:
    """Be the worker, and in production only if the doctor finds nothing unsafe in that."""
    databases.become_worker()
    databases.forget_owner()
    if databases.is_production():
        role = os.environ | {"DATABASE_URL": os.environ["NRM_WORKER_URL"]}
        doctor = [sys.executable, "-m", "config.cli", "doctor"]
        if subprocess.run(doctor, cwd=databases.ROOT, env=role).returncode:
            raise Trouble(
                "The worker was not started: put right what the doctor named above, then start it again."
            )


def renew(arguments: list[str]) -> int:
    argparse.ArgumentParser("opennrm renew").parse_args(arguments)
    with databases.database():
        as_worker()
        return databases.django("renew")


def mail(arguments: list[str]) -> int:
    argparse.ArgumentParser("opennrm mail").parse_args(arguments)
    with databases.database():
        return databases.django("mail")


@contextlib.contextmanager
def beside() -> Iterator[None]:
    """Have a worker while the block runs."""
    process = subprocess.Popen([sys.executable, "-m", "config.cli", "worker", "--beside"], cwd=databases.ROOT)
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(LONGEST_GOODBYE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
