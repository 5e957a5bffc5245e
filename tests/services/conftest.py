"""A girl whom Mira looks after and Dora of Lantern House can help."""

from collections.abc import Callable
from typing import Any

import pytest

from nrm.casefile import doing
from nrm.casefile.act import ACTS
from nrm.casefile.doing import Done
from nrm.kernel.refusals import Refused
from tests.stage import MONDAY, VIEWS, Stage

YES: dict[str, Any] = {
    "service": "ALL", "given": "YES", "by": "CHILD", "how": "SPOKEN", "shares": ["SUMMARY"],
}  # fmt: skip
WANTED: dict[str, Any] = {
    "service": "PSYCHOSOCIAL", "provider": "lantern", "need": "Someone to talk to.", "urgency": "ROUTINE",
}  # fmt: skip
HEARD = VIEWS

Asked = Callable[..., str]


def do(stage: Stage, name: str, who: str, now: str = MONDAY, /, *, case: str, **answers: Any) -> Done:
    """Do an act that asks `by` or `at` itself. Refused is raised as in life."""
    return doing.do(ACTS[name], stage.doing(who, now), answers, reference=case)


def refused(
    stage: Stage, name: str, who: str, now: str = MONDAY, /, *, case: str, **answers: Any
) -> list[str]:
    """The codes with which it is refused; [] if it was done."""
    try:
        do(stage, name, who, now, case=case, **answers)
    except Refused as no:
        return sorted(no.codes)
    return []


@pytest.fixture
def case(stage: Stage) -> str:
    """Opened and led by Mira."""
    reference = stage.a_case(by="mira")
    stage.do("casefile.appoint_lead_worker", "mira", case=reference, person="mira")
    return reference


@pytest.fixture
def agreed(stage: Stage, case: str) -> str:
    """She agrees to all services and to tell the summary."""
    do(stage, "services.record_consent", "mira", case=case, **YES)
    return case


@pytest.fixture
def asked(stage: Stage, agreed: str) -> Asked:
    """Ask Lantern House for a service; the key of the request."""

    def ask(at: str = MONDAY, **other: Any) -> str:
        return str(stage.do("services.request", "mira", at, case=agreed, **WANTED | other).key)

    return ask
