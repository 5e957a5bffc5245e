"""Closed by two agencies when nothing is open, forgotten by all but one, and never shut to whoever meets her again."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from nrm.casefile import doing
from nrm.casefile.act import ACTS
from nrm.casefile.beside import Reader
from nrm.casefile.doing import Done
from nrm.casefile.models import Waiting
from nrm.casefile.sight import Sight, sight_of, standing_shares
from nrm.casefile.timing import Timed, timed
from nrm.closure import queries
from nrm.closure.beside import what_is_unfinished
from nrm.closure.lookups import complaint_waits
from nrm.closure.models import Closure, ClosureProposal
from nrm.closure.queries import flags_of, stage_of
from nrm.contact.models import Complaint
from nrm.contact.terms import ComplaintAbout
from nrm.kernel.refusals import Refused
from nrm.kernel.signature import bind
from nrm.messages.models import Knock
from tests.care.test_safety import ASSESSED, PLAN
from tests.identification.conftest import POSITIVE, SIGNS, Path
from tests.stage import VIEWS, Stage

PROPOSED: dict[str, Any] = {
    "reason": "DUPLICATE", "summary": "She has another case; everything goes on there.", "contact_later": "YES",
    "contact_how": "Through the school", "best_interests": "One case is enough for one child.", **VIEWS,
}  # fmt: skip
WHY: dict[str, Any] = {"why": "NEW_DANGER", "why_text": "She was seen at the station again."}
ASKED: dict[str, Any] = {"reached": "YES", "safe": "YES", "re_trafficked": "NO"}
HOLD: dict[str, Any] = {"until": "2050-01-01", "ground": "COURT", "reason": "A trial waits for it."}
TEN, ELEVEN, NOON = "2026-03-03T10:00", "2026-03-03T11:00", "2026-03-03T12:00"
LATER = "2026-03-10T10:00"


def do(stage: Stage, name: str, who: str, now: str, case: str, /, **answers: Any) -> Done:
    return doing.do(ACTS[name], stage.doing(who, now), answers, reference=case)


def refused(stage: Stage, name: str, who: str, now: str, case: str, /, **answers: Any) -> list[str]:
    try:
        do(stage, name, who, now, case, **answers)
    except Refused as no:
        return sorted(no.codes)
    return []


def run_of(facts: Any, code: str) -> list[Timed]:
    return [one for one in timed(facts) if one.code == code]


@pytest.fixture
def case(stage: Stage) -> str:
    """Rosa opened it, Mira leads it, Lantern House and the police have a share."""
    path = Path(stage)
    path.do("casefile.appoint_lead_worker", "mira", "02T09:10", person="mira")
    path.share("police", "mira", grants=["FULL", "IDENTITY"], purpose="INVESTIGATION")
    return path.case


def propose(stage: Stage, case: str, at: str = TEN, **other: Any) -> str:
    return str(do(stage, "closure.propose", "mira", at, case, **PROPOSED | other).key)


@pytest.fixture
def closed(stage: Stage, case: str) -> str:
    do(stage, "closure.close", "yara", ELEVEN, case, proposal=propose(stage, case))
    return case


def absent(stage: Stage, case: str, who: str, at: str = NOON) -> bool:
    try:
        return not sight_of(stage.actor(who), stage.facts(case, who, at))
    except AssertionError:
        return True


# Proposing


def test_all_that_keeps_a_case_open_is_said_together(stage: Stage, case: str) -> None:
    path = Path.__new__(Path)
    path.stage, path.case = stage, case
    path.received()
    missing = {"abroad_possible": "NO"}
    path.do("care.raise_missing_alert", "mira", "03T10:30", **missing)
    path.do(
        "identification.record_offence", "mira", "03T10:40", kind="THEFT", status="CHARGED", on="2026-03-01",
        authority="Police", linked_to_exploitation="YES",
    )  # fmt: skip
    offence = str(path.facts("03T10:40").everything[-1].pk)
    notice = path.do(
        "identification.issue_non_punishment_notice", "mira", "03T10:50", offence=offence, to=["PROSECUTOR"],
        asks=["SUSPEND"], text="She was made to.", guardian_heard="NO",
    )  # fmt: skip
    path.do(
        "identification.record_notice_reply",
        "mira",
        "03T10:55",
        notice=notice,
        outcome="GOES_ON",
        on="2026-03-03",
    )
    complain(stage, case)
    solution = PROPOSED | {"reason": "SOLUTION_REACHED"}
    assert refused(stage, "closure.propose", "mira", ELEVEN, case, **solution) == [
        "COMPLAINT_OPEN", "DECISION_PENDING", "NO_DURABLE_SOLUTION", "OFFENCE_OPEN", "STILL_MISSING",
    ]  # fmt: skip
    assert refused(stage, "closure.propose", "mira", ELEVEN, case, **PROPOSED) == [
        "COMPLAINT_OPEN", "OFFENCE_OPEN", "STILL_MISSING",
    ]  # fmt: skip


@pytest.mark.parametrize("step", ["sent", "received", "half", "proposal"])
def test_a_decision_that_is_owed_keeps_it_open(stage: Stage, step: str) -> None:
    path = Path(stage)
    died = PROPOSED | {"reason": "DIED"}
    assert queries.decision_pending(path.facts("02T10:00")) is False
    if step == "sent":
        path.referred()
    else:
        path.received()
        if step != "received":
            proposal = path.do("identification.decide_reasonable_grounds", "ida", "04T10:00", **POSITIVE)
            if step == "half":
                path.do("identification.confirm", "tomas", "04T11:00", proposal=proposal)
    assert refused(stage, "closure.propose", "mira", "2026-03-05T10:00", path.case, **died) == [
        "DECISION_PENDING"
    ]


@pytest.mark.parametrize(
    ("reason", "codes"),
    [
        ("SOLUTION_REACHED", ["NO_DURABLE_SOLUTION"]),
        ("RETURNED_AND_FOLLOWED_UP", ["NO_DURABLE_SOLUTION"]),
        ("TURNED_18_SUPPORTED_ELSEWHERE", ["NO_DURABLE_SOLUTION"]),
        ("TRANSFERRED_ABROAD", ["HANDOVER_MISSING"]),
        ("NOT_TRAFFICKED_HANDED_OVER", ["HANDOVER_MISSING"]),
        ("ADULT_REQUEST", []),
        ("DIED", []),
        ("DUPLICATE", []),
    ],
)
def test_each_reason_asks_for_what_it_needs(stage: Stage, case: str, reason: str, codes: list[str]) -> None:
    assert refused(stage, "closure.propose", "mira", TEN, case, **PROPOSED | {"reason": reason}) == codes


def test_whoever_is_named_takes_over(stage: Stage, case: str) -> None:
    over = PROPOSED | {"reason": "TRANSFERRED_ABROAD", "handover_to": "Child welfare of Brevia"}
    assert refused(stage, "closure.propose", "mira", TEN, case, **over) == []


def test_she_is_heard_and_it_is_best_for_her(stage: Stage, case: str) -> None:
    silent = PROPOSED | {"childs_views": "", "heard_how": "", "best_interests": ""}
    assert refused(stage, "closure.propose", "mira", TEN, case, **silent) == [
        "BEST_INTERESTS_MISSING", "VIEWS_MISSING",
    ]  # fmt: skip


def test_a_proposal_waits_for_the_co_ordinator_who_sees_the_summary(stage: Stage, case: str) -> None:
    assert absent(stage, case, "yara")
    propose(stage, case)
    facts = stage.facts(case, "yara", ELEVEN)
    assert {str(grant) for grant in sight_of(stage.yara, facts).grants} == {"EXISTENCE", "SUMMARY"}
    assert "CONFIRM_WAITING" in flags_of(facts)
    assert Knock.objects.filter(to_agency=stage.coordination, sentence="W").exists()
    propose(stage, case, ELEVEN)
    shares = [
        one
        for one in standing_shares(stage.facts(case, "mira", NOON))
        if one.agency_id == stage.coordination.pk
    ]
    assert len(shares) == 1, "shown once"


# Closing


def test_who_proposed_does_not_close_nor_does_a_colleague(stage: Stage, case: str) -> None:
    key = propose(stage, case)
    assert refused(stage, "closure.close", "mira", ELEVEN, case, proposal=key) == ["SAME_PERSON"]
    colleague = stage.people["mira"]
    colleague.pk, colleague.key, colleague.email = None, "mirja", "mirja@opennrm.example"
    colleague.pk = 1
    colleague.save(force_insert=True)
    del stage.people
    assert refused(stage, "closure.close", "mirja", ELEVEN, case, proposal=key) == ["SAME_AGENCY"]
    assert refused(stage, "closure.close", "rosa", ELEVEN, case, proposal=key) == ["ROLE_MISSING"]


def test_closing_ends_all_shares_but_that_the_lead_agency_knows_of_it(stage: Stage, closed: str) -> None:
    for who in ("rosa", "viktor", "yara"):
        assert absent(stage, closed, who), who
    facts = stage.facts(closed, "mira", NOON)
    assert {str(grant) for grant in sight_of(stage.mira, facts).grants} == {"EXISTENCE"}
    assert stage_of(facts) == "CLOSED"
    assert flags_of(facts) == {"TREATED_AS_CHILD"}


def test_closing_ends_every_deadline_but_those_it_starts(stage: Stage, closed: str) -> None:
    facts = stage.facts(closed, "mira", NOON)
    assert {one.code for one in timed(facts) if one.stopped is None} == {"FOLLOW_UP", "RETENTION"}
    bind(stage.mira, now=stage.moment(NOON))
    assert set(Waiting.objects.filter(reference=closed).values_list("code", flat=True)) == {
        "FOLLOW_UP",
        "RETENTION",
    }
    (follow_up,) = run_of(facts, "FOLLOW_UP")
    assert follow_up.due.day == date(2026, 8, 30)
    assert follow_up.owner.person == stage.mira.person_id


def test_nothing_is_written_in_a_closed_case(stage: Stage, closed: str) -> None:
    assert refused(stage, "care.record_safety_plan", "mira", NOON, closed, **PLAN) == ["CASE_CLOSED"]
    assert refused(stage, "closure.propose", "mira", NOON, closed, **PROPOSED) == ["CASE_CLOSED"]
    assert refused(stage, "closure.close", "yara", NOON, closed, proposal="1") == ["NOT_FOUND"]


def test_only_the_newest_proposal_is_closed_and_only_while_it_is_right(stage: Stage, case: str) -> None:
    first, second = propose(stage, case), propose(stage, case, ELEVEN)
    assert refused(stage, "closure.close", "yara", NOON, case, proposal=first) == ["PROPOSAL_STALE"]
    note = str(stage.facts(case, "mira", NOON).everything[0].pk)
    assert refused(stage, "closure.close", "yara", NOON, case, proposal=note) == ["ANSWER_NEEDED"]
    missing = {"abroad_possible": "NO"}
    do(stage, "care.raise_missing_alert", "mira", NOON, case, **missing)
    assert refused(stage, "closure.close", "yara", NOON, case, proposal=second) == ["STILL_MISSING"]


def test_of_two_who_close_at_once_the_second_finds_it_closed(
    stage: Stage, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both have looked before either wrote: the database keeps the first."""
    key = propose(stage, case)
    proposal = queries.proposal_waiting(stage.facts(case, "mira", ELEVEN))
    monkeypatch.setitem(ACTS, "closure.close", replace(ACTS["closure.close"], also=None))  # she still sees it
    do(stage, "closure.close", "yara", ELEVEN, case, proposal=key)
    monkeypatch.setattr(queries, "proposal_waiting", lambda facts: proposal)
    monkeypatch.setattr("nrm.casefile.act.closed_since", lambda facts: None)
    with transaction.atomic():
        assert refused(stage, "closure.close", "yara", NOON, case, proposal=key) == ["CASE_CLOSED"]


