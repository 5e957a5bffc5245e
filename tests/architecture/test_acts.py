"""What holds for every act, every refusal and every clock, whoever adds them."""

import importlib
import pkgutil
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pytest
import yaml

import nrm
from nrm.casefile import form
from nrm.casefile.act import ACTS, Act
from nrm.casefile.models import BestInterests, MayHearTheChild, MustHearTheChild
from nrm.casefile.timing import CLOCKS
from nrm.kernel import packs
from nrm.kernel.refusals import CATALOGUE
from tests.stage import STORIES

for room in pkgutil.iter_modules(nrm.__path__, "nrm."):
    if any(
        module.name == "refusals"
        for module in pkgutil.iter_modules(importlib.import_module(room.name).__path__)
    ):
        importlib.import_module(f"{room.name}.refusals")

every_act = pytest.mark.parametrize("act", ACTS.values(), ids=list(ACTS))
every_refusal = pytest.mark.parametrize("code", sorted(CATALOGUE))

LONGEST_SENTENCE = 20
NEVER_SAID = re.compile(r"\b(suspect\w*|illegal\w*|clients?|tickets?|rescue\w*|the minor)\b", re.IGNORECASE)


def words_of(text: str) -> list[list[str]]:
    """The words of each sentence."""
    return [part.split() for part in re.split(r"(?<=[.?!])\s+", text) if part]


@every_act
def test_every_act_names_its_source(act: Act) -> None:
    assert act.source.strip()
    assert re.search(r"art\.|House rule|guideline|Comment|CRC|CETS|Directive|GDPR|LANZ", act.source), (
        act.source
    )


@every_act
def test_every_act_says_itself_in_one_sentence(act: Act) -> None:
    said = str(act.says)
    assert said[:1].isupper() and not said.endswith(".") and len(words_of(said)) == 1, said
    assert not NEVER_SAID.search(said)


@every_act
def test_every_act_is_named_after_its_room(act: Act) -> None:
    assert re.fullmatch(r"[a-z]+\.[a-z_]+", act.name)
    assert ACTS[act.name] is act
    assert act.writes._meta.app_label in {act.room, "casefile"}


@every_act
def test_what_an_act_asks_exists(act: Act) -> None:
    asked = {name for name, _field, _column in form.questions(act.writes)}
    assert set(act.asks) <= asked
    assert len(asked) == len(form.questions(act.writes)), "two questions under one name"


@every_refusal
def test_every_refusal_is_short_and_kind(code: str) -> None:
    text = str(CATALOGUE[code].sentence)
    assert text.endswith("."), text
    assert all(len(sentence) <= LONGEST_SENTENCE for sentence in words_of(text)), text
    assert not NEVER_SAID.search(text), text
    assert re.fullmatch(r"[A-Z][A-Z0-9_]+", code)


COUNTRIES = sorted(
    file.parent.name for file in packs.COUNTRIES.glob("*/pack.yaml") if file.parent.name != "house"
)


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("code", sorted(CLOCKS))
def test_every_clock_has_its_length_in_the_pack(code: str, country: str) -> None:
    assert code in {deadline.code for deadline in packs.load(country).deadlines.values()}


# What an act asks is written down twice: in its table, and in demo/stories/acts.yaml.

SAID = yaml.safe_load((STORIES / "acts.yaml").read_text())
BLOCKS = {"VIEWS", "VIEWS*", "BI*"}
FAMILIES = {
    "TERN": {"tern"}, "date": {"date"}, "at": {"at"}, "int": {"int"}, "decimal": {"decimal"},
    "country": {"country"}, "countries": {"countries"}, "lang": {"lang"}, "langs": {"langs"},
    "person": {"person"}, "persons": {"persons"}, "agency": {"agency"}, "case": {"case"},
    "ref": {"ref", "key"}, "refornone": {"ref_or_none"}, "refs": {"keys"}, "code": {"code"}, "codes": {"codes"},
    "text": {"text"}, "long": {"long"},
}  # fmt: skip
ALWAYS = {"at", "corrects", "why"}  # may be given to every act
OWN_REFUSAL = "the act's own refusal says what is missing"
RECEIPT = "a stranger's receipt code finds the report; no key is ever shown outside"
JUSTIFIED: dict[tuple[str, str], str] = {  # (act, input): why the table and the file differ
    ("contact.submit_public_report", "what"): OWN_REFUSAL,
    ("contact.receive_report", "what"): OWN_REFUSAL,
    ("care.record_safety_plan", "if_missing"): OWN_REFUSAL,
    ("care.review_safety_plan", "if_missing"): OWN_REFUSAL,
    ("referral.withdraw", "reason"): OWN_REFUSAL,
    ("crossborder.transmit_complaint", "consent"): OWN_REFUSAL,
    ("crossborder.record_consular_contact", "consent"): OWN_REFUSAL,
    ("contact.add_to_public_report", "receipt_code"): RECEIPT,
    ("contact.make_complaint", "receipt_code"): RECEIPT,
}


