"""Screening, act by act: she is asked once, gently; the signs advise; a person decides."""

from datetime import UTC, date, datetime

import pytest

from nrm.agencies.models import Training
from nrm.casefile.act import ACTS
from nrm.casefile.doing import do
from nrm.casefile.facts import Facts
from nrm.casefile.timing import timed
from nrm.kernel.refusals import Refused
from nrm.messages.models import Knock
from nrm.screening import queries
from nrm.screening.models import Answer, Episode, NextStepDecided, Screening
from nrm.screening.rules import RULE_VERSION
from tests.stage import VIEWS, Stage

AT_TEN = "2026-03-02T10:00"

LULE = {
    "answers": [
        {"q": "M02", "a": "YES", "basis": "SEEN", "note": "She travels with a man who is not family."},
        {"q": "C01", "a": "YES", "basis": "SEEN", "note": "He stood ten metres away and answered for her."},
        {"q": "C07", "a": "YES", "basis": "SAID_BY_CHILD", "note": "She must bring forty a day."},
        {"q": "C10", "a": "YES", "basis": "SAID_BY_CHILD"},
    ],
    "acts": ["TRANSPORTATION", "HARBOURING"], "purposes": ["BEGGING"], "still_controlled": "YES",
    "others_at_risk": "NOT_KNOWN", "risk": "MEDIUM",
    "in_her_words": "I stand at the station from morning to night.", **VIEWS,
}  # fmt: skip
NOTHING_CLEAR = LULE | {
    "answers": [{"q": "S06", "a": "NO", "basis": "SEEN"}], "acts": ["NOT_YET_CLEAR"],
    "purposes": ["NOT_YET_CLEAR"], "risk": "LOW", "in_her_words": "",
}  # fmt: skip
A_TALK = {
    "place": "CHILD_ROOM", "present": ["TRUSTED_PERSON"], "minutes": "40", "recorded": "NO", "by": "rosa",
}  # fmt: skip
GROWN_UP = {
    "track": "ADULT_SURVIVOR", "birth_date": "2003-05-09", "birth_date_basis": "DOCUMENT_VERIFIED",
    "accompaniment": "ALONE",
}  # fmt: skip


def deadline(facts: Facts, code: str) -> tuple[datetime, str]:
    found = next(one for one in timed(facts) if one.code == code)
    assert found.due is not None and found.due.instant is not None
    return found.due.instant, found.state(facts.now)


def codes(facts: Facts) -> list[str]:
    return [one.code for one in timed(facts)]


def local(stage: Stage, text: str) -> datetime:
    return stage.moment(text).astimezone(UTC)


