"""Wiring: one file, everything that differs between installations comes from the environment.

Development and tests: the CLI sets NRM_DATABASE_URL (the web role) and NRM_OWNER_URL (migrations).
Production: DATABASE_URL, SECRET_KEY_FILE or SECRET_KEY, DOCUMENT_KEY_FILE, NRM_DOCUMENTS, ALLOWED_HOSTS;
`opennrm doctor` names what is unsafe.
"""

import os
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from config.dsn import django_database

ROOT = Path(__file__).resolve().parent.parent


def said(name: str, otherwise: str = "") -> str:
    return os.environ.get(name, otherwise)


def _kept_in(file: str) -> str:
    return Path(file).read_text().strip() if file else ""


def _secret() -> str:
    return _kept_in(said("SECRET_KEY_FILE")) or said(
        "SECRET_KEY", "for-development-only-and-refused-by-the-doctor"
    )


PRODUCTION = said("NRM_PRODUCTION") == "1"
DEMO = said("NRM_DEMO") == "1" and not PRODUCTION
DEBUG = said("NRM_DEBUG") == "1" and not PRODUCTION
SECRET_KEY = _secret()
COUNTRY_PACK = said("NRM_PACK", "xa")
ALLOWED_HOSTS = [
    host for host in said("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",") if host
]
CSRF_TRUSTED_ORIGINS = [origin for origin in said("CSRF_TRUSTED_ORIGINS").split(",") if origin]

ROOMS = [
    "kernel", "audit", "agencies", "messages", "casefile", "contact", "screening", "referral", "identification",
    "care", "services", "crossborder", "closure", "letters", "desk",
]  # fmt: skip
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "procrastinate.contrib.django",
    *(f"nrm.{room}" for room in ROOMS if (ROOT / "nrm" / room / "apps.py").exists()),
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.Headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.middleware.Sessions",
    "config.middleware.SignedIn",
    "allauth.account.middleware.AccountMiddleware",
    "config.middleware.Walls",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
FORM_RENDERER = "nrm.kernel.forms.Renderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "config.context.frame",
            ]
        },
    }
]


def _database(url: str) -> dict[str, Any]:
    made = django_database(url)
    made["CONN_MAX_AGE"] = 0 if said("NRM_POOL") == "1" else None
    made.setdefault("OPTIONS", {})
    if said("NRM_POOL") == "1":
        made["OPTIONS"]["pool"] = {"min_size": 2, "max_size": 16, "timeout": 5}
    return made


WEB_URL = said("NRM_DATABASE_URL") or said("DATABASE_URL") or "postgresql://nrm_web@/opennrm"
OWNER_URL = said("NRM_OWNER_URL") or said("OWNER_DATABASE_URL")
# The operator's commands (migrate, rehearse, demo) say NRM_AS_OWNER=1; the web process never does.
DATABASES = {"default": _database(OWNER_URL if said("NRM_AS_OWNER") == "1" and OWNER_URL else WEB_URL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "agencies.Person"
AUTHENTICATION_BACKENDS = ["config.accounts.Backend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "config.accounts.NoSelfRegistration"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/desk/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"

SESSION_ENGINE = "config.sessions"
SESSION_IDLE_SECONDS = 15 * 60
SESSION_WARN_SECONDS = 12 * 60
SESSION_COOKIE_AGE = 10 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_NAME = "__Host-session" if PRODUCTION else "session"
CSRF_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_NAME = "__Host-csrf" if PRODUCTION else "csrf"
CSRF_FAILURE_VIEW = "config.errors.csrf_failed"
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000  # a screening with ten episodes, all ticked, sends 856
DATA_UPLOAD_MAX_NUMBER_FILES = 4
FILE_UPLOAD_HANDLERS = ["nrm.kernel.files.uploading.InMemory"]
DOCUMENTS = Path(said("NRM_DOCUMENTS") or ROOT / ".run" / "documents")  # in production a folder of its own
DOCUMENT_KEY_FILE = said("DOCUMENT_KEY_FILE")
CLAMD = said("NRM_CLAMD")  # the virus scanner: its socket, or host:port

CACHES = {"default": {"BACKEND": "config.shared_cache.SharedCache"}}
EMAIL_BACKEND = said("EMAIL_BACKEND", "nrm.messages.smtp.Backend" if PRODUCTION else
                     "django.core.mail.backends.console.EmailBackend")  # fmt: skip
EMAIL_HOST = said("EMAIL_HOST", "localhost")
EMAIL_PORT = int(said("EMAIL_PORT", "25"))
EMAIL_USE_TLS = said("EMAIL_USE_TLS") == "1"
EMAIL_USE_SSL = said("EMAIL_USE_SSL") == "1"
EMAIL_HOST_USER = said("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = (
    Path(said("EMAIL_HOST_PASSWORD_FILE")).read_text().strip() if said("EMAIL_HOST_PASSWORD_FILE") else ""
)
EMAIL_FILE_PATH = said("EMAIL_FILE_PATH")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = said("DEFAULT_FROM_EMAIL", "OpenNRM <opennrm@localhost>")
MAIL_QUIET_MINUTES = int(
    said("MAIL_QUIET_MINUTES", "15")
)  # between two mails with one sentence to one person

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"  # of each room

USE_TZ = True
TIME_ZONE = said("NRM_TIME_ZONE", "Europe/Vienna")
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))] + (
    [] if PRODUCTION else [("en-xa", "Pseudo"), ("en-xb", "Pseudo, right to left")]
)
LANGUAGES_BIDI = ["ar", "fa", "he", "ps", "ur", "en-xb"]
LOCALE_PATHS = [ROOT / "locale"]

STATIC_URL = "/static/"
STATICFILES_DIRS = [ROOT / "static"]
STATIC_ROOT = ROOT / "var" / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION

# Exception texts can hold what a child said (SQL literals, form values): the log gets the type and the place only.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_texts": {"()": "config.logs.NoTexts"}},
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "filters": ["no_texts"], "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False}},
}
