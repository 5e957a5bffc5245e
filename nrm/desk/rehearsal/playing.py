"""Plays a story through the real acts: the clock set to each step, each act by the person named.

The caller opens the transaction and decides whether it stays. Every step binds its own actor, so that
the walls of the database hold for a rehearsal as they do for people.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from nrm.agencies.models import Agency, Person
from nrm.agencies.queries import actor_of
from nrm.casefile import form, questions, story
from nrm.casefile.act import ACTS
from nrm.casefile.cast import enter_agencies, enter_people
from nrm.casefile.doing import Doing, Done, do
from nrm.casefile.facts import Facts
from nrm.casefile.form import Unanswered
from nrm.casefile.looking import look
from nrm.desk.rehearsal import reading
from nrm.desk.rehearsal.outcome import Outcome, Result
from nrm.desk.rehearsal.routine import expanded
from nrm.kernel.actor import PUBLIC, Actor
from nrm.kernel.packs import Pack
from nrm.kernel.refusals import Refused
from nrm.kernel.signature import bind

LOOK = "casefile.look"
CONSENT = "services.record_consent"
FOR_WANT_OF_CARE = frozenset({"NOT_FOUND", "CHILD_UNGUARDED", "GUARDIAN_FIRST", "NOT_ON_THE_CASE"})

TELLING = frozenset(
    {"screening", "referral", "identification", "care", "services", "crossborder", "closure"}
)  # rooms whose acts change what is derived
IDLE = frozenset({"services.record_compensation", "crossborder.record_consular_contact"})


def answered(question: questions.Question[..., Any]) -> bool:
    """Whether a room has said how to answer this question."""
    return question._answer is not None


class Missing(Exception):
    """A label that names nothing. `skipped`: because the step that writes it could not be played."""

    def __init__(self, label: str, *, skipped: bool) -> None:
        super().__init__(label)
        self.label, self.skipped = label, skipped


@dataclass
class Stage:
    """What a rehearsal knows while it plays: people, labels, cases, what was skipped."""

    pack: Pack
    people: Mapping[str, Person]
    agencies: Mapping[str, Agency]
    facts: dict[tuple[str, str], Done] = field(default_factory=dict)  # (file, label) -> what the act left
    cases: dict[str, str] = field(default_factory=dict)  # label -> reference
    skipped: set[tuple[str, str]] = field(default_factory=set)  # (file, label) of facts that never came
    skipped_cases: set[str] = field(default_factory=set)
    lost: dict[str, list[str]] = field(default_factory=dict)  # case label -> acts that could not be played
    without: dict[str, list[str]] = field(
        default_factory=dict
    )  # case label -> acts of care and sharing skipped
    hands: dict[str, dict[int, Actor]] = field(default_factory=dict)  # case label -> agency -> somebody of it

    def actor(self, key: str) -> Actor:
        return PUBLIC if key == "public" else actor_of(self.people[key])

    def doing(self, actor: Actor, at: datetime) -> Doing:
        return Doing(actor=actor, now=at, pack=self.pack)

    def read(self, case: str, actor: Actor, at: datetime) -> Facts | None:
        """The case through the walls, as this actor's agency can read it."""
        bind(actor, now=at)
        return story.read(self.cases[case], now=at, pack=self.pack)

    def whole(self, case: str, at: datetime) -> Facts | None:
        """The case as it is: the fullest reading of all who have acted in it."""
        found = [
            facts for actor in self.hands.get(case, {}).values() if (facts := self.read(case, actor, at))
        ]
        return max(found, key=lambda facts: len(facts.everything), default=None)

    def label_of(self, file: str, key: int) -> str:
        """The label of a fact in one file; empty if it has none."""
        return next((label for (of, label), done in self.facts.items() if of == file and done.key == key), "")

    def resolved(self, file: str, value: Any) -> Any:
        """Answers with `$label` replaced by the key or reference it stands for. Raises Missing."""
        if isinstance(value, Mapping):
            return {key: self.resolved(file, entry) for key, entry in value.items()}
        if isinstance(value, list):
            return [self.resolved(file, entry) for entry in value]
        if not isinstance(value, str) or not value.startswith("$"):
            return value
        label, _dot, part = value[1:].partition(".")
        if label in self.cases:
            return self.cases[label]
        done = self.facts.get((file, label))
        if done is None:
            raise Missing(label, skipped=(file, label) in self.skipped or label in self.skipped_cases)
        if part == "share":
            shares = [fact for fact in done.also if fact._meta.label == "casefile.Party"]
            if not shares:
                raise Missing(value[1:], skipped=False)
            return str(shares[-1].pk)
        if part:
            return str(getattr(done.fact, part))
        return str(done.key)


