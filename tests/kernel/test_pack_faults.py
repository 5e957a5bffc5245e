"""A pack with a fault is not used; its writer is told every fault at once: the line, what is wrong, what to write."""

import ast
import sys
from pathlib import Path
from shutil import copytree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nrm.kernel import packs, plain_yaml
from nrm.kernel.packs import COUNTRIES, PackFaults, checks, load
from nrm.kernel.packs.limits import shortest

# ruff: noqa: E501  # one fault, one line
HOLIDAYS_XA = "  source: LIST\n  dates:"
REFLECTION_GB = 'REFLECTION: {length: 30, unit: CALENDAR_DAYS, rolls: NO, desk: NOBODY, source: "statutory'
NOTHING = "is missing. Write it; README.md of the countries says what belongs there."

# pack, what stands in its file, what is written instead, the sentence. The line is that of the first change.
FAULTS = [
    ("gb", "name: United Kingdom", "name: ", "`name` is empty. Write some words."),
    ("gb", "country: GBR\n", "country: UK\n", '`country` is "UK". Write the three capitals of a country (ISO 3166-1 alpha-3).'),
    ("gb", "pack: gb", "pack: uk", '`pack` is "uk", but the folder is called otherwise. Write the name of the folder.'),
    ("gb", "emergency_number:", "emergency_numbre:", "`emergency_numbre` is no key of a pack here. Write emergency_number."),
    ("gb", "languages:", "zzz: 1\nlanguages:", "`zzz` is no key of a pack here. Take it out."),
    ("gb", "[eng, cym]", "[]", "`languages` is empty. Write at least 1: the three small letters of a language (ISO 639-2)."),
    ("gb", "[eng, cym]", "eng", '`languages` is "eng". Write a list in square brackets; each of it the three small letters of a language (ISO 639-2).'),
    ("gb", "[eng, cym]", "[eng, en]", '`languages` holds "en". Write the three small letters of a language (ISO 639-2).'),
    ("gb", "[eng, cym]", "[eng, [cym]]", "`languages` holds a list. Write the three small letters of a language (ISO 639-2)."),
    ("gb", "[eng, cym]", "[eng, eng]", "`languages` names eng more than once. Keep one of them."),
    ("gb", "focal_points: []", "focal_points: [GBR]", "`focal_points` names GBR itself. Take it out."),
    ("gb", "weekend: [SAT, SUN]", "weekend: [SAT, SON]", '`weekend` holds "SON". Write MON, TUE, WED, THU, FRI, SAT or SUN.'),
    ("gb", "weekend: [SAT, SUN]", "weekend: [MON, TUE, WED, THU, FRI, SAT, SUN]", "`weekend` is the whole week. Leave at least one working day."),
    ("gb", "Europe/London", "Europe/Londonium", '`time_zone` is "Europe/Londonium", which is no time zone. Write the name of a time zone, such as Europe/Vienna.'),
    ("gb", "Europe/London", "America/Argentina", '`time_zone` is "America/Argentina", which is no time zone. Write the name of a time zone, such as Europe/Vienna.'),
    ("gb", "Europe/London", "London", '`time_zone` is "London". Write the name of a time zone, such as Europe/Vienna.'),
    ("gb", "subdivision: ENG", "subdivision: LON", "`holidays.subdivision` is LON, no part of GB. Write ENG, NIR, SCT, WLS."),
    ("gb", "country: GB, subdivision: ENG", "country: QQ", "`holidays.country` is QQ, which the package holidays does not know. Write LIST and the days."),
    ("gb", "{source: PYTHON_HOLIDAYS, country: GB, subdivision: ENG}", "{country: GB}", "`holidays.source` is missing. Write LIST or PYTHON_HOLIDAYS."),
    ("gb", "source: PYTHON_HOLIDAYS", "source: WEB", '`holidays.source` is "WEB". Write LIST or PYTHON_HOLIDAYS.'),
    ("gb", "{source: PYTHON_HOLIDAYS, country: GB, subdivision: ENG}", "yes", '`holidays` is "yes". Write its keys and values, in curly brackets.'),
    ("xa", "2025-12-25, 2025-12-26", "2025-12-25, 2025-02-29", "`holidays.dates` holds 2025-02-29, a day that does not exist. Look at a calendar."),
    ("xa", "[01-01, 01-06", "[01-01, 13-06", "`holidays.yearly` holds 13-06, a day that does not exist. Look at a calendar."),
    ("xa", "{XAL: Alvenia", "{XXX: Unknownia, XAL: Alvenia", "`invented_countries.XXX` cannot be an invented country. Write three capitals from XAA to XZZ, but not XXA (stateless) or XXX (unknown)."),
    ("xa", "  conclusive_grounds: \"It is", "  conclusive_ground: \"It is", "`standards_text.conclusive_ground` is no key of a pack here. Write conclusive_grounds."),
    ("gb", "REPORTING: [GBR]", "REPORTING: [IRL]", "`citizenship_class.REPORTING` does not name GBR, the State of this pack. Add it."),
    ("xa", "OTHER_EU: [XBR]", "OTHER_EU: [XBR, XAL]", "`citizenship_class.OTHER_EU` names XAL, which is in REPORTING. Keep one of them."),
    ("gb", "elsewhere: NON_EU", "elsewhere: FOREIGN", '`citizenship_class.elsewhere` is "FOREIGN". Write NON_EU.'),
    ("gb", "guardian_limit: house", "guardian_limit: home", '`settings.guardian_limit` is "home". Write its keys and values, in curly brackets, or house.'),
    ("house", "value: 20,", "value: many,", '`settings.guardian_limit.value` is "many". Write a whole number from 1.'),
    ("house", "guardian_limit: {value: 20, ", "guardian_limit: {", f"`settings.guardian_limit.value` {NOTHING}"),
    ("house", "  guardian_limit: {", "  guardians: {", f"`settings.guardian_limit` {NOTHING}"),
    ("gb", "value: 30, source", "value: soon, source", '`settings.conclusive_grounds_not_before.value` is "soon". Write NONE or a number of calendar days.'),
    ("xa", "reflection_counts_start_day: {value: NO", "reflection_counts_start_day: {value: false", '`settings.reflection_counts_start_day.value` is "false". Write YES or NO.'),
    ("xa", "decision_steps: {value: 2", "decision_steps: {value: 3", '`settings.decision_steps.value` is "3". Write 1 or 2.'),
    ("xa", "confirm: identification.confirm, people: 2", "confirm: identification.confirm, people: 1", "`steps.reasonable_grounds.people` is 1, but nobody decides about a child alone. Write 2 or more."),
    ("gb", "\nsteps: house", "\nsteps: none", '`steps` is "none". Write its keys and values, in curly brackets, or house.'),
    ("gb", "vocabularies: house", "vocabularies: {hide: {}, purpose_class: {SEXUAL: [BEGGING], OTHER: [BEGGING]}}", "`vocabularies.purpose_class.OTHER` names BEGGING, which has another class already. Keep one of them."),
    ("gb", "vocabularies: house", "vocabularies: {hide: {PURPOSE: [begging]}, purpose_class: house}", '`vocabularies.hide.PURPOSE` holds "begging". Write a code in capitals.'),
    ("gb", "vocabularies: house", "vocabularies: hide", '`vocabularies` is "hide". Write its keys and values, in curly brackets, or house.'),
    ("xa", "mandates_that_refer: [FIRST_RESPONDER]", "mandates_that_refer: []", "`mandates_that_refer` is empty. Write at least 1: HOTLINE, FIRST_RESPONDER"),
    ("xa", "case: [IMMIGRATION_ENFORCEMENT, RAPPORTEUR]", "case: [RAPPORTEUR]", "`mandates_never_given_a_case` does not name IMMIGRATION_ENFORCEMENT. Add it: no pack may open this door."),
    ("xa", "case: [IMMIGRATION_ENFORCEMENT, RAPPORTEUR]", "case: [IMMIGRATION_ENFORCMENT, RAPPORTEUR]", '`mandates_never_given_a_case` holds "IMMIGRATION_ENFORCMENT". Write HOTLINE, FIRST_RESPONDER'),
    ("gb", "languages:", "mandates_that_decide: [RAPPORTEUR]\nlanguages:", "`mandates_that_decide` names RAPPORTEUR, which mandates_never_given_a_case names too. Keep one of them."),
    ("gb", "languages:", "mandates_never_given_a_case: [RAPPORTEUR]\nlanguages:", "`mandates_never_given_a_case` does not name IMMIGRATION_ENFORCEMENT. Add it: no pack may open this door."),
    ("xa", "ASYLUM: [SUMMARY]", "ASYLUM: [ALL]", '`grants_by_purpose.ASYLUM` holds "ALL". Write EXISTENCE, SUMMARY, FULL, IDENTITY or LOCATION.'),
    ("xa", ", ASYLUM: [SUMMARY]", "", f"`grants_by_purpose.ASYLUM` {NOTHING}"),
    ("gb", "  RECEIPT: house\n", "  RECEIT: house\n", "`deadlines.RECEIT` is no key of a pack here. Write RECEIPT."),
    ("gb", "  RECEIPT: house\n", "  RECEIPT: \n", "`deadlines.RECEIPT` is empty. Write its keys and values, in curly brackets, or house."),
    ("gb", "REFERRAL: {length: 48", "REFERRAL: {length: -48", '`deadlines.REFERRAL.length` is "-48". Write a whole number from 1.'),
    ("gb", "REFERRAL: {length: 48", "REFERRAL: {length: 0", '`deadlines.REFERRAL.length` is "0". Write a whole number from 1.'),
    ("gb", "REFERRAL: {length: 48", "REFERRAL: {length: [24, 48]", "`deadlines.REFERRAL.length` is a list. Write one number; only FOLLOW_UP_RETURN has several."),
    ("gb", "REFERRAL: {length: 48", "REFERRAL: {length: NONE", "`deadlines.REFERRAL.length` and `unit` must both be NONE, or neither. Write both."),
    ("gb", "REFERRAL: {length: 48, unit: HOURS", "REFERRAL: {length: 48, unit: WEEKS", '`deadlines.REFERRAL.unit` is "WEEKS". Write HOURS, WORKING_DAYS, CALENDAR_DAYS, MONTHS, YEARS or NONE.'),
    ("gb", "unit: HOURS, rolls: NO, desk: OPENER", "unit: HOURS, rolls: YES, desk: GUARDIAN", "`deadlines.REFERRAL.rolls` is YES, but only a limit in days on the child's side rolls. Write NO."),
    ("gb", "unit: WORKING_DAYS, rolls: NO", "unit: WORKING_DAYS, rolls: YES", "`deadlines.REASONABLE_GROUNDS.rolls` is YES, but only a limit in days on the child's side rolls. Write NO."),
    ("gb", "desk: OPENER", "desk: MINISTRY", '`deadlines.REFERRAL.desk` is "MINISTRY". Write HOTLINE, OPENER'),
    ("gb", "confidence: V, note: \"older", "confidence: X, note: \"older", '`deadlines.REFERRAL.confidence` is "X". Write V, S, K or H.'),
    ("house", "length: [30, 90, 180]", "length: [90, 30, 180]", "`deadlines.FOLLOW_UP_RETURN.length` is not in order of time. Write the shortest first."),
    ("house", "length: [30, 90, 180]", "length: []", "`deadlines.FOLLOW_UP_RETURN.length` is empty. Write at least 1: a whole number from 1."),
    ("gb", REFLECTION_GB, REFLECTION_GB.replace("30", "29"), "`deadlines.REFLECTION.length` can be as short as 29 days. Write 30 CALENDAR_DAYS or more (ECAT art. 13(1))."),
    ("de", "{length: 3, unit: MONTHS", "{length: 1, unit: MONTHS", "`deadlines.REFLECTION.length` can be as short as 28 days. Write 30 CALENDAR_DAYS or more (ECAT art. 13(1))."),
    ("gb", REFLECTION_GB, REFLECTION_GB.replace("30, unit: CALENDAR_DAYS", "720, unit: HOURS"), "`deadlines.REFLECTION.unit` is HOURS, but this limit is the end of a day. Write another unit."),
    ("gb", REFLECTION_GB, REFLECTION_GB.replace("30, unit: CALENDAR_DAYS", "NONE, unit: NONE"), "`deadlines.REFLECTION.unit` is NONE, but this must end one day. Write how long it lasts."),
    ("gb", "pack: gb\n", "pack: gb\npack: gb\n", "`pack` stands here a second time, first on line 3. Keep one of the two."),
    ("gb", "languages: [eng, cym]", "languages: &here [*here]", "the value named here holds itself. Write it out."),
    ("gb", "pack: gb\n", "? [pack]\n: gb\npack: gb\n", "a key must be one word. Write it as `key: value`."),
    ("gb", "[eng, cym]", "[eng, cym", "this is no YAML (expected ',' or ']', but got ':'). Compare with a file that loads."),
]  # fmt: skip


