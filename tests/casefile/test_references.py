"""References: read over the telephone, typed from paper, never counted through."""

import random
import re

import pytest

from nrm.casefile.references import ALPHABET, as_read, check_letter, new_reference


def test_a_reference_has_eight_letters_and_a_check_letter() -> None:
    for _ in range(200):
        made = new_reference()
        assert re.fullmatch(rf"NRM-[{ALPHABET}]{{9}}", made)
        assert as_read(made) == made


def test_no_letter_looks_like_another() -> None:
    assert not set("ILOU") & set(ALPHABET) and len(set(ALPHABET)) == len(ALPHABET)


def test_references_do_not_repeat() -> None:
    made = [new_reference() for _ in range(5000)]
    assert len(set(made)) == len(made)


@pytest.mark.parametrize("place", range(9))
def test_every_wrong_letter_is_found(place: int) -> None:
    letters = "0A3XY7KM"
    right = letters + check_letter(letters)
    for letter in "0123456789ABCDEFGHJKMNPQRSTVWXYZ":
        wrong = right[:place] + letter + right[place + 1 :]
        if wrong != right:
            assert as_read(wrong) is None, wrong


def test_every_two_swapped_letters_are_found() -> None:
    chance = random.Random(7)
    for _ in range(300):
        letters = "".join(chance.choices(ALPHABET, k=8))
        right = letters + check_letter(letters)
        for place in range(7):
            swapped = right[:place] + right[place + 1] + right[place] + right[place + 2 :]
            if swapped != right:
                assert as_read(swapped) is None, (right, swapped)


def test_it_is_read_as_people_say_it() -> None:
    made = "NRM-" + "01ABCDEF" + check_letter("01ABCDEF")
    letters = made.removeprefix("NRM-")
    for typed in (
        made.lower(), f"  {made} ", letters, f"nrm {letters[:4]} {letters[4:]}", made.replace("0", "O", 1),
        made.replace("1", "I", 1), made.replace("1", "l", 1), letters.replace("0", "o", 1),
    ):  # fmt: skip
        assert as_read(typed) == made, typed


@pytest.mark.parametrize(
    "typed", ["", "NRM-", "NRM", "12345678", "NRM-0123456789", "NRM-________1", "' OR 1=1 --", "Ω" * 9]
)
def test_what_is_no_reference_is_none(typed: str) -> None:
    assert as_read(typed) is None
