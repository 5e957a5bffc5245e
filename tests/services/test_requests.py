"""Asked for, answered, given, gone through, ended; and the six that are owed from the first minute."""

from datetime import date
from typing import Any

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction

from nrm.casefile.beside import Reader
from nrm.casefile.facts import Facts
from nrm.casefile.looking import Looked
from nrm.casefile.models import Waiting
from nrm.casefile.sight import sight_of
from nrm.casefile.terms import SIX_SERVICES
from nrm.casefile.timing import Timed, timed
from nrm.closure.queries import flags_of
from nrm.desk.case import context
from nrm.desk.queries import waiting_for
from nrm.kernel.signature import bind
from nrm.messages.models import Knock
from nrm.services import queries
from nrm.services.beside import what_is_asked
from nrm.services.models import Acceptance, Compensation, Decline, ServiceEnd
from tests.services.conftest import HEARD, WANTED, YES, Asked, do, refused
from tests.stage import MONDAY, Stage

TEN, NOON = "2026-03-02T10:00", "2026-03-02T12:00"
TUESDAY, FRIDAY = "2026-03-03T10:00", "2026-03-06T10:00"


def runs(facts: Facts, code: str, part: str = "PSYCHOSOCIAL") -> list[Timed]:
    return sorted(
        (one for one in timed(facts) if (one.code, one.part) == (code, part)), key=lambda one: one.start
    )


def gap(stage: Stage, case: str, at: str = NOON) -> set[str]:
    return {str(service) for service in queries.service_gap(stage.facts(case, "mira", at))}


# Asking


def test_a_request_is_answered_in_two_working_days_or_in_four_hours(
    stage: Stage, agreed: str, asked: Asked
) -> None:
    asked()
    asked(service="HEALTH", urgency="IMMEDIATE")
    facts = stage.facts(agreed, "mira", MONDAY)
    slow, quick = runs(facts, "SERVICE_ANSWER")[0], runs(facts, "SERVICE_ANSWER", "HEALTH")[0]
    assert (slow.due.day, quick.due.instant) == (date(2026, 3, 4), stage.moment("2026-03-02T13:00"))
    assert slow.owner.agency == stage.lantern.pk
    codes = {row.code for row in waiting_for(stage.doing("dora", MONDAY))}
    assert codes == {"SERVICE_ANSWER"}


@pytest.mark.parametrize(("urgency", "sentence"), [("ROUTINE", "W"), ("URGENT", "U"), ("IMMEDIATE", "U")])
def test_the_provider_is_knocked_by_urgency(stage: Stage, asked: Asked, urgency: str, sentence: str) -> None:
    asked(urgency=urgency)
    bind(stage.dora, now=stage.moment(MONDAY))
    assert list(Knock.objects.filter(to_agency=stage.lantern).values_list("sentence", flat=True)) == [
        sentence
    ]


def test_what_waits_is_not_asked_for_twice(stage: Stage, agreed: str, asked: Asked) -> None:
    key = asked()
    twice = WANTED | {"provider": "school"}
    assert refused(stage, "services.request", "mira", case=agreed, **twice) == ["ALREADY_REQUESTED"]
    do(stage, "services.accept", "dora", TEN, case=agreed, request=key)
    assert refused(stage, "services.request", "mira", NOON, case=agreed, **WANTED) == ["ALREADY_REQUESTED"]
    assert refused(stage, "services.request", "mira", NOON, case=agreed, **twice) == []


def test_all_that_is_wrong_with_a_request_is_said_together(stage: Stage, agreed: str) -> None:
    stage.lantern.agreement_until = date(2026, 3, 1)
    stage.lantern.save()
    tied = WANTED | {"conditions": "As long as she talks to the police."}
    assert refused(stage, "services.request", "mira", case=agreed, **tied) == [
        "LINKED_TO_TESTIMONY", "PROVIDER_WITHOUT_AGREEMENT",
    ]  # fmt: skip


def test_immigration_enforcement_provides_nothing(stage: Stage, agreed: str) -> None:
    assert refused(stage, "services.request", "mira", case=agreed, **WANTED | {"provider": "returns"}) == [
        "FIREWALL"
    ]


def test_the_provider_reads_what_is_asked_of_it_and_no_other_does(
    stage: Stage, agreed: str, asked: Asked
) -> None:
    asked(need="Someone to talk to in Portuguese.")
    asked(service="EDUCATION", provider="school", need="Grade eight.")

    def page(who: str) -> str:
        facts = stage.facts(agreed, who, TEN)
        looked = Looked(facts, sight_of(stage.actor(who), facts))
        return str(context(stage.doing(who, TEN), looked)["timeline"])

    assert "Portuguese" in page("dora") and "Grade eight" not in page("dora")


