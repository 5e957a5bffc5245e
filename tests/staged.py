"""Cases in the states that pages are looked at in, reached by acts and dated from now: for walks, browsers, pictures.

Every word that could betray a child is a marker, so that a test can look for it anywhere.
"""

from datetime import datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.utils import timezone

from nrm.casefile import story
from nrm.casefile.act import ACTS
from nrm.casefile.sight import sight_of
from nrm.kernel.signature import bind
from tests.casefile import corpus
from tests.serving import Staged
from tests.stage import VIEWS, Stage

ALL = ["FULL", "IDENTITY", "LOCATION"]
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
POSITIVE = {
    "outcome": "POSITIVE", "acts": ["HARBOURING"], "purposes": ["BEGGING"], "reason_codes": ["ACT_SHOWN"],
    "reasons": "He takes what she begs.", "evidence_read": ["SCREENING"], "guardian_heard": "YES",
    "best_interests": "It opens the recovery period.", **VIEWS,
}  # fmt: skip
PLAN: dict[str, Any] = {
    "dangers": [{"danger": "TRAFFICKER_NEAR", "who": "The man at the station", "likelihood": "HIGH"}],
    "measures": ["SAFE_WORD"], "if_missing": "Call the police and the lead worker at once.", **VIEWS,
}  # fmt: skip
PLACE: dict[str, Any] = {
    "type": "CHILD_SHELTER", "provider": "lantern", "bed": "lantern_1",
    "address": "Room 1, Mill Lane 4, telephone +999 555 0171",
    "best_interests": "She is away from the man.", **VIEWS,
}  # fmt: skip

OFFER = {
    "what": "Someone to talk to, twice a week.", "region": "Port Alva", "capacity": "12", "children_only": "YES",
    "goes_on": "YES",
}  # fmt: skip
AGREED = {"service": "ALL", "given": "YES", "by": "CHILD", "how": "SPOKEN", "shares": ["SUMMARY"]}
ASKED = {"provider": "lantern", "need": "Someone who explains to her what happens.", "urgency": "ROUTINE"}
MESSAGE: dict[str, Any] = {
    "to": "XBR", "to_office": "Focal point of Brevia", "kind": "ALERT", "urgency": "IMMEDIATE",
    "danger": ["TRAFFICKER_NEAR"], "ask_for": ["FIND_AND_PROTECT"], "handling": ["PROTECTION_ONLY", "NOT_TO_FAMILY"],
    "basis": "VITAL_INTEREST", "text": "She may be brought to a town near the border.",
    "disclose": [{"field": "NAMES", "reason": "To find her."}], **VIEWS,
}  # fmt: skip
DUPLICATE = {
    "reason": "DUPLICATE", "summary": "She has another case; everything goes on there.", "contact_later": "YES",
    "best_interests": "One case is enough for one child.", **VIEWS,
}  # fmt: skip

PAPER = {"kind": "REPORT", "title": "From her school", "handling": "SENSITIVE", "declared_clean": "YES"}

MARKERS = {
    "given_name": "Zzgivenmark", "family_name": "Zzfamilymark", "also_called": "Zzalsomark",
    "accompanied_by": "Zzmanmark", "missing_from": "Zzplacemark house",
}  # fmt: skip
STORY_MARKER = "Zzstorymark"
MARKED = (*(value.split()[0] for value in MARKERS.values()), STORY_MARKER)


def a_paper() -> SimpleUploadedFile:
    return SimpleUploadedFile("school.pdf", corpus.pdf(), content_type="application/pdf")


