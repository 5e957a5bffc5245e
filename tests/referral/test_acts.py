"""Referral, act by act: sent by a first responder, received by the authority, never resting on the child."""

from datetime import date, datetime

import pytest

from nrm.agencies.models import Agency, Training
from nrm.casefile import questions
from nrm.casefile.facts import Facts
from nrm.casefile.models import Party
from nrm.casefile.rules import Presumed
from nrm.casefile.timing import Timed, timed
from nrm.messages.models import Knock
from nrm.referral import queries
from tests.screening.test_acts import LULE, NOTHING_CLEAR
from tests.stage import VIEWS, Stage

TEN, ELEVEN, NEXT_DAY = "2026-03-02T10:00", "2026-03-02T11:00", "2026-03-03T10:00"

TO_THE_OFFICE = {
    "to": "office", "grounds": "She begs for a man who is not her family.", "urgency": "URGENT",
    "evidence": ["SCREENING", "CHILDS_ACCOUNT"], "reported_to_police": "NO", "child_protection_told": "YES",
    "child_protection_told_name": "Mira Sole", "safe_contact": "VIA_WORKER", **VIEWS,
}  # fmt: skip
GROWN_UP = {
    "track": "ADULT_SURVIVOR", "birth_date": "2003-05-09", "birth_date_basis": "DOCUMENT_VERIFIED",
    "accompaniment": "ALONE",
}  # fmt: skip

BY_LAW = {"basis": "LEGAL_DUTY", "note": "Child Protection Act"}


@pytest.fixture
def case(stage: Stage) -> str:
    """Lule, screened by Rosa on Monday at ten; not yet referred."""
    reference = stage.a_case(by="rosa")
    stage.do("screening.record", "rosa", TEN, case=reference, **LULE)
    return reference


@pytest.fixture
def sent(stage: Stage, case: str) -> str:
    """Key of Rosa's referral of Lule, Monday at eleven."""
    return str(stage.do("referral.send", "rosa", ELEVEN, case=case, **TO_THE_OFFICE).key)


@pytest.fixture
def received(stage: Stage, case: str, sent: str) -> str:
    """Key of the same referral, received by Ida on Tuesday."""
    stage.do("referral.receive", "ida", NEXT_DAY, case=case, referral=sent, case_officer="ida")
    return sent


@pytest.fixture
def east(stage: Stage) -> Agency:
    """A second authority: for this test the age team decides for children too."""
    agency = Agency.objects.get(key="ageteam")
    agency.mandates, agency.decides_for = [*agency.mandates, "COMPETENT_AUTHORITY"], ["CHILD"]
    agency.save()
    bea = stage.people["bea"]
    bea.roles = ["CA"]
    bea.save()
    stage.__dict__.pop("people")
    return agency


def deadlines(facts: Facts, code: str) -> list[Timed]:
    return [one for one in timed(facts) if one.code == code]


def due_and_state(stage: Stage, case: str, code: str, *, by: str, at: str) -> tuple[date | datetime, str]:
    facts = stage.facts(case, by=by, at=at)
    (one,) = deadlines(facts, code)
    assert one.due is not None
    return one.due.day or one.due.instant, one.state(facts.now)


