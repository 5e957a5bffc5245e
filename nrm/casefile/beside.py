"""What stands beside the questions of an act, so that nobody decides without what is known.

An act names its parts (`page=`); the page of every act draws them. A part is a function of who reads and of the
case: a heading with answers, sentences, or doors to other acts. Each value is shown through its handling class.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nrm.agencies import queries as agencies
from nrm.casefile.act import ACTS
from nrm.casefile.deadline_words import under_which_law, what_to_do
from nrm.casefile.facts import Facts
from nrm.casefile.models import Fact, MayHearTheChild, MustHearTheChild
from nrm.casefile.showing import Names, answers, people_in
from nrm.casefile.sight import Sight
from nrm.casefile.timing import timed
from nrm.kernel.actor import Actor
from nrm.kernel.handling import Handling
from nrm.kernel.moments import in_words
from nrm.kernel.vocabulary import Words


@dataclass(frozen=True)
class Reader:
    """Who reads, of which case, and what of it that person sees."""

    actor: Actor
    facts: Facts
    sight: Sight
    asked: Mapping[str, Any] = field(
        default_factory=dict
    )  # what the address names, or the form holds already


@dataclass(frozen=True)
class Part:
    """One heading: answers (as components/facts.html), sentences, who signed, doors to acts (components/tasks.html)."""

    title: "str | Words"
    rows: list[dict[str, Any]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    signed: str = ""
    doors: list[dict[str, Any]] = field(default_factory=list)


Beside = Callable[[Reader], Iterable[Part]]


def shown(reader: Reader, fact: Fact, *, but: Iterable[str] = ()) -> list[dict[str, Any]]:
    """The answers of one fact as this person may see them; where she can be found is left out."""
    names = Names(*agencies.names_of(people_in([fact]), {fact.by_agency_id or 0} | _agencies_named(fact)))
    left_out = {str(label) for label in but}
    found = answers(fact, reader.sight, reader.facts.pack, names, fact.owner_for(reader.sight.agency_id))
    return [
        {"label": one.label, "values": one.values, "withheld": one.withheld}
        for one in found
        if not one.locating and one.label not in left_out
    ]


def _agencies_named(fact: Fact) -> set[int]:
    return {getattr(fact, name) or 0 for name in ("to_id", "agency_id") if hasattr(fact, name)}


def signed_by(fact: Fact) -> str:
    """Which agency wrote it, and when."""
    agency = agencies.names_of_agencies([fact.by_agency_id or 0]).get(fact.by_agency_id or 0, "")
    return _("%(agency)s, %(day)s") % {"agency": agency, "day": in_words(fact.at, "j M Y, H:i")}


def entry(kind: type[Fact], title: "str | Words") -> Beside:
    """The newest entry of a kind, whole."""

    def part(reader: Reader) -> Iterator[Part]:
        fact = reader.facts.latest(kind)
        if fact is not None and reader.sight.opens(Handling.ORDINARY, fact.owner_for(reader.sight.agency_id)):
            yield Part(title, rows=shown(reader, fact), signed=signed_by(fact))

    return part


def time_limit(*codes: str) -> Beside:
    """By when, counted how, under which law; the nearest first."""

    def part(reader: Reader) -> Iterator[Part]:
        facts, lines = reader.facts, []
        running = [
            (one.due, one) for one in timed(facts) if one.code in codes and one.stopped is None and one.due
        ]
        for due, one in sorted(running, key=lambda pair: pair[0].instant):
            if due.day:
                by, start = date_format(due.day, "l j F Y"), in_words(one.start, "j F Y")
            else:
                by = in_words(due.instant, "l j F Y, H:i")
                start = in_words(one.start, "j F Y, H:i")
            said = _("By %(day)s, counted from %(start)s.") % {"day": by, "start": start}
            lines += [
                f"{what_to_do(one.code)}:" if len(running) > 1 else "",
                said,
                under_which_law(one.source),
            ]
        if lines:
            yield Part(_("Time limit"), lines=[line for line in lines if line])

    return part


def door(reader: Reader, name: str, **about: object) -> dict[str, Any]:
    """One act as a row: a link, or why not. about: answers that its page holds already."""
    act = ACTS[name]
    why_not = act.why_not(reader.actor, reader.facts, reader.sight)
    address = reverse("act", args=[reader.facts.the_case.reference, act.room, act.verb])
    address += f"?{urlencode(about)}" if about else ""
    reasons = [{"text": str(one), "code": one.code} for one in why_not]
    return {"title": act.says, "url": "" if why_not else address, "why_not": reasons}


def doors(title: "str | Words", *names: str) -> Beside:
    """Acts under a heading, each with why not where it is not open."""

    def part(reader: Reader) -> Iterator[Part]:
        yield Part(title, doors=[door(reader, name) for name in names])

    return part


def instead(*names: str) -> Beside:
    """Other acts that one could choose."""
    return doors(gettext_lazy("Or instead"), *names)


def heard_last(reader: Reader) -> Any:
    """The newest entry that holds her words, if this person may read it; else None."""
    heard = [one for one in reader.facts.standing if isinstance(one, MustHearTheChild | MayHearTheChild)]
    said = [one for one in heard if one.childs_views.strip()]
    if said and reader.sight.opens(Handling.SENSITIVE, said[-1].owner_for(reader.sight.agency_id)):
        return said[-1]
    return None


def her_views(reader: Reader) -> Iterator[Part]:
    """What she said last, in her words. Source: CRC art. 12."""
    last = heard_last(reader)
    if last is not None:
        yield Part(_("What she says"), lines=[last.childs_views], signed=signed_by(last))
