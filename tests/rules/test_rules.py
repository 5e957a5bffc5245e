"""The rules that cannot be broken, after every step of random journeys: any act, anybody, any order.

Each rule is written again here, slowly and from the law, and compared with what the system says. Rule 12, that small
numbers are never published, no step can break, since no step publishes: `tests/statistics/test_nothing_is_published.py`
holds that no page and no command counts cases; here, that a row to be counted carries closed words only. How many:
300 in `make test`, 10,000 by `make journeys` (JOURNEYS=...).
"""

import os
import re
from collections import Counter
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from nrm.care.queries.guardians import SAY_WHETHER_NEEDED, begins, is_needed
from nrm.casefile.act import ACTS
from nrm.casefile.doing import Done
from nrm.casefile.facts import Facts
from nrm.casefile.models import (
    BestInterests,
    Confirmation,
    Document,
    Fact,
    Headline,
    MayHearTheChild,
    MustHearTheChild,
    Party,
    PartyEnd,
    Proposal,
    Waiting,
)
from nrm.casefile.questions import guardian, guardian_is_needed, headline, presumed
from nrm.casefile.sight import sight_of
from nrm.casefile.terms import Flag
from nrm.casefile.timing import timed
from nrm.contact.models import FirstContact, OnlineReport, Report
from nrm.crossborder.models import (
    Implementation,
    OutgoingMessage,
    RiskAssessment,
    SolutionConfirmed,
    SolutionProposal,
)
from nrm.crossborder.queries.family import is_separated
from nrm.identification.models import DecisionProposal, Notice, Offence
from nrm.identification.queries.decisions import decisions
from nrm.identification.terms import DecisionReason
from nrm.referral.models import Referral, Withdrawal
from nrm.statistics.queries import counted
from tests.rules.wandering import LEADING, RETURNING, Journey
from tests.stage import Stage

JOURNEYS = int(os.environ.get("JOURNEYS", "300"))
PARTS = 6  # so that several workers share them
LENGTH = 22  # steps of one journey
ADULT_ROWS = {"P2", "P3", "P6", "P9", "P11"}
OUTSIDERS = ("omar", "gero")
RETURNS = ("FAMILY_REUNIFICATION_ORIGIN", "CARE_IN_ORIGIN", "RETURN_TO_HABITUAL_RESIDENCE")
VALID_DAYS = 90


def holds(journey: Journey, before: Facts, made: Done) -> Facts:
    """All rules, on the case as it is now."""
    facts = journey.facts()
    head: dict[str, Any] = dict(headline(facts))
    flags = {str(flag) for flag in head["flags"]}
    nothing_is_edited(before, facts)
    nothing_else_is_written(before, facts, made)
    if str(head["stage"]) not in ("CLOSED", "ERASED"):
        doubt_protects(facts, flags)
        no_removal_while_it_goes_on(facts, flags)
        a_guardian_is_asked_for(facts, flags)
        not_punished_first(facts, flags)
    consent_never_cancels(facts)
    one_guardian_a_day(facts)
    she_is_heard_and_it_is_best_for_her(facts)
    two_people_decide(facts)
    returns_pass_the_gate(facts)
    the_gate_is_shut(journey, facts)
    no_material_is_kept(facts, made)
    only_closed_words_are_counted(facts)
    help_does_not_depend_on_the_decision(journey, facts)
    absent_for_outsiders(journey, facts)
    lists_say_what_the_facts_say(facts, head)
    what_begins_is_never_missed(facts)
    return facts


def nothing_is_edited(before: Facts, facts: Facts) -> None:
    """Facts are only ever added."""
    now = {fact.pk: fact for fact in facts.everything}
    for fact in before.everything:
        later = now[fact.pk]
        for column in fact._meta.concrete_fields:
            assert getattr(fact, column.attname) == getattr(later, column.attname), column


def nothing_else_is_written(before: Facts, facts: Facts, made: Done) -> None:
    """Refusals since the last act left nothing; the act left what it says it left."""
    new = {fact.pk for fact in facts.everything} - {fact.pk for fact in before.everything}
    assert new <= {made.key, *(fact.pk for fact in made.also)}


