"""A girl of about fifteen, screened, referred and received: where decisions begin."""

from collections.abc import Iterator
from typing import Any

import pytest

from nrm.casefile import questions
from nrm.casefile.act import ACTS
from nrm.casefile.doing import do
from nrm.casefile.timing import timed
from nrm.kernel.refusals import Refused
from tests.stage import VIEWS, Stage

SIGNS = {
    "answers": [{"q": "C07", "a": "YES", "basis": "SAID_BY_CHILD", "note": "She must bring forty a day."}],
    "acts": ["TRANSPORTATION", "HARBOURING"], "purposes": ["BEGGING"], "still_controlled": "YES",
    "others_at_risk": "NOT_KNOWN", "risk": "MEDIUM", "in_her_words": "I stand at the station all day.", **VIEWS,
}  # fmt: skip
REFERRAL = {
    "to": "office", "grounds": "She begs for a man who is not her family.", "urgency": "URGENT",
    "evidence": ["SCREENING"], "reported_to_police": "NO", "child_protection_told": "YES",
    "child_protection_told_name": "Mira Sole", "safe_contact": "VIA_WORKER", **VIEWS,
}  # fmt: skip
ALL = ["FULL", "IDENTITY", "LOCATION"]
POSITIVE = {
    "outcome": "POSITIVE", "acts": ["HARBOURING"], "purposes": ["BEGGING"], "reason_codes": ["ACT_SHOWN"],
    "reasons": "He takes what she begs.", "evidence_read": ["SCREENING"], "guardian_heard": "YES",
    "best_interests": "It opens the recovery period.", **VIEWS,
}  # fmt: skip
NEGATIVE = POSITIVE | {
    "outcome": "NEGATIVE", "acts": [], "purposes": [], "reason_codes": ["INSUFFICIENT_INFORMATION"],
    "reasons": "We could not learn who gains.",
}  # fmt: skip
TOLD = {
    "to": ["CHILD", "GUARDIAN"], "form": "SPOKEN", "lang": "por", "understood": "SAID_IT_BACK",
    "explained_review": "YES",
}  # fmt: skip


class Path:
    """One case and the acts that move it; times are of March 2026 ("10T11:00")."""

    def __init__(self, stage: Stage, **contact: Any) -> None:
        self.stage = stage
        self.case = stage.a_case(by="rosa", at="2026-03-02T09:00", **contact)
        self.share("alva", "rosa")

    def share(self, agency: str, by: str, **other: Any) -> None:
        answers = {
            "agency": agency,
            "grants": ALL,
            "purpose": "CARE",
            "basis": "LEGAL_DUTY",
            "note": "Child Act",
        }
        self.do("casefile.share", by, "02T09:05", **(answers | other))

    def do(self, name: str, who: str, when: str, /, **answers: Any) -> str:
        """Do an act; the key of what it wrote."""
        doing = self.stage.doing(who, self.when(when))
        return str(do(ACTS[name], doing, answers, reference=self.case).key)

    def refused(self, name: str, who: str, when: str, /, **answers: Any) -> list[str]:
        """The codes with which an act is refused; [] if it was done."""
        try:
            self.do(name, who, when, **answers)
        except Refused as refused:
            return sorted(refused.codes)
        return []

    def when(self, at: str) -> str:
        return at if len(at) > len("02T10:00") else f"2026-03-{at}"

    def facts(self, at: str, by: str = "mira") -> Any:
        return self.stage.facts(self.case, by=by, at=self.when(at))

    def referred(self) -> "Path":
        self.do("screening.record", "rosa", "02T10:00", **SIGNS)
        self.referral = self.do("referral.send", "rosa", "02T11:00", **REFERRAL)
        return self

    def received(self) -> "Path":
        self.referred()
        self.do("referral.receive", "ida", "03T10:00", referral=self.referral, case_officer="ida")
        return self

    def decided(
        self, kind: str, at: str, answers: dict[str, Any], by: str = "ida", then: str = "tomas"
    ) -> str:
        """Proposed at 11:00 of a day, confirmed at 15:00; the key of the confirmation."""
        proposal = self.do(f"identification.{kind}", by, f"{at}T11:00", **answers)
        return self.do("identification.confirm", then, f"{at}T15:00", proposal=proposal)

    def deadlines(self, code: str, at: str) -> list[tuple[str, str]]:
        """Due day and state of every run of one clock."""
        facts = self.facts(at)
        runs = sorted((one for one in timed(facts) if one.code == code), key=lambda one: one.start)
        return [(str(one.due.day if one.due else None), one.state(facts.now)) for one in runs]


@pytest.fixture(autouse=True)
def guarded(monkeypatch: pytest.MonkeyPatch) -> None:
    """She needs no guardian, whatever a later room would say."""
    monkeypatch.setattr(questions.guardian_is_needed, "_answer", lambda facts, on: False)


@pytest.fixture
def unguarded(guarded: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """She needs a guardian and has none."""
    monkeypatch.setattr(questions.guardian_is_needed, "_answer", lambda facts, on: True)
    monkeypatch.setattr(questions.guardian, "_answer", lambda facts, on: None)


@pytest.fixture
def opened(stage: Stage) -> Path:
    return Path(stage, age_from="14", age_to="17")


@pytest.fixture
def received(stage: Stage) -> Iterator[Path]:
    yield Path(stage, age_from="14", age_to="17").received()
