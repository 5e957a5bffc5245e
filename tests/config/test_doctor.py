"""The doctor: thirty-odd ways to serve children's data unsafely, each refused by its name."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from config.doctor import database, files, settings
from config.doctor.check import run
from tests.config.conftest import ROOT, opennrm

SECRET = "kR7-vQ2xW9_zLm4TnB8cYd3FhJ6sPg5XuAe1NoKiEwZyMqGbHt"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "config.middleware.Headers",
    "django.middleware.csrf.CsrfViewMiddleware",
    "config.middleware.Sessions",
    "config.middleware.SignedIn",
    "config.middleware.Walls",
]
SOUND: dict[str, Any] = {
    "PRODUCTION": True,
    "DEBUG": False,
    "DEMO": False,
    "SECRET_KEY": SECRET,
    "SECRET_KEY_FALLBACKS": [],
    "ALLOWED_HOSTS": ["nrm.example.org"],
    "CSRF_TRUSTED_ORIGINS": ["https://nrm.example.org"],
    "SESSION_COOKIE_SECURE": True,
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "SESSION_COOKIE_NAME": "__Host-session",
    "SESSION_COOKIE_DOMAIN": None,
    "SESSION_COOKIE_AGE": 36_000,
    "SESSION_ENGINE": "django.contrib.sessions.backends.db",
    "CSRF_COOKIE_SECURE": True,
    "SECURE_SSL_REDIRECT": True,
    "SECURE_HSTS_SECONDS": 31_536_000,
    "SECURE_CONTENT_TYPE_NOSNIFF": True,
    "X_FRAME_OPTIONS": "DENY",
    "SECURE_REFERRER_POLICY": "no-referrer",
    "MIDDLEWARE": MIDDLEWARE,
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.Argon2PasswordHasher"],
    "AUTH_PASSWORD_VALIDATORS": [{"NAME": "x.MinimumLengthValidator", "OPTIONS": {"min_length": 15}}],
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "EMAIL_HOST": "localhost",
    "EMAIL_TIMEOUT": 10,
    "DEFAULT_FROM_EMAIL": "OpenNRM <post@nrm.example.org>",
    "CACHES": {"default": {"BACKEND": "config.shared_cache.SharedCache"}},
    "LOGGING": {"root": {"level": "WARNING"}, "loggers": {"django": {"level": "WARNING"}}},
    "INSTALLED_APPS": ["django.contrib.auth"],
    "DATA_UPLOAD_MAX_MEMORY_SIZE": 1_000_000,
    "USE_TZ": True,
    "DATABASES": {"default": {"HOST": "/run/postgresql", "OPTIONS": {}}},
}


def names(told: dict[str, Any]) -> list[str]:
    return [fault.name for fault in run(settings.CHECKS, SimpleNamespace(**told))]


def without(middleware: str) -> dict[str, Any]:
    return {"MIDDLEWARE": [entry for entry in MIDDLEWARE if not entry.endswith(f".{middleware}")]}


BAD: list[tuple[str, dict[str, Any]]] = [
    ("production", {"PRODUCTION": False}),
    ("debug", {"DEBUG": True}),
    ("demo", {"DEMO": True}),
    ("secret-key", {"SECRET_KEY": "short"}),
    ("secret-key", {"SECRET_KEY": ""}),
    ("secret-key", {"SECRET_KEY": "a" * 60}),
    ("secret-key", {"SECRET_KEY": "django-insecure-" + SECRET}),
    ("secret-key", {"SECRET_KEY": "for-development-only-and-refused-by-the-doctor"}),
    ("secret-key-fallbacks", {"SECRET_KEY_FALLBACKS": ["last-year"]}),
    ("hosts-named", {"ALLOWED_HOSTS": []}),
    ("hosts-wildcard", {"ALLOWED_HOSTS": ["nrm.example.org", "*"]}),
    ("origins-https", {"CSRF_TRUSTED_ORIGINS": ["http://nrm.example.org"]}),
    ("session-cookie-secure", {"SESSION_COOKIE_SECURE": False}),
    ("session-cookie-httponly", {"SESSION_COOKIE_HTTPONLY": False}),
    ("session-cookie-samesite", {"SESSION_COOKIE_SAMESITE": "None"}),
    ("session-cookie-host", {"SESSION_COOKIE_NAME": "sessionid"}),
    ("session-cookie-host", {"SESSION_COOKIE_DOMAIN": ".example.org"}),
    ("session-length", {"SESSION_COOKIE_AGE": 14 * 24 * 3600}),
    ("session-store", {"SESSION_ENGINE": "django.contrib.sessions.backends.signed_cookies"}),
    ("csrf-cookie-secure", {"CSRF_COOKIE_SECURE": False}),
    ("https-only", {"SECURE_SSL_REDIRECT": False}),
    ("hsts", {"SECURE_HSTS_SECONDS": 0}),
    ("nosniff", {"SECURE_CONTENT_TYPE_NOSNIFF": False}),
    ("frames", {"X_FRAME_OPTIONS": "SAMEORIGIN"}),
    ("referrer", {"SECURE_REFERRER_POLICY": "unsafe-url"}),
    ("middleware-securitymiddleware", without("SecurityMiddleware")),
    ("middleware-csrfviewmiddleware", without("CsrfViewMiddleware")),
    ("middleware-headers", without("Headers")),
    ("middleware-sessions", without("Sessions")),
    ("middleware-signedin", without("SignedIn")),
    ("middleware-walls", without("Walls")),
    ("password-hash", {"PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"]}),
    ("password-length", {"AUTH_PASSWORD_VALIDATORS": []}),
    ("mail-sent", {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}),
    ("mail-from", {"DEFAULT_FROM_EMAIL": "OpenNRM <opennrm@localhost>"}),
    ("mail-from", {"DEFAULT_FROM_EMAIL": ""}),
    ("mail-timeout", {"EMAIL_TIMEOUT": None}),
    ("mail-encrypted", {"EMAIL_HOST": "mail.example.org"}),
    ("log-statements", {"LOGGING": {"loggers": {"django.db.backends": {"level": "DEBUG"}}}}),
    ("log-level", {"LOGGING": {"root": {"level": "DEBUG"}}}),
    ("developers-apps", {"INSTALLED_APPS": ["debug_toolbar"]}),
    ("upload-limit", {"DATA_UPLOAD_MAX_MEMORY_SIZE": None}),
    ("time-zones", {"USE_TZ": False}),
    ("database-encrypted", {"DATABASES": {"default": {"HOST": "db.example.org", "OPTIONS": {}}}}),
]


def test_sound_settings_are_let_through() -> None:
    assert names(SOUND) == []


@pytest.mark.parametrize(("name", "change"), BAD)
def test_a_bad_setting_is_refused_by_its_name(name: str, change: dict[str, Any]) -> None:
    assert names(SOUND | change) == [name]


def test_several_workers_must_count_together(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = {"CACHES": {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}}
    assert names(SOUND | alone) == []
    monkeypatch.setenv("NRM_WORKERS", "2")
    assert names(SOUND | alone) == ["cache-shared"]


def test_no_check_is_without_a_bad_example() -> None:
    tried = {name for name, _ in BAD} | {"cache-shared"}
    assert tried == {check.name for check in settings.CHECKS}


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("role-superuser", {"superuser": True}),
        ("role-bypassrls", {"bypasses_rls": True}),
        ("role-owner", {"owns": True}),
        ("role-member", {"may_become_owner": True}),
        ("role-creates", {"creates_databases": True}),
        ("role-creates", {"creates_tables": True}),
        ("database-version", {"version": 14}),
        ("database-encoding", {"encoding": "SQL_ASCII"}),
        ("fsync", {"fsync": "off"}),
        ("full-page-writes", {"full_page_writes": "off"}),
        ("synchronous-commit", {"synchronous_commit": "off"}),
        ("database-log", {"log_statement": "all"}),
        ("database-log", {"log_min_error_statement": "error"}),
        ("database-log", {"logs_slow_statements": True}),
        ("statement-timeout", {"has_timeout": False}),
    ],
)
def test_a_careless_database_is_refused_by_name(name: str, change: dict[str, Any]) -> None:
    bad = replace(database.DatabaseFacts(), **change)
    assert [fault.name for fault in run(database.CHECKS, bad)] == [name]


class Asks:
    """As much of Django's connection as the doctor uses."""

    def __init__(self, url: str) -> None:
        import psycopg

        self.psycopg = psycopg.connect(url)

    def cursor(self) -> Any:
        return self.psycopg.cursor()


