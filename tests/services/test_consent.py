"""She is asked before anything is told, her no goes before a guardian's yes, and what she takes back ends at once."""

from datetime import date
from typing import Any

import pytest

from nrm.casefile import questions
from nrm.casefile.sight import sight_of, standing_shares
from nrm.casefile.timing import timed
from nrm.kernel.refusals import Refused
from nrm.kernel.signature import bind
from nrm.messages.models import Knock
from nrm.services import queries
from tests.services.conftest import HEARD, WANTED, YES, Asked, do, refused
from tests.stage import MONDAY, Stage

TEN, ELEVEN = "2026-03-02T10:00", "2026-03-02T11:00"
NO = YES | {"given": "NO"}
BACK: dict[str, Any] = {"service": "ALL", "by": "CHILD", "how": "SPOKEN"}
SHARED: dict[str, Any] = {
    "agency": "school", "grants": ["SUMMARY"], "purpose": "CARE", "basis": "CHILD_CONSENT", "note": "She said so.",
}  # fmt: skip


def sees(stage: Stage, case: str, who: str, at: str = ELEVEN) -> set[str]:
    """The grants of a person; nothing at all where the case is absent."""
    try:
        return {str(grant) for grant in sight_of(stage.actor(who), stage.facts(case, who, at)).grants}
    except AssertionError:
        return set()


def knocks_of(stage: Stage, agency: str, at: str = ELEVEN) -> list[str]:
    """The sentences laid out at an agency's door."""
    bind(stage.mira, now=stage.moment(at))
    return list(Knock.objects.filter(to_agency__key=agency).values_list("sentence", flat=True))


def test_without_her_consent_nothing_is_asked_for_but_shelter_and_emergency_care(
    stage: Stage, case: str
) -> None:
    assert refused(stage, "services.request", "mira", case=case, **WANTED) == ["SERVICE_CONSENT_MISSING"]
    for service in ("EMERGENCY_HEALTH", "SAFE_ACCOMMODATION_AND_SUBSISTENCE"):
        done = do(stage, "services.request", "mira", case=case, **WANTED | {"service": service})
        share = queries.share_of(done.facts, done.fact)
        assert (share.grants, share.basis) == (["SUMMARY"], "VITAL_INTEREST")


@pytest.mark.parametrize("given", ["NO", "NOT_KNOWN"])
def test_only_a_yes_is_consent(stage: Stage, case: str, given: str) -> None:
    do(stage, "services.record_consent", "mira", case=case, **YES | {"given": given})
    assert refused(stage, "services.request", "mira", case=case, **WANTED) == ["SERVICE_CONSENT_MISSING"]


def test_consent_to_one_service_is_no_consent_to_another(stage: Stage, case: str) -> None:
    do(stage, "services.record_consent", "mira", case=case, **YES | {"service": "THERAPY"})
    assert refused(stage, "services.request", "mira", case=case, **WANTED) == ["SERVICE_CONSENT_MISSING"]
    assert refused(stage, "services.request", "mira", case=case, **WANTED | {"service": "THERAPY"}) == []
    assert refused(stage, "casefile.share", "mira", case=case, **SHARED) == ["SHARE_CONSENT_MISSING"]


def test_the_provider_gets_the_summary_and_what_she_agreed_to_and_no_more_than_a_service_needs(
    stage: Stage, case: str
) -> None:
    do(
        stage,
        "services.record_consent",
        "mira",
        case=case,
        **YES | {"shares": ["FULL", "IDENTITY", "LOCATION"]},
    )
    do(stage, "services.request", "mira", TEN, case=case, **WANTED)
    assert sees(stage, case, "dora") == {"EXISTENCE", "SUMMARY", "IDENTITY"}


def test_her_consent_to_all_services_lets_the_case_be_shared_as_far_as_it_goes(
    stage: Stage, agreed: str
) -> None:
    assert refused(stage, "casefile.share", "mira", case=agreed, **SHARED) == []
    wider = SHARED | {"grants": ["SUMMARY", "IDENTITY"]}
    assert refused(stage, "casefile.share", "mira", case=agreed, **wider) == ["SHARE_CONSENT_MISSING"]


