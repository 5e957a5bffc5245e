"""Country packs: every shipped one loads and says what its file says; what it decides is decided right."""

from dataclasses import FrozenInstanceError
from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from nrm.agencies.terms import Mandate
from nrm.casefile.terms import Purpose, SharePurpose
from nrm.kernel.days import Length, Unit, due_after
from nrm.kernel.packs import COUNTRIES, EU_MEMBERS, load, words

SHIPPED = sorted(each.parent.name for each in COUNTRIES.glob("*/pack.yaml") if each.parent.name != "house")
CODES = (  # of the process specification, 2.11
    *("REPORT_TRIAGE", "REPORT_TRIAGE_URGENT", "IMMEDIATE_SAFETY", "INFORMATION", "SCREENING", "REFERRAL"),
    *("RECEIPT", "MORE_INFORMATION", "REASONABLE_GROUNDS", "REASONABLE_GROUNDS_EXTENSION", "NOTIFY_DECISION"),
    *("CONCLUSIVE_GROUNDS", "REFLECTION", "RECONSIDERATION_WINDOW", "RECONSIDERATION", "AGE_DECISION"),
    *("NON_PUNISHMENT", "NOTICE_REPLY", "INTERIM_GUARDIAN", "GUARDIAN", "SAFETY_PLAN", "SAFETY_REVIEW"),
    *("FIRST_BIA", "BIA_REPEAT", "SIX_SERVICES", "SERVICE_ANSWER", "SERVICE_REVIEW", "PLACEMENT_REVIEW"),
    *(
        "MISSING_POLICE",
        "MISSING_REVIEW",
        "RETURN_INTERVIEW",
        "FAMILY_TRACING",
        "XB_OUTCOME",
        "CONSENT_AT_18",
    ),
    *("DURABLE_SOLUTION", "TRANSITION_PLAN_OPENS_BEFORE_18", "TRANSITION_PLAN", "FOLLOW_UP", "RETENTION"),
    "PERMIT_RENEWAL",  # a house rule beside it
    *("BREAK_GLASS_REVIEW", "COMPLAINT_ACK", "COMPLAINT_ANSWER"),
)
URGENCIES = ("IMMEDIATE", "URGENT", "ROUTINE")


