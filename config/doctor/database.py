"""Checks of the database, asked as the role that the server uses."""

from dataclasses import dataclass
from typing import Any

from config.doctor.check import Check, Fault

QUESTION = """
SELECT r.rolsuper, r.rolbypassrls, r.rolcreatedb, r.rolcreaterole, r.rolreplication,
       EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
               WHERE n.nspname = 'public' AND c.relowner = r.oid)
         OR EXISTS (SELECT FROM pg_database d WHERE d.datname = current_database() AND d.datdba = r.oid),
       EXISTS (SELECT FROM pg_roles k WHERE k.rolname IN ('nrm_owner', 'nrm_keeper')
               AND k.oid <> r.oid AND pg_has_role(r.oid, k.oid, 'MEMBER')),
       has_schema_privilege(r.oid, 'public', 'CREATE'),
       current_setting('server_version_num')::int / 10000,
       current_setting('server_encoding'), current_setting('fsync'), current_setting('full_page_writes'),
       current_setting('synchronous_commit'), current_setting('log_statement'),
       current_setting('log_min_error_statement'), current_setting('log_error_verbosity'),
       current_setting('log_min_duration_statement') <> '-1',
       current_setting('statement_timeout') <> '0'
FROM pg_roles r WHERE r.rolname = current_user
"""


@dataclass(frozen=True)
class DatabaseFacts:
    """What the server's role may do and how the database is kept; the columns of QUESTION, in order."""

    superuser: bool = False
    bypasses_rls: bool = False
    creates_databases: bool = False
    creates_roles: bool = False
    replicates: bool = False
    owns: bool = False
    may_become_owner: bool = False
    creates_tables: bool = False
    version: int = 18
    encoding: str = "UTF8"
    fsync: str = "on"
    full_page_writes: str = "on"
    synchronous_commit: str = "on"
    log_statement: str = "none"
    log_min_error_statement: str = "panic"
    log_error_verbosity: str = "terse"
    logs_slow_statements: bool = False
    has_timeout: bool = True


def facts(connection: Any) -> DatabaseFacts:
    with connection.cursor() as cursor:
        cursor.execute(QUESTION)
        return DatabaseFacts(*cursor.fetchone())


def walls(connection: Any) -> list[Fault]:
    """Row-level security and the other walls, compared with what the rooms declare."""
    from nrm.kernel.walls import faults

    return [Fault("walls", sentence) for sentence in faults(connection)]


CHECKS: list[Check[DatabaseFacts]] = [
    Check(
        "role-superuser",
        lambda f: f.superuser,
        "The server's role is a superuser: use nrm_web, or nrm_worker for the worker.",
    ),
    Check(
        "role-bypassrls", lambda f: f.bypasses_rls, "The server's role bypasses row security: use nrm_web."
    ),
    Check("role-owner", lambda f: f.owns, "The server's role owns tables or the database: use nrm_web."),
    Check(
        "role-member", lambda f: f.may_become_owner, "The server's role may become the owner: REVOKE that."
    ),
    Check(
        "role-creates",
        lambda f: f.creates_databases or f.creates_roles or f.replicates or f.creates_tables,
        "The server's role may create databases, roles, replicas or tables: use nrm_web, as in `opennrm roles`.",
    ),
    Check("database-version", lambda f: f.version < 15, "PostgreSQL is older than 15: upgrade it."),
    Check("database-encoding", lambda f: f.encoding != "UTF8", "The database is not UTF-8: make it anew."),
    Check("fsync", lambda f: f.fsync != "on", "fsync is off: a power cut would lose children's records."),
    Check("full-page-writes", lambda f: f.full_page_writes != "on", "full_page_writes is off: turn it on."),
    Check(
        "synchronous-commit",
        lambda f: f.synchronous_commit == "off",
        "synchronous_commit is off: an act could be confirmed and then lost; turn it on.",
    ),
    Check(
        "database-log",
        lambda f: (
            f.log_statement != "none"
            or f.logs_slow_statements
            or f.log_min_error_statement != "panic"
            or f.log_error_verbosity != "terse"
        ),
        "The database's log would hold names: set log_statement none, log_min_duration_statement -1, "
        "log_min_error_statement panic and log_error_verbosity terse.",
    ),
    Check(
        "statement-timeout",
        lambda f: not f.has_timeout,
        "The role has no statement_timeout: take over the SQL of `opennrm roles`.",
    ),
]
