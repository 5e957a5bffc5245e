"""The walls in the database, tried from behind the program: raw SQL as the web role, and as the owner.

Every table of every room is tried; a new one is covered from its first migration on.
"""

import os
import time
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection, models, transaction
from psycopg import errors

from nrm.casefile.models import Fact, Record, Row
from nrm.kernel import signature, walls
from nrm.kernel.actor import Actor
from nrm.kernel.signature import bind
from nrm.kernel.walls import CASE_FACT, FREE_TABLES, JOB_TABLES, rights_of_web, wall_of, walled_models
from tests.stage import MONDAY, Stage

MODELS = walled_models()
WALLED = [model for model in MODELS if not wall_of(model).free]
OF_CASES = [model for model in MODELS if issubclass(model, Fact | Row)]
APPEND_ONLY = [model for model in MODELS if wall_of(model).append_only]
MARKER = "Quillonmark"


def tables(some: list[type[models.Model]]) -> Any:
    return pytest.mark.parametrize("table", [model._meta.db_table for model in some])


def rows(statement: str, *values: object) -> list[tuple[Any, ...]]:
    """What the web role gets for a statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement, list(values) or None)
        return list(cursor.fetchall())


def refusal_of(statement: str, *values: object) -> type[BaseException] | None:
    """The database's own error for a statement; None if it was done."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, list(values) or None)
    except DatabaseError as error:
        return type(error.__cause__)
    return None


def tell(token: str) -> None:
    rows("SELECT set_config('nrm.actor', %s, true)", token)


def visible() -> int:
    """How many rows of all walled tables there are for whoever is bound."""
    return sum(rows(f"SELECT count(*) FROM {model._meta.db_table}")[0][0] for model in WALLED)


@pytest.fixture
def case(stage: Stage) -> str:
    return stage.a_case(by="rosa", given_name=MARKER)


@pytest.fixture
def case_id(stage: Stage, case: str) -> int:
    return stage.facts(case).the_case.pk


@pytest.fixture
def owner(django_db_setup: None) -> Iterator[psycopg.Connection]:
    """The owner of all tables, on its own connection; whatever it does is rolled back."""
    url, name = os.environ["NRM_OWNER_URL"], connection.settings_dict["NAME"]
    with psycopg.connect(url, dbname=name, options="-c lock_timeout=5s") as opened:
        yield opened
        opened.rollback()


def test_the_tests_run_as_the_web_role(db: None) -> None:
    assert rows("SELECT current_user, session_user") == [("nrm_web", "nrm_web")]


def test_all_declared_walls_stand(db: None) -> None:
    assert walls.faults(connection) == []


@tables(WALLED)
def test_a_wall_that_falls_is_named(table: str, owner: psycopg.Connection) -> None:
    owner.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    assert walls.faults(owner) == [f"Table {table} has no forced row-level security."]  # type: ignore[arg-type]


@tables(APPEND_ONLY)
def test_a_missing_trigger_is_named(table: str, owner: psycopg.Connection) -> None:
    owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER never_emptied")
    assert walls.faults(owner) == [f"Table {table} can be edited: its triggers are missing."]  # type: ignore[arg-type]


def test_an_unguarded_table_is_named(owner: psycopg.Connection) -> None:
    owner.execute("CREATE TABLE casefile_forgotten (id bigint)")
    assert any("casefile_forgotten" in fault for fault in walls.faults(owner))  # type: ignore[arg-type]


# Without an actor, or with a forged one, there is nothing.


def test_the_actor_sees_her_own_case(stage: Stage, case: str) -> None:
    bind(stage.rosa, now=stage.moment(MONDAY))
    assert visible() > 5


@tables(WALLED)
def test_without_an_actor_no_table_has_rows(table: str, stage: Stage, case: str) -> None:
    tell("")
    assert rows(f"SELECT count(*) FROM {table}") == [(0,)]


@tables(WALLED)
def test_for_an_outsider_no_table_has_rows_of_the_case(table: str, stage: Stage, case: str) -> None:
    bind(stage.rosa, now=stage.moment(MONDAY))
    hers = {row[0] for row in rows(f"SELECT to_jsonb(t)::text FROM {table} t")}
    bind(stage.omar, now=stage.moment(MONDAY))
    assert not hers & {row[0] for row in rows(f"SELECT to_jsonb(t)::text FROM {table} t")}


