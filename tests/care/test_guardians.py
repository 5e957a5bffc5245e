"""A guardian at her side: who appoints, who may be one, until when, and the two deadlines."""

import threading
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from nrm.care.models import Guarded, Guardianship
from nrm.casefile import questions
from nrm.casefile.act import ACTS
from nrm.casefile.doing import Done, do
from nrm.casefile.facts import Facts
from nrm.casefile.models import Waiting
from nrm.casefile.timing import Timed, timed
from nrm.kernel.refusals import Refused
from nrm.kernel.signature import bind
from nrm.messages.models import Knock
from tests.stage import MONDAY, VIEWS, Stage

AtOnce = Callable[[list[Callable[[], Any]]], list[Any]]
CITIZEN = {
    "citizenships": ["XAL"], "languages": ["eng"], "interpreter_needed": "NO", "given_name": "Elira",
    "birth_date": "2010-01-20", "birth_date_basis": "CIVIL_REGISTRY", "accompaniment": "WITH_PARENT",
    "parents": "CONFLICT", "danger_now": "YES",
}  # fmt: skip
ALONE = {"accompaniment": "ALONE", "parents": "ABROAD_REACHABLE"}


def appoint(stage: Stage, case: str, guardian: str, at: str, *, interim: bool = False) -> Facts:
    act = "care.appoint_interim_guardian" if interim else "care.appoint_guardian"
    done = stage.do(act, "mira", at, case=case, guardian=guardian, **{"from": at[:10]}, **VIEWS)
    assert done.facts is not None
    return done.facts


def object_to(stage: Stage, case: str, by: str, at: str = MONDAY) -> Done:
    answers = {"by": "CHILD", "why": "She shouts at me."}
    return do(ACTS["care.object_to_guardian"], stage.doing(by, at), answers, reference=case)


def deadline(facts: Facts, code: str) -> Timed | None:
    return next((one for one in timed(facts) if one.code == code), None)


def at_desk(stage: Stage, by: str, at: str, case: str) -> set[str]:
    doing = stage.doing(by, at)
    bind(doing.actor, now=doing.now)
    return set(Waiting.objects.filter(reference=case, mandate="GUARDIANSHIP").values_list("code", flat=True))


def day(text: str) -> date:
    return date.fromisoformat(text)


def due_days(stage: Stage, facts: Facts) -> tuple[object, object]:
    interim, full = deadline(facts, "INTERIM_GUARDIAN"), deadline(facts, "GUARDIAN")
    assert interim and interim.due and full and full.due
    return interim.due.instant, full.due.day


@pytest.mark.parametrize(
    ("at", "known", "interim_due", "full_due"),
    [
        ("2026-03-02T09:00", {}, "2026-03-03T09:00", "2026-03-10"),
        ("2026-03-12T14:00", CITIZEN, "2026-03-13T14:00", "2026-03-19"),
        ("2026-03-16T19:10", ALONE, "2026-03-17T19:10", "2026-03-23"),
    ],
    ids=["begging", "forced marriage", "football"],
)  # fmt: skip
def test_both_guardians_are_due_from_the_first_minute(
    stage: Stage, at: str, known: dict[str, object], interim_due: str, full_due: str
) -> None:
    case = stage.a_case(by="mira", at=at, **known)
    assert due_days(stage, stage.facts(case, "mira", at)) == (stage.moment(interim_due), day(full_due))
    assert at_desk(stage, "mira", at, case) == {"INTERIM_GUARDIAN", "GUARDIAN"}


def test_the_guardianship_office_sees_that_a_child_waits_before_it_sees_the_child(stage: Stage) -> None:
    case = stage.a_case(by="mira")
    assert at_desk(stage, "petra", MONDAY, case) == {"INTERIM_GUARDIAN", "GUARDIAN"}


def test_an_interim_guardian_stops_one_deadline_and_a_guardian_both(stage: Stage) -> None:
    case = stage.a_case(by="mira")
    facts = appoint(stage, case, "petra", "2026-03-02T15:00", interim=True)
    assert questions.guardian(facts, facts.today) == stage.petra.person_id
    assert deadline(facts, "INTERIM_GUARDIAN").stopped == stage.moment("2026-03-02T15:00")
    assert deadline(facts, "GUARDIAN").stopped is None
    facts = appoint(stage, case, "jonas", "2026-03-06T10:00")
    assert deadline(facts, "INTERIM_GUARDIAN").stopped == stage.moment("2026-03-02T15:00")
    assert deadline(facts, "GUARDIAN").stopped == stage.moment("2026-03-06T10:00")
    assert at_desk(stage, "mira", "2026-03-06T10:00", case) == set()


def test_a_guardian_without_an_interim_one_before_stops_both(stage: Stage) -> None:
    case = stage.a_case(by="mira")
    facts = appoint(stage, case, "jonas", "2026-03-02T15:00")
    assert all(deadline(facts, code).stopped for code in ("INTERIM_GUARDIAN", "GUARDIAN"))


