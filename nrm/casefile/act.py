"""An act is declared once; everything that is common to all acts is here.

From `@act(...)` over one function come: the page and its form, the button's "why not", the JSON endpoint,
the audit entry, the row in the permission matrix and in the handbook of acts, and the tests for every act.
The function's body yields what is wrong with the answers; its docstring is the sentence people read.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy

from nrm.agencies.terms import Mandate, Role, TrainingModule
from nrm.casefile.facts import Facts
from nrm.casefile.models import (
    BestInterests,
    Fact,
    MayHearTheChild,
    MustHearTheChild,
    Record,
)
from nrm.casefile.questions import closed_since
from nrm.casefile.sight import Sight, sight_of
from nrm.kernel import refusals
from nrm.kernel.actor import Actor
from nrm.kernel.handling import Grant
from nrm.kernel.packs import Pack
from nrm.kernel.refusals import Refusal

if TYPE_CHECKING:
    from nrm.kernel.vocabulary import Words

EVERYONES_TRAINING = (TrainingModule.DATA_PROTECTION, TrainingModule.CHILD_NRM_BASIC)
ACTS: dict[str, "Act"] = {}
ALONE: dict[str, "Act"] = {}  # the same act on what has no case yet, by the same name

Answers = Callable[[Facts, Any], Iterable[Refusal]]
Test = Callable[[Actor, Facts], bool]


@dataclass(frozen=True)
class Condition:
    """How the case must stand: a test and the refusal that says what is missing."""

    test: Test
    refusal: Refusal

    def __call__(self, actor: Actor, facts: Facts) -> bool:
        return self.test(actor, facts)


def condition(refusal: Refusal) -> Callable[[Test], Condition]:
    """Make a condition of a function of actor and facts."""
    return lambda test: Condition(test, refusal)


@dataclass(frozen=True)
class May:
    """Who may do an act: roles (any of them), a mandate, training; `own`: roles that may do it for their own part.

    mandates names a list of the country pack ("refer": its mandates_that_refer) or is a set of mandates.
    A mandate is asked only of someone whose role may do the act.
    """

    roles: frozenset[Role]
    own: frozenset[Role] = frozenset()
    is_own: Callable[[Actor, Facts, Any], bool] | None = None
    mandates: str | frozenset[str] = ""
    otherwise: Refusal = refusals.MANDATE_MISSING
    training: tuple[TrainingModule, ...] = EVERYONES_TRAINING

    def mandates_in(self, pack: Pack) -> frozenset[str]:
        """The mandates of which one is needed; empty: none is asked."""
        if isinstance(self.mandates, frozenset):
            return self.mandates
        listed: frozenset[str] = (
            getattr(pack, f"mandates_that_{self.mandates}") if self.mandates else frozenset()
        )
        return listed

    def refusals(self, actor: Actor, facts: Facts, given: Any) -> list[Refusal]:
        has_role = bool(self.roles & actor.roles) or Role.PU in self.roles
        if not has_role and self.own & actor.roles:
            has_role = self.is_own is None or self.is_own(actor, facts, given)
        if not has_role:
            return [refusals.ROLE_MISSING]
        found: list[Refusal] = []
        needed = self.mandates_in(facts.pack)
        if needed and not needed & actor.mandates:
            found.append(self.otherwise)
        if not actor.is_public and any(not actor.is_trained(module, facts.today) for module in self.training):
            found.append(refusals.TRAINING_EXPIRED)
        return found


def may(
    *roles: Role,
    own: Iterable[Role] = (),
    is_own: Callable[[Actor, Facts, Any], bool] | None = None,
    mandates: str | Iterable[str] = "",
    otherwise: Refusal = refusals.MANDATE_MISSING,
    training: Iterable[TrainingModule] = (),
    untrained: bool = False,
) -> May:
    """Who may. `training`: modules beside everyone's two; `untrained`: help in danger never asks for training."""
    return May(
        roles=frozenset(roles),
        own=frozenset(own),
        is_own=is_own,
        mandates=mandates if isinstance(mandates, str) else frozenset(mandates),
        otherwise=otherwise,
        training=() if untrained else (*EVERYONES_TRAINING, *training),
    )


@dataclass(frozen=True)
class Knocked:
    """A knock that an act sends: which of the four sentences, at whose door."""

    sentence: str
    person: int | None = None
    agency: int | None = None


def no_code(_: Facts) -> Mapping[str, frozenset[str]]:
    """Every code is offered."""
    return {}


