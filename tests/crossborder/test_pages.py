"""The pages of other States and of her future, as people reach them."""

import re

import pytest
from django.test import Client

from nrm.casefile.deadline_words import what_to_do
from nrm.contact.models import Report
from nrm.crossborder.lookups import conditions_of
from nrm.kernel.signature import bind
from tests.crossborder.conftest import ALERT, CG, DETERMINED, MESSAGE, SOLUTION, Abroad
from tests.crossborder.test_received import RECEIVE, THEIRS
from tests.identification.conftest import POSITIVE
from tests.stage import A_CHILD, Stage

WARN = "crossborder.raise_alert_abroad"
REFER = "crossborder.send_transnational_referral"


def client_of(stage: Stage, key: str) -> Client:
    client = Client()
    client.force_login(stage.people[key], backend="config.accounts.Backend")
    return client


def page(girl: Abroad, who: str, path: str) -> str:
    answer = client_of(girl.stage, who).get(f"/cases/{girl.case}/{path}")
    assert answer.status_code == 200, answer.status_code
    return re.sub(r"\s+", " ", answer.content.decode())


def test_other_states_show_messages_with_what_binds_the_receiver(girl: Abroad) -> None:
    told = page(girl, "mira", "abroad/")
    assert "Nothing was sent yet" in told and "Brevia" in told and "Corvia" in told
    key = girl.do(
        WARN, "mira", "13T10:00", **ALERT | {"disclose": [{"field": "NAMES", "reason": "Find her."}]}
    )
    told = page(girl, "mira", "abroad/")
    assert "use it for protection only" in told and "not to the family" in told
    assert f"crossborder/acknowledge/?message={key}" in told
    girl.do("crossborder.acknowledge", "mira", "13T10:20", message=key)
    told = page(girl, "mira", "abroad/")
    assert "The other State has the message: 13 March 2026, 10:20" in told
    assert f"crossborder/answer/?message={key}" in told
    one = page(girl, "mira", f"abroad/{key}/")
    assert "bound by these conditions" in one and "Lule" in one and "Find her." in one


@pytest.mark.parametrize("urgency", ["IMMEDIATE", "URGENT", "ROUTINE"])
def test_a_message_that_waits_stands_on_the_desk_and_on_the_case(girl: Abroad, urgency: str) -> None:
    girl.do(REFER, "elin", "13T10:00", **MESSAGE | {"urgency": urgency})
    waits = str(what_to_do("XB_ACK"))
    desk = client_of(girl.stage, "elin").get("/desk/").content.decode()
    assert waits in desk and girl.case in desk
    assert waits in page(girl, "mira", "")


def test_what_another_state_asks_stands_on_the_desk(stage: Stage) -> None:
    stage.do(RECEIVE, "elin", "2026-03-13T10:00", **THEIRS)
    desk = client_of(stage, "elin").get("/desk/")
    assert desk.status_code == 200 and str(what_to_do("XB_ACK")) in desk.content.decode()


def test_who_may_not_see_all_of_a_message_sees_its_conditions_and_no_more(girl: Abroad) -> None:
    key = girl.do(
        WARN, "mira", "13T10:00", **ALERT | {"disclose": [{"field": "NAMES", "reason": "Find her."}]}
    )
    one = page(girl, "elin", f"abroad/{key}/")
    assert "not to the family" in one and "Not shared with you" in one and "Lule" not in one


def test_who_leads_is_led_to_letting_the_panel_in(girl: Abroad) -> None:
    """The panel determines what is best for her: whoever leads cannot, and is not left with a refusal."""
    before = page(girl, "mira", "solution/").split(">Before<")[1].split(">Propose<")[0]
    assert f'href="/cases/{girl.case}/casefile/share/"' in before and "The panel does this." in before
    assert "ROLE_MISSING" not in before


def test_a_solution_rests_on_a_determination_that_its_chair_has_confirmed(girl: Abroad) -> None:
    address = "crossborder/approve_durable_solution/"
    made = girl.determined()
    assert f'<option value="{made}">' in page(girl, "mira", address)
    waits = girl.do("care.determine_best_interests", "nora", "12T11:00", **DETERMINED)
    assert f'<option value="{waits}">' not in page(girl, "mira", address), "nobody has signed it"


