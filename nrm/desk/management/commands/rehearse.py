"""`opennrm rehearse FILE...`: play stories and compare what the register derives with what they expect."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from nrm.desk.rehearsal import playing, reading
from nrm.desk.rehearsal.outcome import Outcome, Result
from nrm.kernel.plain_yaml import Unreadable

STORIES = Path(__file__).resolve().parents[4] / "demo" / "stories"


class Command(BaseCommand):
    requires_system_checks = ()
    help = "Play stories of children in a transaction that is rolled back, and compare with what they expect."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "files",
            nargs="*",
            type=Path,
            metavar="FILE",
            help="story files, *.yaml (all of demo/stories if none)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        troubles = 0
        outcomes: list[Outcome] = []
        for file in options["files"] or sorted(STORIES.glob("c[0-9]*.yaml")):
            try:
                outcome = rehearse(file)
            except Unreadable as unreadable:
                troubles += 1
                for fault in unreadable.faults:
                    self.stdout.write(f"{file}: {fault}")
                continue
            outcomes.append(outcome)
            for line in outcome.lines:
                self.stdout.write(str(line))
            self.stdout.write(f"{outcome.summary}\n")
        if len(outcomes) > 1:
            passed, failed, skipped = (sum(one.count(result) for one in outcomes) for result in Result)
            self.stdout.write(
                f"All {len(outcomes)} stories: {passed} passed, {failed} failed, {skipped} skipped"
            )
        if troubles or any(outcome.failed for outcome in outcomes):
            raise CommandError("The stories and the register do not agree: see the lines above.")


def rehearse(file: Path) -> Outcome:
    """Play one file and take everything back."""
    told = reading.read(file)
    with transaction.atomic():
        playing.step_aside(told)
        outcome = playing.play(told)
        transaction.set_rollback(True)
    return outcome
