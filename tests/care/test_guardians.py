"""A guardian at her side: who appoints, who may be one, until when, and the two deadlines."""

from datetime import date

import pytest

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
