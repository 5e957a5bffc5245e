"""Names as they are heard, typed and written in several scripts find one child in one's own cases."""

import pytest

from nrm.casefile.models import NameToken
from nrm.casefile.names import LONGEST, asked_tokens, tokens_of

SAME = [
    ("Amal", "أمل", "Amaal"),
    ("Mohamed", "Muhammad", "محمد"),
    ("Olena", "Олена"),
    ("Zhanna", "Жанна"),
    ("Nguyễn", "Nguyen"),
    ("Łucja", "Lucja"),
    ("Yousef", "Yusuf", "Iusuf"),
]


@pytest.mark.parametrize("written", SAME, ids=lambda written: written[0])
def test_spellings_of_one_name_share_a_token(written: tuple[str, ...]) -> None:
    assert set.intersection(*(tokens_of([name]) for name in written))


@pytest.mark.parametrize("written", SAME, ids=lambda written: written[0])
def test_each_spelling_finds_each_other(written: tuple[str, ...]) -> None:
    for asked in written:
        for kept in written:
            assert all(word & tokens_of([kept]) for word in asked_tokens(asked)), (asked, kept)


@pytest.mark.parametrize(("one", "other"), [("Amal", "Karim"), ("Olena", "Tomas"), ("Rosa", "Mira")])
def test_different_names_share_none(one: str, other: str) -> None:
    assert not tokens_of([one]) & tokens_of([other])


def test_no_token_is_longer_than_its_column() -> None:
    assert NameToken._meta.get_field("token").max_length >= LONGEST
    assert all(len(token) <= LONGEST for token in tokens_of(["brtkl" * 60]))


@pytest.mark.parametrize("nothing", ["", " ", "123", "—", "!?"])
def test_what_is_no_name_has_no_token(nothing: str) -> None:
    assert tokens_of([nothing]) == set()