def forged(genuine: str, stage: Stage) -> dict[str, str]:
    person, agency, now, process, expires, sealed = genuine.split(".")
    other = "0" if sealed[-1] != "0" else "1"
    return {
        "wrong signature": f"{person}.{agency}.{now}.{process}.{expires}.{sealed[:-1]}{other}",
        "no signature": f"{person}.{agency}.{now}.{process}.{expires}.",
        "signature left out": f"{person}.{agency}.{now}.{process}.{expires}",
        "other person": f"{stage.mira.person_id}.{agency}.{now}.{process}.{expires}.{sealed}",
        "other agency": f"{person}.{stage.mira.agency_id}.{now}.{process}.{expires}.{sealed}",
        "other moment": f"{person}.{agency}.{int(now) - 1}.{process}.{expires}.{sealed}",
        "longer life": f"{person}.{agency}.{now}.{process}.{int(expires) + 900}.{sealed}",
        "one part more": f"{genuine}.1",
        "signature first": f"{sealed}.{person}.{agency}.{now}.{process}.{expires}",
        "plain numbers": f"{person}.{agency}.{now}",
        "null": "NULL.NULL.NULL.NULL.NULL.NULL",
        "empty parts": ".....",
    }


def test_no_forged_actor_sees_a_row(stage: Stage, case: str) -> None:
    now = stage.moment(MONDAY)
    pid = connection.connection.info.backend_pid
    genuine = signature.token(stage.rosa, now=now, backend_pid=pid)
    for forgery, text in forged(genuine, stage).items():
        try:
            with transaction.atomic():
                tell(text)
                seen = visible()
        except DatabaseError:
            continue  # not even a number: refused outright
        assert seen == 0, forgery
    tell(genuine)
    assert visible() > 5


def test_a_token_of_another_process_is_worth_nothing(stage: Stage, case: str) -> None:
    pid = connection.connection.info.backend_pid
    tell(signature.token(stage.rosa, now=stage.moment(MONDAY), backend_pid=pid + 1))
    assert visible() == 0


def test_a_token_dies_after_half_a_minute(stage: Stage, case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pid = connection.connection.info.backend_pid
    made_at = time.time() - signature.LIFETIME_S - 1
    monkeypatch.setattr(signature.time, "time", lambda: made_at)
    tell(signature.token(stage.rosa, now=stage.moment(MONDAY), backend_pid=pid))
    assert visible() == 0


def test_a_token_sealed_with_another_secret_is_worth_nothing(stage: Stage, case: str, settings: Any) -> None:
    settings.SECRET_KEY = "another secret altogether"
    bind(stage.rosa, now=stage.moment(MONDAY))
    assert visible() == 0


def test_an_actor_is_never_bound_beyond_a_transaction(stage: Stage, case: str) -> None:
    tell("")
    try:
        with transaction.atomic():
            bind(stage.rosa, now=stage.moment(MONDAY))
            assert visible() > 5
            raise LookupError
    except LookupError:
        assert visible() == 0


def test_a_connection_without_a_transaction_binds_nobody(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signature, "connections", {"default": SimpleNamespace(in_atomic_block=False)})
    with pytest.raises(RuntimeError):
        bind(stage.rosa, now=stage.moment(MONDAY))


def test_two_agencies_on_one_connection_never_meet(stage: Stage) -> None:
    mine = {who: stage.a_case(by=who) for who in ("rosa", "mira")}
    for turn in range(200):
        who = ("rosa", "mira")[turn % 2]
        with transaction.atomic():
            bind(stage.actor(who), now=stage.moment(MONDAY))
            assert rows("SELECT reference FROM casefile_case") == [(mine[who],)]
            assert rows("SELECT DISTINCT agency_id FROM casefile_access") == [(stage.actor(who).agency_id,)]


# Writing past the program.


def test_nobody_gives_herself_a_share(stage: Stage, case_id: int) -> None:
    for actor in (stage.omar, stage.gero, stage.mira, Actor(person_id=0, agency_id=0)):
        bind(actor, now=stage.moment(MONDAY))
        assert refusal_of(
            "INSERT INTO casefile_party (id, at, recorded_at, why, case_id, agency_id, grants, purpose, basis, note)"
            " VALUES (1, now(), now(), '', %s, %s, '{FULL}', 'CARE', 'LEGAL_DUTY', '')",
            case_id, actor.agency_id,
        ) is errors.InsufficientPrivilege  # fmt: skip
        assert rows("SELECT count(*) FROM casefile_case WHERE id = %s", case_id) == [(0,)]


@tables(OF_CASES)
def test_nobody_writes_into_a_foreign_case(table: str, stage: Stage, case_id: int) -> None:
    statement = f"INSERT INTO {table} (id, case_id) VALUES (%s, %s)"
    bind(stage.omar, now=stage.moment(MONDAY))
    assert refusal_of(statement, 1, case_id) is errors.InsufficientPrivilege
    tell("")
    assert refusal_of(statement, 1, case_id) is errors.InsufficientPrivilege
    if next(model for model in OF_CASES if model._meta.db_table == table).wall.insert == CASE_FACT.insert:
        bind(
            stage.rosa, now=stage.moment(MONDAY)
        )  # her own case: the wall lets her pass, empty columns do not
        assert refusal_of(statement, 1, case_id) is errors.NotNullViolation


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO casefile_access (case_id, agency_id, grants, purposes, until)"
        " SELECT case_id, agency_id + 1, grants, purposes, until FROM casefile_access",
        "UPDATE casefile_access SET until = 'infinity'",
        "DELETE FROM casefile_access",
        "TRUNCATE casefile_access",
    ],
)
def test_access_is_written_by_its_trigger_only(statement: str, stage: Stage, case: str) -> None:
    bind(stage.rosa, now=stage.moment(MONDAY))
    assert refusal_of(statement) is errors.InsufficientPrivilege