def test_the_database_lets_no_agency_close_alone(stage: Stage, case: str) -> None:
    key = int(propose(stage, case))
    facts = stage.facts(case, "mira", ELEVEN)
    proposal = facts.by_key(key)
    assert isinstance(proposal, ClosureProposal)
    alone = {
        "closure_closure_four_eyes": (stage.mira.person_id, stage.coordination.pk),
        "closure_closure_by_another_agency": (stage.yara.person_id, stage.alva.pk),
    }
    for constraint, (person, agency) in alone.items():
        row = Closure(
            case_id=proposal.case_id, at=proposal.at, recorded_at=proposal.at, proposal=key, by_person_id=person,
            by_agency_id=agency, proposed_by_id=proposal.by_person_id, proposed_by_agency_id=proposal.by_agency_id,
        )  # fmt: skip
        with pytest.raises(IntegrityError) as error, transaction.atomic():
            row.save(force_insert=True)
        assert error.value.__cause__.diag.constraint_name == constraint  # type: ignore[union-attr]


# Keeping


@pytest.mark.parametrize(
    ("age", "until"),
    [
        ({}, date(2036, 3, 3)),
        ({"birth_date": "2011-08-14", "birth_date_basis": "CIVIL_REGISTRY"}, date(2041, 8, 14)),
        ({"birth_date": "2000-08-14", "birth_date_basis": "CIVIL_REGISTRY"}, date(2036, 3, 3)),
        ({"age_from": "14", "age_to": "17", "estimated_by": ["mira"]}, date(2042, 3, 2)),
    ],
)
def test_the_record_is_kept_for_ten_years_or_until_she_is_thirty(
    stage: Stage, age: dict[str, str], until: date
) -> None:
    path = Path(stage, **age)
    done = do(stage, "closure.close", "yara", ELEVEN, path.case, proposal=propose(stage, path.case))
    (retention,) = run_of(done.facts, "RETENTION")
    assert (retention.due.day, retention.owner.mandate) == (until, "OVERSIGHT")


