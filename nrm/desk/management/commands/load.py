"""`opennrm load [WHAT]`: plays real referrals through the acts, as a measure; alone it lists what there is."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils import timezone

from nrm.desk.real_year import cast, counting, reading, working
from nrm.desk.real_year.counting import Counts, Difference
from nrm.desk.real_year.playing import acts_of, still_to_play
from nrm.desk.real_year.reading import Kind, Referral
from nrm.desk.real_year.working import Progress
from nrm.kernel import packs
from nrm.kernel.packs import Pack
from nrm.kernel.signature import bind

LOADS = {
    "uk-2023": "17,023 referrals of 2023 as the United Kingdom counts them, to measure speed and counting",
}
PACK = "gb"
STOPPED = 130
BAR = 30
LINE_EVERY_S = 20.0


class Command(BaseCommand):
    requires_system_checks = ()
    help = (
        "Play real referrals through the acts and count whether all came. A measure, never a demonstration."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", nargs="?", choices=sorted(LOADS), help="nothing: lists what there is")
        parser.add_argument("--check", action="store_true", help="load nothing: only count")
        parser.add_argument(
            "--workers", type=int, default=1, metavar="N", help="processes that play; 1 unless told"
        )
        parser.add_argument("--only", choices=["", *reading.parts()], default="", metavar="PART",
                            help="a part: Q2, or Q2/ngo for one kind of first responder")  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        if options["what"] is None:
            self.stdout.write("\n".join(f"{name}  {about}" for name, about in LOADS.items()))
            return
        if options["workers"] < 1:
            raise CommandError("At least one process must play: --workers 1 or more.")
        pack = packs.load(PACK)
        several = list(reading.referrals(pack.calendar, options["only"]))
        people = self._people(write=not options["check"])
        if not options["check"]:
            self._play(several, people, pack, options["workers"])
        self._check(several, people, pack, options["only"])

    def _people(self, *, write: bool) -> cast.Cast:
        if "agencies_agency" not in connection.introspection.table_names():
            raise CommandError("The tables are not there yet: run `opennrm migrate` first.")
        with transaction.atomic():
            if cast.others_are_here():
                raise CommandError(NOT_OURS)
            people = cast.enter() if write else cast.present()
            if set(people.actors) != set(cast.PEOPLE):
                raise CommandError("Nothing has been loaded here: leave out --check.")
            bind(people.of_kind(Kind.LOCAL_AUTHORITY), now=timezone.now())
            if cast.reports_of_others():
                raise CommandError(NOT_OURS)
        return people

    def _play(self, several: list[Referral], people: cast.Cast, pack: Pack, workers: int) -> None:
        left = still_to_play(several, people)
        progress = Progress(wanted=acts_of(left))
        shown = Shown(self, sys.stdout.isatty())
        try:
            if workers == 1:
                working.play_here(left, people, pack, progress, shown.tell)
            else:
                connection.close()
                working.play_with(workers, left, PACK, progress, shown.tell)
        except KeyboardInterrupt:
            shown.end()
            raise CommandError(
                f"Stopped after {progress.acts:,} acts; the same command goes on from there.",
                returncode=STOPPED,
            ) from None
        except working.WorkerFailed:
            shown.end()
            raise CommandError(
                f"A process failed after {progress.acts:,} acts, as said above; the same command goes on from there."
            ) from None
        shown.end()
        self.stdout.write(
            f"{progress.acts:,} acts in {progress.seconds:,.0f} s: {progress.rate:,.0f} acts per second"
            f" with {workers} {'process' if workers == 1 else 'processes'}."
        )

    def _check(self, several: list[Referral], people: cast.Cast, pack: Pack, only: str) -> None:
        table, register = counting.in_the_table(several), counting.in_the_register(people, pack, only)
        found = counting.differences(table, register)
        if found:
            self.stdout.write("\n".join(as_lines(found)))
            raise CommandError("The register does not hold what the table counts: see the lines above.")
        self.stdout.write("\n".join(as_summary(table)))


NOT_OURS = (
    "This register has agencies, people or reports that are not of this measure: "
    "use a database of its own, made by `opennrm migrate`."
)


def as_lines(found: list[Difference]) -> list[str]:
    """The table of differences, under its heading."""
    rows = [("", "", "table", "register")] + [
        (one.dimension, one.value, *("" if n is None else f"{n:,}" for n in (one.table, one.register)))
        for one in found
    ]
    widths = [max(len(row[place]) for row in rows) for place in range(4)]
    return [
        f"{row[0]:{widths[0]}}  {row[1]:{widths[1]}}  {row[2]:>{widths[2]}}  {row[3]:>{widths[3]}}".rstrip()
        for row in rows
    ]


def as_summary(table: Counts) -> list[str]:
    """What was counted and is equal. Nationalities are compared one by one and only their number is said."""
    lines = []
    for dimension in counting.DIMENSIONS:
        cells = {value: people for (of, value), people in sorted(table.items()) if of == dimension}
        if dimension == "nationality":
            lines.append(f"nationality: {len(cells)} compared one by one")
        elif min(cells.values()) >= counting.FEW:
            lines.append(
                f"{dimension}: " + ", ".join(f"{value} {people:,}" for value, people in cells.items())
            )
        else:
            lines.append(f"{dimension}: {len(cells)} compared one by one")
    return [*lines, "The register holds exactly what the table counts."]


class Shown:
    """The progress on a terminal as a bar, elsewhere as a line now and then."""

    def __init__(self, command: BaseCommand, is_terminal: bool) -> None:
        self.command, self.is_terminal = command, is_terminal
        self.last = 0.0

    def tell(self, progress: Progress) -> None:
        now = progress.seconds
        if now - self.last < (0.2 if self.is_terminal else LINE_EVERY_S):
            return
        self.last = now
        words = f"{progress.acts:,} of {progress.wanted:,} acts, {progress.rate:,.0f} per second"
        if self.is_terminal:
            full = BAR * progress.acts // max(progress.wanted, 1)
            self.command.stdout.write(f"\r[{'#' * full}{'.' * (BAR - full)}] {words} ", ending="")
            self.command.stdout.flush()
        else:
            self.command.stdout.write(words)

    def end(self) -> None:
        if self.is_terminal and self.last:
            self.command.stdout.write("")
