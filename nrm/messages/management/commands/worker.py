"""`opennrm worker`: runs the jobs of all rooms until it is told to end."""

import asyncio
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from procrastinate.contrib.django import DjangoApp, app
from procrastinate.contrib.django.django_connector import DjangoConnector

AT_A_TIME = 4  # a mail server that hangs holds one of them for a minute at most
LONGEST_GOODBYE_S = 10


class Command(BaseCommand):
    requires_system_checks = ()
    help = "Send mails, remind, renew what time changes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now, then end")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        asyncio.run(work(once=once))


async def work(*, once: bool) -> None:
    """A job that was done leaves no row; one that failed stays, for an administrator to see.

    The worker has an app of its own, for its own connections. The tasks stay those of the other, so that what
    they defer is written over Django's connection: in their transaction, or not at all.
    """
    working = DjangoApp(connector=DjangoConnector().get_worker_connector())
    working.tasks, working.periodic_registry = app.tasks, app.periodic_registry
    async with working.open_async():
        await working.run_worker_async(
            wait=not once,
            concurrency=1 if once else AT_A_TIME,  # one by one, to see also what a job lays down
            delete_jobs="successful",
            listen_notify=not once,
            shutdown_graceful_timeout=LONGEST_GOODBYE_S,
        )
