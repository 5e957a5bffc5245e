"""A girl alone in a foreign country, presumed a victim: where work with other States begins."""

from typing import Any

import pytest

from tests.care.test_determining import DETERMINED
from tests.care.test_safety import ASSESSED
from tests.identification.conftest import NEGATIVE, POSITIVE, TOLD, Path
from tests.stage import VIEWS, Stage

RG, CG = "decide_reasonable_grounds", "decide_conclusive_grounds"
MESSAGE: dict[str, Any] = {
    "to": "XBR", "to_office": "Focal point of Brevia", "kind": "REFERRAL", "urgency": "URGENT",
    "danger": ["TRAFFICKER_NEAR"], "ask_for": ["FIND_AND_PROTECT"], "handling": ["PROTECTION_ONLY", "NOT_TO_FAMILY"],
    "basis": "VITAL_INTEREST", "text": "She may be brought to a town near the border.", **VIEWS,
}  # fmt: skip
ALERT = MESSAGE | {"kind": "ALERT", "urgency": "IMMEDIATE"}
TRACING: dict[str, Any] = {
    "for_whom": "Her mother", "countries": ["XCO"], "channel": "RED_CROSS", "asylum_pending": "NO", **VIEWS,
}  # fmt: skip
RISK: dict[str, Any] = {
    "country": "XCO", "sources": ["NGO_THERE", "COUNTRY_REPORT"], "traffickers_there": "NO", "family": "NONE",
    "state_protection": "A child protection office works there.", "care_there": "A small home takes her.",
    "school_there": "In the same street.", "health_there": "A clinic nearby.", "debt_or_stigma": "None known.",
    "re_trafficking": "LOW", "conclusion": "RETURN_SAFE", "written_by": "mira", **VIEWS,
}  # fmt: skip
SOLUTION: dict[str, Any] = {
    "type": "INTEGRATION_FOSTER", "plan": "She stays in the foster family and goes to school.",
    "guardian_agrees": "YES", "best_interests": "She has a home and people whom she trusts.", **VIEWS,
}  # fmt: skip
RETURN = SOLUTION | {
    "type": "CARE_IN_ORIGIN", "plan": "A home in the capital takes her.",
    "receiving_care": "The director of the home; a bed in room 4",
}  # fmt: skip
PANEL = {"grants": ["FULL", "IDENTITY"], "purpose": "DECISION"}


class Abroad(Path):
    """One case and the acts that move it; led by Mira, guarded by Jonas, known to the focal point."""

    def __init__(self, stage: Stage, **contact: Any) -> None:
        super().__init__(stage, **contact)
        self.do("casefile.appoint_lead_worker", "mira", "02T09:10", person="mira")
        self.share("focal", "mira", grants=["SUMMARY"], purpose="SAFETY")

    def guarded(self) -> "Abroad":
        self.do("care.appoint_guardian", "mira", "02T09:30", guardian="jonas", **{"from": "2026-03-02"})
        return self

    def assessed(self, tracing: str = "", when: str = "02T12:00", **other: Any) -> str:
        answers = ASSESSED | ({"question": "TRACING", "tracing": tracing} if tracing else {}) | other
        return self.do("care.assess_best_interests", "mira", when, **answers)

    def determined(self, question: str = "DURABLE_SOLUTION", when: str = "12T10:00") -> str:
        """A determination that its chair has confirmed."""
        for agency in ("panel", "hospital", "school"):
            self.share(agency, "mira", **PANEL)
        self.assessed()
        made = self.do("care.determine_best_interests", "nora", when, **DETERMINED | {"question": question})
        self.do("care.confirm_determination", "greta", when, proposal=made)
        return made

    def presumed(self) -> "Abroad":
        self.received()
        self.decided(RG, "10", POSITIVE)
        return self

    def turned_down(self) -> "Abroad":
        self.received()
        self.decided(RG, "10", NEGATIVE)
        self.do("identification.notify_decision", "mira", "11T10:00", **TOLD)
        return self


@pytest.fixture
def girl(stage: Stage) -> Abroad:
    return Abroad(stage, age_from="14", age_to="17").guarded()


@pytest.fixture
def boy_with_parents(stage: Stage) -> Abroad:
    return Abroad(stage, accompaniment="WITH_PARENT", parents="REACHABLE_SAFE", age_from="12", age_to="14")
