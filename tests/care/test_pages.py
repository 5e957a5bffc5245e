"""The pages of care as people reach them: what they say, to whom, and where they lead."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from itertools import pairwise
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from nrm.agencies.models import Person, Training
from nrm.audit import trail
from nrm.care.models import Assessment, Element
from nrm.care.queries import days_without
from nrm.care.terms import BestInterestsElement
from nrm.casefile import drafts
from nrm.casefile.models import Draft
from nrm.identification.queries import reflection
from nrm.kernel.signature import bind
from tests.care.test_guardians import appoint
from tests.care.test_placing import BED, SHELTER
from tests.care.test_reflecting import TOLD
from tests.care.test_safety import ASSESSED, FOUND, PLAN
from tests.identification.conftest import POSITIVE, Path, guarded, received
from tests.stage import MONDAY, VIEWS, Stage

__all__ = ["guarded", "received"]

MOST = 25
PAGES = ("guardian", "safety", "place", "interests", "interests/with-her", "interests/views", "missing", "reflection",
         "eighteen")  # fmt: skip


def client_of(stage: Stage, key: str) -> Client:
    client = Client()
    client.force_login(stage.people[key], backend="config.accounts.Backend")
    return client


def words(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.content.decode()[:2000]
    return re.sub(r"\s+", " ", unescape(answer.content.decode()))


@pytest.fixture
def case(stage: Stage) -> str:
    return stage.a_case(by="mira", given_name="Lule")


@pytest.fixture
def page(stage: Stage, case: str) -> Callable[..., str]:
    def read(path: str, who: str = "mira") -> str:
        return words(client_of(stage, who).get(f"/cases/{case}/{path}/"))

    return read


def share(stage: Stage, case: str, agency: str, *grants: str) -> None:
    stage.do("casefile.share", "mira", case=case, agency=agency, grants=list(grants), purpose="CARE",
             basis="LEGAL_DUTY", note="Child Act")  # fmt: skip


# Every page


@pytest.mark.parametrize("path", PAGES)
def test_an_outsider_finds_none_of_them(stage: Stage, case: str, path: str) -> None:
    assert client_of(stage, "omar").get(f"/cases/{case}/{path}/").status_code == 404
    assert client_of(stage, "omar").post(f"/cases/{case}/{path}/").status_code in (404, 405)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_takes_few_statements_however_much_happened(
    stage: Stage, case: str, path: str, django_assert_max_num_queries: Any
) -> None:
    for hour in range(10, 16):
        stage.do("care.record_safety_plan", "mira", f"2026-03-02T{hour}:00", case=case, **PLAN)
        stage.do("care.assess_best_interests", "mira", f"2026-03-02T{hour}:05", case=case, **ASSESSED)
        stage.do("care.raise_missing_alert", "mira", f"2026-03-02T{hour}:10", case=case)
        stage.do("care.record_found", "mira", f"2026-03-02T{hour}:15", case=case, **FOUND)
    for day, guardian in enumerate(("petra", "jonas", "petra", "jonas"), start=2):
        appoint(stage, case, guardian, f"2026-03-0{day}T16:00")
    stage.do("care.place", "mira", case=case, **SHELTER)
    mira = client_of(stage, "mira")
    with django_assert_max_num_queries(MOST):
        words(mira.get(f"/cases/{case}/{path}/"))


@pytest.mark.parametrize("path", ["guardian", "safety", "place", "interests", "reflection"])
def test_who_only_knows_that_there_is_a_case_reads_nothing_of_her(
    stage: Stage, case: str, page: Callable[..., str], path: str
) -> None:
    appoint(stage, case, "petra", MONDAY)
    stage.do("care.record_safety_plan", "mira", case=case, **PLAN)
    stage.do("care.place", "mira", case=case, **SHELTER)
    stage.do("care.assess_best_interests", "mira", case=case, **ASSESSED)
    share(stage, case, "lantern", "EXISTENCE")
    told = page(path, "dora")
    assert "Not shared with you" in told or "begins with a positive decision" not in told
    for secret in ("Petra", "The man at the station", "Room 1", "She stays.", "Children's shelter"):
        assert secret not in told


def test_the_case_page_leads_to_every_page(page: Callable[..., str], case: str, stage: Stage) -> None:
    told = words(client_of(stage, "mira").get(f"/cases/{case}/"))
    for path in ("guardian", "safety", "place", "interests", "missing", "reflection"):
        assert f'href="/cases/{case}/{path}/"' in told


def test_rows_of_the_desk_lead_to_the_page_that_says_most(stage: Stage, case: str) -> None:
    from nrm.casefile.deadline_words import address

    assert address("FIRST_BIA", case) == f"/cases/{case}/interests/"
    assert address("PLACEMENT_REVIEW", case) == f"/cases/{case}/place/"
    assert address("GUARDIAN", case) == f"/cases/{case}/care/appoint_guardian/"
    assert address("RETENTION", case) == f"/cases/{case}/"


def test_child_welfare_sees_on_its_desk_who_waits_for_a_guardian_and_others_do_not(stage: Stage) -> None:
    now = timezone.localtime().isoformat()
    case = stage.a_case(by="mira", at=now)
    stage.do("casefile.share", "mira", now, case=case, agency="lantern", grants=["FULL"], purpose="CARE",
             basis="LEGAL_DUTY", note="Child Act")  # fmt: skip
    row = f'href="/cases/{case}/care/appoint_interim_guardian/"'
    assert words(client_of(stage, "mira").get("/desk/")).count(row) == 1
    for who in ("dora", "rosa"):
        assert row not in words(client_of(stage, who).get("/desk/"))


# Her guardian


def test_a_gap_is_counted_until_a_guardian_begins(stage: Stage, page: Callable[..., str], case: str) -> None:
    def gaps(at: str) -> list[tuple[date, date | None, int]]:
        return [(one.first, one.until, one.days) for one in days_without(stage.facts(case, "mira", at))]

    assert gaps("2026-03-04T09:00") == [(date(2026, 3, 2), None, 2)]
    appoint(stage, case, "petra", "2026-03-05T09:00")
    assert gaps("2026-03-09T09:00") == [(date(2026, 3, 2), date(2026, 3, 5), 3)]
    told = page("guardian")
    assert "3 days, from 2 March 2026 until a guardian began on 5 March 2026." in told
    assert "Petra" in told and "To stay" in told and "She has no guardian" not in told


def test_an_open_gap_is_urgent_and_leads_to_the_appointment(page: Callable[..., str], case: str) -> None:
    told = page("guardian")
    assert "She has no guardian" in told and "and it goes on" in told
    assert f"/cases/{case}/care/appoint_guardian/" in told


def test_no_gap_where_none_is_needed(stage: Stage) -> None:
    home = stage.a_case(by="mira", accompaniment="WITH_PARENT", parents="REACHABLE_SAFE")
    assert days_without(stage.facts(home, "mira", "2026-03-09T09:00")) == []
    assert "She needs none today." in words(client_of(stage, "mira").get(f"/cases/{home}/guardian/"))


def test_the_next_guardian_leaves_no_gap_and_both_are_named_with_their_days(
    stage: Stage, page: Callable[..., str], case: str
) -> None:
    appoint(stage, case, "petra", MONDAY, interim=True)
    appoint(stage, case, "jonas", "2026-03-06T10:00")
    assert days_without(stage.facts(case, "mira", "2026-03-09T09:00")) == []
    told = page("guardian")
    assert (
        "From 2 March 2026, until 5 March 2026" in told and "From 6 March 2026, no last day is known" in told
    )


def test_objections_are_told_and_their_reason_to_who_may_read_it(
    stage: Stage, page: Callable[..., str], case: str
) -> None:
    appoint(stage, case, "petra", MONDAY)
    share(stage, case, "lantern", "SUMMARY")
    stage.do("care.object_to_guardian", "mira", case=case, by="CHILD", why="She shouts at me.")
    assert "She shouts at me." in page("guardian")
    told = page("guardian", "dora")
    assert "Objections to a guardian" in told and "shouts" not in told


def test_the_form_offers_guardians_only_each_with_the_children_that_she_has(stage: Stage, case: str) -> None:
    appoint(stage, case, "petra", MONDAY)
    other = stage.a_case(by="mira")
    form = words(client_of(stage, "mira").get(f"/cases/{other}/care/appoint_guardian/"))
    offered = dict(re.findall(r'<option value="([a-z]+)"[^>]*>([^<]*)</option>', form))
    assert set(offered) == {"petra", "jonas"}
    limit = stage.pack.guardian_limit
    assert offered["petra"].endswith(f"1 child of at most {limit}")
    assert offered["jonas"].endswith(f"0 children of at most {limit}")


# Safety, and when she is missing


def test_a_plan_is_told_without_places_and_leads_to_the_paper_to_keep(
    stage: Stage, page: Callable[..., str], case: str
) -> None:
    assert "No plan was agreed with her yet." in page("safety")
    stage.do("care.record_safety_plan", "mira", case=case, **PLAN | {"trusted_person": "The cook"})
    told = page("safety")
    assert (
        "The man at the station" in told
        and "A safe word agreed" in told
        and f"/cases/{case}/letters/" in told
    )
    assert "The cook" not in told and "at once" not in told


def test_one_tap_raises_the_alert_once(stage: Stage, page: Callable[..., str], case: str) -> None:
    mira = client_of(stage, "mira")
    told = words(mira.get(f"/cases/{case}/missing/"))
    key = re.search(r'name="key" value="([^"]+)"', told)
    assert key and "She is missing: raise the alert" in told and "No alert was ever raised." in told
    for _again in range(2):
        sent = mira.post(f"/cases/{case}/missing/", {"key": key[1]})
        assert sent.status_code == 302 and sent.headers["Location"] == f"/cases/{case}/missing/"
    told = words(mira.get(f"/cases/{case}/missing/"))
    assert "She is missing: raise the alert" not in told and "Not told yet" in told and "Police:" in told
    assert "Warn another State that she is in danger" in told
    assert "Tell the police that she is missing:" in told, "which of the two time limits"
    assert re.search(r"By [^.]*, \d\d:\d\d, counted from [^.]*, \d\d:\d\d\.", told), "an hour is not a day"
    whole = mira.get(f"/cases/{case}/").content.decode()
    assert f'href="/cases/{case}/missing/"' in whole.split("<h2>Next steps")[0]
    bind(stage.mira, now=stage.moment("2026-03-02T10:00"))
    assert [one.act for one in trail.of_case(case)].count("care.raise_missing_alert") == 1


def test_a_tap_on_a_closed_case_says_why_not(
    stage: Stage, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nrm.casefile import questions

    monkeypatch.setattr(questions.closed_since, "_answer", lambda facts: facts.now)
    assert "CASE_CLOSED" in words(client_of(stage, "mira").post(f"/cases/{case}/missing/"), 422)


def test_the_first_hour_of_her_plan_is_for_those_who_may_know_where_she_is(
    stage: Stage, page: Callable[..., str], case: str
) -> None:
    stage.do("care.record_safety_plan", "mira", case=case, **PLAN)
    share(stage, case, "lantern", "FULL", "IDENTITY")
    assert "Call the police and the lead worker at once." in page("missing")
    told = page("missing", "dora")
    assert "at once." not in told.split("What each of us does")[0] and "Not shared with you" in told


def test_police_and_return_are_told(stage: Stage, page: Callable[..., str], case: str) -> None:
    stage.do("care.raise_missing_alert", "mira", case=case)
    stage.do("care.record_police_informed", "mira", "2026-03-02T09:30", case=case, reference="M-12")
    stage.do("care.record_found", "mira", "2026-03-02T12:00", case=case, **FOUND)
    told = page("missing")
    assert "reference M-12" in told and "2 March 2026, 12:00" in told and "Safe" in told
    assert "The children's home" not in told


# Where she lives


def test_the_address_is_covered_until_asked_for_and_the_asking_is_kept(
    stage: Stage, page: Callable[..., str], case: str
) -> None:
    stage.do("care.place", "mira", case=case, **SHELTER)
    told = page("place")
    assert "Children's shelter" in told and "2 March 2026" in told and "Show where she is" in told
    assert "Room 1" not in told and "Lantern" not in told and "lantern_1" not in told
    shown = words(client_of(stage, "mira").post(f"/cases/{case}/place/", {"where": "1"}))
    assert "Room 1" in shown and "Lantern" in shown
    bind(stage.mira, now=stage.moment("2026-03-02T10:00"))
    asked = [one for one in trail.of_case(case) if one.act == "care.location"]
    assert [(one.outcome, one.purpose, one.person_id) for one in asked] == [
        (trail.LOOK, "LOCATION", stage.mira.person_id)
    ]


def test_who_may_not_know_where_she_is_cannot_ask(stage: Stage, page: Callable[..., str], case: str) -> None:
    stage.do("care.place", "mira", case=case, **SHELTER)
    share(stage, case, "hospital", "FULL", "IDENTITY")
    assert "Show where she is" not in page("place", "nora")
    assert "Room 1" not in words(client_of(stage, "nora").post(f"/cases/{case}/place/", {"where": "1"}))


def test_a_bed_is_searched_by_need_and_the_move_is_filled_in(stage: Stage, case: str) -> None:
    for bed in ({"bed": "high", "step_free": "NO"}, {"bed": "flat", "step_free": "YES"},
                {"bed": "boys", "step_free": "YES", "suits": "MALE"},
                {"bed": "short", "step_free": "YES", "free_until": "2030-01-01"}):  # fmt: skip
        stage.do("care.confirm_bed", "dora", **BED | bed)
    mira, path = client_of(stage, "mira"), f"/cases/{case}/place/"
    asked = {"search": "1", "sex": "FEMALE", "step_free": "on", "since": "2027-01-01", "until": "2030-02-01"}
    told = words(mira.post(path, asked))
    assert re.findall(r'name="bed" value="([^"]+)"', told) == ["flat"]
    values = dict(re.findall(r'name="(provider|bed|from)" value="([^"]+)"', told))
    form = words(mira.post(f"/cases/{case}/care/place/", values | {"change": "1"}))
    assert 'value="flat"' in form and 'name="from_2" id="id_from_2" value="2027"' in form
    assert re.search(r'<option value="lantern"[^>]*selected', form)


def test_a_search_that_cannot_be_read_says_so_and_one_without_a_bed_what_to_do(
    stage: Stage, case: str
) -> None:
    mira, path = client_of(stage, "mira"), f"/cases/{case}/place/"
    assert "No date yet." in words(mira.post(path, {"search": "1"}), 422)
    assert "No free bed fits." in words(
        mira.post(path, {"search": "1", "sex": "ANY", "since": "2019-01-01", "step_free": "on"})
    )


def test_who_places_nobody_searches_no_bed(stage: Stage, case: str) -> None:
    share(stage, case, "hospital", "FULL")
    nora = client_of(stage, "nora")
    assert "Find a free bed" not in words(nora.get(f"/cases/{case}/place/"))
    assert "Free beds" not in words(
        nora.post(f"/cases/{case}/place/", {"search": "1", "sex": "ANY", "since": "2027-01-01"})
    )


def test_what_is_never_a_home_is_said_before_anyone_tries(page: Callable[..., str]) -> None:
    told = page("place")
    for never in ("closed centre", "adults sleep who are not her family", "brother or sister", "A hotel"):
        assert never in told


def test_a_sister_is_mentioned_and_not_named(stage: Stage, case: str) -> None:
    sister = stage.a_case(by="mira", given_name="Zana")
    stage.do(
        "contact.record_relationship",
        "mira",
        case=case,
        other_case=sister,
        kind="SIBLING",
        keep_together="YES",
    )
    told = words(client_of(stage, "mira").get(f"/cases/{case}/place/"))
    assert "They stay together." in told and "Zana" not in told and sister not in told


# Time to recover, and turning 18


def test_time_to_recover_has_a_last_day_and_a_paper(received: Path, stage: Stage) -> None:
    mira, path = client_of(stage, "mira"), f"/cases/{received.case}/reflection/"
    assert "It begins with a positive decision" in words(mira.get(path))
    received.decided("decide_reasonable_grounds", "10", POSITIVE)
    found = reflection(received.facts("11T09:00"))
    assert found is not None and found[1].day == date(2026, 6, 8)
    told = words(mira.get(path))
    assert "8 June 2026" in told and "Nobody may remove her today." in told and "/letters/" in told
    received.do("care.start_reflection_period", "mira", "11T11:00", **TOLD)
    received.do("care.extend_reflection_period", "mira", "12T11:00", until="2026-06-30", reason="She is ill.")
    told = words(mira.get(path))
    assert "30 June 2026" in told and "made longer" in told


@pytest.mark.parametrize(
    ("born", "near"), [("2008-12-20", True), ("2010-01-20", False)], ids=["within half a year", "not yet"]
)
def test_eighteen_shows_itself_half_a_year_before(stage: Stage, born: str, near: bool) -> None:
    at = "2026-11-01T10:00"
    case = stage.a_case(by="mira", at=at, birth_date=born, birth_date_basis="CIVIL_REGISTRY")
    from nrm.care.beside.adulthood import is_near

    assert is_near(stage.facts(case, "mira", at)) is near
    mira = client_of(stage, "mira")
    told = words(mira.get(f"/cases/{case}/eighteen/"))
    assert "Nothing ends on the birthday" in told and "stays hers" in told
    assert ("20 December 2026" in told) is near


def test_the_birthday_is_for_who_may_know_who_she_is(stage: Stage) -> None:
    case = stage.a_case(by="mira", birth_date="2010-01-20", birth_date_basis="CIVIL_REGISTRY")
    share(stage, case, "lantern", "SUMMARY")
    told = words(client_of(stage, "dora").get(f"/cases/{case}/eighteen/"))
    assert "2028" not in told and "half a year" in told


# Best interests


def answers(part: str) -> dict[str, str]:
    if part == "views":
        return dict(VIEWS)
    if part == "weigh":
        return {"options-0-option": "Stay here", "options-0-chosen": "YES",
                "options-1-option": "Go back", "options-1-chosen": "NO",
                "question": "FIRST_STEPS", "conclusion": "She stays."}  # fmt: skip
    numbers = {"family": (2,), "safety": (3, 4), "health": (5,), "school": (6,), "identity": (1,)}[part]
    codes = {1: "IDENTITY", 2: "FAMILY", 3: "SAFETY", 4: "VULNERABILITY", 5: "HEALTH", 6: "EDUCATION"}
    return {
        f"elements-{number}-{name}": value
        for number in numbers
        for name, value in (("element", codes[number]), ("finding", f"Found in {part}."))
    }


ORDER = ("views", "family", "safety", "health", "school", "identity", "weigh")


class Interview:
    """One assessment, part by part, by one worker."""

    def __init__(self, stage: Stage, case: str, who: str = "mira") -> None:
        self.stage, self.case, self.client = stage, case, client_of(stage, who)

    def get(self, path: str = "") -> Any:
        return self.client.get(f"/cases/{self.case}/interests/{path}")

    def post(self, part: str, **more: str) -> Any:
        return self.client.post(f"/cases/{self.case}/interests/{part}/", {**answers(part), **more})

    def written(self) -> Any:
        facts = self.stage.facts(self.case, "mira", "2030-01-01T00:00")
        return [(one, facts.rows(one, Element)) for one in facts.of(Assessment)]


@pytest.fixture
def interview(stage: Stage, case: str) -> Interview:
    return Interview(stage, case)


def test_an_assessment_is_written_part_by_part_and_once(interview: Interview) -> None:
    for part, following in pairwise(ORDER):
        sent = interview.post(part)
        assert sent.status_code == 302 and sent.headers["Location"].endswith(f"/interests/{following}/")
    key = re.search(r'name="key" value="([^"]+)"', words(interview.get("weigh/")))
    assert key is not None
    for _again in range(2):
        sent = interview.post("weigh", key=key[1])
        assert sent.status_code == 302 and "done=care.assess_best_interests" in sent.headers["Location"]
    ((made, points),) = interview.written()
    assert made.conclusion == "She stays." and made.childs_views == VIEWS["childs_views"]
    found = {one.element: one.finding for one in points}
    assert found["VIEWS"] == VIEWS["childs_views"] and found["VULNERABILITY"] == "Found in safety."
    assert len(found) == 7 and "Kept:" not in words(interview.get())
    assert "Found in health." in words(interview.get()), "the last assessment stands below"


def test_nothing_is_weighed_or_concluded_before_her_views_or_a_reason(interview: Interview) -> None:
    assert "VIEWS_MISSING" in words(interview.get())
    told = words(interview.get("weigh/"))
    assert "VIEWS_MISSING" in told and "<textarea" not in told and "What was found" not in told
    assert f'href="/cases/{interview.case}/interests/views/"' in told
    assert "VIEWS_MISSING" in words(interview.post("weigh", key="5f3c8a52-1111-4222-8333-944455556666"))
    assert interview.written() == [] and not Draft.objects.exists()
    interview.post("views", childs_views="", heard_how="", views_not_asked="DID_NOT_WANT_TO_SAY")
    assert "<textarea" in words(interview.get("weigh/"))


def test_an_interrupted_assessment_goes_on_where_it_stopped(interview: Interview) -> None:
    interview.post("views")
    stopped = interview.post("health", stop="1", **{"elements-5-finding": "Her tooth hu"})
    assert stopped.status_code == 302 and stopped.headers["Location"].endswith("/interests/")
    told = words(interview.get())
    assert "What is kept lapses:" in told and told.count("Not complete") == 0 and told.count(">Done<") == 2
    assert "Her tooth hu" in words(interview.get("health/"))
    assert f'href="/cases/{interview.case}/interests/"' in words(interview.client.get("/desk/"))


def test_a_half_written_part_is_kept_though_it_cannot_go_on(interview: Interview) -> None:
    interview.post("views")
    told = words(interview.post("safety", **{"elements-4-finding": ""}), 422)
    assert "POINT_MISSING" in told and "Found in safety." in told
    told = words(interview.get())
    assert "Not complete" in told
    both = {"elements-4-finding": "Something", "elements-4-not_asked": "MISSING"}
    assert "FOUND_AND_NOT_ASKED" in words(interview.post("safety", **both), 422)
    assert "ONE_OPTION_ONLY" in words(
        interview.post("weigh", **{"options-1-option": "", "options-1-chosen": ""}), 422
    )
    told = words(interview.post("weigh"), 422)
    assert "PART_UNFINISHED" in told and "Her health" in told and interview.written() == []
    assert "No answer yet." in words(interview.post("weigh", conclusion=""), 422)


def test_a_point_may_say_why_nothing_was_asked(interview: Interview, stage: Stage, case: str) -> None:
    for part in ORDER[:-1]:
        reason = {"elements-5-finding": "", "elements-5-not_asked": "WOULD_HARM"} if part == "health" else {}
        interview.post(part, **reason)
    interview.post("weigh")
    ((_made, points),) = interview.written()
    assert [(one.finding, one.not_asked) for one in points if one.element == "HEALTH"] == [("", "WOULD_HARM")]


def test_neither_a_finding_nor_a_reason_is_refused_and_both_are_too(stage: Stage, case: str) -> None:
    for point, code in (
        ({}, "ELEMENTS_MISSING"),
        ({"finding": "x", "not_asked": "MISSING"}, "FOUND_AND_NOT_ASKED"),
    ):
        elements = [*ASSESSED["elements"][:-1], {"element": "EDUCATION", **point}]
        asked = ASSESSED | {"elements": elements}
        assert stage.refused("care.assess_best_interests", "mira", case=case, **asked) == [code]


def test_one_more_way_forward_is_asked_without_losing_any(interview: Interview) -> None:
    interview.post("views")
    told = words(interview.post("weigh", more="options"))
    assert "options-2-option" in told and "Go back" in told


def test_who_may_not_assess_writes_nothing(stage: Stage, case: str) -> None:
    share(stage, case, "police", "FULL")
    viktor = Interview(stage, case, "viktor")
    assert "ROLE_MISSING" in words(viktor.get("views/"))
    assert viktor.post("views").status_code == 200 and not Draft.objects.exists()
    assert words(viktor.client.post(f"/cases/{case}/interests/with-her/", {"said-VIEWS": "x"}), 422)
    assert viktor.get("no-such-part/").status_code == 404


def test_a_colleague_takes_over_what_was_begun_and_the_audit_says_so(
    interview: Interview, stage: Stage, case: str, lena: str
) -> None:
    interview.post("views")
    colleague = Interview(stage, case, lena)
    told = words(colleague.get())
    assert "Mira" in told and "Take it over" in told and VIEWS["childs_views"] not in told
    key = re.search(r'name="take" value="(\d+)"', told)
    assert key is not None
    assert colleague.client.post(f"/cases/{case}/interests/", {"take": key[1]}).status_code == 302
    assert VIEWS["childs_views"] in words(colleague.get("views/"))
    assert "Kept:" not in words(interview.get()).replace("began an assessment. Kept:", "")
    bind(stage.mira, now=stage.moment("2026-03-02T10:00"))
    taken = [one.person_id for one in trail.of_case(case) if one.act == "casefile.draft_taken_over"]
    assert taken == [stage.people[lena].pk]


@pytest.fixture
def lena(stage: Stage) -> str:
    """Somebody else of Mira's agency who may assess."""
    mira = stage.people["mira"]
    bind(stage.mira, now=stage.moment(MONDAY))
    lena = Person(
        key="lena", email="lena@opennrm.example", name="Lena Hall", agency=mira.agency, roles=["CW"]
    )
    lena.save(force_insert=True)
    for trained in mira.trainings.all():
        Training(person=lena, module=trained.module, valid_until=trained.valid_until).save(force_insert=True)
    del stage.people
    return "lena"