def step_aside(told: reading.Story) -> None:
    """Let whoever is here under a key of the story's cast be somebody else while it is rehearsed.

    Otherwise the cases that they have already would take the beds of the story and fill its desks.
    """
    for agency in Agency.objects.filter(key__in=told.agencies):
        agency.key = f"away-{agency.pk}"
        agency.save(update_fields=["key"])
    for person in Person.objects.filter(key__in=told.people):
        person.key, person.email = f"away-{person.pk}", f"{person.pk}@away.example"
        person.save(update_fields=["key", "email"])


def cast(told: reading.Story) -> Stage:
    """Enter the agencies and people that are not there as the story tells them."""
    agencies = {agency.key: agency for agency in Agency.objects.filter(key__in=told.agencies)}
    people = _people(told.people)
    new_agencies = {
        key: one
        for key, one in told.agencies.items()
        if key not in agencies or not _same_agency(agencies[key], one)
    }
    if new_agencies:
        agencies |= enter_agencies(new_agencies)
    new_people = {
        key: one for key, one in told.people.items() if key not in people or not _same(people[key], one)
    }
    if new_people:
        enter_people(new_people)
        people = _people(told.people)
    return Stage(pack=told.pack, people=people, agencies=agencies)


def _people(keys: Any) -> dict[str, Person]:
    rows = Person.objects.select_related("agency").prefetch_related("trainings").filter(key__in=list(keys))
    return {person.key: person for person in rows}


def _same_agency(agency: Agency, told: Mapping[str, Any]) -> bool:
    until = agency.agreement_until.isoformat() if agency.agreement_until else ""
    beds = {bed.key for bed in agency.beds.all()} if told.get("beds") else set()
    return (agency.name, agency.kind, agency.mandates, agency.decides_for, until, beds) == (
        told["name"], told["kind"], list(told["mandates"]), list(told.get("decides_for", ())),
        told.get("agreement_until", ""), set(told.get("beds", ())),
    )  # fmt: skip


def _same(person: Person, told: Mapping[str, Any]) -> bool:
    from nrm.agencies.terms import TrainingModule

    valid = dict.fromkeys(TrainingModule.codes(), told["training_until"]) if "training_until" in told else {}
    valid |= told.get("training", {})
    held = {row.module: row.valid_until.isoformat() for row in person.trainings.all()}
    return (person.name, person.agency.key, person.roles, held) == (
        told["name"], told["agency"], list(told["roles"]), valid,
    )  # fmt: skip


def play(told: reading.Story, *, checks: bool = True, lenient: bool = False) -> Outcome:
    """Play a story in the open transaction. lenient: refusals nobody expected are skipped (demonstration)."""
    from nrm.desk.rehearsal.checking import compare

    outcome = Outcome(told.name)
    stage = cast(told)
    agency_of = {key: str(one["agency"]) for key, one in told.people.items()}
    steps: list[reading.Step] = []
    for step in told.steps:
        if isinstance(step, reading.Routine):
            # The acts of a routine that fall into one minute with written acts come after them.
            steps += expanded(step, agency_of, told.pack.calendar)
        else:
            steps.append(step)
    written = {id(step) for step in told.steps}
    steps.sort(
        key=lambda step: (step.at, 2 if isinstance(step, reading.Check) else int(id(step) not in written))
    )
    with timezone.override(told.pack.calendar.zone):
        for step in steps:
            if isinstance(step, reading.Act):
                _Playing(stage, outcome, step, lenient).play()
            elif isinstance(step, reading.Check) and checks:
                compare(stage, step, outcome)
    return outcome


