"""Letters: printed from the case, marked with who and when, checked by a code that tells nothing else."""

import io
import re

import pypdf
import pytest
from django.conf import settings
from django.test import Client

from nrm.audit import trail
from nrm.audit.models import Entry
from nrm.kernel.signature import bind
from nrm.letters.letter import LETTERS
from nrm.letters.models import Letter
from nrm.letters.paper import Paper, lines, text
from nrm.letters.terms import LetterKind
from tests.crossborder.conftest import MESSAGE, Abroad, girl
from tests.identification.conftest import NEGATIVE, POSITIVE, Path, guarded, received
from tests.identification.test_offences import NOTICE, OFFENCE
from tests.stage import MONDAY, VIEWS, Stage

__all__ = ["girl", "guarded", "received"]

PLAN = {
    "dangers": [{"danger": "TRAFFICKER_NEAR", "who": "the man with the dog", "likelihood": "HIGH"}],
    "measures": ["PHONE_SECURED"], "phone_rules": "No photographs with windows in them.",
    "trusted_person": "the cook of Lantern House", "if_missing": "Call Lantern House first.", **VIEWS,
}  # fmt: skip
TRAFFICKING_WORDS = ("traffick", "exploit", "victim", "begg")


def client_of(stage: Stage, key: str) -> Client:
    client = Client()
    client.force_login(stage.people[key], backend="config.accounts.Backend")
    return client


def letters_of(stage: Stage, key: str, case: str) -> dict[str, str]:
    """kind -> the button's value, of the letters this person may print."""
    page = client_of(stage, key).get(f"/cases/{case}/letters/")
    assert page.status_code == 200
    values = re.findall(r'name="letter" value="([^"]+)"', page.content.decode())
    return {value.split()[0]: value for value in values}


def printed(stage: Stage, key: str, case: str, kind: str) -> tuple[str, pypdf.PdfReader]:
    """Text and file of one print."""
    value = letters_of(stage, key, case)[kind]
    answer = client_of(stage, key).post(f"/cases/{case}/letters/", {"letter": value, "language": "en"})
    assert answer.status_code == 200 and answer.headers["Content-Type"] == "application/pdf"
    reader = pypdf.PdfReader(io.BytesIO(answer.content))
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages)), reader


def fonts_of(pdf: bytes) -> set[str]:
    """Families that are embedded in a file."""
    found = set()
    for page in pypdf.PdfReader(io.BytesIO(pdf)).pages:
        for font in page["/Resources"]["/Font"].values():
            found.add(font.get_object()["/BaseFont"].split("+")[-1].split("-")[0])
    return found


def code_on(words: str) -> str:
    found = re.search(r"code ([A-Z]{4}-[A-Z]{4}-[A-Z]{4})", words)
    assert found is not None, words
    return found[1]


def answer_to(code: str) -> str:
    page = Client().post("/check-a-letter/", {"code": code})
    assert page.status_code == 200 and not page.cookies
    found = re.search(r'role="status">([^<]+)<', page.content.decode())
    assert found is not None
    return found[1]


def test_a_decision_is_printed_with_reasons_and_the_way_to_disagree(received: Path, stage: Stage) -> None:
    received.decided("decide_reasonable_grounds", "10", NEGATIVE)
    words, reader = printed(stage, "ida", received.case, "DECISION")
    assert "We could not learn who gains." in words and "10 March 2026" in words and "Lule" in words
    assert "look at it again" in words and "Printed by Ida Brandt" in words
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"] == "en"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()


def test_the_childs_twin_has_short_words_and_no_name(received: Path, stage: Stage) -> None:
    received.decided("decide_reasonable_grounds", "10", POSITIVE)
    words, _ = printed(stage, "mira", received.case, "DECISION_FOR_HER")
    assert "It is not your fault." in words and "112" in words
    assert "Lule" not in words and not any(word in words.lower() for word in TRAFFICKING_WORDS)


def test_a_notice_names_the_charge_the_request_and_the_article(received: Path, stage: Stage) -> None:
    offence = received.do("identification.record_offence", "rosa", "03T11:00", **OFFENCE)
    received.do("identification.issue_non_punishment_notice", "mira", "04T11:00", offence=offence, **NOTICE)
    words, _ = printed(stage, "mira", received.case, "NON_PUNISHMENT_NOTICE")
    assert "N-77" in words and "He may have been made to carry the drugs." in words and "article 26" in words