@pytest.fixture
def countries(tmp_path):
    return copytree(COUNTRIES, tmp_path / "countries")


def spoil(countries, name, stands, instead):
    """Write something else into one pack; says on which line the file now differs."""
    file = countries / name / "pack.yaml"
    before = file.read_text(encoding="utf-8")
    assert stands in before
    after = before.replace(stands, instead, 1)
    file.write_text(after, encoding="utf-8")
    lines = zip(before.splitlines(), after.splitlines(), strict=False)
    return next(number for number, (old, new) in enumerate(lines, 1) if old != new)


def faults_of(countries, name):
    with pytest.raises(PackFaults) as refused:
        load(name, countries)
    assert str(refused.value) == "\n".join(refused.value.faults)
    return refused.value.faults


@pytest.mark.parametrize(("name", "stands", "instead", "sentence"), FAULTS)
def test_a_fault_is_told_with_its_line_and_what_to_write(countries, name, stands, instead, sentence):
    line = spoil(countries, name, stands, instead)
    about = [each for each in faults_of(countries, "gb" if name == "house" else name) if sentence in each]
    assert len(about) == 1
    if "README.md" not in sentence:  # a missing key has no line of its own
        wrong_line = {"this is no YAML": line + 1, "a second time": line}
        expected = next((number for words, number in wrong_line.items() if words in sentence), line)
        assert about[0].startswith(f"{name}/pack.yaml line {expected}: ")