@tables(APPEND_ONLY)
@pytest.mark.parametrize("verb", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_the_web_role_never_edits_what_was_written(table: str, verb: str, stage: Stage, case: str) -> None:
    bind(stage.rosa, now=stage.moment(MONDAY))
    if table == "casefile_answered":
        verb = verb.replace("id = id", "act = act")
    assert refusal_of(verb.format(table)) is errors.InsufficientPrivilege


@tables(APPEND_ONLY)
def test_not_even_the_owner_edits_what_was_written(table: str, owner: psycopg.Connection) -> None:
    """She lifts row-level security and every other constraint, and still the triggers refuse."""
    owner.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
    held = owner.execute(
        "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype IN ('c', 'f', 'u')",
        [table],
    ).fetchall()
    for (name,) in held:
        owner.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}" CASCADE')
    columns = owner.execute(
        "SELECT a.attname FROM pg_attribute a WHERE a.attrelid = %s::regclass AND a.attnum > 0 AND a.attnotnull"
        " AND NOT EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = a.attrelid AND i.indisprimary"
        "                 AND a.attnum = ANY (i.indkey))",
        [table],
    ).fetchall()
    for (name,) in columns:
        owner.execute(f'ALTER TABLE {table} ALTER COLUMN "{name}" DROP NOT NULL')
    owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    key = "person_id, key" if table == "casefile_answered" else "id"
    value = "1, gen_random_uuid()" if table == "casefile_answered" else "1"
    owner.execute(f"INSERT INTO {table} ({key}) VALUES ({value})")
    owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    first = key.split(",")[0]
    for statement in (
        f"UPDATE {table} SET {first} = {first}", f"DELETE FROM {table}", f"TRUNCATE {table} CASCADE",
    ):  # fmt: skip
        with pytest.raises(errors.RestrictViolation), owner.transaction():
            owner.execute(statement)
    assert owner.execute(f"SELECT count(*) FROM {table}").fetchone() == (1,)


def test_every_fact_is_among_what_is_never_edited() -> None:
    assert {model for model in MODELS if issubclass(model, Record)} <= set(APPEND_ONLY)


# Rights of the web role.


def test_the_web_role_has_exactly_the_rights_that_are_declared(owner: psycopg.Connection) -> None:
    living: dict[str, set[str]] = {}
    for table, right in owner.execute(
        "SELECT table_name, privilege_type FROM information_schema.role_table_grants"
        " WHERE grantee IN ('nrm_web', 'PUBLIC') AND table_schema = 'public'"
    ).fetchall():
        living.setdefault(table, set()).add(right)
    declared = {model._meta.db_table: set(rights_of_web(wall_of(model))) for model in MODELS}
    everything = {"SELECT", "INSERT", "UPDATE", "DELETE"}
    assert {
        table: rights for table, rights in living.items() if table not in FREE_TABLES | set(JOB_TABLES)
    } == declared
    assert all(living[table] <= everything for table in living)


def test_the_web_role_owns_nothing_and_passes_no_wall(owner: psycopg.Connection) -> None:
    told = owner.execute(
        "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = 'nrm_web'"
    ).fetchone()
    assert told == (False, False, False, False)
    owned = owner.execute(
        "SELECT relname FROM pg_class WHERE relowner = 'nrm_web'::regrole AND relkind IN ('r', 'v', 'm', 'S')"
    ).fetchall()
    assert owned == []


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE public.loot (id bigint)",
        "CREATE FUNCTION public.loot() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE POLICY open_door ON casefile_case USING (true)",
        "ALTER TABLE casefile_case DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE contact_firstcontact DISABLE TRIGGER ALL",
        "DROP TABLE casefile_case",
        "SET ROLE nrm_owner",
        "SET ROLE nrm_keeper",
        "SET SESSION AUTHORIZATION nrm_owner",
        "SET session_replication_role = replica",
        "SELECT * FROM nrm_signing",
        "UPDATE nrm_signing SET inner_key = '\\x00'",
        "ALTER ROLE nrm_web BYPASSRLS",
        "CREATE ROLE thief",
        "COPY casefile_case TO PROGRAM 'cat'",
        "SELECT pg_read_file('postgresql.conf')",
        "CREATE EXTENSION dblink",
    ],
)
def test_the_web_role_cannot(statement: str, stage: Stage, case: str) -> None:
    bind(stage.rosa, now=stage.moment(MONDAY))
    assert refusal_of(statement) in (errors.InsufficientPrivilege, errors.FeatureNotSupported)


