"""Reports: someone tells us, someone looks at it; a case follows or not."""

from datetime import timedelta

import pytest
from django.db import connection

from nrm.casefile.models import Waiting
from nrm.casefile.timing import timed
from nrm.contact.models import Complaint, OnlineReport, Report, ReportAddition
from nrm.contact.queries import report_by_key, reports_added_to, triage_of
from nrm.kernel.codes import hash_of
from nrm.kernel.signature import bind
from nrm.messages.models import Knock
from tests.stage import MONDAY, Stage

WORRY = {
    "what": "A girl begs at the station all day. A man takes the money.", "danger_now": "NO", "where": "Station",
    "child_is_me": "NO", "may_we_contact": "NO",
}  # fmt: skip
CALL = {
    "informant_kind": "NEIGHBOUR", "channel": "TELEPHONE", "what": "Nobody has seen the girl for a week.",
    "danger_now": "NO", "stays_anonymous": "NO",
}  # fmt: skip
ONLINE = {
    "system": "NCMEC_CYBERTIPLINE", "report_id": "900000001", "incident": "ENTICEMENT", "service": "A video service",
    "reported_on": "2026-03-02", "child_known": "YES", "danger_now": "NO",
}  # fmt: skip
TRIAGE = {"outcome": "KEEP_WATCH", "reason": "Nothing to go on yet."}
COMPLAINT = {"about": "WORKER", "text": "She laughed at me.", "wants_answer": "NO"}
LATER = "2026-03-02T09:30"


def waiting(stage: Stage, by: str, key: int) -> set[str]:
    bind(stage.actor(by), now=stage.moment(LATER))
    return set(Waiting.objects.filter(report=key).values_list("code", flat=True))


def sees(stage: Stage, by: str, key: int) -> bool:
    bind(stage.actor(by), now=stage.moment(LATER))
    return report_by_key(key) is not None


def test_a_public_report_leaves_no_trace_of_who(stage: Stage) -> None:
    done = stage.do("contact.submit_public_report", "public", **WORRY)
    bind(stage.sam, now=stage.moment(LATER))
    report = Report.objects.get(pk=done.key)
    assert report.by_person_id is None and report.by_agency_id is None
    assert not report.contact and not report.informant_kind
    names = {field.name for field in Report._meta.concrete_fields}
    assert not names & {"ip", "address", "browser", "user_agent", "session", "cookie"}


def test_the_receipt_code_is_shown_once_and_kept_only_as_its_hash(stage: Stage) -> None:
    done = stage.do("contact.submit_public_report", "public", **WORRY)
    code = done.fact.receipt_code  # type: ignore[union-attr]
    assert len(code) == 12 and code.isalpha()
    bind(stage.sam, now=stage.moment(LATER))
    report = Report.objects.get(pk=done.key)
    assert report.receipt_code == "" and report.receipt_hash == hash_of(code)
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(r)::text FROM contact_report r WHERE id = %s", [done.key])
        assert code not in cursor.fetchone()[0]


def test_an_empty_report_is_asked_for_words(stage: Stage) -> None:
    assert stage.refused("contact.submit_public_report", "public", **WORRY | {"what": "  "}) == [
        "REPORT_EMPTY"
    ]
    assert stage.refused("contact.receive_report", "sam", **CALL | {"what": ""}) == ["REPORT_EMPTY"]


def test_a_public_report_takes_no_links(stage: Stage) -> None:
    for text in ("see https://pictures.example/1", "www.pictures.example", "A" * 300):
        refused = stage.refused("contact.submit_public_report", "public", **WORRY | {"what": text})
        assert refused == ["MATERIAL_NEVER_STORED"]


def test_a_missed_space_after_a_full_stop_is_no_link(stage: Stage) -> None:
    assert (
        stage.refused("contact.submit_public_report", "public", **WORRY | {"what": "He hits her.Help me"})
        == []
    )


def test_a_public_report_is_at_most_four_thousand_letters(stage: Stage) -> None:
    refused = stage.refused("contact.submit_public_report", "public", **WORRY | {"what": "Help. " * 700})
    assert refused == ["ANSWER_NEEDED"]


def test_a_report_waits_at_the_hotline_until_it_is_triaged(stage: Stage) -> None:
    key = stage.do("contact.submit_public_report", "public", **WORRY).key
    assert waiting(stage, "sam", key) == {"REPORT_TRIAGE"}
    row = Waiting.objects.get(report=key)
    assert row.mandate == "HOTLINE" and row.case_id is None
    assert row.due_at == stage.moment(MONDAY) + timedelta(hours=24)
    stage.do("contact.triage_report", "sam", LATER, report=str(key), **TRIAGE)
    assert waiting(stage, "sam", key) == set()