class TestSending:
    def test_the_authority_sees_the_account_and_the_name_and_not_where_she_sleeps(
        self, stage: Stage, case: str, sent: str
    ) -> None:
        shares = [
            s for s in stage.facts(case, by="ida", at=ELEVEN).of(Party) if s.agency_id == stage.office.pk
        ]
        assert [(s.grants, s.purpose, s.basis) for s in shares] == [
            (["FULL", "IDENTITY"], "DECISION", "LEGAL_DUTY")
        ]
        assert shares[0].note

    def test_her_first_responder_keeps_the_summary(self, stage: Stage, case: str, sent: str) -> None:
        assert questions.sent_since_reopening(stage.facts(case, at=ELEVEN)) == stage.moment(ELEVEN)

    @pytest.mark.parametrize(("urgency", "sentence"), [("URGENT", "U"), ("IMMEDIATE", "U"), ("ROUTINE", "W")])
    def test_the_authority_is_knocked(self, stage: Stage, case: str, urgency: str, sentence: str) -> None:
        stage.do("referral.send", "rosa", ELEVEN, case=case, **TO_THE_OFFICE | {"urgency": urgency})
        assert Knock.objects.get(to_agency=stage.office).sentence == sentence

    def test_to_refer_is_the_next_step_whatever_was_decided_before(self, stage: Stage, case: str) -> None:
        more = {"outcome": "GATHER_MORE", "reason": "Her sister may know him."}
        stage.do("screening.decide_next_step", "rosa", TEN, case=case, **more)
        assert queries.counting_step(stage.facts(case, at=TEN)) == ""
        stage.do("referral.send", "rosa", ELEVEN, case=case, **TO_THE_OFFICE)
        assert queries.counting_step(stage.facts(case, at=ELEVEN)) == "REFER"

    def test_without_screening_there_are_no_grounds(self, stage: Stage) -> None:
        case = stage.a_case(by="rosa")
        assert stage.refused("referral.send", "rosa", TEN, case=case, **TO_THE_OFFICE) == [
            "REFERRAL_WITHOUT_GROUNDS"
        ]

    def test_nor_with_one_that_saw_nothing(self, stage: Stage) -> None:
        case = stage.a_case(by="rosa")
        stage.do("screening.record", "rosa", TEN, case=case, **NOTHING_CLEAR)
        assert stage.refused("referral.send", "rosa", TEN, case=case, **TO_THE_OFFICE) == [
            "REFERRAL_WITHOUT_GROUNDS"
        ]

    def test_one_waits_at_a_time(self, stage: Stage, case: str, sent: str) -> None:
        assert stage.refused("referral.send", "rosa", ELEVEN, case=case, **TO_THE_OFFICE) == [
            "REFERRAL_ALREADY_WAITING"
        ]

    def test_only_first_responders_refer(self, stage: Stage, case: str) -> None:
        Agency.objects.filter(key="harbour").update(mandates=["NGO"])
        stage.__dict__.pop("people")
        assert stage.refused("referral.send", "rosa", ELEVEN, case=case, **TO_THE_OFFICE) == [
            "NOT_A_FIRST_RESPONDER"
        ]

    def test_an_ordinary_training_is_enough(self, stage: Stage, case: str) -> None:
        Training.objects.filter(person=stage.people["rosa"], module="CHILD_INTERVIEW").delete()
        stage.__dict__.pop("people")
        assert stage.refused("referral.send", "rosa", ELEVEN, case=case, **TO_THE_OFFICE) == []

    @pytest.mark.parametrize("to", ["police", "guardians"])
    def test_only_an_authority_can_be_referred_to(self, stage: Stage, case: str, to: str) -> None:
        elsewhere = TO_THE_OFFICE | {"to": to}
        assert stage.refused("referral.send", "rosa", ELEVEN, case=case, **elsewhere) == [
            "NO_CHILD_AUTHORITY"
        ]

    def test_an_authority_for_adults_does_not_decide_on_a_child(self, stage: Stage, case: str) -> None:
        Agency.objects.filter(key="office").update(decides_for=["ADULT"])
        assert stage.refused("referral.send", "rosa", ELEVEN, case=case, **TO_THE_OFFICE) == [
            "NO_CHILD_AUTHORITY"
        ]

    def test_immigration_enforcement_never_gets_a_child(self, stage: Stage, case: str) -> None:
        elsewhere = TO_THE_OFFICE | {"to": "returns"}
        assert stage.refused("referral.send", "rosa", ELEVEN, case=case, **elsewhere) == ["FIREWALL"]

    def test_an_adult_is_asked_first(self, stage: Stage) -> None:
        case = stage.a_case(by="rosa", **GROWN_UP)
        stage.do("screening.record", "rosa", TEN, case=case, **LULE)
        assert stage.refused("referral.send", "rosa", ELEVEN, case=case, **TO_THE_OFFICE) == [
            "ADULT_CONSENT_MISSING"
        ]
        agreed = {"to": "REFERRAL", "given": "YES", "how": "SPOKEN"}
        stage.do("contact.record_adult_consent", "rosa", ELEVEN, case=case, **agreed)
        assert stage.refused("referral.send", "rosa", ELEVEN, case=case, **TO_THE_OFFICE) == []


