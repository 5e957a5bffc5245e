"""Mail servers of every temper, and the jobs of the test's own transaction."""

import asyncio
import contextlib
import json
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import Message
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app

from tests.serving import a_free_port

MORNING = datetime.fromisoformat("2026-03-02T09:00+01:00")


@dataclass
class Server:
    """A mail server that answers as it is told. `said`: step of SMTP -> its answer; a step not told goes well."""

    said: dict[str, str] = field(default_factory=dict)
    taken: list[tuple[list[str], Message]] = field(default_factory=list)
    asked: int = 0

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        self.asked += 1
        envelope.mail_from = address
        return self.said.get("MAIL", "250 OK")

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        answer = self.said.get(f"RCPT {address}", self.said.get("RCPT", "250 OK"))
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        answer = self.said.get("DATA", "250 taken")
        if answer == "slow":
            await asyncio.sleep(1)
            answer = "250 taken"
        if answer.startswith("250"):
            self.taken.append((list(envelope.rcpt_tos), message_from_bytes(envelope.content)))
        return answer

    @property
    def bodies(self) -> list[str]:
        return [message.get_payload().strip() for _, message in self.taken]


@pytest.fixture
def server(settings: Any) -> Iterator[Server]:
    """A server that takes everything, until it is told otherwise; the settings name it."""
    made = Server()
    controller = Controller(made, hostname="127.0.0.1", port=a_free_port())
    controller.start()
    settings.EMAIL_BACKEND = "nrm.messages.smtp.Backend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = controller.hostname, controller.port
    settings.EMAIL_TIMEOUT = 0.5
    settings.DEFAULT_FROM_EMAIL = "OpenNRM <post@nrm.example>"
    yield made
    controller.stop()


Speaks = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@contextlib.contextmanager
def speaking(speaks: Speaks) -> Iterator[int]:
    """The port of a server that does no more than this: for manners that no mail server library has."""
    loop = asyncio.new_event_loop()

    async def start() -> asyncio.Server:
        return await asyncio.start_server(speaks, "127.0.0.1", 0)

    listening = loop.run_until_complete(start())
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield listening.sockets[0].getsockname()[1]
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)
        listening.close()
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0))
        loop.close()


@dataclass
class Worker:
    """Does the jobs that are due, in the test's transaction and as the worker's role; time passes when told."""

    roles: Callable[[str], AbstractContextManager[None]]
    now: datetime = MORNING

    def passes(self, **time: float) -> None:
        self.now += timedelta(**time)

    def due(self) -> list[tuple[int, str, dict[str, Any]]]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id, task_name, args FROM procrastinate_jobs WHERE status = 'todo'"
                " AND coalesce(scheduled_at, '-infinity') <= %s ORDER BY priority DESC, id",
                [self.now],
            )
            return [(key, name, json.loads(given)) for key, name, given in cursor.fetchall()]

    def works(self) -> int:
        """Until nothing is due; how many jobs that were."""
        done = 0
        with self.roles("nrm_worker"):
            while found := self.due():
                for key, name, given in found:
                    with connection.cursor() as cursor:
                        cursor.execute(
                            "UPDATE procrastinate_jobs SET status = 'succeeded' WHERE id = %s", [key]
                        )
                    app.tasks[name](**given)
                    done += 1
        return done


@pytest.fixture
def worker(roles: Any, monkeypatch: pytest.MonkeyPatch) -> Worker:
    made = Worker(roles)
    monkeypatch.setattr(timezone, "now", lambda: made.now)
    return made
