"""The presumption of minority: every combination against a slow second reading of its table."""

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nrm.casefile.rules import (
    AgeDecided,
    AgeDisputed,
    AgeFacts,
    BirthDate,
    Presumed,
    explains,
    treated_as_child,
)
from nrm.casefile.terms import PresumptionRow

TODAY = date(2026, 3, 31)
CLEARLY = 25
DECIDED = datetime(2026, 3, 20, 10, tzinfo=UTC)
EARLIER, LATER = DECIDED - timedelta(days=9), DECIDED + timedelta(days=9)
CHILDS_DATE, ADULTS_DATE = date(2008, 4, 1), date(2008, 3, 31)  # 18 tomorrow, 18 today

DECISIONS = {
    "none": None,
    "ADULT, open": AgeDecided("ADULT", DECIDED),
    "ADULT, final": AgeDecided("ADULT", DECIDED, final=True),
    "CHILD, under 18": AgeDecided("CHILD", DECIDED, assigned_birth_date=CHILDS_DATE),
    "CHILD, grown up": AgeDecided("CHILD", DECIDED, assigned_birth_date=ADULTS_DATE),
    "UNRESOLVED": AgeDecided("UNRESOLVED", DECIDED),
}
DISPUTES = {"none": None, "older": EARLIER, "newer": LATER}
BIRTH_DATES = {
    "none": None,
    "VERIFIED, under 18": BirthDate(CHILDS_DATE, verified=True),
    "VERIFIED, 18 or over": BirthDate(ADULTS_DATE, verified=True),
    "STATED, under 18": BirthDate(CHILDS_DATE, verified=False),
    "STATED, 18 or over": BirthDate(ADULTS_DATE, verified=False),
}
ESTIMATES = [(None, 0), (None, 2), (17, 2), (18, 2), (24, 2), (25, 2), (30, 3), (18, 1), (30, 1)]


def as_the_table_reads(a, dispute, ground, b, r):
    """Row and answer, read from the table cell by cell: decision, dispute open, birth date, estimate."""
    is_open = dispute == "newer" or (dispute == "older" and a == "none")
    if is_open and ground and b == "VERIFIED, 18 or over":
        b = "STATED, 18 or over"
    verified, stated = b.startswith("VERIFIED"), b.startswith("STATED")
    p6 = a == "none" and verified
    plain = a == "none" and not is_open
    table = [
        ("P1", a == "ADULT, open", "YES"),
        ("P2", a == "ADULT, final" and not is_open, "NO"),
        ("P3", a.startswith("CHILD") and not is_open, "YES" if a == "CHILD, under 18" else "NO"),
        ("P4", a == "UNRESOLVED", "YES"),
        ("P5", is_open and not p6, "YES"),
        ("P6", p6, "YES" if b == "VERIFIED, under 18" else "NO"),
        ("P7", plain and b == "STATED, under 18", "YES"),
        ("P8", plain and b == "STATED, 18 or over" and (r is None or r < 18), "YES"),
        ("P9", plain and b == "STATED, 18 or over" and r is not None and r >= 18, "NO"),
        ("P10", plain and b == "none" and (r is None or r < CLEARLY), "YES"),
        ("P11", plain and b == "none" and r is not None and r >= CLEARLY, "NO"),
    ]
    assert stated or verified or b == "none"
    return next((row, answer) for row, matches, answer in table if matches)


ALL_CASES = list(product(DECISIONS, DISPUTES, ["", "FALSE_PAPERS", "COACHED"], BIRTH_DATES, ESTIMATES))


def test_every_combination_is_answered_as_the_table_reads():
    rows = set()
    for a, dispute, ground, b, (lowest, estimators) in ALL_CASES:
        at = DISPUTES[dispute]
        age = AgeFacts(
            decision=DECISIONS[a],
            dispute=AgeDisputed(at, ground) if at else None,
            birth_date=BIRTH_DATES[b],
            estimate_from=lowest,
            estimate_to=lowest and lowest + 3,
            estimators=estimators,
        )
        found = treated_as_child(age, on=TODAY, clearly_adult_from=CLEARLY)
        row, answer = as_the_table_reads(a, dispute, ground, b, lowest if estimators >= 2 else None)
        assert (found.row, found.child) == (row, answer == "YES"), (a, dispute, ground, b, lowest, estimators)
        rows.add((row, answer))
    both = {("P3", "YES"), ("P6", "YES")}
    assert rows == both | {
        *((row, "YES") for row in ("P1", "P4", "P5", "P7", "P8", "P10")),
        *((row, "NO") for row in ("P2", "P3", "P6", "P9", "P11")),
    }


