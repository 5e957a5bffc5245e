"""An earlier entry is corrected by a new one; the old one stays visible, struck through, with who and why."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from nrm.casefile.models import Headline, NameToken
from nrm.casefile.names import tokens_of
from nrm.casefile.questions import presumed
from nrm.casefile.timing import timed
from nrm.contact.models import FirstContact
from nrm.screening.models import Interview
from tests.stage import A_CHILD, MONDAY, VIEWS, Stage

LATER, TUESDAY = "2026-03-02T10:00", "2026-03-03T09:00"
TOLD = {"topics": ["SAFE_PLACE"], "form": "SPOKEN", "lang": "por", "understood": "SAID_IT_BACK"}
SHARED = {
    "grants": ["FULL", "IDENTITY", "LOCATION"],
    "purpose": "CARE",
    "basis": "LEGAL_DUTY",
    "note": "Child Act",
}
MET = {
    "place": "CHILD_ROOM", "present": ["GUARDIAN"], "minutes": "30", "recorded": "NO", "by": "rosa",
}  # fmt: skip


def first_contact(stage: Stage, case: str, by: str = "rosa", at: str = TUESDAY) -> FirstContact:
    found = stage.facts(case, by, at).latest(FirstContact)
    assert found is not None
    return found


def corrected(stage: Stage, case: str, by: str = "rosa", at: str = LATER, **other: Any) -> Any:
    answers = A_CHILD | {"why": "Heard wrongly."} | other
    return stage.do("contact.correct_first_contact", by, at, case=case, **answers)


class TestFirstContact:
    def test_a_correction_opens_no_second_case(self, stage: Stage) -> None:
        case = stage.a_case()
        wrong = first_contact(stage, case)
        done = corrected(stage, case, given_name="Lula")
        assert done.reference == case and Headline.objects.count() == 1
        right = first_contact(stage, case)
        assert (right.corrects, right.why, right.given_name) == (wrong.pk, "Heard wrongly.", "Lula")
        assert right.at == wrong.at, "it happened when it happened"
        assert wrong.pk in {fact.pk for fact in stage.facts(case).everything}

    def test_to_correct_by_opening_is_refused(self, stage: Stage) -> None:
        wrong = first_contact(stage, stage.a_case())
        answers = A_CHILD | {"corrects": str(wrong.pk), "why": "Heard wrongly."}
        assert stage.refused("contact.open_case", "rosa", LATER, **answers) == ["NOTHING_TO_CORRECT"]

    def test_the_presumption_follows(self, stage: Stage) -> None:
        case = stage.a_case(birth_date="2010-01-05", birth_date_basis="DOCUMENT_VERIFIED")
        assert presumed(stage.facts(case), stage.facts(case).today).child
        facts = corrected(
            stage, case, birth_date="2001-01-05", birth_date_basis="DOCUMENT_VERIFIED", track="ADULT_SURVIVOR"
        ).facts
        assert not presumed(facts, facts.today).child
        assert "ADULT_SURVIVOR" in Headline.objects.get(reference=case).flags

    def test_a_child_is_not_corrected_into_an_adult_in_doubt(self, stage: Stage) -> None:
        case = stage.a_case()
        answers = A_CHILD | {"track": "ADULT_SURVIVOR", "why": "She said so."}
        assert stage.refused("contact.correct_first_contact", "rosa", LATER, case=case, **answers) == [
            "TREAT_AS_CHILD"
        ]
        upside_down = A_CHILD | {"age_from": "17", "age_to": "15", "why": "Guessed."}
        assert stage.refused("contact.correct_first_contact", "rosa", LATER, case=case, **upside_down) == [
            "AGE_RANGE_UPSIDE_DOWN"
        ]

    def test_deadlines_follow(self, stage: Stage) -> None:
        case = stage.a_case(danger_now="YES")
        assert "IMMEDIATE_SAFETY" in {one.code for one in timed(stage.facts(case))}
        facts = corrected(stage, case, danger_now="NO").facts
        assert "IMMEDIATE_SAFETY" not in {one.code for one in timed(facts)}

    def test_she_is_found_by_the_right_name_and_still_by_the_wrong_one(self, stage: Stage) -> None:
        case = stage.a_case(given_name="Amal")
        corrected(stage, case, given_name="Samira")
        kept = set(NameToken.objects.values_list("token", flat=True))
        assert kept == tokens_of(["Samira", "Amal"])
        assert Headline.objects.get(reference=case).called == "Samira"

    def test_the_report_it_follows_stays(self, stage: Stage) -> None:
        report = stage.do(
            "contact.receive_report", "sam", MONDAY, informant_kind="OUTREACH", channel="TELEPHONE",
            what="A girl begs at the station.", danger_now="NO", stays_anonymous="YES",
        )  # fmt: skip
        case = stage.a_case(by="sam", at=LATER, report=str(report.key))
        corrected(stage, case, by="sam", at="2026-03-02T11:00", given_name="Lula")
        right = first_contact(stage, case, by="sam")
        assert right.report == report.key and right.report_at == stage.moment(MONDAY)
        assert "REPORT_TRIAGE" in {one.code for one in timed(stage.facts(case, "sam"))}

    def test_whoever_leads_corrects_what_another_agency_wrote(self, stage: Stage) -> None:
        case = stage.a_case()
        stage.do("casefile.share", "rosa", case=case, agency="alva", **SHARED)
        answers = A_CHILD | {"given_name": "Lula", "why": "Heard wrongly."}
        assert stage.refused("contact.correct_first_contact", "mira", LATER, case=case, **answers) == [
            "NOT_YOURS_TO_CORRECT"
        ]
        stage.do("casefile.appoint_lead_worker", "rosa", case=case, person="mira")
        assert stage.refused("contact.correct_first_contact", "mira", LATER, case=case, **answers) == []

    def test_what_the_corrector_may_not_see_is_carried_over_unread(self, stage: Stage) -> None:
        case = stage.a_case(missing_from="The house by the river")
        narrow = SHARED | {"grants": ["FULL", "IDENTITY"]}
        stage.do("casefile.share", "rosa", case=case, agency="alva", **narrow)
        stage.do("casefile.appoint_lead_worker", "rosa", case=case, person="mira")
        client = Client()
        client.force_login(stage.people["mira"], backend="config.accounts.Backend")
        page = client.get(f"/cases/{case}/contact/correct_first_contact/").content.decode()
        assert "river" not in page and 'name="missing_from"' not in page and 'name="given_name"' in page
        hidden = {"missing_from", "informant_kind"}
        answers = {name: said for name, said in A_CHILD.items() if name not in hidden}
        sent = client.post(
            f"/cases/{case}/contact/correct_first_contact/",
            {**answers, "given_name": "Lula", "why": "Misheard."},
        )
        assert sent.status_code == 302, sent.content.decode()
        right = first_contact(stage, case, at="2027-01-01T09:00")
        assert (right.given_name, right.missing_from) == ("Lula", "The house by the river")
        assert right.informant_kind == A_CHILD["informant_kind"]


class TestWhatMayBeCorrected:
    def told(self, stage: Stage, case: str, by: str = "rosa", **more: Any) -> list[str]:
        return stage.refused("contact.give_information", by, LATER, case=case, **TOLD | more)

    def test_why_is_always_said(self, stage: Stage) -> None:
        case = stage.a_case()
        done = stage.do("contact.give_information", "rosa", case=case, **TOLD)
        assert self.told(stage, case, corrects=str(done.key)) == ["WHY_MISSING"]
        assert self.told(stage, case, corrects=str(done.key), why="Wrong language.") == []

    def test_no_entry_of_another_kind_is_struck(self, stage: Stage) -> None:
        case = stage.a_case()
        contact = first_contact(stage, case)
        assert self.told(stage, case, corrects=str(contact.pk), why="A trick.") == ["NOTHING_TO_CORRECT"]
        assert first_contact(stage, case).pk == contact.pk

    def test_no_entry_of_another_case_is_struck(self, stage: Stage) -> None:
        one, other = stage.a_case(), stage.a_case(given_name="Dara")
        done = stage.do("contact.give_information", "rosa", case=other, **TOLD)
        assert self.told(stage, one, corrects=str(done.key), why="A trick.") == ["NOTHING_TO_CORRECT"]

    def test_an_entry_is_corrected_once_then_its_correction(self, stage: Stage) -> None:
        case = stage.a_case()
        first = stage.do("contact.give_information", "rosa", case=case, **TOLD)
        second = stage.do(
            "contact.give_information",
            "rosa",
            LATER,
            case=case,
            **TOLD,
            corrects=str(first.key),
            why="Typed wrong.",
        )
        assert self.told(stage, case, corrects=str(first.key), why="Again.") == ["NOTHING_TO_CORRECT"]
        assert self.told(stage, case, corrects=str(second.key), why="Again.") == []

    def test_another_agencys_entry_is_not_struck(self, stage: Stage) -> None:
        case = stage.a_case()
        done = stage.do("contact.give_information", "rosa", case=case, **TOLD)
        stage.do("casefile.share", "rosa", case=case, agency="alva", **SHARED)
        assert self.told(stage, case, "mira", corrects=str(done.key), why="I know better.") == [
            "NOT_YOURS_TO_CORRECT"
        ]

    def test_a_share_is_ended_not_corrected(self, stage: Stage) -> None:
        case = stage.a_case()
        share = stage.do("casefile.share", "rosa", case=case, agency="alva", **SHARED)
        narrower = SHARED | {"grants": ["FULL"], "corrects": str(share.key), "why": "Too wide."}
        assert stage.refused("casefile.share", "rosa", LATER, case=case, agency="alva", **narrower) == [
            "NOT_CORRECTED_ALONE"
        ]

    def test_a_report_without_a_case_is_corrected_by_its_own_agency_only(self, stage: Stage) -> None:
        said = {
            "informant_kind": "OUTREACH", "channel": "TELEPHONE", "what": "A girl begs.", "danger_now": "NO",
            "stays_anonymous": "YES",
        }  # fmt: skip
        report = stage.do("contact.receive_report", "sam", MONDAY, **said)
        right = said | {"corrects": str(report.key), "why": "Misheard.", "what": "A boy begs."}
        assert stage.refused("contact.receive_report", "sam", LATER, **right) == []
        assert stage.refused("contact.receive_report", "sam", LATER, **right) == ["NOTHING_TO_CORRECT"]
        public = {"what": "No.", "danger_now": "NO", "child_is_me": "NO", "may_we_contact": "NO"}
        assert stage.refused(
            "contact.submit_public_report",
            "public",
            LATER,
            **public,
            corrects=str(report.key),
            why="A trick.",
        ) == ["NOTHING_TO_CORRECT"]

    def test_the_interim_guardian_is_not_corrected_into_a_full_one(self, stage: Stage) -> None:
        case = stage.a_case(by="mira")
        done = stage.do(
            "care.appoint_interim_guardian", "mira", case=case, guardian="petra", **{"from": "2026-03-02"}
        )
        again = {"guardian": "petra", "from": "2026-03-02", "corrects": str(done.key), "why": "Promoted."}
        assert stage.refused("care.appoint_guardian", "mira", LATER, case=case, **again) == [
            "NOTHING_TO_CORRECT"
        ]
        assert stage.refused("care.appoint_interim_guardian", "mira", LATER, case=case, **again) == []


class TestOnThePage:
    @pytest.fixture
    def rosa(self, stage: Stage) -> Client:
        client = Client()
        client.force_login(stage.people["rosa"], backend="config.accounts.Backend")
        return client

    def link(self, client: Client, case: str, title: str) -> str:
        page = unescape(client.get(f"/cases/{case}/").content.decode())
        found = re.findall(r'href="([^"]*)">Correct this<span class="vh">: ([^<]*)', page)
        return next(address for address, words in found if words.startswith(title))

    def test_the_case_leads_to_the_earlier_answers_and_strikes_them(self, stage: Stage, rosa: Client) -> None:
        case = stage.a_case()
        stage.do("contact.give_information", "rosa", case=case, **TOLD)
        address = self.link(rosa, case, "She was told who we are and what happens next")
        form = rosa.get(address).content.decode()
        assert 'value="SAID_IT_BACK"' in form and re.search(r'value="SAID_IT_BACK"[^>]* checked', form)
        assert "Why was the earlier entry wrong?" in form and "You correct an earlier entry" in form
        key = re.search(r'name="corrects" value="(\d+)"', form)
        assert key is not None
        answers = {**TOLD, "lang": "ara", "corrects": key[1]}
        refused = rosa.post(address, answers)
        assert refused.status_code == 422 and "WHY_MISSING" in refused.content.decode()
        assert rosa.post(address, {**answers, "why": "She speaks Arabic."}).status_code == 302
        page = unescape(rosa.get(f"/cases/{case}/").content.decode())
        struck = page.split('class="struck"')[1].split("</li>")[0]
        assert "Corrected later" in struck and "She speaks Arabic." in struck and "Correct this" not in struck
        assert stage.agencies[stage.people["rosa"].agency.key].name in struck.split("Corrected by")[1]

    def test_the_first_contact_has_its_link_and_its_earlier_answers(self, stage: Stage, rosa: Client) -> None:
        case = stage.a_case(estimated_by=["rosa"], age_from="14", age_to="16", languages=["por", "ara"])
        address = self.link(rosa, case, "First contact; case opened")
        assert "/contact/correct_first_contact/" in address
        form = rosa.get(address).content.decode()
        assert 'value="Lule"' in form
        for language in ("por", "ara"):
            assert re.search(rf'value="{language}"[^>]* (selected|checked)', form)
        assert re.search(r'name="estimated_by" value="rosa"[^>]* checked', form)

    def test_lines_are_among_the_earlier_answers(self, stage: Stage) -> None:
        mira = Client()
        mira.force_login(stage.people["mira"], backend="config.accounts.Backend")
        case = stage.a_case(by="mira")
        plan = {"measures": ["SAFE_WORD"], "if_missing": "Call.", **VIEWS}
        danger = {"danger": "TRAFFICKER_NEAR", "who": "The man at the station", "likelihood": "HIGH"}
        stage.do("care.record_safety_plan", "mira", case=case, dangers=[danger], **plan)
        form = mira.get(self.link(mira, case, "Safety planned")).content.decode()
        assert 'name="dangers-0-who" value="The man at the station"' in form
        assert re.search(r'name="dangers-0-likelihood" value="HIGH"[^>]* checked', form)

    def test_a_page_that_corrects_nothing_does_not_ask_why(self, stage: Stage, rosa: Client) -> None:
        form = rosa.get(f"/cases/{stage.a_case()}/contact/give_information/").content.decode()
        assert 'name="why"' not in form and 'name="corrects"' not in form

    def test_a_page_for_an_entry_that_is_not_theirs_says_so(self, stage: Stage, rosa: Client) -> None:
        case = stage.a_case()
        page = rosa.get(f"/cases/{case}/contact/give_information/?corrects=12345").content.decode()
        assert "NOTHING_TO_CORRECT" in page and 'class="asking"' not in page

    def test_another_agency_has_no_link(self, stage: Stage, rosa: Client) -> None:
        case = stage.a_case()
        stage.do("casefile.share", "rosa", case=case, agency="alva", **SHARED)
        mira = Client()
        mira.force_login(stage.people["mira"], backend="config.accounts.Backend")
        assert "Correct this" in rosa.get(f"/cases/{case}/").content.decode()
        assert "Correct this" not in mira.get(f"/cases/{case}/").content.decode()

    def test_what_comes_late_is_entered_as_a_correction(self, stage: Stage, rosa: Client) -> None:
        """The road that TOO_LATE_TO_ENTER names: save it now, then correct it with its day and why it is late."""
        case = stage.a_case()
        address = f"/cases/{case}/screening/record_interview/"
        long_ago = {"at_0": "1", "at_1": "1", "at_2": "2026", "at_3": "14:00"}
        refused = rosa.post(address, {**MET, **long_ago})
        text = unescape(refused.content.decode())
        assert (
            refused.status_code == 422
            and "TOO_LATE_TO_ENTER" in text
            and "Save this now without the day" in text
        )
        saved = rosa.post(address, MET)
        assert saved.status_code == 302, saved.content.decode()
        road = self.link(rosa, case, "Interview with the child")
        key = re.search(r'name="corrects" value="(\d+)"', rosa.get(road).content.decode())
        assert key is not None
        entered = rosa.post(
            road, {**MET, **long_ago, "corrects": key[1], "why": "The line was down for a week."}
        )
        assert entered.status_code == 302, entered.content.decode()
        (standing,) = stage.facts(case, at="2027-01-01T09:00").of(Interview)
        assert standing.at == stage.moment("2026-01-01T14:00")
