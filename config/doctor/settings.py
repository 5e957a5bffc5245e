"""Checks of Django's settings. Each `wrong` reads a settings object, so a test can hand in any bad one."""

import os
from collections.abc import Iterator
from email.utils import parseaddr
from typing import Any

from config.doctor.check import Check

TEN_HOURS = 10 * 60 * 60
KEPT_SESSIONS = ("backends.db", "backends.cached_db", "config.sessions")
YEAR = 365 * 24 * 60 * 60
SHORTEST_SECRET = 50
SHORTEST_PASSWORD = 15
MAILS_NOBODY = ("console", "filebased", "locmem", "dummy")
PRIVATE_CACHES = ("LocMemCache", "DummyCache")
DEVELOPERS_APPS = {"debug_toolbar", "django_extensions", "silk", "django_browser_reload"}
SENT_IN_CLEAR_OK = {"localhost", "127.0.0.1", "::1", ""}


def get(settings: Any, name: str, default: Any = None) -> Any:
    return getattr(settings, name, default)


def weak(secret: str) -> bool:
    guessable = ("django-insecure", "change", "secret", "example", "test", "default", "for-dev")
    return len(secret) < SHORTEST_SECRET or len(set(secret)) < 12 or secret.lower().startswith(guessable)


def loggers(settings: Any) -> Iterator[tuple[str, str]]:
    told = get(settings, "LOGGING") or {}
    yield "root", str(told.get("root", {}).get("level", ""))
    for name, logger in told.get("loggers", {}).items():
        yield name, str(logger.get("level", ""))


def shortest_password(settings: Any) -> int:
    for validator in get(settings, "AUTH_PASSWORD_VALIDATORS", []):
        if validator["NAME"].endswith("MinimumLengthValidator"):
            return int(validator.get("OPTIONS", {}).get("min_length", 8))
    return 0


def travels_in_clear(settings: Any) -> bool:
    database = get(settings, "DATABASES", {}).get("default", {})
    host = str(database.get("HOST") or "")
    near = not host or host.startswith(("/", "@")) or host in SENT_IN_CLEAR_OK
    return not near and database.get("OPTIONS", {}).get("sslmode") != "verify-full"


def counts_anew_in_each_process(settings: Any) -> bool:
    backend = str(get(settings, "CACHES", {}).get("default", {}).get("BACKEND", ""))
    return backend.endswith(PRIVATE_CACHES) and int(os.environ.get("NRM_WORKERS", "1")) > 1


def lacks_middleware(name: str) -> Check[Any]:
    return Check(
        f"middleware-{name.lower()}",
        lambda s: not any(entry.endswith(f".{name}") for entry in get(s, "MIDDLEWARE", [])),
        f"MIDDLEWARE lacks {name}: put it back.",
    )


def must_be_on(name: str, setting: str, why: str) -> Check[Any]:
    return Check(name, lambda s: get(s, setting) is not True, f"{setting} is off: {why}.")


