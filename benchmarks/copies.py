"""Fills the register: every journey's rows copied by INSERT ... SELECT, made from the list of models.

Keys are numbers that are unique over all tables, and the cast was entered before any case. So a key moves by
plain subtraction: what belongs to a case by the distance of its copy, what belongs to the cast by the distance
of its district. The tables' owner writes as nrm_keeper; checks and unique keys hold for every row, foreign keys
and plain indexes are taken off and put back, where the database proves them over all rows.
"""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.apps import apps
from django.contrib.postgres.fields import DateRangeField
from django.db import models

from nrm.casefile.models import Access, Child, Headline, NameToken, Waiting
from nrm.casefile.names import tokens_of
from nrm.casefile.references import new_reference
from nrm.casefile.story import kinds

DISTRICTS = 200
WEEKS = 4  # copies began in one of these weeks: whole weeks, so that working days stay working days
CAST_BEFORE = 1 << 57  # keys of copied people lie two years before those of copied cases
MARGIN = 1 << 24  # between two copies of one case: room for the keys that a copy makes itself
SYLLABLES = "ba di fo ga he ji ka lo mi na no pe ra sa so ta ti va vo zu".split()  # noqa: SIM905 readable

# Columns that a copy has of its own.
OWN = {
    ("casefile_case", "reference"): "c.reference",
    ("casefile_headline", "reference"): "c.reference",
    ("casefile_waiting", "reference"): "c.reference",
    ("audit_entry", "case_reference"): "c.reference",
    ("contact_firstcontact", "given_name"): "c.given_name",
    ("contact_firstcontact", "family_name"): "c.family_name",
    ("casefile_headline", "called"): "c.given_name || ' ' || c.family_name",
}
UNMOVED = {"birth_date"}
PREPARED = """
CREATE SCHEMA IF NOT EXISTS bench;
CREATE UNLOGGED TABLE bench.copies (n int, source bigint, child bigint, shift bigint, cast_shift bigint,
  district int, back interval, reference text, given_name text, family_name text);
CREATE UNLOGGED TABLE bench.tokens (name text, position int, token text);
GRANT USAGE ON SCHEMA bench TO nrm_keeper;
GRANT SELECT ON bench.copies, bench.tokens TO nrm_keeper;
"""


def people_sql(span: int) -> list[str]:
    """Agencies, people and their training, once more for every other district. span: between two districts."""
    away = f"{CAST_BEFORE} + d::bigint * {span}"
    districts = f"CROSS JOIN generate_series(1, {DISTRICTS - 1}) d"
    made = []
    for table, own in (
        ("agencies_agency", {"key": "key || '-' || d", "name": "name || ' ' || d"}),
        ("agencies_person", {"key": "key || '-' || d", "email": "replace(email, '@', '-' || d || '@')"}),
        ("agencies_training", {}),
    ):
        model = next(one for one in apps.get_models() if one._meta.db_table == table)
        columns = [str(field.column) for field in model._meta.concrete_fields]
        keys = {"id", "agency_id", "person_id"}
        values = [own.get(name, f"{name} - away" if name in keys else name) for name in columns]
        made.append(
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)}"
            f" FROM (SELECT t.*, d, {away} AS away FROM {table} t {districts}) t"
        )
    return made


def a_name(chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=chance.choice((2, 2, 3)))).capitalize()


def references(how_many: int) -> list[str]:
    """Different ones: of a million, chance makes two alike more often than not."""
    made: set[str] = set()
    while len(made) < how_many:
        made.add(new_reference())
    return list(made)


def prepare(
    connection: psycopg.Connection[Any], sources: list[tuple[int, int]], cases: int, step: int, span: int
) -> None:
    """Say which copies there will be: of which case, in which district, under which name and reference."""
    chance = random.Random(20261124)
    given = [a_name(chance) for _ in range(1500)]
    family = [f"{a_name(chance)}sky" for _ in range(4000)]  # no family name is a given name too
    connection.execute(PREPARED)
    with connection.cursor().copy("COPY bench.copies FROM STDIN") as copy:
        for n, reference in enumerate(references(cases - len(sources)), start=1):
            case, child = sources[n % len(sources)]
            district = (n // len(sources)) % DISTRICTS
            away = CAST_BEFORE + district * span if district else 0
            weeks = f"{7 * chance.randrange(WEEKS)} days"
            names = chance.choice(given), chance.choice(family)
            copy.write_row((n, case, child, n * step, away, district, weeks, reference, *names))
    with connection.cursor().copy("COPY bench.tokens FROM STDIN") as copy:
        for place, names in enumerate((given, family)):
            for name in sorted(set(names)):
                for position, token in enumerate(sorted(tokens_of([name]))):
                    copy.write_row((name, 10 * place + position, token))
    connection.execute("ANALYZE bench.copies; ANALYZE bench.tokens")


def cast_span(connection: psycopg.Connection[Any]) -> int:
    """How far the keys of the cast lie apart."""
    every = " UNION ALL ".join(f"SELECT id FROM agencies_{kind}" for kind in ("agency", "person", "training"))
    row = connection.execute(f"SELECT max(id) - min(id) FROM ({every}) keys".encode()).fetchone()
    assert row is not None
    return int(row[0]) + MARGIN


def tables() -> dict[str, tuple[type[models.Model], str]]:
    """Table -> its model and the column that says to which case a row belongs."""
    found = {
        table: (model, "id" if table == "casefile_case" else "case_id") for table, model in kinds().items()
    }
    kept = [apps.get_model(name) for name in ("audit.Entry", "care.Guarded", "care.Stay")]
    for model in (Access, Headline, Waiting, *kept):
        found[model._meta.db_table] = (model, "case_id")
    return {Child._meta.db_table: (Child, "id"), **found}


def key_range(connection: psycopg.Connection[Any], sources: list[tuple[int, int]]) -> tuple[int, int]:
    """The lowest and the highest key that the journeys wrote."""
    lows, highs = [child for _, child in sources], [child for _, child in sources]
    for table, (model, of) in tables().items():
        if "id" not in {str(field.column) for field in model._meta.concrete_fields}:
            continue
        wanted = [child if table == "casefile_child" else case for case, child in sources]
        query = f"SELECT min(id), max(id) FROM {table} WHERE {of} = ANY (%s)"
        low, high = connection.execute(query.encode(), [wanted]).fetchone() or (None, None)
        if low is not None:
            lows.append(low)
            highs.append(high)
    return min(lows), max(highs)


def copy_sql(table: str, model: type[models.Model], of: str, lowest: int) -> str:
    """The one statement that copies a table's rows of every journey."""
    columns, values = [], []
    for field in model._meta.concrete_fields:
        columns.append(f'"{field.column}"')
        values.append(OWN.get((table, str(field.column))) or _moved(field, f't."{field.column}"', lowest))
    source = "child" if table == "casefile_child" else "source"
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)}"
        f" FROM bench.copies c JOIN {table} t ON t.{of} = c.{source} ORDER BY c.n DESC"
    )