def test_an_adults_own_consent_covers_what_is_shared_until_she_takes_it_back(stage: Stage) -> None:
    adult = {"track": "ADULT_SURVIVOR", "birth_date": "1999-05-01", "birth_date_basis": "DOCUMENT_VERIFIED"}
    case = stage.a_case(by="mira", **adult)
    said = {"to": "SUPPORT_ONLY", "given": "YES", "how": "SPOKEN"}
    assert refused(stage, "casefile.share", "mira", case=case, **SHARED) == ["SHARE_CONSENT_MISSING"]
    do(stage, "contact.record_adult_consent", "mira", case=case, **said)
    assert (
        refused(stage, "casefile.share", "mira", case=case, **SHARED | {"grants": ["FULL", "IDENTITY"]}) == []
    )
    do(stage, "services.withdraw_consent", "mira", TEN, case=case, **BACK)
    assert sees(stage, case, "ada") == set()
    assert refused(stage, "casefile.share", "mira", ELEVEN, case=case, **SHARED) == ["SHARE_CONSENT_MISSING"]


@pytest.mark.parametrize("her_no", ["record_consent", "withdraw_consent", "record_childs_refusal"])
def test_a_guardian_does_not_overrule_her(stage: Stage, case: str, her_no: str) -> None:
    guardian = YES | {"by": "GUARDIAN"}
    assert refused(stage, "services.record_consent", "mira", case=case, **guardian) == []
    done = do(stage, "services.request", "mira", case=case, **WANTED)
    said = {
        "record_consent": NO, "withdraw_consent": BACK, "record_childs_refusal": {"request": str(done.key), **HEARD},
    }[her_no]  # fmt: skip
    do(stage, f"services.{her_no}", "mira", TEN, case=case, **said)
    again = guardian | {"service": "PSYCHOSOCIAL"}
    assert refused(stage, "services.record_consent", "mira", ELEVEN, case=case, **again) == [
        "GUARDIAN_OVERRULES_CHILD"
    ]


def test_a_court_or_emergency_health_goes_against_her_no_and_is_named(stage: Stage, case: str) -> None:
    do(stage, "services.record_consent", "mira", case=case, **NO)
    guardian = YES | {"by": "GUARDIAN"}
    assert refused(stage, "services.record_consent", "mira", TEN, case=case, **guardian) == [
        "GUARDIAN_OVERRULES_CHILD"
    ]
    emergency = guardian | {"service": "EMERGENCY_HEALTH"}
    assert refused(stage, "services.record_consent", "mira", TEN, case=case, **emergency) == []
    court = guardian | {"capacity": "District court of Port Alva, order of this morning."}
    assert refused(stage, "services.record_consent", "mira", TEN, case=case, **court) == []


def test_her_own_yes_after_her_no_counts(stage: Stage, case: str) -> None:
    do(stage, "services.record_consent", "mira", case=case, **NO)
    do(stage, "services.record_consent", "mira", TEN, case=case, **YES)
    assert (
        refused(stage, "services.record_consent", "mira", ELEVEN, case=case, **YES | {"by": "GUARDIAN"}) == []
    )


def test_what_she_takes_back_reaches_every_receiver(stage: Stage, agreed: str, asked: Asked) -> None:
    """The provider, the school she shared with; not the guardian's office, which is told by law."""
    asked()
    do(stage, "casefile.share", "mira", case=agreed, **SHARED)
    law = {
        "agency": "guardians",
        "grants": ["FULL"],
        "purpose": "CARE",
        "basis": "LEGAL_DUTY",
        "note": "Child law.",
    }
    do(stage, "casefile.share", "mira", case=agreed, **law)
    before = {who: len(knocks_of(stage, who)) for who in ("lantern", "school", "guardians")}
    assert sees(stage, agreed, "dora") and sees(stage, agreed, "ada")
    done = do(stage, "services.withdraw_consent", "mira", TEN, case=agreed, **BACK)
    assert sees(stage, agreed, "dora") == sees(stage, agreed, "ada") == set()
    assert sees(stage, agreed, "petra") and sees(stage, agreed, "mira")
    after = {who: len(knocks_of(stage, who)) for who in before}
    assert {who: after[who] - before[who] for who in before} == {"lantern": 1, "school": 1, "guardians": 0}
    assert questions.consented_grants(done.facts) == frozenset()
    assert refused(stage, "services.request", "mira", ELEVEN, case=agreed, **WANTED) == [
        "SERVICE_CONSENT_MISSING"
    ]


def test_a_plain_no_when_asked_again_ends_the_shares_as_well(stage: Stage, agreed: str, asked: Asked) -> None:
    asked()
    do(stage, "services.record_consent", "mira", TEN, case=agreed, **NO)
    assert sees(stage, agreed, "dora") == set()


