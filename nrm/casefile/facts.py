"""All facts of one case, in order, as one value: what conditions, rules and clocks look at.

Nothing else is stored about a case: stage, flags, deadlines and rights are functions of this value.
A correction strikes the row it names: `of` and `latest` give what stands, `everything` keeps the rest.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property, wraps
from operator import attrgetter
from typing import Any, Concatenate, ParamSpec, TypeVar

from nrm.casefile.models import Case, Fact, Row
from nrm.kernel.packs import Pack

F = TypeVar("F")
R = TypeVar("R", bound=Row)
Asked = ParamSpec("Asked")
Said = TypeVar("Said")

IN_ORDER = attrgetter("at", "id")  # of when it happened; at one moment, of when it was written


@dataclass(frozen=True)
class Facts:
    """The facts of one case at one moment. `now` is the moment of the question, `pack` the law of the country.

    case is None for the few acts that happen before there is a case.
    """

    case: Case | None
    now: datetime
    pack: Pack
    everything: tuple[Fact, ...] = ()
    lines: Mapping[int, tuple[Row, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "everything", tuple(sorted(self.everything, key=IN_ORDER)))

    @cached_property
    def today(self) -> date:
        """The local day of `now`."""
        return self.pack.calendar.local_date(self.now)

    @cached_property
    def standing(self) -> tuple[Fact, ...]:
        """Facts that no later fact corrects."""
        struck = {fact.corrects for fact in self.everything if fact.corrects is not None}
        return tuple(fact for fact in self.everything if fact.id not in struck)

    @cached_property
    def _by_kind(self) -> dict[type, tuple[Fact, ...]]:
        return {}

    def of(self, kind: type[F]) -> tuple[F, ...]:
        """Standing facts of one kind (or of a base of several), oldest first."""
        found = self._by_kind.get(kind)
        if found is None:
            found = tuple([fact for fact in self.standing if isinstance(fact, kind)])
            self._by_kind[kind] = found
        return found  # type: ignore[return-value]

    def latest(self, kind: type[F]) -> F | None:
        """The newest standing fact of a kind."""
        found = self.of(kind)
        return found[-1] if found else None

    def first(self, kind: type[F]) -> F | None:
        """The oldest standing fact of a kind."""
        found = self.of(kind)
        return found[0] if found else None

    def by_key(self, key: int | None) -> Fact | None:
        """The fact with that key, struck or not."""
        return next((fact for fact in self.everything if fact.pk == key), None)

    @cached_property
    def _corrected_by(self) -> dict[int, int]:
        return {fact.corrects: fact.pk for fact in self.everything if fact.corrects is not None}

    def standing_key(self, key: int) -> int:
        """Key under which a fact stands now: what was said of a corrected one holds for its correction."""
        while key in self._corrected_by:
            key = self._corrected_by[key]
        return key

    def rows(self, fact: Fact, kind: type[R]) -> tuple[R, ...]:
        """The lines of one kind that belong to a fact."""
        return tuple(row for row in self.lines.get(fact.pk, ()) if isinstance(row, kind))

    def plus(self, facts: Iterable[Fact], rows: Iterable[Row] = ()) -> "Facts":
        """The case as it is after these facts."""
        lines = dict(self.lines)
        for row in rows:
            lines[row.of] = (*lines.get(row.of, ()), row)
        return Facts(self.case, self.now, self.pack, (*self.everything, *facts), lines)

    def without(self, key: int | None) -> "Facts":
        """The case as if one fact had never been written: how a correction of it is judged."""
        if key is None:
            return self
        return Facts(
            self.case, self.now, self.pack, tuple(f for f in self.everything if f.pk != key), dict(self.lines)
        )

    def before(self, moment: datetime) -> "Facts":
        """The case as it was recorded until that moment."""
        return Facts(
            self.case,
            moment,
            self.pack,
            tuple(f for f in self.everything if f.recorded_at <= moment),
            dict(self.lines),
        )

    def at_time(self, now: datetime) -> "Facts":
        """The same facts, asked at another moment."""
        return Facts(self.case, now, self.pack, self.everything, self.lines)

    @cached_property
    def answers(self) -> dict[tuple[Any, ...], Any]:
        """What was asked `once` of these facts, and what was answered."""
        return {}

    @property
    def the_case(self) -> Case:
        """The case; an act that needs one is never asked without."""
        if self.case is None:
            raise LookupError("this act needs a case")
        return self.case


def once(ask: Callable[Concatenate[Facts, Asked], Said]) -> Callable[Concatenate[Facts, Asked], Said]:
    """Decorator: the same question is worked out once for the same facts. The answer is shared: nobody changes it."""

    @wraps(ask)
    def answer(facts: Facts, /, *args: Asked.args, **kwargs: Asked.kwargs) -> Said:
        asked = (ask, *args, *sorted(kwargs.items()))
        if asked not in facts.answers:
            facts.answers[asked] = ask(facts, *args, **kwargs)
        said: Said = facts.answers[asked]
        return said

    return answer
