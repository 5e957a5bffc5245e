"""The screening as a first responder fills it in: every sign is asked, yes, no or not known."""

import re

from django.test import Client

from nrm.screening.indicators import Indicator
from tests.stage import Stage


def test_rosa_ticks_signs_on_the_page_and_the_case_says_screened(stage: Stage) -> None:
    reference = stage.a_case(by="rosa")
    rosa = Client()
    rosa.force_login(stage.people["rosa"], backend="config.accounts.Backend")
    address = f"/cases/{reference}/screening/record/"
    page = rosa.get(address).content.decode()
    assert page.count('value="C01"') == 1 and page.count("answers-") >= 4 * len(Indicator)
    place = list(Indicator).index(Indicator.C01)
    form = {f"answers-{n}-q": code for n, code in enumerate(Indicator.codes())}
    form |= {
        f"answers-{place}-a": "YES",
        "acts": ["HARBOURING"],
        "purposes": ["BEGGING"],
        "still_controlled": "YES",
        "others_at_risk": "NOT_KNOWN",
        "risk": "MEDIUM",
        "childs_views": "I want to sleep somewhere without him.",
        "heard_how": "SPOKE",
    }
    sent = rosa.post(address, form)
    assert sent.status_code == 302, "".join(re.findall(r"<h2.*?<h1", sent.content.decode(), re.S))
    assert "screened" in rosa.get(sent.headers["Location"]).content.decode().lower()
