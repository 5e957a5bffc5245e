"""Commands for a checkout on somebody's desk: try it, keep its database up, measure it."""

import argparse
import os
import shlex
import signal
import subprocess
import sys

from config import cluster, databases, places, serving, working
from config.trouble import Trouble


def run(arguments: list[str]) -> int:
    """Database, tables, demonstration, server, worker. Nothing is left running, nothing entered is lost."""
    argparse.ArgumentParser("opennrm run", description=run.__doc__).parse_args(arguments)
    if databases.is_production():
        raise Trouble("DATABASE_URL is set, so this is no demonstration: use `opennrm serve`, or unset it.")
    port = serving.port_from(os.environ.get("PORT"))
    serving.refuse_taken("127.0.0.1", port)
    os.environ.update(NRM_DEMO="1", NRM_POOL="1")
    with databases.database():
        # Each in a process of its own: the server's process must never have held the owner's rights.
        step("migrate", "--verbosity", "0")
        step("demo")  # loads into an empty database only: what was entered since stays as it was left
        (databases.ROOT / "var" / "static").mkdir(parents=True, exist_ok=True)
        databases.forget_owner()
        mails = places.run_folder(databases.ROOT) / "mail"
        os.environ["EMAIL_BACKEND"] = "django.core.mail.backends.filebased.EmailBackend"
        os.environ["EMAIL_FILE_PATH"] = str(mails)
        ready = f"\nOpenNRM is at http://localhost:{port} (Ctrl-C ends it).\nMails are laid into {mails}.\n"
        with working.beside():
            serving.serve("127.0.0.1", port, workers=1, threads=4, ready=ready)
    return 0


def step(*command: str) -> None:
    """One step of `run`; what it printed stands above ours."""
    done = subprocess.run([sys.executable, "-m", "config.cli", *command], cwd=databases.ROOT)
    if done.returncode:
        raise Trouble(
            f"The step `{command[0]}` failed, as said above: repeat it with `opennrm {command[0]}`."
        )


def start(arguments: list[str]) -> int:
    argparse.ArgumentParser("opennrm start").parse_args(arguments)
    for name, value in cluster.start(databases.ROOT).environment().items():
        print(f"export {name}={shlex.quote(value)}")
    return 0


def stop(arguments: list[str]) -> int:
    argparse.ArgumentParser("opennrm stop").parse_args(arguments)
    print("Stopped." if cluster.stop(databases.ROOT) else "It was not running.")
    return 0


def with_database(arguments: list[str]) -> int:
    """Run a command with the database's addresses in its environment; hand back its exit code."""
    if not arguments:
        raise Trouble("Say which command: `opennrm with-database pytest`, for example.")
    with databases.addresses():
        try:
            child = subprocess.Popen(arguments)
        except FileNotFoundError:
            raise Trouble(f"There is no program {arguments[0]!r}: check its name, or install it.") from None
        # A terminal's Ctrl-C reaches the child by itself; other signals are passed on.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda caught, _: child.send_signal(caught))
        code = child.wait()
        return code if code >= 0 else 128 - code


def bench(arguments: list[str]) -> int:
    if not (databases.ROOT / "benchmarks" / "__main__.py").exists():
        raise Trouble("There is nothing to measure yet: benchmarks/__main__.py does not exist.")
    return with_database([sys.executable, "-m", "benchmarks", *arguments])
