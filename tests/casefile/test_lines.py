"""Lines typed on the page of an act, without script: the real acts that have them."""

import re
from html import unescape
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.utils.text import capfirst

from nrm.care.models import DangerSeen, Element, Option
from nrm.care.terms import BestInterestsElement
from nrm.casefile.models import Row
from nrm.screening.models import Episode
from tests.stage import VIEWS, Stage

PLAN = {
    "measures": ["SAFE_WORD"], "if_missing": "Call the police and the lead worker.", **VIEWS,
    "dangers-0-danger": "TRAFFICKER_NEAR", "dangers-0-who": "The man at the station", "dangers-0-likelihood": "HIGH",
}  # fmt: skip
SCREENED = {
    "acts": ["HARBOURING"], "purposes": ["BEGGING"], "still_controlled": "NO", "others_at_risk": "NO",
    "risk": "LOW", "in_her_words": "I stood at the station.", **VIEWS,
    "episodes-0-from_0": "1", "episodes-0-from_1": "11", "episodes-0-from_2": "2025",
    "episodes-0-to_0": "", "episodes-0-to_1": "", "episodes-0-to_2": "", "episodes-0-place": "",
}  # fmt: skip


class OnThePage:
    """One person at the page of one act of one case."""

    def __init__(self, stage: Stage, who: str, act: str) -> None:
        self.stage, self.who = stage, who
        self.case = stage.a_case(by=who)
        self.address = f"/cases/{self.case}/{act.replace('.', '/')}/"
        self.client = Client()
        self.client.force_login(stage.people[who], backend="config.accounts.Backend")

    def post(self, answers: dict[str, Any], **more: Any) -> Any:
        return self.client.post(self.address, {**answers, **more})

    def lines(self, kind: type[Row]) -> list[Any]:
        facts = self.stage.facts(self.case, self.who)
        return [row for rows in facts.lines.values() for row in rows if isinstance(row, kind)]


def text_of(answer: Any) -> str:
    return unescape(answer.content.decode())


def legends(answer: Any) -> list[str]:
    return [words.strip() for words in re.findall(r'<legend class="ask">([^<]*)', text_of(answer))]


@pytest.fixture
def plan(stage: Stage) -> OnThePage:
    return OnThePage(stage, "mira", "care.record_safety_plan")


def test_every_kind_of_lines_says_what_it_asks() -> None:
    kinds = [model for model in apps.get_models() if issubclass(model, Row)]
    assert len(kinds) >= 5
    for kind in kinds:
        assert str(kind.question).endswith("?"), kind
        assert str(kind.one)
        if kind.each:
            assert kind.each in {field.name for field in kind._meta.fields}


def test_the_page_offers_empty_lines_each_with_its_legend(plan: OnThePage) -> None:
    page = plan.client.get(plan.address)
    assert [words for words in legends(page) if words.startswith("Danger ")] == ["Danger 1", "Danger 2"]
    text = text_of(page)
    assert text.index("Which dangers are there?") < text.index("What does she say about this?")


def test_what_is_typed_in_a_line_is_written_and_empty_lines_are_not(plan: OnThePage) -> None:
    blank = {"dangers-1-danger": "", "dangers-1-who": "  ", "dangers-2-who": ""}
    answer = plan.post(PLAN, **blank)
    assert answer.status_code == 302, text_of(answer)
    assert [(row.danger, row.who, row.likelihood) for row in plan.lines(DangerSeen)] == [
        ("TRAFFICKER_NEAR", "The man at the station", "HIGH")
    ]


def test_one_more_line_keeps_what_was_typed_and_writes_nothing(plan: OnThePage) -> None:
    two = {"dangers-1-danger": "", "dangers-1-who": ""}
    page = plan.post(PLAN, **two, more="dangers")
    assert page.status_code == 200
    assert [words for words in legends(page) if words.startswith("Danger ")] == [
        "Danger 1", "Danger 2", "Danger 3",
    ]  # fmt: skip
    assert "The man at the station" in text_of(page) and "Call the police" in text_of(page)
    assert 'class="error"' not in text_of(page), "nothing was sent yet: nothing is wrong yet"
    assert plan.lines(DangerSeen) == []
    assert 'formaction="#id_dangers-3"' in text_of(page) and 'id="id_dangers-2"' in text_of(page)


def test_enter_in_a_box_saves_and_adds_no_line(plan: OnThePage) -> None:
    buttons = re.findall(r"<button[^>]*>", text_of(plan.client.get(plan.address)).split('class="asking"')[1])
    assert "name=" not in buttons[0]


def test_an_error_stands_at_its_line_and_the_summary_leads_there(plan: OnThePage) -> None:
    page = plan.post(PLAN, **{"dangers-4-danger": "OWN_FAMILY", "dangers-4-who": "Her uncle"})
    assert page.status_code == 422
    text = text_of(page)
    summary = text.split('id="error-summary"')[1].split("</section>")[0]
    assert "Danger 2: How likely is it?" in summary and 'href="#id_dangers-1-likelihood_0"' in summary
    assert 'id="id_dangers-1-likelihood_0"' in text
    wrong = text.split('id="id_dangers-1"')[1]
    assert "No answer yet. Choose one." in wrong and "Her uncle" in wrong
    assert "No answer yet" not in text.split('id="id_dangers-0"')[1].split('id="id_dangers-1"')[0]
    assert plan.lines(DangerSeen) == []


