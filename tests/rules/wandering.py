"""A random journey: any act of any room, by anybody, with answers drawn from what the act declares it asks.

Nothing here knows a single act by name except what opens the way (a case, shares, a lead worker), so that a new
act is wandered through from the day it is declared.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile

from nrm.care.models import Determination
from nrm.casefile import story
from nrm.casefile.act import ACTS, Act
from nrm.casefile.doing import Doing, Done, do
from nrm.casefile.facts import Facts
from nrm.casefile.form import questions
from nrm.casefile.models import Fact, Proposal, Row
from nrm.crossborder.models import RiskAssessment, SolutionProposal
from nrm.identification.models import DecisionProposal
from nrm.kernel.columns import Column
from nrm.kernel.refusals import Refused
from nrm.kernel.signature import bind
from nrm.referral.models import Referral
from tests.care.test_determining import DETERMINED
from tests.care.test_safety import ASSESSED
from tests.casefile import corpus
from tests.crossborder.conftest import PANEL, RETURN, RISK
from tests.identification.conftest import NEGATIVE, POSITIVE, REFERRAL, SIGNS, TOLD
from tests.stage import MONDAY, Stage

STEPS = [
    timedelta(minutes=5), timedelta(minutes=50), timedelta(hours=5), timedelta(hours=20), timedelta(days=1),
    timedelta(days=3), timedelta(days=11), timedelta(days=45), timedelta(days=200),
]  # fmt: skip
SENTENCES = ["She told us so.", "Нет.", "لا أعرف", "a\u202eb \U0001f9d2", "x" * 120]
LEADING = ["https://a.example/1", "hidden.onion", "d41d8cd98f00b204e9800998ecf8427e"]  # never to be kept
FILES = [
    ("paper.pdf", corpus.pdf(), "application/pdf"),
    ("paper.pdf", b"%PDF-1.4", "application/pdf"),
    ("face.png", corpus.picture("PNG"), "image/png"),
    ("paper.pdf", corpus.picture("PNG"), "application/pdf"),
]  # fmt: skip
OPTIONAL = 0.6  # how often a question that need not be answered is answered
SAID = {"childs_views": "I want to stay.", "heard_how": "SPOKE"}
UNASKED = {"views_not_asked": "BABY", "note": "She is asleep."}
FEW_LINES = 10
SCREENED, REFERRED, RECEIVED, POSITIVELY, NEGATIVELY, RETURNING = range(1, 7)

Pick = Callable[[Sequence[Any]], Any]  # one of several
Chance = Callable[[float], bool]


@dataclass
class Journey:
    """One child's way. `pick` and `chance` decide everything; `done` keeps the names of the acts that were done."""

    stage: Stage
    pick: Pick
    chance: Chance
    far: int | None = None  # where it begins; None: anywhere
    now: datetime = field(init=False)
    case: str = field(init=False)
    others: list[str] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    codes: set[str] = field(default_factory=set)
    reader: str = "mira"
    towards: Iterator[tuple[str, str, dict[str, Any]]] = field(default_factory=lambda: iter(()))
    _read: Facts | None = None

    def __post_init__(self) -> None:
        self.now = self.stage.moment(MONDAY)
        self.others = [self.stage.a_case(by="mira", at=MONDAY)]
        age = self.pick([{"age_from": "14", "age_to": "17"}, {"age_from": "16", "age_to": "20"}, {},
                         {"birth_date": "2011-05-04", "birth_date_basis": "SAID_BY_CHILD"},
                         {"birth_date": "2008-04-20", "birth_date_basis": "CIVIL_REGISTRY"},
                         {"birth_date": "2001-01-09", "birth_date_basis": "DOCUMENT_UNVERIFIED"}])  # fmt: skip
        parents = self.pick(["UNKNOWN", "REACHABLE_SAFE", "CONFLICT", "ABROAD_REACHABLE", "SUSPECTED"])
        with_whom = self.pick(["ALONE", "WITH_UNRELATED_ADULT", "WITH_PARENT"])
        self.case = self.stage.a_case(by="mira", at=MONDAY, parents=parents, accompaniment=with_whom,
                                      danger_now=self.pick(["YES", "NO"]), **age)  # fmt: skip
        for agency in (
            "harbour",
            "office",
            "guardians",
            "police",
            "lantern",
            "focal",
            "panel",
            "coordination",
        ):
            share = {"agency": agency, "purpose": "CARE", "basis": "LEGAL_DUTY", "note": "Child Act",
                     "grants": ["FULL", "IDENTITY", "LOCATION"]}  # fmt: skip
            self.attempt("casefile.share", "mira", share)
        self.attempt("casefile.appoint_lead_worker", "mira", {"person": "mira"})
        self._begin(self.pick(range(7)) if self.far is None else self.far)

    def _begin(self, far: int) -> None:
        """Where the wandering starts: at the door, screened, referred, received, decided, planning a return."""
        if far >= SCREENED:
            self.attempt("screening.record", "mira", SIGNS)
        if far >= REFERRED:
            self.attempt("referral.send", "mira", REFERRAL | {"child_protection_told_name": "Mira Sole"})
        if far >= RECEIVED and (sent := [fact.pk for fact in self.facts().of(Referral)]):
            self.attempt("referral.receive", "ida", {"referral": str(sent[-1]), "case_officer": "ida"})
        if far >= POSITIVELY:
            answers = NEGATIVE if far == NEGATIVELY else POSITIVE
            self.attempt("care.appoint_guardian", "mira", {"guardian": "jonas", "from": MONDAY[:10]})
            made = self.attempt("identification.decide_reasonable_grounds", "ida", answers)
            if made is not None:
                self.attempt("identification.confirm", "tomas", {"proposal": str(made.key)})
        if far == RETURNING:
            self.towards = self._towards_a_return()

    def _towards_a_return(self) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """Somebody wants her to go back: whatever the assessments say, whenever they are made, if they are linked."""
        for agency in ("hospital", "school"):
            yield (
                "casefile.share",
                "mira",
                PANEL | {"agency": agency, "basis": "LEGAL_DUTY", "note": "Child Act"},
            )
        if self.chance(0.9):
            yield "identification.decide_conclusive_grounds", "ida", POSITIVE
            yield "identification.confirm", "tomas", {"proposal": self._newest(DecisionProposal)}
            yield "identification.notify_decision", "mira", TOLD
        yield "care.assess_best_interests", "mira", ASSESSED
        yield "care.determine_best_interests", "nora", DETERMINED
        determined = self._newest(Determination)
        yield "care.confirm_determination", "greta", {"proposal": determined}
        self.now += self.pick([timedelta(0), timedelta(days=95), timedelta(days=95)])
        for _time in range(self.pick([1, 1, 1, 2])):
            yield "crossborder.record_risk_and_security_assessment", "mira", self._a_risk()
        self.now += self.pick([timedelta(0), timedelta(0), timedelta(days=60), timedelta(days=95)])
        linked = {"determination": determined, "risk_assessment": self._newest(RiskAssessment)}
        asked = self.pick([{}, {"asked_in_writing": "YES"}])
        yield (
            "crossborder.approve_durable_solution",
            "mira",
            RETURN | self.pick([linked, linked, linked, {}]) | asked,
        )
        if self.chance(0.5):
            yield "crossborder.record_risk_and_security_assessment", "mira", self._a_risk()
        self.now += self.pick([timedelta(0), timedelta(days=40)])
        yield "crossborder.confirm_durable_solution", "greta", {"proposal": self._newest(SolutionProposal)}
        yield "crossborder.record_implementation", "mira", {"on": str(self.facts().today)}

    def _a_risk(self) -> dict[str, Any]:
        said = ["RETURN_SAFE", "RETURN_SAFE", "SAFE_WITH_CONDITIONS", "AGAINST_BEST_INTERESTS"]
        return RISK | {"conclusion": self.pick(said), "conditions": "A guardian there."}

    def _newest(self, kind: type[Fact]) -> str:
        found = self.facts().latest(kind)
        return str(found.pk) if found is not None else "1"

    # What happens.

    def step(self) -> Done | None:
        """Time passes; somebody tries something. None: it was refused, and nothing changed."""
        self.now += self.pick(STEPS[:5] if self.chance(0.8) else STEPS)
        if self.chance(0.8) and (planned := next(self.towards, None)) is not None:
            return self.attempt(*planned)
        act = self._an_act()
        who = self._somebody(act)
        return self.attempt(act.name, who, self.answers(act))

    def _an_act(self) -> Act:
        """Any act; more often one that would be possible for somebody now."""
        every = [act for act in ACTS.values() if not act.opens]
        if self.chance(0.2):
            return self.pick(every)  # type: ignore[no-any-return]
        facts = self.facts()
        possible = [act for act in every if act.on_case and not act.how_it_stands(self.stage.mira, facts)]
        possible = [act for act in possible if self._has_what_it_names(act, facts)] or every
        several = [self.pick(possible) for _try in range(3)]
        within_reach = [act for act in several if any(self._able(act, facts))] or several
        return min(within_reach, key=lambda act: self.done.count(act.name))

    def _able(self, act: Act, facts: Facts) -> Iterator[str]:
        """Everybody whose button for it is there."""
        return (key for key in sorted(self.stage.people) if not act.why_not(self.stage.actor(key), facts))

    def _has_what_it_names(self, act: Act, facts: Facts) -> bool:
        """Whether the case holds a fact for each question that must name one."""
        asked = [(name, column) for name, _field, column in questions(act.writes) if column.required]
        return all(
            bool(self._fitting(name, column, facts))
            for name, column in asked
            if column.kind in ("ref", "key")
        )

    def _somebody(self, act: Act) -> str:
        people = sorted(self.stage.people)
        if self.chance(0.15):
            return str(self.pick([*people, "public"]))
        return str(self.pick(list(self._able(act, self.facts())) or people))

    def attempt(self, name: str, who: str, answers: dict[str, Any]) -> Done | None:
        act = ACTS[name]
        doing = Doing(actor=self.stage.actor(who), now=self.now, pack=self.stage.pack)
        try:
            made = do(act, doing, answers, reference=self.case if act.on_case else "")
        except Refused as refused:
            self.codes |= set(refused.codes)
            return None
        self.done.append(name)
        self._read = None
        return made

    # What is seen.

    def facts(self) -> Facts:
        """Every fact of the case, read again after each act that was done."""
        if self._read is None:
            self._read = self._as_someone_responsible()
        return self._read.at_time(self.now)

    def _as_someone_responsible(self) -> Facts:
        for key in (self.reader, *sorted(self.stage.people)):
            bind(self.stage.actor(key), now=self.now)
            read = story.read(self.case, now=self.now, pack=self.stage.pack)
            if read is not None:
                self.reader = key
                return read
        raise AssertionError("nobody is responsible for this child any more")

    # What is answered.

    def answers(self, act: Act) -> dict[str, Any]:
        """Answers to what the act asks: mostly sensible, sometimes not."""
        facts = self.facts()
        said: dict[str, Any] = {}
        for name, _field, column in questions(act.writes):
            if name in ("childs_views", "heard_how", "views_not_asked", "note") or column.kind == "other":
                continue
            if column.required or self.chance(OPTIONAL):
                said[name] = self._value(name, column, facts)
            if said.get(name) == "OTHER" or said.get(name) == ["OTHER"]:
                said[f"{name}_other"] = "Something else."
        for name, row in act.writes.rows.items():
            said[name] = self._lines(row, facts)
        if any(name == "childs_views" for name, _field, _column in questions(act.writes)):
            said |= SAID if self.chance(0.8) else self.pick([UNASKED, {}, {**SAID, **UNASKED}])
        if facts.standing and self.chance(0.04):
            said |= {"corrects": str(self.pick(facts.standing).pk), "why": "It was written wrongly."}
        return {name: value for name, value in said.items() if value is not None}

    def _lines(self, row: type[Row], facts: Facts) -> list[dict[str, Any]]:
        asked = questions(row)
        first = next((column for _n, _f, column in asked if column.kind == "code" and column.required), None)
        codes = list(first.vocabulary.codes()) if first is not None and first.vocabulary else []
        every = bool(codes) and len(codes) <= FEW_LINES and self.chance(0.8)
        many = len(codes) if every else self.pick([1, 2, 3])
        made = []
        for place in range(many):
            line = {
                name: self._value(name, column, facts)
                for name, _field, column in asked
                if column.required or self.chance(0.6)
            }
            if every:
                line[next(name for name, _f, column in asked if column is first)] = codes[place]
            if "chosen" in line:
                line["chosen"] = "YES" if place == 0 else "NO"
            made.append({name: value for name, value in line.items() if value is not None})
        return made

    def _value(self, name: str, column: Column, facts: Facts) -> Any:
        match column.kind:
            case "code" | "tern":
                return self.pick(column.vocabulary.codes())  # type: ignore[union-attr]
            case "codes":
                return [self.pick(column.vocabulary.codes())]  # type: ignore[union-attr]
            case "text" | "long":
                several = LEADING if self.chance(0.02) else SENTENCES
                return self.pick(several)[: column.limit or None]
            case "date":
                return str(facts.today + timedelta(days=self.pick([0, 0, 0, -1, -30, 1, 40, 120])))
            case "at":
                return (
                    self.now - self.pick([timedelta(0), timedelta(minutes=3), timedelta(days=2)])
                ).isoformat()
            case "int":
                return str(self.pick([column.lowest, column.highest, 3, 16]))
            case "decimal":
                return self.pick(["0.00", "12.50", "4000"])
            case "country":
                return self.pick(["XAL", "XBR", "XCO", "XXA"])
            case "countries":
                return [self.pick(["XAL", "XBR", "XCO"])]
            case "lang":
                return self.pick(["por", "eng", "ara"])
            case "langs":
                return [self.pick(["por", "ara"])]
            case "agency":
                return self.pick(sorted(self.stage.agencies))
            case "person":
                return self.pick(sorted(self.stage.people))
            case "persons":
                people = sorted(self.stage.people)
                return list(dict.fromkeys(self.pick(people) for _place in range(3)))
            case "case":
                return self.pick([self.case, *self.others])
            case "file":
                file, content, said = self.pick(FILES)
                return SimpleUploadedFile(file, content, content_type=said)
            case "keys":
                return [str(self.pick(facts.standing).pk)] if facts.standing else []
            case _:
                return self._key(name, column, facts)

    def _key(self, name: str, column: Column, facts: Facts) -> str | None:
        """The key of a fact that fits, else of any, else of none."""
        fits = self._fitting(name, column, facts)
        if not fits:
            return "1" if column.required else None
        return str(self.pick(fits).pk)

    def _fitting(self, name: str, column: Column, facts: Facts) -> Sequence[Fact]:
        fits: Sequence[Fact] = facts.standing
        if column.kind == "ref" and column.target:
            model = apps.get_model(column.target)
            fits = [fact for fact in facts.standing if isinstance(fact, model)]
        elif "proposal" in name:
            fits = [fact for fact in facts.standing if isinstance(fact, Proposal)][-3:]
        return fits