def doubt_protects(facts: Facts, flags: set[str]) -> None:
    """Rules 1 and 2: whoever may be a child is one. CETS 197 art. 10(3)."""
    said = presumed(facts, facts.today)
    assert said.child or said.row in ADULT_ROWS
    assert (str(Flag.TREATED_AS_CHILD) in flags) == said.child
    contact = facts.latest(FirstContact)
    born = contact.birth_date if contact is not None else None
    nothing_known = not any(type(fact).__name__ in ("AgeDispute", "AgeProposal") for fact in facts.everything)
    if nothing_known and (born is None or born > date(facts.today.year - 18, facts.today.month, 28)) and (
        contact is None or contact.age_from is None or contact.age_from < 18
    ) and (born is None or facts.today < born.replace(year=born.year + 18)):  # fmt: skip
        assert said.child


def consent_never_cancels(facts: Facts) -> None:
    """Rule 2: no decision about a child rests on consent, on means, on co-operation. Palermo Protocol art. 3(c)."""
    for proposal in facts.of(DecisionProposal):
        assert (
            not DecisionReason.refused_only & set(proposal.reason_codes)
            or not presumed(facts, facts.today).child
        )


def no_removal_while_it_goes_on(facts: Facts, flags: set[str]) -> None:
    """Rule 4: barred from referral until it is decided, and for ninety days after a positive decision."""
    made = decisions(facts, "RG")
    withdrawn = {fact.referral_id for fact in facts.of(Withdrawal)}
    sent = [fact for fact in facts.of(Referral) if fact.pk not in withdrawn]
    if sent and not decisions(facts, "RG", "CG"):
        assert str(Flag.REMOVAL_BARRED) in flags
    if made and made[-1].stands and made[-1].is_positive:
        first_days = facts.pack.calendar.local_date(made[-1].at) + timedelta(days=30)
        if facts.today <= first_days:  # the floor of CETS 197 art. 13(1), whatever pack or exception
            assert str(Flag.REMOVAL_BARRED) in flags and str(Flag.REFLECTION_RUNNING) in flags


def a_guardian_is_asked_for(facts: Facts, flags: set[str]) -> None:
    """Rule 6. CETS 197 art. 10(4)(a)."""
    needed = guardian_is_needed(facts, facts.today)
    assert (str(Flag.NO_GUARDIAN) in flags) == (needed and guardian(facts, facts.today) is None)
    if needed:
        assert presumed(facts, facts.today).child


def one_guardian_a_day(facts: Facts) -> None:
    """Never two at a time, over a year of days."""
    for days in range(0, 365, 30):
        found = guardian(facts, facts.today - timedelta(days=days))
        assert found is None or isinstance(found, int)


def she_is_heard_and_it_is_best_for_her(facts: Facts) -> None:
    """Rules 7 and 8. CRC art. 3 and 12."""
    for fact in facts.everything:
        if isinstance(fact, MustHearTheChild):
            assert bool(fact.childs_views.strip()) != bool(fact.views_not_asked), fact
        elif isinstance(fact, MayHearTheChild):
            assert not (fact.childs_views.strip() and fact.views_not_asked), fact
        if isinstance(fact, BestInterests):
            assert fact.best_interests.strip(), fact


def returns_pass_the_gate(facts: Facts) -> None:
    """Rule 5: a signed return rests on an assessment of the last 90 days, and none said no. CETS 197 art. 16(7)."""
    for signed in facts.of(SolutionConfirmed):
        solution = facts.by_key(signed.proposal)
        assert isinstance(solution, SolutionProposal)
        if solution.type in RETURNS:
            assert _assessed(facts, signed.recorded_at, solution.risk_assessment_id), solution
    for message in facts.everything:
        if isinstance(message, OutgoingMessage) and "RECEIVE_RETURN" in message.ask_for:
            assert _assessed(facts, message.recorded_at, None), message
    for real in facts.of(Implementation):
        assert any(signed.proposal == real.solution_id for signed in facts.of(SolutionConfirmed))