def test_a_day_and_several_answers_in_a_line_are_read_from_their_boxes(stage: Stage) -> None:
    page = OnThePage(stage, "rosa", "screening.record")
    both = {"episodes-0-purposes": ["BEGGING", "CRIME_THEFT"], "episodes-0-country": "XCO"}
    answer = page.post(SCREENED, **both)
    assert answer.status_code == 302, text_of(answer)
    (row,) = page.lines(Episode)
    assert (str(row.from_day), row.to_day, row.country) == ("2025-11-01", None, "XCO")
    assert row.purposes == ["BEGGING", "CRIME_THEFT"]


def test_a_country_in_a_line_is_chosen_from_a_list(stage: Stage) -> None:
    page = OnThePage(stage, "rosa", "screening.record")
    assert '<select name="episodes-0-country"' in text_of(page.client.get(page.address))


def test_a_refusal_of_the_act_points_at_the_line_that_is_wrong(stage: Stage) -> None:
    page = OnThePage(stage, "rosa", "screening.record")
    second = {f"episodes-1-{name}_{place}": value for name, value_of in (("from", "2"), ("to", "1"))
              for place, value in enumerate((value_of, "12", "2025"))}  # fmt: skip
    answer = page.post(SCREENED, **second)
    assert answer.status_code == 422
    text = text_of(answer)
    assert "EPISODE_UPSIDE_DOWN" in text and 'href="#id_episodes-1-to"' in text
    assert 'id="id_episodes-1-to"' in text


def assessed(**other: Any) -> dict[str, Any]:
    points = {}
    for place, code in enumerate(BestInterestsElement.codes()):
        points |= {f"elements-{place}-element": code, f"elements-{place}-finding": "Not known yet."}
    ways = {
        "options-0-option": "Stay here", "options-0-chosen": "YES",
        "options-1-option": "Go back", "options-1-chosen": "NO", "options-1-why": "Unsafe.",
    }  # fmt: skip
    return {"question": "FIRST_STEPS", "conclusion": "She stays.", **points, **ways, **VIEWS, **other}


def test_every_point_of_an_assessment_is_there_and_none_needs_to_be_added(stage: Stage) -> None:
    page = OnThePage(stage, "mira", "care.assess_best_interests")
    form = page.client.get(page.address)
    points = re.findall(
        r'<details class="section"><summary><span>(.*?)</span><small>(.*?)</small>', text_of(form)
    )
    assert [title for title, _said in points] == [
        capfirst(str(words)) for _code, words in BestInterestsElement.choices()
    ]
    assert {said for _title, said in points} == {"No answer yet"}
    assert 'value="elements"' not in text_of(form) and 'value="options"' in text_of(form)
    answer = page.post(assessed())
    assert answer.status_code == 302, text_of(answer)
    assert [row.element for row in page.lines(Element)] == list(BestInterestsElement.codes())
    assert [row.chosen for row in page.lines(Option)] == ["YES", "NO"]


def test_a_point_nobody_wrote_about_is_missing_and_what_was_written_stays(stage: Stage) -> None:
    page = OnThePage(stage, "mira", "care.assess_best_interests")
    answer = page.post(assessed(**{"elements-2-finding": "", "elements-4-finding": "She sleeps badly."}))
    assert answer.status_code == 422 and "ELEMENTS_MISSING" in text_of(answer)
    at_four = text_of(answer).split('id="id_elements-4"')[1].split('id="id_elements-5"')[0]
    assert "She sleeps badly." in at_four and BestInterestsElement.codes()[4] in at_four
    assert '<details class="section">' in at_four and "<bdi>She sleeps badly.</bdi>" in at_four
    at_two = text_of(answer).split('id="id_elements-2"')[1].split('id="id_elements-3"')[0]
    assert '<details class="section" open>' in at_two, "what is not answered is unfolded"
    too_long = page.post(assessed(**{"elements-0-finding": "", "elements-4-finding": "x" * 2001}))
    summary = text_of(too_long).split('id="error-summary"')[1].split("</section>")[0]
    assert 'href="#id_elements-4-finding"' in summary


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([{"danger": "TRAFFICKER_NEAR"}], "dangers.0.likelihood"),
        ([{"danger": "TRAFFICKER_NEAR", "likelihood": "HIGH", "colour": "red"}], "dangers"),
        ([{"danger": "TRAFFICKER_NEAR", "likelihood": "HIGH"}, {}], "dangers.1.danger"),
        ("a man", "dangers"),
        (["a man"], "dangers"),
        ([{}] * 101, "dangers"),
    ],
)
def test_a_program_is_told_which_line_is_wrong(stage: Stage, given: Any, said: str) -> None:
    page = OnThePage(stage, "mira", "care.record_safety_plan")
    answers = {"measures": ["SAFE_WORD"], "if_missing": "Call.", "dangers": given, **VIEWS}
    address = f"/api{page.address}".rstrip("/")
    answer = page.client.post(address, answers, content_type="application/json")
    assert answer.status_code == 422 and said in answer.json()["answers"]


def test_lines_are_part_of_the_description_for_programs(stage: Stage) -> None:
    page = OnThePage(stage, "mira", "care.record_safety_plan")
    paths = page.client.get("/api/openapi.json").json()["paths"]
    body = paths["/api/cases/{reference}/care/record_safety_plan"]["post"]["requestBody"]
    dangers = body["content"]["application/json"]["schema"]["properties"]["dangers"]
    assert dangers["items"]["required"] == ["danger", "likelihood"]
    assert dangers["description"] == "Which dangers are there?"
