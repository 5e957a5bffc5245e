"""The pages of services as people reach them: what is owed, what is asked of an agency, who offers what."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from nrm.agencies.models import Agency
from nrm.casefile.act import ACTS
from nrm.casefile.form import questions
from nrm.services.rules import ties_to_testimony
from tests.services.conftest import HEARD, WANTED, YES, Asked, do
from tests.stage import MONDAY, Stage

MOST = 25
TEN = "2026-03-02T10:00"
OFFER: dict[str, Any] = {
    "service": "PSYCHOSOCIAL", "what": "Someone to talk to.", "region": "Port Alva", "languages": ["por"],
    "capacity": "4", "children_only": "YES", "goes_on": "YES",
}  # fmt: skip


def client_of(stage: Stage, key: str) -> Client:
    client = Client()
    client.force_login(stage.people[key], backend="config.accounts.Backend")
    return client


def words(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.content.decode()[:2000]
    return re.sub(r"\s+", " ", unescape(answer.content.decode()))


def read(stage: Stage, who: str, path: str) -> str:
    return words(client_of(stage, who).get(path))


def section(page: str, heading: str) -> str:
    """What stands under the first heading that begins so, until the next section."""
    return page.split(heading, 1)[1].split("</section>")[0]


# A case


def test_all_six_are_red_until_asked_and_lead_to_her_yes_first(stage: Stage, case: str) -> None:
    page = read(stage, "mira", f"/cases/{case}/services/")
    assert page.count('<span class="tag urgent">Not asked for yet') == 6
    assert (
        "services/record_consent/?service=EDUCATION" in page and "Ask her first whether she agrees." in page
    )
    assert "services/request/?service=EMERGENCY_HEALTH" in page, "what cannot wait needs no yes"
    assert "Nothing was asked for yet." in page and "No yes stands." in page


def test_each_of_the_six_says_how_far_it_is(stage: Stage, agreed: str, asked: Asked) -> None:
    six = ("TRANSLATION", "EDUCATION", "HELP_IN_PROCEEDINGS", "COUNSELLING_AND_LEGAL_INFORMATION")
    keys = [asked(service=service) for service in six]
    for key in keys[1:]:
        do(stage, "services.accept", "dora", TEN, case=agreed, request=key)
    do(stage, "services.record_childs_refusal", "mira", TEN, case=agreed, request=keys[1], **HEARD)
    for key in keys[2:]:
        do(stage, "services.deliver", "dora", TEN, case=agreed, request=key, **{"from": TEN[:10]})
    do(
        stage,
        "services.review",
        "mira",
        TEN,
        case=agreed,
        request=keys[3],
        helps="YES",
        next="CONTINUE",
        **HEARD,
    )
    page = read(stage, "mira", f"/cases/{agreed}/services/")
    for tone, state in (("tag soon", "Asked for"), ("tag", "She does not want it now"),
                        ("tag done", "Being given"), ("tag done", "Gone through with her")):  # fmt: skip
        assert page.count(f'<span class="{tone}">{state}</span>') == 2, (
            "in the list of six, and beside the request"
        )
    assert page.count("Not asked for yet") == 2
    assert f"services/review/?request={keys[3]}" in page
    assert "services/accept/" not in page, "another agency's answer is not hers to give"


def test_what_she_agreed_to_says_how_far_and_until_when(stage: Stage, case: str) -> None:
    do(stage, "services.record_consent", "mira", case=case, **YES | {"service": "HEALTH", "by": "GUARDIAN"})
    do(stage, "services.record_consent", "mira", case=case, **YES | {"service": "THERAPY"})
    page = read(stage, "mira", f"/cases/{case}/services/")
    assert "Said by: the guardian, 2 March 2026." in page and "May be told: " in page
    assert "Until it is taken back." in page
    assert "services/withdraw_consent/?service=THERAPY" in page
    form = read(stage, "mira", f"/cases/{case}/services/withdraw_consent/?service=THERAPY")
    assert re.search(r'value="THERAPY" selected', form)


def test_a_guardians_word_ends_before_she_is_eighteen(stage: Stage) -> None:
    born = {"birth_date": "2010-06-15", "birth_date_basis": "CIVIL_REGISTRY"}
    case = stage.a_case(by="mira", **born)
    do(stage, "services.record_consent", "mira", case=case, **YES | {"by": "GUARDIAN"})
    assert "Until 14 June 2028, the last day before she is 18" in read(
        stage, "mira", f"/cases/{case}/services/"
    )


# Asking


@pytest.fixture
def offers(stage: Stage) -> None:
    stage.do("services.offer", "dora", MONDAY, **OFFER)
    stage.do("services.offer", "dora", MONDAY, **OFFER | {"service": "HEALTH", "languages": ["eng"]})


@pytest.mark.parametrize("address", ["services/request/", "services/ask/"])
def test_who_speaks_her_language_stands_first_among_the_providers(
    stage: Stage, agreed: str, offers: None, address: str
) -> None:
    page = read(stage, "mira", f"/cases/{agreed}/{address}?service=PSYCHOSOCIAL")
    assert "Speaks her language" in page and "Last confirmed: 2 March 2026" in page
    assert "Said by: the child, 2 March 2026." in page
    first = page.split('name="provider"')[1].split("</select>")[0]
    places = [first.index(said) for said in ("a language she speaks", "Lantern House", "All others")]
    assert places == sorted(places)
    assert first.count("Lantern House") == 1
    other = read(stage, "mira", f"/cases/{agreed}/{address}?service=HEALTH")
    assert "They offer it in a language" not in other and '<optgroup label="They offer it"' in other
    nobody = read(stage, "mira", f"/cases/{agreed}/{address}?service=MENTOR")
    assert "Nobody has said that they offer it." in nobody and "Lantern House" in nobody


def test_asking_takes_three_answers_and_no_question_is_about_the_police(stage: Stage, agreed: str) -> None:
    asked = questions(ACTS["services.request"].writes)
    assert {name for name, _f, column in asked if column.required} - {"service"} == {
        "provider",
        "need",
        "urgency",
    }
    assert not any(ties_to_testimony(str(column.label)) for _n, _f, column in asked)
    mira, path = client_of(stage, "mira"), f"/cases/{agreed}/services/ask/"
    check = words(mira.post(path, WANTED))
    assert "Check your answers" in check and "Someone to talk to." in check
    done = mira.post(path, WANTED | {"sure": "1"})
    assert done.status_code == 302
    assert "Lantern House" in read(stage, "mira", f"/cases/{agreed}/services/")


def test_an_unknown_service_in_the_address_changes_nothing(stage: Stage, agreed: str) -> None:
    page = read(stage, "mira", f"/cases/{agreed}/services/ask/?service=NONSENSE&provider=nobody")
    assert "Who offers it" not in page and "Which provider?" in page


# What is asked of an agency


def test_a_provider_sees_need_and_whom_to_ring_and_not_the_story(
    stage: Stage, agreed: str, asked: Asked
) -> None:
    Agency.objects.filter(key="alva").update(telephone="+1 555 0100")
    key = asked(need="Someone who listens.", by_when="2026-03-20")
    page = read(stage, "dora", "/services/")
    row = section(page, "Psychosocial support")
    for said in (
        "Someone who listens.",
        "Mira Sole, Child Welfare Port Alva",
        "tel:+15550100",
        "20 Mar 2026",
    ):
        assert said in row, said
    assert "Lule" not in page and "station" not in page
    assert f'value="{key}"' in row and f"services/decline/?request={key}" in row
    done = client_of(stage, "dora").post(f"/cases/{agreed}/services/accept/", {"request": key})
    assert done.status_code == 302, "one press, no question"
    after = read(stage, "dora", "/services/")
    assert "Nothing waits for your answer." in after and f"services/deliver/?request={key}" in after
    form = read(stage, "dora", f"/cases/{agreed}/services/deliver/?request={key}")
    assert "Someone who listens." in form


def test_what_is_over_is_told_and_what_was_taken_back_is_gone(
    stage: Stage, agreed: str, asked: Asked
) -> None:
    key, other = asked(), asked(service="HEALTH")
    do(stage, "services.decline", "dora", TEN, case=agreed, request=key, reason="FULL")
    assert "They cannot" in read(stage, "dora", "/services/")
    do(stage, "services.accept", "dora", TEN, case=agreed, request=other)
    back = {"service": "ALL", "by": "CHILD", "how": "SPOKEN"}
    do(stage, "services.withdraw_consent", "mira", TEN, case=agreed, **back)
    page = read(stage, "dora", "/services/")
    assert agreed not in page and "Nothing waits for your answer." in page


def test_what_waits_is_there_however_old_and_older_ones_follow(
    stage: Stage, agreed: str, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nrm.services.asked.PAGE", 1)
    old = asked()
    newer = asked("2026-03-02T09:30", service="HEALTH")
    do(stage, "services.accept", "dora", TEN, case=agreed, request=newer)
    page = read(stage, "dora", "/services/")
    assert "Psychosocial support" in page and "Health care" in page and "?from=1" in page
    second = read(stage, "dora", "/services/?from=1")
    assert f'value="{old}"' in second and "Health care" not in second and "Older requests" not in second
    assert f'value="{old}"' in read(stage, "dora", "/services/?from=²99"), "no number is the first page"


def test_nobody_elses_requests_are_listed(stage: Stage, asked: Asked) -> None:
    asked()
    for who in ("omar", "rosa", "mira"):
        assert "Nothing waits for your answer." in read(stage, who, "/services/")


# The directory


def test_the_directory_is_narrowed_by_service_language_and_children(stage: Stage, offers: None) -> None:
    stage.do("services.offer", "dora", TEN, **OFFER | {"service": "MENTOR", "children_only": "NO"})
    everything = read(stage, "mira", "/services/directory/")
    assert "Psychosocial support: <bdi>Lantern House" in everything and "A mentor: <bdi>" in everything
    assert "For 4 children at one time" in everything and "Not for children only" in everything
    assert (
        "Say or confirm" in read(stage, "dora", "/services/directory/") and "Say or confirm" not in everything
    )
    narrowed = read(stage, "mira", "/services/directory/?service=&language=eng&children_only=YES")
    assert (
        "<h2" in narrowed
        and "Health care: <bdi>" in narrowed
        and "Psychosocial support: <bdi>" not in narrowed
    )
    assert "Nobody has said" in read(stage, "mira", "/services/directory/?service=THERAPY")
    assert client_of(stage, "mira").get("/services/directory/?service=%00&language=<b>").status_code == 200


# All of them


def test_an_outsider_finds_nothing(stage: Stage, agreed: str) -> None:
    for path in ("services/", "services/ask/"):
        assert client_of(stage, "omar").get(f"/cases/{agreed}/{path}").status_code == 404


@pytest.mark.parametrize("path", ["/services/", "/services/directory/", "/cases/{case}/services/",
                                  "/cases/{case}/services/ask/?service=HEALTH"])  # fmt: skip
def test_a_page_takes_few_statements_however_much_was_asked(
    path: str, stage: Stage, agreed: str, asked: Asked, offers: None, django_assert_max_num_queries: Any
) -> None:
    for service in ("HEALTH", "THERAPY", "EDUCATION", "MENTOR", "VOCATIONAL"):
        do(stage, "services.accept", "dora", TEN, case=agreed, request=asked(service=service))
    for _ in range(4):
        other = stage.a_case(by="mira")
        do(stage, "services.record_consent", "mira", case=other, **YES)
        do(stage, "services.request", "mira", case=other, **WANTED)
    client = client_of(stage, "dora")
    with django_assert_max_num_queries(MOST):
        assert client.get(path.format(case=agreed)).status_code == 200


def test_the_desk_and_the_case_lead_there(stage: Stage, agreed: str, asked: Asked) -> None:
    asked()
    assert 'href="/services/"' in read(stage, "dora", "/desk/")
    assert 'href="/services/"' not in read(stage, "mira", "/desk/")
    page = read(stage, "mira", f"/cases/{agreed}/")
    assert f'href="/cases/{agreed}/services/"' in page and f'href="/cases/{agreed}/close/"' in page
    assert f'href="/cases/{agreed}/services/"' in read(stage, "mira", "/desk/").replace('class="more" ', "")
