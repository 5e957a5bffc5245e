"""What the worker does for cases: renews those that time has changed, and reminds."""

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from nrm.casefile import reminding, renewing
from nrm.kernel import packs


@app.periodic(cron="1,31 * * * *")  # midnights are on the half hour in some zones
@app.task(name="casefile.renew", queueing_lock="casefile.renew")
def renew(timestamp: int) -> None:
    """Cases whose moment has come."""
    renewing.renew_due(now=timezone.now(), pack=packs.load(settings.COUNTRY_PACK))


@app.periodic(cron="*/5 * * * *")
@app.task(name="casefile.remind", queueing_lock="casefile.remind")
def remind(timestamp: int) -> None:
    """Every five minutes: a quarter of the shortest limit, one hour, is fifteen."""
    reminding.remind(now=timezone.now(), calendar=packs.load(settings.COUNTRY_PACK).calendar)