def test_the_plan_she_keeps_names_no_place_and_nobody(received: Path, stage: Stage) -> None:
    received.do("care.record_safety_plan", "mira", "03T11:00", **PLAN)
    words, _ = printed(stage, "mira", received.case, "SAFETY_PLAN")
    assert "No photographs with windows in them." in words and "112" in words
    assert "Lantern" not in words and "dog" not in words and "Lule" not in words


def test_a_message_abroad_is_printed_as_it_was_sent_with_its_conditions_on_each_page(
    girl: Abroad, stage: Stage
) -> None:
    named = {"disclose": [{"field": "NAMES", "reason": "To find her."}]}
    long = {"text": "She may be brought to a town near the border. " * 80, "delete_by": "2026-09-01"}
    girl.do("crossborder.send_transnational_referral", "elin", "13T10:00", **MESSAGE | named | long)
    words, reader = printed(stage, "elin", girl.case, "MESSAGE_ABROAD")
    assert len(reader.pages) > 1
    for page in reader.pages:
        said = re.sub(r"\s+", " ", page.extract_text())
        assert "Conditions: use it for protection only" in said and "Delete it by 2026-09-01" in said
    assert "Lule" in words and "To find her." in words and "Focal point of Brevia" in words


def test_a_summary_says_what_its_reader_may_see(received: Path, stage: Stage) -> None:
    received.do("care.record_safety_plan", "mira", "03T11:00", **PLAN)
    received.share("lantern", "mira", grants=["SUMMARY"], purpose="SERVICE")
    whole, _ = printed(stage, "mira", received.case, "CASE_SUMMARY")
    part, _ = printed(stage, "dora", received.case, "CASE_SUMMARY")
    assert "Lule" in whole and "No photographs with windows" in whole
    assert "Lule" not in part and "No photographs" not in part and "not shared with you" in part
    for words in (whole, part):  # a place is printed for nobody
        assert "the cook of Lantern House" not in words and "Call Lantern House" not in words


def test_a_letter_that_says_more_than_was_shared_is_not_printed(received: Path, stage: Stage) -> None:
    confirmed = received.decided("decide_reasonable_grounds", "10", POSITIVE)
    received.share("lantern", "mira", grants=["SUMMARY"], purpose="SERVICE")
    assert "DECISION" not in letters_of(stage, "dora", received.case)
    asked = {"letter": f"DECISION {confirmed}", "language": "en"}
    answer = client_of(stage, "dora").post(f"/cases/{received.case}/letters/", asked)
    assert answer.status_code == 422 and "LETTER_SAYS_MORE" in answer.content.decode()
    bind(stage.mira, now=stage.moment("2026-03-11T12:00"))
    asked_for = [row for row in trail.of_case(received.case) if row.act == "letters.print"]
    assert [(row.outcome, row.person_id) for row in asked_for] == [("LOOK", stage.people["dora"].pk)]
    bind(stage.dora, now=stage.moment("2026-03-11T12:00"))
    denied = Entry.objects.get(act="letters.print", outcome="DENIED")
    assert denied.codes == ["LETTER_SAYS_MORE"] and denied.person_id == stage.people["dora"].pk


@pytest.mark.parametrize(
    "letter", ["", "DECISION", "DECISION 1", "NO_SUCH 3", "CASE_SUMMARY x", "DECISION 9" + "9" * 40, "\x00"]
)
def test_what_is_not_there_is_not_printed(received: Path, stage: Stage, letter: str) -> None:
    answer = client_of(stage, "ida").post(f"/cases/{received.case}/letters/", {"letter": letter})
    if letter.startswith("CASE_SUMMARY"):
        assert answer.status_code == 200
    else:
        assert answer.status_code == 422 and "NOTHING_TO_PRINT" in answer.content.decode()
        assert Letter.objects.count() == 0


def test_an_outsider_finds_no_letters(received: Path, stage: Stage) -> None:
    omar = client_of(stage, "omar")
    assert omar.get(f"/cases/{received.case}/letters/").status_code == 404
    assert omar.post(f"/cases/{received.case}/letters/", {"letter": "CASE_SUMMARY 0"}).status_code == 404


