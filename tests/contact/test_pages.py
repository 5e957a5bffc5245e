"""A child is in front of me: three pages, nine required answers."""

from django.test import Client

from nrm.casefile.form import questions
from nrm.contact.models import FirstContact
from nrm.contact.pages import ORDER, STEPS
from tests.stage import Stage


def test_a_case_is_open_after_three_pages_and_nine_required_answers(stage: Stage) -> None:
    rosa = Client()
    rosa.force_login(stage.people["rosa"], backend="config.accounts.Backend")
    required = {name for name, _field, column in questions(FirstContact) if column.required}
    asked = [name for step in ORDER for name in STEPS[step][1] if name in required]
    assert len(asked) == 9
    first = rosa.post("/now/", {"danger_now": "YES", "place": "STREET", "accompaniment": "ALONE"})
    assert first.status_code == 302
    second_page = rosa.get("/now/who/").content.decode()
    assert "112" in second_page and "in danger" in second_page
    second = rosa.post("/now/who/", {"given_name": "Lule", "languages": ["por"], "interpreter_needed": "YES"})
    assert second.status_code == 302
    last = rosa.post(
        "/now/tonight/",
        {"parents": "UNKNOWN", "in_custody": "NO", "in_institution": "NO", "informant_kind": "OUTREACH"},
    )
    assert last.status_code == 302 and last.headers["Location"].startswith("/cases/NRM-"), (
        last.content.decode()[-2500:]
    )
    assert "Lule" in rosa.get(last.headers["Location"]).content.decode()


def test_a_page_sent_empty_says_what_is_missing(stage: Stage) -> None:
    rosa = Client()
    rosa.force_login(stage.people["rosa"], backend="config.accounts.Backend")
    answer = rosa.post("/now/", {})
    assert answer.status_code == 422 and "Error:" in answer.content.decode()
