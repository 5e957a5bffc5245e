"""Just enough Django to draw the shared templates alone: no database, no room."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SECRET_KEY = "only for drawing the gallery in tests"
USE_TZ = True
TIME_ZONE = "Europe/Vienna"
LANGUAGE_CODE = "en"
INSTALLED_APPS = ["django.forms", "django.contrib.staticfiles"]
FORM_RENDERER = "nrm.kernel.forms.Renderer"
STATIC_URL = "/static/"
STATICFILES_DIRS = [ROOT / "static"]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.i18n"]},
    }
]
