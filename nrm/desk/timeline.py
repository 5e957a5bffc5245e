"""What happened in a case, newest day first: facts only, each as far as this person may see it.

What was corrected stays, struck through, with who corrected it and why. The words that are looked for are
compared with what is shown, so that nobody finds what she may not read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nrm.casefile import addresses, correcting
from nrm.casefile.doing import Doing
from nrm.casefile.looking import Looked
from nrm.casefile.models import Fact, Party
from nrm.casefile.showing import Names, answers
from nrm.desk import telling
from nrm.kernel.handling import Handling
from nrm.kernel.vocabulary import Words

PAGE = 50
OPEN_DAYS = 3  # newest days that are unfolded; the others show how much happened
STEPS: dict[str, Words] = {
    "contact": gettext_lazy("First contact"),
    "screening": gettext_lazy("Screening"),
    "referral": gettext_lazy("Referral"),
    "identification": gettext_lazy("Decisions, age, offences"),
    "care": gettext_lazy("Guardian, safety, best interests"),
    "services": gettext_lazy("Services"),
    "crossborder": gettext_lazy("Across borders"),
    "closure": gettext_lazy("Closing the case"),
    "casefile": gettext_lazy("Sharing and leading the case"),
}
WHOLE: Mapping[str, Any] = dict.fromkeys(
    ("step", "struck", "struck_by", "correct_url"), ""
)  # see wording.TASK


@dataclass(frozen=True)
class Wanted:
    """What of the timeline is asked for: one step of the path, words, a page."""

    step: str = ""
    words: str = ""
    page: int = 1

    @property
    def filtered(self) -> bool:
        return bool(self.step or self.words)


EVERYTHING = Wanted()


def context(here: Doing, looked: Looked, names: Names, wanted: Wanted) -> dict[str, Any]:
    """The days of one page of the timeline, and how it was filtered."""
    seen = [fact for fact in reversed(looked.facts.everything) if _is_seen(fact, looked)]
    told = [fact for fact in seen if wanted.step in ("", step_of(fact))]
    if wanted.words:
        told = [fact for fact in told if _speaks_of(wanted.words, fact, looked, names)]
    pages = max(1, -(-len(told) // PAGE))
    at = min(max(wanted.page, 1), pages)
    return {
        "days": _by_day(here, looked, names, wanted, told[(at - 1) * PAGE : at * PAGE]),
        "found": len(told),
        "steps": [
            {"code": code, "label": STEPS[code], "chosen": code == wanted.step}
            for code in STEPS
            if any(step_of(fact) == code for fact in seen)
        ],
        "step": wanted.step,
        "words": wanted.words,
        "filtered": wanted.filtered,
        "page": at,
        "pages": pages,
        "newer": _address(wanted.step, at - 1) if at > 1 else "",
        "older": _address(wanted.step, at + 1) if at < pages else "",
    }


def _address(step: str, page: int) -> str:
    return f"?step={step}&page={page}"


def step_of(fact: Fact) -> str:
    """The room in which a fact is written: a step of the path."""
    return fact._meta.app_label


def _is_seen(fact: Fact, looked: Looked) -> bool:
    """The share with which an agency opens a case goes unsaid."""
    own = isinstance(fact, Party) and fact.agency_id == fact.by_agency_id
    return not own and looked.sight.opens(Handling.ORDINARY, fact.owner_for(looked.sight.agency_id))


def _speaks_of(words: str, fact: Fact, looked: Looked, names: Names) -> bool:
    """Whether every word stands somewhere in what this person may read of the fact."""
    row = _row(fact, looked, names)
    shown = answers(fact, looked.sight, looked.facts.pack, names, fact.owner_for(looked.sight.agency_id))
    said = [
        row["title"],
        row["who"],
        *row["lines"],
        *(text for one in shown for text in (one.label, *one.values)),
    ]
    text = " ".join(said).casefold()
    return all(word in text for word in words.casefold().split())


def _row(fact: Fact, looked: Looked, names: Names) -> dict[str, Any]:
    quoted = telling.quote(fact, looked.sight)
    return {
        **WHOLE,
        "when": fact.at,
        "title": telling.sentence(fact, looked.facts, looked.sight, names),
        "who": telling.who(fact, names, looked.sight.agency_id),
        "lines": telling.beside(fact, looked.facts, looked.sight, names),
        "quote": quoted,
    }


def _by_day(
    here: Doing, looked: Looked, names: Names, wanted: Wanted, told: Sequence[Fact]
) -> list[dict[str, Any]]:
    """Facts of one local day together, in the order in which they happened backwards."""
    facts = looked.facts
    acts = correcting.acts_of(here.actor, facts)
    by = {fact.corrects: fact for fact in facts.everything if fact.corrects is not None}
    days: dict[date, list[dict[str, Any]]] = {}
    quoted = ""
    for fact in told:
        row = _row(fact, looked, names)
        if row["quote"] and row["quote"] != quoted:  # the same words twice in a row are said once
            row["lines"] = [*row["lines"], row["quote"]]
        quoted = row["quote"]
        if fact.pk in by:
            row |= {"struck": True, "struck_by": _who_and_why(by[fact.pk], looked, names)}
        elif (act := correcting.act_for(acts, here.actor, facts, fact)) is not None:
            address = addresses.of_act(facts.the_case.reference, act.name)
            row["correct_url"] = f"{address}?corrects={fact.pk}"
        days.setdefault(facts.pack.calendar.local_date(fact.at), []).append(row)
    return [
        {"day": day, "rows": rows, "open": wanted.filtered or place < OPEN_DAYS}
        for place, (day, rows) in enumerate(days.items())
    ]


def _who_and_why(correction: Fact, looked: Looked, names: Names) -> str:
    """By which agency, on which day, and why, as far as this person may read it."""
    values: Mapping[str, str] = {
        "agency": names.agencies.get(correction.by_agency_id or 0, ""),
        "day": date_format(looked.facts.pack.calendar.local_date(correction.recorded_at), "j M Y"),
        "why": correction.why,
    }
    if looked.sight.opens(Handling.SENSITIVE, correction.owner_for(looked.sight.agency_id)):
        return _("Corrected by %(agency)s on %(day)s: %(why)s") % values
    return _("Corrected by %(agency)s on %(day)s") % values