class TestReceiving:
    def test_it_has_a_case_officer_and_the_sender_knows(self, stage: Stage, case: str, received: str) -> None:
        facts = stage.facts(case, by="ida", at=NEXT_DAY)
        assert queries.case_officer(facts) == stage.people["ida"].pk
        assert queries.first_received_at(facts) == stage.moment(NEXT_DAY)
        assert Knock.objects.filter(to_person=stage.people["rosa"], sentence="W").exists()

    def test_it_is_received_once(self, stage: Stage, case: str, received: str) -> None:
        again = {"referral": received, "case_officer": "tomas"}
        assert stage.refused("referral.receive", "ida", NEXT_DAY, case=case, **again) == ["ALREADY_RECEIVED"]

    def test_the_case_officer_is_a_colleague(self, stage: Stage, case: str, sent: str) -> None:
        stranger = {"referral": sent, "case_officer": "rosa"}
        assert stage.refused("referral.receive", "ida", NEXT_DAY, case=case, **stranger) == ["ANSWER_NEEDED"]

    def test_the_sender_does_not_receive(self, stage: Stage, case: str, sent: str) -> None:
        assert stage.refused("referral.receive", "rosa", NEXT_DAY, case=case, referral=sent) == [
            "ROLE_MISSING"
        ]

    def test_an_authority_it_was_not_sent_to_does_not_receive(
        self, stage: Stage, case: str, sent: str, east: Agency
    ) -> None:
        share = {"agency": "ageteam", "grants": ["FULL"], "purpose": "DECISION", **BY_LAW}
        stage.do("casefile.share", "ida", ELEVEN, case=case, **share)
        theirs = {"referral": sent, "case_officer": "bea"}
        assert stage.refused("referral.receive", "bea", NEXT_DAY, case=case, **theirs) == ["MANDATE_MISSING"]


class TestAskingAndAdding:
    QUESTION = {"questions": "Who is the man?", "ask_child": "NO"}
    NEWS = {"text": "The man is known to the police.", "source": "DOCUMENT"}

    def test_first_it_is_received(self, stage: Stage, case: str, sent: str) -> None:
        assert stage.refused(
            "referral.return_for_information", "ida", NEXT_DAY, case=case, **self.QUESTION
        ) == ["NOT_RECEIVED_YET"]

    def test_she_is_not_asked_again_without_a_reason(self, stage: Stage, case: str, received: str) -> None:
        again = self.QUESTION | {"ask_child": "YES_WITH_REASON"}
        assert stage.refused("referral.return_for_information", "ida", NEXT_DAY, case=case, **again) == [
            "CHILD_ASKED_AGAIN"
        ]
        because = again | {"ask_child_text": "Only she has seen him."}
        assert stage.refused("referral.return_for_information", "ida", NEXT_DAY, case=case, **because) == []

    def test_any_agency_that_holds_the_full_case_may_answer(
        self, stage: Stage, case: str, received: str
    ) -> None:
        stage.do("referral.return_for_information", "ida", NEXT_DAY, case=case, **self.QUESTION)
        assert queries.question_open(stage.facts(case, by="ida", at=NEXT_DAY))
        stage.do("referral.add_information", "rosa", "2026-03-04T10:00", case=case, **self.NEWS)
        assert not queries.question_open(stage.facts(case, by="ida", at="2026-03-04T10:00"))
        assert Knock.objects.filter(to_person=stage.people["ida"], sentence="W").exists()

    def test_an_agency_with_a_summary_may_not(self, stage: Stage) -> None:
        case = stage.a_case(by="mira")
        share = {"agency": "lantern", "grants": ["SUMMARY"], "purpose": "SERVICE", **BY_LAW}
        stage.do("casefile.share", "mira", TEN, case=case, **share)
        assert stage.refused("referral.add_information", "dora", TEN, case=case, **self.NEWS) == [
            "ROLE_MISSING"
        ]


