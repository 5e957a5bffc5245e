"""What the spine must know and only a later room can say: asked here, answered there.

A room may look back along the child's path, never ahead. Where an early act needs a later fact (has
she a guardian? is the case closed?), the question is declared here with the answer that holds while
no room answers, and the room that knows registers itself: `@questions.closed_since.answered`.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Concatenate, Generic, ParamSpec, TypeVar

from nrm.casefile.facts import Facts, once
from nrm.casefile.models import Fact
from nrm.casefile.rules import Presumed

Asked = ParamSpec("Asked")
Said = TypeVar("Said")


class Question(Generic[Asked, Said]):
    """A function whose answer a later room gives, once for the same facts. Without one, `otherwise` holds."""

    def __init__(self, otherwise: Callable[Concatenate[Facts, Asked], Said]) -> None:
        self.otherwise = once(otherwise)
        self._answer: Callable[Concatenate[Facts, Asked], Said] | None = None
        self.__doc__ = otherwise.__doc__

    def __call__(self, facts: Facts, *args: Asked.args, **kwargs: Asked.kwargs) -> Said:
        return (self._answer or self.otherwise)(facts, *args, **kwargs)

    def answered(
        self, answer: Callable[Concatenate[Facts, Asked], Said]
    ) -> Callable[Concatenate[Facts, Asked], Said]:
        """Decorator for the one function that answers."""
        if self._answer is not None:
            raise ValueError(f"{answer.__qualname__}: this question is answered already")
        self._answer = once(answer)
        return self._answer


@Question
def presumed(facts: Facts, on: date) -> Presumed:
    """Whether she is treated as a child on that day, by which row of 2.9. Without facts doubt protects."""
    return Presumed(child=True, row="P10", until=None)


@Question
def guardian(facts: Facts, on: date) -> int | None:
    """Key of the person who is her guardian on that day."""
    return None


@Question
def guardian_is_needed(facts: Facts, on: date) -> bool:
    """Whether she needs a guardian on that day (2.5)."""
    return False


@Question
def closed_since(facts: Facts) -> datetime | None:
    """When the case was closed, unless it was reopened since."""
    return None


@Question
def closings(facts: Facts) -> tuple[datetime, ...]:
    """Every time the case was closed, also where it was reopened since: what ran then has ended."""
    return ()


@Question
def reopenings(facts: Facts) -> tuple[Fact, ...]:
    """Every time the case was reopened, oldest first: a plan and an assessment are owed again."""
    return ()


@Question
def sent_since_reopening(facts: Facts) -> datetime | None:
    """When a first responder referred her, since the last reopening: her own sight then narrows (3.2)."""
    return None


@Question
def declined_at(facts: Facts) -> datetime | None:
    """When she, an adult, said that she does not want to be identified: the referral is then no longer owed."""
    return None


@Question
def consented_grants(facts: Facts) -> frozenset[str]:
    """Grants that she, or she and her guardian, agreed to share."""
    return frozenset()


@Question
def headline(facts: Facts) -> dict[str, object]:
    """The columns of casefile.Headline for this case, without its key and reference."""
    return {"stage": "OPENED", "last_fact_at": facts.everything[-1].at if facts.everything else facts.now}


@Question
def oversees(facts: Facts) -> bool:
    """Whether something on this case is open for an oversight officer: a complaint, broken glass, an erasure."""
    return False


@Question
def solution_implemented_at(facts: Facts) -> datetime | None:
    """When a durable solution was put into practice: after conclusive grounds only this ends the bar to removal."""
    return None


@Question
def agreed_to_placement_abroad(facts: Facts, country: str) -> bool:
    """Whether that State was consulted on placing her there and has agreed. Source: HC 1996 art. 33."""
    return False


@Question
def reflection_until(facts: Facts, since: datetime, until: date) -> date:
    """The last day of the recovery period begun at that moment, `until` unless a later room changed it."""
    return until