def test_oversight_holds_what_a_court_needs(stage: Stage, closed: str) -> None:
    assert refused(stage, "closure.hold_erasure", "vera", NOON, closed, **HOLD | {"until": "2026-03-01"}) == [
        "ANSWER_NEEDED"
    ]
    done = do(stage, "closure.hold_erasure", "vera", NOON, closed, **HOLD)
    assert queries.held_until(done.facts) == date(2050, 1, 1)
    assert absent(stage, closed, "vera", "2026-03-03T12:01"), "the door was open for that act only"


def test_an_open_case_is_nobodys_to_hold(stage: Stage, case: str) -> None:
    assert refused(stage, "closure.hold_erasure", "vera", NOON, case, **HOLD) == ["NOT_FOUND"]


# Following up


def test_she_is_followed_up_if_she_agreed(stage: Stage, closed: str) -> None:
    done = do(stage, "closure.record_follow_up", "mira", LATER, closed, **ASKED)
    assert run_of(done.facts, "FOLLOW_UP")[0].stopped == stage.moment(LATER)
    assert done.warnings == ()


@pytest.mark.parametrize("found", ["YES", "SIGNS"])
def test_signs_that_it_happens_again_ask_for_reopening(stage: Stage, closed: str, found: str) -> None:
    done = do(stage, "closure.record_follow_up", "mira", LATER, closed, **ASKED | {"re_trafficked": found})
    assert [one.code for one in done.warnings] == ["SIGNS_OF_NEW_EXPLOITATION"]


