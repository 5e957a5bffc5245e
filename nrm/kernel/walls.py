"""The second and third wall, in the database: row-level security, grants, append-only, the signed actor.

Each table says in its model what guards it (`wall = ...`); this module turns that into SQL and applies
it after every migration, so a table cannot be born without its policy. `faults()` compares the living
database with the declarations: the start of the program, `opennrm doctor` and the tests call it.

Roles: nrm_owner owns tables and migrates; nrm_web serves pages and is bound by every policy;
nrm_keeper (no login, BYPASSRLS) owns the few functions that must look past a policy; nrm_worker sends
mails and reads no table of a child; nrm_clock (no login), which the worker becomes to renew a case that time
has changed, sees only the case that its signature names.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from nrm.kernel.signature import padded_keys

PERSON, AGENCY, NOW = 1, 2, 3
THE_CLOCK = -1  # the person in a signature by which a case is renewed; the case stands in the agency's place


def actor_part(part: int) -> str:
    """SQL for one part of the verified actor, computed once for a statement."""
    return f"(SELECT nrm_actor({part}))"


@dataclass(frozen=True)
class Wall:
    """What the web role may do with the rows of one table. SQL; `{t}` is the table's name.

    read: which rows exist for the actor. insert, update, delete: which may be written; empty = none.
    free: the table tells of no child and has no row policy; `web` then names what the web role may, instead
    of everything.
    append_only: UPDATE, DELETE and TRUNCATE are refused to everyone by trigger.
    worker: what nrm_worker may. case: the column that holds the key of the case, by which nrm_clock may do
    what `clock` says with the rows of the one case in its signature; every fact of a case has it by itself.
    """

    read: str = ""
    insert: str = ""
    update: str = ""
    delete: str = ""
    free: bool = False
    append_only: bool = False
    web: str = ""
    worker: str = ""
    case: str = ""
    clock: str = "SELECT"


ON_THE_CASE = (
    "EXISTS (SELECT 1 FROM casefile_access a WHERE a.case_id = {t}.{key}"
    f" AND a.agency_id = {actor_part(AGENCY)}"
    f" AND a.until >= to_timestamp({actor_part(NOW)}))"
)


def on_the_case(key: str = "case_id") -> str:
    """Rows of cases that the actor's agency has a standing share of."""
    return ON_THE_CASE.replace("{key}", key)


def on_each_case(key: str = "case_id") -> str:
    """The same, asked of each row by the key of the share: for lists that are cut after a few of many rows.

    PostgreSQL does not count on the cut and would first read every case of the agency; OFFSET 0 keeps it from that.
    """
    return on_the_case(key).removesuffix(")") + " OFFSET 0)"


CASE_FACT = Wall(read=on_the_case(), insert=on_the_case(), append_only=True)
CASE_PROJECTION = Wall(
    read=on_the_case(),
    insert=on_the_case(),
    update=on_the_case(),
    delete=on_the_case(),
    case="case_id",
    clock="SELECT, INSERT, UPDATE, DELETE",
)
FREE = Wall(free=True)

# Tables that are no models of ours: none tells of a child.
FREE_TABLES = frozenset(
    {
        "django_migrations",
        "django_content_type",
        "django_session",
        "auth_permission",
        "auth_group",
        "auth_group_permissions",
        "account_emailaddress",
        "account_emailconfirmation",
        "nrm_cache",
    }
)

# The jobs of procrastinate. They hold keys of knocks, so that no row policy is needed; the web role adds, only.
JOB_TABLES = {
    "procrastinate_jobs": "INSERT, SELECT (id)",
    "procrastinate_events": "INSERT",
    "procrastinate_periodic_defers": "",
    "procrastinate_workers": "",
}

