"""What a case shows at once: its stage, its flags, its one line in lists."""

from nrm.casefile.act import ACTS
from nrm.casefile.doing import do
from nrm.casefile.models import Headline, NameToken
from nrm.casefile.terms import Flag
from nrm.casefile.terms import Stage as CaseStage
from nrm.closure.queries import flags_of, stage_of
from nrm.kernel.signature import bind
from tests.stage import MONDAY, Stage


def headline(stage: Stage, case: str, by: str = "mira", at: str = MONDAY) -> Headline:
    doing = stage.doing(by, at)
    bind(doing.actor, now=doing.now)
    return Headline.objects.get(reference=case)


def flags(stage: Stage, case: str, at: str = MONDAY) -> set[str]:
    return set(flags_of(stage.facts(case, "mira", at))) - {Flag.SERVICE_GAP}


def test_a_new_case_is_opened_and_says_what_a_list_needs(stage: Stage) -> None:
    case = stage.a_case(by="mira", family_name="Moravec", age_from="14", age_to="17", estimated_by=["mira"])
    line = headline(stage, case)
    assert (line.stage, line.called, line.sex) == ("OPENED", "Lule Moravec", "FEMALE")
    assert (line.age_from, line.age_to, line.birth_date) == (14, 17, None)
    assert line.treated_as_child and not line.sent
    assert line.last_fact_at == stage.moment(MONDAY)
    assert {"TREATED_AS_CHILD", "NO_GUARDIAN"} <= set(line.flags)
    assert NameToken.objects.filter(case_id=line.case_id, token="moravec").exists()


def test_a_nameless_child_has_a_line_too(stage: Stage) -> None:
    line = headline(stage, stage.a_case(by="mira", given_name="", sex=""))
    assert (line.called, line.sex) == ("", "NOT_KNOWN")


def test_a_child_without_a_guardian_is_flagged_until_there_is_one(stage: Stage) -> None:
    case = stage.a_case(by="mira")
    assert flags(stage, case) == {"TREATED_AS_CHILD", "NO_GUARDIAN"}
    stage.do("care.appoint_interim_guardian", "mira", case=case, guardian="petra", **{"from": "2026-03-02"})
    assert flags(stage, case) == {"TREATED_AS_CHILD"}
    assert "NO_GUARDIAN" not in headline(stage, case).flags


def test_a_child_with_safe_parents_needs_no_guardian(stage: Stage) -> None:
    case = stage.a_case(by="mira", accompaniment="ALONE", parents="REACHABLE_SAFE")
    assert flags(stage, case) == {"TREATED_AS_CHILD"}


def test_danger_is_flagged_until_something_was_done(stage: Stage) -> None:
    case = stage.a_case(by="mira", danger_now="YES")
    assert "IN_DANGER" in flags(stage, case)
    done = {"case": case, "done_at": "2026-03-02T09:30"}
    at = "2026-03-02T09:30"
    stage.do(
        "contact.record_immediate_safety",
        "mira",
        at,
        measures=["NOTHING_POSSIBLE_YET"],
        note="Alone.",
        **done,
    )
    assert "IN_DANGER" in flags(stage, case, at)
    stage.do("contact.record_immediate_safety", "mira", at, measures=["POLICE_CALLED"], **done)
    assert "IN_DANGER" not in flags(stage, case, at)


def test_custody_is_flagged(stage: Stage) -> None:
    assert "IN_CUSTODY" in flags(stage, stage.a_case(by="mira", in_custody="YES"))


def test_flags_depend_on_no_stage(stage: Stage) -> None:
    assert stage_of(stage.facts(stage.a_case(by="mira"), "mira")) == CaseStage.OPENED


def test_a_disputed_age_is_flagged_and_protects(stage: Stage) -> None:
    case = stage.a_case(by="mira")
    answers = {"by": "RELATIVE", "claims": "ADULT", "why": "The man says that she is twenty."}
    do(ACTS["identification.dispute_age"], stage.doing("mira", MONDAY), answers, reference=case)
    assert flags(stage, case) == {"TREATED_AS_CHILD", "AGE_DISPUTED", "NO_GUARDIAN"}


def test_who_turns_18_within_half_a_year_is_flagged(stage: Stage) -> None:
    known = {"birth_date_basis": "CIVIL_REGISTRY", "parents": "REACHABLE_SAFE"}
    soon = stage.a_case(by="mira", birth_date="2008-08-29", **known)
    later = stage.a_case(by="mira", birth_date="2008-08-30", **known)
    assert flags(stage, soon) == {"TREATED_AS_CHILD", "TURNS_18_SOON"}
    assert flags(stage, later) == {"TREATED_AS_CHILD"}


def test_an_adult_survivor_is_flagged_and_needs_no_guardian(stage: Stage) -> None:
    adult = {
        "track": "ADULT_SURVIVOR", "birth_date": "1999-05-01", "birth_date_basis": "DOCUMENT_VERIFIED",
    }  # fmt: skip
    case = stage.a_case(by="mira", **adult)
    assert flags(stage, case) == {"ADULT_SURVIVOR"}
    assert not headline(stage, case).treated_as_child
    asked = {"case": case, "guardian": "jonas", "from": "2026-03-02"}
    assert stage.refused("care.appoint_guardian", "mira", **asked) == ["NOT_NEEDED_FOR_ADULT"]
    assert stage.refused("care.appoint_interim_guardian", "mira", **asked) == ["NOT_NEEDED_FOR_ADULT"]


def test_an_offence_without_a_notice_is_flagged(stage: Stage) -> None:
    case = stage.a_case(by="mira", in_custody="YES")
    answers = {
        "kind": "DRUGS", "status": "ARRESTED", "on": "2026-03-02", "authority": "Police of Port Alva",
        "linked_to_exploitation": "NOT_KNOWN",
    }  # fmt: skip
    do(ACTS["identification.record_offence"], stage.doing("mira", MONDAY), answers, reference=case)
    assert {"NON_PUNISHMENT_DUE", "IN_CUSTODY"} <= flags(stage, case)
