"""Every act on a case against everyone who may not: the same answer for all acts, of all rooms.

Where an act is allowed only to some roles, each other role is tried from within an agency that holds every
grant of the case, so that it is the role that is refused and nothing else.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from nrm.agencies.terms import Mandate, Role, TrainingModule
from nrm.casefile import questions
from nrm.casefile.act import ACTS, Act
from nrm.casefile.doing import Doing, do, own_share
from nrm.casefile.facts import Facts
from nrm.casefile.sight import sight_of
from nrm.kernel.actor import Actor
from nrm.kernel.handling import Grant
from nrm.kernel.refusals import Refused
from nrm.kernel.signature import bind
from tests.stage import MONDAY, Stage

ON_A_CASE = {name: act for name, act in ACTS.items() if act.on_case and not act.opens}
on_a_case = pytest.mark.parametrize("act", ON_A_CASE.values(), ids=list(ON_A_CASE))
every_act = pytest.mark.parametrize("act", ACTS.values(), ids=list(ACTS))

EVERY_MANDATE = frozenset(Mandate.codes()) - {Mandate.IMMIGRATION_ENFORCEMENT, Mandate.BORDER}
TRAINED = dict.fromkeys(
    TrainingModule.codes(), Stage.pack.calendar.local_date(Stage().moment("2027-12-31T09:00"))
)
WORKERS = [role for role in Role if role not in {Role.PU, Role.CH}]


def as_(stage: Stage, *roles: str, **other: Any) -> Actor:
    """Rosa, whose agency opened the case, with other roles, every mandate and all training."""
    told = {"roles": frozenset(roles), "mandates": EVERY_MANDATE, "training": TRAINED} | other
    return replace(stage.rosa, **told)


def refused(act: Act, actor: Actor, stage: Stage, case: str) -> list[str]:
    """The codes an actor hears who presses the button having answered nothing."""
    try:
        do(act, Doing(actor=actor, now=stage.moment(MONDAY), pack=stage.pack), {}, reference=case)
    except Refused as no:
        return no.codes
    return []


def what_is_there(stage: Stage, case: str) -> list[int]:
    """Keys of everything written about the case."""
    return sorted(fact.pk for fact in stage.facts(case).everything)


def permitted(act: Act) -> list[Role]:
    return [role for role in WORKERS if role in act.who.roles | act.who.own or Role.PU in act.who.roles]


@pytest.fixture
def case(stage: Stage) -> str:
    return stage.a_case(by="rosa")


def test_there_are_acts_to_test() -> None:
    assert {"casefile.share", "contact.give_information"} <= set(ON_A_CASE)


@on_a_case
def test_the_case_does_not_exist_for_an_outsider(act: Act, stage: Stage, case: str) -> None:
    before = what_is_there(stage, case)
    for everything in (stage.omar, replace(stage.omar, roles=frozenset(Role), mandates=EVERY_MANDATE)):
        foreign = refused(act, everything, stage, case)
        absent = refused(act, everything, stage, "NRM-000000000")
        assert foreign == absent == ["NOT_FOUND"]
    assert what_is_there(stage, case) == before


@on_a_case
def test_immigration_enforcement_finds_nothing_even_with_a_share(act: Act, stage: Stage, case: str) -> None:
    facts = stage.facts(case)
    share = own_share(facts.the_case, stage.doing("rosa", MONDAY), stage.moment(MONDAY))
    share.agency_id = stage.returns.pk
    share.save(force_insert=True)  # past every act
    before = what_is_there(stage, case)
    assert refused(act, stage.gero, stage, case) == ["NOT_FOUND"]
    assert what_is_there(stage, case) == before


@on_a_case
def test_a_role_that_sees_nothing_finds_nothing(act: Act, stage: Stage, case: str) -> None:
    """The rapporteur and the administrator of an agency on the case: absent, whatever they type."""
    for role in (Role.RA, Role.AA):
        assert refused(act, as_(stage, role), stage, case) == ["NOT_FOUND"]


@every_act
def test_the_wrong_role_is_told_that_it_is_the_role(act: Act, stage: Stage, case: str) -> None:
    facts = stage.facts(case)
    before = what_is_there(stage, case)
    for role in WORKERS:
        if role in permitted(act):
            continue
        actor = as_(stage, role)
        assert [one.code for one in act.who.refusals(actor, facts, None)] == ["ROLE_MISSING"], role
        if act.name in ON_A_CASE and act.first is None and sight_of(actor, facts):
            assert refused(act, actor, stage, case) == ["ROLE_MISSING"], role
    assert what_is_there(stage, case) == before


@every_act
def test_training_that_has_run_out_stops_all_but_help_in_danger(act: Act, stage: Stage, case: str) -> None:
    yesterday = stage.facts(case).today - timedelta(days=1)
    run_out = dict.fromkeys(TrainingModule.codes(), yesterday)
    for role in act.who.roles - {Role.PU, Role.CH}:
        for training in ({}, run_out):
            actor = as_(stage, role, training=training)
            said = [one.code for one in act.who.refusals(actor, stage.facts(case), None)]
            assert said == (["TRAINING_EXPIRED"] if act.who.training else []), role
            if (
                act.who.training
                and act.name in ON_A_CASE
                and act.first is None
                and sight_of(actor, stage.facts(case))
            ):
                assert refused(act, actor, stage, case) == ["TRAINING_EXPIRED"], role
    for module in act.who.training:
        for role in act.who.roles - {Role.PU, Role.CH}:
            actor = as_(stage, role, training={**TRAINED, module: yesterday})
            assert [one.code for one in act.who.refusals(actor, stage.facts(case), None)] == [
                "TRAINING_EXPIRED"
            ]


@every_act
def test_the_wrong_mandate_is_told_that_it_is_the_mandate(act: Act, stage: Stage, case: str) -> None:
    facts = stage.facts(case)
    for role in act.who.roles - {Role.PU, Role.CH}:
        actor = as_(stage, role, mandates=frozenset())
        expected = [act.who.otherwise.code] if act.who.mandates_in(stage.pack) else []
        assert [one.code for one in act.who.refusals(actor, facts, None)] == expected


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every case is closed since yesterday, whatever the room of closing says."""

    def since(facts: Facts) -> Any:
        return facts.now - timedelta(days=1)

    monkeypatch.setattr(questions.closed_since, "_answer", since)
    yield


