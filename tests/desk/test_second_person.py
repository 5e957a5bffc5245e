"""What comes next when it is somebody else's turn: a signature, or the agency that protects her."""

from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from tests.identification.conftest import POSITIVE, REFERRAL, SIGNS
from tests.stage import Stage

SHARED = {"agency": "alva", "grants": ["FULL", "IDENTITY"], "purpose": "CARE", "basis": "LEGAL_DUTY"}


def client(stage: Stage, who: str) -> Client:
    browser = Client()
    browser.force_login(stage.people[who], backend="config.accounts.Backend")
    return browser


def read(stage: Stage, who: str, address: str) -> str:
    answer = client(stage, who).get(address)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def next_steps(page: str) -> str:
    return page.split("<h2>Next steps</h2>")[1].split("<h2>About her</h2>")[0]


@pytest.fixture
def proposed(stage: Stage) -> str:
    """A girl for whom Ida has proposed reasonable grounds today."""
    now = timezone.now().isoformat()
    case = stage.a_case(at=now)
    stage.do("screening.record", "rosa", now, case=case, **SIGNS)
    referral = str(stage.do("referral.send", "rosa", now, case=case, **REFERRAL).key)
    stage.do("referral.receive", "ida", now, case=case, referral=referral, case_officer="ida")
    stage.do("identification.decide_reasonable_grounds", "ida", now, case=case, **POSITIVE)
    return case


def test_the_second_person_is_led_to_the_signature_and_not_to_a_second_proposal(
    stage: Stage, proposed: str
) -> None:
    steps = next_steps(read(stage, "tomas", f"/cases/{proposed}/"))
    assert f'href="/cases/{proposed}/identification/confirm/"' in steps and "Ida Brandt" in steps
    assert "decide_reasonable_grounds" not in steps, "its time limit is said with the signature"


def test_who_proposed_it_is_told_that_a_colleague_confirms(stage: Stage, proposed: str) -> None:
    steps = next_steps(read(stage, "ida", f"/cases/{proposed}/"))
    assert "You proposed it: a colleague must confirm it." in steps
    assert "identification/confirm/" not in steps and "decide_reasonable_grounds" not in steps


def test_the_desk_leads_to_the_case_where_the_signature_is(stage: Stage, proposed: str) -> None:
    desk = read(stage, "tomas", "/desk/")
    assert "decide_reasonable_grounds" not in desk
    assert desk.count("A second person must confirm") == 2, (
        "in the list of what waits and of the newest cases"
    )


def test_a_child_whom_nobody_leads_is_brought_to_child_welfare_first(stage: Stage) -> None:
    now = timezone.now().isoformat()
    case = stage.a_case(at=now)
    steps = next_steps(read(stage, "rosa", f"/cases/{case}/"))
    assert "Share this case with child welfare" in steps and "casefile/appoint_lead_worker" not in steps
    stage.do("casefile.share", "rosa", now, case=case, note="Child Act", **SHARED)
    steps = next_steps(read(stage, "rosa", f"/cases/{case}/"))
    assert "casefile/share/" not in steps and f"/cases/{case}/casefile/appoint_lead_worker/" in steps
    stage.do("casefile.appoint_lead_worker", "rosa", now, case=case, person="mira")
    steps = next_steps(read(stage, "rosa", f"/cases/{case}/"))
    assert "casefile/" not in steps


def test_what_would_be_refused_is_refused_before_it_is_called_right(stage: Stage) -> None:
    case = stage.a_case(at=timezone.now().isoformat())
    rosa, address = client(stage, "rosa"), f"/cases/{case}/casefile/share/"
    answer = rosa.post(address, SHARED)
    page = unescape(answer.content.decode())
    assert answer.status_code == 422 and "SHARE_CONSENT_MISSING" in page and "Check your answers" not in page
    assert 'href="#id_note"' in page, "where the law is named"
    answer = rosa.post(address, SHARED | {"note": "Child Act"})
    assert answer.status_code == 200 and "Check your answers" in answer.content.decode()
    assert (
        "Child Welfare Port Alva" not in read(stage, "rosa", f"/cases/{case}/").split(">Shared with<")[1]
    ), "looked at, not yet sent"


def test_hours_on_the_page_of_an_act_are_the_hours_of_the_country(stage: Stage, proposed: str) -> None:
    page = read(stage, "tomas", f"/cases/{proposed}/identification/confirm/")
    here = timezone.now().astimezone(stage.pack.calendar.zone)
    hours = {f"{here:%H}:", f"{(here.hour - 1) % 24:02}:"}  # the clock may strike meanwhile
    assert any(f"{here.day} {here:%b} {here.year}, {hour}" in page for hour in hours)
    utc = timezone.now()
    assert f"{utc.day} {utc:%b} {utc.year}, {(utc.hour - 1) % 24:02}:" not in page