def test_a_signature_has_beside_it_what_is_signed(girl: Abroad) -> None:
    girl.presumed()
    girl.decided(CG, "27", POSITIVE)
    made = girl.determined(when="28T10:00")
    waits = girl.do("care.determine_best_interests", "nora", "28T11:00", **DETERMINED)
    told = page(girl, "greta", "care/confirm_determination/")
    assert waits and "What the panel determined" in told and DETERMINED["conclusion"] in told
    girl.do("crossborder.approve_durable_solution", "mira", "29T10:00", **SOLUTION | {"determination": made})
    told = page(girl, "greta", "crossborder/confirm_durable_solution/")
    assert SOLUTION["plan"] in told and DETERMINED["conclusion"] in told


def test_a_message_that_is_not_of_this_case_is_not_there(girl: Abroad, stage: Stage) -> None:
    other = Abroad(stage)
    key = other.do(WARN, "mira", "13T10:00", **ALERT)
    assert client_of(stage, "mira").get(f"/cases/{girl.case}/abroad/{key}/").status_code == 404


@pytest.mark.parametrize("path", ["abroad/", "solution/", "abroad/1/"])
def test_an_outsider_finds_nothing(girl: Abroad, path: str) -> None:
    client = client_of(girl.stage, "omar")
    assert client.get(f"/cases/{girl.case}/{path}").status_code == 404


def test_the_return_has_no_link_and_says_why_all_at_once(girl: Abroad) -> None:
    girl.presumed()
    told = page(girl, "mira", "solution/")
    for code in ("NO_DETERMINATION", "NO_RISK_ASSESSMENT", "IDENTIFICATION_UNFINISHED"):
        assert code in told, code
    assert "Propose that she returns</a>" not in told
    assert "Propose that she stays</a>" in told


def test_the_page_of_a_message_asks_checks_and_sends(girl: Abroad) -> None:
    girl.do("casefile.share", "mira", "02T09:20", agency="alva", grants=["FULL"], purpose="CARE",
            basis="LEGAL_DUTY", note="Child Act")  # fmt: skip
    client = client_of(girl.stage, "elin")
    path = f"/cases/{girl.case}/crossborder/send_transnational_referral/"
    assert client.get(path).status_code == 200
    answers = MESSAGE | {"disclose-0-field": "NAMES", "disclose-0-reason": "To find her."}
    checked = client.post(path, answers)
    assert checked.status_code == 200 and "Focal point of Brevia" in checked.content.decode()
    assert client.post(path, answers | {"sure": "1"}).status_code == 302
    assert "Focal point" in page(girl, "elin", "abroad/") or "transnational referral" in page(
        girl, "elin", "abroad/"
    )


def test_the_focal_point_answers_a_message_from_abroad_on_a_page(stage: Stage) -> None:
    message = str(stage.do(RECEIVE, "elin", "2026-03-13T10:00", **THEIRS).key)
    client = client_of(stage, "elin")
    form = client.get("/acts/crossborder/acknowledge/")
    assert form.status_code == 200 and f'value="{message}"' in form.content.decode()
    assert client.post("/acts/crossborder/acknowledge/", {"message": message}).status_code == 302
    said = client.post(
        "/api/acts/crossborder/answer",
        {"message": message, "accepted": "YES", "text": "She is with us."},
        content_type="application/json",
    )
    assert said.status_code == 201, said.content


def test_what_binds_us_stands_on_every_page_of_the_case_that_came_of_it(stage: Stage) -> None:
    stage.do(RECEIVE, "elin", "2026-03-13T10:00", **THEIRS)
    bind(stage.mira, now=stage.moment("2026-03-13T10:00"))
    report = Report.objects.get().pk
    opened = A_CHILD | {"first_contact_at": "2026-03-13T10:00", "report": str(report)}
    case = stage.do("contact.open_case", "mira", "2026-03-13T10:00", **opened).reference
    mira = client_of(stage, "mira")
    for path in ("", "abroad/", "solution/"):
        told = mira.get(f"/cases/{case}/{path}").content.decode()
        assert "not to the family" in told and "2026-12-31" in told, path
    bind(stage.omar, now=stage.moment("2026-03-13T11:00"))
    assert conditions_of([report]) == []
    bind(stage.mira, now=stage.moment("2026-03-13T11:00"))
    assert conditions_of([report]) == ["not to the family", "delete it by a given day: 2026-12-31"]