# Answering


def test_only_the_provider_that_was_asked_answers(stage: Stage, agreed: str, asked: Asked) -> None:
    key = asked()
    for act in ("accept", "decline", "deliver"):
        extra: dict[str, Any] = {
            "accept": {},
            "decline": {"reason": "FULL"},
            "deliver": {"from": "2026-03-02"},
        }[act]
        assert refused(stage, f"services.{act}", "mira", case=agreed, request=key, **extra) == [
            "ROLE_MISSING"
        ]
    school = asked(service="EDUCATION", provider="school")
    assert refused(stage, "services.accept", "dora", case=agreed, request=school) == ["ROLE_MISSING"]


@pytest.mark.parametrize("first", ["accept", "decline"])
@pytest.mark.parametrize("second", ["accept", "decline"])
def test_a_request_has_one_answer(stage: Stage, agreed: str, asked: Asked, first: str, second: str) -> None:
    key = asked()
    extra: dict[str, Any] = {"accept": {}, "decline": {"reason": "FULL"}}
    do(stage, f"services.{first}", "dora", TEN, case=agreed, request=key, **extra[first])
    answer = {"case": agreed, "request": key, **extra[second]}
    assert refused(stage, f"services.{second}", "dora", NOON, **answer) == ["ALREADY_ANSWERED"]