def test_the_next_guardian_begins_on_the_day_the_last_one_ends(stage: Stage) -> None:
    case = stage.a_case(by="mira")
    appoint(stage, case, "petra", "2026-03-02T15:00", interim=True)
    facts = appoint(stage, case, "jonas", "2026-03-06T10:00")
    guardians = [questions.guardian(facts, day(on)) for on in ("2026-03-01", "2026-03-05", "2026-03-06")]
    assert guardians == [None, stage.petra.person_id, stage.jonas.person_id]


def test_the_guardian_sees_everything_and_is_knocked(stage: Stage) -> None:
    case = stage.a_case(by="mira")
    with pytest.raises(Refused, match="NOT_FOUND"):
        object_to(stage, case, "petra")
    appoint(stage, case, "petra", "2026-03-02T15:00", interim=True)
    facts = stage.facts(case, "petra", "2026-03-02T15:01")
    from nrm.casefile.sight import sight_of

    assert sight_of(stage.petra, facts).grants >= {"FULL", "IDENTITY", "LOCATION"}
    bind(stage.petra, now=stage.moment("2026-03-02T15:01"))
    assert Knock.objects.filter(to_person_id=stage.petra.person_id, sentence="W").exists()


def test_the_same_office_is_given_the_case_once(stage: Stage) -> None:
    case = stage.a_case(by="mira")
    first = stage.do(
        "care.appoint_interim_guardian", "mira", case=case, guardian="petra", **{"from": "2026-03-02"}
    )
    second = stage.do("care.appoint_guardian", "mira", case=case, guardian="jonas", **{"from": "2026-03-02"})
    assert (len(first.also), len(second.also)) == (1, 0)


@pytest.mark.parametrize("person", ["ida", "viktor", "nina", "dora", "mira", "gero"])
def test_nobody_who_decides_houses_or_polices_is_her_guardian(stage: Stage, person: str) -> None:
    case = stage.a_case(by="mira")
    for act in ("care.appoint_interim_guardian", "care.appoint_guardian"):
        refused = stage.refused(act, "mira", case=case, guardian=person, **{"from": "2026-03-02"})
        assert refused == ["GUARDIAN_CONFLICT"]


def test_a_guardian_never_appoints(stage: Stage) -> None:
    case = stage.a_case(by="mira")
    appoint(stage, case, "petra", "2026-03-02T15:00", interim=True)
    answers = {"case": case, "guardian": "petra", "from": "2026-03-02"}
    assert stage.refused("care.appoint_guardian", "petra", "2026-03-03T09:00", **answers) == ["ROLE_MISSING"]


def test_a_guardian_has_no_more_children_than_the_law_allows(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stage, "pack", _with_limit(stage, 2), raising=False)
    for _ in range(2):
        appoint(stage, stage.a_case(by="mira"), "petra", "2026-03-02T15:00", interim=True)
    third = stage.a_case(by="mira")
    answers = {"case": third, "guardian": "petra", "from": "2026-03-02"}
    assert stage.refused("care.appoint_interim_guardian", "mira", **answers) == ["GUARDIAN_FULL"]
    assert stage.refused("care.appoint_guardian", "mira", **answers | {"guardian": "jonas"}) == []


def test_children_in_cases_that_the_worker_cannot_see_count_too(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stage, "pack", _with_limit(stage, 1), raising=False)
    appoint(stage, stage.a_case(by="mira"), "petra", "2026-03-02T15:00")
    from nrm.care.counting import children_of
    from nrm.care.models import Guardianship

    bind(stage.omar, now=stage.moment(MONDAY))
    assert not Guardianship.objects.exists()
    assert children_of(stage.petra.person_id, day("2026-03-02"), except_case=0) == 1
    assert children_of(stage.petra.person_id, day("2026-03-01"), except_case=0) == 0


def test_the_child_whom_she_already_guards_is_not_one_more(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stage, "pack", _with_limit(stage, 1), raising=False)
    case = stage.a_case(by="mira")
    appoint(stage, case, "petra", "2026-03-02T15:00", interim=True)
    appoint(stage, case, "petra", "2026-03-06T10:00")


def test_the_guard_is_not_ended_before_the_next_one_is_there(stage: Stage) -> None:
    case = stage.a_case(by="mira")
    end = {"case": case, "reason": "GUARDIAN_LEFT", "on": "2026-03-10"}
    assert stage.refused("care.end_guardianship", "mira", **end) == ["NO_GUARDIAN_TO_END"]
    appoint(stage, case, "petra", "2026-03-02T15:00", interim=True)
    at = "2026-03-03T09:00"
    assert stage.refused("care.end_guardianship", "mira", at, **end) == ["NEXT_GUARDIAN_FIRST"]
    next_one = {"case": case, "guardian": "jonas", "from": "2026-03-11"}
    assert stage.refused("care.appoint_guardian", "mira", at, **next_one) == []
    assert stage.refused("care.end_guardianship", "mira", at, **end) == []
    facts = stage.facts(case, "mira", at)
    guardians = [questions.guardian(facts, day(on)) for on in ("2026-03-10", "2026-03-11")]
    assert guardians == [stage.petra.person_id, stage.jonas.person_id]


