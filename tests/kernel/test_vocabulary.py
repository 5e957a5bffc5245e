"""What a vocabulary promises to every room."""

import copy
import json
import pickle
from enum import auto

import pytest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nrm.kernel.vocabulary import Vocabulary


class Weather(Vocabulary, refused_only=frozenset({"SNOW_IN_JULY"})):
    RAIN = _("it rains")
    SUN = "the sun shines"
    SNOW_IN_JULY = auto()


class Guess(Vocabulary):
    YES = _("yes")
    OTHER = _("other")
    NOT_KNOWN = _("not known")


def test_a_member_is_its_own_code():
    assert Weather.RAIN == "RAIN"
    assert str(Weather.RAIN) == f"{Weather.RAIN}" == "RAIN"
    assert Weather("RAIN") is Weather["RAIN"] is Weather.RAIN
    assert json.dumps([Weather.RAIN]) == '["RAIN"]'
    assert {"RAIN": 1}[Weather.RAIN] == 1
    assert "RAIN" in frozenset(Weather)


def test_a_member_survives_copying_and_pickling():
    assert copy.deepcopy(Weather.RAIN) is Weather.RAIN
    assert all(
        pickle.loads(pickle.dumps(Weather.RAIN, protocol)) is Weather.RAIN  # noqa: S301
        for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1)
    )


def test_a_label_is_translated_late():
    assert isinstance(Weather.RAIN.label, Promise)
    assert Weather.SUN.label == "the sun shines"


def test_a_label_not_given_is_the_code_in_words():
    assert Weather.SNOW_IN_JULY.label == "snow in july"
    assert Weather.SNOW_IN_JULY == "SNOW_IN_JULY"


def test_choices_keep_the_order_of_the_list():
    assert Weather.codes() == ("RAIN", "SUN", "SNOW_IN_JULY")
    assert [code for code, label in Weather.choices()] == list(Weather.codes())
    assert all(type(code) is str for code in Weather.codes())
    assert Weather.choices()[1] == ("SUN", "the sun shines")


def test_some_lists_are_open_ended():
    assert Guess.open_ended
    assert not Weather.open_ended


def test_some_codes_are_there_to_be_refused():
    assert Weather.refused_only == {"SNOW_IN_JULY"}
    assert Guess.refused_only == frozenset()


def test_only_codes_of_the_list_can_be_refused():
    with pytest.raises(TypeError, match="HAIL"):

        class Sky(Vocabulary, refused_only=frozenset({"HAIL"})):
            BLUE = _("blue")


def test_a_code_stands_once():
    with pytest.raises(TypeError):

        class Sky(Vocabulary):
            BLUE = "blue"
            BLUE = "very blue"


def test_two_codes_may_share_words_and_stay_two():
    class Sky(Vocabulary):
        BLUE = _("blue")
        CLEAR = _("blue")

    assert len(Sky) == 2