# (the case, what the form holds already) -> input -> what its list offers: choices, or groups of them
Offers = Callable[[Facts, Mapping[str, Any]], Mapping[str, Sequence[tuple[Any, Any]]]]


def no_list(_: Facts, __: Mapping[str, Any]) -> Mapping[str, Sequence[tuple[str, str]]]:
    """The usual lists are offered."""
    return {}


@dataclass(frozen=True, eq=False)
class Act:
    """One declared act, equal to itself alone. See `act` for the meaning of each part."""

    name: str
    says: "str | Words"
    writes: type[Record]
    who: May
    source: str
    answers: Answers
    when: tuple[Condition, ...] = ()
    first: Answers | None = None
    stands: Answers | None = None
    also: Callable[[Facts, Any], Iterable[Record]] | None = None
    fills: Callable[[Facts, Any], None] | None = None
    lays_down: Callable[[Facts, Any], None] | None = None
    knocks: Callable[[Facts, Any], Iterable[Knocked]] | None = None
    opens: bool = False
    on_closed: bool = False
    on_case: bool = True
    leaves_agency: bool = False
    only_corrects: bool = False
    rewrites: Callable[[Any], bool] = bool
    door: Callable[[str], bool] | None = None
    button: "str | Words" = ""
    path: str = ""
    asks: tuple[str, ...] = ()
    page: tuple[Any, ...] = ()
    known: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    never_offers: Callable[[Facts], Mapping[str, frozenset[str]]] = no_code
    offers: Offers = no_list
    codes: tuple[str, ...] = field(default=())

    @property
    def room(self) -> str:
        return self.name.split(".")[0]

    @property
    def verb(self) -> str:
        return self.name.split(".")[1]

    def sight(self, actor: Actor, facts: Facts) -> Sight:
        """What she sees of the case; through the act's door a closed case exists for her, and no more than that."""
        seen = sight_of(actor, facts)
        shut = self.door is None or closed_since(facts) is None or not self.who.roles & actor.roles
        if seen or shut or Mandate.IMMIGRATION_ENFORCEMENT in actor.mandates:
            return seen
        return Sight(frozenset({Grant.EXISTENCE}), "", actor.agency_id)

    def who_may(self, actor: Actor, facts: Facts, sight: Sight | None, given: Any = None) -> list[Refusal]:
        """First layer: absent for outsiders; else role, mandate, training."""
        if sight is not None and not sight:
            return [refusals.NOT_FOUND]
        if self.first is not None and given is not None:
            early = list(self.first(facts, given))
            if early:
                return early
        return self.who.refusals(actor, facts, given)

    def how_it_stands(self, actor: Actor, facts: Facts, given: Any = None) -> list[Refusal]:
        """Second layer: how the case must stand."""
        found: list[Refusal] = []
        if self.on_case and not self.opens and not self.on_closed and closed_since(facts) is not None:
            return [refusals.CASE_CLOSED]
        found += [condition.refusal for condition in self.when if not condition(actor, facts)]
        if self.stands is not None and given is not None:
            found += self.stands(facts, given)
        return found

    def what_is_said(self, facts: Facts, given: Any) -> Iterator[Refusal]:
        """Third layer: what is wrong with the answers. Warnings are among them and refuse nothing."""
        yield from when_it_happened(facts, given)
        yield from blocks(given)
        yield from self.answers(facts, given) or ()

    def why_not(self, actor: Actor, facts: Facts, sight: Sight | None = None) -> list[Refusal]:
        """Why the button is absent, asked before there are answers; empty: she may. sight: if it is known already."""
        if self.opens or not self.on_case:
            sight = None
        elif sight is None:
            sight = self.sight(actor, facts)
        return self.who_may(actor, facts, sight) or self.how_it_stands(actor, facts)


def when_it_happened(facts: Facts, given: Any) -> Iterator[Refusal]:
    """At most `pack.late_entry` ago, never in the future. A correction may reach back further."""
    if given.at > facts.now:
        yield refusals.IN_THE_FUTURE.at("at")
    elif facts.now - given.at > facts.pack.late_entry and given.corrects is None:
        yield refusals.TOO_LATE_TO_ENTER.at("at")
    if given.corrects is not None and not given.why.strip():
        yield refusals.WHY_MISSING.at("why")


