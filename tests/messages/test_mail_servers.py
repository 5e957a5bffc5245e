"""Mail servers that are slow, closed or lying: tried again, never sent twice, and visible when it does not help."""

import asyncio
import socket
import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nrm.agencies.models import Person
from nrm.messages import knocking, post, rules
from nrm.messages.models import Letter
from nrm.messages.queries import given_up_on
from nrm.messages.queries import post as waiting
from tests.messages.conftest import MORNING, Server, Speaks, Worker, speaking
from tests.stage import Stage

READY, OK = b"220 ready\r\n", b"250 OK\r\n"


def urgent(worker: Worker, stage: Stage) -> None:
    knocking.lay_out([("U", stage.rosa.person_id, None)], at=worker.now)
    worker.works()


@pytest.mark.parametrize(
    ("step", "answer"),
    [
        ("MAIL", "451 later"),
        ("MAIL", "550 not from you"),
        ("RCPT", "450 greylisted"),
        ("RCPT", "421 closing"),
        ("DATA", "452 disk full"),
        ("DATA", "554 rejected"),
        ("DATA", "500 what"),
    ],
)
def test_it_is_tried_again_until_it_is_taken(
    step: str, answer: str, worker: Worker, stage: Stage, server: Server
) -> None:
    # Given a server that refuses for a while
    server.said[step] = answer
    urgent(worker, stage)
    assert server.taken == []
    assert waiting().letters == 1
    assert waiting().answers == (int(answer[:3]),)
    # When it comes to its senses within two days
    worker.passes(hours=30)
    worker.works()
    server.said.clear()
    worker.passes(hours=1)
    worker.works()
    # Then the mail is there, once
    assert len(server.taken) == 1
    worker.passes(days=3)
    worker.works()
    assert len(server.taken) == 1
    assert given_up_on() == []


def test_the_waits_grow_to_an_hour(worker: Worker, stage: Stage, server: Server) -> None:
    server.said["DATA"] = "451 later"
    urgent(worker, stage)
    tried = [server.asked]
    for _ in range(24 * 60):
        worker.passes(minutes=1)
        if worker.works():
            tried.append(server.asked)
    assert 24 <= len(tried) <= 32


def test_after_two_days_an_administrator_sees_it(worker: Worker, stage: Stage, server: Server) -> None:
    server.said["DATA"] = "451 later"
    urgent(worker, stage)
    for _ in range(60):
        worker.passes(hours=1)
        worker.works()
    assert [person.key for person in given_up_on()] == ["rosa"]
    asked = server.asked
    worker.passes(days=1)
    worker.works()
    assert server.asked == asked


def test_a_refused_address_is_seen_at_once_until_a_mail_reaches_it(
    worker: Worker, stage: Stage, server: Server
) -> None:
    # Given an address that the server does not know
    server.said["RCPT rosa@opennrm.example"] = "550 no such mailbox"
    urgent(worker, stage)
    # Then it was tried once, her administrator sees whose it is, and nobody else's does
    assert server.asked == 1
    assert [person.key for person in given_up_on(stage.rosa.agency_id)] == ["rosa"]
    assert given_up_on(stage.omar.agency_id) == []
    worker.passes(days=3)
    assert worker.works() == 0
    # When it was corrected, and a mail has arrived
    Person.objects.filter(key="rosa").update(email="rosa.new@opennrm.example")
    urgent(worker, stage)
    # Then nothing is left to see
    assert given_up_on() == []
    assert [to for to, _ in server.taken] == [["rosa.new@opennrm.example"]]


def test_a_slow_server_is_waited_for(worker: Worker, stage: Stage, server: Server, settings: Any) -> None:
    settings.EMAIL_TIMEOUT = 5
    server.said["DATA"] = "slow"
    urgent(worker, stage)
    assert len(server.taken) == 1


# Manners that no library has.


async def hangs(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(60)


async def hangs_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.close()


async def busy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"421 too busy\r\n")
    writer.close()