@pytest.mark.parametrize("act", ["accept", "decline"])
def test_of_two_who_answer_at_once_the_second_is_told(
    stage: Stage, agreed: str, asked: Asked, monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    """Both have looked before either wrote: the database keeps the first."""
    key = asked()
    monkeypatch.setattr(queries, "answer", lambda facts, request: None)
    answer: dict[str, Any] = {
        "case": agreed,
        "request": key,
        **({"reason": "FULL"} if act == "decline" else {}),
    }
    do(stage, f"services.{act}", "dora", TEN, **answer)
    with transaction.atomic():
        assert refused(stage, f"services.{act}", "dora", TEN, **answer) == ["ALREADY_ANSWERED"]


def test_whoever_answers_holds_the_case_until_it_is_written(stage: Stage, agreed: str, asked: Asked) -> None:
    """So an acceptance and a refusal, two tables, cannot both win: the second reads after the first."""
    key = asked()
    do(stage, "services.accept", "dora", TEN, case=agreed, request=key)
    bind(stage.mira, now=stage.moment(TEN))
    case = stage.facts(agreed, "mira", TEN).the_case.pk
    told = connection.get_connection_params()
    told = {name: told[name] for name in ("dbname", "user", "host", "port", "password") if told.get(name)}
    with psycopg.connect(**told) as other:
        free = other.execute("SELECT pg_try_advisory_xact_lock(%s), pg_try_advisory_xact_lock(1)", [case])
        assert free.fetchone() == (False, True)


def test_a_lawful_no_brings_the_service_back_into_the_gap_until_the_next_request(
    stage: Stage, agreed: str, asked: Asked
) -> None:
    assert gap(stage, agreed) == {str(one) for one in SIX_SERVICES}
    key = asked(service="EDUCATION")
    assert "EDUCATION" not in gap(stage, agreed)
    do(stage, "services.decline", "dora", TUESDAY, case=agreed, request=key, reason="FULL")
    facts = stage.facts(agreed, "mira", TUESDAY)
    (open_again,) = runs(facts, "SIX_SERVICES", "EDUCATION")
    assert (open_again.stopped, open_again.due.day) == (None, date(2026, 3, 10))
    assert "SERVICE_GAP" in flags_of(facts)
    assert runs(facts, "SERVICE_ANSWER", "EDUCATION")[0].stopped == stage.moment(TUESDAY)
    asked(FRIDAY, service="EDUCATION", provider="school")
    assert runs(stage.facts(agreed, "mira", FRIDAY), "SIX_SERVICES", "EDUCATION")[0].stopped == stage.moment(
        FRIDAY
    )


@pytest.mark.parametrize("reason", ["NATIONALITY", "NO_PAPERS", "NOT_COOPERATING"])
def test_a_child_is_not_refused_for_what_she_is(stage: Stage, agreed: str, asked: Asked, reason: str) -> None:
    key = asked()
    answer = {"case": agreed, "request": key, "reason": reason}
    assert refused(stage, "services.decline", "dora", **answer) == ["DECLINE_NOT_LAWFUL"]


def test_who_asked_hears_of_a_no(stage: Stage, agreed: str, asked: Asked) -> None:
    key = asked(service="EDUCATION")
    bind(stage.dora, now=stage.moment(TEN))
    before = Knock.objects.filter(to_person_id=stage.mira.person_id).count()
    do(stage, "services.decline", "dora", TEN, case=agreed, request=key, reason="FULL")
    assert Knock.objects.filter(to_person_id=stage.mira.person_id).count() == before + 1


# Giving


def test_what_was_not_accepted_is_not_given(stage: Stage, agreed: str, asked: Asked) -> None:
    key = asked()
    given = {"case": agreed, "request": key, "from": "2026-03-03"}
    assert refused(stage, "services.deliver", "dora", TEN, **given) == ["NOT_ACCEPTED"]
    do(stage, "services.accept", "dora", TEN, case=agreed, request=key)
    assert refused(stage, "services.deliver", "dora", NOON, **given) == []
    do(stage, "services.end", "mira", NOON, case=agreed, request=key, reason="CHILD_ASKED", on="2026-03-02")
    assert refused(stage, "services.deliver", "dora", TUESDAY, **given) == ["NOT_ACCEPTED"]


def test_what_is_given_is_gone_through_every_ninety_days_until_it_ends(
    stage: Stage, agreed: str, asked: Asked
) -> None:
    key = asked()
    do(stage, "services.accept", "dora", TEN, case=agreed, request=key)
    do(stage, "services.deliver", "dora", TUESDAY, case=agreed, request=key, **{"from": "2026-03-03"})
    (first,) = runs(stage.facts(agreed, "mira", TUESDAY), "SERVICE_REVIEW")
    assert (first.due.day, first.stopped) == (date(2026, 6, 1), None)
    do(stage, "services.deliver", "dora", FRIDAY, case=agreed, request=key, **{"from": "2026-03-06"})
    said = {"case": agreed, "request": key, "helps": "PARTLY", "next": "CHANGE", **HEARD}
    assert refused(stage, "services.review", "mira", FRIDAY, **said | {"childs_views": ""}) == [
        "VIEWS_MISSING"
    ]
    do(stage, "services.review", "mira", FRIDAY, **said)
    first, second = runs(stage.facts(agreed, "mira", FRIDAY), "SERVICE_REVIEW")
    assert (first.stopped, second.due.day) == (stage.moment(FRIDAY), date(2026, 6, 4))
    ended = {"case": agreed, "request": key, "on": "2026-03-10"}
    silent = ended | {"reason": "NOT_COOPERATING"}
    assert refused(stage, "services.end", "dora", "2026-03-10T09:00", **silent) == ["END_ON_TESTIMONY"]
    done = do(stage, "services.end", "dora", "2026-03-10T09:00", **ended, reason="GOAL_REACHED")
    assert runs(done.facts, "SERVICE_REVIEW")[1].stopped == stage.moment("2026-03-10T09:00")


def test_her_own_no_to_a_service_is_grey_and_not_a_gap(stage: Stage, agreed: str, asked: Asked) -> None:
    key = asked(service="EDUCATION")
    no = {"case": agreed, "request": key}
    assert refused(stage, "services.record_childs_refusal", "mira", TEN, **no) == ["VIEWS_MISSING"]
    do(stage, "services.record_childs_refusal", "mira", TEN, **no, **HEARD)
    facts = stage.facts(agreed, "mira", NOON)
    assert "EDUCATION" not in gap(stage, agreed)
    assert {one.service: one.state for one in queries.six(facts)}["EDUCATION"] == "REFUSED"
    assert runs(facts, "SERVICE_ANSWER", "EDUCATION")[0].stopped == stage.moment(TEN)


def test_a_consent_taken_back_by_her_is_grey_and_by_a_guardian_alone_a_gap(
    stage: Stage, agreed: str, asked: Asked
) -> None:
    asked(service="EDUCATION")
    back = {"case": agreed, "service": "EDUCATION", "how": "SPOKEN"}
    done = do(stage, "services.withdraw_consent", "mira", TEN, **back, by="GUARDIAN")
    assert "EDUCATION" in gap(stage, agreed)
    assert runs(done.facts, "SERVICE_ANSWER", "EDUCATION")[0].stopped == stage.moment(TEN)
    do(stage, "services.record_consent", "mira", TEN, case=agreed, **YES)
    asked(NOON, service="EDUCATION")
    do(stage, "services.withdraw_consent", "mira", TUESDAY, **back, by="CHILD")
    assert "EDUCATION" not in gap(stage, agreed, TUESDAY)


def test_every_state_of_the_six(stage: Stage, agreed: str, asked: Asked) -> None:
    def state(at: str = NOON) -> str:
        return next(
            one.state for one in queries.six(stage.facts(agreed, "mira", at)) if one.service == "EDUCATION"
        )

    assert state() == "GAP"
    key = asked(service="EDUCATION")
    assert state() == "ASKED"
    do(stage, "services.accept", "dora", TEN, case=agreed, request=key, **{"from": "2026-03-03"})
    assert state() == "ACCEPTED"
    do(stage, "services.deliver", "dora", NOON, case=agreed, request=key, **{"from": "2026-03-02"})
    assert state() == "GIVEN"
    do(stage, "services.end", "dora", NOON, case=agreed, request=key, reason="MOVED", on="2026-03-02")
    assert state() == "ENDED"
    do(
        stage,
        "services.mark_not_needed",
        "mira",
        NOON,
        case=agreed,
        service="TRANSLATION",
        reason="She speaks it.",
    )
    states = {one.service: one.state for one in queries.six(stage.facts(agreed, "mira", NOON))}
    assert states["TRANSLATION"] == "NOT_NEEDED"


def test_not_needed_closes_the_gap_until_it_is_asked_for_after_all(
    stage: Stage, agreed: str, asked: Asked
) -> None:
    not_needed = {"case": agreed, "service": "TRANSLATION", "reason": "She speaks the language."}
    done = do(stage, "services.mark_not_needed", "mira", TEN, **not_needed)
    assert runs(done.facts, "SIX_SERVICES", "TRANSLATION")[0].stopped == stage.moment(TEN)
    key = asked(NOON, service="TRANSLATION")
    assert "TRANSLATION" not in gap(stage, agreed)
    do(stage, "services.decline", "dora", TUESDAY, case=agreed, request=key, reason="TOO_FAR")
    assert "TRANSLATION" in gap(stage, agreed, TUESDAY)


@pytest.mark.parametrize(
    ("age", "codes"),
    [
        ({}, ["EDUCATION_IS_A_RIGHT"]),
        ({"birth_date": "2021-03-01", "birth_date_basis": "SAID_BY_OTHER"}, []),
        ({"birth_date": "2020-03-02", "birth_date_basis": "SAID_BY_OTHER"}, ["EDUCATION_IS_A_RIGHT"]),
        ({"age_from": "3", "age_to": "6", "estimated_by": ["mira"]}, ["EDUCATION_IS_A_RIGHT"]),
        ({"age_from": "3", "age_to": "5", "estimated_by": ["mira"]}, []),
        ({"birth_date": "1999-05-01", "birth_date_basis": "CIVIL_REGISTRY", "track": "ADULT_SURVIVOR"}, []),
    ],
)
def test_a_child_of_school_age_needs_schooling(stage: Stage, age: dict[str, Any], codes: list[str]) -> None:
    case = stage.a_case(by="mira", **age)
    answers = {"case": case, "service": "EDUCATION", "reason": "Not now."}
    assert refused(stage, "services.mark_not_needed", "mira", **answers) == codes


def test_a_corrected_request_keeps_its_answers(stage: Stage, agreed: str, asked: Asked) -> None:
    key = asked()
    do(stage, "services.accept", "dora", TEN, case=agreed, request=key)
    right = WANTED | {
        "need": "Someone to talk to, in Portuguese.",
        "corrects": key,
        "why": "Her language was missing.",
    }
    done = do(stage, "services.request", "mira", NOON, case=agreed, **right)
    (standing,) = queries.requests(done.facts)
    assert isinstance(queries.answer(done.facts, standing), Acceptance)


def test_what_is_asked_of_her_agency_lies_on_its_desk_until_answered(
    stage: Stage, agreed: str, asked: Asked
) -> None:
    key = asked()
    bind(stage.dora, now=stage.moment(TEN))
    assert Waiting.objects.filter(agency=stage.lantern).count() == 1
    do(stage, "services.accept", "dora", TEN, case=agreed, request=key)
    bind(stage.dora, now=stage.moment(TEN))
    assert Waiting.objects.filter(agency=stage.lantern).count() == 0


# Compensation


def test_more_is_not_paid_than_was_awarded(stage: Stage, case: str) -> None:
    step: dict[str, Any] = {"case": case, "from": "EMPLOYER", "currency": "EUR", "on": "2026-03-02"}
    pay = "services.record_compensation"
    assert refused(stage, pay, "mira", **step, step="PAID", amount="10.00") == ["PAID_MORE_THAN_AWARDED"]
    for what, amount in (("CLAIMED", "8400.00"), ("AWARDED", "100.00"), ("PAID", "60.00"), ("PAID", "40.00")):
        done = do(stage, pay, "mira", **step, step=what, amount=amount)
    assert isinstance(done.fact, Compensation)
    assert refused(stage, pay, "mira", **step, step="PAID", amount="0.01") == ["PAID_MORE_THAN_AWARDED"]
    other = step | {"from": "STATE_FUND"}
    assert refused(stage, pay, "mira", **other, step="PAID", amount="1.00") == ["PAID_MORE_THAN_AWARDED"]
    assert refused(stage, pay, "mira", **step | {"currency": "eu"}, step="CLAIMED", amount="5") == [
        "ANSWER_NEEDED"
    ]
    assert refused(stage, pay, "mira", **step, step="CLAIMED", amount="-5") == ["ANSWER_NEEDED"]
    assert refused(stage, pay, "mira", **step | {"currency": ""}, step="REFUSED") == []


# Past all Python


def forbidden(stage: Stage, case: str, row: Any) -> str:
    """The constraint that refuses a row written past every act."""
    bind(stage.mira, now=stage.moment(MONDAY))
    row.case_id = stage.facts(case, "mira", MONDAY).the_case.pk
    row.at = row.recorded_at = stage.moment(MONDAY)
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        row.save(force_insert=True)
    return str(error.value.__cause__.diag.constraint_name)  # type: ignore[union-attr]


def test_the_database_refuses_what_the_law_forbids(stage: Stage, agreed: str, asked: Asked) -> None:
    key = int(asked())
    assert forbidden(stage, agreed, Decline(request_id=key, reason="NO_PAPERS")) == (
        "services_declined_for_a_lawful_reason"
    )
    ended = ServiceEnd(request_id=key, reason="NOT_COOPERATING", on=date(2026, 3, 2))
    assert forbidden(stage, agreed, ended) == "services_end_not_for_silence"
    owed = Compensation(payer="EMPLOYER", step="PAID", amount="5.00", currency="", on=date(2026, 3, 2))
    assert forbidden(stage, agreed, owed) == "services_amount_with_its_currency"


def test_an_answer_leaves_no_second_row(stage: Stage, agreed: str, asked: Asked) -> None:
    key = int(asked())
    do(stage, "services.accept", "dora", TEN, case=agreed, request=str(key))
    assert forbidden(stage, agreed, Acceptance(request_id=key)) == "services_accepted_once"
    other = int(asked(service="HEALTH"))
    do(stage, "services.decline", "dora", TEN, case=agreed, request=str(other), reason="FULL")
    assert forbidden(stage, agreed, Decline(request_id=other, reason="FULL")) == "services_declined_once"


# The directory

OFFERED: dict[str, Any] = {
    "service": "THERAPY", "what": "Talking therapy for children.", "region": "Port Alva", "languages": ["por", "eng"],
    "capacity": "12", "children_only": "YES", "goes_on": "YES",
}  # fmt: skip


def offer(stage: Stage, who: str, at: str = MONDAY, **other: Any) -> None:
    stage.do("services.offer", who, at, **OFFERED | other)


def test_the_directory_shows_the_newest_word_of_each_agency(stage: Stage) -> None:
    offer(stage, "dora")
    offer(stage, "dora", TUESDAY, capacity="10", region="port alva")
    offer(stage, "dora", service="HEALTH", children_only="NO")
    bind(stage.rosa, now=stage.moment(TUESDAY))
    (therapy,) = queries.directory(service="THERAPY")
    assert (therapy.capacity, therapy.at) == (10, stage.moment(TUESDAY))
    assert [one.service for one in queries.directory()] == ["THERAPY", "HEALTH"]
    assert [one.service for one in queries.directory(children_only=True)] == ["THERAPY"]
    offer(stage, "dora", FRIDAY, goes_on="NO")
    bind(stage.rosa, now=stage.moment(FRIDAY))
    assert [one.service for one in queries.directory()] == ["HEALTH"]


def test_only_a_provider_offers_and_only_people_of_an_agency_read(stage: Stage) -> None:
    offer(stage, "dora")
    assert stage.refused("services.offer", "rosa", **OFFERED) == ["ROLE_MISSING"]
    bind(stage.actor("public"), now=stage.moment(TUESDAY))
    assert queries.directory() == []


def test_a_provider_reads_the_request_beside_its_answer(stage: Stage, agreed: str, asked: Asked) -> None:
    asked(need="Someone to talk to in Portuguese.")
    asked(service="EDUCATION", provider="school", need="Grade eight.")
    facts = stage.facts(agreed, "dora", TEN)
    (part,) = what_is_asked(Reader(stage.dora, facts, sight_of(stage.dora, facts)))
    assert "Portuguese" in str(part.rows) and "Grade eight" not in str(part.rows)