class TestSigns:
    def test_the_answers_advise_and_say_which_of_them_led_there(self, stage: Stage) -> None:
        case = stage.a_case(by="rosa")
        stage.do("screening.record", "rosa", AT_TEN, case=case, **LULE)
        facts = stage.facts(case, at=AT_TEN)
        advised = queries.standing_advice(facts)
        assert advised is not None
        assert (advised.advice, advised.because) == ("REFER", ("C01", "C07"))
        assert queries.indicates_trafficking(facts)

    def test_the_advice_is_kept_beside_the_answers_with_the_version_of_its_rule(self, stage: Stage) -> None:
        case = stage.a_case(by="rosa")
        stage.do("screening.record", "rosa", AT_TEN, case=case, **LULE)
        kept = stage.facts(case).of(Screening)[0]
        assert (kept.rule_version, kept.advice, kept.because) == (RULE_VERSION, "REFER", ["C01", "C07"])

    def test_every_answer_and_episode_is_a_row_of_its_screening(self, stage: Stage) -> None:
        case = stage.a_case(by="rosa")
        episode = {"from": "2025-11-01", "to": "2026-03-01", "precision": "MONTH", "country": "XAL"}
        stage.do("screening.record", "rosa", AT_TEN, case=case, **LULE | {"episodes": [episode]})
        facts = stage.facts(case)
        screening = facts.of(Screening)[0]
        assert [row.q for row in facts.rows(screening, Answer)] == ["M02", "C01", "C07", "C10"]
        assert [row.from_day for row in facts.rows(screening, Episode)] == [date(2025, 11, 1)]

    def test_all_standing_screenings_count_together_and_no_lowers_nothing(self, stage: Stage) -> None:
        case = stage.a_case(by="rosa")
        stage.do("screening.record", "rosa", AT_TEN, case=case, **LULE)
        later = {"answers": [{"q": "C01", "a": "NO"}, {"q": "C07", "a": "NOT_KNOWN"}]}
        done = stage.do("screening.record", "rosa", "2026-03-02T11:00", case=case, **NOTHING_CLEAR | later)
        assert done.fact.advice == "REFER"  # type: ignore[union-attr]
        acts, purposes = queries.acts_and_purposes(stage.facts(case, at="2026-03-02T11:00"))
        assert "BEGGING" in purposes and "HARBOURING" in acts
        assert queries.risk(stage.facts(case, at="2026-03-02T11:00")) == "MEDIUM"

    def test_a_corrected_screening_no_longer_counts(self, stage: Stage) -> None:
        case = stage.a_case(by="rosa")
        wrong = stage.do("screening.record", "rosa", AT_TEN, case=case, **LULE)
        struck = NOTHING_CLEAR | {"corrects": str(wrong.key), "why": "Written on the wrong child's case."}
        done = stage.do("screening.record", "rosa", "2026-03-02T11:00", case=case, **struck)
        assert done.fact.advice == "NO_SIGNS_TODAY"  # type: ignore[union-attr]

    def test_what_she_said_is_enough_without_a_single_answer(self, stage: Stage) -> None:
        case = stage.a_case(by="rosa")
        assert stage.refused("screening.record", "rosa", AT_TEN, case=case, **LULE | {"answers": []}) == []

    def test_an_empty_screening_is_none(self, stage: Stage) -> None:
        case = stage.a_case(by="rosa")
        empty = LULE | {"answers": [], "in_her_words": "  "}
        assert stage.refused("screening.record", "rosa", AT_TEN, case=case, **empty) == ["SCREENING_EMPTY"]

    def test_an_episode_ends_after_it_began(self, stage: Stage) -> None:
        case = stage.a_case(by="rosa")
        turned = LULE | {"episodes": [{"from": "2026-02-01", "to": "2026-01-01", "precision": "DAY"}]}
        assert stage.refused("screening.record", "rosa", AT_TEN, case=case, **turned) == [
            "EPISODE_UPSIDE_DOWN"
        ]

    def test_her_views_are_part_of_it(self, stage: Stage) -> None:
        case = stage.a_case(by="rosa")
        unheard = LULE | {"childs_views": "", "heard_how": ""}
        assert stage.refused("screening.record", "rosa", AT_TEN, case=case, **unheard) == ["VIEWS_MISSING"]


class TestMeans:
    """No means are asked for a child, nor for an adult exploited as one; doubt protects."""

    def survivor(self, stage: Stage, episodes: list[dict[str, str]], **more: object) -> list[str]:
        case = stage.a_case(by="rosa", **GROWN_UP)
        return stage.refused(
            "screening.record", "rosa", AT_TEN, case=case, **LULE | {"episodes": episodes} | more
        )

    def test_an_adult_exploited_only_as_an_adult_needs_means(self, stage: Stage) -> None:
        adult = [{"from": "2022-01-01", "to": "2023-01-01", "precision": "DAY"}]
        assert self.survivor(stage, adult) == ["ADULT_NEEDS_MEANS"]

    def test_none_seen_is_no_means(self, stage: Stage) -> None:
        adult = [{"from": "2022-01-01", "precision": "DAY"}]
        assert self.survivor(stage, adult, means=["NONE_SEEN"]) == ["ADULT_NEEDS_MEANS"]

    def test_means_ticked_are_enough(self, stage: Stage) -> None:
        assert self.survivor(stage, [{"from": "2022-01-01", "precision": "DAY"}], means=["THREATS"]) == []

    @pytest.mark.parametrize(
        "episode",
        [
            {"from": "2018-09-01", "to": "2022-06-30", "precision": "MONTH"},
            {"from": "2021-05-08", "precision": "DAY"},
            {"from": "2021-06-01", "precision": "YEAR"},
            {"to": "2023-01-01", "precision": "DAY"},
        ],
    )
    def test_one_who_was_or_may_have_been_a_child_needs_none(
        self, stage: Stage, episode: dict[str, str]
    ) -> None:
        assert self.survivor(stage, [episode]) == []

    def test_without_any_episode_nobody_is_asked(self, stage: Stage) -> None:
        assert self.survivor(stage, []) == []