@pytest.mark.parametrize(
    ("said", "codes", "runs"),
    [
        ("NO", ["NO_CONSENT_TO_CONTACT"], 0),
        ("NOT_KNOWN", ["NO_CONSENT_TO_CONTACT"], 0),
        ("ONLY_IF_SHE_ASKS", [], 0),
    ],
)
def test_who_did_not_agree_is_left_alone(
    stage: Stage, case: str, said: str, codes: list[str], runs: int
) -> None:
    key = propose(stage, case, contact_later=said)
    done = do(stage, "closure.close", "yara", ELEVEN, case, proposal=key)
    assert len(run_of(done.facts, "FOLLOW_UP")) == runs
    assert refused(stage, "closure.record_follow_up", "mira", LATER, case, **ASKED) == codes


def test_an_open_case_has_no_follow_up_and_is_not_reopened(stage: Stage, case: str) -> None:
    assert refused(stage, "closure.record_follow_up", "mira", TEN, case, **ASKED) == ["NOT_CLOSED"]
    assert refused(stage, "closure.reopen", "mira", TEN, case, **WHY) == ["NOT_CLOSED"]


# Reopening


@pytest.mark.parametrize("who", ["mira", "rosa", "omar"])
def test_whoever_had_a_share_or_meets_her_reopens(stage: Stage, closed: str, who: str) -> None:
    """Mira leads; Rosa's agency had a share; Omar, of another agency, meets her on the street."""
    do(stage, "closure.reopen", who, LATER, closed, **WHY)
    facts = stage.facts(closed, who, LATER)
    assert {"FULL", "IDENTITY", "LOCATION"} <= {
        str(grant) for grant in sight_of(stage.actor(who), facts).grants
    }
    assert stage_of(facts) == "OPENED"
    assert run_of(facts, "RETENTION")[0].stopped is not None


