"""Time passes and nobody acts: what is kept is renewed when its moment comes, by a clock that sees one case."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from nrm.casefile import renewing, story
from nrm.casefile.facts import Facts
from nrm.casefile.keeping import WAITING_COLUMNS, waiting_rows
from nrm.casefile.models import Access, Draft, Headline, Waiting
from nrm.casefile.questions import headline
from nrm.casefile.terms import Flag
from nrm.casefile.timing import timed
from nrm.desk.queries import describe
from nrm.desk.rehearsal import playing, reading
from nrm.kernel import walls
from nrm.kernel.actor import Actor
from nrm.kernel.ids import new_id
from nrm.kernel.signature import bind
from nrm.messages.models import Knock
from tests.stage import MONDAY, STORIES, Stage

SEVENTEEN = {"birth_date": "2008-09-10", "birth_date_basis": "DOCUMENT_VERIFIED"}
Kept = tuple[dict[str, Any], set[tuple[Any, ...]]]


class Clock:
    """The worker at one moment."""

    def __init__(self, roles: Any, stage: Stage) -> None:
        self.roles, self.stage, self.now = roles, stage, stage.moment(MONDAY)

    def strikes(self, when: str | datetime) -> renewing.Renewed:
        """It is then; the worker renews what is due."""
        self.now = self.stage.moment(when) if isinstance(when, str) else when
        with self.roles("nrm_worker"):
            return renewing.renew_due(now=self.now, pack=self.stage.pack)

    def cases(self) -> list[tuple[int, str]]:
        with self.roles("nrm_keeper"):
            return list(Headline.objects.order_by("case_id").values_list("case_id", "reference"))

    def kept(self, case_id: int) -> Kept:
        with self.roles("nrm_keeper"):
            row = Headline.objects.filter(case_id=case_id).values().get()
            waiting = set(Waiting.objects.filter(case_id=case_id).values_list(*WAITING_COLUMNS))
        return {name: value for name, value in row.items() if name not in ("case_id", "renew_at")}, waiting

    def facts(self, case_id: int, reference: str) -> Facts:
        with transaction.atomic(), self.roles("nrm_clock"):
            bind(Actor(person_id=walls.THE_CLOCK, agency_id=case_id), now=self.now)
            read = story.read(reference, now=self.now, pack=self.stage.pack)
        assert read is not None
        return read

    def made_again(self, case_id: int, reference: str) -> Kept:
        """What would be kept if it were made from the facts now."""
        facts = self.facts(case_id, reference)
        told = {name: value for name, value in headline(facts).items() if name != "names"}
        return {"reference": reference} | told, waiting_rows(facts, timed(facts))


@pytest.fixture
def clock(roles: Any, stage: Stage) -> Clock:
    return Clock(roles, stage)


def assert_fresh(clock: Clock) -> None:
    for case_id, reference in clock.cases():
        columns, waiting = clock.kept(case_id)
        fresh, should_wait = clock.made_again(case_id, reference)
        assert {name: columns[name] for name in fresh} == fresh, (clock.now, reference)
        assert waiting == should_wait, (clock.now, reference)


def flags(clock: Clock) -> set[str]:
    ((case_id, _reference),) = clock.cases()
    return set(clock.kept(case_id)[0]["flags"])


def days_from(first: datetime) -> Iterator[datetime]:
    """Each of forty days, then every twelfth of more than a year, a minute past midnight."""
    midnight = first.replace(hour=0, minute=1, second=0)
    yield from (midnight + timedelta(days=day) for day in (*range(1, 41), *range(52, 430, 12)))


@pytest.mark.slow
@pytest.mark.parametrize("file", sorted(STORIES.glob("c[0-9]*.yaml"))[1:], ids=lambda file: file.stem)
def test_every_night_the_desk_is_what_the_facts_say(file: Any, clock: Clock) -> None:
    # Given a story that was played to its end
    playing.play(reading.read(file), checks=False, lenient=True)
    with clock.roles("nrm_keeper"):
        last = max(Headline.objects.values_list("last_fact_at", flat=True))
    # When nobody does anything any more, then each night all that is kept is what would be made anew
    for midnight in days_from(max(last, clock.now)):
        assert clock.strikes(midnight).failed == 0
        assert_fresh(clock)


def test_at_midnight_she_is_grown_up(clock: Clock, stage: Stage) -> None:
    # Given a girl who is known to become eighteen on 10 September
    stage.a_case(**SEVENTEEN)
    assert Flag.TREATED_AS_CHILD in flags(clock)
    assert Flag.TURNS_18_SOON not in flags(clock)
    # Then it is soon half a year before, and not a day earlier
    clock.strikes("2026-03-13T23:59")
    assert Flag.TURNS_18_SOON not in flags(clock)
    clock.strikes("2026-03-14T00:00")
    assert Flag.TURNS_18_SOON in flags(clock)
    # And she is a child until the last minute of the ninth
    clock.strikes("2026-09-09T23:59")
    assert Flag.TREATED_AS_CHILD in flags(clock)
    clock.strikes("2026-09-10T00:00")
    assert Flag.TREATED_AS_CHILD not in flags(clock)
    assert_fresh(clock)


def test_only_a_case_whose_moment_has_come_is_touched(clock: Clock, stage: Stage) -> None:
    stage.a_case(**SEVENTEEN)
    stage.a_case(at="2026-03-02T10:00")
    assert clock.strikes("2026-03-02T10:01").cases == 0
    assert clock.strikes("2026-09-10T00:00").cases == 2
    assert clock.strikes("2026-09-10T00:00").cases == 0


def test_renewing_twice_is_renewing_once(clock: Clock, stage: Stage) -> None:
    reference = stage.a_case(**SEVENTEEN)
    stage.do("casefile.appoint_lead_worker", "rosa", MONDAY, case=reference, person="rosa")
    ((case_id, _),) = clock.cases()
    clock.strikes("2026-09-10T00:00")
    once, knocks = clock.kept(case_id), Knock.objects.count()
    for _ in range(2):
        with clock.roles("nrm_worker"):
            renewing.renew(case_id, reference, now=clock.now, pack=stage.pack)
    assert clock.kept(case_id) == once
    assert Knock.objects.count() == knocks


def test_a_deadline_that_begins_by_itself_is_knocked(clock: Clock, stage: Stage) -> None:
    reference = stage.a_case(**SEVENTEEN)
    stage.do("casefile.appoint_lead_worker", "rosa", MONDAY, case=reference, person="rosa")
    before = set(Knock.objects.values_list("pk", flat=True))
    clock.strikes("2026-09-10T00:00")
    knocks = Knock.objects.exclude(pk__in=before)
    assert [(knock.sentence, knock.to_person_id) for knock in knocks] == [("W", stage.rosa.person_id)]


def test_a_share_that_is_over_takes_its_grants_with_it(clock: Clock, stage: Stage) -> None:
    # Given an agency with all grants until Friday, and a summary for longer
    reference = stage.a_case(given_name="Quillonmark")
    share = {
        "case": reference,
        "agency": "alva",
        "basis": "LEGAL_DUTY",
        "note": "Child Protection Act, section 12",
    }
    stage.do(
        "casefile.share", "rosa", grants=["FULL", "IDENTITY"], purpose="CARE", until="2026-03-06", **share
    )
    stage.do("casefile.share", "rosa", grants=["SUMMARY"], purpose="SERVICE", **share)
    ((case_id, _),) = clock.cases()

    def called(at: str) -> str:
        here = stage.doing("mira", at)
        bind(here.actor, now=here.now)
        return describe(here, [case_id])[case_id].called

    assert called("2026-03-06T23:59") == "Quillonmark"
    # When Friday is over
    clock.strikes("2026-03-06T23:59")
    assert called("2026-03-06T23:59") == "Quillonmark"
    clock.strikes("2026-03-07T00:00")
    # Then its list has no name any more
    assert called("2026-03-07T00:00") == ""
    assert set(Access.objects.get(case_id=case_id, agency_id=stage.mira.agency_id).grants) == {"SUMMARY"}


def test_one_case_that_cannot_be_renewed_holds_up_no_other(
    clock: Clock, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = stage.a_case(**SEVENTEEN)
    stage.a_case(given_name="Ana", **SEVENTEEN)
    monkeypatch.setattr(renewing, "BATCH", 1)
    keep = renewing.keep

    def broken(facts: Facts) -> tuple[bool, bool]:
        if facts.the_case.reference == first:
            raise ArithmeticError
        return keep(facts)

    monkeypatch.setattr(renewing, "keep", broken)
    assert clock.strikes("2026-09-10T00:00") == renewing.Renewed(cases=1, failed=1)
    monkeypatch.undo()
    assert clock.strikes("2026-09-10T00:00") == renewing.Renewed(cases=1, failed=0)
    assert_fresh(clock)


# What the clock may do: with one case in its signature, and no more.


def seen(statement: str) -> int | None:
    """How many rows; None if it is refused."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.rowcount
    except DatabaseError as error:
        assert isinstance(error.__cause__, psycopg.errors.InsufficientPrivilege)
        return None


