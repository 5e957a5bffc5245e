"""The six roles, asked in a living server."""

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from config import cluster, roles

ATTRIBUTES = ("rolcanlogin", "rolbypassrls", "rolcreatedb", "rolsuper", "rolcreaterole", "rolreplication")


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("nrm_owner", {"rolcanlogin", "rolcreatedb"}),
        ("nrm_web", {"rolcanlogin"}),
        ("nrm_keeper", {"rolbypassrls"}),
        ("nrm_worker", {"rolcanlogin"}),
        ("nrm_clock", set()),
        ("nrm_counts", {"rolcanlogin"}),
    ],
)
def test_each_role_may_what_it_must_and_nothing_more(
    server: cluster.Cluster, role: str, may: set[str]
) -> None:
    asked = f"SELECT {', '.join(ATTRIBUTES)} FROM pg_roles WHERE rolname = %s"
    with psycopg.connect(server.url("nrm_web")) as connection:
        found = connection.execute(asked.encode(), [role]).fetchone()
    assert found is not None
    assert {name for name, has in zip(ATTRIBUTES, found, strict=True) if has} == may


@pytest.mark.parametrize("login", ["nrm_web", "nrm_worker", "nrm_counts"])
@pytest.mark.parametrize(
    "attempt",
    [
        "CREATE TABLE own (id int)",
        "CREATE TEMPORARY TABLE own (id int)",
        "SET ROLE nrm_owner",
        "SET ROLE nrm_keeper",
        "CREATE DATABASE own",
        "CREATE ROLE own",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "SELECT pg_read_file('PG_VERSION')",
    ],
)
def test_the_server_cannot_climb(server: cluster.Cluster, login: str, attempt: str) -> None:
    with (
        psycopg.connect(server.url(login), autocommit=True) as connection,
        pytest.raises((InsufficientPrivilege, psycopg.errors.ReadOnlySqlTransaction)),
    ):
        connection.execute(attempt.encode())


def test_the_server_gives_up_on_a_statement_after_five_seconds(server: cluster.Cluster) -> None:
    with psycopg.connect(server.url("nrm_web")) as connection:
        assert connection.execute("SHOW statement_timeout").fetchone() == ("5s",)


def test_the_owner_hands_a_function_to_the_keeper_in_a_database_it_made(server: cluster.Cluster) -> None:
    with psycopg.connect(server.url("nrm_owner"), autocommit=True) as owner:
        owner.execute("DROP DATABASE IF EXISTS made_by_owner")
        owner.execute("CREATE DATABASE made_by_owner")
    with psycopg.connect(server.url("nrm_owner", "made_by_owner"), autocommit=True) as owner:
        owner.execute("CREATE FUNCTION sees_all() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'")
        owner.execute("ALTER FUNCTION sees_all() OWNER TO nrm_keeper")
        found = owner.execute("SELECT extname FROM pg_extension").fetchall()
    assert {(name,) for name in roles.EXTENSIONS} <= set(found)


def test_the_roles_may_be_laid_out_again(server: cluster.Cluster) -> None:
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute(roles.roles_only_sql().encode())
        connection.execute(roles.in_database_sql().encode())
        connection.execute(roles.doors_sql().encode())


def test_an_administrator_gets_every_role_and_no_password() -> None:
    printed = roles.roles_sql("elsewhere")
    assert all(f"ALTER ROLE {role} " in printed for role in roles.ATTRIBUTES)
    assert "CREATE DATABASE elsewhere" in printed
    assert "PASSWORD '" not in printed