def _moved(field: Any, column: str, lowest: int) -> str:
    def key(of: str) -> str:
        return (
            f"CASE WHEN {of} >= {lowest} THEN {of} - c.shift"
            f" WHEN {of} > {CAST_BEFORE} THEN {of} - c.cast_shift ELSE {of} END"
        )

    inner = getattr(field, "base_field", field)
    inner = getattr(inner, "target_field", inner)
    if isinstance(inner, models.BigIntegerField):
        if hasattr(field, "base_field"):
            return f"ARRAY(SELECT {key('v')} FROM unnest({column}) v)"
        return key(column)
    if isinstance(field, DateRangeField):
        return f"daterange((lower({column}) - c.back)::date, (upper({column}) - c.back)::date)"
    if isinstance(field, models.DateField) and field.column not in UNMOVED:
        kind = "timestamptz" if isinstance(field, models.DateTimeField) else "date"
        return f"({column} - c.back)::{kind}"
    return column


def tokens_sql(lowest: int) -> str:
    """What the search finds a copy by."""
    columns = ", ".join(f'"{field.column}"' for field in NameToken._meta.concrete_fields)
    return (
        f"INSERT INTO casefile_nametoken ({columns})"
        f" SELECT DISTINCT ON (c.n, t.token) {lowest} - c.shift - 1 - t.position, c.source - c.shift, t.token"
        " FROM bench.copies c CROSS JOIN LATERAL (VALUES (c.given_name), (c.family_name)) called (name)"
        " JOIN bench.tokens t USING (name)"
    )


@contextmanager
def without_helpers(connection: psycopg.Connection[Any], names: list[str]) -> Iterator[None]:
    """Take off foreign keys, plain indexes and what keeps projections; put them back, proven over every row."""
    foreign = connection.execute(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE contype = 'f' AND conrelid::regclass::text = ANY (%s)",
        [names],
    ).fetchall()
    plain = connection.execute(
        "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i"
        " WHERE i.indrelid::regclass::text = ANY (%s) AND NOT i.indisunique AND NOT i.indisexclusion",
        [names],
    ).fetchall()
    keepers = connection.execute(
        "SELECT tgrelid::regclass::text, tgname FROM pg_trigger"
        " WHERE NOT tgisinternal AND tgname NOT LIKE 'never_%%' AND tgrelid::regclass::text = ANY (%s)",
        [names],
    ).fetchall()
    for table, name, _ in foreign:
        connection.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"'.encode())
    for name, _ in plain:
        connection.execute(f"DROP INDEX {name}".encode())
    for table, name in keepers:
        connection.execute(f'ALTER TABLE {table} DISABLE TRIGGER "{name}"'.encode())
    yield
    for table, name in keepers:
        connection.execute(f'ALTER TABLE {table} ENABLE TRIGGER "{name}"'.encode())
    for _, definition in plain:
        connection.execute(definition.encode())
    for table, name, definition in foreign:
        connection.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}'.encode())


@contextmanager
def keeper(connection: psycopg.Connection[Any]) -> Iterator[None]:
    """Past the policies: the owner's tables force them on the owner too."""
    connection.execute("SET ROLE nrm_keeper")
    yield
    connection.execute("RESET ROLE")


def fill(connection: psycopg.Connection[Any], sources: list[tuple[int, int]], cases: int) -> dict[str, int]:
    """Copy the journeys until there are so many cases; the rows of each table.

    The connection is the owner's, without a transaction around it.
    """
    rows: dict[str, int] = {}
    with keeper(connection):
        span = cast_span(connection)
        for statement in people_sql(span):
            connection.execute(statement.encode())
        lowest, highest = key_range(connection, sources)
    prepare(connection, sources, cases, highest - lowest + MARGIN, span)
    with without_helpers(connection, [*tables(), NameToken._meta.db_table]), keeper(connection):
        for table, (model, of) in tables().items():
            rows[table] = connection.execute(copy_sql(table, model, of, lowest).encode()).rowcount
        rows["casefile_nametoken"] = connection.execute(tokens_sql(lowest).encode()).rowcount
    for table in rows:
        connection.execute(f"VACUUM ANALYZE {table}".encode())
    connection.execute("VACUUM ANALYZE agencies_agency, agencies_person, agencies_training")
    return {table: count for table, count in rows.items() if count}
