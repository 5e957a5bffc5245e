"""Who may do what in the database: six roles, none of them a superuser.

If the web role's password is lost, row-level security still stands between the thief and every other case.
"""

DATABASE = "opennrm"
EXTENSIONS = ("pg_trgm", "btree_gist", "unaccent")

ATTRIBUTES = {
    # migrations; owns the tables, so every table with a child in it FORCEs row-level security on it too
    "nrm_owner": "LOGIN CREATEDB NOSUPERUSER NOCREATEROLE NOREPLICATION NOBYPASSRLS",
    # the server
    "nrm_web": "LOGIN NOCREATEDB NOSUPERUSER NOCREATEROLE NOREPLICATION NOBYPASSRLS NOINHERIT",
    # owns the few security-definer functions that must see every row; nobody logs in as it
    "nrm_keeper": "NOLOGIN NOCREATEDB NOSUPERUSER NOCREATEROLE NOREPLICATION BYPASSRLS",
    # the worker: sends mails; reads no table of a child
    "nrm_worker": "LOGIN NOCREATEDB NOSUPERUSER NOCREATEROLE NOREPLICATION NOBYPASSRLS NOINHERIT",
    # what the worker becomes to renew one case at a time, named in a signature; nobody logs in as it
    "nrm_clock": "NOLOGIN NOCREATEDB NOSUPERUSER NOCREATEROLE NOREPLICATION NOBYPASSRLS",
    # statistics: counts only, through views
    "nrm_counts": "LOGIN NOCREATEDB NOSUPERUSER NOCREATEROLE NOREPLICATION NOBYPASSRLS NOINHERIT",
}

SETTINGS = """\
ALTER ROLE nrm_owner SET lock_timeout = '3s';
ALTER ROLE nrm_web SET statement_timeout = '5s';
ALTER ROLE nrm_web SET lock_timeout = '3s';
ALTER ROLE nrm_web SET idle_in_transaction_session_timeout = '30s';
ALTER ROLE nrm_worker SET statement_timeout = '30s';
ALTER ROLE nrm_worker SET lock_timeout = '10s';
ALTER ROLE nrm_worker SET idle_in_transaction_session_timeout = '30s';
ALTER ROLE nrm_counts SET statement_timeout = '60s';
ALTER ROLE nrm_counts SET default_transaction_read_only = on;
"""


def roles_only_sql() -> str:
    """The roles and what holds for them in every database; may be run again at any time."""
    lines = []
    for role, attributes in ATTRIBUTES.items():
        lines.append(
            f"DO $$ BEGIN CREATE ROLE {role}; "
            "EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;"
        )
        lines.append(f"ALTER ROLE {role} {attributes};")
    return "\n".join([*lines, "GRANT nrm_keeper TO nrm_owner;", "GRANT nrm_clock TO nrm_worker;", SETTINGS])


def in_database_sql() -> str:
    """What a superuser prepares inside each database (here: inside template1, so that tests have it)."""
    extensions = [f"CREATE EXTENSION IF NOT EXISTS {name};" for name in EXTENSIONS]
    return "\n".join(
        [
            *extensions,
            "REVOKE CREATE ON SCHEMA public FROM PUBLIC;",
            "GRANT USAGE ON SCHEMA public TO nrm_web, nrm_worker, nrm_clock, nrm_counts;",
            "GRANT USAGE, CREATE ON SCHEMA public TO nrm_keeper;",
            "",
        ]
    )


def doors_sql(database: str = DATABASE) -> str:
    """Only our roles may connect; temporary tables could shadow names inside definer functions."""
    return (
        f"REVOKE ALL ON DATABASE {database} FROM PUBLIC;\n"
        f"GRANT CONNECT ON DATABASE {database} TO nrm_web, nrm_worker, nrm_counts;\n"
    )


def roles_sql(database: str = DATABASE) -> str:
    """What a database administrator feeds to psql as a superuser before the first `opennrm migrate`."""
    return f"""\
-- OpenNRM: roles and database. Run as a superuser: opennrm roles | psql -v ON_ERROR_STOP=1 -d postgres
-- Then give passwords with \\password nrm_owner, nrm_web, nrm_worker and nrm_counts.
{roles_only_sql()}
SELECT 'CREATE DATABASE {database} OWNER nrm_owner ENCODING ''UTF8'' LOCALE ''C.UTF-8'' TEMPLATE template0'
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{database}') \\gexec
{doors_sql(database)}
\\connect {database}
{in_database_sql()}"""
