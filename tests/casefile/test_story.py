"""The story is told to whom the policies let read, whole and to nobody else, though it is read past them."""

import time
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from psycopg import errors

from nrm.casefile import story
from nrm.casefile.looking import look
from nrm.casefile.models import Case
from nrm.desk.rehearsal import playing, reading
from nrm.kernel import signature, walls
from nrm.kernel.actor import Actor
from nrm.kernel.refusals import Refused
from nrm.kernel.signature import bind
from tests.stage import MONDAY, STORIES, Stage

DOORS = ("casefile_facts_on_a_share", "casefile_facts_for_the_clock")
SHARED = {"grants": ["FULL"], "purpose": "CARE", "basis": "LEGAL_DUTY", "note": "Child Act"}
Told = set[tuple[str, str]]


def rows(statement: str, *values: object) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, list(values))
        return list(cursor.fetchall())


def told(case: int) -> Told:
    """What whoever is bound is told of that case, by its key."""
    found = rows("SELECT kind, told::jsonb::text FROM casefile_told(%s)", case)
    assert len(set(found)) == len(found)
    return set(found)


def through_the_policies(case: int) -> Told:
    """The same rows, read one table after the other with the rights of the role."""
    return {
        (table, row)
        for table, model in story.kinds().items()
        for (row,) in rows(
            f"SELECT to_jsonb(t)::text FROM {table} t WHERE t.{story.key_of(model)} = %s", case
        )
    }


def be(actor: Actor, stage: Stage, at: str = MONDAY) -> None:
    bind(actor, now=stage.moment(at))


def a_case(stage: Stage) -> int:
    return stage.facts(stage.a_case()).the_case.pk


def test_every_table_of_facts_is_read_past_its_policy_or_by_the_caller() -> None:
    others = {table for table, model in story.kinds().items() if not story.is_behind_the_case(model)}
    assert others == {"contact_relationship"}  # two cases stand in it, and people of either read it


def test_a_new_fact_is_in_the_story_at_once(stage: Stage) -> None:
    case = stage.a_case()
    before = len(stage.facts(case).everything)
    done = stage.do("contact.record_immediate_safety", "rosa", case=case, measures=["POLICE_CALLED"],
                    done_at="2026-03-02T09:00")  # fmt: skip
    after = stage.facts(case).everything
    assert len(after) == before + 1
    assert done.key in {fact.pk for fact in after}


# The same as through the policies.


@pytest.mark.slow
def test_everyone_of_the_cast_is_told_what_the_policies_let_them_read(roles: Any, stage: Stage) -> None:
    playing.play(reading.read(STORIES / "c01_begging.yaml"))
    with roles("nrm_keeper"):
        cases = list(Case.objects.values_list("pk", flat=True))
    assert cases
    most, somebody_is_told_nothing = 0, False
    for person in [*stage.people, "public"]:
        for at in (MONDAY, "2026-03-20T09:00", "2031-01-01T09:00"):
            be(stage.actor(person), stage, at)
            for case in cases:
                hers = told(case)
                assert hers == through_the_policies(case), (person, at)
                most, somebody_is_told_nothing = max(most, len(hers)), somebody_is_told_nothing or not hers
    assert most > 20
    assert somebody_is_told_nothing


def test_the_clock_is_told_what_its_policies_let_it_read(roles: Any, stage: Stage) -> None:
    mine, other = a_case(stage), a_case(stage)
    with roles("nrm_clock"):
        be(Actor(person_id=walls.THE_CLOCK, agency_id=mine), stage)
        assert len(told(mine)) > 2
        assert told(mine) == through_the_policies(mine)
        assert told(other) == set()


# Nothing for anybody else.


def test_without_a_signed_actor_nothing_is_told(stage: Stage) -> None:
    case = a_case(stage)
    assert told(case)
    rows("SELECT set_config('nrm.actor', '', true)")
    assert told(case) == set()


def test_another_agency_and_the_public_are_told_nothing(stage: Stage) -> None:
    case = a_case(stage)
    for who in ("omar", "mira", "public"):
        be(stage.actor(who), stage)
        assert told(case) == set(), who


