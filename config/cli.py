"""The command `opennrm`. `opennrm` alone lists what it can do.

A command either is a function here or is passed, with every argument untouched, to the Django command of
the same name in one of the rooms.
"""

import os
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NoReturn

from config import databases, production, working
from config.desk import bench, run, start, stop, with_database
from config.trouble import Trouble


@dataclass(frozen=True)
class Command:
    """What one word after `opennrm` does."""

    help: str
    do: Callable[[list[str]], int]


def django_command(name: str) -> Callable[[list[str]], int]:
    def do(arguments: list[str]) -> int:
        with databases.database():
            return databases.django(name, *arguments)

    return do


def owners_command(name: str) -> Callable[[list[str]], int]:
    def do(arguments: list[str]) -> int:
        with databases.database():
            databases.become_owner()
            return databases.django(name, *arguments)

    return do


def demo(arguments: list[str]) -> int:
    os.environ["NRM_DEMO"] = "1"  # in production the settings overrule it, and the command says no
    return owners_command("demo")(arguments)


def manage(arguments: list[str]) -> int:
    if not arguments:
        raise Trouble("Say which Django command: `opennrm manage makemigrations`, for example.")
    with databases.database():
        return databases.django(*arguments)


COMMANDS = {
    "run": Command("try it here: database, demonstration and server; Ctrl-C ends all of it", run),
    "rehearse": Command(
        "play stories of children and compare with what they expect: FILE...", owners_command("rehearse")
    ),
    "demo": Command("load the invented agencies, people and cases, once", demo),
    "load": Command(
        "measure with a year of real referrals, through the acts; alone it lists what there is",
        django_command("load"),
    ),
    "docs": Command(
        "write the generated handbook; --check only says whether it is fresh", django_command("docs")
    ),
    "doctor": Command("refuse unsafe settings, each by name", production.doctor),
    "roles": Command("print the SQL a database administrator runs once, before migrate", production.roles),
    "migrate": Command("bring the tables up to this version, as their owner", owners_command("migrate")),
    "serve": Command("serve in production, after the doctor has agreed", production.serve),
    "worker": Command("send mails, remind, renew what time changes; beside the server", working.worker),
    "renew": Command("renew now the cases that time has changed", working.renew),
    "documents": Command(
        "take away files that no entry names, count those that are missing; --verify opens every one",
        owners_command("documents"),
    ),
    "mail": Command("say what mail waits, and whose address is refused", working.mail),
    "start": Command("leave the checkout's own database running; prints its addresses for a shell", start),
    "stop": Command("stop the checkout's own database", stop),
    "with-database": Command("run any COMMAND... with the checkout's own database up", with_database),
    "bench": Command("measure; writes ratios, never judges seconds", bench),
    "manage": Command("any other Django command: NAME [ARGUMENT...]", manage),
}


def overview() -> str:
    width = max(map(len, COMMANDS))
    lines = [f"  {name:{width}}  {command.help}" for name, command in COMMANDS.items()]
    return "\n".join(["OpenNRM: opennrm COMMAND [ARGUMENT...]", "", *lines])


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Entry point; every trouble that we foresee leaves as one sentence and a non-zero exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda caught, _: sys.exit(128 + caught))
    try:
        sys.exit(dispatch(given))
    except Trouble as trouble:
        sys.exit(f"OpenNRM: {trouble}")
    except KeyboardInterrupt:
        sys.exit(130)


def dispatch(given: list[str]) -> int:
    if not given or given[0] in ("help", "--help", "-h"):
        print(overview())
        return 0
    name, *rest = given
    if name not in COMMANDS:
        raise Trouble(f"There is no command {name!r}: `opennrm` alone lists them.")
    return COMMANDS[name].do(rest)


if __name__ == "__main__":
    main()