def test_a_draft_is_taken_over_by_nobody_else(
    interview: Interview, stage: Stage, case: str, lena: str
) -> None:
    interview.post("views")
    bind(stage.mira, now=stage.moment("2026-03-02T10:00"))
    draft = str(Draft.objects.get().pk)
    share(stage, case, "lantern", "FULL", "IDENTITY")
    dora = Interview(stage, case, "dora")
    assert "Take it over" not in words(dora.get())
    dora.client.post(f"/cases/{case}/interests/", {"take": draft})
    own = Interview(stage, case, lena)
    own.post("health")
    own.client.post(f"/cases/{case}/interests/", {"take": draft})  # she has begun her own
    own.client.post(f"/cases/{case}/interests/", {"take": "no number"})
    bind(stage.mira, now=stage.moment("2026-03-02T10:00"))
    assert Draft.objects.get(pk=draft).person_id == stage.mira.person_id
    assert not [one for one in trail.of_case(case) if one.act == "casefile.draft_taken_over"]


def test_with_her_the_questions_stand_in_two_languages_and_nothing_of_anyone_else(
    interview: Interview, stage: Stage, settings: Any
) -> None:
    interview.post("views")
    interview.post("family", **{"elements-2-finding": "Her uncle Besnik sold her."})
    settings.LANGUAGES = [("en", "English")]
    told = words(interview.get("with-her/"))
    assert "not translated into another language yet" in told and "Besnik" not in told
    settings.LANGUAGES = [("en", "English"), ("fr", "French")]
    told = words(interview.get("with-her/?language=fr"))
    assert "/find/" not in told and "Lule" not in told
    assert 'lang="fr"' in told and told.count("Does anything hurt?") == 2
    said = {"said-HEALTH": "أسناني تؤلمني", "said-VIEWS": "I want to stay.", "said-interpreter": "Samira"}
    sent = interview.client.post(f"/cases/{interview.case}/interests/with-her/", said)
    assert sent.status_code == 302
    told = words(interview.get("health/"))
    assert told.count("أسناني تؤلمني") == 2 and "She says so herself, through Samira" in told
    assert VIEWS["childs_views"] in words(interview.get("views/")), "what the worker wrote stays"
    assert "Besnik" in words(interview.get("family/"))


