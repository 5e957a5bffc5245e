"""Every address of the project and every page people see: the one list that walks, browsers and pictures go by."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.urls import reverse

from nrm.casefile.act import ACTS
from tests.serving import Staged

ABSENT = "NRM-000000000"


@dataclass(frozen=True)
class Address:
    """One name of the resolver: what fills it, which methods it takes, what it is."""

    name: str
    kwargs: dict[str, str] = field(default_factory=dict)
    methods: tuple[str, ...] = ("GET", "HEAD")
    anyone: bool = False  # open without signing in
    of_a_case: bool = False
    of_an_act: bool = False


BOTH = ("GET", "HEAD", "POST")
ADDRESSES = (
    Address("start", anyone=True),
    Address("become", methods=("POST",), anyone=True),
    Address("sign-in", methods=BOTH, anyone=True),
    Address("account_login", methods=BOTH, anyone=True),
    Address("sign-out", methods=BOTH),
    Address("account_logout", methods=BOTH),
    Address("desk"),
    Address("calendar"),
    Address("find", methods=BOTH),
    Address("me"),
    Address("stay"),
    Address("help"),
    Address("help-code", {"code": "NOT_FOUND"}),
    Address("now", methods=BOTH),
    Address("now-step", {"step": "who"}, methods=BOTH),
    Address("report", methods=BOTH, anyone=True),
    Address("report-add", methods=BOTH, anyone=True),
    Address("api-document"),
    Address("case", methods=BOTH, of_a_case=True),
    Address("abroad", of_a_case=True),
    Address("message-abroad", {"key": "1"}, of_a_case=True),
    Address("solution", of_a_case=True),
    Address("documents", of_a_case=True),
    Address("document", {"key": "1"}, of_a_case=True),
    Address("letters", methods=BOTH, of_a_case=True),
    Address("check-letter", methods=BOTH, anyone=True),
    Address("guardian", of_a_case=True),
    Address("safety", of_a_case=True),
    Address("place", methods=BOTH, of_a_case=True),
    Address("interests", methods=BOTH, of_a_case=True),
    Address("interests-with-her", methods=BOTH, of_a_case=True),
    Address("interests-part", {"name": "views"}, methods=BOTH, of_a_case=True),
    Address("missing", methods=BOTH, of_a_case=True),
    Address("reflection", of_a_case=True),
    Address("eighteen", of_a_case=True),
    Address("asked-of-us"),
    Address("directory"),
    Address("services", of_a_case=True),
    Address("ask", methods=BOTH, of_a_case=True),
    Address("closing", of_a_case=True),
    Address("reopen", methods=BOTH, of_a_case=True),
    Address("act", methods=BOTH, of_a_case=True, of_an_act=True),
    Address("api-act", methods=("POST",), of_a_case=True, of_an_act=True),
    Address("act-without-case", methods=BOTH, of_an_act=True),
    Address("api-act-without-case", methods=("POST",), of_an_act=True),
)


@dataclass(frozen=True)
class Screen:
    """A page as somebody sees it. `case`: a label of the staged cases; `asked`, `keys`: of keys, for query and path."""

    name: str
    view: str
    who: str = ""
    case: str = ""
    kwargs: dict[str, str] = field(default_factory=dict)
    asked: dict[str, str] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)

    def path(self, staged: Staged) -> str:
        kwargs = {"reference": staged.cases[self.case]} if self.case else {}
        kwargs |= {name: staged.keys[key] for name, key in self.keys.items()}
        asked = {name: staged.keys[key] for name, key in self.asked.items()}
        return reverse(self.view, kwargs=kwargs | self.kwargs) + (f"?{urlencode(asked)}" if asked else "")


SCREENS = (
    Screen("start", "start"),
    Screen("sign-in", "sign-in"),
    Screen("report", "report"),
    Screen("report-add", "report-add"),
    Screen("desk-responder", "desk", "rosa"),
    Screen("desk-case-worker", "desk", "mira"),
    Screen("desk-authority", "desk", "ida"),
    Screen("desk-empty", "desk", "omar"),
    Screen("case-new", "case", "rosa", "new"),
    Screen("case-decided", "case", "mira", "decided"),
    Screen("case-proposed-second-person", "case", "tomas", "proposed"),
    Screen("case-guardian", "case", "petra", "decided"),
    Screen("abroad", "abroad", "mira", "decided"),
    Screen("abroad-told", "abroad", "elin", "abroad"),
    Screen("message-abroad", "message-abroad", "elin", "abroad", keys={"key": "message"}),
    Screen("letters-abroad", "letters", "elin", "abroad"),
    Screen("solution", "solution", "mira", "decided"),
    Screen("documents", "documents", "mira", "decided"),
    Screen("letters", "letters", "mira", "decided"),
    Screen("check-letter", "check-letter"),
    Screen("guardian", "guardian", "mira", "decided"),
    Screen("guardian-none", "guardian", "rosa", "new"),
    Screen("safety", "safety", "mira", "decided"),
    Screen("place", "place", "mira", "decided"),
    Screen("interests", "interests", "mira", "decided"),
    Screen("interests-views", "interests-part", "mira", "decided", {"name": "views"}),
    Screen("interests-safety", "interests-part", "mira", "decided", {"name": "safety"}),
    Screen("interests-with-her", "interests-with-her", "mira", "decided"),
    Screen("missing", "missing", "mira", "decided"),
    Screen("reflection", "reflection", "mira", "decided"),
    Screen("eighteen", "eighteen", "mira", "decided"),
    Screen("desk-provider", "desk", "dora"),
    Screen("asked-of-us", "asked-of-us", "dora"),
    Screen("asked-of-us-empty", "asked-of-us", "omar"),
    Screen("directory", "directory", "mira"),
    Screen("services", "services", "mira", "served"),
    Screen("services-provider", "services", "dora", "served"),
    Screen("services-nothing-yet", "services", "mira", "decided"),
    Screen("ask", "ask", "mira", "served"),
    Screen("closing", "closing", "mira", "served"),
    Screen("closing-second-person", "closing", "yara", "closing"),
    Screen("closed", "closing", "mira", "closed"),
    Screen("reopen", "reopen", "rosa", "closed"),
    Screen("case-absent", "case", "omar", "decided"),
    Screen("now-safe", "now", "rosa"),
    Screen("find", "find", "rosa"),
    Screen("me", "me", "mira"),
    Screen("help", "help", "rosa"),
    Screen("help-code", "help-code", "rosa", kwargs={"code": "VIEWS_MISSING"}),
    Screen("sign-out", "sign-out", "rosa"),
    Screen("wrong-method", "become"),
)


def act_screens(staged: Staged) -> Iterator[Screen]:
    """The page of every act, by somebody and in a case where its form is open if it is open anywhere."""
    for name, (who, case) in sorted(staged.acts.items()):
        room, verb = name.split(".")
        spoken = {"room": room, "verb": verb}
        if ACTS[name].on_case and not ACTS[name].opens:
            yield Screen(f"act-{room}-{verb}", "act", who, case, spoken)
        else:
            yield Screen(f"act-{room}-{verb}", "act-without-case", who, "", spoken)