class TestSendingOn:
    ON = {"to": "ageteam", "reason": "She lives in their district."}

    def test_it_is_a_receipt_here_and_a_referral_there(
        self, stage: Stage, case: str, sent: str, east: Agency
    ) -> None:
        stage.do("referral.redirect", "ida", NEXT_DAY, case=case, **self.ON)
        facts = stage.facts(case, by="bea", at=NEXT_DAY)
        assert queries.first_received_at(facts) == stage.moment(NEXT_DAY)
        assert [s.grants for s in facts.of(Party) if s.agency_id == east.pk] == [["FULL", "IDENTITY"]]
        here, there = deadlines(facts, "RECEIPT")
        assert (here.owner.agency, here.state(facts.now)) == (stage.office.pk, "STOPPED")
        assert (there.owner.agency, there.state(facts.now)) == (east.pk, "OPEN")
        assert there.due is not None and there.due.day == date(2026, 3, 4)

    def test_only_the_next_authority_receives_it(
        self, stage: Stage, case: str, sent: str, east: Agency
    ) -> None:
        stage.do("referral.redirect", "ida", NEXT_DAY, case=case, **self.ON)
        mine, theirs = ({"referral": sent, "case_officer": who} for who in ("ida", "bea"))
        assert stage.refused("referral.receive", "ida", NEXT_DAY, case=case, **mine) == ["ALREADY_RECEIVED"]
        assert stage.refused("referral.receive", "bea", NEXT_DAY, case=case, **theirs) == []
        facts = stage.facts(case, by="bea", at=NEXT_DAY)
        assert all(one.state(facts.now) == "STOPPED" for one in deadlines(facts, "RECEIPT"))

    def test_it_comes_back_and_must_be_received_anew(
        self, stage: Stage, case: str, received: str, east: Agency
    ) -> None:
        stage.do("referral.redirect", "ida", "2026-03-03T11:00", case=case, **self.ON)
        back = {"to": "office", "reason": "She has moved back."}
        stage.do("referral.redirect", "bea", "2026-03-03T12:00", case=case, **back)
        facts = stage.facts(case, by="ida", at="2026-03-03T12:00")
        states = [one.state(facts.now) for one in deadlines(facts, "RECEIPT")]
        assert states == ["STOPPED", "STOPPED", "OPEN"]
        assert queries.first_received_at(facts) == stage.moment(NEXT_DAY)
        again = {"referral": received, "case_officer": "tomas"}
        assert stage.refused("referral.receive", "tomas", "2026-03-03T13:00", case=case, **again) == []

    def test_who_sent_it_on_has_it_no_more(self, stage: Stage, case: str, sent: str, east: Agency) -> None:
        stage.do("referral.redirect", "ida", NEXT_DAY, case=case, **self.ON)
        assert stage.refused("referral.redirect", "ida", NEXT_DAY, case=case, **self.ON) == [
            "MANDATE_MISSING"
        ]

    def test_another_authority_is_another(self, stage: Stage, case: str, sent: str) -> None:
        itself = self.ON | {"to": "office"}
        assert stage.refused("referral.redirect", "ida", NEXT_DAY, case=case, **itself) == ["SAME_AUTHORITY"]

    def test_it_goes_to_an_authority_for_children(self, stage: Stage, case: str, sent: str) -> None:
        assert stage.refused("referral.redirect", "ida", NEXT_DAY, case=case, **self.ON) == [
            "NO_CHILD_AUTHORITY"
        ]


