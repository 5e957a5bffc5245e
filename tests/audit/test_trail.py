"""Every act and every look leaves one row, or it does not happen; a row holds codes and never what was typed."""

import json
from dataclasses import replace
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test import Client

from config import middleware
from nrm.audit.models import Entry
from nrm.casefile import form
from nrm.casefile.act import ACTS, Act
from nrm.casefile.doing import Doing, do
from nrm.casefile.looking import look
from nrm.casefile.models import Fact
from nrm.kernel.actor import Actor
from nrm.kernel.columns import Column, codes_chosen_in
from nrm.kernel.refusals import Refused
from nrm.kernel.signature import bind
from tests.architecture.test_every_act import ON_A_CASE, as_, permitted
from tests.stage import A_CHILD, MONDAY, Stage

every_act = pytest.mark.parametrize("act", ACTS.values(), ids=list(ACTS))
MARKER = "Quillonmark"
DAY = "2026-03-02"


def trail_of(actor: Actor, stage: Stage) -> list[Entry]:
    """Her own trail, oldest first."""
    bind(actor, now=stage.moment(MONDAY))
    return list(Entry.objects.filter(person_id=actor.person_id).order_by("id"))


def whole_row(entry: Entry) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(e)::text FROM audit_entry e WHERE id = %s", [entry.pk])
        return str(cursor.fetchone()[0])


def some_answer(column: Column, name: str) -> Any:
    """An answer of the right kind; every text is the marker."""
    match column.kind:
        case "text" | "long" | "other":
            return f"{MARKER} {name}"[: column.limit]
        case "code" | "tern":
            return column.vocabulary.codes()[0]  # type: ignore[union-attr]
        case "codes":
            return [column.vocabulary.codes()[0]]  # type: ignore[union-attr]
        case "date":
            return DAY
        case "at":
            return MONDAY
        case "int":
            return str(column.lowest)
        case "decimal":
            return "1.00"
        case "country":
            return "FIN"
        case "countries":
            return ["FIN"]
        case "lang":
            return "por"
        case "langs":
            return ["por"]
        case "person":
            return "rosa"
        case "persons":
            return ["rosa"]
        case "agency":
            return "alva"
        case _:
            return ""


def all_answers(act: Act) -> dict[str, Any]:
    """Everything answered that can be answered without knowing the case."""
    told = {
        name: some_answer(column, name)
        for name, _field, column in form.questions(act.writes)
        if not act.asks or name in act.asks
    }
    told.pop("views_not_asked", None)
    return {name: answer for name, answer in told.items() if answer not in ("", [])}


def holds_only_codes(row: str) -> bool:
    return MARKER.lower() not in row.lower()


def test_opening_a_case_leaves_one_row_of_codes(stage: Stage) -> None:
    texts = {
        name: f"{MARKER} {name}"[: column.limit]
        for name, _field, column in form.questions(ACTS["contact.open_case"].writes)
        if column.kind in {"text", "long"}
    }
    before = len(trail_of(stage.rosa, stage))
    done = stage.do("contact.open_case", "rosa", **(A_CHILD | texts))
    assert all(getattr(done.fact, name).startswith(MARKER) for name in texts), (
        "the markers were kept in the fact"
    )
    (row,) = trail_of(stage.rosa, stage)[before:]
    assert (row.act, row.outcome, row.case_reference) == ("contact.open_case", "DONE", done.reference)
    assert (row.table, row.key) == ("contact_firstcontact", done.key)
    assert {"STREET", "CHILD", "FEMALE"} <= set(row.codes)
    assert holds_only_codes(whole_row(row))


@every_act
def test_every_act_leaves_one_row_and_no_word_that_was_typed(act: Act, stage: Stage) -> None:
    """Whatever the case allows: done leaves one row and one fact more, refused leaves neither."""
    case = stage.a_case(by="rosa")
    for role in permitted(act):
        actor = as_(stage, role)
        rows_before = trail_of(actor, stage)
        facts_before = len(stage.facts(case).everything)
        doing = Doing(actor=actor, now=stage.moment(MONDAY), pack=stage.pack)
        try:
            done = do(act, doing, all_answers(act), reference=case if act.name in ON_A_CASE else "")
        except Refused as refused:
            fresh = trail_of(actor, stage)[len(rows_before) :]
            assert all(
                (row.outcome, row.case_id, row.case_reference) == ("DENIED", None, "") for row in fresh
            )
            assert all(holds_only_codes(whole_row(row)) for row in fresh)
            assert all(MARKER not in str(entry) for entry in refused.refusals)
            assert len(stage.facts(case).everything) == facts_before
            continue
        (row,) = trail_of(actor, stage)[len(rows_before) :]
        assert (row.act, row.outcome, row.key) == (act.name, "DONE", done.key)
        assert holds_only_codes(whole_row(row))
        if act.name in ON_A_CASE:
            assert row.case_reference == case and row.purpose and row.grants
        if isinstance(done.fact, Fact) and act.name in ON_A_CASE:
            assert len(stage.facts(case).everything) == facts_before + 1 + len(done.also)
        return


@every_act
def test_what_the_audit_keeps_of_the_answers_are_codes_of_vocabularies(act: Act) -> None:
    codes: set[str] = set()
    given = act.writes()
    for _name, field, column in form.questions(act.writes):
        if column.vocabulary is not None:
            codes |= set(column.vocabulary.codes())
        if column.kind in {"text", "long", "other"}:
            setattr(given, field.attname, MARKER)
        elif column.kind in {"code", "codes", "tern"}:
            setattr(given, field.attname, some_answer(column, field.name))
    given.why = MARKER
    assert set(codes_chosen_in(given)) <= codes


