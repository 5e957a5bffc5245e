"""Every address of the project, walked by everybody: what is absent, what is recorded, what never shows."""

import logging
import re
from collections.abc import Callable, Iterator

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from config.middleware import HEADERS
from nrm.casefile.act import ACTS
from tests.addresses import ABSENT, ADDRESSES, Address, act_screens
from tests.serving import Staged
from tests.stage import cast_file
from tests.staged import MARKED, MARKERS
from tests.walk.conftest import As

PEOPLE = {key: told["agency"] for key, told in cast_file()["people"].items()}
ALL_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "TRACE")
CHANGES = re.compile(
    rb'value="[^"]{20,}"|content="[^"]*"|: [0-9A-F]{6}\b'
)  # csrf tokens and signed words, the code of an error page
OF_ALLAUTH = ("sign-in", "account_login", "sign-out", "account_logout")  # send whoever is signed in elsewhere
MAY_DIFFER = {"Content-Length", "Set-Cookie"}


def names(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern.url_patterns)
        elif pattern.name:
            yield pattern.name


def test_every_name_of_the_resolver_is_in_the_list() -> None:
    assert set(names(get_resolver().url_patterns)) == {address.name for address in ADDRESSES}


def path_of(address: Address, reference: str = "", act: str = "") -> str:
    kwargs = dict(address.kwargs)
    if address.of_a_case:
        kwargs["reference"] = reference
    if address.of_an_act:
        kwargs["room"], kwargs["verb"] = act.split(".")
    return reverse(address.name, kwargs=kwargs)


def every_path(reference: str) -> Iterator[tuple[Address, str]]:
    """Each address; those of acts for each act that has that address."""
    for address in ADDRESSES:
        if not address.of_an_act:
            yield address, path_of(address, reference)
            continue
        for name, act in ACTS.items():
            if (act.on_case and not act.opens) == address.of_a_case:
                yield address, path_of(address, reference, name)


def ask(client: Client, method: str, path: str, *, hers: bool = False) -> HttpResponse:
    """The answer, in order; `hers`: the page may speak of the child whose words are markers."""
    if method == "POST" and path.startswith("/api/"):
        answer = client.post(path, "{}", content_type="application/json")
    else:
        answer = client.generic(method, path)
    is_in_order(answer)
    if not hers:
        says_nothing(answer)
    return answer


def is_in_order(answer: HttpResponse) -> None:
    """What holds for every answer: never an error of ours, and the headers."""
    assert answer.status_code < 500
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
    assert answer.headers["Cache-Control"] == "no-store"


def says_nothing(answer: HttpResponse) -> None:
    """No word of another's child in the page, its headers or cookies."""
    said = answer.content.decode() + str(dict(answer.headers)) + str(answer.cookies)
    assert not [word for word in MARKED if word in said]


def compared(answer: HttpResponse) -> tuple[int, bytes, dict[str, str]]:
    headers = {name: value for name, value in answer.headers.items() if name not in MAY_DIFFER}
    return answer.status_code, CHANGES.sub(b"*", answer.content), headers


@pytest.mark.parametrize("who", [key for key, agency in PEOPLE.items() if agency != PEOPLE["lea"]])
def test_everybody_walks_everywhere_and_meets_no_other_child(
    who: str, as_: As, staged: Staged, caplog: pytest.LogCaptureFixture
) -> None:
    """Every address, with a foreign case and one that does not exist: the same answer, byte for byte."""
    client = as_(who)
    caplog.set_level(logging.DEBUG)
    some = ("casefile.share", "contact.give_information", "identification.confirm")
    for address in ADDRESSES:
        if address.name in ("sign-out", "account_logout", "become"):
            continue
        for act in some if address.of_an_act else ("",):
            for method in set(address.methods) - {"HEAD"}:
                foreign = ask(client, method, path_of(address, staged.cases["secret"], act))
                if not address.of_a_case:
                    continue
                absent = ask(client, method, path_of(address, ABSENT, act))
                assert foreign.status_code == 404
                assert compared(foreign) == compared(absent)
    for word in MARKERS.values():
        found = client.post("/find/", {"text": word})
        assert found.status_code == 200 and staged.cases["secret"] not in found.content.decode()
    assert not [word for word in MARKED if word in caplog.text or word in str(mail.outbox)]


def test_whoever_reads_the_case_meets_the_markers(as_: As, staged: Staged) -> None:
    """The words that are looked for can be found: else the walk proves nothing."""
    page = as_("lea").get(reverse("case", args=[staged.cases["secret"]])).content.decode()
    assert "Zzgivenmark" in page and "Zzstorymark" in page


@pytest.mark.parametrize("who", ["omar", "gero", "vera"])
def test_every_act_on_a_foreign_case_is_absent(who: str, as_: As, staged: Staged) -> None:
    client = as_(who)
    for address, path in every_path(staged.cases["secret"]):
        if address.of_a_case:
            for method in set(address.methods) - {"HEAD"}:
                foreign = ask(client, method, path)
                absent = ask(client, method, path.replace(staged.cases["secret"], ABSENT))
                assert foreign.status_code == 404
                assert compared(foreign) == compared(absent)


def test_nobody_passes_without_signing_in(as_: As, staged: Staged) -> None:
    for address, path in every_path(staged.cases["decided"]):
        method = "POST" if "GET" not in address.methods else "GET"
        answer = ask(as_(""), method, path)
        if not address.anyone:
            assert answer.status_code == 302 and answer.headers["Location"].split("?")[0] in (
                "/sign-in/",
                "/",
            )


def test_no_page_shows_a_child_without_a_row_in_the_trail(
    as_: As, staged: Staged, looks: Callable[[str, str], int]
) -> None:
    """The page of every act, and every page of a case, by somebody who may see it."""
    pages = [
        (screen.who, screen.case, screen.path(staged)) for screen in act_screens(staged) if screen.case
    ] + [
        ("mira", "decided", path_of(address, staged.cases["decided"]))
        for address in ADDRESSES
        if address.of_a_case and not address.of_an_act and "key" not in address.kwargs
    ]
    assert len(pages) > 50
    for who, case, path in pages:
        before = looks(who, staged.cases[case])
        assert ask(as_(who), "GET", path, hers=case == "secret").status_code == 200, path
        assert looks(who, staged.cases[case]) == before + 1, path


def test_a_wrong_method_is_answered_with_a_page_that_says_so(as_: As, staged: Staged) -> None:
    for address, path in every_path(staged.cases["decided"]):
        for method in ALL_METHODS:
            if method in address.methods or address.name in OF_ALLAUTH:
                continue
            answer = ask(as_("mira"), method, path)
            assert answer.status_code == 405, (method, path)
            assert "GET" not in answer.headers["Allow"] or "GET" in address.methods
            if method not in ("HEAD", "TRACE") and not path.startswith("/api/"):
                assert "This page cannot be used like that" in answer.content.decode()