@on_a_case
def test_nothing_is_added_to_a_closed_case(act: Act, stage: Stage, case: str, closed: None) -> None:
    facts = stage.facts(case)
    before = what_is_there(stage, case)
    for role in permitted(act):
        actor = as_(stage, role)
        said = [one.code for one in act.how_it_stands(actor, facts)]
        if act.on_closed:
            assert "CASE_CLOSED" not in said
            continue
        assert said == ["CASE_CLOSED"]
        if act.first is None and not act.who_may(actor, facts, sight_of(actor, facts)):
            assert refused(act, actor, stage, case) == ["CASE_CLOSED"]
    assert what_is_there(stage, case) == before


@on_a_case
def test_why_not_has_an_answer_for_every_role(act: Act, stage: Stage, case: str) -> None:
    """Buttons ask before there are answers: no condition may fall over what is not known yet."""
    facts = stage.facts(case)
    for role in Role:
        why_not = act.why_not(as_(stage, role), facts)
        assert all(one.code for one in why_not)


def test_a_share_of_existence_only_opens_no_act_by_itself(stage: Stage, case: str) -> None:
    """Sight is not a right to act: existence alone is a row in a list."""
    facts = stage.facts(case)
    share = own_share(facts.the_case, stage.doing("rosa", MONDAY), stage.moment(MONDAY))
    share.agency_id, share.grants = stage.bridge.pk, [Grant.EXISTENCE.value]
    share.save(force_insert=True)
    bind(stage.omar, now=stage.moment(MONDAY))
    read = stage.facts(case, by="omar")
    assert sight_of(stage.omar, read).grants == {Grant.EXISTENCE}