def blocks(given: Any) -> Iterator[Refusal]:
    """VIEWS: exactly one of heard (with how) and not asked (with why). BI: a paragraph."""
    if isinstance(given, MustHearTheChild | MayHearTheChild):
        heard, unasked = bool(given.childs_views.strip()), bool(given.views_not_asked)
        missing = not heard and not unasked and isinstance(given, MustHearTheChild)
        if (
            missing
            or (heard and unasked)
            or (heard and not given.heard_how)
            or (given.heard_how and not heard)
        ):
            yield refusals.VIEWS_MISSING.at("childs_views")
    if isinstance(given, BestInterests) and not given.best_interests.strip():
        yield refusals.BEST_INTERESTS_MISSING.at("best_interests")


def act(
    *,
    writes: type[Record],
    may: May,
    source: str,
    when: Iterable[Condition] = (),
    first: Answers | None = None,
    stands: Answers | None = None,
    also: Callable[[Facts, Any], Iterable[Record]] | None = None,
    fills: Callable[[Facts, Any], None] | None = None,
    lays_down: Callable[[Facts, Any], None] | None = None,
    knocks: Callable[[Facts, Any], Iterable[Knocked]] | None = None,
    opens: bool = False,
    on_closed: bool = False,
    on_case: bool = True,
    leaves_agency: bool = False,
    only_corrects: bool = False,
    rewrites: Callable[[Any], bool] = bool,
    door: Callable[[str], bool] | None = None,
    button: "str | Words" = "",
    path: str = "",
    asks: Iterable[str] = (),
    page: Iterable[Callable[..., Any]] = (),
    known: Mapping[str, Callable[..., Any]] = MappingProxyType({}),
    never_offers: Callable[[Facts], Mapping[str, frozenset[str]]] = no_code,
    offers: Offers = no_list,
    name: str = "",
    alone: bool = False,
) -> Callable[[Callable[[Facts, Any], Iterable[Refusal] | None]], "Act"]:
    """Declare an act: the decorated function's docstring says it to people, its body yields what is wrong.

    writes: the fact it leaves; its declared columns are what the page asks (or only `asks`).
    may: who. when: conditions of actor and facts. stands: the same for what depends on the answers.
    first: said before any word about roles and mandates. also: further facts of the same transaction
    (a share to the authority). fills: columns the program knows. lays_down: puts a file
    into its keeping once nothing refuses, before the row is written. knocks: whom to knock beside the lead
    worker and the guardian. opens: it begins a case. on_closed: it may follow closing. on_case: False
    for what happens without a case. alone: this is what the act of the same name does where no case is
    named (a message from another State that has no case yet). leaves_agency: its page is followed by
    "check your answers". only_corrects: it writes nothing new, it corrects the entry that stands. rewrites:
    where several acts write one table, which of its rows this one may correct. door: lets someone without a
    share in for this act only; it opens the walls of the case with that reference in the open transaction,
    or says False. page: what stands beside its questions (casefile/beside.py). known: input -> where its page
    may take the answer from (casefile/known.py). never_offers: codes of a question that its page leaves out,
    since the act would refuse them. offers: the list of a question that names somebody or something, where
    the usual one is too wide.
    source: instrument and article, or "House rule".
    """

    def declare(answers: Callable[[Facts, Any], Iterable[Refusal] | None]) -> Act:
        room = answers.__module__.split(".")[1]
        full = name or f"{room}.{answers.__name__}"
        doc = (answers.__doc__ or "").strip().splitlines()
        if not doc:
            raise ValueError(f"{full} has no sentence")
        declared = Act(
            name=full,
            says=gettext_lazy(doc[0].rstrip(".")),
            writes=writes,
            who=may,
            source=source,
            answers=lambda facts, given: answers(facts, given) or (),
            when=tuple(when),
            first=first,
            stands=stands,
            also=also,
            fills=fills,
            lays_down=lays_down,
            knocks=knocks,
            opens=opens,
            on_closed=on_closed,
            on_case=on_case and not alone and issubclass(writes, Fact),
            leaves_agency=leaves_agency,
            only_corrects=only_corrects,
            rewrites=rewrites,
            door=door,
            button=button or gettext_lazy(doc[0].rstrip(".")),
            path=path,
            asks=tuple(asks),
            page=tuple(page),
            known=known,
            never_offers=never_offers,
            offers=offers,
        )
        if (ALONE if alone else ACTS).setdefault(full, declared) is not declared:
            raise ValueError(f"the act {full} is declared twice")
        return declared

    return declare


def act_named(name: str, reference: str) -> Act:
    """The act of that name, on the case with that reference or, without one, on what has no case.

    Raises KeyError if there is none.
    """
    return ALONE[name] if not reference and name in ALONE else ACTS[name]


def nothing(_: Facts, __: Any) -> Iterator[Refusal]:
    """For an act whose answers cannot be wrong."""
    yield from ()
