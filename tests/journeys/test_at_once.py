"""Several people act on one case in the same moment: one is first, the others read a sentence, nothing breaks."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from nrm.kernel.refusals import CATALOGUE
from tests.stage import VIEWS, Stage
from tests.staged import POSITIVE, Staging

AtOnce = Callable[[list[Callable[[], Any]]], list[Any]]
YES = {"service": "ALL", "given": "YES", "by": "CHILD", "how": "SPOKEN", "shares": ["SUMMARY"]}
WANTED = {"service": "HEALTH", "provider": "lantern", "need": "A doctor.", "urgency": "ROUTINE"}
DUPLICATE = {
    "reason": "DUPLICATE", "summary": "She has another case.", "contact_later": "NO",
    "best_interests": "One case is enough.", **VIEWS,
}  # fmt: skip
AGAIN = {"why": "NEW_DANGER", "why_text": "She was seen at the station again."}
MEET_HER = ("rosa", "mira", "lea", "omar", "viktor")
MANY = 50


@pytest.fixture
def together(lasting: Stage) -> Staging:
    lasting.people, lasting.agencies  # noqa: B018 read once, before the threads
    return Staging(lasting)


def saying(staging: Staging, name: str, who: str, case: str, **answers: Any) -> Callable[[], tuple[str, ...]]:
    """A job: the codes with which the act is refused; () if it was done."""
    now = staging.now.isoformat()
    return lambda: tuple(staging.stage.refused(name, who, now, case=case, **answers))


def client_of(staging: Staging, who: str) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(staging.stage.people[who], backend="config.accounts.Backend")
    return client


@pytest.mark.slow
def test_a_request_accepted_and_declined_at_once_has_one_answer(together: Staging, at_once: AtOnce) -> None:
    case = together.opened("mira", 5)
    together.do("services.record_consent", "mira", 4, case, **YES)
    key = together.do("services.request", "mira", 3, case, **WANTED)
    accept = saying(together, "services.accept", "dora", case, request=key)
    decline = saying(together, "services.decline", "dora", case, request=key, reason="FULL")
    assert sorted(at_once([accept, decline] * 4)) == [(), *[("ALREADY_ANSWERED",)] * 7]


@pytest.mark.slow
def test_a_decision_confirmed_at_once_by_two_people_is_confirmed_once(
    together: Staging, at_once: AtOnce
) -> None:
    case = together.received(50)
    key = together.do("identification.decide_reasonable_grounds", "ida", 30, case, **POSITIVE)
    signing = [
        saying(together, "identification.confirm", who, case, proposal=key) for who in ("tomas", "hanne")
    ]
    assert sorted(at_once(signing)) == [(), ("PROPOSAL_STALE",)]


@pytest.mark.slow
def test_fifty_reopen_a_closed_case_and_it_is_reopened_once(together: Staging, at_once: AtOnce) -> None:
    case = together.opened("mira", 5)
    together.do("casefile.appoint_lead_worker", "mira", 4, case, person="mira")
    proposal = together.do("closure.propose", "mira", 3, case, **DUPLICATE)
    together.do("closure.close", "yara", 2, case, proposal=proposal)
    people = [who for who in MEET_HER for _ in range(MANY // len(MEET_HER))]
    clients = [client_of(together, who) for who in people]
    path = f"/cases/{case}/closure/reopen/"
    answers = at_once([lambda client=client: client.post(path, AGAIN) for client in clients])
    seen = Counter(answer.status_code for answer in answers)
    assert seen[302] == 1 and set(seen) <= {302, 404, 422}
    for who, answer in zip(people, answers, strict=True):
        text = answer.content.decode()
        if answer.status_code == 422:
            assert "NOT_CLOSED" in text and str(CATALOGUE["NOT_CLOSED"]) in text, who
        elif answer.status_code == 404:
            assert "This page was not found" in text, f"{who} came too late, and has no share"


@contextmanager
def somebody_works_on(case_id: int) -> Iterator[None]:
    """Another connection holds the case."""
    holds, done = threading.Event(), threading.Event()

    def hold() -> None:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [case_id])
                holds.set()
                done.wait(timeout=60)
        finally:
            connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    try:
        assert holds.wait(timeout=60)
        yield
    finally:
        done.set()
        thread.join()


def test_who_waits_too_long_for_a_case_reads_a_sentence_and_can_try_again(together: Staging) -> None:
    stage, now = together.stage, together.now.isoformat()
    case = together.opened("mira", 5)
    done = stage.do("casefile.appoint_lead_worker", "mira", now, case=case, person="mira")
    client, sentence = client_of(together, "mira"), str(CATALOGUE["CASE_BUSY"])
    path, answers = f"/cases/{case}/services/record_consent/", YES | {"capacity": "She said it in her words."}
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '100ms'")
    with somebody_works_on(done.facts.the_case.pk):
        assert saying(together, "services.record_consent", "mira", case, **YES)() == ("CASE_BUSY",)
        page = client.post(path, answers)
        told = page.content.decode()
        assert page.status_code == 422 and sentence in told and "She said it in her words." in told
        program = client.post(f"/api{path[:-1]}", answers, content_type="application/json")
        assert program.status_code == 422
        assert program.json()["refused"] == [{"code": "CASE_BUSY", "sentence": sentence, "about": ""}]
    assert client.post(path, answers).status_code == 302
