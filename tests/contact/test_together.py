"""Children met together, children who belong together: one case each."""

from nrm.contact.models import Event
from nrm.contact.queries import events_with_children_without_case, relationships_of
from nrm.kernel.signature import bind
from tests.stage import MONDAY, Stage

LATER = "2026-03-02T10:00"
VISIT = {"kind": "INSTITUTION_VISIT", "on": "2026-03-02", "place": "Sunfield Home", "children_seen": "2"}
SIBLING = {"kind": "SIBLING", "keep_together": "YES"}


def test_the_desk_says_how_many_children_have_no_case(stage: Stage) -> None:
    event = stage.do("contact.record_event", "mira", **VISIT).key
    case = stage.a_case(by="mira")
    stage.do("contact.link_to_event", "mira", LATER, case=case, event=str(event))
    (row,) = events_with_children_without_case(stage.alva.pk)
    assert (row.event.pk, row.missing, row.seen) == (event, 1, 2)
    stage.do(
        "contact.link_to_event",
        "mira",
        LATER,
        case=stage.a_case(by="mira", given_name="Ivo"),
        event=str(event),
    )
    assert events_with_children_without_case(stage.alva.pk) == []


def test_no_more_children_are_linked_than_were_seen(stage: Stage) -> None:
    event = stage.do("contact.record_event", "mira", **VISIT | {"children_seen": "1"}).key
    first, second = stage.a_case(by="mira"), stage.a_case(by="mira", given_name="Ivo")
    stage.do("contact.link_to_event", "mira", LATER, case=first, event=str(event))
    refused = stage.refused("contact.link_to_event", "mira", LATER, case=second, event=str(event))
    assert refused == ["MORE_CASES_THAN_CHILDREN"]
    assert stage.refused("contact.link_to_event", "mira", LATER, case=first, event=str(event)) == []


def test_an_event_is_seen_by_whoever_wrote_it_and_whoever_is_on_a_linked_case(stage: Stage) -> None:
    event = stage.do("contact.record_event", "mira", **VISIT).key
    stage.do("contact.link_to_event", "mira", LATER, case=stage.a_case(by="mira"), event=str(event))
    bind(stage.mira, now=stage.moment(LATER))
    assert Event.objects.filter(pk=event).exists()
    bind(stage.rosa, now=stage.moment(LATER))
    assert not Event.objects.filter(pk=event).exists()


def test_a_child_is_not_her_own_sister(stage: Stage) -> None:
    case = stage.a_case(by="mira")
    refused = stage.refused(
        "contact.record_relationship", "mira", LATER, case=case, other_case=case, **SIBLING
    )
    assert refused == ["RELATION_TO_SELF"]


def test_a_relationship_is_read_from_both_cases(stage: Stage) -> None:
    mila, ivo = stage.a_case(by="mira"), stage.a_case(by="mira", given_name="Ivo")
    stage.do("contact.record_relationship", "mira", LATER, case=mila, other_case=ivo, **SIBLING)
    one, other = (stage.facts(case, "mira", LATER).the_case.pk for case in (mila, ivo))
    assert (
        [row.kind for row in relationships_of(one)]
        == [row.kind for row in relationships_of(other)]
        == ["SIBLING"]
    )


def test_a_case_of_others_cannot_be_named_as_related(stage: Stage) -> None:
    mine, theirs = stage.a_case(by="mira"), stage.a_case(by="rosa", at=MONDAY)
    refused = stage.refused(
        "contact.record_relationship", "mira", LATER, case=mine, other_case=theirs, **SIBLING
    )
    assert refused == ["ANSWER_NEEDED"]