class Staging:
    """Sets the stage; `at(hours)` is that many hours ago."""

    def __init__(self, stage: Stage, now: datetime | None = None) -> None:
        self.stage, self.now, self.made = stage, now or timezone.now(), Staged()

    def at(self, hours: float) -> str:
        return (self.now - timedelta(hours=hours)).isoformat()

    def day(self, hours: float) -> str:
        return str(self.stage.pack.calendar.local_date(self.now - timedelta(hours=hours)))

    def do(self, name: str, by: str, ago: float, case: str = "", /, **answers: Any) -> str:
        return str(self.stage.do(name, by, self.at(ago), case=case, **answers).key)

    def opened(self, by: str, ago: float, **other: Any) -> str:
        given = {"age_from": "14", "age_to": "16", "estimated_by": [by], **other}
        return self.stage.a_case(by, self.at(ago), **given)

    def shared(self, case: str, agency: str, by: str, ago: float) -> None:
        answers = {"grants": ALL, "purpose": "CARE", "basis": "LEGAL_DUTY", "note": "Child Act"}
        self.do("casefile.share", by, ago, case, agency=agency, **answers)

    def referred(self, ago: float, **other: Any) -> tuple[str, str]:
        case = self.opened("rosa", ago, **other)
        self.shared(case, "alva", "rosa", ago - 0.2)
        self.do("screening.record", "rosa", ago - 1, case, **SIGNS)
        return case, self.do("referral.send", "rosa", ago - 2, case, **REFERRAL)

    def guarded(self, case: str, ago: float) -> None:
        self.shared(case, "guardians", "mira", ago)
        self.do("casefile.appoint_lead_worker", "mira", ago, case, person="mira")
        self.do(
            "care.appoint_guardian",
            "mira",
            ago - 1,
            case,
            guardian="petra",
            **{"from": self.day(ago)},
            **VIEWS,
        )
        self.do("care.record_safety_plan", "mira", ago - 1.5, case, **PLAN)

    def received(self, ago: float, **other: Any) -> str:
        case, referral = self.referred(ago, **other)
        self.do("referral.receive", "ida", ago - 3, case, referral=referral, case_officer="ida")
        self.guarded(case, ago - 4)
        return case

    def served(self) -> str:
        """A girl who agreed, with a request in each state; two agencies say what they offer."""
        case = self.opened("mira", 30, given_name="Alma")
        self.do("casefile.appoint_lead_worker", "mira", 29, case, person="mira")
        for by, service, languages in (
            ("dora", "PSYCHOSOCIAL", ["por", "ara"]),
            ("dora", "EDUCATION", ["eng"]),
        ):
            self.do("services.offer", by, 28, service=service, languages=languages, **OFFER)
        self.do("services.record_consent", "mira", 27, case, **AGREED)
        asked = [
            self.do("services.request", "mira", 26, case, service=service, **ASKED)
            for service in (
                "COUNSELLING_AND_LEGAL_INFORMATION",
                "TRANSLATION",
                "HELP_IN_PROCEEDINGS",
                "HEALTH",
            )
        ]
        for key in asked[1:]:
            self.do("services.accept", "dora", 25, case, request=key)
        self.do("services.deliver", "dora", 24, case, request=asked[2], **{"from": self.day(24)})
        self.do("services.record_childs_refusal", "mira", 23, case, request=asked[1], **VIEWS)
        return case

    def told_abroad(self) -> tuple[str, str]:
        """A girl whose danger another State was told of, with one thing beside the minimum; and the message."""
        case = self.opened("mira", 18, given_name="Dea")
        self.shared(case, "focal", "mira", 17)
        self.do("casefile.appoint_lead_worker", "mira", 17, case, person="mira")
        return case, self.do("crossborder.send_transnational_referral", "elin", 16, case, **MESSAGE)

    def proposed_to_close(self, **other: Any) -> str:
        """Everything goes on in another case; the second person has not signed."""
        case = self.opened("rosa", 12, **other)
        self.shared(case, "alva", "rosa", 11)
        self.do("casefile.appoint_lead_worker", "mira", 10, case, person="mira")
        self.proposal = self.do("closure.propose", "mira", 8, case, **DUPLICATE)
        return case

    def set(self) -> Staged:
        """Every state that the screens name."""
        cases, keys = self.made.cases, self.made.keys
        cases["new"] = self.opened("rosa", 2, given_name="Amal", also_called="أمل")
        cases["waiting"], keys["referral"] = self.referred(20, given_name="Noor")
        cases["received"] = self.received(50, given_name="Mina")
        cases["proposed"] = self.received(60, given_name="Sofi")
        keys["proposal"] = self.do(
            "identification.decide_reasonable_grounds", "ida", 30, cases["proposed"], **POSITIVE
        )
        cases["decided"] = self.received(70, given_name="Lule", family_name="Kola")
        proposal = self.do(
            "identification.decide_reasonable_grounds", "ida", 40, cases["decided"], **POSITIVE
        )
        self.do("identification.confirm", "tomas", 30, cases["decided"], proposal=proposal)
        self.do("care.place", "mira", 28, cases["decided"], **PLACE | {"from": self.day(28)})
        told = {"told_child_on": self.day(27), "certificate_to": ["GUARDIAN"]}
        self.do("care.start_reflection_period", "mira", 27, cases["decided"], **told)
        cases["served"] = self.served()
        cases["closing"], cases["closed"] = self.proposed_to_close(), self.proposed_to_close(given_name="Ina")
        self.do("closure.close", "yara", 4, cases["closed"], proposal=self.proposal)
        cases["abroad"], keys["message"] = self.told_abroad()
        self.do("casefile.attach_document", "mira", 3, cases["decided"], **PAPER, file=a_paper())
        cases["secret"] = self.opened("lea", 26, **MARKERS)
        told = SIGNS | {
            "in_her_words": f"{STORY_MARKER} she said.",
            "childs_views": f"{STORY_MARKER} she wants.",
        }
        self.do("screening.record", "lea", 25, cases["secret"], **told)
        self.do(
            "contact.submit_public_report", "public", 9, what="A girl sells roses every night.",
            danger_now="NOT_KNOWN", child_is_me="NOT_KNOWN", may_we_contact="NO",
        )  # fmt: skip
        return self.made

    def who_may(self, *people: str) -> None:
        """Somebody and a case for every act: where its form is open if that is anywhere, else where it is refused."""
        found: dict[str, tuple[int, str, str]] = {}
        for who in people:
            for label, reference in self.made.cases.items():
                doing = self.stage.doing(who, self.now.isoformat())
                bind(doing.actor, now=doing.now)
                facts = story.read(reference, now=doing.now, pack=doing.pack)
                if facts is None or not sight_of(doing.actor, facts):
                    continue
                for name, act in ACTS.items():
                    refused = bool(act.who.refusals(doing.actor, facts, None)) + bool(
                        act.why_not(doing.actor, facts)
                    )
                    found[name] = min(found.get(name, (9, "", "")), (refused, who, label))
        self.made.acts = {name: (who, label) for name, (_refused, who, label) in found.items()}

    def for_journeys(self, *drivers: str) -> None:
        """For each driver a case to refer, one to decide and one to help in: a journey changes them."""
        for driver in drivers:
            self.made.cases[f"to-refer-{driver}"] = case = self.opened("rosa", 8, given_name="Talia")
            self.do("screening.record", "rosa", 7, case, **SIGNS)
            self.made.cases[f"to-screen-{driver}"] = self.opened("rosa", 6, given_name="Irena")
            self.made.cases[f"to-decide-{driver}"], _key = self.referred(26, given_name="Edona")
            self.guarded(self.made.cases[f"to-decide-{driver}"], 20)
            self.made.cases[f"to-guard-{driver}"] = self.opened("mira", 100, given_name="Arta")
            self.made.cases[f"to-assess-{driver}"] = self.opened("mira", 3, given_name="Besa")
            self.made.cases[f"to-help-{driver}"] = case = self.opened("mira", 8, given_name="Lina")
            self.do("services.record_consent", "mira", 7, case, **AGREED)

    def signed_in(self, *people: str) -> Staged:
        """Sessions of these people, for browsers; and who of them may do what."""
        with transaction.atomic():
            self.who_may(*people)
        for key in people:
            client = Client()
            client.force_login(self.stage.people[key], backend="config.accounts.Backend")
            self.made.sessions[key] = client.cookies["session"].value
        return self.made
