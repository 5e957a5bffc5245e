"""The page of a decision offers what the case says; what one must decide oneself it asks."""

import re
from html import unescape

import pytest
from django.test import Client

from tests.identification.conftest import POSITIVE, Path
from tests.stage import VIEWS

LINE = re.compile(
    r'<details class="known"><summary><b>(.*?)</b> <bdi>(.*?)</bdi> <small>(.*?)</small>', re.DOTALL
)
ALWAYS_ASKED = ("outcome", "reason_codes", "evidence_read", "guardian_heard")
RG, CG = "decide_reasonable_grounds", "decide_conclusive_grounds"


def lines(path: Path, act: str, who: str = "ida") -> tuple[dict[str, tuple[str, str]], str]:
    """Question -> (answer that stands, where it comes from); and the whole page."""
    client = Client()
    client.force_login(path.stage.people[who], backend="config.accounts.Backend")
    text = unescape(client.get(f"/cases/{path.case}/{act.replace('.', '/')}/").content.decode())
    return {label: (said, because) for label, said, because in LINE.findall(text)}, text


def test_acts_purposes_and_her_words_stand_and_the_rest_is_asked(received: Path) -> None:
    found, text = lines(received, f"identification.{RG}")
    assert found["Which acts are shown?"] == (
        "Transportation: was taken from place to place\nHarbouring: was housed or hidden",
        "from the screening",
    )
    assert found["For which purposes?"][0] == "Begging"
    assert found["What does she say about this?"] == (
        VIEWS["childs_views"],
        "as she said on 2 March 2026",
    )
    for name in ALWAYS_ASKED:
        assert not re.search(rf'<input[^>]*name="{name}"[^>]*checked', text), name


def test_the_second_decision_offers_what_the_first_one_found(received: Path) -> None:
    received.decided(RG, "05", POSITIVE)
    found, _text = lines(received, f"identification.{CG}")
    assert found["Which acts are shown?"] == (
        "Harbouring: was housed or hidden",
        "as decided on reasonable grounds",
    )


def test_of_an_adult_no_act_is_taken_as_shown(received: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nrm.identification.known.exploited_as_a_child", lambda facts: False)
    found, _text = lines(received, f"identification.{RG}")
    assert "Which acts are shown?" not in found


def test_whoever_receives_works_on_it(opened: Path) -> None:
    opened.referred()
    found, _text = lines(opened, "referral.receive")
    assert list(found.values()) == [("Ida Brandt, Identification Office", "you receive it")]