def test_the_clock_sees_the_case_in_its_signature_and_no_other(clock: Clock, stage: Stage) -> None:
    one, other = stage.a_case(), stage.a_case()
    (one_id, _), (other_id, _) = clock.cases()
    tables = [table for table in story.kinds() if table != "casefile_case"]
    with clock.roles("nrm_clock"), transaction.atomic():
        bind(Actor(person_id=walls.THE_CLOCK, agency_id=one_id), now=clock.now)
        assert story.read(one, now=clock.now, pack=stage.pack) is not None
        assert story.read(other, now=clock.now, pack=stage.pack) is None
        assert seen("SELECT 1 FROM casefile_case") == 1
        for table in [*tables, "casefile_headline", "casefile_waiting", "casefile_nametoken"]:
            assert seen(f"SELECT 1 FROM {table} WHERE case_id = {other_id}") == 0, table


def a_draft(path: str, lapses_at: datetime) -> None:
    Draft(
        id=new_id(), person_id=1, path=path, answers="Zzmark", saved_at=lapses_at - timedelta(days=1),
        lapses_at=lapses_at,
    ).save(force_insert=True)  # fmt: skip


def test_answers_that_nobody_sent_in_time_are_deleted(clock: Clock, stage: Stage) -> None:
    """Whosever they are, and without anybody reading them; what may still be sent stays."""
    then = datetime(2020, 3, 2, 9, tzinfo=UTC)
    a_draft("/lapsed/", then)
    a_draft("/lapses-later/", then + timedelta(seconds=1))
    a_draft("/still-good/", timezone.now() + timedelta(hours=1))
    assert clock.strikes(then).drafts == 1
    with clock.roles("nrm_keeper"):
        assert set(Draft.objects.values_list("path", flat=True)) == {"/lapses-later/", "/still-good/"}
    assert clock.strikes(datetime(9000, 1, 1, tzinfo=UTC)).drafts == 1, "the database has a clock of its own"
    with clock.roles("nrm_keeper"):
        assert set(Draft.objects.values_list("path", flat=True)) == {"/still-good/"}