def test_enforcement_and_strangers_without_the_mandate_find_nothing_to_reopen(
    stage: Stage, closed: str
) -> None:
    for who in ("gero", "dora", "sam"):
        assert refused(stage, "closure.reopen", who, LATER, closed, **WHY) == ["NOT_FOUND"], who
        assert absent(stage, closed, who, LATER)


def test_a_refused_reopening_leaves_no_door_open(stage: Stage, closed: str) -> None:
    assert refused(stage, "closure.reopen", "omar", LATER, closed, why="NEW_DANGER") == ["ANSWER_NEEDED"]
    assert absent(stage, closed, "omar", LATER)


def test_the_page_of_reopening_opens_for_whoever_may_and_leaves_no_door_open(
    stage: Stage, closed: str
) -> None:
    act = ACTS["closure.reopen"]
    facts = doing.before_doing(act, stage.doing("omar", LATER), closed)
    assert act.why_not(stage.omar, facts) == []
    assert absent(stage, closed, "omar", LATER)
    with pytest.raises(Refused, match="NOT_FOUND"):
        doing.before_doing(act, stage.doing("dora", LATER), closed)


def test_reopening_owes_a_plan_and_an_assessment_again_and_wakes_no_old_deadline(
    stage: Stage, closed: str
) -> None:
    done = do(stage, "closure.reopen", "mira", LATER, closed, **WHY)
    running = {one.code for one in timed(done.facts) if one.stopped is None and not one.period}
    assert running == {"SAFETY_PLAN", "FIRST_BIA"}
    plan = run_of(done.facts, "SAFETY_PLAN")[-1]
    assert plan.due.instant == stage.moment("2026-03-11T10:00")
    do(stage, "care.record_safety_plan", "mira", LATER, closed, **PLAN)
    again = do(stage, "care.assess_best_interests", "mira", LATER, closed, **ASSESSED)
    assert run_of(again.facts, "SAFETY_PLAN")[-1].stopped == stage.moment(LATER)
    assert run_of(again.facts, "FIRST_BIA")[-1].stopped == stage.moment(LATER)


