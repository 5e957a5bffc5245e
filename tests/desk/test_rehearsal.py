"""Rehearsals: what a story file may say, what is compared, what fails."""

from pathlib import Path
from typing import Any

import pytest

from nrm.desk.rehearsal import playing, reading
from nrm.desk.rehearsal.outcome import Outcome, Result
from nrm.desk.rehearsal.routine import expanded
from nrm.kernel import packs
from nrm.kernel.plain_yaml import Unreadable
from tests.stage import STORIES

CALENDAR = packs.load("xa").calendar
HEAD = """
journey: small
title: "A small story"
pack: xa
cast: {cast}
story:
"""
OPEN = """
- at: 2026-03-02T09:00
  by: rosa
  do: contact.open_case
  case: lule
  with: {first_contact_at: 2026-03-02T09:00, place: STREET, informant_kind: OUTREACH, track: CHILD, given_name: Lule,
    sex: FEMALE, citizenships: [XCO], languages: [por], interpreter_needed: YES, accompaniment: WITH_UNRELATED_ADULT,
    parents: UNKNOWN, danger_now: NO, in_custody: NO, in_institution: NO}
"""


@pytest.fixture
def told(tmp_path: Path) -> Any:
    """Writes a story beside the cast of the ten and reads it."""
    (tmp_path / "cast_xa.yaml").write_text((STORIES / "cast_xa.yaml").read_text())

    def write(steps: str, **more: Any) -> reading.Story:
        file = tmp_path / "small.yaml"
        file.write_text(HEAD.format(cast="cast_xa.yaml") + steps)
        return reading.read(file, **more)

    return write


def faults(told: Any, steps: str) -> str:
    with pytest.raises(Unreadable) as unreadable:
        told(steps)
    return " ".join(unreadable.value.faults)


OMAR_LEADS = "- {{at: 2026-03-02T10:00, by: omar, do: casefile.appoint_lead_worker, case: lule, with: {{person: omar}},"
OMAR_LEADS += " refused: [{}]}}"


def said(outcome: Outcome) -> list[str]:
    return [str(line) for line in outcome.failures]


def test_a_story_that_agrees(told: Any, stage: Any) -> None:
    story = told(
        OPEN
        + "- {check: 2026-03-02T10:00, case: lule, sees: {rosa: [FULL, IDENTITY, LOCATION]}, not_found: [omar]}"
    )
    outcome = playing.play(story)
    assert said(outcome) == []
    assert outcome.summary == "small: 3 passed, 0 failed, 0 skipped"


def test_a_wrong_expectation_fails_and_says_both(told: Any, stage: Any) -> None:
    outcome = playing.play(told(OPEN + "- {check: 2026-03-02T10:00, case: lule, sees: {omar: [FULL]}}"))
    assert outcome.failed == 1
    assert "is [], expected [FULL]" in said(outcome)[0]


def test_a_refusal_must_be_the_one_expected(told: Any, stage: Any) -> None:
    step = OMAR_LEADS
    assert playing.play(told(OPEN + step.format("NOT_FOUND"))).failed == 0


def test_another_refusal_than_expected_fails(told: Any, stage: Any) -> None:
    step = OMAR_LEADS.format("ROLE_MISSING")
    assert "expected ROLE_MISSING" in said(playing.play(told(OPEN + step)))[0]


def test_an_act_that_should_have_been_refused_fails(told: Any, stage: Any) -> None:
    outcome = playing.play(told(OPEN + "  refused: [ROLE_MISSING]"))
    assert "should have been refused" in said(outcome)[0]


def test_an_answer_nobody_asked_for_fails(told: Any, stage: Any) -> None:
    outcome = playing.play(told(OPEN.replace("place: STREET", "place: STREET, shoe_size: '38'")))
    assert "shoe_size" in said(outcome)[0]


def test_an_act_that_is_not_built_is_skipped_and_named(told: Any, stage: Any) -> None:
    steps = OPEN + (
        "- {at: 2026-03-02T10:00, by: rosa, do: nowhere.act, case: lule, as: n1}\n"
        "- {at: 2026-03-02T11:00, by: rosa, do: casefile.end_share, case: lule, with: {share: $n1, reason: 'So.'}}\n"
    )
    outcome = playing.play(told(steps))
    assert (outcome.failed, outcome.count(Result.SKIPPED)) == (0, 2)