def test_one_service_taken_back_leaves_the_others(stage: Stage, agreed: str, asked: Asked) -> None:
    asked()
    asked(service="EDUCATION", provider="school")
    do(stage, "services.withdraw_consent", "mira", TEN, case=agreed, **BACK | {"service": "EDUCATION"})
    assert sees(stage, agreed, "ada") == set() and sees(stage, agreed, "dora")
    assert queries.consent_for(stage.facts(agreed, "mira", ELEVEN), "PSYCHOSOCIAL") is not None


def test_a_withdrawal_entered_late_leaves_what_she_agreed_to_since(
    stage: Stage, agreed: str, asked: Asked
) -> None:
    asked("2026-03-02T09:30")
    do(stage, "services.record_consent", "mira", ELEVEN, case=agreed, **YES)
    asked("2026-03-02T11:30", service="EDUCATION", provider="school")
    do(stage, "services.withdraw_consent", "mira", "2026-03-02T12:00", case=agreed, at=TEN, **BACK)
    assert sees(stage, agreed, "dora", "2026-03-02T12:00") == set()
    assert sees(stage, agreed, "ada", "2026-03-02T12:00")


def test_the_last_child_protection_share_of_a_child_stays_whatever_she_takes_back(stage: Stage) -> None:
    case = stage.a_case(by="rosa")
    do(
        stage,
        "services.record_consent",
        "rosa",
        case=case,
        **YES | {"shares": ["FULL", "IDENTITY", "LOCATION"]},
    )
    given = SHARED | {"agency": "alva", "grants": ["FULL", "IDENTITY", "LOCATION"]}
    do(stage, "casefile.share", "rosa", case=case, **given)
    do(stage, "services.withdraw_consent", "mira", TEN, case=case, **BACK)
    assert "FULL" in sees(stage, case, "mira")


def test_her_own_agency_may_be_the_one_that_loses_the_case(stage: Stage) -> None:
    """The end of her own share is written last: everything else is written before the door shuts."""
    adult = {"track": "ADULT_SURVIVOR", "birth_date": "1999-05-01", "birth_date_basis": "DOCUMENT_VERIFIED"}
    case = stage.a_case(by="rosa", **adult)
    do(stage, "contact.record_adult_consent", "rosa", case=case, to="SUPPORT_ONLY", given="YES", how="SPOKEN")
    do(stage, "casefile.share", "rosa", case=case, **SHARED | {"agency": "alva", "grants": ["FULL"]})
    do(stage, "services.withdraw_consent", "mira", TEN, case=case, **BACK)
    with pytest.raises(Refused, match="NOT_FOUND"):
        do(stage, "services.record_consent", "mira", ELEVEN, case=case, **YES)
    shares = standing_shares(stage.facts(case, "rosa", ELEVEN))
    assert {share.agency.key for share in shares} == {"harbour"}


def test_what_a_guardian_alone_agreed_to_ends_on_the_day_she_is_of_age(stage: Stage) -> None:
    known = {"birth_date": "2008-03-05", "birth_date_basis": "CIVIL_REGISTRY"}
    case = stage.a_case(by="mira", **known)
    do(stage, "services.record_consent", "mira", case=case, **YES | {"by": "GUARDIAN"})
    done = do(stage, "services.request", "mira", case=case, **WANTED)
    assert queries.share_of(done.facts, done.fact).until == date(2026, 3, 4)
    assert sees(stage, case, "dora", "2026-03-04T12:00")
    assert sees(stage, case, "dora", "2026-03-05T12:00") == set()
    other = WANTED | {"service": "THERAPY"}
    assert refused(stage, "services.request", "mira", "2026-03-05T12:00", case=case, **other) == [
        "SERVICE_CONSENT_MISSING"
    ]