def written(name):
    """The file as any reader of YAML sees it."""
    return yaml.load((COUNTRIES / name / "pack.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506


def test_the_five_packs_are_shipped():
    assert SHIPPED == ["de", "es", "gb", "se", "xa"]


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_pack_knows_every_deadline_and_switch(name):
    pack = load(name)
    assert pack.name == name
    for code in CODES:
        deadline = pack.deadline(code)
        assert deadline.code == code
        assert deadline.length == deadline.lengths[0] == pack.length(code)
        assert deadline.source
    for code in ("XB_ACK", "XB_ANSWER"):
        assert {pack.deadline(code, urgency).code for urgency in URGENCIES} == {code}
    assert len(pack.settings) == 15


@pytest.mark.parametrize("name", SHIPPED)
def test_a_pack_says_what_its_file_says_and_the_house_says_the_rest(name):
    own, house, pack = written(name), written("house"), load(name)
    assert pack.title == own["name"]
    assert pack.emergency_number == own["emergency_number"]
    assert pack.calendar.zone.key == own["time_zone"]
    assert set(own["deadlines"]) == set(house["deadlines"]) == set(pack.deadlines)
    for code, entry in own["deadlines"].items():
        entry = house["deadlines"][code] if entry == "house" else entry
        deadline = pack.deadlines[code]
        amounts = entry["length"] if isinstance(entry["length"], list) else [entry["length"]]
        assert [
            str(each.amount) if each.unit is not Unit.NONE else "NONE" for each in deadline.lengths
        ] == amounts
        assert {each.unit.value for each in deadline.lengths} == {entry["unit"]}
        assert {each.rolls for each in deadline.lengths} == {entry["rolls"] == "YES"}
        assert (deadline.desk, deadline.source) == (entry["desk"], entry["source"])
        assert (deadline.confidence, deadline.note) == (entry["confidence"], entry.get("note", ""))
    for code, entry in own["settings"].items():
        entry = house["settings"][code] if entry == "house" else entry
        assert vars(pack.settings[code]) == entry


def test_the_switches_of_alvenia_in_their_types():
    xa = load("xa")
    assert (xa.title, xa.country, xa.languages) == ("Alvenia", "XAL", ("eng",))
    assert dict(xa.invented_countries) == {"XAL": "Alvenia", "XBR": "Brevia", "XCO": "Corvia", "XDO": "Doria"}
    assert xa.focal_points == {"XBR", "XCO"}
    assert (xa.decision_steps, xa.clearly_adult_from, xa.guardian_limit, xa.child_alone_acts_from) == (
        2,
        25,
        20,
        14,
    )
    assert xa.late_entry == timedelta(hours=72)
    assert (xa.risk_assessment_valid_days, xa.break_glass_hours, xa.training_valid_months) == (90, 4, 24)
    assert (
        xa.reflection_counts_start_day is False
    )  # NO is a word, not the text "NO", which Python takes for true
    assert xa.reflection_exception_for_children is False
    assert xa.guardianship_ends_at_18 is True
    assert xa.conclusive_grounds_not_before is None
    assert (xa.deciding_authority, xa.removal_bar_from, xa.retention_birthday) == ("ONE", "REFERRAL", 30)
    assert xa.standards_text["reasonable_grounds"] == "We suspect it and cannot prove it yet."
    assert xa.steps["conclusive_grounds"].confirm == "identification.confirm"
    assert xa.steps["reasonable_grounds"].people == 2
    assert dict(xa.hidden) == {}
    assert xa.purpose_class["SEX_SEXTORTION"] == "SEXUAL"
    assert xa.purpose_class["SPORT_EXPLOITATION"] == "LABOUR"
    assert "BEGGING" not in xa.purpose_class


@pytest.mark.parametrize(
    ("name", "length"),
    [
        ("xa", Length(90, Unit.CALENDAR_DAYS)),
        ("gb", Length(30, Unit.CALENDAR_DAYS)),
        ("de", Length(3, Unit.MONTHS)),
        ("es", Length(90, Unit.CALENDAR_DAYS)),
        ("se", Length(30, Unit.CALENDAR_DAYS)),
    ],
)
def test_the_reflection_period_of_each_country(name, length):
    assert load(name).length("REFLECTION") == length


def test_the_deadlines_of_alvenia_run_as_in_the_worked_cases():
    xa = load("xa")
    received = datetime(2026, 3, 3, 9, tzinfo=UTC)
    assert due_after(received, xa.length("REASONABLE_GROUNDS"), xa.calendar).day == date(2026, 3, 11)
    told = datetime(2026, 3, 4, 9, tzinfo=UTC)  # 30 days later is Good Friday
    assert due_after(told, xa.length("RECONSIDERATION_WINDOW"), xa.calendar).day == date(2026, 4, 7)
    assert due_after(told, xa.length("SAFETY_REVIEW"), xa.calendar).day == date(2026, 4, 3)


def test_a_variant_has_its_own_length_and_the_name_of_its_deadline():
    xa = load("xa")
    assert xa.length("SERVICE_ANSWER", "IMMEDIATE") == Length(4, Unit.HOURS)
    assert xa.deadline("SERVICE_ANSWER", "IMMEDIATE").code == "SERVICE_ANSWER"
    assert (
        xa.length("SERVICE_ANSWER", "URGENT") == xa.length("SERVICE_ANSWER") == Length(2, Unit.WORKING_DAYS)
    )
    assert xa.length("XB_ANSWER", "URGENT") == Length(3, Unit.CALENDAR_DAYS)
    assert xa.deadline("REPORT_TRIAGE", "URGENT").code == "REPORT_TRIAGE_URGENT"
    assert [each.amount for each in xa.deadline("FOLLOW_UP", "RETURN").lengths] == [30, 90, 180]
    assert xa.deadline("FOLLOW_UP", "RETURN").code == "FOLLOW_UP"
    assert xa.length("REASONABLE_GROUNDS_EXTENSION") == Length(5, Unit.WORKING_DAYS)


@pytest.mark.parametrize(("code", "variant"), [("REFLEXION", ""), ("XB_ACK", ""), ("SERVICE_ANSWER", "SOON")])
def test_a_slip_in_a_code_is_not_another_deadline(code, variant):
    with pytest.raises(KeyError):
        load("xa").deadline(code, variant)


@pytest.mark.parametrize(
    ("name", "citizenships", "answer"),
    [
        ("xa", ["XAL"], "REPORTING"),
        ("xa", ["XBR"], "OTHER_EU"),
        ("xa", ["XCO"], "NON_EU"),
        ("xa", ["FRA"], "NON_EU"),
        ("xa", ["XXA"], "NON_EU"),
        ("xa", [], "NOT_KNOWN"),
        ("xa", ["XXX"], "NOT_KNOWN"),
        ("xa", ["XXX", "XCO"], "NON_EU"),
        ("xa", ["XCO", "XBR", "XAL"], "REPORTING"),
        ("de", ["FRA", "VNM"], "OTHER_EU"),
        ("de", ["DEU", "FRA"], "REPORTING"),
        ("de", ["GBR"], "NON_EU"),
        ("gb", ["GBR", "POL"], "REPORTING"),
        ("gb", ["POL"], "OTHER_EU"),
    ],
)
def test_the_class_of_a_citizenship(name, citizenships, answer):
    assert {load(name).citizenship_class(order) for order in permutations(citizenships)} == {answer}


def test_the_union_has_27_members_and_the_reporting_state_is_not_another_one():
    assert len(EU_MEMBERS) == 27
    assert {"DEU", "ESP", "SWE"} < EU_MEMBERS
    assert not {"GBR", "NOR", "CHE", "ISL"} & EU_MEMBERS
    assert load("de").other_eu == EU_MEMBERS - {"DEU"}


@pytest.mark.parametrize(
    ("days_left", "authority"),
    [(95, "CENTRAL_AUTHORITY"), (100, "CENTRAL_AUTHORITY"), (101, "LOCAL_CHILD_PANEL")],
)
def test_who_decides_in_the_united_kingdom_depends_on_the_days_left_to_18(days_left, authority):
    birthday = date(2026, 6, 20)
    assert load("gb").deciding_authority_for(birthday - timedelta(days=days_left), birthday) == authority
    assert load("xa").deciding_authority_for(birthday - timedelta(days=days_left), birthday) == "ONE"


def test_the_united_kingdom_decides_conclusively_after_thirty_days_and_without_a_last_one():
    gb = load("gb")
    assert gb.conclusive_grounds_not_before == 30
    assert gb.length("CONCLUSIVE_GROUNDS") == Length(0, Unit.NONE)
    assert (
        due_after(datetime(2026, 3, 3, 9, tzinfo=UTC), gb.length("CONCLUSIVE_GROUNDS"), gb.calendar) is None
    )


@pytest.mark.parametrize(
    ("name", "day", "works"),
    [
        ("xa", "2026-03-09", False),  # in the list
        ("xa", "2026-03-10", True),
        ("xa", "2026-03-08", False),  # a Sunday
        ("xa", "2027-03-09", True),  # 2027 has no list: the days of every year
        ("xa", "2027-01-06", False),
        ("xa", "2028-12-25", False),
        ("xa", "2025-05-01", True),  # 2025 has a list, and this day is not in it
        ("gb", "2026-04-06", False),  # Easter Monday is a holiday in England
        ("gb", "2026-12-28", False),  # Boxing Day falls on a Saturday
        ("de", "2026-10-03", False),
        ("de", "2027-10-04", True),
        ("es", "2026-12-08", False),
        ("se", "2026-01-06", False),
        ("se", "2026-10-12", True),
    ],
)
def test_holidays(name, day, works):
    assert load(name).calendar.is_working_day(date.fromisoformat(day)) is works


def test_what_a_pack_leaves_out_holds_as_in_alvenia():
    xa = load("xa")
    for name in SHIPPED:
        pack = load(name)
        assert pack.mandates_that_open == xa.mandates_that_open >= {"HOTLINE", "LAW_ENFORCEMENT"}
        assert pack.mandates_that_screen == {"FIRST_RESPONDER", "CHILD_PROTECTION", "LAW_ENFORCEMENT"}
        assert pack.mandates_that_refer == {"FIRST_RESPONDER"}
        assert pack.mandates_that_decide == {"COMPETENT_AUTHORITY"}
        assert pack.mandates_never_given_a_case == {"IMMIGRATION_ENFORCEMENT", "RAPPORTEUR"}
        assert pack.guardian_conflict_mandates == xa.guardian_conflict_mandates >= {"ASYLUM", "BORDER"}
        assert pack.grants_by_purpose["ASYLUM"] == {"SUMMARY"}
        assert pack.grants_by_purpose["CARE"] == {"FULL", "IDENTITY", "LOCATION"}
        assert len(pack.grants_by_purpose) == 8
        assert pack.purpose_class == xa.purpose_class


def test_a_pack_is_read_once_and_nobody_writes_to_it():
    xa = load("xa")
    assert load("xa") is load(name="xa", root=COUNTRIES) is xa
    with pytest.raises(FrozenInstanceError):
        xa.guardian_limit = 200
    for entries in (xa.deadlines, xa.settings, xa.grants_by_purpose, xa.steps, xa.purpose_class):
        with pytest.raises(TypeError):
            entries["REFLECTION"] = None


@given(day=st.dates(date(2015, 1, 1), date(2035, 12, 31)), name=st.sampled_from(SHIPPED))
def test_no_reflection_period_is_shorter_than_thirty_days(day, name):
    pack = load(name)
    due = due_after(
        datetime(day.year, day.month, day.day, 12, tzinfo=UTC), pack.length("REFLECTION"), pack.calendar
    )
    assert due.day - day >= timedelta(days=30)


def test_packs_stand_at_the_top_of_the_project():
    assert Path(__file__).resolve().parents[2] / "countries" == COUNTRIES


def test_packs_know_the_mandates_that_agencies_know():
    assert set(words.MANDATES) == set(Mandate.codes())


def test_packs_know_the_purposes_that_cases_know():
    assert set(words.SHARE_PURPOSES) == set(SharePurpose.codes()) - {"OTHER", "NOT_KNOWN"}
    for name in SHIPPED:
        assert load(name).purpose_class.keys() <= set(Purpose.codes())


@pytest.mark.parametrize("name", SHIPPED)
def test_every_time_limit_says_what_it_stands_on(name: str) -> None:
    """Also one that has a length for each urgency and none of its own."""
    pack = load(name)
    for code in CODES:
        assert pack.source_of(code) in {
            rule.source for written, rule in pack.deadlines.items() if written.startswith(code)
        }
    assert pack.source_of("XB_ACK") == pack.deadline("XB_ACK", "IMMEDIATE").source
