"""The pages of closing: all that keeps a case open, who takes what is unfinished, what stays, the way back in."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from tests.closure.test_closing import ASKED, LATER, NOON, TEN, WHY, case, closed, do, propose
from tests.identification.conftest import Path
from tests.stage import Stage

__all__ = ["case", "closed"]

MOST = 25


def client_of(stage: Stage, key: str) -> Client:
    client = Client()
    client.force_login(stage.people[key], backend="config.accounts.Backend")
    return client


def words(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.content.decode()[:2000]
    return re.sub(r"\s+", " ", unescape(answer.content.decode()))


def read(stage: Stage, who: str, case: str, path: str = "close/") -> str:
    return words(client_of(stage, who).get(f"/cases/{case}/{path}"))


def test_everything_that_keeps_it_open_stands_together(stage: Stage, case: str) -> None:
    path = Path.__new__(Path)
    path.stage, path.case = stage, case
    path.received()
    do(stage, "care.raise_missing_alert", "mira", "2026-03-03T10:30", case, abroad_possible="NO")
    page = read(stage, "mira", case)
    against = page.split("What still keeps it open")[1].split("<h2")[0]
    assert [code for code in ("STILL_MISSING", "DECISION_PENDING", "NO_DURABLE_SOLUTION") if code in against] == [
        "STILL_MISSING", "DECISION_PENDING", "NO_DURABLE_SOLUTION",
    ]  # fmt: skip
    assert "Not if the reason is: handed over to another State; the adult asks for it" in against


def test_what_is_unfinished_says_who_has_it_now_and_what_stays(stage: Stage, case: str) -> None:
    page = read(stage, "mira", case)
    unfinished = page.split("What is unfinished, and who has it now")[1].split("</section>")[0]
    assert re.search(r"Agree a safety plan with her, by \d+ \w+ 2026: Mira Sole\.", unfinished)
    assert (
        "The case is then closed to: Child Welfare Port Alva, Children's Police Unit, Harbour Outreach"
        in page
    )
    assert "Only the agency of Mira Sole, who leads it, goes on knowing" in page
    assert "If she agrees, she is asked by" in page and "The record is kept until" in page
    assert "closure/propose/" in page


def test_the_second_person_signs_and_the_first_reads_why_not(stage: Stage, case: str) -> None:
    key = propose(stage, case)
    page = read(stage, "yara", case)
    assert f"closure/close/?proposal={key}" in page
    mine = read(stage, "mira", case)
    assert "Waits for a second person" in mine and f"?proposal={key}" not in mine and "ROLE_MISSING" in mine
    assert "One case is enough for one child." in mine
    for told in (page, mine):
        assert "Nothing stands against it." in told, "a double needs no durable solution"
    do(stage, "care.raise_missing_alert", "mira", NOON, case, abroad_possible="NO")
    assert "STILL_MISSING" in read(stage, "yara", case)


def test_a_closed_case_says_how_what_stays_and_leads_back(stage: Stage, closed: str) -> None:
    page = read(stage, "mira", closed)
    assert "This case is closed" in page and "How it was closed" in page and "She is asked by" in page
    for act in ("record_follow_up", "reopen"):
        assert f"closure/{act}/" in page
    assert "What still keeps it open" not in page
    do(stage, "closure.record_follow_up", "mira", LATER, closed, **ASKED)
    assert "Followed up" in read(stage, "mira", closed)
    form = read(stage, "mira", closed, "closure/record_follow_up/")
    assert "Through the school" in form, "her own agency wrote how she may be reached"
    assert "Through the school" not in page


@pytest.mark.parametrize("path", ["reopen/", "closure/reopen/"])
def test_whoever_meets_her_again_finds_the_way_in_and_nothing_else(
    stage: Stage, closed: str, path: str
) -> None:
    page = read(stage, "rosa", closed, path)
    assert "What begins again" in page
    assert not any(told in page for told in ("How it was closed", "Through the school", "another case"))
    assert client_of(stage, "rosa").get(f"/cases/{closed}/close/").status_code == 404
    assert client_of(stage, "rosa").post(f"/cases/{closed}/{path}", WHY).status_code == 302
    assert "Closing the case" in read(stage, "rosa", closed)


def test_who_has_no_summary_reads_that_it_is_not_shared(stage: Stage, case: str) -> None:
    do(stage, "casefile.share", "mira", TEN, case, agency="hospital", grants=["EXISTENCE"], purpose="CARE",
       basis="LEGAL_DUTY", note="Child Act")  # fmt: skip
    page = read(stage, "lea", case)
    assert "Not shared with you" in page and "NO_DURABLE_SOLUTION" not in page
    assert "What is unfinished" not in page


def test_an_outsider_finds_nothing(stage: Stage, case: str) -> None:
    assert client_of(stage, "omar").get(f"/cases/{case}/close/").status_code == 404
    assert client_of(stage, "gero").get(f"/cases/{case}/reopen/").status_code == 404


def test_pages_take_few_statements(stage: Stage, case: str, django_assert_max_num_queries: Any) -> None:
    key = propose(stage, case)
    mira = client_of(stage, "mira")
    with django_assert_max_num_queries(MOST):
        assert mira.get(f"/cases/{case}/close/").status_code == 200
    do(stage, "closure.close", "yara", NOON, case, proposal=key)
    for path in ("close/", "reopen/", "closure/record_follow_up/"):
        with django_assert_max_num_queries(MOST):
            assert mira.get(f"/cases/{case}/{path}").status_code == 200