def test_who_turns_18_is_asked_herself_within_thirty_days(stage: Stage) -> None:
    known = {"birth_date": "2008-03-05", "birth_date_basis": "CIVIL_REGISTRY"}
    case = stage.a_case(by="mira", **known)

    def runs(at: str) -> list[Any]:
        return [one for one in timed(stage.facts(case, "mira", at)) if one.code == "CONSENT_AT_18"]

    assert runs("2026-03-04T23:00") == []
    (asked,) = runs("2026-03-05T00:30")
    assert (asked.due.day, asked.stopped) == (date(2026, 4, 4), None)
    do(
        stage,
        "services.record_consent",
        "mira",
        "2026-03-06T09:00",
        case=case,
        **YES | {"by": "CHILD_AND_GUARDIAN"},
    )
    assert runs("2026-03-06T09:00")[0].stopped is None
    do(
        stage,
        "services.record_consent",
        "mira",
        "2026-03-06T10:00",
        case=case,
        **YES | {"service": "THERAPY"},
    )
    assert runs("2026-03-06T10:00")[0].stopped is None
    do(stage, "services.record_consent", "mira", "2026-03-06T11:00", case=case, **YES)
    assert runs("2026-03-06T11:00")[0].stopped == stage.moment("2026-03-06T11:00")


def test_an_adult_survivor_owes_no_consent_at_18(stage: Stage) -> None:
    adult = {"track": "ADULT_SURVIVOR", "birth_date": "1999-05-01", "birth_date_basis": "DOCUMENT_VERIFIED"}
    facts = stage.facts(stage.a_case(by="mira", **adult), "mira", MONDAY)
    assert [one for one in timed(facts) if one.code == "CONSENT_AT_18"] == []


# Agreeing again


def again(stage: Stage, case: str, when: str = TEN, /, **other: Any) -> None:
    do(stage, "services.record_consent", "mira", when, case=case, **YES | other)


def test_agreeing_again_to_less_leaves_less(stage: Stage, case: str) -> None:
    again(stage, case, MONDAY, shares=["SUMMARY", "IDENTITY"])
    key = do(stage, "services.request", "mira", case=case, **WANTED).key
    do(stage, "services.request", "mira", case=case, **WANTED | {"service": "HEALTH", "provider": "hospital"})
    assert "IDENTITY" in sees(stage, case, "dora", TEN)
    again(stage, case, service="PSYCHOSOCIAL")
    assert sees(stage, case, "dora") == {"SUMMARY", "EXISTENCE"}
    assert knocks_of(stage, "lantern") == ["W", "W"], "asked, then told that there is less"
    shares = standing_shares(stage.facts(case, "mira", ELEVEN), stage.hospital.pk)
    assert shares[0].grants == ["SUMMARY", "IDENTITY"], "her word was about the other service"
    # What came in place of the share still rests on her yes, and ends with it
    (narrowed,) = standing_shares(stage.facts(case, "mira", ELEVEN), stage.lantern.pk)
    assert queries.first_share(stage.facts(case, "mira", ELEVEN), narrowed) == narrowed.replaces
    do(stage, "services.accept", "dora", ELEVEN, case=case, request=str(key))
    do(stage, "services.withdraw_consent", "mira", ELEVEN, case=case, **BACK | {"service": "PSYCHOSOCIAL"})
    assert sees(stage, case, "dora") == set()


def test_agreeing_again_never_widens_and_a_late_word_changes_nothing(stage: Stage, case: str) -> None:
    again(stage, case, MONDAY)
    do(stage, "services.request", "mira", case=case, **WANTED)
    again(stage, case, shares=["SUMMARY", "IDENTITY"])
    assert sees(stage, case, "dora") == {"SUMMARY", "EXISTENCE"}
    do(stage, "services.request", "mira", ELEVEN, case=case, **WANTED | {"service": "HEALTH"})
    assert "IDENTITY" in sees(stage, case, "dora")
    again(stage, case, ELEVEN, at="2026-03-02T09:30")
    again(stage, case, ELEVEN, given="NOT_KNOWN", service="HEALTH")
    assert "IDENTITY" in sees(stage, case, "dora")


def test_what_was_shared_on_her_word_about_everything_narrows_to_it(stage: Stage, case: str) -> None:
    again(stage, case, MONDAY, shares=["FULL", "IDENTITY"])
    do(stage, "casefile.share", "mira", case=case, **SHARED | {"grants": ["FULL", "IDENTITY"]})
    again(stage, case, shares=["SUMMARY"])
    assert sees(stage, case, "ada") == {"SUMMARY", "EXISTENCE"}
    again(stage, case, ELEVEN, shares=["IDENTITY"])
    assert sees(stage, case, "ada", "2026-03-02T12:00") == {"EXISTENCE"}
    again(stage, case, "2026-03-02T12:00", shares=["FULL", "IDENTITY"])
    assert sees(stage, case, "ada", "2026-03-02T12:00") == {"EXISTENCE"}, "a share is widened by sharing"
