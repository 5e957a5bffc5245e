"""`python -m tests.serve PORT`: stages the database of NRM_DATABASE_URL, says what stands there, and serves it."""

import json
import os
import sys
from dataclasses import asdict

PASSWORD = "a long enough pass phrase"
WAYS = ("script", "plain", "keys", "measured")
SIGNED_IN = (
    "rosa",
    "mira",
    "ida",
    "tomas",
    "petra",
    "sam",
    "vera",
    "dora",
    "omar",
    "viktor",
    "yara",
    "elin",
    "lea",
    "nora",
    "greta",
)


def main(port: int) -> None:
    import django

    django.setup()
    import psycopg
    from django.contrib.auth.hashers import make_password
    from django.db import connection

    from config import databases
    from config.serving import serve
    from tests.stage import Stage
    from tests.staged import Staging

    with psycopg.connect(os.environ["NRM_OWNER_URL"], autocommit=True) as owner:
        owner.execute("UPDATE agencies_person SET password = %s", [make_password(PASSWORD)])
    staging = Staging(Stage())
    staging.set()
    staging.for_journeys(*WAYS)
    said = json.dumps(asdict(staging.signed_in(*SIGNED_IN)))
    connection.close()
    databases.forget_owner()
    serve("127.0.0.1", port, workers=1, threads=4, ready=said)


if __name__ == "__main__":
    main(int(sys.argv[1]))