@pytest.mark.parametrize("danger", ["YES", "NOT_KNOWN"])
def test_danger_that_nobody_can_rule_out_is_urgent(stage: Stage, danger: str) -> None:
    key = stage.do("contact.submit_public_report", "public", **WORRY | {"danger_now": danger}).key
    assert waiting(stage, "sam", key) == {"REPORT_TRIAGE_URGENT"}
    assert Knock.objects.filter(sentence="U", to_agency=stage.helpline).exists()


def test_whoever_wants_to_be_contacted_knocks(stage: Stage) -> None:
    stage.do(
        "contact.submit_public_report", "public", **WORRY | {"may_we_contact": "YES", "contact": "after five"}
    )
    assert Knock.objects.filter(sentence="X", to_agency=stage.helpline).exists()


def test_only_hotline_child_protection_and_whoever_wrote_it_read_a_report(stage: Stage) -> None:
    public = stage.do("contact.submit_public_report", "public", **WORRY).key
    police = stage.do("contact.receive_report", "viktor", **CALL).key
    people = ("sam", "mira", "viktor", "rosa", "omar", "public")
    assert [by for by in people if sees(stage, by, public)] == ["sam", "mira"]
    assert [by for by in people if sees(stage, by, police)] == ["sam", "mira", "viktor"]


def test_the_person_who_reported_adds_to_it_by_her_code(stage: Stage) -> None:
    done = stage.do("contact.submit_public_report", "public", **WORRY)
    code = done.fact.receipt_code  # type: ignore[union-attr]
    typed = f"{code[:4]} {code[4:8]}-{code[8:]}".lower()
    stage.do("contact.add_to_public_report", "public", LATER, receipt_code=typed, text="He came back.")
    bind(stage.sam, now=stage.moment(LATER))
    added = ReportAddition.objects.get(report=done.key)
    assert added.text == "He came back." and code not in added.receipt_hash and added.by_person_id is None


def test_an_unknown_code_is_said_to_be_unknown(stage: Stage) -> None:
    refused = stage.refused(
        "contact.add_to_public_report", "public", receipt_code="AAAABBBBCCCC", text="More"
    )
    assert refused == ["CODE_NOT_FOUND"]


def test_what_is_added_takes_no_links(stage: Stage) -> None:
    code = stage.do("contact.submit_public_report", "public", **WORRY).fact.receipt_code  # type: ignore[union-attr]
    refused = stage.refused(
        "contact.add_to_public_report", "public", receipt_code=code, text="http://a.example"
    )
    assert refused == ["MATERIAL_NEVER_STORED"]


def test_whoever_stays_anonymous_leaves_no_number(stage: Stage) -> None:
    answers = CALL | {"stays_anonymous": "YES", "callback": "0123"}
    assert stage.refused("contact.receive_report", "sam", **answers) == ["INFORMANT_NAMED_BUT_ANONYMOUS"]
    assert stage.refused("contact.receive_report", "sam", **answers | {"callback": ""}) == []


def test_a_first_responder_does_not_receive_reports(stage: Stage) -> None:
    assert stage.refused("contact.receive_report", "rosa", **CALL) == ["ROLE_MISSING"]


@pytest.mark.parametrize(
    "answer",
    [
        {"service": "https://pictures.example/screenshot-1"},
        {"service": "pictures.example/1"},
        {"service": "d41d8cd98f00b204e9800998ecf8427e"},
        {"report_id": "d41d8cd98f00b204e9800998ecf8427e"},
        {"incident": "OTHER", "incident_other": "www.pictures.example"},
    ],
)
def test_an_online_report_never_leads_to_the_material(stage: Stage, answer: dict[str, str]) -> None:
    assert stage.refused("contact.record_online_report", "viktor", **ONLINE | answer) == [
        "MATERIAL_NEVER_STORED"
    ]


def test_the_number_of_an_online_report_is_letters_digits_and_hyphens(stage: Stage) -> None:
    assert stage.refused("contact.record_online_report", "viktor", **ONLINE | {"report_id": "9 0"}) == [
        "ANSWER_NEEDED"
    ]


def test_an_online_report_is_entered_once(stage: Stage) -> None:
    key = stage.do("contact.record_online_report", "viktor", **ONLINE).key
    assert stage.refused("contact.record_online_report", "viktor", LATER, **ONLINE) == ["ONLINE_REPORT_KNOWN"]
    assert waiting(stage, "sam", key) == {"REPORT_TRIAGE"}
    bind(stage.rosa, now=stage.moment(LATER))
    assert not OnlineReport.objects.exists()


def test_a_police_liaison_triages_only_what_her_agency_received(stage: Stage) -> None:
    own = stage.do("contact.record_online_report", "viktor", **ONLINE).key
    other = stage.do("contact.submit_public_report", "public", **WORRY).key
    assert stage.refused("contact.triage_report", "viktor", LATER, report=str(own), **TRIAGE) == []
    assert waiting(stage, "sam", own) == set()
    assert stage.refused("contact.triage_report", "viktor", LATER, report=str(other), **TRIAGE) == [
        "ANSWER_NEEDED"
    ]