@pytest.mark.parametrize(
    ("role", "refused"),
    [
        ("nrm_web", []),
        ("nrm_owner", ["role-owner", "role-member", "role-creates", "statement-timeout"]),
        (
            "postgres",
            ["role-superuser", "role-bypassrls", "role-member", "role-creates", "statement-timeout"],
        ),
    ],
)
def test_the_living_server_is_asked_as_the_role_itself(server: Any, role: str, refused: list[str]) -> None:
    asking = Asks(server.url(role))
    found = [fault.name for fault in run(database.CHECKS, database.facts(asking))]
    asking.psycopg.close()
    assert found == refused


@pytest.fixture
def key(tmp_path: Path) -> Path:
    tmp_path.chmod(0o700)
    file = tmp_path / "key"
    file.write_text(SECRET)
    file.chmod(0o400)
    return file


def around(key: Path, **more: str) -> files.Surroundings:
    documents = key.parent / "documents"
    documents.mkdir(mode=0o700, exist_ok=True)
    named = {"SECRET_KEY_FILE": str(key), "DOCUMENT_KEY_FILE": str(key), "NRM_DOCUMENTS": str(documents)}
    return files.Surroundings(environment=named | more, user=1000)


def test_a_closed_key_file_is_let_through(key: Path) -> None:
    assert run(files.CHECKS, around(key)) == []


