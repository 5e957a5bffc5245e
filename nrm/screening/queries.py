"""What screening says of her, for rules of every later room: always of all standing screenings together."""

from datetime import date

from nrm.casefile.facts import Facts
from nrm.kernel.days import anniversary
from nrm.kernel.terms import Tern
from nrm.screening import rules
from nrm.screening.models import Answer, Episode, Interview, NextStepConfirmed, NextStepDecided, Screening
from nrm.screening.rules import Advised, advise
from nrm.screening.terms import Advice, Precision, Risk

TO_REFER = frozenset({Advice.REFER, Advice.REFER_NOW})
FULL_AGE = 18


def interviews(facts: Facts) -> int:
    """How often she has been asked."""
    return len(facts.of(Interview))


def answers(facts: Facts) -> list[Answer]:
    """Every standing answer, oldest screening first."""
    return [row for screening in facts.of(Screening) for row in facts.rows(screening, Answer)]


def episodes(facts: Facts) -> list[Episode]:
    """Every standing episode, oldest screening first."""
    return [row for screening in facts.of(Screening) for row in facts.rows(screening, Episode)]


def acts_and_purposes(facts: Facts) -> tuple[frozenset[str], frozenset[str]]:
    """What was done with her, and what for."""
    standing = facts.of(Screening)
    return (
        frozenset(code for screening in standing for code in screening.acts),
        frozenset(code for screening in standing for code in screening.purposes),
    )


def risk(facts: Facts) -> str:
    """The highest danger that stands, "" if none was recorded."""
    recorded = {screening.risk for screening in facts.of(Screening)}
    return next((code for code in Risk.codes() if code in recorded), "")


def what_is_advised(facts: Facts) -> Advised:
    """What all standing screenings together advise under the rule of today; without any, no signs."""
    return advise(
        {row.q for row in answers(facts) if row.a == Tern.YES},
        risk=risk(facts),
        act_and_purpose_known=rules.act_and_purpose_known(*acts_and_purposes(facts)),
    )


def standing_advice(facts: Facts) -> Advised | None:
    """What is advised; None before the first screening."""
    return what_is_advised(facts) if facts.of(Screening) else None


def advice_is_to_refer(facts: Facts) -> bool:
    """Whether the signs point to a referral."""
    advised = standing_advice(facts)
    return advised is not None and advised.advice in TO_REFER


def indicates_trafficking(facts: Facts) -> bool:
    """Whether she may be referred: an act and a purpose are known, or the advice is to refer.

    Source: CETS 197 art. 10(1); the link with the advice is a house rule.
    """
    advised = standing_advice(facts)
    return advised is not None and rules.indicates_trafficking(*acts_and_purposes(facts), advised.advice)


def confirmed(facts: Facts, step: NextStepDecided) -> bool:
    """Whether a second person has agreed to that step."""
    return any(one.proposal == step.pk for one in facts.of(NextStepConfirmed))


def next_step(facts: Facts) -> NextStepDecided | None:
    """The newest step that counts: one along the advice, or one that a second person confirmed."""
    counting = [s for s in facts.of(NextStepDecided) if not s.against_advice or confirmed(facts, s)]
    return counting[-1] if counting else None


def earliest(episode: Episode) -> date | None:
    """The first day on which the episode can have begun, by what is known of it."""
    day: date | None = episode.from_day
    if day is None or episode.precision == Precision.DAY:
        return day
    return day.replace(day=1) if episode.precision == Precision.MONTH else day.replace(month=1, day=1)


def only_after_18(birth_date: date | None, known: list[Episode]) -> bool:
    """Whether she was certainly never exploited as a child. Without a birth date or a first day doubt protects."""
    begun = [earliest(episode) for episode in known]
    if birth_date is None or not begun:
        return False
    adult_from = anniversary(birth_date, FULL_AGE)
    return all(day is not None and day >= adult_from for day in begun)
