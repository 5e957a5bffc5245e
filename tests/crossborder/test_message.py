"""What is told to another State: the minimum, and nothing beside it without a reason. Pure, over everything known."""

import json
from datetime import date, datetime, timezone
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from nrm.crossborder.rules import Birth, Child, Guardian, Known, Sending, Standing, as_text, message
from nrm.crossborder.terms import Disclosed, MessageAsk, MessageHandling

SECRET = {
    "NAMES": ["Lule-secret", "Marin-secret"], "BIRTH_DATE": "2011-secret-14", "CITIZENSHIPS": ["XCO-secret"],
    "DOCUMENT_NUMBER": "P99-secret", "PHOTO": "photo-secret", "ADDRESS": "Harbour 5-secret",
}  # fmt: skip
ALWAYS = {
    "format": None, "version": None,
    "head": {
        "message_id", "from", "from_office", "to", "to_office", "kind", "urgency", "sent_at", "reply_by",
    },
    "handling": {"conditions", "delete_by"},
    "child": {
        "reference", "treated_as_child", "row", "sex", "languages", "communication", "interpreter",
        "birth_year", "age_from", "age_to", "further",
    },
    "situation": {"stage", "purposes", "danger", "guardian"},
    "request": {"ask_for", "text"},
    "basis": {"ground", "treaty", "child_heard"},
}  # fmt: skip


def known(birth: Birth = Birth(age_from=14, age_to=17), guardian: Guardian | None = None) -> Known:  # noqa: B008
    child = Child("NRM-TESTTESTA", True, "P10", birth, "FEMALE", ("por",), ("EASY_WORDS",), "por")
    return Known(child, Standing("PRESUMED", ("BEGGING",), guardian), SECRET)


def sending(**other: Any) -> Sending:
    told = {
        "message_id": "0" * 26, "country": "XAL", "office": "Focal Point Office", "to": "XBR", "to_office": "Theirs",
        "kind": "ALERT", "urgency": "IMMEDIATE", "sent_at": datetime(2026, 3, 13, 9, tzinfo=timezone.utc),  # noqa: UP017
        "danger": ("FAMILY_PRESSURE",), "ask_for": ("FIND_AND_PROTECT",), "handling": ("PROTECTION_ONLY",),
        "basis": "VITAL_INTEREST", "text": "She may land this morning.", "child_heard": False,
    }  # fmt: skip
    return Sending(**told | other)


disclosures = st.lists(
    st.tuples(st.sampled_from(Disclosed.codes()), st.sampled_from(["", "  ", "To find her."])), max_size=9
)
asked = st.lists(st.sampled_from(MessageAsk.codes()), min_size=1, unique=True).map(tuple)


@given(disclosed=disclosures.map(tuple), ask_for=asked)
def test_nothing_beside_the_minimum_leaves_without_a_reason(
    disclosed: tuple[tuple[str, str], ...], ask_for: tuple[str, ...]
) -> None:
    made = message(known(), sending(disclosed=disclosed, ask_for=ask_for))
    text = as_text(made)
    allowed = {code for code, reason in disclosed if reason.strip()} if ask_for != ("INFORM_ONLY",) else set()
    for code, value in SECRET.items():
        for secret in value if isinstance(value, list) else [value]:
            assert (secret in text) == (code in allowed), code
    told = made["child"].get("further", [])
    assert [one["field"] for one in told] == list(dict.fromkeys(one["field"] for one in told))
    assert {one["field"] for one in told} == allowed and all(one["reason"].strip() for one in told)


@given(
    disclosed=disclosures.map(tuple),
    ask_for=asked,
    year=st.none() | st.integers(1990, 2026),
    handling=st.lists(st.sampled_from(MessageHandling.codes()), min_size=1, unique=True).map(tuple),
    delete_by=st.none() | st.dates(date(2026, 1, 1), date(2030, 1, 1)),
)
def test_the_message_has_the_listed_parts_and_no_other(
    disclosed: Any, ask_for: Any, year: int | None, handling: tuple[str, ...], delete_by: date | None
) -> None:
    given_all = sending(disclosed=disclosed, ask_for=ask_for, handling=handling, delete_by=delete_by)
    made = message(known(Birth(year, 14, 17)), given_all)
    assert set(made) == set(ALWAYS)
    for part, keys in ALWAYS.items():
        if keys is not None:
            assert set(made[part]) <= keys
    assert made["handling"]["delete_by"] == (delete_by.isoformat() if delete_by else None)
    conditions = [one["code"] if isinstance(one, dict) else one for one in made["handling"]["conditions"]]
    assert conditions == list(handling)
    assert json.loads(as_text(made)) == made


def test_a_birth_year_stands_for_the_date_and_for_the_estimate() -> None:
    child = message(known(Birth(2010, 14, 17)), sending())["child"]
    assert child["birth_year"] == 2010 and "age_from" not in child
    child = message(known(Birth(None, 14, 17)), sending())["child"]
    assert (child["age_from"], child["age_to"]) == (14, 17) and "birth_year" not in child


def test_what_is_named_and_not_known_says_so() -> None:
    bare = Known(known().child, known().standing, {})
    made = message(bare, sending(disclosed=(("ADDRESS", "To protect her."),)))
    assert made["child"]["further"] == [
        {"field": "ADDRESS", "value": "NOT_KNOWN", "reason": "To protect her."}
    ]


def test_conditions_stand_before_anything_about_her_and_carry_their_own_words() -> None:
    words = {"handling": "Burn after reading.", "ask_for": "Tell her aunt."}
    made = message(
        known(guardian=Guardian("Jonas Ek", "Guardianship Office")),
        sending(handling=("OTHER",), ask_for=("OTHER",), in_words=words),
    )
    assert list(made)[:5] == ["format", "version", "head", "handling", "child"]
    assert made["handling"]["conditions"] == [{"code": "OTHER", "words": "Burn after reading."}]
    assert made["request"]["ask_for"] == [{"code": "OTHER", "words": "Tell her aunt."}]
    assert made["situation"]["guardian"] == {"name": "Jonas Ek", "office": "Guardianship Office"}
    assert made["version"] == 1