class TestInterviews:
    def talk(self, stage: Stage, case: str, **other: object) -> list[str]:
        """`by` is both who does the act and the input that says who talked with her."""
        try:
            do(
                ACTS["screening.record_interview"],
                stage.doing("rosa", AT_TEN),
                A_TALK | other,
                reference=case,
            )
        except Refused as refused:
            return sorted(refused.codes)
        return []

    def test_the_first_one_needs_no_reason(self, stage: Stage) -> None:
        case = stage.a_case(by="rosa")
        assert self.talk(stage, case) == []
        assert queries.interviews(stage.facts(case, at=AT_TEN)) == 1

    def test_the_second_one_needs_a_reason(self, stage: Stage) -> None:
        case = stage.a_case(by="rosa")
        self.talk(stage, case)
        assert self.talk(stage, case) == ["INTERVIEW_AGAIN"]
        assert self.talk(stage, case, reason_again="She asked to tell more.") == []

    @pytest.mark.parametrize("present", [["NOBODY"], ["POLICE"], ["INTERPRETER", "POLICE"], ["NOT_KNOWN"]])
    def test_nobody_she_trusts_was_there(self, stage: Stage, present: list[str]) -> None:
        case = stage.a_case(by="rosa")
        assert self.talk(stage, case, present=present) == ["CHILD_ALONE"]
        assert self.talk(stage, case, present=present, reason_again="She wanted it so.") == []


