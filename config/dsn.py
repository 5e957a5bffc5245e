"""From a PostgreSQL URL to Django's dictionary, in the words of libpq itself."""

from typing import Any

from psycopg.conninfo import conninfo_to_dict

NAMES = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}


def django_database(url: str) -> dict[str, Any]:
    """`postgresql://role@/name?host=/socket/folder`, or any URL libpq takes; its options go to OPTIONS."""
    given = conninfo_to_dict(url)
    known = {NAMES[key]: str(value) for key, value in given.items() if key in NAMES}
    options = {key: value for key, value in given.items() if key not in NAMES}
    return {"ENGINE": "django.db.backends.postgresql", **known, "OPTIONS": options}