def test_a_look_leaves_one_row_with_its_purpose(stage: Stage) -> None:
    case = stage.a_case(by="rosa", given_name=MARKER)
    before = len(trail_of(stage.rosa, stage))
    look(stage.doing("rosa", MONDAY), case, page="contact.overview")
    (row,) = trail_of(stage.rosa, stage)[before:]
    assert (row.act, row.outcome, row.case_reference) == ("contact.overview", "LOOK", case)
    assert row.purpose == "CARE" and "FULL" in row.grants
    assert holds_only_codes(whole_row(row))
    look(stage.doing("rosa", MONDAY), case, purpose="INVESTIGATION")
    assert trail_of(stage.rosa, stage)[-1].purpose == "INVESTIGATION"


def test_a_look_of_an_outsider_is_a_denial_without_a_case(stage: Stage) -> None:
    case = stage.a_case(by="rosa")
    with pytest.raises(Refused) as refused:
        look(stage.doing("omar", MONDAY), case)
    assert refused.value.codes == ["NOT_FOUND"]
    (row,) = trail_of(stage.omar, stage)
    assert (row.outcome, row.case_id, row.case_reference, row.key, row.codes) == (
        "DENIED",
        None,
        "",
        None,
        ["NOT_FOUND"],
    )
    assert case not in whole_row(row)


@pytest.mark.parametrize("act", ON_A_CASE.values(), ids=list(ON_A_CASE))
def test_a_denial_names_the_act_and_no_case(act: Act, stage: Stage) -> None:
    case = stage.a_case(by="rosa")
    with pytest.raises(Refused):
        do(act, stage.doing("omar", MONDAY), all_answers(act), reference=case)
    (row,) = trail_of(stage.omar, stage)
    assert (row.act, row.outcome, row.codes) == (act.name, "DENIED", ["NOT_FOUND"])
    assert (row.case_id, row.case_reference, row.table, row.key) == (None, "", "", None)
    assert case not in whole_row(row) and holds_only_codes(whole_row(row))


def test_answers_that_are_wrong_are_nobodys_denial(stage: Stage) -> None:
    case = stage.a_case(by="rosa")
    before = len(trail_of(stage.rosa, stage))
    assert stage.refused("contact.record_immediate_safety", "rosa", case=case) == ["ANSWER_NEEDED"]
    assert len(trail_of(stage.rosa, stage)) == before


def too_long_for_the_audit(act: Act) -> Act:
    """The same act under a name that the audit's column cannot hold: the database refuses the audit row."""
    return replace(act, name="contact." + "x" * 80)


def test_an_act_that_cannot_be_audited_is_not_done(stage: Stage) -> None:
    case = stage.a_case(by="rosa")
    before = [fact.pk for fact in stage.facts(case).everything]
    answers = {"measures": ["SAFE_PLACE"], "done_at": MONDAY}
    act = ACTS["contact.record_immediate_safety"]
    answers["measures"] = [
        dict((n, c) for n, _f, c in form.questions(act.writes))["measures"].vocabulary.codes()[0]
    ]  # type: ignore[union-attr]
    with pytest.raises(DatabaseError):
        do(too_long_for_the_audit(act), stage.doing("rosa", MONDAY), answers, reference=case)
    assert [fact.pk for fact in stage.facts(case).everything] == before
    do(act, stage.doing("rosa", MONDAY), answers, reference=case)
    assert len(stage.facts(case).everything) == len(before) + 1


def test_a_case_whose_opening_cannot_be_audited_does_not_exist(stage: Stage) -> None:
    with pytest.raises(DatabaseError):
        do(too_long_for_the_audit(ACTS["contact.open_case"]), stage.doing("rosa", MONDAY), A_CHILD)
    bind(stage.rosa, now=stage.moment(MONDAY))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM casefile_case")
        assert cursor.fetchone() == (0,)


def test_a_page_that_cannot_be_audited_shows_no_child(stage: Stage) -> None:
    from django.db import transaction

    case = stage.a_case(by="rosa")
    with pytest.raises(DatabaseError), transaction.atomic():
        look(stage.doing("rosa", MONDAY), case, page="x" * 81)


def test_nobody_writes_the_trail_of_another(stage: Stage) -> None:
    from django.db import transaction

    bind(stage.omar, now=stage.moment(MONDAY))
    rosa = stage.rosa
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry(
            at=stage.moment(MONDAY), recorded_at=stage.moment(MONDAY), act="casefile.look", outcome="LOOK",
            person_id=rosa.person_id, agency_id=rosa.agency_id,
        ).save(force_insert=True)  # fmt: skip


def test_rows_are_json_a_machine_can_read(stage: Stage) -> None:
    stage.a_case(by="rosa")
    assert json.loads(whole_row(trail_of(stage.rosa, stage)[-1]))["outcome"] == "DONE"


@pytest.mark.parametrize("act", ["", "contact/give_information/"])
def test_a_denial_outlives_the_request_that_is_undone(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    """Process specification 2.0: a policy denial is written outside the transaction."""
    case = stage.a_case(by="rosa")
    omar = Client(raise_request_exception=False)
    omar.force_login(stage.people["omar"], backend="config.accounts.Backend")

    def breaks(*_: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(middleware.errors, "refused", breaks)
    before = len(trail_of(stage.omar, stage))
    answer = omar.post(f"/cases/{case}/{act}", {})
    assert answer.status_code == 500
    denied = trail_of(stage.omar, stage)[before:]
    assert {entry.outcome for entry in denied} == {"DENIED"} and denied[0].codes == ["NOT_FOUND"]
    assert all(entry.case_id is None for entry in denied)
