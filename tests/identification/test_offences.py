"""She is not punished for what she was made to do: the notice is due the next working day."""

from nrm.identification import queries
from tests.identification.conftest import Path

OFFENCE = {
    "kind": "DRUGS", "status": "ARRESTED", "on": "2026-03-04", "authority": "Police station North",
    "authority_reference": "N-77", "linked_to_exploitation": "LIKELY",
}  # fmt: skip
NOTICE = {
    "to": ["PROSECUTOR"], "asks": ["RELEASE", "SUSPEND"], "text": "He may have been made to carry the drugs.",
    "guardian_heard": "NOT_KNOWN",
}  # fmt: skip


def test_a_notice_needs_an_offence_and_a_reply_needs_a_notice(opened: Path) -> None:
    notice, reply = "identification.issue_non_punishment_notice", "identification.record_notice_reply"
    assert opened.refused(notice, "mira", "04T10:00", offence="1", **NOTICE) == ["NO_OFFENCE"]
    assert opened.refused(reply, "mira", "04T10:00", notice="1", outcome="SUSPENDED", on="2026-03-04") == [
        "NOTICE_NOT_SENT"
    ]


def test_from_an_offence_to_a_notice_to_a_reply(opened: Path) -> None:
    offence = opened.do("identification.record_offence", "rosa", "04T00:40", **OFFENCE)
    assert opened.deadlines("NON_PUNISHMENT", "04T00:45") == [("2026-03-05", "OPEN")]
    assert len(queries.offences_without_notice(opened.facts("04T00:45"))) == 1
    notice = opened.do(
        "identification.issue_non_punishment_notice", "mira", "04T11:00", offence=offence, **NOTICE
    )
    assert queries.offences_without_notice(opened.facts("04T12:00")) == []
    assert opened.deadlines("NON_PUNISHMENT", "04T12:00") == [("2026-03-05", "STOPPED")]
    assert opened.deadlines("NOTICE_REPLY", "04T12:00") == [("2026-03-12", "OPEN")]
    reply = {"notice": notice, "outcome": "GOES_ON", "on": "2026-03-11"}
    opened.do("identification.record_notice_reply", "mira", "11T14:00", **reply)
    assert opened.deadlines("NOTICE_REPLY", "11T15:00") == [("2026-03-12", "STOPPED")]
    assert len(queries.proceedings_go_on(opened.facts("11T15:00"))) == 1


def test_an_offence_of_her_own_asks_for_no_notice(opened: Path) -> None:
    opened.do(
        "identification.record_offence", "rosa", "04T10:00", **OFFENCE | {"linked_to_exploitation": "NO"}
    )
    assert queries.offences_without_notice(opened.facts("04T11:00")) == []
    assert opened.deadlines("NON_PUNISHMENT", "04T11:00") == []