FUNCTIONS = """
CREATE TABLE IF NOT EXISTS nrm_signing (only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  inner_key bytea NOT NULL, outer_key bytea NOT NULL);
REVOKE ALL ON nrm_signing FROM PUBLIC;
GRANT SELECT ON nrm_signing TO nrm_keeper;
CREATE UNLOGGED TABLE IF NOT EXISTS nrm_cache (key text PRIMARY KEY, value text NOT NULL,
  expires timestamptz NOT NULL);

CREATE OR REPLACE FUNCTION nrm_actor(part int) RETURNS bigint LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE
  told text := current_setting('nrm.actor', true);
  parts text[];
  keys public.nrm_signing%ROWTYPE;
BEGIN
  IF told IS NULL OR told = '' THEN RETURN NULL; END IF;
  parts := string_to_array(told, '.');
  IF cardinality(parts) <> 6 OR parts[4]::int <> pg_backend_pid()
     OR parts[5]::bigint < extract(epoch FROM clock_timestamp()) THEN RETURN NULL; END IF;
  SELECT * INTO keys FROM public.nrm_signing;
  IF encode(sha256(keys.outer_key || sha256(keys.inner_key ||
       convert_to(array_to_string(parts[1:5], '.'), 'UTF8'))), 'hex') <> parts[6] THEN RETURN NULL; END IF;
  RETURN parts[part]::bigint;
END $$;

CREATE OR REPLACE FUNCTION nrm_mandates() RETURNS text[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
  SELECT coalesce((SELECT mandates::text[] FROM public.agencies_agency
                   WHERE id = public.nrm_actor(2)), ARRAY[]::text[])
$$;

CREATE OR REPLACE FUNCTION nrm_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'facts are never edited: % on %', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
"""


def walled_models() -> list[type[models.Model]]:
    """Our own models, in the order of their tables' names."""
    ours = [
        model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("nrm.")
    ]
    return sorted(ours, key=lambda model: model._meta.db_table)


def wall_of(model: type[models.Model]) -> Wall:
    """The model's wall; a model without one is a programming error."""
    wall = getattr(model, "wall", None)
    if not isinstance(wall, Wall):
        raise TypeError(f"{model.__name__} says no wall: how are its rows guarded?")
    return wall


def case_column(model: type[models.Model]) -> str:
    """The column by which the clock finds the rows of a case; empty: it may not touch the table."""
    wall = wall_of(model)
    is_fact = wall.append_only and any(field.name == "case" for field in model._meta.concrete_fields)
    return wall.case or ("case_id" if is_fact else "")


def rights_of_web(wall: Wall) -> list[str]:
    """What the web role may do with a table of its own accord; row policies narrow it."""
    if wall.free:
        everything = ["SELECT", "INSERT"] if wall.append_only else ["SELECT", "INSERT", "UPDATE", "DELETE"]
        return wall.web.split(", ") if wall.web else everything
    written = (("INSERT", wall.insert), ("UPDATE", wall.update), ("DELETE", wall.delete))
    return ["SELECT"] + [right for right, rule in written if rule]


def sql_for(model: type[models.Model]) -> list[str]:
    """Statements that give a table its grants, policies and triggers. Idempotent."""
    table, wall, case = model._meta.db_table, wall_of(model), case_column(model)
    made = [
        f"REVOKE ALL ON {table} FROM PUBLIC, nrm_web, nrm_worker, nrm_clock",
        f"GRANT {', '.join(rights_of_web(wall))} ON {table} TO nrm_web",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO nrm_keeper",
    ]
    if wall.worker:
        made.append(f"GRANT {wall.worker} ON {table} TO nrm_worker")
    if case:
        made.append(f"GRANT {wall.clock} ON {table} TO nrm_clock")
    if not wall.free:
        made += policies_for(table, wall, case)
    made += [
        f"DROP TRIGGER IF EXISTS never_edited ON {table}",
        f"DROP TRIGGER IF EXISTS never_emptied ON {table}",
    ]
    if wall.append_only:
        made += [
            f"CREATE TRIGGER never_edited BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION nrm_refuse_change()",
            f"CREATE TRIGGER never_emptied BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION nrm_refuse_change()",
        ]
    return made


