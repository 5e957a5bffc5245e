"""Need to know in lists: exactly what the page of the case shows, never the sum of what was shared for other ends."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection

from nrm.agencies.terms import Role
from nrm.casefile.models import Access
from nrm.casefile.sight import sight_of
from nrm.desk.queries import Described, describe
from nrm.kernel.handling import Grant
from nrm.kernel.signature import bind
from tests.stage import MONDAY, Stage

SHARED = {"basis": "LEGAL_DUTY", "note": "Child Act"}
NEXT_WEEK = "2026-03-12T09:00"


def described(stage: Stage, case: str, who: str, at: str = MONDAY, **other: Any) -> Described | None:
    doing = stage.doing(who, at)
    doing = replace(doing, actor=replace(doing.actor, **other))
    bind(doing.actor, now=doing.now)
    key = stage.facts(case, "rosa").the_case.pk
    bind(doing.actor, now=doing.now)
    return describe(doing, [key]).get(key)


def share(stage: Stage, case: str, agency: str, **other: Any) -> None:
    stage.do("casefile.share", "rosa", case=case, agency=agency, **SHARED | other)


def test_the_police_read_a_name_in_a_list_only_if_it_was_shared_for_their_work(stage: Stage) -> None:
    case = stage.a_case(given_name="Lule")
    share(stage, case, "police", grants=["SUMMARY"], purpose="INVESTIGATION")
    share(stage, case, "police", grants=["IDENTITY"], purpose="SERVICE")
    seen = described(stage, case, "viktor", roles=frozenset({Role.LE}))
    assert seen is not None and seen.sex == "FEMALE" and seen.called == ""
    police = replace(stage.viktor, roles=frozenset({Role.LE}))
    assert Grant.IDENTITY not in sight_of(police, stage.facts(case, "viktor")).grants
    share(stage, case, "police", grants=["IDENTITY"], purpose="INVESTIGATION")
    named = described(stage, case, "viktor", roles=frozenset({Role.LE}))
    assert named is not None and named.called == "Lule"


def test_a_share_that_ran_out_gives_nothing_in_a_list_though_another_goes_on(stage: Stage) -> None:
    case = stage.a_case(given_name="Lule")
    share(stage, case, "alva", grants=["SUMMARY"], purpose="CARE")
    share(stage, case, "alva", grants=["IDENTITY"], purpose="CARE", until="2026-03-10")
    before, after = described(stage, case, "mira"), described(stage, case, "mira", NEXT_WEEK)
    assert before is not None and before.called == "Lule"
    assert after is not None and after.called == "" and after.sex == "FEMALE"


def test_an_ended_share_gives_nothing_in_a_list(stage: Stage) -> None:
    case = stage.a_case(given_name="Lule")
    share(stage, case, "alva", grants=["SUMMARY"], purpose="CARE")
    done = stage.do(
        "casefile.share", "rosa", case=case, agency="alva", grants=["IDENTITY"], purpose="CARE", **SHARED
    )
    stage.do("casefile.end_share", "rosa", case=case, share=str(done.key), reason="No longer needed.")
    seen = described(stage, case, "mira")
    assert seen is not None and seen.called == ""


@pytest.mark.parametrize("who", ["rosa", "mira", "viktor", "ida", "sam", "omar", "gero"])
def test_a_list_says_what_the_page_of_the_case_says(stage: Stage, who: str) -> None:
    case = stage.a_case(given_name="Lule")
    for agency, purpose in (("alva", "CARE"), ("police", "SERVICE"), ("office", "DECISION")):
        share(stage, case, agency, grants=["SUMMARY", "IDENTITY"], purpose=purpose)
    doing = stage.doing(who, MONDAY)
    facts = stage.facts(case, "rosa")  # read whole, then asked as this person
    sight = sight_of(doing.actor, facts)
    seen = described(stage, case, who)
    assert (seen is not None) == bool(sight)
    if seen is not None:
        assert bool(seen.called) == (Grant.IDENTITY in sight.grants)
        assert bool(seen.sex) == (Grant.SUMMARY in sight.grants)


def test_the_last_day_of_a_share_ends_by_the_clocks_of_the_country(stage: Stage) -> None:
    case = stage.a_case()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL TimeZone TO 'Pacific/Auckland'")  # whatever the session believes
        share(stage, case, "alva", grants=["SUMMARY"], purpose="CARE", until="2026-03-10")
        cursor.execute("SET LOCAL TimeZone TO 'UTC'")
    mira = stage.doing("mira", MONDAY)
    bind(mira.actor, now=mira.now)
    assert Access.objects.get(agency_id=stage.alva.pk).until == stage.moment("2026-03-11T00:00")