def _assessed(facts: Facts, moment: datetime, linked: int | None) -> bool:
    """Whether what was written until that moment allowed a return: the linked assessment (None: the newest)."""
    known = [fact for fact in facts.everything if fact.recorded_at <= moment]
    struck = {fact.corrects for fact in known}
    risks = [fact for fact in known if isinstance(fact, RiskAssessment) and fact.pk not in struck]
    relied = [risk for risk in risks if risk.pk == linked] if linked else risks[-1:]
    day = facts.pack.calendar.local_date
    return bool(
        relied
        and (day(moment) - day(relied[0].at)).days <= VALID_DAYS
        and all(risk.conclusion != "AGAINST_BEST_INTERESTS" for risk in (relied[0], risks[-1]))
        and len(set(relied[0].sources)) >= 2
    )


def the_gate_is_shut(journey: Journey, facts: Facts) -> None:
    """Rule 5, asked in every state: without an assessment, or with one that says no, no return can be proposed."""
    act = ACTS["crossborder.approve_durable_solution"]
    risks = facts.of(RiskAssessment)
    against = bool(risks) and risks[-1].conclusion == "AGAINST_BEST_INTERESTS"
    for kind in RETURNS:
        bare = SolutionProposal(
            case=facts.the_case, type=kind, receiving_care="Her aunt", asked_in_writing="YES"
        )
        linked = SolutionProposal(
            case=facts.the_case,
            type=kind,
            receiving_care="Her aunt",
            risk_assessment=risks[-1] if risks else None,
        )
        if str(headline(facts)["stage"]) not in ("CLOSED", "ERASED"):  # type: ignore[attr-defined]
            assert "NO_RISK_ASSESSMENT" in {
                no.code for no in act.how_it_stands(journey.stage.mira, facts, bare)
            }
        if against:
            assert act.how_it_stands(journey.stage.mira, facts, linked)


def no_material_is_kept(facts: Facts, made: Done) -> None:
    """Rule 11: no picture but of the few kinds, no file undeclared; of online reports no link and no fingerprint."""
    for fact in facts.everything:
        if isinstance(fact, Document) and fact.file:
            assert fact.declared_clean == "YES" and fact.media_type
            if fact.media_type.startswith("image/"):
                assert fact.kind in ("IDENTITY_DOCUMENT", "INJURY_BODY_MAP_DRAWING", "CHILDS_DRAWING")
    if isinstance(made.fact, OnlineReport | Report) and (
        isinstance(made.fact, OnlineReport) or made.fact.by_person_id is None
    ):
        leading = LEADING if isinstance(made.fact, OnlineReport) else LEADING[:2]
        written = [str(getattr(made.fact, field.attname)) for field in made.fact._meta.concrete_fields]
        assert not [text for text in written if any(one in text for one in leading)]


def only_closed_words_are_counted(facts: Facts) -> None:
    """Rule 12: what a number could ever be made of holds no name, no place, no day and no key of her."""
    row = counted(facts)
    if row is not None:
        assert 2000 < row.year < 2100
        assert all(re.fullmatch("[A-Z][A-Z_0-9]*", word) for word in row.headings), row


def two_people_decide(facts: Facts) -> None:
    """Whoever proposed never signs."""
    for confirmed in facts.of(Confirmation):  # type: ignore[type-abstract]
        proposal = facts.by_key(confirmed.proposal)
        assert isinstance(proposal, Proposal)
        assert confirmed.by_person_id != proposal.by_person_id


def first_written(facts: Facts, key: int) -> int:
    """The key of the entry that a chain of corrections began with."""
    fact = facts.by_key(key)
    return first_written(facts, fact.corrects) if fact is not None and fact.corrects else key


def not_punished_first(facts: Facts, flags: set[str]) -> None:
    """Rule 9. CETS 197 art. 26."""
    noticed = {first_written(facts, notice.offence_id) for notice in facts.of(Notice)}
    open_ones = [
        one
        for one in facts.of(Offence)
        if one.linked_to_exploitation != "NO" and first_written(facts, one.pk) not in noticed
    ]
    assert (str(Flag.NON_PUNISHMENT_DUE) in flags) == bool(open_ones)