def test_every_sentence_a_pack_can_be_refused_with_is_in_the_table(countries, monkeypatch):
    told = set()
    plain = checks.Section.fault

    def remembering(self, key, wrong, instead):
        caller = sys._getframe(1)
        told.add((Path(caller.f_code.co_filename).name, caller.f_lineno))
        plain(self, key, wrong, instead)

    monkeypatch.setattr(checks.Section, "fault", remembering)
    for number, (name, stands, instead, _) in enumerate(FAULTS):
        folder = copytree(countries, countries.parent / str(number))
        spoil(folder, name, stands, instead)
        faults_of(folder, "gb" if name == "house" else name)
    can_be_told = set()
    for file in Path(packs.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "fault"
            ):
                can_be_told.add((file.name, node.lineno))
    assert can_be_told
    assert can_be_told == told


def test_all_faults_are_told_at_once(countries):
    spoil(countries, "gb", "country: GBR\n", "country: UK\n")
    spoil(countries, "gb", "Europe/London", "London")
    spoil(countries, "gb", "REFERRAL: {length: 48", "REFERRAL: {length: soon")
    spoil(countries, "house", "value: 20,", "value: many,")
    spoil(countries, "xa", "ASYLUM: [SUMMARY]", "ASYLUM: [ALL]")
    assert len(faults_of(countries, "gb")) == 5