def test_after_a_share_has_run_out_or_ended_nothing_is_told(stage: Stage) -> None:
    reference = stage.a_case()
    case = stage.facts(reference).the_case.pk
    stage.do("casefile.share", "rosa", case=reference, agency="alva", until="2026-03-04", **SHARED)
    share = stage.do("casefile.share", "rosa", case=reference, agency="guardians", **SHARED)
    be(stage.mira, stage, "2026-03-04T23:00")
    assert told(case)
    be(stage.mira, stage, "2026-03-05T01:00")
    assert told(case) == set()
    be(stage.petra, stage)
    assert told(case)
    stage.do("casefile.end_share", "rosa", case=reference, share=str(share.key), reason="She moved away.")
    be(stage.petra, stage)
    assert told(case) == set()


def tokens(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, str]]:
    """Signatures of the right person that are worth nothing: of another process, too old, of another moment."""
    now, process = stage.moment(MONDAY), connection.connection.info.backend_pid
    yield "another process", signature.token(stage.rosa, now=now, backend_pid=process + 1)
    genuine = signature.token(stage.rosa, now=now, backend_pid=process)
    yield "edited", genuine.replace(f".{int(now.timestamp())}.", f".{int(now.timestamp()) - 1}.")
    made_at = time.time() - signature.LIFETIME_S - 1
    monkeypatch.setattr(signature.time, "time", lambda: made_at)
    yield "replayed", signature.token(stage.rosa, now=now, backend_pid=process)


def test_a_forged_or_replayed_signature_is_told_nothing(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = a_case(stage)
    for kind, token in tokens(stage, monkeypatch):
        rows("SELECT set_config('nrm.actor', %s, true)", token)
        assert told(case) == set(), kind


def test_immigration_enforcement_is_told_no_case(stage: Stage) -> None:
    case = stage.a_case()
    key = stage.facts(case).the_case.pk
    mandates = frozenset(stage.returns.mandates)
    assert mandates == {"IMMIGRATION_ENFORCEMENT"}
    be(replace(stage.omar, agency_id=stage.returns.pk, mandates=mandates), stage)
    assert told(key) == set()
    doing = stage.doing("rosa", MONDAY)
    enforcing = replace(doing, actor=replace(doing.actor, mandates=mandates))
    with pytest.raises(Refused) as refused:  # even where the agency had a share
        look(enforcing, case)
    assert set(refused.value.codes) == {"NOT_FOUND"}


# The doors, tried one by one.


def refusal_of(statement: str, case: int) -> type[BaseException] | None:
    try:
        with transaction.atomic():
            rows(statement, case)
    except DatabaseError as error:
        return type(error.__cause__)
    return None


@pytest.mark.parametrize(
    ("role", "shut"),
    [
        ("nrm_web", ("casefile_facts", "casefile_facts_for_the_clock")),
        ("nrm_clock", ("casefile_facts", "casefile_facts_on_a_share")),
        ("nrm_worker", ("casefile_facts", *DOORS)),
        ("nrm_counts", ("casefile_facts", *DOORS)),
    ],
)
def test_each_role_has_its_own_door_and_none_goes_past_it(
    role: str, shut: tuple[str, ...], roles: Any, stage: Stage
) -> None:
    case = a_case(stage)  # and Rosa, who may read it, is still bound
    with nullcontext() if role == "nrm_web" else roles(role):
        for function in shut:
            assert refusal_of(f"SELECT * FROM {function}(%s)", case) is errors.InsufficientPrivilege, function


def test_a_signature_of_the_clock_opens_nothing_to_the_web_role(stage: Stage) -> None:
    case = a_case(stage)
    be(Actor(person_id=walls.THE_CLOCK, agency_id=case), stage)
    assert told(case) == set()


def test_a_table_of_her_own_making_does_not_stand_before_the_real_one(stage: Stage) -> None:
    """Temporary tables are looked up first where a function does not say otherwise."""
    case = a_case(stage)
    be(stage.omar, stage)
    rows_made = (
        "CREATE TEMP TABLE casefile_access AS SELECT %s::bigint AS case_id, %s::bigint AS agency_id,"
        " 'infinity'::timestamptz AS until"
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(rows_made, [case, stage.omar.agency_id])
    assert rows("SELECT case_id FROM casefile_access") == [(case,)]
    assert rows("SELECT * FROM casefile_facts_on_a_share(%s)", case) == []
