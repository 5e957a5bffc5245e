"""The jobs of the worker: a knock becomes mails, each mail is handed over once. A job holds keys, nothing else."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from nrm.agencies.models import Person
from nrm.agencies.queries import addresses_of
from nrm.messages import post, rules
from nrm.messages.models import Knock, Letter

# For what nobody foresaw, such as a database that restarts. A mail server's moods are no exception: see `send`.
AGAIN = RetryStrategy(max_attempts=12, wait=5, exponential_wait=3)


@app.task(name="messages.carry", retry=AGAIN)
def carry(knocks: list[int]) -> None:
    """Knocks become letters."""
    for key in sorted(knocks):
        with transaction.atomic():
            _carry(key, now=timezone.now())


def _carry(key: int, *, now: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])
    knock = Knock.objects.filter(pk=key, carried_at=None).first()
    if knock is None:
        return
    for person in addresses_of(knock.to_person_id, knock.to_agency_id):
        write_to(person, knock.sentence, now=now)
    Knock.objects.filter(pk=key).update(carried_at=now)


def write_to(person: Person, sentence: str, *, now: datetime) -> None:
    """Lay a letter ready, unless one with the same sentence waits for the same person: then that one tells it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [person.pk])
    hers = Letter.objects.filter(to_person=person, sentence=sentence)
    if hers.filter(sent_at=None, given_up_at=None).exists():
        return
    last = hers.exclude(sent_at=None).order_by("-made_at").values_list("sent_at", flat=True).first()
    quiet = timedelta(minutes=settings.MAIL_QUIET_MINUTES)
    goes_out_at = rules.goes_out_at(sentence, now=now, last_sent_at=last, quiet=quiet)
    letter = Letter(to_person=person, sentence=sentence, made_at=now)
    letter.save(force_insert=True)
    defer_sending(letter, goes_out_at)


def defer_sending(letter: Letter, at: datetime) -> None:
    urgency = 10 if letter.sentence == rules.URGENT else 0
    send.configure(schedule_at=at, priority=urgency).defer(letter=letter.pk)


@app.task(name="messages.send", retry=AGAIN)
def send(letter: int) -> None:
    """Hand over one letter, and write down what became of it before anything else is done."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [letter])
        if not cursor.fetchone()[0]:
            return  # another worker is handing it over
        try:
            waiting = Letter.objects.filter(pk=letter, sent_at=None, given_up_at=None).first()
            if waiting is not None:
                _send(waiting)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [letter])


def _send(letter: Letter) -> None:
    person = Person.objects.only("email", "language", "is_active").get(pk=letter.to_person_id)
    outcome = post.Outcome(refused=True)  # somebody who left is written to no more
    if person.is_active:
        outcome = post.hand_over(letter.pk, letter.sentence, to=person.email, language=person.language)
    now = timezone.now()
    again = rules.tried_again_at(letter.tries + 1, now=now, made_at=letter.made_at)
    if outcome.taken or outcome.refused:
        again = None
    with transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(
            tries=letter.tries + 1,
            answer=outcome.code,
            sent_at=now if outcome.taken else None,
            given_up_at=None if outcome.taken or again else now,
        )
        if again is not None:
            defer_sending(letter, again)


@app.periodic(cron="* * * * *")
@app.task(name="messages.pick_up", queueing_lock="messages.pick_up", pass_context=True)
async def pick_up(context: JobContext, timestamp: int) -> None:
    """Jobs of a worker that died are given to the next."""
    for job in await context.app.job_manager.get_stalled_jobs():
        await context.app.job_manager.retry_job(job)


@app.periodic(cron="17 3 * * *")
@app.task(name="messages.tidy", queueing_lock="messages.tidy")
def tidy(timestamp: int) -> None:
    """What was delivered a month ago is forgotten."""
    before = timezone.now() - timedelta(days=30)
    Letter.objects.filter(made_at__lt=before).exclude(sent_at=None).delete()
    Knock.objects.filter(carried_at__lt=before).delete()
