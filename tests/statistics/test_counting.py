"""One person, one row, and which headings it stands under."""

from typing import Any

import pytest

from nrm.identification.models import Confirmed
from nrm.statistics.queries import counted, registered_on
from nrm.statistics.rules import Counted, cell, who_is
from tests.identification.conftest import NEGATIVE, POSITIVE, SIGNS, Path
from tests.stage import Stage

ROW = Counted(2026, "GIRL", "NON_EU", ("OTHER",), "NGO", "PRESUMED")
NOTHING: dict[str, Any] = SIGNS | {"answers": [], "acts": ["NOT_YET_CLEAR"], "purposes": ["NOT_YET_CLEAR"]}
ADULT = {"track": "ADULT_SURVIVOR", "birth_date": "1999-05-01", "birth_date_basis": "DOCUMENT_VERIFIED"}


@pytest.mark.parametrize(
    ("child", "sex", "who"),
    [
        (True, "FEMALE", "GIRL"), (True, "MALE", "BOY"), (False, "FEMALE", "WOMAN"), (False, "MALE", "MAN"),
        (True, "INTERSEX", "CHILD"), (True, "NOT_KNOWN", "CHILD"), (True, "", "CHILD"), (False, "NOT_KNOWN", "ADULT"),
    ],
)  # fmt: skip
def test_neither_age_nor_sex_is_guessed(child: bool, sex: str, who: str) -> None:
    assert who_is(child=child, sex=sex) == who


def test_a_cell_joins_headings_and_leaves_negatives_out_of_totals() -> None:
    rows = [
        ROW, Counted(2026, "BOY", "REPORTING", ("SEXUAL", "LABOUR"), "BORDER", "IDENTIFIED", forced_criminality=True),
        Counted(2026, "WOMAN", "OTHER_EU", ("SEXUAL",), "NGO", "DECLINED", found_as_adult=True),
        Counted(2026, "GIRL", "NON_EU", ("OTHER",), "NGO", "NEGATIVE"),
    ]  # fmt: skip
    expected = {
        "PERSON": 3, "CHILD": 2, "ADULT": 1, "GIRL": 1, "GIRL+NON_EU": 1, "SEXUAL": 2, "SEXUAL+BOY": 1, "NGO": 2,
        "FORCED_CRIMINALITY": 1, "FOUND_AS_ADULT": 1, "NEGATIVE": 1, "NEGATIVE+GIRL": 1, "MAN": 0, "DECLINED": 1,
    }  # fmt: skip
    assert {name: cell(rows, name) for name in expected} == expected


def test_she_is_counted_from_the_first_screening_that_indicates_trafficking(stage: Stage) -> None:
    path = Path(stage)
    assert counted(path.facts("02T09:30")) is None
    path.do("screening.record", "rosa", "2026-03-02T10:00", **NOTHING)
    assert counted(path.facts("02T10:00")) is None
    path.do("screening.record", "rosa", "2026-03-03T10:00", **SIGNS)
    facts = path.facts("04T10:00")
    assert str(registered_on(facts)) == "2026-03-03"
    assert counted(facts) == ROW


def test_the_status_is_that_of_the_decision_that_stands(stage: Stage) -> None:
    path = Path(stage).received()
    path.do("care.appoint_guardian", "mira", "03T11:00", guardian="jonas", **{"from": "2026-03-03"})
    path.do(
        "identification.confirm",
        "tomas",
        "04T11:00",
        proposal=proposed(path, "reasonable", "04T10:00", NEGATIVE),
    )
    assert status(path, "04T12:00") == "NEGATIVE"
    path.do(
        "identification.record_new_information_after_negative", "mira", "05T10:00", text="A witness came."
    )
    assert status(path, "05T11:00") == "PRESUMED"
    path.do(
        "identification.confirm",
        "tomas",
        "06T11:00",
        proposal=proposed(path, "reasonable", "06T10:00", POSITIVE),
    )
    assert status(path, "06T12:00") == "PRESUMED"
    path.do(
        "identification.confirm",
        "tomas",
        "11T11:00",
        proposal=proposed(path, "conclusive", "11T10:00", POSITIVE),
    )
    assert status(path, "11T12:00") == "IDENTIFIED"
    assert len(path.facts("11T12:00").of(Confirmed)) == 3


def proposed(path: Path, kind: str, at: str, answers: dict[str, Any]) -> str:
    return path.do(f"identification.decide_{kind}_grounds", "ida", at, **answers)


def status(path: Path, at: str) -> str:
    row = counted(path.facts(at))
    assert row is not None
    return row.status


def test_an_adult_found_late_is_counted_as_one_and_may_decline(stage: Stage) -> None:
    episode = {"from": "2015-06-01", "precision": "MONTH", "purposes": ["SEX_PROSTITUTION"]}
    path = Path(stage, **ADULT)
    path.do(
        "screening.record",
        "rosa",
        "02T10:00",
        **SIGNS | {"episodes": [episode], "purposes": ["SEX_PROSTITUTION"]},
    )
    path.do(
        "identification.record_declined", "rosa", "02T11:00", said_on="2026-03-02", told_of_rights="YES",
        support_continues="YES",
    )  # fmt: skip
    row = counted(path.facts("02T12:00"))
    assert row == Counted(2026, "WOMAN", "NON_EU", ("SEXUAL",), "NGO", "DECLINED", found_as_adult=True)


def test_who_was_of_age_when_exploited_is_not_found_late(stage: Stage) -> None:
    episode = {"from": "2019-06-01", "precision": "MONTH", "purposes": ["CRIME_THEFT"]}
    path = Path(stage, **ADULT)
    signs = SIGNS | {"episodes": [episode], "purposes": ["CRIME_THEFT"], "means": ["THREATS"]}
    path.do("screening.record", "rosa", "02T10:00", **signs)
    row = counted(path.facts("02T12:00"))
    assert row is not None and row.forced_criminality and not row.found_as_adult