def test_where_she_said_everything_only_the_weighing_is_left_and_it_shows_all_of_it(
    interview: Interview,
) -> None:
    address = f"/cases/{interview.case}/interests/with-her/"
    said = {f"said-{point}": f"I say {point.lower()}." for point in BestInterestsElement.codes()}
    sent = interview.client.post(address, said | {"said-HEALTH": ""})
    assert sent.headers["Location"].endswith("/interests/health/"), "what she did not answer is asked first"
    sent = interview.client.post(address, said)
    assert sent.headers["Location"].endswith("/interests/weigh/")
    told = words(interview.get("weigh/"))
    assert all(f"I say {point.lower()}." in told for point in BestInterestsElement.codes())
    assert told.count("She says so herself") == 6 and f"/cases/{interview.case}/interests/family/" in told
    assert "the first assessment of this case" in told


def test_her_newer_words_take_the_place_of_her_older_ones_but_not_of_what_the_worker_wrote(
    interview: Interview,
) -> None:
    address = f"/cases/{interview.case}/interests/with-her/"
    interview.client.post(address, {"said-HEALTH": "Nothing hurts.", "said-FAMILY": "My aunt."})
    interview.post("family")
    interview.client.post(address, {"said-HEALTH": "My tooth hurts.", "said-FAMILY": "My sister."})
    health = words(interview.get("health/"))
    assert health.count("My tooth hurts.") == 2 and "Nothing hurts." not in health
    assert "Found in family.</textarea>" in words(interview.get("family/"))
    interview.client.post(address, {"said-FAMILY": "My sister."})
    assert "My tooth hurts." not in words(interview.get("health/")), "she may take back what she said"


