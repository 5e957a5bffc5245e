"""Where she lives: a bed that suits a child, given once, with those she belongs to; looked at again and again."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from nrm.agencies.models import Bed
from nrm.care import queries
from nrm.care.keeping_beds import beds_taken
from nrm.care.models import BedConfirmed, Placement, Stay
from nrm.care.queries import Wanted
from nrm.casefile import questions
from nrm.casefile.models import Headline
from nrm.casefile.timing import timed
from nrm.closure.queries import flags_of
from nrm.kernel.handling import Handling
from nrm.kernel.signature import bind
from nrm.messages.models import Knock
from tests.care.test_safety import ASSESSED
from tests.stage import MONDAY, VIEWS, Stage

BI = {"best_interests": "She is away from the man."}
HERE: dict[str, Any] = {"from": "2026-03-02", **VIEWS, **BI}
SHELTER = {"type": "CHILD_SHELTER", "provider": "lantern", "bed": "lantern_1", "address": "Room 1", **HERE}
FOSTER = {"type": "FOSTER", "address": "Foster home at Mill Lane", **HERE}
HOME = {"type": "WITH_PARENTS", **HERE}
ADULT = {"birth_date": "2000-01-01", "birth_date_basis": "CIVIL_REGISTRY", "track": "ADULT_SURVIVOR"}
END = {"reason": "CHILD_ASKED"}
BED = {
    "bed": "lantern_1", "for_children": "YES", "adult_strangers": "NO", "suits": "ANY", "step_free": "NOT_KNOWN",
}  # fmt: skip
DAY = date.fromisoformat


def place(stage: Stage, case: str, at: str = MONDAY, **other: Any) -> list[str]:
    """The codes with which a placement is refused; [] if she is placed."""
    return stage.refused("care.place", "mira", at, case=case, **SHELTER | {"from": at[:10]} | other)


def reviews(stage: Stage, case: str, at: str) -> list[tuple[str, str]]:
    facts = stage.facts(case, "mira", at)
    runs = sorted((one for one in timed(facts) if one.code == "PLACEMENT_REVIEW"), key=lambda one: one.start)
    return [(str(run.due.day), run.state(facts.now)) for run in runs if run.due]


@pytest.fixture
def case(stage: Stage) -> str:
    return stage.a_case(by="mira")


def test_a_bed_of_the_register_and_its_agency_hears_of_it(stage: Stage, case: str) -> None:
    facts = stage.do("care.place", "mira", case=case, **SHELTER).facts
    lives = queries.placement(facts, DAY("2026-03-02"))
    assert lives is not None and lives.registered.key == "lantern_1"
    assert queries.placement(facts, DAY("2026-03-01")) is None
    bind(stage.dora, now=stage.moment(MONDAY))
    assert Knock.objects.filter(to_agency_id=stage.lantern.pk, sentence="W").exists()


def test_a_placement_ends_custody(stage: Stage) -> None:
    case = stage.a_case(by="mira", in_custody="YES")
    assert "IN_CUSTODY" in flags_of(stage.facts(case, "mira"))
    assert place(stage, case, type="POLICE_CELL", provider="", bed="", address="") == [
        "DETENTION_IS_NOT_CARE"
    ]
    assert "IN_CUSTODY" in flags_of(stage.facts(case, "mira"))
    assert place(stage, case) == []
    assert "IN_CUSTODY" not in flags_of(stage.facts(case, "mira"))


@pytest.mark.parametrize("kind", ["POLICE_CELL", "CLOSED_CENTRE"])
def test_detention_is_not_care_for_anybody(stage: Stage, kind: str) -> None:
    for known in ({}, ADULT):
        case = stage.a_case(by="mira", **known)
        said = place(stage, case, type=kind, provider="", bed="")
        assert said == ["DETENTION_IS_NOT_CARE"]


@pytest.mark.parametrize(
    ("answers", "refused"),
    [
        ({"type": "HOTEL", "provider": "", "bed": ""}, ["NOT_CHILD_SUITABLE"]),
        ({"bed": "lantern_77"}, ["NOT_CHILD_SUITABLE"]),
        ({"provider": "", "bed": "lantern_1"}, ["NOT_CHILD_SUITABLE"]),
        ({"bed": "lantern_9"}, ["NOT_CHILD_SUITABLE", "WITH_ADULT_STRANGERS"]),
        ({"type": "ADULT_SURVIVOR_SHELTER", "provider": "", "bed": ""}, ["WITH_ADULT_STRANGERS"]),
    ],
    ids=[
        "a hotel",
        "a bed outside the register",
        "a bed of nobody",
        "a bed among adults",
        "a house for adults",
    ],
)
def test_what_does_not_suit_a_child(
    stage: Stage, case: str, answers: dict[str, str], refused: list[str]
) -> None:
    assert place(stage, case, **answers) == refused


def test_an_adult_survivor_may_live_where_adults_live_yet_not_in_a_hotel(stage: Stage) -> None:
    case = stage.a_case(by="mira", **ADULT)
    assert place(stage, case, type="HOTEL", provider="", bed="") == ["NOT_CHILD_SUITABLE"]
    assert place(stage, case, type="ADULT_SURVIVOR_SHELTER", bed="lantern_9") == []


def test_a_bed_is_given_once(stage: Stage, case: str) -> None:
    other = stage.a_case(by="rosa")
    assert place(stage, case) == []
    assert stage.refused("care.place", "mira", case=other, **SHELTER) == ["NOT_FOUND"], (
        "she is not on that case"
    )
    third = stage.a_case(by="mira")
    assert place(stage, third) == ["BED_TAKEN"]
    assert place(stage, third, "2026-03-01T09:00") == ["BED_TAKEN"], "she would still be there tomorrow"
    assert place(stage, case, "2026-03-03T09:00") == [], "her own bed is not taken from her"
    assert place(stage, third, bed="lantern_2", address="Room 2") == []


def test_a_bed_in_a_case_that_the_worker_cannot_see_is_taken_too(stage: Stage, case: str) -> None:
    assert place(stage, case) == []
    stage.people["rosa"].roles = ["CW"]
    other = stage.a_case(by="rosa")
    assert stage.refused("care.place", "rosa", case=other, **SHELTER) == ["BED_TAKEN"]


def test_a_bed_is_free_from_the_day_after_the_last(stage: Stage, case: str) -> None:
    third = stage.a_case(by="mira")
    end = {"case": case, "on": "2026-03-04", **END}
    assert stage.refused("care.end_placement", "mira", **end) == ["NO_PLACEMENT_TO_END"]
    assert place(stage, case) == []
    assert stage.refused("care.end_placement", "mira", "2026-03-04T18:00", **end) == []
    assert place(stage, third, "2026-03-04T19:00") == ["BED_TAKEN"]
    assert place(stage, third, "2026-03-05T09:00") == []
    facts = stage.facts(case, "mira", "2026-03-05T09:00")
    lived = [queries.placement(facts, DAY(on)) is not None for on in ("2026-03-04", "2026-03-05")]
    assert lived == [True, False]


def test_who_moves_leaves_her_bed_free(stage: Stage, case: str) -> None:
    assert place(stage, case) == []
    assert (
        stage.refused("care.place", "mira", "2026-03-05T09:00", case=case, **FOSTER | {"from": "2026-03-05"})
        == []
    )
    assert place(stage, stage.a_case(by="mira"), "2026-03-05T10:00") == []


def test_a_closed_case_holds_no_bed(stage: Stage, case: str) -> None:
    assert place(stage, case) == []
    bind(stage.mira, now=stage.moment(MONDAY))
    Headline.objects.filter(reference=case).update(stage="CLOSED")
    assert place(stage, stage.a_case(by="mira"), "2026-03-02T10:00") == ["BED_TAKEN"]
    assert place(stage, stage.a_case(by="mira"), "2026-03-03T10:00") == []


def test_the_days_kept_are_the_days_derived(stage: Stage, case: str) -> None:
    """Placed, moved, placed earlier by a late entry, corrected, ended: one home on each day, and the same one."""
    place(stage, case)
    stage.do("care.place", "mira", "2026-03-09T09:00", case=case, **FOSTER | {"from": "2026-03-09"})
    second = stage.do("care.place", "mira", "2026-03-09T10:00", case=case, **HOME | {"from": "2026-03-06"})
    corrected = HOME | {"from": "2026-03-07", "corrects": str(second.key), "why": "It was a day later."}
    stage.do("care.place", "mira", "2026-03-09T11:00", case=case, **corrected)
    stage.do("care.end_placement", "mira", "2026-03-12T11:00", case=case, on="2026-03-11", **END)
    facts = stage.facts(case, "mira", "2026-03-12T12:00")
    bind(stage.mira, now=stage.moment("2026-03-12T12:00"))
    for day in range(1, 20):
        on = date(2026, 3, day)
        kept = list(
            Stay.objects.filter(case=facts.the_case, during__contains=on).values_list("pk", flat=True)
        )
        lives = queries.placement(facts, on)
        assert kept == ([lives.pk] if lives else []), on


def test_the_database_lets_no_two_into_one_bed_past_all_acts(stage: Stage, case: str) -> None:
    first = stage.do("care.place", "mira", case=case, **SHELTER).fact
    other = stage.facts(stage.a_case(by="mira"), "mira").the_case
    row = Placement(
        case=other, at=first.at, recorded_at=first.at, by_person_id=first.by_person_id,
        by_agency_id=first.by_agency_id, type="CHILD_SHELTER", provider_id=first.provider_id,
        registered_id=first.registered_id, since=DAY("2026-03-09"), childs_views="Yes.", heard_how="SPOKE", **BI,
    )  # fmt: skip
    with pytest.raises(IntegrityError, match="care_one_child_a_bed"), transaction.atomic():
        bind(stage.mira, now=stage.moment(MONDAY))
        row.save(force_insert=True)


def test_fifty_want_the_last_bed_and_one_has_it(
    lasting: Stage, at_once: Callable[[list[Callable[[], Any]]], list[Any]]
) -> None:
    lasting.people, lasting.agencies  # noqa: B018 read once, before the threads
    cases = [lasting.a_case(by="mira") for _ in range(50)]
    said = at_once([lambda case=case: place(lasting, case) for case in cases])
    assert sorted(map(tuple, said)) == [(), *[("BED_TAKEN",)] * 49]


def test_children_who_belong_together_stay_together(stage: Stage, case: str) -> None:
    brother = stage.a_case(by="mira")
    pair = {"other_case": brother, "kind": "SIBLING", "keep_together": "YES"}
    stage.do("contact.record_relationship", "mira", case=case, **pair)
    assert stage.refused("care.place", "mira", case=case, **FOSTER) == [], "he lives nowhere yet"
    assert place(stage, brother) == ["SPLITS_SIBLINGS"]
    assert stage.refused("care.place", "mira", case=brother, **FOSTER | {"address": "Elsewhere"}) == [
        "SPLITS_SIBLINGS"
    ]
    assert place(stage, brother, apart_because="He is in hospital for a week.") == []
    again = FOSTER | {"address": " foster home at mill lane "}
    assert stage.refused("care.place", "mira", case=brother, **again) == []


def test_two_beds_of_one_house_are_one_home_and_parents_too(stage: Stage, case: str) -> None:
    brother = stage.a_case(by="mira")
    pair = {"other_case": brother, "kind": "SIBLING", "keep_together": "YES"}
    stage.do("contact.record_relationship", "mira", case=case, **pair)
    assert place(stage, case) == []
    assert place(stage, brother, bed="lantern_2", address="Room 2") == []
    assert stage.refused("care.place", "mira", "2026-03-03T09:00", case=case, **HOME) == ["SPLITS_SIBLINGS"]
    apart = HOME | {"from": "2026-03-03", "apart_because": "He follows tomorrow."}
    assert stage.refused("care.place", "mira", "2026-03-03T09:00", case=case, **apart) == []
    home = HOME | {"from": "2026-03-04"}
    assert stage.refused("care.place", "mira", "2026-03-04T09:00", case=brother, **home) == []


def test_who_need_not_stay_together_may_live_apart(stage: Stage, case: str) -> None:
    other = stage.a_case(by="mira")
    for together in ("YES", "NO"):
        pair = {"other_case": other, "kind": "COUSIN", "keep_together": together}
        stage.do("contact.record_relationship", "mira", case=case, **pair)
    stage.do("care.place", "mira", case=case, **FOSTER)
    assert place(stage, other) == []


def test_no_child_is_placed_abroad_before_that_state_has_agreed(
    stage: Stage, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    abroad = {"case": case, **FOSTER, "country": "XBR"}
    assert stage.refused("care.place", "mira", **FOSTER, case=case, country="XAL") == []
    monkeypatch.setattr(questions.agreed_to_placement_abroad, "_answer", lambda facts, country: False)
    assert stage.refused("care.place", "mira", **abroad) == ["CONSULT_FIRST"]
    monkeypatch.setattr(
        questions.agreed_to_placement_abroad, "_answer", lambda facts, country: country == "XBR"
    )
    assert stage.refused("care.place", "mira", **abroad) == []


def test_where_she_lives_is_looked_at_every_thirty_days(stage: Stage, case: str) -> None:
    place(stage, case)
    assert reviews(stage, case, MONDAY) == [("2026-04-01", "OPEN")]
    other = ASSESSED | {"question": "CONTACT"}
    stage.do("care.assess_best_interests", "mira", "2026-03-10T09:00", case=case, **other)
    assert reviews(stage, case, "2026-03-10T09:00") == [("2026-04-01", "OPEN")]
    looked = ASSESSED | {"question": "PLACEMENT"}
    stage.do("care.assess_best_interests", "mira", "2026-03-20T09:00", case=case, **looked)
    assert reviews(stage, case, "2026-03-20T09:00") == [("2026-04-01", "STOPPED"), ("2026-04-19", "OPEN")]
    assert reviews(stage, case, "2026-04-20T09:00")[-1] == ("2026-04-19", "OVERDUE")
    stage.do("care.place", "mira", "2026-04-20T10:00", case=case, **FOSTER | {"from": "2026-04-20"})
    assert reviews(stage, case, "2026-04-20T10:00")[1:] == [("2026-04-19", "STOPPED"), ("2026-05-20", "OPEN")]
    stage.do("care.end_placement", "mira", "2026-04-21T10:00", case=case, on="2026-04-21", **END)
    assert [state for _due, state in reviews(stage, case, "2026-05-30T10:00")] == ["STOPPED"] * 3
    stage.do("care.assess_best_interests", "mira", "2026-04-22T09:00", case=case, **looked)
    assert len(reviews(stage, case, "2026-05-30T10:00")) == 3, "who lives nowhere has no place to look at"


def test_at_home_with_her_parents_nothing_is_looked_at(stage: Stage, case: str) -> None:
    place(stage, case)
    stage.do("care.place", "mira", "2026-03-03T09:00", case=case, **HOME | {"from": "2026-03-03"})
    assert [state for _due, state in reviews(stage, case, "2026-05-30T10:00")] == ["STOPPED"]


def test_the_agency_of_a_bed_says_for_whom_it_is_and_when(stage: Stage, case: str) -> None:
    confirm = {**BED, "suits": "MALE", "free_from": "2026-03-05", "free_until": "2026-04-30"}
    stage.do("care.confirm_bed", "dora", "2026-03-02T08:00", **confirm)
    bed = Bed.objects.get(agency=stage.lantern, key="lantern_1")
    assert (bed.for_sex, bed.confirmed_at) == ("MALE", stage.moment("2026-03-02T08:00"))
    assert place(stage, case) == ["BED_NOT_OFFERED"]
    assert place(stage, case, "2026-05-01T09:00") == ["BED_NOT_OFFERED"]
    done = stage.do("care.place", "mira", "2026-03-05T09:00", case=case, **SHELTER | {"from": "2026-03-05"})
    assert [one.code for one in done.warnings] == ["BED_FOR_ANOTHER_SEX"]


def test_who_cannot_climb_steps_is_warned_of_them(stage: Stage) -> None:
    case = stage.a_case(by="mira", communication=["MOBILITY_ACCESS"])
    done = stage.do("care.place", "mira", case=case, **SHELTER)
    assert [one.code for one in done.warnings] == ["BED_NOT_STEP_FREE"]
    stage.do("care.confirm_bed", "dora", **BED | {"bed": "lantern_2", "step_free": "YES"})
    assert stage.do("care.place", "mira", case=case, **SHELTER | {"bed": "lantern_2"}).warnings == ()


def test_a_new_bed_is_registered_and_what_is_not_known_does_not_suit(stage: Stage, case: str) -> None:
    assert stage.refused("care.confirm_bed", "mira", **BED) == ["ROLE_MISSING"]
    stage.do("care.confirm_bed", "dora", **BED | {"bed": "lantern_5"})
    assert place(stage, case, bed="lantern_5") == []
    unknown = BED | {"bed": "lantern_6", "for_children": "NOT_KNOWN", "adult_strangers": "NOT_KNOWN"}
    stage.do("care.confirm_bed", "dora", **unknown)
    assert place(stage, case, bed="lantern_6") == ["NOT_CHILD_SUITABLE", "WITH_ADULT_STRANGERS"]


def test_the_days_of_a_bed_stand_upright(stage: Stage) -> None:
    backwards = {**BED, "free_from": "2026-03-05", "free_until": "2026-03-04"}
    assert stage.refused("care.confirm_bed", "dora", **backwards) == ["ANSWER_NEEDED"]
    at = stage.moment(MONDAY)
    row = BedConfirmed(
        at=at, recorded_at=at, by_person_id=stage.dora.person_id, by_agency_id=stage.lantern.pk,
        **{**backwards, "free_from": DAY("2026-03-05"), "free_until": DAY("2026-03-04")},
    )  # fmt: skip
    with pytest.raises(IntegrityError, match="care_bed_days_upright"), transaction.atomic():
        bind(stage.dora, now=at)
        row.save(force_insert=True)


def test_free_beds_are_named_to_who_places_and_to_nobody_else(
    stage: Stage, case: str, django_assert_num_queries: Any
) -> None:
    place(stage, case)
    stage.do("care.confirm_bed", "dora", **BED | {"bed": "lantern_3", "suits": "MALE"})
    on = DAY("2026-03-02")
    bind(stage.mira, now=stage.moment(MONDAY))
    with django_assert_num_queries(2):
        free = [bed.key for bed in queries.free_beds(stage.mira, Wanted(on))]
    assert free == ["lantern_3", "lantern_2", "lantern_4"], "confirmed last comes first; 9 is for adults"
    assert [bed.key for bed in queries.free_beds(stage.mira, Wanted(on, sex="FEMALE"))] == [
        "lantern_2",
        "lantern_4",
    ]
    assert queries.free_beds(stage.dora, Wanted(on)) == queries.free_beds(stage.sam, Wanted(on)) == []
    assert len(beds_taken(on)) == 1


def test_nothing_that_says_where_she_sleeps_is_shown_without_the_grant_of_location() -> None:
    where = ("provider", "bed", "registered", "address", "country")
    handled = {Placement.handling_of(Placement._meta.get_field(name)) for name in where}
    assert handled == {Handling.LOCATING}


def test_a_placement_takes_few_statements(
    stage: Stage, case: str, django_assert_max_num_queries: Any
) -> None:
    stage.doing("mira", MONDAY)
    with django_assert_max_num_queries(25):
        stage.do("care.place", "mira", case=case, **SHELTER)