def test_adding_to_a_case_needs_the_case(stage: Stage) -> None:
    key = stage.do("contact.receive_report", "sam", **CALL).key
    answers = {"report": str(key), "outcome": "ADD_TO_CASE", "reason": "The same girl."}
    assert stage.refused("contact.triage_report", "mira", LATER, **answers) == ["TRIAGE_NEEDS_CASE"]
    case = stage.a_case(by="mira")
    assert stage.refused("contact.triage_report", "mira", LATER, **answers, add_to=case) == []
    facts = stage.facts(case, "mira", LATER)
    assert [row.report for row in reports_added_to(facts.the_case.pk)] == [key]
    deadlines = {row.code: row for row in timed(facts)}
    assert deadlines["REPORT_TRIAGE"].start == stage.moment(MONDAY)
    assert deadlines["REPORT_TRIAGE"].stopped == stage.moment(LATER)


def test_danger_in_a_report_must_be_answered(stage: Stage) -> None:
    key = stage.do("contact.receive_report", "sam", **CALL | {"danger_now": "YES"}).key
    answers = TRIAGE | {"report": str(key)}
    assert stage.refused("contact.triage_report", "sam", LATER, **answers) == ["DANGER_NOT_ANSWERED"]
    assert stage.refused("contact.triage_report", "sam", LATER, **answers, danger_answer="Police sent.") == []


def test_a_case_that_follows_a_report_shows_when_it_was_triaged(stage: Stage) -> None:
    key = stage.do("contact.receive_report", "sam", **CALL).key
    answers = {"report": str(key), "outcome": "OPEN_CASE", "reason": "A girl in need."}
    stage.do("contact.triage_report", "sam", "2026-03-02T09:20", **answers)
    case = stage.a_case(by="mira", at=LATER, report=str(key))
    deadlines = {row.code: row for row in timed(stage.facts(case, "mira", LATER))}
    assert deadlines["REPORT_TRIAGE"].start == stage.moment(MONDAY)
    assert deadlines["REPORT_TRIAGE"].stopped == stage.moment("2026-03-02T09:20")
    assert "REPORT_TRIAGE_URGENT" not in deadlines
    assert triage_of(key) is not None


def test_a_case_opened_before_triage_leaves_the_report_at_the_hotline(stage: Stage) -> None:
    key = stage.do("contact.receive_report", "sam", **CALL | {"danger_now": "YES"}).key
    case = stage.a_case(by="mira", at=LATER, report=str(key))
    deadlines = {row.code: row for row in timed(stage.facts(case, "mira", LATER))}
    assert deadlines["REPORT_TRIAGE_URGENT"].stopped == stage.moment(LATER)
    assert waiting(stage, "sam", key) == {"REPORT_TRIAGE_URGENT"}


def test_nobody_but_oversight_reads_a_complaint(stage: Stage) -> None:
    case = stage.a_case(by="rosa")
    key = stage.do("contact.make_complaint", "rosa", LATER, case=case, **COMPLAINT).key
    people = [person for person in stage.people if "OVERSIGHT" not in stage.people[person].agency.mandates]
    for by in [*people, "public"]:
        bind(stage.actor(by), now=stage.moment(LATER))
        assert not Complaint.objects.exists()
    officer = next(person for person in stage.people if "OVERSIGHT" in stage.people[person].agency.mandates)
    assert waiting(stage, officer, key) == {"COMPLAINT_ACK", "COMPLAINT_ANSWER"}
    assert Complaint.objects.get(pk=key).about_case_id is not None


def test_a_complaint_by_receipt_code_finds_the_case_without_login(stage: Stage) -> None:
    done = stage.do("contact.submit_public_report", "public", **WORRY)
    code = done.fact.receipt_code  # type: ignore[union-attr]
    case = stage.a_case(by="mira", report=str(done.key))
    key = stage.do("contact.make_complaint", "public", LATER, receipt_code=code, **COMPLAINT).key
    about = stage.facts(case, "mira").the_case.pk
    officer = next(person for person in stage.people if "OVERSIGHT" in stage.people[person].agency.mandates)
    bind(stage.actor(officer), now=stage.moment(LATER))
    assert Complaint.objects.get(pk=key).about_case_id == about


def test_a_complaint_is_never_refused(stage: Stage) -> None:
    assert stage.refused("contact.make_complaint", "public", receipt_code="AAAABBBBCCCC", **COMPLAINT) == []
    assert stage.refused("contact.make_complaint", "omar", case="NRM-0000-0000-0", **COMPLAINT) == []