def test_a_pack_without_house_or_lender_or_file_is_told_so(countries):
    (countries / "house" / "pack.yaml").unlink()
    (countries / "xa" / "pack.yaml").write_bytes(b"pack: \xff")
    (countries / "se" / "pack.yaml").write_text("- pack\n", encoding="utf-8")
    assert faults_of(countries, "se") == (
        "house/pack.yaml the file is not there or cannot be opened. Put it there.",
        "xa/pack.yaml the file is not in UTF-8. Save it as UTF-8.",
        "se/pack.yaml line 1: the file must be a list of `key: value`. Compare with a file that loads.",
    )


@pytest.mark.parametrize("name", ["house", "", "../xa", "XA", "x a"])
def test_what_is_no_country_pack(name):
    assert faults_of(COUNTRIES, name) == (
        f'"{name}" is no country pack. Write the name of a folder in countries, but not house.',
    )


def test_a_faulty_house_is_told_once_and_not_for_every_line_that_leans_on_it(countries):
    spoil(countries, "house", "REFERRAL: {length: 48", "REFERRAL: {length: soon")
    assert len(faults_of(countries, "de")) == 1


def test_one_decision_step_needs_one_step(countries):
    spoil(countries, "gb", "decision_steps: house", "decision_steps: {value: 1, source: law, confidence: V}")
    assert (
        "`steps` are not as many as settings.decision_steps says. Make the two agree."
        in faults_of(countries, "gb")[0]
    )
    spoil(
        countries,
        "gb",
        "steps: house\n",
        "steps: {conclusive_grounds: {decide: identification.decide_conclusive_grounds,"
        " confirm: identification.confirm, people: 3}}\n",
    )
    again = copytree(countries, countries.parent / "again")
    assert load("gb", again).decision_steps == len(load("gb", again).steps) == 1