def help_does_not_depend_on_the_decision(journey: Journey, facts: Facts) -> None:
    """Rule 3: with the opposite decision the same help is possible. CETS 197 art. 10(2), 12(6), 13(2)."""
    if not facts.of(DecisionProposal):
        return
    turned = [_turned(fact) if isinstance(fact, DecisionProposal) else fact for fact in facts.everything]
    mira, dora = journey.stage.mira, journey.stage.dora
    other = Facts(facts.case, facts.now, facts.pack, tuple(turned), facts.lines)
    for act in ACTS.values():
        if act.room in ("contact", "services") and act.on_case and not act.opens:
            for who in (mira, dora):
                here = [one.code for one in act.why_not(who, facts)]
                assert here == [one.code for one in act.why_not(who, other)], act.name


def _turned(fact: DecisionProposal) -> DecisionProposal:
    values = {column.attname: getattr(fact, column.attname) for column in fact._meta.concrete_fields}
    values["outcome"] = "NEGATIVE" if fact.outcome == "POSITIVE" else "POSITIVE"
    return DecisionProposal(**values)


def absent_for_outsiders(journey: Journey, facts: Facts) -> None:
    """Rule 10: who has no share sees nothing; immigration enforcement never has one."""
    ended = {end.share_id for end in facts.of(PartyEnd)}
    shared = {share.agency_id for share in facts.of(Party) if share.pk not in ended}
    for key in OUTSIDERS:
        actor = journey.stage.actor(key)
        if actor.agency_id not in shared or key == "gero":
            assert not sight_of(actor, facts)
    assert journey.stage.returns.pk not in shared


def what_begins_is_never_missed(facts: Facts) -> None:
    """Asked at each fact of a room that may tell, as the rule is written; `begins` leaves out what changes nothing."""
    for holds_then in (is_needed, is_separated, lambda then, on: presumed(then, on).child):
        slowly, held = [], False
        for fact in facts.standing:
            if fact._meta.app_label in SAY_WHETHER_NEEDED:
                known = tuple(one for one in facts.standing if one.at <= fact.at)
                then = Facts(facts.case, fact.at, facts.pack, known, facts.lines)
                before, held = held, holds_then(then, then.today)
                slowly += [(fact, fact.at)] if held and not before else []
        assert list(begins(facts, holds_then)) == slowly


