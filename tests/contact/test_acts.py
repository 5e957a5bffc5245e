"""First contact, act by act."""

from nrm.casefile.timing import timed
from nrm.contact.queries import accompaniment_and_parents, communication_need, consents_to_referral
from nrm.kernel.signature import bind
from nrm.messages.models import Knock
from tests.stage import MONDAY, Stage

LATER = "2026-03-02T10:00"


def test_a_first_responder_opens_a_case_without_a_name(stage: Stage) -> None:
    reference = stage.a_case(by="rosa", given_name="")
    facts = stage.facts(reference)
    assert facts.the_case.reference.startswith("NRM-")


def test_an_outsider_cannot_tell_that_the_case_exists(stage: Stage) -> None:
    reference = stage.a_case(by="rosa")
    assert stage.refused(
        "contact.give_information", "omar", case=reference, topics=["SAFE_PLACE"], form="SPOKEN", lang="por",
        understood="SAID_IT_BACK",
    ) == ["NOT_FOUND"]  # fmt: skip


def test_an_adult_survivor_who_may_be_a_child_is_opened_as_a_child(stage: Stage) -> None:
    assert stage.refused("contact.open_case", "rosa", **{**A_SURVIVOR}) == ["TREAT_AS_CHILD"]


A_SURVIVOR = {
    "first_contact_at": "2026-03-02T09:00", "place": "SHELTER", "informant_kind": "OUTREACH",
    "track": "ADULT_SURVIVOR", "age_from": "20", "age_to": "24", "estimated_by": ["rosa"], "sex": "FEMALE",
    "languages": ["fin"], "interpreter_needed": "NO", "accompaniment": "ALONE", "parents": "UNKNOWN",
    "danger_now": "NO", "in_custody": "NO", "in_institution": "NO",
}  # fmt: skip

A_WOMAN = A_SURVIVOR | {
    "age_from": "", "age_to": "", "estimated_by": [], "birth_date": "2003-05-09",
    "birth_date_basis": "DOCUMENT_VERIFIED",
}  # fmt: skip
NAMED = {
    "given_name": "Klara", "family_name": "Weller", "birth_date": "2012-05-03", "birth_date_basis": "CIVIL_REGISTRY",
}  # fmt: skip
CONSENT = {"to": "REFERRAL", "given": "YES", "how": "SPOKEN"}


def test_the_lower_age_is_not_above_the_higher(stage: Stage) -> None:
    answers = A_SURVIVOR | {"track": "CHILD", "age_from": "17", "age_to": "15"}
    assert stage.refused("contact.open_case", "rosa", **answers) == ["AGE_RANGE_UPSIDE_DOWN"]


def test_a_second_open_case_of_the_same_child_is_refused_where_the_first_is_seen(stage: Stage) -> None:
    stage.a_case(by="mira", **NAMED)
    answers = A_SURVIVOR | {"track": "CHILD", "age_from": "", "age_to": "", "estimated_by": []} | NAMED
    refused = stage.refused("contact.open_case", "mira", LATER, **answers | {"given_name": "klara"})
    assert refused == ["OPEN_CASE_EXISTS"]


def test_whoever_cannot_see_the_first_case_learns_nothing_of_it(stage: Stage) -> None:
    stage.a_case(by="mira", **NAMED)
    assert stage.a_case(by="rosa", **NAMED)


def test_two_children_without_a_name_or_birth_date_are_two_children(stage: Stage) -> None:
    assert stage.a_case(by="mira", given_name="") != stage.a_case(by="mira", given_name="")


def test_opening_a_case_knocks_at_the_duty_desk_of_child_protection(stage: Stage) -> None:
    stage.a_case(by="rosa")
    assert Knock.objects.filter(sentence="U", to_agency=stage.alva).exists()


def test_one_does_not_knock_at_ones_own_door(stage: Stage) -> None:
    stage.a_case(by="mira")
    assert not Knock.objects.filter(to_agency=stage.alva).exists()


