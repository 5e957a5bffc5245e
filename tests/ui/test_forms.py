"""How the form layer asks, understands and corrects."""

import re
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from django import forms
from django.template.loader import render_to_string
from django.utils import timezone as here
from django.utils.translation import override

from config.gallery import WRONG, Everything
from nrm.kernel.forms import BY_KIND, SENTENCES, Choices, Form, TernField
from nrm.kernel.moments import MISSING, NOT_A_NUMBER, DayField, MomentField


class Found(Form):
    on = DayField(label="Day she was found")


class Told(Form):
    at = MomentField(label="When she was told", required=False)


class Danger(Form):
    now = TernField(label="Is she in danger now?")


def boxes(name, *typed):
    return {f"{name}_{index}": text for index, text in enumerate(typed)}


def errors(form, name):
    return [str(error) for error in form.errors.get(name, [])]


@pytest.mark.parametrize(
    "typed",
    [
        boxes("on", "2", "3", "2026"),
        boxes("on", " 02 ", "03", "2026"),
        boxes("on", "٢", "٣", "٢٠٢٦"),
        {"on": "2026-03-02"},
        {"on": date(2026, 3, 2)},
    ],
)
def test_a_day_is_understood_from_boxes_from_iso_text_and_in_other_digits(typed):
    assert _clean(Found(typed))["on"] == date(2026, 3, 2)


def _clean(form):
    assert form.is_valid(), form.errors
    return form.cleaned_data


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (boxes("on", "", "", ""), ["No date yet. Write the day, the month and the year."]),
        (boxes("on", "2", "", "2026"), ["The month is missing. Write a number from 1 to 12."]),
        (boxes("on", "", "", "2026"), [str(MISSING[0]), str(MISSING[1])]),
        (boxes("on", "two", "3", "26"), [str(NOT_A_NUMBER[0]), str(NOT_A_NUMBER[2])]),
        (boxes("on", "32", "13", "2026"), [str(NOT_A_NUMBER[0]), str(NOT_A_NUMBER[1])]),
        (
            boxes("on", "31", "2", "2026"),
            ["This day does not exist in that month. Check the day and the month."],
        ),
        ({"on": "yesterday"}, ["The date is not understood. Write it like 2026-03-02."]),
        ({"on": "2026-3"}, ["The date is not understood. Write it like 2026-03-02."]),
    ],
)
def test_a_day_that_cannot_be_read_says_what_to_write(typed, said):
    assert errors(Found(typed), "on") == said


def test_what_was_typed_stays_in_the_boxes():
    html = str(Found(boxes("on", "31", "", "20<6"))["on"])
    assert re.findall(r'value="([^"]*)"', html) == ["31", "", "20&lt;6"]


@pytest.mark.parametrize("clock", ["14:05", "14.05", "14 05", "1405", "14h05"])
def test_a_time_is_understood_as_people_write_it(clock):
    at = _clean(Told(boxes("at", "2", "3", "2026", clock)))["at"]
    assert here.localtime(at).strftime("%Y-%m-%d %H:%M") == "2026-03-02 14:05" and at.utcoffset() is not None


@pytest.mark.parametrize("text", ["2026-03-02T09:00", "2026-03-02T09:00:00", "2026-03-02 09:00"])
def test_iso_text_without_offset_is_local_time(text):
    at = _clean(Told({"at": text}))["at"]
    assert at.tzinfo is not None and (at.hour, at.minute) == (9, 0)


def test_iso_text_with_offset_is_that_moment():
    same = datetime(2026, 3, 2, 9, 0, tzinfo=timezone(timedelta(hours=3)))
    assert _clean(Told({"at": "2026-03-02T09:00+03:00"}))["at"] == same
    assert _clean(Told({"at": "2026-03-02T06:00Z"}))["at"] == same.astimezone(UTC)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (
            boxes("at", "2", "3", "2026", ""),
            ["The time is missing. Write hours and minutes, for example 14:05."],
        ),
        (
            boxes("at", "2", "3", "2026", "25:00"),
            ["The time is not understood. Write hours and minutes, for example 14:05."],
        ),
        (
            boxes("at", "2", "", "2026", "2505"),
            [str(MISSING[1]), "The time is not understood. Write hours and minutes, for example 14:05."],
        ),
        ({"at": "2026-03-02"}, ["The moment is not understood. Write it like 2026-03-02T14:05."]),
        ({"at": "2026-13-02T09:00"}, ["The moment is not understood. Write it like 2026-03-02T14:05."]),
        (
            boxes("at", "29", "3", "2026", "02:30"),
            ["The clocks changed at that time. Write a time one hour later."],
        ),
    ],
)
def test_a_moment_that_cannot_be_read_says_what_to_write(typed, said):
    with here.override("Europe/Vienna"):
        assert errors(Told(typed), "at") == said


