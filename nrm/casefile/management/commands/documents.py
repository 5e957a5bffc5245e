"""`opennrm documents`: files and entries compared; after a crash, a restore, or once a week."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from nrm.casefile.documents import sweep


class Command(BaseCommand):
    requires_system_checks = ()
    help = "Take away files that no entry names, count those that are missing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--verify", action="store_true", help="open every file and compare its hash")

    def handle(self, *args: Any, **options: Any) -> None:
        found = sweep(timezone.now(), verify=options["verify"])
        self.stdout.write(f"{found.kept} files kept; {found.removed} that no entry names were removed.")
        if found.missing or found.damaged:
            raise CommandError(
                f"{found.missing} files are missing, {found.damaged} cannot be opened: restore them from the backup."
            )
