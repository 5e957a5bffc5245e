"""`opennrm docs [--check]`: writes the generated pages of the handbook, or says whether they are fresh."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from nrm.desk.handbook import pages

PLACE = Path(__file__).resolve().parents[4] / "docs" / "generated"


class Command(BaseCommand):
    requires_system_checks = ()
    help = "Write docs/generated; with --check only say whether it is fresh."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a page is stale")
        parser.add_argument("--into", type=Path, default=PLACE, help="another folder")

    def handle(self, *args: Any, **options: Any) -> None:
        place: Path = options["into"]
        made = pages()
        if options["check"]:
            stale = [name for name, text in made.items() if _read(place / name) != text]
            if stale:
                raise CommandError(
                    f"Stale in {place.name}: {', '.join(stale)}. Run `opennrm docs` and commit."
                )
            return
        place.mkdir(parents=True, exist_ok=True)
        for name, text in made.items():
            (place / name).write_text(text, encoding="utf-8")
        self.stdout.write(f"{len(made)} pages written.")


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.exists() else ""
