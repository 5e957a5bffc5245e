"""Bare Django on the same server and database: what each of our pages is compared with. Nothing is protected.

BENCH_STOCK=1 adds what `django-admin startproject` brings: its middleware, a session in the database, a signed-in
user. Without it there is no middleware at all. Importing this module sets Django up: it is a site of its own.
"""

import os
from typing import Any

import django
from django.conf import settings

from benchmarks.bare_tables import SCHEMA
from config.dsn import django_database

STOCK = os.environ.get("BENCH_STOCK") == "1"
PAGE = 25

LIST = """<!doctype html><html lang="en"><head><title>List</title></head><body><h1>List</h1><ul>
{% for item in items %}<li><a href="/{{ item.pk }}/">{{ item.title }}</a> {{ item.place }} {{ item.due }}</li>
{% endfor %}
</ul></body></html>"""
ONE = """<!doctype html><html lang="en"><head><title>{{ item.title }}</title></head><body><h1>{{ item.title }}</h1>
<p>{{ item.place }} {{ item.due }}</p><p>{{ item.note }}</p></body></html>"""


MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]


def _settings() -> dict[str, Any]:
    database = django_database(os.environ["NRM_DATABASE_URL"])
    database["CONN_MAX_AGE"] = 0
    database["OPTIONS"] |= {
        "pool": {"min_size": 2, "max_size": 16, "timeout": 5},
        "options": f"-c search_path={SCHEMA}",
    }
    if __name__ == "__main__":  # makes its own tables, as their owner
        owner = django_database(os.environ["NRM_OWNER_URL"])
        database |= owner | {"OPTIONS": {"options": f"-c search_path={SCHEMA}"}}
    loader = ("django.template.loaders.locmem.Loader", {"list": LIST, "one": ONE})
    return {
        "DATABASES": {"default": database},
        "INSTALLED_APPS": [
            f"django.contrib.{name}" for name in ("contenttypes", "auth", "sessions", "messages")
        ],
        "MIDDLEWARE": MIDDLEWARE if STOCK else [],
        "ROOT_URLCONF": __name__,
        "ALLOWED_HOSTS": ["127.0.0.1"],
        "SECRET_KEY": "bare",
        "USE_TZ": True,
        "LOGIN_URL": "/enter/",
        "TEMPLATES": [
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "OPTIONS": {"loaders": [("django.template.loaders.cached.Loader", [loader])]},
            }
        ],
    }


settings.configure(**_settings())
django.setup()

from django.contrib.auth import get_user_model, login  # noqa: E402 Django must be set up before models
from django.contrib.auth.decorators import login_required  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import models, transaction  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.middleware.csrf import get_token  # noqa: E402
from django.shortcuts import redirect, render  # noqa: E402
from django.urls import path  # noqa: E402
from django.utils import timezone  # noqa: E402


class Item(models.Model):
    owner = models.IntegerField()
    due = models.DateTimeField()
    title = models.TextField()
    place = models.TextField()
    note = models.TextField()

    class Meta:
        app_label = "bare"
        db_table = "item"


class Trail(models.Model):
    id = models.BigAutoField(primary_key=True)
    item = models.BigIntegerField()
    at = models.DateTimeField()
    who = models.TextField()

    class Meta:
        app_label = "bare"
        db_table = "trail"


class Note(models.Model):
    id = models.BigAutoField(primary_key=True)
    item = models.BigIntegerField()
    at = models.DateTimeField()
    text = models.TextField()

    class Meta:
        app_label = "bare"
        db_table = "note"


def a_list(request: HttpRequest, owner: int) -> HttpResponse:
    """Twenty-five rows of an indexed list."""
    return render(request, "list", {"items": Item.objects.filter(owner=owner).order_by("due")[:PAGE]})


def one(request: HttpRequest, key: int) -> HttpResponse:
    """One record, and one row that says who looked."""
    item = Item.objects.get(pk=key)
    Trail.objects.create(item=key, at=timezone.now(), who="somebody")
    return render(request, "one", {"item": item})


def write(request: HttpRequest, key: int) -> HttpResponse:
    """One transaction of two inserts."""
    with transaction.atomic():
        Note.objects.create(item=key, at=timezone.now(), text=request.POST["text"])
        Trail.objects.create(item=key, at=timezone.now(), who="somebody")
    return redirect(f"/{key}/")


def enter(request: HttpRequest) -> HttpResponse:
    """Sign in, with no more ado."""
    user, _ = get_user_model().objects.get_or_create(username="somebody")
    login(request, user)
    get_token(request)
    return HttpResponse("in")


def guarded(view: Any) -> Any:
    return login_required(view) if STOCK else view


urlpatterns = [
    path("enter/", enter),
    path("list/<int:owner>/", guarded(a_list)),
    path("<int:key>/", guarded(one)),
    path("<int:key>/write/", guarded(write)),
]
application = get_wsgi_application()

if __name__ == "__main__":
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