class TestWithdrawing:
    MISTAKE = {"reason": "WRONG_CHILD", "reason_text": "Written on her sister's case."}

    def test_a_mistake_is_withdrawn_and_the_referral_is_owed_again(
        self, stage: Stage, case: str, sent: str
    ) -> None:
        stage.do("referral.withdraw", "rosa", NEXT_DAY, case=case, **self.MISTAKE)
        facts = stage.facts(case, at=NEXT_DAY)
        assert questions.sent_since_reopening(facts) is None
        assert [one.state(facts.now) for one in deadlines(facts, "RECEIPT")] == ["STOPPED"]
        assert [one.state(facts.now) for one in deadlines(facts, "REFERRAL")] == ["OPEN"]
        assert stage.refused("referral.send", "rosa", NEXT_DAY, case=case, **TO_THE_OFFICE) == []

    def test_a_withdrawn_referral_is_not_received(self, stage: Stage, case: str, sent: str) -> None:
        stage.do("referral.withdraw", "rosa", NEXT_DAY, case=case, **self.MISTAKE)
        late = {"referral": sent, "case_officer": "ida"}
        assert stage.refused("referral.receive", "ida", NEXT_DAY, case=case, **late) == ["NO_REFERRAL"]

    def test_once_received_it_is_too_late(self, stage: Stage, case: str, received: str) -> None:
        assert stage.refused("referral.withdraw", "rosa", NEXT_DAY, case=case, **self.MISTAKE) == [
            "TOO_LATE_TO_WITHDRAW"
        ]

    def test_a_childs_referral_does_not_lapse(self, stage: Stage, case: str, sent: str) -> None:
        changed = {"reason": "", "reason_text": "She does not want it any more."}
        assert stage.refused("referral.withdraw", "rosa", NEXT_DAY, case=case, **changed) == [
            "CHILD_DOES_NOT_LAPSE"
        ]

    def test_an_adult_may_change_her_mind(
        self, stage: Stage, case: str, sent: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        grown_up = lambda facts, on: Presumed(child=False, row="P6")  # noqa: E731
        monkeypatch.setattr(questions.presumed, "_answer", grown_up)
        assert stage.refused("referral.withdraw", "rosa", NEXT_DAY, case=case) == ["ANSWER_NEEDED"]
        changed = {"reason_text": "She does not want it any more."}
        assert stage.refused("referral.withdraw", "rosa", NEXT_DAY, case=case, **changed) == []

    def test_nothing_sent_nothing_to_withdraw(self, stage: Stage, case: str) -> None:
        assert stage.refused("referral.withdraw", "rosa", NEXT_DAY, case=case, **self.MISTAKE) == [
            "NO_REFERRAL"
        ]


class TestDeadlines:
    def test_the_begging_girl(self, stage: Stage, case: str, sent: str) -> None:
        """Story c01: receipt is due on the next working day."""
        assert due_and_state(stage, case, "RECEIPT", by="ida", at=ELEVEN) == (date(2026, 3, 3), "OPEN")
        assert due_and_state(stage, case, "REFERRAL", by="ida", at=ELEVEN) == (
            stage.moment("2026-03-04T09:00"), "STOPPED",
        )  # fmt: skip
        received = {"referral": sent, "case_officer": "ida"}
        stage.do("referral.receive", "ida", NEXT_DAY, case=case, **received)
        assert due_and_state(stage, case, "RECEIPT", by="ida", at=NEXT_DAY) == (date(2026, 3, 3), "STOPPED")

    def test_the_girl_online(self, stage: Stage) -> None:
        """Story c03: referred on Friday; neither the weekend nor the holiday on Monday counts."""
        case = stage.a_case(by="viktor", at="2026-03-05T10:05")
        stage.do("screening.record", "viktor", "2026-03-06T09:50", case=case, **LULE)
        at = "2026-03-06T12:00"
        assert due_and_state(stage, case, "SCREENING", by="viktor", at=at) == (
            stage.moment("2026-03-06T10:05"), "STOPPED",
        )  # fmt: skip
        assert due_and_state(stage, case, "REFERRAL", by="viktor", at=at) == (
            stage.moment("2026-03-07T10:05"), "OPEN",
        )  # fmt: skip
        stage.do("referral.send", "viktor", at, case=case, **TO_THE_OFFICE)
        assert due_and_state(stage, case, "RECEIPT", by="ida", at=at) == (date(2026, 3, 10), "OPEN")

    def test_the_football_boy(self, stage: Stage) -> None:
        """Story c06: three working days for an answer, over a weekend, at the sender's desk."""
        case = stage.a_case(by="mira", at="2026-03-17T09:00")
        stage.do("screening.record", "mira", "2026-03-17T11:00", case=case, **LULE)
        sent = stage.do("referral.send", "mira", "2026-03-17T12:00", case=case, **TO_THE_OFFICE)
        received = {"referral": str(sent.key), "case_officer": "ida"}
        stage.do("referral.receive", "ida", "2026-03-18T09:00", case=case, **received)
        asked = {"questions": "Who is the agent?", "ask_child": "NO"}
        stage.do("referral.return_for_information", "ida", "2026-03-19T10:00", case=case, **asked)
        at = "2026-03-20T12:00"
        assert due_and_state(stage, case, "MORE_INFORMATION", by="mira", at=at) == (date(2026, 3, 24), "OPEN")
        (waiting,) = deadlines(stage.facts(case, by="mira", at=at), "MORE_INFORMATION")
        assert waiting.owner.agency == stage.alva.pk
        told = {"text": "The ticket was bought by the agent.", "source": "DOCUMENT"}
        stage.do("referral.add_information", "mira", "2026-03-23T10:00", case=case, **told)
        assert due_and_state(stage, case, "MORE_INFORMATION", by="mira", at="2026-03-23T10:00") == (
            date(2026, 3, 24), "STOPPED",
        )  # fmt: skip

    def test_a_receipt_holds_for_the_corrected_referral(self, stage: Stage, case: str, received: str) -> None:
        better = TO_THE_OFFICE | {"corrects": received, "why": "The wrong urgency.", "urgency": "ROUTINE"}
        assert stage.refused("referral.send", "rosa", NEXT_DAY, case=case, **better) == []
        facts = stage.facts(case, by="ida", at=NEXT_DAY)
        assert queries.waiting(facts) is None
        assert queries.first_received_at(facts) == stage.moment(NEXT_DAY)