def test_what_is_kept_lapses_after_a_week_and_other_agencies_never_read_it(
    interview: Interview, stage: Stage, case: str
) -> None:
    interview.post("views")
    share(stage, case, "lantern", "FULL", "IDENTITY")
    bind(stage.mira, now=stage.moment(MONDAY))
    (draft,) = Draft.objects.all()
    assert draft.lapses_at - draft.saved_at == timedelta(days=7)
    mira, path = stage.mira.person_id, f"/cases/{case}/interests/"
    assert drafts.kept(mira, path, now=draft.lapses_at - timedelta(seconds=1)) == draft
    assert drafts.kept(mira, path, now=draft.lapses_at) is None
    for who in ("dora", "rosa", "omar"):
        bind(stage.actor(who), now=stage.moment(MONDAY))
        assert not Draft.objects.exists()


@pytest.mark.parametrize(
    "said", [{}, {"finding": "Her tooth hurts.", "not_asked": "MISSING"}], ids=["neither", "both"]
)
def test_the_database_holds_a_finding_or_the_reason_why_nothing_was_asked(
    stage: Stage, case: str, said: dict[str, str]
) -> None:
    facts = stage.facts(case, "mira")
    row = Element(case=facts.the_case, of=1, position=0, element="HEALTH", **said)
    with pytest.raises(IntegrityError, match="care_element_found_or_reason"), transaction.atomic():
        row.save(force_insert=True)