def test_a_label_that_nothing_has_fails(told: Any, stage: Any) -> None:
    step = "- {at: 2026-03-02T11:00, by: rosa, do: casefile.end_share, case: lule, with: {share: $x, reason: 'So.'}}"
    assert "nothing has the label x" in said(playing.play(told(OPEN + step)))[0]


@pytest.mark.parametrize(
    ("steps", "sentence"),
    [
        (OPEN + "  colour: red", "nobody knows the key `colour`"),
        (OPEN + "  as: Upper", "a label like `r1`"),
        ("- {check: 2026-03-02T10:00, mood: good}", "nobody knows the key `mood`"),
        ("- {check: 2026-03-02T10:00, stage: OPENED}", "Say which: `case`"),
        ("- {check: 2026-03-29T02:30, case: lule, stage: OPENED}", "does not exist"),
        ("- {check: 2026-10-25T02:30, case: lule, stage: OPENED}", "happens twice"),
        ("- {check: 2026-10-25T02:30+05:00, case: lule, stage: OPENED}", "has an offset"),
        ("- {check: 2026-03-02T10:00, case: a, deadlines: {RECEIPT: {state: NONE, due: 2026-03-02}}}", "NONE has no"),
        ("- {at: 2026-03-02T10:00, by: rosa, do: contact.open_case, as: a, refused: [X]}", "leaves no fact"),
    ],
)  # fmt: skip
def test_faults_of_a_file_are_said(told: Any, steps: str, sentence: str) -> None:
    assert sentence in faults(told, steps)


def test_an_hour_that_is_twice_with_its_offset_is_read(told: Any) -> None:
    story = told("- {check: 2026-10-25T02:30+01:00, case: lule, stage: OPENED}")
    assert story.steps[0].at.isoformat() == "2026-10-25T02:30:00+01:00"


def test_moved_onto_a_missing_hour_it_is_one_hour_later(told: Any) -> None:
    story = told("- {check: 2026-03-28T02:30, case: lule, stage: OPENED}", days=1)
    assert story.steps[0].at.isoformat() == "2026-03-29T03:30:00+02:00"


def test_the_routine_is_the_table() -> None:
    told = {"routine": "l", "opener": "rosa", "worker": "mira", "provider": "dora", "lang": "por",
            "not_needed": ["EDUCATION"], "without": ["TRANSLATION"]}  # fmt: skip
    step = reading.Routine(reading.moment("2026-03-13T23:30", CALENDAR), "f", "l", told)
    agencies = {"rosa": "harbour", "mira": "alva", "dora": "lantern"}
    acts = list(expanded(step, agencies, CALENDAR))
    first = ("SAFE_ACCOMMODATION_AND_SUBSISTENCE", "EMERGENCY_HEALTH", "COUNSELLING_AND_LEGAL_INFORMATION",
             "HELP_IN_PROCEEDINGS")  # fmt: skip
    assert [(f"{act.at:%m-%dT%H:%M}", act.by, act.do, act.label) for act in acts] == [
        ("03-13T23:30", "rosa", "casefile.share", "l_share"),
        ("03-13T23:30", "mira", "casefile.appoint_lead_worker", ""),
        ("03-14T00:00", "rosa", "contact.give_information", ""),
        ("03-14T01:30", "mira", "care.record_safety_plan", "l_plan"),
        ("03-16T10:00", "mira", "care.assess_best_interests", "l_bia"),
        ("03-17T09:30", "mira", "services.record_consent", "l_consent"),
        ("03-17T09:45", "mira", "services.mark_not_needed", ""),
        *(("03-17T10:00", "mira", "services.request", f"l_{service}") for service in first),
        *[("03-17T15:00", "dora", "services.accept", "")] * 4,
        *[("03-18T10:00", "dora", "services.deliver", "")] * 4,
    ]
    assert acts[-1].given == {"request": "$l_HELP_IN_PROCEEDINGS", "from": "2026-03-18"}
    assert len(acts[4].given["elements"]) == 7
    same = list(expanded(step, agencies | {"rosa": "alva"}, CALENDAR))
    assert "casefile.share" not in {act.do for act in same}