def as_said(inputs: list[str]) -> dict[str, tuple[bool, str]]:
    """input -> (required, type) of one line of acts.yaml, without the blocks."""
    said: dict[str, tuple[bool, str]] = {}
    for line in inputs:
        if line not in BLOCKS:
            name, kind = line.split(" ", 1)
            said[name.rstrip("*")] = (name.endswith("*"), kind)
    return said


def as_asked(act: Act) -> dict[str, tuple[bool, Any]]:
    """input -> (required, column) of what the act's form asks, without the blocks and the words of OTHER."""
    blocks = {
        field.name
        for block in (MustHearTheChild, BestInterests)
        for field in block._meta.fields
        if issubclass(act.writes, (MustHearTheChild, MayHearTheChild) if block is MustHearTheChild else block)
    }
    return {
        name: (column.required, column)
        for name, field, column in form.questions(act.writes)
        if field.name not in blocks and column.kind != "other" and (not act.asks or name in act.asks)
    }


def differences(
    act: Act, justified: Mapping[tuple[str, str], str] = MappingProxyType(JUSTIFIED)
) -> list[str]:
    inputs = SAID[act.name]
    said, asked = as_said(inputs), as_asked(act)
    found = []
    if ("VIEWS*" in inputs) != issubclass(act.writes, MustHearTheChild):
        found.append("VIEWS*")
    if ("VIEWS" in inputs) != issubclass(act.writes, MayHearTheChild):
        found.append("VIEWS")
    if ("BI*" in inputs) != issubclass(act.writes, BestInterests):
        found.append("BI*")
    for name in sorted(said.keys() | asked.keys() | act.writes.rows.keys()):
        if (act.name, name) in justified:
            continue
        if name in act.writes.rows:
            if name not in said:
                found.append(f"{name}: lines that the file does not know")
            continue
        if name not in asked:
            if name not in ALWAYS or said[name][1].split(":")[0] not in {"at", "text"}:
                found.append(f"{name}: not asked")
            continue
        if name not in said:
            found.append(f"{name}: asked, but not in the file")
            continue
        (required, column), (must, kind) = asked[name], said[name]
        family, _, more = kind.partition(":")
        if column.kind not in FAMILIES.get(family, {family}):
            found.append(f"{name}: {column.kind} instead of {kind}")
        elif required != must:
            found.append(f"{name}: {'must' if must else 'need not'} be answered")
        elif family in {"text", "long"} and column.limit != int(more):
            found.append(f"{name}: {column.limit} characters instead of {more}")
        elif "|" in more and not set(more.split("|")) <= set(column.vocabulary.codes()):
            found.append(f"{name}: lacks {set(more.split('|')) - set(column.vocabulary.codes())}")
    return found


@every_act
def test_every_act_asks_what_its_line_in_the_file_says(act: Act) -> None:
    assert act.name in SAID, "add the act to demo/stories/acts.yaml"
    assert differences(act) == []


def test_every_justified_difference_is_still_one() -> None:
    for (name, asked), reason in JUSTIFIED.items():
        assert reason and asked in as_said(SAID[name])
        if name in ACTS:
            assert any(found.startswith(f"{asked}: ") for found in differences(ACTS[name], justified={})), (
                name,
                asked,
            )


@every_act
def test_a_question_named_like_one_of_everybody_keeps_its_duty(act: Act) -> None:
    """`at` and `why` may be given to every act; where an act asks one itself, its own rule stands."""
    from tests.stage import Stage, datetime

    facts = form.Facts(
        case=None, now=datetime(2026, 3, 2, 9, tzinfo=Stage.pack.calendar.zone), pack=Stage.pack
    )
    made = form.form_for(act, facts)
    for name, (required, _column) in as_asked(act).items():
        assert made.fields[name].required == required, name
