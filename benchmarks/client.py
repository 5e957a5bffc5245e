"""A small browser: one kept-alive connection, cookies, and how long the whole answer took."""

import http.client
import re
import time
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from benchmarks.register import PASSWORD


class Unexpected(Exception):
    """An answer of another class than the measure is about."""


class Browser:
    """One person's. Not shared between threads."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.connection.connect()
        self.cookies: dict[str, str] = {}
        self.body = ""

    def send(
        self, method: str, path: str, form: dict[str, object] | None = None, *, status: int = 200
    ) -> float:
        """Seconds until the last byte; the text stays in `body`. Raises Unexpected for another status."""
        said = None if form is None else urlencode(form | {"csrfmiddlewaretoken": self.token}, doseq=True)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if said is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.perf_counter()
        self.connection.request(method, path, body=said, headers=headers)
        answer = self.connection.getresponse()
        body = answer.read()
        took = time.perf_counter() - began
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                self.cookies |= {key: morsel.value for key, morsel in SimpleCookie(value).items()}
        self.body = body.decode()
        if answer.status != status:
            raise Unexpected(f"{method} {path}: {answer.status} instead of {status}: {_words(self.body)}")
        return took

    @property
    def token(self) -> str:
        return self.cookies.get("csrf") or self.cookies.get("csrftoken") or ""

    def sign_in(self, email: str) -> None:
        """Through the page, as people do."""
        self.send("GET", "/sign-in/")
        self.send("POST", "/sign-in/", {"login": email, "password": PASSWORD}, status=302)


def _words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())[:400]