# A page with a hole: what was typed becomes part of the statement.

INJECTED = [
    "' OR 1=1 --",
    "' OR '1'='1",
    "' UNION SELECT given_name FROM contact_firstcontact --",
    "' UNION SELECT reference FROM casefile_headline --",
    "' UNION SELECT called FROM casefile_headline --",
    "' UNION SELECT token FROM casefile_nametoken --",
    "' UNION SELECT told FROM casefile_story((SELECT max(reference) FROM casefile_case), false) --",
    "' UNION SELECT case_id::text FROM casefile_access --",
    "' UNION SELECT case_reference FROM audit_entry WHERE case_id IS NOT NULL --",
    "' UNION SELECT answers FROM casefile_draft --",
    "' UNION SELECT to_jsonb(c)::text FROM contact_firstcontact c --",
    "' UNION SELECT query_to_xml('SELECT * FROM contact_firstcontact', true, true, '')::text --",
    "' UNION SELECT table_to_xml('casefile_headline', true, true, '')::text --",
    "' UNION SELECT string_agg(given_name, ',') FROM contact_firstcontact --",
    "' UNION SELECT set_config('nrm.actor', '{rosa}', true) || coalesce(max(called), '') FROM casefile_headline --",
    "'; SELECT set_config('nrm.actor', '{rosa}', true); SELECT called FROM casefile_headline --",
    "'; SET nrm.actor = '{rosa}'; SELECT called FROM casefile_headline --",
    "'; RESET nrm.actor; SELECT called FROM casefile_headline --",
    "'; SET row_security = off; SELECT called FROM casefile_headline --",
    "'; SET ROLE nrm_keeper; SELECT called FROM casefile_headline --",
    "'; SET ROLE nrm_owner; SELECT called FROM casefile_headline --",
    "'; SELECT encode(inner_key, 'hex') FROM nrm_signing --",
    "'; DO $$ BEGIN PERFORM set_config('nrm.actor', '{rosa}', true); END $$; SELECT called FROM casefile_headline --",
    "'; CREATE TEMP VIEW v AS SELECT called FROM casefile_headline; SELECT * FROM v --",
    "'; PREPARE p AS SELECT called FROM casefile_headline; EXECUTE p --",
    "'; DECLARE c CURSOR FOR SELECT called FROM casefile_headline; FETCH ALL FROM c --",
    "'; SELECT most_common_vals::text FROM pg_stats WHERE tablename = 'casefile_headline' --",
    "'; UPDATE casefile_headline SET called = called RETURNING called --",
    "'; DELETE FROM casefile_waiting RETURNING reference --",
    "'; INSERT INTO casefile_party (id, at, recorded_at, why, case_id, agency_id, grants, purpose, basis, note)"
    " VALUES (1, now(), now(), '', {case}, {omar}, ARRAY['FULL'], 'CARE', 'LEGAL_DUTY', '') RETURNING case_id::text --",
    "'; CREATE FUNCTION pg_temp.loot(text) RETURNS boolean COST 0.0000001 LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION '%', $1; END $$;"
    " SELECT called FROM casefile_headline WHERE pg_temp.loot(called) --",
]


@pytest.mark.parametrize("typed", INJECTED)
def test_an_injected_statement_brings_nothing(typed: str, stage: Stage, case: str, case_id: int) -> None:
    rosa, omar = stage.rosa, stage.omar
    claimed = f"{rosa.person_id}.{rosa.agency_id}.1772438400.1.9999999999.00"
    bind(omar, now=stage.moment(MONDAY))
    for part, value in {"{rosa}": claimed, "{case}": str(case_id), "{omar}": str(omar.agency_id)}.items():
        typed = typed.replace(part, value)
    told: list[str] = []
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SELECT reference FROM casefile_case WHERE reference = '{typed}'")
            while True:
                if cursor.description is not None:
                    told += [str(row) for row in cursor.fetchall()]
                if not cursor.nextset():
                    break
    except DatabaseError as error:
        told.append(str(error))
    everything = " ".join(told).replace(claimed, "")
    assert not any(secret in everything for secret in (MARKER, MARKER.lower(), case, str(case_id)))


def test_the_hole_would_open_her_own_case(stage: Stage, case: str) -> None:
    """The same statements do return rows to who may have them: so the test above can fail."""
    bind(stage.rosa, now=stage.moment(MONDAY))
    typed = "' UNION SELECT given_name FROM contact_firstcontact --"
    assert (MARKER,) in rows(f"SELECT reference FROM casefile_case WHERE reference = '{typed}'")