async def babbles(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"\x00\xff not a mail server\r\n" * 10)
    await writer.drain()
    writer.close()


async def until_data(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Says yes to everything before the text."""
    writer.write(READY)
    while (line := await reader.readline()) and not line.upper().startswith(b"DATA"):
        writer.write(OK)
    writer.write(b"354 go on\r\n")


async def closes_in_data(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await until_data(reader, writer)
    await reader.readline()
    writer.close()


async def hangs_after_data(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await until_data(reader, writer)
    await asyncio.sleep(60)


@pytest.mark.parametrize("manner", [hangs, hangs_up, busy, babbles, closes_in_data, hangs_after_data])
def test_it_waits_for_a_better_moment(
    manner: Speaks, worker: Worker, stage: Stage, server: Server, settings: Any
) -> None:
    good = settings.EMAIL_PORT
    with speaking(manner) as port:
        settings.EMAIL_PORT = port
        urgent(worker, stage)
    assert waiting().letters == 1
    settings.EMAIL_PORT = good
    worker.passes(minutes=1)
    worker.works()
    assert len(server.taken) == 1
    assert waiting().letters == 0


def test_nobody_listens(worker: Worker, stage: Stage, server: Server, settings: Any) -> None:
    good = settings.EMAIL_PORT
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = taken.getsockname()[1]
        urgent(worker, stage)
    assert waiting().answers == (0,)
    settings.EMAIL_PORT = good
    worker.passes(minutes=1)
    worker.works()
    assert len(server.taken) == 1


def accepts_then(
    ends: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Any], counted: list[int]
) -> Speaks:
    async def speaks(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await until_data(reader, writer)
        while (await reader.readline()) not in (b".\r\n", b""):
            pass
        writer.write(b"250 taken\r\n")
        counted.append(1)
        await ends(reader, writer)

    return speaks


async def drops(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.close()


async def hangs_at_goodbye(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(60)


async def takes_it_back(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readline()
    writer.write(b"554 I did not mean it\r\n")
    writer.close()


@pytest.mark.parametrize("ends", [drops, hangs_at_goodbye, takes_it_back])
def test_what_was_taken_is_never_sent_twice(
    ends: Any, worker: Worker, stage: Stage, server: Server, settings: Any
) -> None:
    counted: list[int] = []
    with speaking(accepts_then(ends, counted)) as port:
        settings.EMAIL_PORT = port
        urgent(worker, stage)
        worker.passes(days=3)
        worker.works()
    assert counted == [1]
    assert waiting().letters == 0
    assert Letter.objects.exclude(sent_at=None).count() == 1
    assert given_up_on() == []


async def drips(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    for letter in b"220 " + b"x" * 1000:
        writer.write(bytes([letter]))
        await asyncio.sleep(0.1)


def test_a_server_that_draws_it_out_is_cut_off(
    settings: Any, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(post, "LONGEST_TALK_S", 1)
    with speaking(drips) as port:
        settings.EMAIL_PORT = port
        began = time.monotonic()
        assert post.hand_over(1, "W", to="rosa@opennrm.example", language="en") == post.Outcome()
        assert time.monotonic() - began < 5


def test_an_act_does_not_wait_for_a_server_that_hangs(
    worker: Worker, stage: Stage, server: Server, settings: Any
) -> None:
    with speaking(hangs) as port:
        settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = port, 30
        began = time.monotonic()
        stage.a_case(by="rosa", danger_now="YES")
        assert time.monotonic() - began < 5


@given(st.integers(1, 200), st.integers(0, 3000))
def test_a_try_follows_within_an_hour_or_is_the_last(tries: int, minutes: int) -> None:
    now = MORNING + rules.timedelta(minutes=minutes)
    again = rules.tried_again_at(tries, now=now, made_at=MORNING)
    assert (again is None) == (minutes >= 2 * 24 * 60)
    assert again is None or rules.timedelta(minutes=1) <= again - now <= rules.LONGEST_WAIT