def test_a_moment_may_stay_open():
    assert _clean(Told({}))["at"] is None
    assert _clean(Told(boxes("at", "", "", "", "")))["at"] is None


def test_a_moment_known_before_stands_in_the_boxes_in_local_time():
    with here.override("Europe/Vienna"):
        html = str(Told(initial={"at": datetime(2026, 3, 2, 23, 30, tzinfo=UTC)})["at"])
    assert re.findall(r'value="([^"]*)"', html) == ["3", "3", "2026", "00:30"]


def test_unchanged_boxes_are_not_a_change():
    assert not Found(boxes("on", "2", "3", "2026"), initial={"on": date(2026, 3, 2)}).has_changed()
    assert Found(boxes("on", "3", "3", "2026"), initial={"on": date(2026, 3, 2)}).has_changed()


@pytest.mark.parametrize(
    ("typed", "means"), [("true", True), ("false", False), ("unknown", None), (True, True), (False, False)]
)
def test_yes_no_and_i_do_not_know(typed, means):
    assert _clean(Danger({"now": typed}))["now"] is means


@pytest.mark.parametrize("typed", [{}, {"now": ""}, {"now": None}])
def test_no_answer_is_not_i_do_not_know(typed):
    assert errors(Danger(typed), "now") == ["No answer yet. Choose yes, no or “I do not know”."]


@pytest.mark.parametrize("typed", ["maybe", "1<2", "yes please"])
def test_an_unknown_word_is_no_answer(typed):
    assert errors(Danger({"now": typed}), "now") == ["No answer yet. Choose yes, no or “I do not know”."]


@pytest.mark.parametrize("state", [None, WRONG])
def test_no_question_is_required_in_html_and_none_is_completed_by_the_browser(state):
    html = str(Everything(state))
    assert " required" not in html
    for text_input in re.findall(r"<(?:input type=\"text\"|textarea)[^>]*>", html):
        assert 'autocomplete="off"' in text_input


def test_an_error_is_announced_where_it_is_and_reached_from_the_summary():
    form = Everything(WRONG)
    html = str(form)
    assert 'aria-describedby="id_age_helptext id_age_error"' in html and 'aria-invalid="true"' in html
    assert '<fieldset aria-describedby="id_danger_helptext id_danger_error">' in html
    assert html.index('id="id_age_helptext"') < html.index('id="id_age_error"') < html.index('id="id_age"')
    summary = render_to_string("components/error_summary.html", {"form": form})
    for target in re.findall(r'href="#([^"]+)"', summary):
        assert f'id="{target}"' in html, target


def test_a_question_that_may_stay_open_says_so_in_words():
    assert "(if you know it)" in str(Everything()["called"].as_field_group())
    assert "(if you know it)" not in str(Everything()["age"].as_field_group())


def test_the_limit_of_a_text_is_said_and_never_cut():
    html = str(Everything()["grounds"].as_field_group())
    assert (
        "maxlength" not in html
        and "Up to 2000 characters." in html
        and 'aria-describedby="id_grounds_limit"' in html
    )


def test_a_model_s_dashes_are_no_circle():
    class Sex(Form):
        sex = forms.ChoiceField(choices=[("", "---------"), ("f", "A girl")], widget=Choices)

    assert "---" not in str(Sex()) and 'id="id_sex_0"' in str(Sex())


def test_a_field_s_own_sentence_is_kept():
    class Own(Form):
        age = forms.IntegerField(error_messages={"required": "Guess her age. A guess is fine."})

    assert errors(Own({}), "age") == ["Guess her age. A guess is fine."]
    assert errors(Own({"age": "old"}), "age") == [
        "This is not a whole number. Write digits only, for example 15."
    ]


def test_fields_added_later_speak_too():
    form = Form({})
    form.fields["sex"] = forms.ChoiceField(choices=[("f", "A girl")])
    form.fields["agreed"] = forms.BooleanField()
    assert errors(form, "sex") == ["No answer yet. Choose one."]
    assert errors(form, "agreed") == ["Not ticked yet. Tick it if it is so."]


def test_an_optional_question_may_keep_quiet_about_it():
    form = Form()
    form.fields["when"] = MomentField(required=False)
    form.fields["when"].optional_words = ""
    assert "(if you know it)" not in str(form)


def test_every_sentence_is_short_and_says_two_things():
    kinds = [DayField, MomentField, TernField]
    said = [*SENTENCES.values(), *(words for *_, words in BY_KIND), *MISSING, *NOT_A_NUMBER]
    said += [words for kind in kinds for words in kind.default_error_messages.values()]
    with override("en"):
        for words in map(str, said):
            assert len(words.split()) <= 20 and words.count(". ") >= 1 and words.endswith("."), words