@dataclass(frozen=True)
class _Playing:
    """One act being played."""

    stage: Stage
    outcome: Outcome
    step: reading.Act
    lenient: bool

    @property
    def what(self) -> str:
        case = f" for {self.step.case}" if self.step.case else ""
        return f"{self.step.by} {self.step.do}{case}"

    def play(self) -> None:
        step, stage = self.step, self.stage
        if step.by != "public" and step.by not in stage.people:
            return self.failed(f"nobody in the cast has the key {step.by}")
        if step.do not in ACTS and step.do != LOOK:
            return self.skip("this act is not built yet")
        if "CASE_CLOSED" in step.refused and "closure.close" not in ACTS:
            return self.skip("closing a case is not built yet")
        opens = step.do != LOOK and ACTS[step.do].opens
        if step.case and not opens and step.case not in stage.cases:
            if step.case in stage.skipped_cases:
                return self.skip("the case was never opened")
            return self.failed(f"no case has the label {step.case}")
        if opens and step.case in stage.cases:
            return self.failed(f"the case label {step.case} is taken")
        try:
            answers = stage.resolved(step.file, step.given)
        except Missing as missing:
            if missing.skipped:
                return self.skip(f"it names {missing.label}, which was skipped")
            return self.failed(f"nothing has the label {missing.label}")
        return self.do({key: _file(entry) if key == "file" else entry for key, entry in answers.items()})

    def do(self, answers: dict[str, Any]) -> None:
        step, stage = self.step, self.stage
        actor = stage.actor(step.by)
        reference = stage.cases.get(step.case, "")
        try:
            done = self.done(stage.doing(actor, step.at), answers, reference)
        except Refused as refused:
            return self.refused(refused)
        if step.refused:
            return self.failed(
                f"it should have been refused with {', '.join(sorted(step.refused))}, and was done"
            )
        warned = sorted({warning.code for warning in done.warnings}) if done else []
        if warned != sorted(step.warned):
            self.failed(f"warned of {warned}, expected {sorted(step.warned)}")
        else:
            self.outcome.add(Result.PASSED, step.at, self.what)
        if done is None:
            return None
        if step.case and done.reference and step.case not in stage.cases:
            stage.cases[step.case] = done.reference
        if step.label:
            stage.facts[step.file, step.label] = done
        if step.case and not actor.is_public:
            stage.hands.setdefault(step.case, {})[actor.agency_id] = actor
        return None

    def done(self, doing: Doing, answers: dict[str, Any], reference: str) -> Done | None:
        if self.step.do == LOOK:
            look(doing, reference)
            return None
        act = ACTS[self.step.do]
        if strange := form.unknown_inputs(act, answers):
            raise Refused([_Strange(", ".join(strange))])  # type: ignore[list-item]
        return do(act, doing, answers, reference=reference)

    def refused(self, refused: Refused) -> None:
        step = self.step
        codes = sorted(set(refused.codes))
        if step.refused and codes == sorted(step.refused):
            return self.outcome.add(
                Result.PASSED, step.at, self.what, f"refused, as expected: {', '.join(codes)}"
            )
        why = f"refused with {', '.join(codes)}"
        if isinstance(refused, Unanswered):
            why += " (" + "; ".join(f"{name}: {said[0]}" for name, said in refused.form.errors.items()) + ")"
        if step.refused:
            why += f", expected {', '.join(sorted(step.refused))}"
        if lacking := self.lacking(codes):
            return self.skip(f"{why}, for want of {lacking}, which is not built yet")
        if self.lenient:
            return self.skip(why)
        return self.failed(why)

    def lacking(self, codes: list[str]) -> str:
        """The skipped act, of care or of consent, without which this refusal says nothing."""
        without = self.stage.without.get(self.step.case, [])
        if codes == ["NOT_MISSING"]:
            return next((act for act in without if act == "care.raise_missing_alert"), "")
        if codes == ["SHARE_CONSENT_MISSING"]:
            return CONSENT if CONSENT in without or not answered(questions.consented_grants) else ""
        return next(iter(without), "") if set(codes) <= FOR_WANT_OF_CARE else ""

    def skip(self, why: str) -> None:
        step, stage = self.step, self.stage
        self.outcome.add(Result.SKIPPED, step.at, self.what, why)
        if step.refused:
            return
        if step.case and step.do.split(".")[0] in TELLING and step.do not in IDLE:
            lost = stage.lost.setdefault(step.case, [])
            lost += [step.do] if step.do not in lost else []
        if step.label:
            stage.skipped.add((step.file, step.label))
        if step.do.endswith(".open_case") and step.case not in stage.cases:
            stage.skipped_cases.add(step.case)
        if step.case and (step.do.startswith("care.") or step.do in (CONSENT, "casefile.share")):
            stage.without.setdefault(step.case, []).append(step.do)

    def failed(self, why: str) -> None:
        step = self.step
        self.outcome.add(Result.FAILED, step.at, self.what, why)
        if step.label and not step.refused:
            self.stage.skipped.add((step.file, step.label))


@dataclass(frozen=True)
class _Strange:
    """An answer that the act does not ask: no refusal of people, a fault of the file."""

    names: str

    @property
    def code(self) -> str:
        return f"UNKNOWN_INPUT ({self.names})"


def _file(told: Any) -> Any:
    """A harmless file of the kind that a story names."""
    if not isinstance(told, Mapping):
        return told
    first = {
        "image/png": b"\x89PNG\r\n\x1a\n",
        "image/jpeg": b"\xff\xd8\xff\xe0",
        "application/pdf": b"%PDF-1.4\n",
    }
    kind = str(told.get("type", "text/plain"))
    body = io.BytesIO(first.get(kind, b""))
    content = body.getvalue().ljust(int(told.get("size", "1")), b" ")
    return SimpleUploadedFile(str(told.get("name", "file")), content, content_type=kind)
