"""`opennrm demo`: the invented agencies, people and ten cases, once, as if today were their 31 March."""

import time
from argparse import ArgumentParser
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from nrm.agencies.models import Agency, Person
from nrm.casefile.cast import enter_agencies, enter_people
from nrm.desk.rehearsal import playing, reading
from nrm.desk.rehearsal.outcome import Result
from nrm.kernel import packs
from nrm.messages.knocking import all_told

STORY = Path(__file__).resolve().parents[4] / "demo" / "stories" / "c00_all_ten.yaml"
LAST_DAY = date(2026, 3, 31)
PASSWORD = "demo"  # noqa: S105 invented people, and only where DEMO is on


class Command(BaseCommand):
    requires_system_checks = ()
    help = "Load the invented agencies, people and cases, once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--story", type=Path, default=STORY, help="another story than the ten")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "The demonstration is only loaded where NRM_DEMO=1: it would put invented children among real ones."
            )
        if Agency.objects.exists():
            self.stdout.write("The demonstration is here already: there are agencies.")
            return
        began = time.monotonic()
        zone = packs.load(settings.COUNTRY_PACK).calendar.zone
        days = (timezone.localdate(timezone=zone) - LAST_DAY).days
        told = with_own_numbers(reading.read(options["story"], days=days))
        with transaction.atomic():
            enter_agencies(told.agencies)
            enter_people(told.people)
            Person.objects.update(password=make_password(PASSWORD))
            outcome = playing.play(told, checks=False, lenient=True)
            all_told(at=timezone.now())
        took = time.monotonic() - began
        self.stdout.write(
            f"{len(told.agencies)} agencies, {len(told.people)} people, {outcome.count(Result.PASSED)} acts done, "
            f"{outcome.count(Result.SKIPPED)} left out, {outcome.failed} failed, in {took:.0f} s."
        )
        for line in outcome.failures:
            self.stderr.write(str(line))


def with_own_numbers(told: reading.Story) -> reading.Story:
    """Numbers that a register takes only once differ from the stories', so that these can be rehearsed beside it."""
    return replace(told, steps=tuple(_renumbered(step) for step in told.steps))


def _renumbered(step: reading.Step) -> reading.Step:
    if isinstance(step, reading.Act) and "report_id" in step.given:
        return replace(step, given={**step.given, "report_id": f"demo-{step.given['report_id']}"})
    return step