def policies_for(table: str, wall: Wall, case: str) -> list[str]:
    """Row-level security of one table: for people by what the wall says, for the clock by the signed case."""
    made = [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"DROP POLICY IF EXISTS wall_clock ON {table}",
    ]
    for verb, rule, clause in (
        ("SELECT", wall.read, "USING"),
        ("INSERT", wall.insert, "WITH CHECK"),
        ("UPDATE", wall.update, "USING"),
        ("DELETE", wall.delete, "USING"),
    ):
        made.append(f"DROP POLICY IF EXISTS wall_{verb.lower()} ON {table}")
        if rule:
            made.append(
                f"CREATE POLICY wall_{verb.lower()} ON {table} FOR {verb} TO nrm_web, nrm_owner {clause}"
                f" ({rule.replace('{t}', table)})"
            )
    if case:
        made.append(
            f"CREATE POLICY wall_clock ON {table} FOR ALL TO nrm_clock USING"
            f" ({actor_part(PERSON)} = {THE_CLOCK} AND {table}.{case} = {actor_part(AGENCY)})"
        )
    return made


EARLY_SQL: list[Callable[[], list[str]]] = []  # what policies call: made before them
MORE_SQL: list[Callable[[], list[str]]] = []  # triggers and functions over the walled tables: made after them


def raise_walls(connection: BaseDatabaseWrapper) -> None:
    """Apply every wall. Called after each migration run, as nrm_owner."""
    inner, outer = padded_keys()
    with connection.cursor() as cursor:
        cursor.execute(FUNCTIONS)
        cursor.execute(
            "INSERT INTO nrm_signing (inner_key, outer_key) VALUES (%s, %s) ON CONFLICT (only_row)"
            " DO UPDATE SET inner_key = EXCLUDED.inner_key, outer_key = EXCLUDED.outer_key",
            [inner, outer],
        )
        _own(cursor, "nrm_actor(int)")
        _own(cursor, "nrm_mandates()")
        cursor.execute("GRANT USAGE ON SCHEMA public TO nrm_web, nrm_keeper, nrm_worker, nrm_clock")
        for table in sorted(FREE_TABLES & set(connection.introspection.table_names(cursor))):
            cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO nrm_web")
        for table, rights in JOB_TABLES.items():
            cursor.execute(f"REVOKE ALL ON {table} FROM PUBLIC, nrm_web, nrm_worker, nrm_clock")
            cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO nrm_worker")
            if rights:
                cursor.execute(f"GRANT {rights} ON {table} TO nrm_web")
        cursor.execute("GRANT SELECT, DELETE ON nrm_cache TO nrm_worker")
        cursor.execute("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO nrm_web, nrm_worker")
        tables = [statement for model in walled_models() for statement in sql_for(model)]
        early = [statement for made in EARLY_SQL for statement in made()]
        late = [statement for made in MORE_SQL for statement in made()]
        for statement in (*early, *tables, *late):
            cursor.execute(statement)


def _own(cursor: Any, function: str) -> None:
    cursor.execute(f"ALTER FUNCTION {function} OWNER TO nrm_keeper")
    cursor.execute(f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC")
    cursor.execute(f"GRANT EXECUTE ON FUNCTION {function} TO nrm_web, nrm_owner, nrm_counts, nrm_clock")


def faults(connection: BaseDatabaseWrapper) -> list[str]:
    """What the living database lacks of the declared walls, a sentence each; empty when all stand."""
    found: list[str] = []
    declared = {model._meta.db_table: wall_of(model) for model in walled_models()}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity,"
            " (SELECT array_agg(DISTINCT p.polcmd::text) FROM pg_policy p WHERE p.polrelid = c.oid),"
            " (SELECT count(*) FROM pg_trigger g WHERE g.tgrelid = c.oid AND g.tgname LIKE 'never_%%'"
            "  AND g.tgenabled <> 'D')"
            " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')"
        )
        living = {
            name: (forced, policies or [], triggers) for name, forced, policies, triggers in cursor.fetchall()
        }
    for table in sorted(set(living) - set(declared) - FREE_TABLES - set(JOB_TABLES) - {"nrm_signing"}):
        found.append(f"Table {table} is guarded by nothing: give its model a wall.")
    for table, wall in declared.items():
        if table not in living:
            found.append(f"Table {table} is missing: run the migrations.")
            continue
        forced, policies, triggers = living[table]
        if not wall.free and not forced:
            found.append(f"Table {table} has no forced row-level security.")
        if not wall.free and "r" not in policies:
            found.append(f"Table {table} has no policy for reading.")
        if wall.append_only and triggers < 2:
            found.append(f"Table {table} can be edited: its triggers are missing.")
    return found
