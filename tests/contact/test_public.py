"""The public page: one required answer, no trace of who asks, a receipt code shown once."""

import re

from django.test import Client


def test_a_report_needs_one_answer_and_leaves_no_cookie(db: None) -> None:
    anyone = Client()
    page = anyone.get("/report/")
    assert page.status_code == 200 and not page.cookies
    sent = anyone.post("/report/", {"what": "A girl sells roses every night and a man takes the money."})
    assert sent.status_code == 200, sent.content.decode()[-3000:]
    assert not sent.cookies
    code = re.search(r'class="num">([^<]+)<', sent.content.decode())
    assert code is not None and len(code[1].replace("-", "").replace(" ", "")) == 12
    more = anyone.post("/report/add/", {"receipt_code": code[1], "text": "She was there again."})
    assert more.status_code == 200 and code[1] not in more.content.decode()


def test_an_empty_report_and_an_unknown_code_are_answered_with_a_sentence(db: None) -> None:
    anyone = Client()
    empty = anyone.post("/report/", {"what": " "})
    assert empty.status_code == 422 and "REPORT_EMPTY" in empty.content.decode()
    unknown = anyone.post("/report/add/", {"receipt_code": "ABCDEFGHJKMN", "text": "More."})
    assert unknown.status_code == 422 and "CODE_NOT_FOUND" in unknown.content.decode()