def test_a_key_that_others_could_take_or_replace_is_refused_by_name(key: Path) -> None:
    def found(here: files.Surroundings) -> list[str]:
        return [fault.name for fault in run(files.CHECKS, here)]

    assert found(around(key, SECRET_KEY=SECRET)) == ["secret-in-environment"]
    assert found(around(key, OWNER_DATABASE_URL="x")) == ["owner-in-environment"]
    assert found(replace(around(key), user=0)) == ["not-root"]
    nothing_named = found(files.Surroundings({}, user=1000))
    assert nothing_named == ["key-file-named", "document-key-named", "documents-folder"]
    assert found(around(key.with_name("absent"))) == ["key-file-there"]
    key.chmod(0o440)
    assert found(around(key)) == ["key-file-mode"]
    key.chmod(0o400)
    key.parent.chmod(0o777)
    assert found(around(key)) == ["key-file-folder"]


def test_a_key_or_a_folder_of_documents_that_is_not_safe_is_refused_by_name(key: Path) -> None:
    def found(**more: str) -> list[str]:
        return [fault.name for fault in run(files.CHECKS, around(key, **more))]

    other = key.with_name("documents-key")
    for text in ("", "short", "a" * 60, f"{SECRET}\nshort"):
        other.unlink(missing_ok=True)
        other.write_text(text)
        other.chmod(0o400)
        assert found(DOCUMENT_KEY_FILE=str(other)) == ["document-key-weak"]
    assert found(NRM_DOCUMENTS=str(key.parent / "absent")) == ["documents-folder"]
    assert found(NRM_DOCUMENTS="documents") == ["documents-folder"]
    assert found(NRM_DOCUMENTS=str(key.parent)) == ["document-key-apart"]
    (key.parent / "documents").chmod(0o750)
    assert found() == ["documents-folder"]


@pytest.mark.parametrize(
    ("set_to", "answers", "said"),
    [
        ("", False, "no virus scanner is set"),
        ("/run/clamd", False, "does not answer"),
        ("/run/clamd", True, ""),
    ],
)
def test_the_doctor_says_who_looks_into_files(
    set_to: str, answers: bool, said: str, settings: Any, monkeypatch: pytest.MonkeyPatch, db: None
) -> None:
    from config.doctor import notes
    from nrm.kernel.files import scanner

    settings.CLAMD = set_to
    monkeypatch.setattr(scanner, "answers", lambda: answers)
    told = [line for line in notes() if line.startswith("files: ")]
    assert len(told) == bool(said) and said in "".join(told)


def test_our_own_settings_pass_in_production_and_not_on_a_desk(key: Path) -> None:
    script = (
        "from django.conf import settings as s; from config.doctor import settings as c;"
        "from config.doctor.check import run; print(*[f.name for f in run(c.CHECKS, s)])"
    )
    plain = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    desk = plain | {"DJANGO_SETTINGS_MODULE": "config.settings"}
    served = desk | {
        "NRM_PRODUCTION": "1",
        "SECRET_KEY_FILE": str(key),
        "ALLOWED_HOSTS": "nrm.example.org",
        "DEFAULT_FROM_EMAIL": "OpenNRM <post@nrm.example.org>",
    }

    def found(environment: dict[str, str]) -> list[str]:
        command = [sys.executable, "-c", script]
        return subprocess.check_output(command, cwd=ROOT, env=environment, text=True).split()

    assert found(served) == []
    assert {"production", "secret-key", "session-cookie-secure"} <= set(found(desk))


def test_serving_stops_at_the_first_look_when_anything_is_unsafe(server: Any, key: Path) -> None:
    # Given the owner's address where the server's belongs, and an open key file
    key.chmod(0o444)
    done = opennrm("serve", "--port", "18321", DATABASE_URL=server.url("nrm_owner"), SECRET_KEY_FILE=str(key))
    # Then nothing is served, and each fault is named
    assert done.returncode == 1
    assert "role-owner: " in done.stderr
    assert "key-file-mode: " in done.stderr
    assert "OpenNRM: Not served" in done.stderr
    assert "Traceback" not in done.stderr
