"""A message from another State: a report on the right desk, and an answer that we owe."""

from typing import Any

import pytest
from django.db import transaction

from nrm.casefile.models import Waiting
from nrm.contact.models import Report
from nrm.crossborder.models import IncomingMessage
from nrm.kernel.signature import bind
from nrm.messages.models import Knock
from tests.stage import A_CHILD, Stage

RECEIVE = "crossborder.receive_transnational_referral"
ACK, ANSWER, OUTCOME = "crossborder.acknowledge", "crossborder.answer", "crossborder.record_outcome"
THEIRS: dict[str, Any] = {
    "from": "XBR", "from_office": "Focal point of Brevia", "kind": "REFERRAL", "urgency": "URGENT",
    "sender_reference": "BR-77", "treated_as_child": "YES", "age_from": "12", "age_to": "14", "sex": "FEMALE",
    "languages": ["por"], "danger": ["FAMILY_PRESSURE"], "ask_for": ["FIND_AND_PROTECT"],
    "handling": ["NOT_TO_FAMILY", "DELETE_BY"], "delete_by": "2026-12-31", "basis": "VITAL_INTEREST",
    "text": "She crossed into your country last night.",
}  # fmt: skip
WHEN = "2026-03-13T10:00"
YES = {"accepted": "YES", "text": "She is with us."}
ENDED = {"outcome": "PROTECTED", "text": "She lives in a foster family."}


def waiting(stage: Stage, by: str, at: str) -> list[tuple[str, str]]:
    """(code, due day or moment) of everything without a case that this person's desk shows."""
    bind(stage.actor(by), now=stage.moment(at))
    rows = Waiting.objects.filter(case=None).order_by("code")
    return [
        (row.code, str(row.due_day or row.due_at.astimezone(stage.pack.calendar.zone))[:16]) for row in rows
    ]


@pytest.mark.parametrize(
    ("urgency", "danger", "triage", "receipt", "knock"),
    [
        ("IMMEDIATE", "YES", ("REPORT_TRIAGE_URGENT", "2026-03-13 11:00"), "2026-03-13 11:00", "U"),
        ("URGENT", "NOT_KNOWN", ("REPORT_TRIAGE_URGENT", "2026-03-13 11:00"), "2026-03-14 10:00", "U"),
        ("ROUTINE", "NO", ("REPORT_TRIAGE", "2026-03-14 10:00"), "2026-03-20", "W"),
    ],
)
def test_it_becomes_a_report_on_the_desk_of_whoever_triages(
    stage: Stage, urgency: str, danger: str, triage: tuple[str, str], receipt: str, knock: str
) -> None:
    stage.do(RECEIVE, "elin", WHEN, **THEIRS | {"urgency": urgency})
    assert waiting(stage, "sam", WHEN) == [triage]
    assert waiting(stage, "elin", WHEN) == [("XB_ACK", receipt)]
    bind(stage.sam, now=stage.moment(WHEN))
    report = Report.objects.get()
    assert (report.danger_now, report.channel, report.informant_kind) == (
        danger,
        "OTHER_STATE",
        "OTHER_STATE",
    )
    assert report.what.startswith(THEIRS["text"])
    assert "! not to the family" in report.what and "! delete it by a given day: 2026-12-31" in report.what
    assert Knock.objects.filter(to_agency_id=stage.helpline.pk, sentence=knock).exists()
    bind(stage.elin, now=stage.moment(WHEN))
    assert IncomingMessage.objects.get().report == report.pk


def test_what_binds_us_in_their_own_words_stands_in_the_report(stage: Stage) -> None:
    stage.do(RECEIVE, "elin", WHEN, **THEIRS | {"handling": ["OTHER"], "handling_other": "Never in writing."})
    bind(stage.sam, now=stage.moment(WHEN))
    assert Report.objects.get().what.endswith("! Never in writing.")


def test_the_day_to_delete_it_is_named(stage: Stage) -> None:
    assert stage.refused(RECEIVE, "elin", WHEN, **THEIRS | {"delete_by": ""}) == ["ANSWER_NEEDED"]
    assert stage.refused(RECEIVE, "elin", WHEN, **THEIRS | {"handling": []}) == ["ANSWER_NEEDED"]


def test_only_the_focal_point_receives_answers_and_reads_it(stage: Stage) -> None:
    message = str(stage.do(RECEIVE, "elin", WHEN, **THEIRS).key)
    for who in ("mira", "rosa", "sam", "gero"):
        assert stage.refused(RECEIVE, who, WHEN, **THEIRS) == ["ROLE_MISSING"]
        for act, more in ((ACK, {}), (ANSWER, YES), (OUTCOME, ENDED)):
            assert stage.refused(act, who, WHEN, message=message, **more) == ["ROLE_MISSING"]
        bind(stage.actor(who), now=stage.moment(WHEN))
        assert not IncomingMessage.objects.exists()


def test_receipt_answer_and_final_result_are_owed_one_after_the_other(stage: Stage) -> None:
    message = str(stage.do(RECEIVE, "elin", WHEN, **THEIRS).key)
    bind(stage.sam, now=stage.moment(WHEN))
    report = str(Report.objects.get().pk)
    stage.do("contact.triage_report", "sam", WHEN, report=report, outcome="OPEN_CASE", reason="A child.")
    assert waiting(stage, "elin", WHEN) == [("XB_ACK", "2026-03-14 10:00")]
    assert stage.refused(ANSWER, "elin", WHEN, message=message, **YES) == ["ANSWER_BEFORE_RECEIPT"]
    stage.do(ACK, "elin", "2026-03-13T11:00", message=message)
    assert waiting(stage, "elin", WHEN) == [("XB_ANSWER", "2026-03-16")]
    stage.do(ANSWER, "elin", "2026-03-13T12:00", message=message, **YES)
    assert waiting(stage, "elin", WHEN) == [("XB_OUTCOME", "2026-04-12")]
    stage.do(OUTCOME, "elin", "2026-03-13T13:00", message=message, **ENDED)
    assert waiting(stage, "elin", WHEN) == []


def test_the_final_result_ends_everything_that_was_owed(stage: Stage) -> None:
    message = str(stage.do(RECEIVE, "elin", WHEN, **THEIRS).key)
    stage.do(OUTCOME, "elin", WHEN, message=message, **ENDED)
    assert "XB_ACK" not in dict(waiting(stage, "elin", WHEN))


def test_a_case_is_opened_from_it(stage: Stage) -> None:
    stage.do(RECEIVE, "elin", WHEN, **THEIRS)
    bind(stage.mira, now=stage.moment(WHEN))
    report = str(Report.objects.get().pk)
    answers = A_CHILD | {"first_contact_at": WHEN, "informant_kind": "OTHER_STATE", "report": report}
    assert stage.do("contact.open_case", "mira", WHEN, **answers).reference


def test_a_message_that_is_not_there_cannot_be_answered(stage: Stage) -> None:
    assert stage.refused(ACK, "elin", WHEN, message="12345") == ["ANSWER_NEEDED"]


def test_it_is_never_edited(stage: Stage) -> None:
    stage.do(RECEIVE, "elin", WHEN, **THEIRS)
    with pytest.raises(Exception, match=r"never|permission"), transaction.atomic():
        IncomingMessage.objects.update(text="Something else.")
