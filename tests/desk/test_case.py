"""The whole case on one page: what is missing, who acts next and by when, why not, and what happened."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from config import middleware
from nrm.casefile.models import Fact
from nrm.contact.models import Information
from nrm.desk.timeline import PAGE, STEPS
from tests.stage import MONDAY, Stage

TOLD = {"topics": ["SAFE_PLACE"], "form": "SPOKEN", "lang": "por", "understood": "SAID_IT_BACK"}
SHARED = {"grants": ["FULL", "IDENTITY"], "purpose": "CARE", "basis": "LEGAL_DUTY", "note": "Child Act"}
MOST_STATEMENTS = 25


class Desk:
    """One person, signed in, reading one case."""

    def __init__(self, stage: Stage, who: str) -> None:
        self.client = Client()
        self.client.force_login(stage.people[who], backend="config.accounts.Backend")

    def page(self, case: str, query: str = "", words: str | None = None) -> str:
        address = f"/cases/{case}/{query}"
        answer = self.client.get(address) if words is None else self.client.post(address, {"words": words})
        assert answer.status_code == 200
        return unescape(answer.content.decode())


@pytest.fixture
def rosa(stage: Stage) -> Iterator[Desk]:
    yield Desk(stage, "rosa")


def many_facts(stage: Stage, case: str, many: int) -> None:
    """So many more facts in a case, by a long-lived service: written past the acts, as a year of work would leave."""
    doing, facts = stage.doing("rosa", MONDAY), stage.facts(case)
    told = [
        Information(
            case=facts.the_case, at=doing.now + timedelta(hours=one), recorded_at=doing.now + timedelta(hours=one),
            by_person_id=doing.actor.person_id, by_agency_id=doing.actor.agency_id, **TOLD,
        )
        for one in range(many)
    ]  # fmt: skip
    Information.objects.bulk_create(told)


def statements(desk: Desk, case: str, query: str = "") -> int:
    with CaptureQueriesContext(
        connection,
    ) as kept:
        desk.page(case, query)
    return len(kept)


def test_statements_do_not_grow_with_the_facts_of_a_case(stage: Stage, rosa: Desk) -> None:
    case = stage.a_case()
    rosa.page(case)  # her session has begun
    few = statements(rosa, case)
    many_facts(stage, case, 500 - len(stage.facts(case).everything))
    assert len(stage.facts(case, at="2027-01-01T09:00").everything) == 500
    many = statements(rosa, case)
    assert many == few <= MOST_STATEMENTS
    assert statements(rosa, case, "?step=contact&page=3") <= MOST_STATEMENTS


def test_a_long_case_is_read_page_by_page(stage: Stage, rosa: Desk) -> None:
    case = stage.a_case()
    many_facts(stage, case, 120)
    newest = rosa.page(case)
    told = "She was told who we are and what happens next</b>"
    assert (
        newest.count(told) == PAGE and "Page 1 of 3" in newest and "First contact; case opened" not in newest
    )
    oldest = rosa.page(case, "?step=&page=3")
    assert "First contact; case opened" in oldest and "Page 3 of 3" in oldest
    assert "Page 3 of 3" in rosa.page(case, "?page=99999") and "Page 1 of 3" in rosa.page(case, "?page=x")


def test_what_happened_stands_under_its_day(stage: Stage, rosa: Desk) -> None:
    case = stage.a_case()
    stage.do("contact.give_information", "rosa", "2026-03-04T10:00", case=case, **TOLD)
    page = rosa.page(case).split('id="happened"')[1]
    days = re.findall(r'<details open><summary><span><time datetime="([^"]*)"', page)
    assert days == ["2026-03-04", "2026-03-02"]
    assert "Sharing and leading the case" in rosa.page(case, "?step=contact")


def test_older_days_are_folded_and_say_how_much_happened(stage: Stage, rosa: Desk) -> None:
    case = stage.a_case()
    for day in ("03", "04", "05"):
        stage.do("contact.give_information", "rosa", f"2026-03-{day}T10:00", case=case, **TOLD)
    page = rosa.page(case).split('id="happened"')[1]
    assert page.count("<details open>") == 3
    folded = re.findall(r'<details><summary><span><time datetime="([^"]*)".*?class="num">(\d+)<', page)
    assert folded == [("2026-03-02", "1")]
    assert "<details><summary><span><time" not in rosa.page(case, "?step=contact")


def test_the_timeline_is_filtered_by_step(stage: Stage, rosa: Desk) -> None:
    case = stage.a_case()
    stage.do("casefile.appoint_lead_worker", "rosa", case=case, person="rosa")
    page = rosa.page(case, "?step=casefile")
    assert "Lead worker appointed" in page and "First contact; case opened" not in page
    assert "1 entry found." in page
    assert "First contact; case opened" in rosa.page(case, "?step=no-such-step")


def test_words_are_looked_for_in_the_body_of_the_request_and_only_in_what_is_shown(stage: Stage) -> None:
    case = stage.a_case(accompanied_by="Two men in a van")
    stage.do("casefile.share", "rosa", case=case, agency="alva", **SHARED | {"grants": ["SUMMARY"]})
    rosa, mira = Desk(stage, "rosa"), Desk(stage, "mira")
    assert "1 entry found." in rosa.page(case, words="VAN two")
    assert "0 entries found." in mira.page(case, words="van"), "what she may not read she does not find"
    assert "0 entries found." in rosa.page(case, words="aeroplane")
    form = rosa.page(case).split('id="words"')[0].rsplit("<form", 1)[1]
    assert 'method="post"' in form


def test_the_next_step_says_who_and_by_when(stage: Stage) -> None:
    now = timezone.now()
    case = stage.a_case(at=(now - timedelta(hours=1)).isoformat(), danger_now="YES")
    stage.do("casefile.share", "rosa", now.isoformat(), case=case, agency="alva", **SHARED)
    stage.do("casefile.appoint_lead_worker", "rosa", now.isoformat(), case=case, person="mira")
    page = Desk(stage, "rosa").page(case)
    first = page.split('class="banner urgent"')[1].split("</section>")[0]
    assert stage.people["rosa"].agency.name in first and "contact/record_immediate_safety" in first
    assert "Make her safe now" not in page, "what is urgent and its time limit are said once"
    tasks = page.split("Next steps")[1].split("</ul>")[0]
    assert stage.people["mira"].name in tasks, "the lead worker has the others"


def test_each_step_stands_once_and_the_six_services_are_one(stage: Stage, rosa: Desk) -> None:
    case = stage.a_case()  # of March; it is later now
    top = rosa.page(case).split("About her")[0]
    assert top.count("Ask for the services she is owed") == 1
    owed = top.split("Ask for the services she is owed")[1].split("</ul>")[0]
    assert owed.count('class="tag urgent"') == 6 and "School or other education" in owed
    assert top.count("Record the screening") == 1


def test_what_the_law_requires_and_is_not_there_is_said_at_the_top(stage: Stage, rosa: Desk) -> None:
    case = stage.a_case()  # of March; it is later now
    missing = rosa.page(case).split('id="missing"')[1].split("</section>")[0]
    assert "Tell her who we are and what happens next" in missing and "Record the screening" in missing
    stage.do("contact.give_information", "rosa", case=case, **TOLD)
    missing = rosa.page(case).split('id="missing"')[1].split("</section>")[0]
    assert "Tell her who we are" not in missing


def cannot(page: str) -> str:
    return page.split("What cannot be done yet, and why")[1].split("</details>")[0]


def test_why_not_is_said_for_every_act_of_her_role(stage: Stage, rosa: Desk) -> None:
    page = cannot(rosa.page(stage.a_case()))
    refer = page.split("Refer her to the competent authority")[1].split("</ul>")[0]
    assert "REFERRAL_WITHOUT_GROUNDS" in refer and "Complete the screening" in refer
    assert "Propose the decision on reasonable grounds" not in page, "not an act of her role"


@pytest.mark.parametrize(
    ("lacking", "code"),
    [({"training": {}}, "TRAINING_EXPIRED"), ({"mandates": frozenset()}, "NOT_A_FIRST_RESPONDER")],
)
def test_why_not_names_a_missing_mandate_or_training_too(
    stage: Stage, rosa: Desk, monkeypatch: pytest.MonkeyPatch, lacking: dict[str, Any], code: str
) -> None:
    case = stage.a_case()
    monkeypatch.setattr(middleware, "actor_of", lambda person: replace(stage.actor(person.key), **lacking))
    refer = cannot(rosa.page(case)).split("Refer her to the competent authority")[1].split("</ul>")[0]
    assert code in refer


@pytest.mark.parametrize(
    "model", [m for m in apps.get_models() if issubclass(m, Fact)], ids=lambda m: m.__name__
)
def test_every_fact_has_its_step_and_its_words_in_the_timeline(model: Any) -> None:
    assert model._meta.app_label in STEPS
    assert str(model.told)