def test_nobody_else_deletes_the_drafts_of_others(clock: Clock, stage: Stage) -> None:
    assert seen("SELECT casefile_forget_drafts(now())") is None
    with clock.roles("nrm_worker"):
        assert seen("SELECT * FROM casefile_draft") is None
        assert seen("DELETE FROM casefile_draft") is None


def test_the_command_says_how_many(clock: Clock, stage: Stage) -> None:
    a_draft("/lapsed/", datetime(2020, 3, 2, 9, tzinfo=UTC))
    out = StringIO()
    with clock.roles("nrm_worker"):
        call_command("renew", stdout=out)
    assert "1 lapsed drafts deleted." in out.getvalue()


def test_the_clock_reads_the_whole_story(clock: Clock, stage: Stage) -> None:
    reference = stage.a_case()
    ((case_id, _),) = clock.cases()
    hers = {fact.pk for fact in stage.facts(reference).everything}
    assert {fact.pk for fact in clock.facts(case_id, reference).everything} == hers


def test_without_a_signature_the_clock_sees_nothing(clock: Clock, stage: Stage) -> None:
    stage.a_case()
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('nrm.actor', '', true)")
    with clock.roles("nrm_clock"):
        assert seen("SELECT 1 FROM casefile_case") == 0
        assert seen("SELECT 1 FROM casefile_headline") == 0


def test_a_person_s_signature_is_worth_nothing_to_the_clock(clock: Clock, stage: Stage) -> None:
    stage.a_case(by="rosa")
    bind(stage.rosa, now=clock.now)
    with clock.roles("nrm_clock"):
        assert seen("SELECT 1 FROM contact_firstcontact") == 0


def test_the_clock_s_signature_is_worth_nothing_to_the_web_role(clock: Clock, stage: Stage) -> None:
    stage.a_case()
    ((case_id, _),) = clock.cases()
    bind(Actor(person_id=walls.THE_CLOCK, agency_id=case_id), now=clock.now)
    assert seen("SELECT 1 FROM casefile_case") == 0
    assert seen("SELECT 1 FROM casefile_headline") == 0
    assert seen("SELECT * FROM casefile_to_renew(now(), '-infinity', 0, 10)") is None


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO casefile_party SELECT * FROM casefile_party",
        "INSERT INTO contact_firstcontact SELECT * FROM contact_firstcontact",
        "DELETE FROM casefile_case",
        "UPDATE casefile_waiting SET person_id = NULL",
        "SELECT * FROM casefile_access",
        "SELECT * FROM audit_entry",
        "SELECT * FROM agencies_person",
        "SELECT * FROM casefile_near(now())",
        "SET ROLE nrm_keeper",
        "SET ROLE nrm_web",
    ],
)
def test_the_clock_cannot(statement: str, clock: Clock, stage: Stage) -> None:
    stage.a_case()
    ((case_id, _),) = clock.cases()
    with clock.roles("nrm_worker"), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE nrm_clock")
        bind(Actor(person_id=walls.THE_CLOCK, agency_id=case_id), now=clock.now)
        assert seen(statement) is None
        cursor.execute("SET LOCAL ROLE NONE")
