"""Refuses settings under which no real child's data may be held. Each check has a name and one sentence.

    settings.py   what Django was told
    database.py   what the server's role may do, and how carefully the database keeps
    files.py      who else on this machine can read the keys

`opennrm serve` asks first and does not start on a single fault: a warning would be read by nobody.
"""

import os

from config.doctor.check import Fault, run

__all__ = ["Fault", "examine", "notes"]


def examine() -> list[Fault]:
    """Everything unsafe in this process's settings, database and files."""
    import django
    from django.conf import settings
    from django.db import connection

    from config.doctor import database, files
    from config.doctor import settings as told

    django.setup()
    faults = run(told.CHECKS, settings)
    faults += run(files.CHECKS, files.Surroundings(environment=dict(os.environ), user=os.geteuid()))
    try:
        facts = database.facts(connection)
    except Exception as error:
        first = (str(error).strip().splitlines() or [type(error).__name__])[0]
        return [*faults, Fault("database-answers", f"The database does not answer: {first}.")]
    faults += run(database.CHECKS, facts)
    faults += database.walls(connection)
    connection.close()
    return faults


def notes() -> list[str]:
    """What is good to know and no reason not to serve: whom no mail reaches, who looks into files."""
    from django.db import DatabaseError

    from nrm.kernel.files import scanner
    from nrm.messages.queries import given_up_on

    known = []
    if not scanner.is_set():
        known.append(
            "files: no virus scanner is set; each file is written anew, none is scanned (NRM_CLAMD)."
        )
    elif not scanner.answers():
        known.append(
            "files: the virus scanner does not answer; no document is taken until it does (NRM_CLAMD)."
        )
    try:
        unreached = len(given_up_on())
    except DatabaseError:
        return known
    if unreached:
        known.append(f"mail: none reaches {unreached} of the people; `opennrm mail` says who.")
    return known