def test_she_may_object_and_the_office_and_oversight_hear_of_it(stage: Stage) -> None:
    case = stage.a_case(by="mira")
    appoint(stage, case, "petra", "2026-03-02T15:00", interim=True)
    at = "2026-03-03T09:00"
    done = object_to(stage, case, "mira", at)
    assert done.fact.guardianship.guardian_id == stage.petra.person_id
    for office in ("guardians", "oversight"):
        reader = stage.petra if office == "guardians" else stage.vera
        bind(reader, now=stage.moment(at))
        assert Knock.objects.filter(to_agency_id=getattr(stage, office).pk, sentence="W").exists()


def _with_limit(stage: Stage, limit: int) -> object:
    from dataclasses import replace

    return replace(stage.pack, guardian_limit=limit)


def test_the_days_kept_are_the_days_derived(stage: Stage) -> None:
    """Appointed, replaced the same day, ended, appointed again: one guardian on each day, and the same one."""
    case = stage.a_case(by="mira", accompaniment="WITH_PARENT", parents="REACHABLE_SAFE")
    appoint(stage, case, "petra", "2026-03-03T09:00", interim=True)
    appoint(stage, case, "jonas", "2026-03-03T10:00")
    appoint(stage, case, "petra", "2026-03-06T10:00")
    end = {"reason": "GUARDIAN_LEFT", "on": "2026-03-08"}
    stage.do("care.end_guardianship", "mira", "2026-03-08T10:00", case=case, **end)
    appoint(stage, case, "jonas", "2026-03-11T10:00")
    facts = stage.facts(case, "mira", "2026-03-12T10:00")
    for number in range(1, 20):
        on = date(2026, 3, number)
        kept = Guarded.objects.filter(case=facts.the_case, during__contains=on)
        assert list(kept.values_list("guardian_id", flat=True)) == [
            who for who in [questions.guardian(facts, on)] if who
        ], on


def test_two_who_appoint_at_once_leave_one_guardian(lasting: Stage, at_once: AtOnce) -> None:
    lasting.people, lasting.agencies  # noqa: B018 read once, before the threads
    case = lasting.a_case(by="mira")
    answers = {"case": case, "from": "2026-03-02"}
    said = at_once(
        [
            lambda who=who: lasting.refused("care.appoint_guardian", "mira", MONDAY, guardian=who, **answers)
            for who in ("petra", "jonas") * 3
        ]
    )
    assert said == [[]] * 6, "each replaces the one before"
    with transaction.atomic():
        facts = lasting.facts(case, "mira")
        kept = list(Guarded.objects.values_list("guardian_id", flat=True))
    assert kept == [questions.guardian(facts, facts.today)]


def test_the_database_lets_no_two_be_guardian_past_all_acts(lasting: Stage, at_once: AtOnce) -> None:
    """Two rows written at the same moment without the lock on the case: the second one is refused."""
    lasting.people, lasting.agencies  # noqa: B018 read once, before the threads
    reference, at = lasting.a_case(by="mira"), lasting.moment(MONDAY)
    with transaction.atomic():
        case = lasting.facts(reference, "mira").the_case
    first_wrote = threading.Barrier(2)

    def write(who: str) -> str:
        row = Guardianship(
            case=case, at=at, recorded_at=at, by_person_id=lasting.mira.person_id,
            by_agency_id=lasting.mira.agency_id, kind="FULL", guardian_id=lasting.actor(who).person_id,
            since=day("2026-03-02"),
        )  # fmt: skip
        try:
            with transaction.atomic():
                bind(lasting.mira, now=at)
                if who == "petra":
                    row.save(force_insert=True)
                    first_wrote.wait(timeout=60)
                    with connection.cursor() as cursor:  # not yet there for the other, who runs into it
                        cursor.execute("SELECT pg_sleep(1)")
                else:
                    first_wrote.wait(timeout=60)
                    row.save(force_insert=True)
        except IntegrityError as error:
            return str(error.__cause__.diag.constraint_name)  # type: ignore[union-attr]
        return "written"

    assert at_once([lambda: write("petra"), lambda: write("jonas")]) == [
        "written",
        "care_one_guardian_at_a_time",
    ]


def test_two_children_at_once_do_not_both_become_the_last(
    lasting: Stage, at_once: AtOnce, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lasting, "pack", _with_limit(lasting, 1), raising=False)
    lasting.people, lasting.agencies  # noqa: B018 read once, before the threads
    cases = [lasting.a_case(by="mira") for _ in range(4)]
    answers = {"guardian": "petra", "from": "2026-03-02"}
    said = at_once(
        [
            lambda case=case: lasting.refused("care.appoint_guardian", "mira", MONDAY, case=case, **answers)
            for case in cases
        ]
    )
    assert sorted(map(tuple, said)) == [(), *[("GUARDIAN_FULL",)] * 3]