def test_a_reopened_case_is_referred_and_closed_anew(stage: Stage, closed: str) -> None:
    do(stage, "closure.reopen", "mira", LATER, closed, **WHY)
    do(stage, "screening.record", "mira", LATER, closed, **SIGNS)
    stale = str(queries.proposal_of(f := stage.facts(closed, "mira", LATER), f.latest(Closure)).pk)  # type: ignore[union-attr]
    key = propose(stage, closed, LATER)
    assert refused(stage, "closure.close", "yara", LATER, closed, proposal=stale) == ["PROPOSAL_STALE"]
    do(stage, "closure.close", "yara", "2026-03-10T11:00", closed, proposal=key)
    facts = stage.facts(closed, "mira", "2026-03-10T12:00")
    assert stage_of(facts) == "CLOSED" and len(queries.closings(facts)) == 2
    assert [one.stopped is None for one in run_of(facts, "RETENTION")] == [False, True]


# Complaints


def complain(stage: Stage, case: str) -> None:
    said = {"about": ComplaintAbout.codes()[0], "text": "Nobody listened.", "wants_answer": "YES"}
    do(stage, "contact.make_complaint", "rosa", TEN, case, **said)


def test_a_complaint_is_acknowledged_and_answered_by_oversight_only(stage: Stage, case: str) -> None:
    complain(stage, case)

    def waiting() -> set[str]:
        bind(stage.vera, now=stage.moment(NOON))
        return set(Waiting.objects.filter(mandate="OVERSIGHT").values_list("code", flat=True))

    assert waiting() == {"COMPLAINT_ACK", "COMPLAINT_ANSWER"}
    key = str(Complaint.objects.get().pk)
    assert refused(stage, "closure.answer_complaint", "mira", NOON, "", complaint=key, text="Sorry.") == [
        "ROLE_MISSING"
    ]
    do(stage, "closure.acknowledge_complaint", "vera", NOON, "", complaint=key)
    assert waiting() == {"COMPLAINT_ANSWER"}
    assert refused(stage, "closure.propose", "mira", NOON, case, **PROPOSED) == ["COMPLAINT_OPEN"]
    do(stage, "closure.answer_complaint", "vera", NOON, "", complaint=key, text="We spoke with the team.")
    assert waiting() == set()
    assert refused(stage, "closure.propose", "mira", NOON, case, **PROPOSED) == []


def test_an_answer_without_an_acknowledgement_ends_both_waits(stage: Stage, case: str) -> None:
    complain(stage, case)
    bind(stage.vera, now=stage.moment(NOON))
    do(
        stage,
        "closure.answer_complaint",
        "vera",
        NOON,
        "",
        complaint=str(Complaint.objects.get().pk),
        text="Sorry.",
    )
    bind(stage.vera, now=stage.moment(NOON))
    assert not Waiting.objects.filter(mandate="OVERSIGHT").exists()


def test_nobody_learns_of_complaints_about_a_case_that_is_not_theirs(stage: Stage, case: str) -> None:
    complain(stage, case)
    key = stage.facts(case, "mira", NOON).the_case.pk
    assert complaint_waits(key) is True
    bind(stage.omar, now=stage.moment(NOON))
    assert complaint_waits(key) is False


# Beside the questions


def test_who_closes_reads_what_ends_with_it(stage: Stage, case: str) -> None:
    asked = {"service": "EMERGENCY_HEALTH", "provider": "lantern", "need": "A doctor.", "urgency": "ROUTINE"}
    do(stage, "services.request", "mira", TEN, case, **asked)
    propose(stage, case)
    for who in ("mira", "yara"):
        facts = stage.facts(case, who, ELEVEN)
        reader = Reader(stage.actor(who), facts, sight_of(stage.actor(who), facts))
        unfinished, ends = what_is_unfinished(reader)
        assert unfinished.lines[0] == "Emergency health care, by Lantern House, goes on."
        assert any(line.endswith(": Mira Sole.") for line in unfinished.lines[1:]), (
            "each limit with who has it"
        )
        assert "Children's Police Unit" in ends.lines[1]
    facts = stage.facts(case, "viktor", ELEVEN)
    assert list(what_is_unfinished(Reader(stage.viktor, facts, Sight(frozenset(), "", 0)))) == []
