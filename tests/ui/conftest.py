"""The gallery and a public page in a real browser: no server, no database; the test answers every request."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django import forms
from django.template import engines
from django.template.loader import render_to_string
from playwright.sync_api import Browser, Page, Route

from config.gallery import context
from nrm.kernel.forms import Form

ROOT = Path(__file__).resolve().parents[2]
SITE = "http://opennrm.test"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
PUBLIC = """{% extends "public.html" %}{% block title %}Tell us what you saw{% endblock %}
{% block languages %}<nav class="nav" aria-label="Languages"><ul><li><a href="?uk" lang="uk">Українська</a></li>
<li><a href="?ar" lang="ar">العربية</a></li></ul></nav>{% endblock %}
{% block main %}{% include "components/progress.html" with at=1 of=3 only %}
<h1>Did you see a child who needs help?</h1><p class="lead">Say what you saw. You need not give your name.</p>
{% include "components/ask.html" with text="Go on" guard="off" %}{% endblock %}"""


class Report(Form):
    saw = forms.CharField(
        label="What did you see?", widget=forms.Textarea(attrs={"maxlength": 4000, "rows": 5})
    )
    where = forms.CharField(label="Where was it?", required=False)


def drawn(name: str) -> str:
    """The HTML of a page: "filled", "wrong" and "blank" are the gallery's states."""
    if name == "public":
        seen = {"form": Report(), "exit_url": f"{SITE}/weather", "emergency_number": "112"}
        return engines["django"].from_string(PUBLIC).render(seen)
    if name == "error":
        return render_to_string("404.html", {"support_code": "4F-19-C2", "duty_desk": "0800 123 123"})
    if name == "session":
        return render_to_string("components_gallery.html", context("filled") | {"stay_url": "/stay/"})
    return render_to_string("components_gallery.html", context(name))


Opener = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser) -> Iterator[Opener]:
    """opened(name, width=…, rtl=…, script=…, strict=…): a page as a person sees it; strict keeps the policy."""
    contexts = []

    def open_page(
        name: str, *, width: int = 360, rtl: bool = False, script: bool = True, strict: bool = True
    ) -> Page:
        made = browser.new_context(
            viewport={"width": width, "height": 800}, java_script_enabled=script, bypass_csp=not strict
        )
        contexts.append(made)
        page = made.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.said = said  # type: ignore[attr-defined]

        def answer(route: Route) -> None:
            address = route.request.url
            if "/static/" in address:
                route.fulfill(path=ROOT / "static" / address.rsplit("/static/", 1)[1])
            elif route.request.method == "GET" and address == f"{SITE}/{name}/":
                html = drawn(name)
                html = html.replace('dir="ltr"', 'dir="rtl"', 1) if rtl else html
                headers = {"Content-Security-Policy": POLICY, "Content-Type": "text/html; charset=utf-8"}
                route.fulfill(body=html, headers=headers)
            else:
                route.fulfill(
                    status=200, body="<!DOCTYPE html><title>Weather</title>", content_type="text/html"
                )

        page.route("**/*", answer)
        page.goto(f"{SITE}/{name}/")
        return page

    yield open_page
    for made in contexts:
        made.close()