CHECKS: list[Check[Any]] = [
    must_be_on(
        "production", "PRODUCTION", "set NRM_PRODUCTION=1, or what is meant for a desk would be served"
    ),
    Check("debug", lambda s: get(s, "DEBUG") is not False, "DEBUG is on: errors would show a child's data."),
    Check(
        "demo", lambda s: bool(get(s, "DEMO")), "DEMO is on: anybody may sign in as anybody; unset NRM_DEMO."
    ),
    Check(
        "secret-key",
        lambda s: weak(str(get(s, "SECRET_KEY", ""))),
        f"SECRET_KEY is short or guessable: make {SHORTEST_SECRET} random characters.",
    ),
    Check(
        "secret-key-fallbacks",
        lambda s: any(weak(str(old)) for old in get(s, "SECRET_KEY_FALLBACKS", [])),
        "SECRET_KEY_FALLBACKS holds a short or guessable key: remove it.",
    ),
    Check("hosts-named", lambda s: not get(s, "ALLOWED_HOSTS"), "ALLOWED_HOSTS is empty: name the server."),
    Check(
        "hosts-wildcard",
        lambda s: any(host in ("*", ".") for host in get(s, "ALLOWED_HOSTS", [])),
        "ALLOWED_HOSTS takes any name: name the server.",
    ),
    Check(
        "origins-https",
        lambda s: any(not str(o).startswith("https://") for o in get(s, "CSRF_TRUSTED_ORIGINS", [])),
        "CSRF_TRUSTED_ORIGINS trusts an unencrypted address: name https:// ones only.",
    ),
    must_be_on("session-cookie-secure", "SESSION_COOKIE_SECURE", "the session would travel unencrypted"),
    must_be_on("session-cookie-httponly", "SESSION_COOKIE_HTTPONLY", "a script could take the session"),
    Check(
        "session-cookie-samesite",
        lambda s: get(s, "SESSION_COOKIE_SAMESITE") not in ("Lax", "Strict"),
        "SESSION_COOKIE_SAMESITE is open: set Lax.",
    ),
    Check(
        "session-cookie-host",
        lambda s: (
            not str(get(s, "SESSION_COOKIE_NAME", "")).startswith("__Host-")
            or bool(get(s, "SESSION_COOKIE_DOMAIN"))
        ),
        "The session cookie can be set by a neighbouring host: name it __Host-..., without a domain.",
    ),
    Check(
        "session-length",
        lambda s: not 0 < int(get(s, "SESSION_COOKIE_AGE", 0)) <= TEN_HOURS,
        "SESSION_COOKIE_AGE is over ten hours: a shift is not longer.",
    ),
    Check(
        "session-store",
        lambda s: not str(get(s, "SESSION_ENGINE", "")).endswith(KEPT_SESSIONS),
        "SESSION_ENGINE keeps sessions where they cannot be ended: use the database.",
    ),
    must_be_on("csrf-cookie-secure", "CSRF_COOKIE_SECURE", "the token would travel unencrypted"),
    must_be_on("https-only", "SECURE_SSL_REDIRECT", "unencrypted requests would be answered"),
    Check(
        "hsts",
        lambda s: int(get(s, "SECURE_HSTS_SECONDS", 0) or 0) < YEAR,
        "SECURE_HSTS_SECONDS is under a year: set 31536000.",
    ),
    must_be_on("nosniff", "SECURE_CONTENT_TYPE_NOSNIFF", "an upload could run as a page"),
    Check("frames", lambda s: get(s, "X_FRAME_OPTIONS") != "DENY", "X_FRAME_OPTIONS is not DENY: set it."),
    Check(
        "referrer",
        lambda s: get(s, "SECURE_REFERRER_POLICY") not in ("no-referrer", "same-origin"),
        "SECURE_REFERRER_POLICY tells other sites where a worker came from: set no-referrer.",
    ),
    lacks_middleware("SecurityMiddleware"),
    lacks_middleware("CsrfViewMiddleware"),
    lacks_middleware("Headers"),
    lacks_middleware("Sessions"),
    lacks_middleware("SignedIn"),
    lacks_middleware("Walls"),
    Check(
        "password-hash",
        lambda s: "Argon2" not in str((get(s, "PASSWORD_HASHERS") or [""])[0]),
        "PASSWORD_HASHERS does not begin with Argon2: put it first.",
    ),
    Check(
        "password-length",
        lambda s: shortest_password(s) < SHORTEST_PASSWORD,
        f"Passwords may be under {SHORTEST_PASSWORD} characters: raise MinimumLengthValidator.",
    ),
    Check(
        "mail-sent",
        lambda s: any(f".{kind}." in str(get(s, "EMAIL_BACKEND", "")) for kind in MAILS_NOBODY),
        "EMAIL_BACKEND sends nothing: name the mail server.",
    ),
    Check(
        "mail-from",
        lambda s: parseaddr(str(get(s, "DEFAULT_FROM_EMAIL", "")))[1].rpartition("@")[2] in SENT_IN_CLEAR_OK,
        "DEFAULT_FROM_EMAIL is nobody's address: name a mailbox that an administrator reads.",
    ),
    Check(
        "mail-timeout",
        lambda s: not 0 < (get(s, "EMAIL_TIMEOUT") or 0) <= 30,
        "EMAIL_TIMEOUT is missing or over 30 seconds: a dead mail server would hold every urgent mail.",
    ),
    Check(
        "mail-encrypted",
        lambda s: (
            get(s, "EMAIL_HOST", "") not in SENT_IN_CLEAR_OK
            and not (get(s, "EMAIL_USE_TLS") or get(s, "EMAIL_USE_SSL"))
        ),
        "Mail leaves this machine unencrypted: set EMAIL_USE_TLS.",
    ),
    Check(
        "cache-shared",
        counts_anew_in_each_process,
        "Several workers and a cache of each one's own: limits on signing in would count anew in each; "
        "set a shared CACHES, or serve with --workers 1.",
    ),
    Check(
        "log-statements",
        lambda s: any(name.startswith("django.db") and level == "DEBUG" for name, level in loggers(s)),
        "LOGGING writes every SQL statement, names included: raise django.db to WARNING.",
    ),
    Check(
        "log-level",
        lambda s: any(name in ("root", "django", "") and level == "DEBUG" for name, level in loggers(s)),
        "LOGGING is at DEBUG: raise it to INFO.",
    ),
    Check(
        "developers-apps",
        lambda s: bool(DEVELOPERS_APPS.intersection(get(s, "INSTALLED_APPS", []))),
        "INSTALLED_APPS holds a developer's tool that shows data: remove it.",
    ),
    Check(
        "upload-limit",
        lambda s: get(s, "DATA_UPLOAD_MAX_MEMORY_SIZE", 0) is None,
        "DATA_UPLOAD_MAX_MEMORY_SIZE is None: anybody could fill the memory; set a number.",
    ),
    must_be_on("time-zones", "USE_TZ", "legal time limits would be counted in nobody's time"),
    Check(
        "database-encrypted", travels_in_clear, "The database is far and sslmode is not verify-full: set it."
    ),
]
