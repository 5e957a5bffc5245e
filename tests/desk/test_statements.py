"""How many statements a page takes does not grow with what happened in the case or waits at the desk."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.stage import MONDAY, Stage

MOST = 25
SAFE = {"measures": ["SAFE_WORD"], "done_at": MONDAY}
PATH = "/cases/{case}/contact/record_immediate_safety/"
PAGES: dict[str, Callable[[Client, str], Any]] = {
    "desk": lambda client, case: client.get("/desk/"),
    "second page of the desk": lambda client, case: client.get("/desk/?from=25"),
    "case": lambda client, case: client.get(f"/cases/{case}/"),
    "find by name": lambda client, case: client.post("/find/", {"text": "Lule"}),
    "find by reference": lambda client, case: client.post("/find/", {"text": case}),
    "page of an act": lambda client, case: client.get(PATH.format(case=case)),
    "act": lambda client, case: client.post(PATH.format(case=case), SAFE),
}


@pytest.fixture
def rosa(stage: Stage) -> Client:
    client = Client()
    client.force_login(stage.people["rosa"], backend="config.accounts.Backend")
    return client


@pytest.mark.parametrize("page", PAGES)
def test_a_page_takes_few_statements_however_much_there_is(
    page: str, rosa: Client, stage: Stage, django_assert_max_num_queries: Any
) -> None:
    case = ""
    for _ in range(30):
        case = stage.a_case(danger_now="YES")
    for _ in range(5):
        stage.do("contact.record_immediate_safety", "rosa", case=case, **SAFE)
    with django_assert_max_num_queries(MOST):
        answer = PAGES[page](rosa, case)
    assert answer.status_code == (302 if page == "act" else 200)


def test_a_full_desk_goes_on_where_the_page_ends(rosa: Client, stage: Stage) -> None:
    references = {stage.a_case(danger_now="YES") for _ in range(30)}
    seen: list[str] = []
    start = 0
    for _ in range(10):
        page = rosa.get(f"/desk/?from={start}").content.decode()
        lines = page.split("<h1>")[1].split("Newest cases")[0]
        seen += [part[:13] for part in lines.split("NRM-")[1:]]
        if "What is due after these" not in page:
            break
        start += 25
    assert {f"NRM-{said[:9]}" for said in seen} >= references