def test_what_was_done_to_make_her_safe_must_be_said(stage: Stage) -> None:
    case = stage.a_case(by="rosa", danger_now="YES")
    act, answers = "contact.record_immediate_safety", {"done_at": MONDAY}
    nothing = {"measures": ["NOTHING_POSSIBLE_YET"]}
    assert stage.refused(act, "rosa", LATER, case=case, **nothing, **answers) == ["SAFETY_EMPTY"]
    stage.do(act, "rosa", LATER, case=case, measures=["MOVED_TO_SAFE_PLACE"], **answers)
    states = {row.code: row.state(stage.moment(LATER)) for row in timed(stage.facts(case))}
    assert states["IMMEDIATE_SAFETY"] == "STOPPED"


def test_a_child_who_did_not_follow_is_a_warning_and_the_row_is_kept(stage: Stage) -> None:
    case = stage.a_case(by="rosa")
    done = stage.do(
        "contact.give_information", "rosa", LATER, case=case, topics=["SAFE_PLACE"], form="SPOKEN", lang="por",
        understood="DID_NOT",
    )  # fmt: skip
    assert [entry.code for entry in done.warnings] == ["INFO_NOT_UNDERSTOOD"]
    assert done.key


def test_an_interpreter_who_knows_the_family_is_refused(stage: Stage) -> None:
    case = stage.a_case(by="rosa")
    answers = {"needs": ["INTERPRETER"], "interpreter": "por", "mode": "TELEPHONE"}
    refused = stage.refused(
        "contact.record_communication", "rosa", LATER, case=case, interpreter_check="KNOWS_PARTY", **answers
    )
    assert refused == ["INTERPRETER_NOT_INDEPENDENT"]
    stage.do(
        "contact.record_communication", "rosa", LATER, case=case, interpreter_check="INDEPENDENT", **answers
    )
    need = communication_need(stage.facts(case, at=LATER))
    assert need is not None and need.interpreter == "por"


def test_who_is_with_her_is_the_newest_word_on_it(stage: Stage) -> None:
    case = stage.a_case(by="rosa")
    assert accompaniment_and_parents(stage.facts(case)) == ("WITH_UNRELATED_ADULT", "UNKNOWN")
    answers = {"accompaniment": "ALONE", "parents": "ABROAD_REACHABLE"}
    assert stage.refused("contact.record_circumstances", "rosa", LATER, case=case, **answers) == [
        "ANSWER_NEEDED"
    ]
    stage.do("contact.record_circumstances", "rosa", LATER, case=case, why="He left her.", **answers)
    assert accompaniment_and_parents(stage.facts(case, at=LATER)) == ("ALONE", "ABROAD_REACHABLE")


def test_a_child_is_never_asked_to_consent_to_being_referred(stage: Stage) -> None:
    case = stage.a_case(by="rosa")
    assert stage.refused("contact.record_adult_consent", "rosa", LATER, case=case, **CONSENT) == [
        "NOT_AN_ADULT"
    ]


def test_an_adult_survivors_newest_answer_counts(stage: Stage) -> None:
    case = stage.do("contact.open_case", "rosa", **A_WOMAN).reference
    said = []
    for hour, answer in enumerate(({"to": "SUPPORT_ONLY"}, {}, {"given": "NO"}), start=10):
        at = f"2026-03-02T{hour}:00"
        stage.do("contact.record_adult_consent", "rosa", at, case=case, **CONSENT | answer)
        said.append(consents_to_referral(stage.facts(case, at=at)))
    assert said == [False, True, False]


def test_help_in_danger_never_asks_for_training(stage: Stage) -> None:
    case = stage.a_case(by="rosa")
    late = "2028-06-01T09:00"
    bind(stage.rosa, now=stage.moment(late))
    answers = {"measures": ["POLICE_CALLED"], "done_at": late}
    assert stage.refused("contact.record_immediate_safety", "rosa", late, case=case, **answers) == []