def test_a_country_may_have_its_own_lists_and_hide_codes(countries):
    spoil(
        countries,
        "gb",
        "languages:",
        "mandates_that_decide: [COMPETENT_AUTHORITY, CHILD_PROTECTION]\nlanguages:",
    )
    spoil(
        countries,
        "gb",
        "vocabularies: house",
        "vocabularies: {hide: {PURPOSE: [SURROGACY]}, purpose_class: house}",
    )
    spoil(countries, "gb", "weekend: [SAT, SUN]", "weekend: house")
    gb = load("gb", countries)
    assert gb.mandates_that_decide == {"COMPETENT_AUTHORITY", "CHILD_PROTECTION"}
    assert gb.hidden["PURPOSE"] == {"SURROGACY"}
    assert gb.calendar.weekend == {5, 6}
    assert load("gb").mandates_that_decide == {"COMPETENT_AUTHORITY"}


@pytest.mark.parametrize(
    "written", ["59, unit: CALENDAR_DAYS", "2, unit: MONTHS", "1, unit: YEARS", "30, unit: WORKING_DAYS"]
)
def test_more_than_thirty_days_is_a_countrys_own_choice(countries, written):
    spoil(countries, "gb", REFLECTION_GB, REFLECTION_GB.replace("30, unit: CALENDAR_DAYS", written))
    assert shortest(load("gb", countries).length("REFLECTION")) >= 30


def test_a_word_is_text_and_never_a_number_or_a_truth():
    read = plain_yaml.parse("a: NO\nb: 2026-03-02\nc: 010\nd: [yes, ~]\ne: {f: null}\n")
    assert read == {"a": "NO", "b": "2026-03-02", "c": "010", "d": ["yes", "~"], "e": {"f": "null"}}
    assert read.lines == {"a": 1, "b": 2, "c": 3, "d": 4, "e": 5}


def test_a_value_may_be_named_and_used_again():
    read = plain_yaml.parse("a: &days [MON, TUE]\nb: *days\nc: &more {d: *days}\ne: *more\n")
    assert read == {
        "a": ["MON", "TUE"],
        "b": ["MON", "TUE"],
        "c": {"d": ["MON", "TUE"]},
        "e": {"d": ["MON", "TUE"]},
    }


def test_a_short_file_does_not_become_a_long_one():
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 60)]
    assert len(plain_yaml.parse("\n".join(lines))) == 60


@pytest.mark.parametrize(
    "story", sorted((COUNTRIES.parent / "demo" / "stories").glob("*.yaml")), ids=lambda p: p.stem
)
def test_every_story_is_plain(story):
    assert plain_yaml.read(story)


@given(text=st.text(max_size=60) | st.text(alphabet="ab:-[]{}&*!'\"#|>% \n", max_size=60))
def test_whatever_the_file_holds_it_is_read_or_refused_in_words(text):
    try:
        plain_yaml.parse(text)
    except plain_yaml.Unreadable as unreadable:
        assert all(fault.startswith("line ") and fault.endswith(".") for fault in unreadable.faults)