def lists_say_what_the_facts_say(facts: Facts, head: dict[str, Any]) -> None:
    """What is kept for lists is what can be counted again from the facts, if nothing but an act moved it."""
    kept = Headline.objects.get(case=facts.the_case)
    newest = max(fact.recorded_at for fact in facts.everything)
    then = {str(flag) for flag in headline(facts.at_time(newest))["flags"]}  # type: ignore[attr-defined]
    if newest == facts.now:
        assert kept.stage == str(head["stage"]) and set(kept.flags) == then
        waiting = Counter(Waiting.objects.filter(case=facts.the_case).values_list("code", flat=True))
        running = Counter(
            one.code for one in timed(facts) if one.stopped is None and not one.period and one.due
        )
        assert {code: waiting[code] for code in running} == dict(running)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_no_order_of_acts_breaks_a_rule(part: int, stage: Stage) -> None:
    done: Counter[str] = Counter()
    refused: Counter[str] = Counter()

    @settings(
        max_examples=max(1, JOURNEYS // PARTS),
        deadline=None,
        database=None,
        derandomize="JOURNEYS"
        not in os.environ,  # the same 300 in every `make test`; new ones in `make journeys`
        phases=[Phase.generate],  # a journey that fails tells its steps: shrinking would take an hour
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
    )
    @given(st.randoms(use_true_random=False))
    def wander(random: Any) -> None:
        with transaction.atomic():
            journey = Journey(stage, lambda several: several[random.randrange(len(several))],
                              lambda odds: random.random() < odds)  # fmt: skip
            facts = journey.facts()
            for _step in range(LENGTH):
                made = journey.step()
                if made is not None:
                    note(f"{journey.now:%Y-%m-%d %H:%M} {journey.done[-1]}")
                    facts = holds(journey, facts, made)
            done.update(journey.done)
            refused.update(journey.codes)
            transaction.set_rollback(True)

    wander()
    assert len(done) > 15 and len(refused) > 8, (done, refused)  # it does get somewhere


def test_journeys_reach_signed_returns(stage: Stage) -> None:
    """The gate would be held by nobody if no journey ever came through it, or none were turned back at it."""
    signed, turned_back = 0, set[str]()
    for seed in range(12):
        chance = Random(seed)
        with transaction.atomic():
            journey = Journey(stage, chance.choice, lambda odds, of=chance: of.random() < odds, far=RETURNING)
            for planned in journey.towards:
                journey.now += timedelta(minutes=5)
                if (made := journey.attempt(*planned)) is not None:
                    holds(journey, journey.facts(), made)
            signed += journey.done.count("crossborder.confirm_durable_solution")
            turned_back |= journey.codes
            transaction.set_rollback(True)
    assert signed and {"NO_RISK_ASSESSMENT", "RETURN_AGAINST_BEST_INTERESTS"} <= turned_back


def test_a_broken_rule_would_be_found(stage: Stage) -> None:
    """The checks themselves can fail: an edited fact, an unheard child, a decision signed by its own author."""
    case = stage.a_case(by="mira")
    facts = stage.facts(case, by="mira")
    changed = Facts(facts.case, facts.now, facts.pack, tuple(_edited(fact) for fact in facts.everything))
    with pytest.raises(AssertionError):
        nothing_is_edited(facts, changed)
    unheard = DecisionProposal(case=facts.the_case, at=facts.now, recorded_at=facts.now, best_interests="x")
    with pytest.raises(AssertionError):
        she_is_heard_and_it_is_best_for_her(facts.plus([unheard]))
    alone = DecisionProposal(case=facts.the_case, at=facts.now, recorded_at=facts.now, by_person_id=7)
    from nrm.identification.models import Confirmed

    signed = Confirmed(
        case=facts.the_case, at=facts.now, recorded_at=facts.now, by_person_id=7, proposal=alone.pk
    )
    with pytest.raises(AssertionError):
        two_people_decide(facts.plus([alone, signed]))
    offence = Offence(
        case=facts.the_case, at=facts.now, recorded_at=facts.now, linked_to_exploitation="LIKELY"
    )
    with pytest.raises(AssertionError):
        not_punished_first(facts.plus([offence]), set())
    with pytest.raises(AssertionError):
        doubt_protects(facts, set())
    said_no = RiskAssessment(
        case=facts.the_case, at=facts.now, recorded_at=facts.now, sources=["POLICE", "NGO_THERE"],
        conclusion="AGAINST_BEST_INTERESTS",
    )  # fmt: skip
    back = SolutionProposal(
        case=facts.the_case,
        at=facts.now,
        recorded_at=facts.now,
        type="CARE_IN_ORIGIN",
        risk_assessment=said_no,
    )
    sent = SolutionConfirmed(case=facts.the_case, at=facts.now, recorded_at=facts.now, proposal=back.pk)
    with pytest.raises(AssertionError):
        returns_pass_the_gate(facts.plus([said_no, back, sent]))
    picture = Document(
        case=facts.the_case, at=facts.now, recorded_at=facts.now, kind="OTHER", file="x", declared_clean="YES",
        media_type="image/png",
    )  # fmt: skip
    with pytest.raises(AssertionError):
        no_material_is_kept(facts.plus([picture]), Done(fact=None, key=0))
    found = OnlineReport(at=facts.now, recorded_at=facts.now, service=LEADING[0])
    with pytest.raises(AssertionError):
        no_material_is_kept(facts, Done(fact=found, key=0))


def _edited(fact: Fact) -> Fact:
    values = {column.attname: getattr(fact, column.attname) for column in fact._meta.concrete_fields}
    values["at"] = fact.at - timedelta(hours=1)
    return type(fact)(**values)
