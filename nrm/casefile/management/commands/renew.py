"""`opennrm renew`: renews now what the worker renews every half hour; after a restore, or an hour without a worker."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from nrm.casefile.renewing import renew_due
from nrm.kernel import packs


class Command(BaseCommand):
    requires_system_checks = ()
    help = "Renew the cases that time has changed; delete the drafts whose time has passed."

    def handle(self, *args: Any, **options: Any) -> None:
        done = renew_due(now=timezone.now(), pack=packs.load(settings.COUNTRY_PACK))
        self.stdout.write(f"{done.cases} cases renewed, {done.drafts} lapsed drafts deleted.")
        if done.failed:
            raise CommandError(f"{done.failed} cases could not be renewed; they are tried again next time.")
