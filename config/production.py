"""Commands for whoever operates OpenNRM. docs/operate/install.md walks through them."""

import argparse
import os
import subprocess
import sys

from config import databases, serving
from config.roles import roles_sql
from config.trouble import Trouble


def roles(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser("opennrm roles")
    parser.add_argument("--database", default="opennrm", help="its name (default: opennrm)")
    print(roles_sql(parser.parse_args(arguments).database))
    return 0


def doctor(arguments: list[str]) -> int:
    """Exit code 0 only if nothing unsafe was found."""
    parser = argparse.ArgumentParser("opennrm doctor", description=doctor.__doc__)
    parser.parse_args(arguments)
    with databases.database():
        from config.doctor import examine, notes

        faults = examine()
        known = notes() if not faults else []
    for fault in faults:
        print(f"{fault.name}: {fault.sentence}", file=sys.stderr)
    if faults:
        print(f"{len(faults)} unsafe: not fit for real children's data.", file=sys.stderr)
        return 1
    print("Nothing unsafe was found.", *known, sep="\n")
    return 0


def serve(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser("opennrm serve")
    parser.add_argument(
        "--host", default="127.0.0.1", help="where the TLS proxy finds it (default: 127.0.0.1)"
    )
    parser.add_argument("--port", type=int, default=serving.port_from(os.environ.get("PORT")))
    parser.add_argument("--workers", type=int, default=1, help="processes (default: 1)")
    parser.add_argument("--threads", type=int, default=4, help="requests at a time in each (default: 4)")
    given = parser.parse_args(arguments)
    if not databases.is_production():
        raise Trouble(
            "DATABASE_URL is not set: give the server role's URL, or try OpenNRM with `opennrm run`."
        )
    serving.refuse_taken(given.host, given.port)
    os.environ.setdefault("NRM_POOL", "1")
    os.environ["NRM_WORKERS"] = str(given.workers)
    with databases.database():
        # In a process of its own: the workers are forks of this one, and must inherit no connection.
        if subprocess.run([sys.executable, "-m", "config.cli", "doctor"], cwd=databases.ROOT).returncode:
            raise Trouble("Not served: put right what the doctor named above, then start again.")
        databases.forget_owner()
        ready = f"OpenNRM serves {given.host} port {given.port}."
        serving.serve(given.host, given.port, workers=given.workers, threads=given.threads, ready=ready)
    return 0