class TestNextStep:
    OTHERWISE = {"outcome": "CHILD_PROTECTION_ONLY", "reason": "Her aunt has come and takes her home."}

    def a_screened_case(self, stage: Stage) -> str:
        case = stage.a_case(by="mira")
        stage.do("screening.record", "mira", AT_TEN, case=case, **LULE)
        return case

    def test_along_the_advice_it_counts_at_once(self, stage: Stage) -> None:
        case = self.a_screened_case(stage)
        stage.do("screening.decide_next_step", "mira", AT_TEN, case=case, outcome="REFER")
        step = queries.next_step(stage.facts(case, by="mira", at=AT_TEN))
        assert step is not None and step.outcome == "REFER"

    def test_against_it_a_reason_must_be_written(self, stage: Stage) -> None:
        case = self.a_screened_case(stage)
        silent = self.OTHERWISE | {"reason": " "}
        assert stage.refused("screening.decide_next_step", "mira", AT_TEN, case=case, **silent) == [
            "ADVICE_NOT_FOLLOWED"
        ]

    def test_without_signs_any_step_may_be_taken(self, stage: Stage) -> None:
        case = stage.a_case(by="mira")
        stage.do("screening.record", "mira", AT_TEN, case=case, **NOTHING_CLEAR)
        assert (
            stage.refused("screening.decide_next_step", "mira", AT_TEN, case=case, outcome="GATHER_MORE")
            == []
        )

    def test_against_it_the_step_waits_for_a_colleague_who_is_knocked(self, stage: Stage) -> None:
        case = self.a_screened_case(stage)
        stage.do("screening.decide_next_step", "mira", AT_TEN, case=case, **self.OTHERWISE)
        facts = stage.facts(case, by="mira", at=AT_TEN)
        assert facts.of(NextStepDecided)[0].against_advice
        assert queries.next_step(facts) is None
        assert Knock.objects.filter(to_agency=stage.alva, sentence="W").exists()

    def test_who_decided_cannot_confirm(self, stage: Stage) -> None:
        case = self.a_screened_case(stage)
        step = stage.do("screening.decide_next_step", "mira", AT_TEN, case=case, **self.OTHERWISE)
        assert stage.refused(
            "screening.confirm_next_step", "mira", AT_TEN, case=case, proposal=str(step.key)
        ) == ["SAME_PERSON"]

    def test_a_colleague_confirms_once(self, stage: Stage) -> None:
        case = self.a_screened_case(stage)
        share = {
            "agency": "harbour",
            "grants": ["FULL"],
            "purpose": "CARE",
            "basis": "LEGAL_DUTY",
            "note": "Law",
        }
        stage.do("casefile.share", "mira", AT_TEN, case=case, **share)
        step = stage.do("screening.decide_next_step", "mira", AT_TEN, case=case, **self.OTHERWISE)
        confirm = {"case": case, "proposal": str(step.key)}
        stage.do("screening.confirm_next_step", "rosa", AT_TEN, **confirm)
        counting = queries.next_step(stage.facts(case, by="mira", at=AT_TEN))
        assert counting is not None and counting.pk == step.key
        assert stage.refused("screening.confirm_next_step", "rosa", AT_TEN, **confirm) == ["ANSWER_NEEDED"]

    def test_only_a_step_against_the_advice_is_confirmed(self, stage: Stage) -> None:
        case = self.a_screened_case(stage)
        step = stage.do("screening.decide_next_step", "mira", AT_TEN, case=case, outcome="REFER")
        assert stage.refused(
            "screening.confirm_next_step", "mira", AT_TEN, case=case, proposal=str(step.key)
        ) == ["ANSWER_NEEDED"]


class TestWho:
    def test_screening_needs_training_in_talking_with_children(self, stage: Stage) -> None:
        case = stage.a_case(by="rosa")
        Training.objects.filter(person=stage.people["rosa"], module="CHILD_INTERVIEW").delete()
        stage.__dict__.pop("people")
        for act in ("record", "record_interview", "decide_next_step"):
            assert stage.refused(f"screening.{act}", "rosa", AT_TEN, case=case) == ["TRAINING_EXPIRED"]

    def test_a_service_worker_does_not_screen(self, stage: Stage) -> None:
        case = stage.a_case(by="dora")
        assert stage.refused("screening.record", "dora", AT_TEN, case=case, **LULE) == ["ROLE_MISSING"]

    def test_an_outsider_finds_nothing(self, stage: Stage) -> None:
        case = stage.a_case(by="rosa")
        assert stage.refused("screening.record", "omar", AT_TEN, case=case, **LULE) == ["NOT_FOUND"]


class TestDeadlines:
    def test_screening_is_due_a_day_after_opening_and_stops_with_the_first(self, stage: Stage) -> None:
        case = stage.a_case(by="rosa")
        due = local(stage, "2026-03-03T09:00")
        assert deadline(stage.facts(case, at=AT_TEN), "SCREENING") == (due, "OPEN")
        assert deadline(stage.facts(case, at="2026-03-03T09:01"), "SCREENING") == (due, "OVERDUE")
        stage.do("screening.record", "rosa", AT_TEN, case=case, **LULE)
        assert deadline(stage.facts(case, at=AT_TEN), "SCREENING") == (due, "STOPPED")

    def test_a_referral_is_owed_once_the_signs_point_there(self, stage: Stage) -> None:
        case = stage.a_case(by="rosa")
        assert "REFERRAL" not in codes(stage.facts(case, at=AT_TEN))
        stage.do("screening.record", "rosa", AT_TEN, case=case, **LULE)
        assert deadline(stage.facts(case, at=AT_TEN), "REFERRAL") == (
            local(stage, "2026-03-04T09:00"),
            "OPEN",
        )
