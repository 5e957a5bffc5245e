"""What people, broken telephones and attackers send to every form: a sentence, a code, nothing half-written."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from nrm.audit import trail
from nrm.casefile.act import ACTS
from nrm.kernel.refusals import CATALOGUE
from nrm.kernel.signature import bind
from tests.addresses import Screen, act_screens
from tests.serving import Staged
from tests.staged import Staging
from tests.walk.conftest import As

ODD = "\u202e🧒🏽 a\u0301\u0301 \u200f"
BAD: dict[str, str] = {
    "nothing": "",
    "wrong": "NO_SUCH_CODE",
    "a NUL": "a\x00b",
    "odd Unicode": ODD,
    "too long": "x" * 15_001,
    "a large number": "9" * 400,
    "no number": "NaN",
    "markup": "<script>alert(1)</script>'\"; --",
}
INPUTS = re.compile(r'<(?:input|select|textarea|button)[^>]*\bname="([^"]+)"')
CODE = re.compile(r'class="code">Code <bdi>([A-Z_0-9]+)</bdi>')
NOT_ANSWERS = {"csrfmiddlewaretoken", "typed_by", "person", "more", "change", "sure", "key"}
every_act = pytest.mark.parametrize("name", list(ACTS))


@pytest.fixture
def screens(staged: Staged) -> dict[str, Screen]:
    return {f"{screen.kwargs['room']}.{screen.kwargs['verb']}": screen for screen in act_screens(staged)}


@pytest.fixture
def done(staging: Staging) -> Callable[[str], int]:
    """done("rosa"): how many acts the trail says she did."""

    def count(who: str) -> int:
        doing = staging.stage.doing(who, staging.now.isoformat())
        bind(doing.actor, now=doing.now)
        rows = trail.of_person(doing.actor.person_id, limit=100_000)
        return sum(row.outcome == trail.DONE for row in rows)

    return count


def inputs(client: Client, path: str) -> list[str]:
    """Names of what the page asks."""
    return sorted(set(INPUTS.findall(client.get(path).content.decode())) - NOT_ANSWERS)


def says_what_to_do(answer: HttpResponse) -> bool:
    """A refusal is a page with a summary, and with a code of the catalogue."""
    text = answer.content.decode()
    codes = CODE.findall(text)
    return 'id="error-summary"' in text and bool(codes) and set(codes) <= set(CATALOGUE)


def sent(client: Client, path: str, data: Any, who: str, done: Callable[[str], int]) -> HttpResponse:
    """The answer: done, or said no to and nothing written; never an error of ours."""
    before = done(who)
    answer = client.post(path, data)
    assert answer.status_code in (302, 403, 404, 422), answer.status_code
    if answer.status_code == 302:
        assert done(who) == before + 1
    else:
        assert done(who) == before
        assert answer.status_code == 404 or says_what_to_do(answer), answer.content.decode()[:4000]
    return answer


@every_act
def test_every_form_answers_bad_input_with_a_sentence_and_a_code(
    name: str, screens: dict[str, Screen], as_: As, staged: Staged, done: Callable[[str], int]
) -> None:
    screen = screens[name]
    client, path = as_(screen.who), screen.path(staged)
    asked = inputs(client, path)
    for text in BAD.values():
        some = asked[: 900_000 // max(len(text), 1)]  # more than a megabyte is a flood
        sent(client, path, {"sure": "1"} | dict.fromkeys(some, text), screen.who, done)
    twice = {one: ["YES", "NO", "1"] for one in asked[:600]}  # more inputs than 2,000 are a flood
    sent(client, path, {"sure": "1"} | twice, screen.who, done)


@every_act
def test_every_program_is_answered_too(
    name: str, screens: dict[str, Screen], as_: As, staged: Staged, done: Callable[[str], int]
) -> None:
    screen = screens[name]
    client = as_(screen.who)
    path = "/api" + screen.path(staged).rstrip("/")
    asked = inputs(client, screen.path(staged))
    for value in (*BAD.values(), "\ud800", None, 7, 1e300, True, ["a", None], {"a": {}}, [[["x"]]]):
        body = {one: value for one in asked if "-" not in one and not one.endswith(("_0", "_1", "_2", "_3"))}
        before = done(screen.who)
        answer = client.post(path, body, content_type="application/json")
        assert answer.status_code in (201, 403, 404, 422), answer.content
        if answer.status_code != 201:
            assert done(screen.who) == before and answer.json()["refused"][0]["code"] in {
                *CATALOGUE,
                "UNKNOWN_INPUT",
            }
    for body in ("", "[]", "{", "null", "{" * 10_000, '"a"', '{"a": NaN}'):
        answer = client.post(path, body, content_type="application/json")
        assert answer.status_code in (400, 403, 404, 422, 201)


@pytest.mark.parametrize(
    "path", ["/report/", "/report/add/", "/now/", "/now/who/", "/now/tonight/", "/check-a-letter/"]
)
def test_own_pages_answer_bad_input_too(path: str, as_: As) -> None:
    client = as_("rosa")
    client.post("/now/", {"danger_now": "NO", "place": "STREET", "accompaniment": "ALONE"})
    asked = inputs(client, path)
    for text in BAD.values():
        answer = client.post(path, dict.fromkeys(asked, text))
        assert answer.status_code in (200, 302, 422)
        assert answer.status_code != 422 or says_what_to_do(answer), (path, text[:9])


@pytest.mark.parametrize(
    "body",
    [
        b"what=%ED%A0%80%FF&what=%00",
        b"what=" + b"x" * 1_100_000,
        b"&".join(b"a%d=1" % n for n in range(2_100)),
    ],
)
def test_bytes_that_are_no_text_and_floods_are_refused(body: bytes, as_: As) -> None:
    for path in ("/report/", "/now/", "/find/", "/acts/contact/open_case/"):
        answer = as_("rosa").generic("POST", path, body, content_type="application/x-www-form-urlencoded")
        assert answer.status_code in (200, 400, 422)


def test_odd_signs_are_kept_as_they_were_written(as_: As, staging: Staging) -> None:
    from nrm.contact.models import Report

    assert as_("").post("/report/", {"what": ODD}).status_code == 200
    doing = staging.stage.doing("sam", staging.now.isoformat())
    bind(doing.actor, now=doing.now)
    assert Report.objects.order_by("-id").values_list("what", flat=True)[0].strip() == ODD.strip()


def test_an_unknown_code_has_a_sentence(as_: As) -> None:
    answer = as_("").post("/report/add/", {"receipt_code": "ABCDEFGHJKMN", "text": "More."})
    assert answer.status_code == 422 and says_what_to_do(answer)
    assert as_("rosa").get("/help/NO_SUCH_CODE/").status_code == 404
    assert as_("rosa").get("/help/not_found/").status_code == 200


def test_a_page_of_a_case_that_moved_on_says_so(as_: As, staged: Staged) -> None:
    path = reverse("act", args=[staged.cases["waiting"], "referral", "receive"])
    answers = {"referral": staged.keys["referral"], "case_officer": "ida"}
    ida, tomas = as_("ida"), as_("tomas")
    assert ida.get(path).status_code == 200
    assert tomas.post(path, answers).status_code == 302
    late = ida.post(path, answers)
    assert late.status_code == 422 and "ALREADY_RECEIVED" in late.content.decode()


def test_the_same_page_sent_twice_is_one_act(as_: As, staged: Staged, done: Callable[[str], int]) -> None:
    path = reverse("act", args=[staged.cases["decided"], "contact", "give_information"])
    answers = {
        "topics": ["SAFE_PLACE"], "form": "SPOKEN", "lang": "por", "understood": "SAID_IT_BACK",
        "key": "7c0e6f3c-2f2b-4e0c-9a38-0d3f6a0a7c12",
    }  # fmt: skip
    before = done("mira")
    assert [as_("mira").post(path, answers).status_code for _ in range(2)] == [302, 302]
    assert done("mira") == before + 1


def test_what_was_typed_waits_for_her_when_the_session_has_ended(as_: As, staged: Staged) -> None:
    path = reverse("act", args=[staged.cases["decided"], "care", "record_safety_plan"])
    word = re.search(r'name="typed_by" value="([^"]+)"', as_("mira").get(path).content.decode())
    assert word
    lost = as_("").post(
        path, {"typed_by": word[1], "if_missing": "Ring the night desk.", "measures": ["SAFE_WORD"]}
    )
    assert lost.status_code == 302 and lost.headers["Location"].startswith("/sign-in/")
    again = as_("mira").get(path).content.decode()
    assert "Ring the night desk." in again and "We kept what you typed" in again
    assert "Ring the night desk." not in as_("petra").get(path).content.decode()


def test_a_share_that_ended_under_an_open_page_ends_the_page(
    as_: As, staged: Staged, staging: Staging, done: Callable[[str], int]
) -> None:
    case = staging.opened("rosa", 3)
    staging.shared(case, "lantern", "rosa", 2)
    path = reverse("act", args=[case, "contact", "give_information"])
    dora = as_("dora")
    assert dora.get(path).status_code == 200
    facts = staging.stage.facts(case, "rosa", staging.now.isoformat())
    share = next(one for one in facts.everything if getattr(one, "agency_id", 0) == staging.stage.lantern.pk)
    staging.do("casefile.end_share", "rosa", 0, case, share=str(share.pk), reason="ENDED")
    before = done("dora")
    assert dora.post(path, {"topics": ["SAFE_PLACE"]}).status_code == 404
    assert done("dora") == before
