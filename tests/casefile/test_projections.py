"""What lists need is kept beside the facts and can be made again from them at any time."""

from collections.abc import Callable
from typing import Any

import pytest

from nrm.casefile.keeping import WAITING_COLUMNS, keep, waiting_rows
from nrm.casefile.models import Access, Headline, NameToken, Waiting
from nrm.casefile.names import tokens_of
from nrm.casefile.questions import headline
from nrm.casefile.sight import standing_shares
from nrm.casefile.timing import timed
from nrm.contact.terms import InfoTopic, SafetyMeasure
from nrm.kernel.terms import InfoForm
from tests.stage import MONDAY, Stage

LATER = "2026-03-02T10:00"
Step = Callable[[Stage, str], Any]

TOLD = {
    "topics": [InfoTopic.codes()[0]],
    "form": InfoForm.codes()[0],
    "lang": "por",
    "understood": "SAID_IT_BACK",
}
SAFE = {"measures": [SafetyMeasure.codes()[0]], "done_at": LATER}
STEPS: dict[str, Step] = {
    "made safe": lambda stage, case: stage.do("contact.record_immediate_safety", "rosa", LATER, case=case, **SAFE),
    "told": lambda stage, case: stage.do("contact.give_information", "rosa", LATER, case=case, **TOLD),
    "let in": lambda stage, case: stage.do(
        "casefile.share", "rosa", LATER, case=case, agency="alva", grants=["FULL", "IDENTITY"], purpose="CARE",
        basis="LEGAL_DUTY", note="Child Protection Act, section 12",
    ),
    "led": lambda stage, case: stage.do("casefile.appoint_lead_worker", "rosa", LATER, case=case, person="mira"),
    "ended": lambda stage, case: stage.do(
        "casefile.end_share", "rosa", LATER, case=case, reason="She moved.",
        share=str(standing_shares(stage.facts(case))[0].pk),
    ),
}  # fmt: skip


def assert_kept_is_rebuilt(stage: Stage, case: str, by: str = "rosa") -> None:
    facts = stage.facts(case, by=by, at=LATER)
    kept = set(Waiting.objects.filter(case=facts.the_case).values_list(*WAITING_COLUMNS))
    assert kept == waiting_rows(facts, timed(facts))
    told = headline(facts)
    names = told.pop("names", ())
    row = Headline.objects.get(case=facts.the_case)
    assert {name: getattr(row, name) for name in told} == told
    assert set(NameToken.objects.filter(case=facts.the_case).values_list("token", flat=True)) == tokens_of(
        names
    )  # type: ignore[arg-type]
    shares = standing_shares(facts, stage.actor(by).agency_id)
    access = Access.objects.get(case=facts.the_case, agency_id=stage.actor(by).agency_id)
    assert set(access.grants) == {grant for share in shares for grant in share.grants}
    assert set(access.purposes) == {share.purpose for share in shares}


def test_after_every_act_the_lists_say_what_the_facts_say(stage: Stage) -> None:
    case = stage.a_case(danger_now="YES")
    assert_kept_is_rebuilt(stage, case)
    assert Waiting.objects.count() > 0, "a danger waits for somebody"
    for name in ("made safe", "told", "let in", "led"):
        STEPS[name](stage, case)
        assert_kept_is_rebuilt(stage, case)
    STEPS["ended"](stage, case)
    assert_kept_is_rebuilt(stage, case, by="mira")


def test_thrown_away_they_are_made_again(stage: Stage) -> None:
    case = stage.a_case(danger_now="YES")
    facts = stage.facts(case)
    before = set(Waiting.objects.values_list(*WAITING_COLUMNS))
    Waiting.objects.all().delete()
    keep(facts)
    assert set(Waiting.objects.values_list(*WAITING_COLUMNS)) == before != set()


def test_keeping_twice_changes_nothing(stage: Stage) -> None:
    case = stage.a_case(danger_now="YES")
    rows = set(Waiting.objects.values_list("pk", *WAITING_COLUMNS))
    assert keep(stage.facts(case)) == (False, False)
    assert set(Waiting.objects.values_list("pk", *WAITING_COLUMNS)) == rows


def test_a_share_that_ended_closes_the_case_to_its_agency(stage: Stage) -> None:
    case = stage.a_case()
    STEPS["let in"](stage, case)
    STEPS["ended"](stage, case)
    assert stage.refused("contact.give_information", "rosa", LATER, case=case, **TOLD) == ["NOT_FOUND"]
    assert stage.refused("contact.give_information", "mira", LATER, case=case, **TOLD) == []


@pytest.mark.parametrize("step", STEPS)
def test_an_act_takes_few_statements(step: str, stage: Stage, django_assert_max_num_queries: Any) -> None:
    case = stage.a_case(danger_now="YES")
    STEPS["let in"](stage, case)
    with django_assert_max_num_queries(25):
        STEPS[step](stage, case)


def test_opening_a_case_takes_few_statements(stage: Stage, django_assert_max_num_queries: Any) -> None:
    stage.doing("rosa", MONDAY)
    with django_assert_max_num_queries(25):
        stage.a_case(danger_now="YES")
