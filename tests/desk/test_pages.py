"""The desk, the case on one page, search and the page of an act, as people reach them."""

import pytest
from django.test import Client

from nrm.contact.models import FirstContact
from tests.stage import A_CHILD, Stage


@pytest.fixture
def signed_in(stage: Stage) -> "callable":
    """A client signed in as one of the cast."""

    def of(key: str) -> Client:
        client = Client()
        client.force_login(stage.people[key], backend="config.accounts.Backend")
        return client

    return of


def answers(**other: object) -> dict[str, object]:
    return {**A_CHILD, **other}


def test_nobody_passes_without_signing_in(db: None) -> None:
    answer = Client().get("/desk/")
    assert answer.status_code == 302 and answer.headers["Location"].startswith("/sign-in/")


def test_rosa_opens_a_case_on_the_page_and_sees_it(signed_in, stage: Stage) -> None:
    rosa = signed_in("rosa")
    assert rosa.get("/acts/contact/open_case/").status_code == 200
    answer = rosa.post("/acts/contact/open_case/", answers())
    assert answer.status_code == 302, answer.content.decode()[:3000]
    page = rosa.get(answer.headers["Location"])
    assert page.status_code == 200
    assert "Lule" in page.content.decode()
    assert "Tell her who we are" in rosa.get("/desk/").content.decode()


def test_every_language_that_was_chosen_is_kept(signed_in, stage: Stage) -> None:
    answer = signed_in("rosa").post("/acts/contact/open_case/", answers(languages=["por", "ara"]))
    reference = answer.headers["Location"].split("/")[2]
    contact = stage.facts(reference, at="2027-01-01T09:00").latest(FirstContact)
    assert contact is not None and contact.languages == ["por", "ara"]


def test_an_outsider_gets_the_same_answer_for_a_foreign_and_an_absent_case(signed_in, stage: Stage) -> None:
    reference = stage.a_case(by="rosa")
    omar = signed_in("omar")
    foreign, absent = omar.get(f"/cases/{reference}/"), omar.get("/cases/NRM-000000000/")
    assert foreign.status_code == absent.status_code == 404
    assert len(foreign.content) == len(absent.content)
    assert "Lule" not in foreign.content.decode()


def test_what_is_missing_is_said_beside_the_question_and_nothing_typed_is_lost(signed_in) -> None:
    answer = signed_in("rosa").post("/acts/contact/open_case/", answers(place="", accompanied_by="Two men"))
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Two men" in text and "Error:" in text


def test_a_second_press_of_the_same_button_opens_no_second_case(signed_in) -> None:
    rosa = signed_in("rosa")
    form = answers(key="7c0e6f3c-2f2b-4e0c-9a38-0d3f6a0a7c11")
    first, second = (rosa.post("/acts/contact/open_case/", form) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]


def test_the_case_page_stays_within_its_statements(
    signed_in, stage: Stage, django_assert_max_num_queries
) -> None:
    reference = stage.a_case(by="rosa")
    rosa = signed_in("rosa")
    with django_assert_max_num_queries(25):
        rosa.get(f"/cases/{reference}/")
    with django_assert_max_num_queries(25):
        rosa.get("/desk/")


def test_her_name_finds_her_in_another_script(signed_in, stage: Stage) -> None:
    stage.a_case(by="rosa", given_name="Amal")
    for text in ("Amal", "أمل", "Amaal"):
        assert "Amal" in signed_in("rosa").post("/find/", {"text": text}).content.decode()
    assert "Amal" not in signed_in("omar").post("/find/", {"text": "Amal"}).content.decode().replace(
        'value="Amal"', ""
    )


def test_every_answer_carries_the_headers(signed_in) -> None:
    for answer in (signed_in("rosa").get("/desk/"), Client().get("/"), Client().get("/no-such-page/")):
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Cache-Control"] == "no-store"


def test_the_same_act_answers_in_json(signed_in, stage: Stage) -> None:
    rosa = signed_in("rosa")
    answer = rosa.post("/api/acts/contact/open_case", answers(), content_type="application/json")
    assert answer.status_code == 201 and answer.json()["case"].startswith("NRM-")
    refused = signed_in("omar").post(
        f"/api/cases/{answer.json()['case']}/contact/give_information", {}, content_type="application/json"
    )
    assert refused.status_code == 404 and refused.json()["refused"][0]["code"] == "NOT_FOUND"
    assert "contact.open_case" in str(rosa.get("/api/openapi.json").json())


def test_the_calendar_holds_references_and_no_names(signed_in, stage: Stage) -> None:
    reference = stage.a_case(by="rosa", at="2026-03-02T09:00", danger_now="YES")
    body = signed_in("rosa").get("/desk/calendar.ics").content.decode()
    assert reference in body and "Lule" not in body


def test_typed_answers_survive_the_end_of_a_session(signed_in, stage: Stage) -> None:
    rosa = signed_in("rosa")
    page = rosa.get("/acts/contact/open_case/").content.decode()
    word = page.split('name="typed_by" value="')[1].split('"')[0]
    stranger = Client()
    lost = stranger.post("/acts/contact/open_case/", answers(accompanied_by="Two men", typed_by=word))
    assert lost.status_code == 302
    assert "Two men" in signed_in("rosa").get("/acts/contact/open_case/").content.decode()
    assert "Two men" not in signed_in("omar").get("/acts/contact/open_case/").content.decode()
