"""Makes the register in an empty database: `python -m benchmarks.making CASES`, as the tables' owner."""

import os
import sys
import time

import django
import psycopg

from benchmarks import bare_tables
from benchmarks.register import PASSWORD


def make(cases: int) -> dict[str, int]:
    """Tables, cast, journeys, copies; the rows of each table."""
    from django.contrib.auth.hashers import make_password
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from benchmarks import copies, journeys
    from nrm.agencies.models import Person

    call_command("migrate", verbosity=0)
    journeys.enter_cast()
    Person.objects.update(password=make_password(PASSWORD))
    references = journeys.play(timezone.now())
    connection.close()
    with psycopg.connect(os.environ["NRM_OWNER_URL"], autocommit=True) as owner:
        with copies.keeper(owner):
            sources = owner.execute(
                "SELECT id, child_id FROM casefile_case WHERE reference = ANY (%s)", [references]
            ).fetchall()
        rows = copies.fill(owner, sources, cases)
        bare_tables.fill(owner, cases)
    return rows


if __name__ == "__main__":
    began = time.monotonic()
    django.setup()
    made = make(int(sys.argv[1]))
    print(f"Register of {int(sys.argv[1]):,} cases: {sum(made.values()):,} rows in {len(made)} tables, "
          f"{time.monotonic() - began:.0f} s.")  # fmt: skip