def test_the_code_says_valid_or_not_valid_and_nothing_else(received: Path, stage: Stage) -> None:
    words, _ = printed(stage, "ida", received.case, "CASE_SUMMARY")
    code = code_on(words)
    assert answer_to(code) == answer_to(code.lower().replace("-", " ")) == "Valid"
    pages = {
        said: re.sub(
            r'role="status">[^<]+<', "", Client().post("/check-a-letter/", {"code": said}).content.decode()
        )
        for said in (code, "ABCD-EFGH-JKMN", "", "\x00", "x" * 500)
    }
    assert len(set(pages.values())) == 1
    assert {answer_to(said) for said in pages if said != code} == {"Not valid"}
    bind(stage.ida, now=stage.moment(MONDAY))
    assert code.replace("-", "") not in Letter.objects.get().code_hash.upper()


def test_a_letter_about_a_decision_that_a_court_set_aside_is_not_valid(received: Path, stage: Stage) -> None:
    received.decided("decide_reasonable_grounds", "10", NEGATIVE)
    words, _ = printed(stage, "ida", received.case, "DECISION")
    assert answer_to(code_on(words)) == "Valid"
    received.do(
        "identification.record_appeal", "mira", "16T10:00", court="Court North", lodged_on="2026-03-16"
    )
    received.do(
        "identification.record_appeal_outcome", "mira", "20T10:00", outcome="QUASHED", on="2026-03-20"
    )
    assert answer_to(code_on(words)) == "Not valid"
    assert "DECISION" not in letters_of(stage, "ida", received.case)


def certified(received: Path, stage: Stage) -> str:
    received.decided("decide_reasonable_grounds", "10", POSITIVE)
    received.do("care.start_reflection_period", "mira", "11T11:00", told_child_on="2026-03-11",
                certificate_to=["GUARDIAN"])  # fmt: skip
    words, _ = printed(stage, "mira", received.case, "PROTECTION_CERTIFICATE")
    return words


def test_a_certificate_says_until_when_removal_is_barred_and_never_why(received: Path, stage: Stage) -> None:
    assert "PROTECTION_CERTIFICATE" not in letters_of(stage, "mira", received.case)
    alva = stage.agencies["alva"]
    alva.name = "Office for victims of trafficking"
    bind(stage.mira, now=stage.moment(MONDAY))
    alva.save()
    words = certified(received, stage)
    assert "barred until 8 June 2026 and after" in words and "verify with the code" in words
    assert "Lule" in words and "Alvenia" in words
    told = words.lower()
    assert not any(word in told for word in (*TRAFFICKING_WORDS, "slave", "smuggl", "crime", "referral"))


def test_a_certificate_is_valid_only_while_removal_is_barred(
    received: Path, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = code_on(certified(received, stage))
    assert answer_to(code) == "Valid"
    monkeypatch.setattr("nrm.identification.queries.removal_barred", lambda facts: False)
    received.do("care.raise_missing_alert", "mira", "12T11:00")  # any act keeps the headline
    assert answer_to(code) == "Not valid"


def test_each_print_is_in_the_audit(received: Path, stage: Stage) -> None:
    printed(stage, "ida", received.case, "CASE_SUMMARY")
    bind(stage.ida, now=stage.moment("2026-03-10T12:00"))
    rows = [row for row in trail.of_case(received.case) if row.act == "letters.print"]
    assert [(row.outcome, row.purpose) for row in rows] == [("LOOK", "PRINT"), ("DONE", "")]


def test_every_kind_of_letter_is_declared() -> None:
    assert set(LETTERS) == set(LetterKind)


def test_letters_are_set_in_all_six_scripts_and_in_both_directions() -> None:
    scripts = ["Latin", "Привет", "Γειά", "გამარჯობა", "Բարեւ", "السلام"]
    for language in ("en", "ar", "en-xb"):
        made = Paper(
            "A", language, "B", [lines(scripts), text("#panic() <x> $ \\ \u202e")], ["foot"]
        ).as_pdf()
        assert fonts_of(made) >= {"NotoSans", "NotoSansArabic", "NotoSansGeorgian", "NotoSansArmenian"}


def test_every_offered_language_can_be_printed(received: Path, stage: Stage) -> None:
    value = letters_of(stage, "ida", received.case)["CASE_SUMMARY"]
    for code, _name in settings.LANGUAGES:
        answer = client_of(stage, "ida").post(
            f"/cases/{received.case}/letters/", {"letter": value, "language": code}
        )
        assert answer.status_code == 200