days = st.dates(date(1980, 1, 1), date(2030, 12, 31))
moments = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))
ages = st.none() | st.integers(0, 99)
decisions = st.builds(
    AgeDecided, st.sampled_from(["CHILD", "ADULT", "UNRESOLVED"]), moments, st.none() | days, st.booleans()
)
disputes = st.builds(AgeDisputed, moments, st.sampled_from(["", "FALSE_PAPERS", "COACHED"]))
facts = st.builds(
    AgeFacts,
    st.none() | decisions,
    st.none() | disputes,
    st.none() | st.builds(BirthDate, days, st.booleans()),
    ages,
    ages,
    st.integers(0, 4),
)
on = st.dates(date(2020, 1, 1), date(2035, 12, 31))
clearly = st.integers(18, 40)


@given(facts, on, clearly)
def test_only_five_rows_can_say_no(age, day, years):
    found = treated_as_child(age, on=day, clearly_adult_from=years)
    assert found.child or found.row in {"P2", "P3", "P6", "P9", "P11"}


@given(on, clearly, st.integers(0, 1), ages)
def test_silence_never_says_no(day, years, estimators, lowest):
    age = AgeFacts(estimate_from=lowest, estimators=estimators)  # nothing said, nothing shown, one guess
    assert treated_as_child(age, on=day, clearly_adult_from=years) == Presumed(True, "P10")


@given(facts, on, clearly)
def test_what_is_not_written_down_protects(age, day, years):
    """Taking the estimate away never makes an adult of a child."""
    bare = AgeFacts(age.decision, age.dispute, age.birth_date)
    if treated_as_child(age, on=day, clearly_adult_from=years).child:
        assert treated_as_child(bare, on=day, clearly_adult_from=years).child


@given(facts, on, clearly, st.sampled_from(["FALSE_PAPERS", "COACHED"]))
def test_the_newest_word_protects_when_it_is_a_dispute_with_a_ground(age, day, years, ground):
    dispute = AgeDisputed(datetime(2031, 1, 1, tzinfo=UTC), ground)
    disputed = AgeFacts(
        age.decision, dispute, age.birth_date, age.estimate_from, age.estimate_to, age.estimators
    )
    assert treated_as_child(disputed, on=day, clearly_adult_from=years).child


@given(facts, on, st.integers(1, 4000), clearly)
def test_time_alone_never_makes_a_child_of_an_adult(age, day, days_later, years):
    if treated_as_child(age, on=day + timedelta(days=days_later), clearly_adult_from=years).child:
        assert treated_as_child(age, on=day, clearly_adult_from=years).child


@given(facts, on, clearly)
def test_until_is_the_first_adult_day(age, day, years):
    found = treated_as_child(age, on=day, clearly_adult_from=years)
    assert (found.until is not None) == (found.row in {"P3", "P6", "P7"})
    if found.until is not None:
        assert found.child == (day < found.until)


@pytest.mark.parametrize(
    ("born", "last_childs_day"),
    [
        (date(2008, 6, 20), date(2026, 6, 19)),
        (date(2008, 2, 29), date(2026, 2, 28)),  # 18 on 1 March in a common year
        (date(2006, 2, 28), date(2024, 2, 27)),
        (date(2009, 12, 31), date(2027, 12, 30)),  # of whom only the year is known
    ],
)
@pytest.mark.parametrize("row", ["P3", "P6", "P7"])
def test_the_18th_birthday_is_the_first_adult_day(born, last_childs_day, row):
    age = {
        "P3": AgeFacts(decision=AgeDecided("CHILD", DECIDED, assigned_birth_date=born)),
        "P6": AgeFacts(birth_date=BirthDate(born, verified=True)),
        "P7": AgeFacts(birth_date=BirthDate(born, verified=False)),
    }[row]
    birthday = last_childs_day + timedelta(days=1)
    on_the_eve = treated_as_child(age, on=last_childs_day, clearly_adult_from=CLEARLY)
    assert on_the_eve == Presumed(True, row, birthday)
    on_the_day = treated_as_child(age, on=birthday, clearly_adult_from=CLEARLY)
    assert on_the_day.child is (row == "P7")  # a stated date alone makes no adult: P8
    assert on_the_day.row == {"P7": "P8"}.get(row, row)


def test_a_dispute_in_the_same_moment_as_the_decision_is_not_newer():
    age = AgeFacts(decision=DECISIONS["ADULT, final"], dispute=AgeDisputed(DECIDED, "FALSE_PAPERS"))
    assert treated_as_child(age, on=TODAY, clearly_adult_from=CLEARLY).row == "P2"


def test_a_child_decided_without_a_date_stays_protected():
    age = AgeFacts(decision=AgeDecided("CHILD", DECIDED))
    assert treated_as_child(age, on=TODAY, clearly_adult_from=CLEARLY) == Presumed(True, "P4")


def test_a_pack_cannot_make_adults_of_children():
    with pytest.raises(ValueError, match="17"):
        treated_as_child(AgeFacts(), on=TODAY, clearly_adult_from=17)


def test_every_row_explains_itself():
    for row in PresumptionRow:
        assert explains(row.value) is row.label
    with pytest.raises(ValueError, match="P12"):
        explains("P12")
