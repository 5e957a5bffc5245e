"""How long protection lasts: the floor of the recovery period, the hand-over by a guardian, when to plan ahead."""

from datetime import date, timedelta

from nrm.kernel.days import add_months

MINIMUM_REFLECTION = timedelta(days=30)
HAND_OVER = timedelta(days=30)
PLANNED_FROM_MONTHS_BEFORE = 24


def earliest_end_of_reflection(positive_on: date) -> date:
    """The first day on which an exception may let the period end.

    positive_on: day of the positive decision on reasonable grounds, not counted; calendar days.
    Source: CETS 197 art. 13(1): at least 30 days; whether the exceptions of 13(3) could end it before
    that is left open there, so here they never do (house rule).
    """
    return positive_on + MINIMUM_REFLECTION


def last_day_of_hand_over(adult_since: date) -> date:
    """The last day on which a guardian still stands beside someone decided to be an adult.

    adult_since: the first day on which the decision was final, not counted; calendar days. House rule.
    """
    return adult_since + HAND_OVER


def is_too_early_to_plan(on: date, adult_on: date) -> bool:
    """Whether the plan for adult life would be made more than two years before it begins. House rule.

    adult_on: her 18th birthday, the first adult day.
    """
    return on < add_months(adult_on, -PLANNED_FROM_MONTHS_BEFORE)
