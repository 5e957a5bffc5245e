"""The stage every test stands on: the fixed cast (Rosa refers, Omar is always the outsider), and acts.

A state is reached by doing the acts that lead to it, so that no test stands where users cannot be.
Times are text on the wall clock of Alvenia ("2026-03-02T09:00"); answers are text as in story files.
"""

from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from nrm.agencies.models import Agency, Person
from nrm.agencies.queries import actor_of
from nrm.casefile import story
from nrm.casefile.act import ACTS
from nrm.casefile.cast import enter_agencies, enter_people
from nrm.casefile.doing import Doing, Done, do
from nrm.casefile.facts import Facts
from nrm.kernel import packs
from nrm.kernel.actor import PUBLIC, Actor
from nrm.kernel.refusals import Refused
from nrm.kernel.signature import bind

STORIES = Path(__file__).resolve().parent.parent / "demo" / "stories"
MONDAY = "2026-03-02T09:00"

A_CHILD = {
    "first_contact_at": MONDAY, "place": "STREET", "informant_kind": "OUTREACH", "track": "CHILD",
    "given_name": "Lule", "sex": "FEMALE", "citizenships": ["XCO"], "languages": ["por"],
    "interpreter_needed": "YES", "accompaniment": "WITH_UNRELATED_ADULT", "parents": "UNKNOWN",
    "danger_now": "NO", "in_custody": "NO", "in_institution": "NO",
}  # fmt: skip
VIEWS = {"childs_views": "I do not want to go back to him.", "heard_how": "SPOKE"}


def cast_file() -> dict[str, Any]:
    return yaml.load((STORIES / "cast_xa.yaml").read_text(), Loader=yaml.BaseLoader)  # noqa: S506 text only


def enter_cast() -> None:
    """Write the cast of cast_xa.yaml; done once in the template database."""
    cast = cast_file()
    enter_agencies(cast["agencies"])
    enter_people(cast["people"])


class Stage:
    """Acts by the cast. `stage.rosa` is an actor; `stage.office` an agency."""

    pack = packs.load("xa")

    @cached_property
    def people(self) -> dict[str, Person]:
        rows = Person.objects.select_related("agency").prefetch_related("trainings")
        return {person.key: person for person in rows}

    @cached_property
    def agencies(self) -> dict[str, Agency]:
        return {agency.key: agency for agency in Agency.objects.all()}

    def actor(self, key: str) -> Actor:
        return PUBLIC if key == "public" else actor_of(self.people[key])

    def __getattr__(self, key: str) -> Any:
        if key.startswith("_"):
            raise AttributeError(key)
        return self.actor(key) if key == "public" or key in self.people else self.agencies[key]

    def moment(self, text: str) -> datetime:
        at = datetime.fromisoformat(text)
        return at if at.tzinfo else at.replace(tzinfo=self.pack.calendar.zone)

    def doing(self, by: str, at: str) -> Doing:
        return Doing(actor=self.actor(by), now=self.moment(at), pack=self.pack)

    def do(self, name: str, by: str, at: str = MONDAY, /, *, case: str = "", **answers: Any) -> Done:
        """Do one act. Answers are text; Refused is raised as in life."""
        return do(ACTS[name], self.doing(by, at), answers, reference=case)

    def refused(
        self, name: str, by: str, at: str = MONDAY, /, *, case: str = "", **answers: Any
    ) -> list[str]:
        """The codes with which the act is refused; [] if it was done."""
        try:
            self.do(name, by, at, case=case, **answers)
        except Refused as refused:
            return sorted(refused.codes)
        return []

    def a_case(self, by: str = "rosa", at: str = MONDAY, **other: Any) -> str:
        """Reference of a new case of a girl of about fifteen; `other` replaces answers."""
        answers = A_CHILD | {"first_contact_at": at} | other
        return self.do("contact.open_case", by, at, **answers).reference

    def facts(self, case: str, by: str = "rosa", at: str = MONDAY) -> Facts:
        """The case as this person's agency can read it."""
        doing = self.doing(by, at)
        bind(doing.actor, now=doing.now)
        read = story.read(case, now=doing.now, pack=self.pack)
        assert read is not None, "absent for this actor"
        return read
