"""A best-interests assessment in parts, her views first: which part asks what, and when it is complete.

The parts together are the answers of one act (`care.assess_best_interests`), kept as one draft until the last
one is saved. What she says in her own language is kept beside them under `said-...` and becomes the finding
unless the worker writes another. Source: CRC art. 3 and 12; General Comment 14, V.A.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from nrm.care import refusals
from nrm.care.acts.assessing import FEWEST_OPTIONS, assess_best_interests
from nrm.care.models import Element
from nrm.care.terms import BestInterestsElement as Point
from nrm.casefile.facts import Facts
from nrm.casefile.form import form_for, line_form
from nrm.casefile.lines import EveryCode, Line, RowsField, make_room
from nrm.kernel.forms import Form
from nrm.kernel.refusals import ANSWER_NEEDED, VIEWS_MISSING, Refusal
from nrm.kernel.terms import HeardHow, NoViews
from nrm.kernel.vocabulary import Words

SAID = "said-"
INTERPRETER = f"{SAID}interpreter"
POINTS = tuple(Point.codes())
VIEWS = ("childs_views", "heard_how", "heard_how_other", "views_not_asked", "note")


@dataclass(frozen=True)
class InterestsPart:
    """One page: the points it looks at, or the questions of the act that it asks."""

    name: str
    title: "str | Words"
    points: tuple[Point, ...] = ()
    asks: tuple[str, ...] = ()
    after_her_views: bool = False

    def owns(self, name: str) -> bool:
        """Whether an input of the draft belongs to this part."""
        lines = tuple(f"elements-{POINTS.index(point)}-" for point in self.points)
        return name in self.asks or name.startswith((*lines, *(f"{asked}-" for asked in self.asks)))


PARTS = (
    InterestsPart("views", gettext_lazy("Her views"), asks=VIEWS),
    InterestsPart("family", gettext_lazy("Her family and the people she is close to"), (Point.FAMILY,)),
    InterestsPart(
        "safety",
        gettext_lazy("Her safety and what makes her vulnerable"),
        (Point.SAFETY, Point.VULNERABILITY),
    ),
    InterestsPart("health", gettext_lazy("Her health"), (Point.HEALTH,)),
    InterestsPart("school", gettext_lazy("School and learning"), (Point.EDUCATION,)),
    InterestsPart("identity", gettext_lazy("Who she is"), (Point.IDENTITY,)),
    InterestsPart(
        "weigh",
        gettext_lazy("Weigh the ways forward"),
        asks=("options", "question", "question_other", "tracing", "conclusion"),
        after_her_views=True,
    ),
)
BY_NAME = {part.name: part for part in PARTS}
PROMISE = pgettext_lazy(
    "child", "You can say no to any question. You can stop when you want. Nobody will be angry."
)
TO_HER: dict[Point, "str | Words"] = {
    Point.VIEWS: pgettext_lazy("child", "What do you want to happen now?"),
    Point.FAMILY: pgettext_lazy("child", "Who is important to you? Who would you like to see, and who not?"),
    Point.SAFETY: pgettext_lazy("child", "Where do you feel safe? What are you afraid of?"),
    Point.VULNERABILITY: pgettext_lazy("child", "What is hard for you at the moment?"),
    Point.HEALTH: pgettext_lazy("child", "Does anything hurt? How do you sleep?"),
    Point.EDUCATION: pgettext_lazy("child", "What do you like to do? What do you want to learn?"),
    Point.IDENTITY: pgettext_lazy(
        "child", "What should we know about you: your language, your faith, your food?"
    ),
}


class OfThese(EveryCode):
    """Lines of some codes only; they keep the numbers that they have among all, and stand open."""

    folds = False

    def __init__(self, line: Line, one: "str | Words", column: str, only: tuple[str, ...]) -> None:
        super().__init__(line, one, column)
        self.only = only

    def drawn(self, name: str, lines: Any) -> list[dict[str, Any]]:
        return [
            one for one in super().drawn(name, lines) if one["form"].initial.get(self.column) in self.only
        ]


def form_of(part: InterestsPart, facts: Facts, data: QueryDict | None) -> Form:
    """The questions of one part, out of the form of the act."""
    form = form_for(assess_best_interests, facts, data)
    kept = {name: field for name, field in form.fields.items() if name in part.asks}
    if part.points:
        line = line_form(Element, facts.pack)
        widget = OfThese(line, Element.one, Element.each, tuple(point.value for point in part.points))
        kept["elements"] = RowsField(line, widget, label=_("What was found, or why was nothing asked?"))
    form.fields = kept
    make_room(form, data or {})
    return form


def next_after(part: InterestsPart, answers: QueryDict) -> InterestsPart:
    """The next part that is not complete; the last one, where everything is weighed, if there is none."""
    following = PARTS[PARTS.index(part) + 1 :]
    return next((one for one in following if any(missing_in(one, answers))), PARTS[-1])


def first_open(answers: QueryDict) -> InterestsPart:
    """The first part that is not complete; the last one if there is none."""
    return next((one for one in PARTS if any(missing_in(one, answers))), PARTS[-1])


def found(answers: QueryDict) -> Iterator[tuple[InterestsPart, Point, str, str]]:
    """What is written of each point so far: its part, the finding or why nothing was asked, and who says so."""
    reasons = dict(NoViews.choices())
    for part in PARTS:
        for point in part.points or ((Point.VIEWS,) if part is PARTS[0] else ()):
            if point == Point.VIEWS:
                said, unasked = answers.get("childs_views", "").strip(), answers.get("views_not_asked", "")
            else:
                said, unasked = _said(answers, point, "finding"), _said(answers, point, "not_asked")
            reason = capfirst(str(reasons.get(unasked, "")))
            yield part, point, said or reason, _said(answers, point, "source")


def missing_in(part: InterestsPart, answers: QueryDict) -> Iterator[Refusal]:
    """What stands in the way of calling this part complete."""
    if "childs_views" in part.asks:
        heard, unasked = answers.get("childs_views", "").strip(), answers.get("views_not_asked", "")
        if bool(heard) == bool(unasked) or bool(heard) != bool(answers.get("heard_how")):
            yield VIEWS_MISSING.at("childs_views")
    written = [
        (_said(answers, point, "finding"), _said(answers, point, "not_asked")) for point in part.points
    ]
    if any(not finding and not reason for finding, reason in written):
        yield refusals.POINT_MISSING.at("elements")
    if any(finding and reason for finding, reason in written):
        yield refusals.FOUND_AND_NOT_ASKED.at("elements")
    if "options" in part.asks and len(_options(answers)) < FEWEST_OPTIONS:
        yield refusals.ONE_OPTION_ONLY.at("options")
    if "conclusion" in part.asks and not (answers.get("question") and answers.get("conclusion", "").strip()):
        yield ANSWER_NEEDED.at("conclusion")


def _said(answers: QueryDict, point: Point, column: str) -> str:
    return answers.get(f"elements-{POINTS.index(point)}-{column}", "").strip()


def _options(answers: QueryDict) -> list[str]:
    lines = (name for name in answers if name.startswith("options-") and name.endswith("-option"))
    return [name for name in lines if answers.get(name, "").strip()]


def is_begun(part: InterestsPart, answers: QueryDict) -> bool:
    """Whether somebody has written anything in it: a colleague sees that someone looked."""
    hers = [SAID + point.value for point in part.points]
    hers += [SAID + Point.VIEWS.value] if "childs_views" in part.asks else []
    return any(
        str(value).strip()
        for name in answers
        if (part.owns(name) and not name.endswith("-element")) or name in hers
        for value in answers.getlist(name)
    )


def views_are_there(answers: QueryDict) -> bool:
    """Her views, or why she was not asked: nothing is weighed or concluded before. Source: CRC art. 12."""
    return not any(missing_in(PARTS[0], answers))


def merged(part: InterestsPart, before: QueryDict | None, typed: QueryDict) -> QueryDict:
    """The draft with the answers of one part put in place of its earlier ones."""
    together = QueryDict(mutable=True)
    for source, takes in ((before or QueryDict(), False), (typed, True)):
        for name in source:
            if part.owns(name) is takes:
                together.setlist(name, source.getlist(name))
    return together


def with_her_words(answers: QueryDict, before: QueryDict) -> QueryDict:
    """What she said fills what is still empty or was her word before: her views, findings with her as their source."""
    filled, interpreter = answers.copy(), answers.get(INTERPRETER, "").strip()[:80]
    through = _("She says so herself, through %(who)s") % {"who": interpreter}
    for place, point in enumerate(POINTS):
        line = f"elements-{place}"
        found, unasked = (
            ("childs_views", "views_not_asked")
            if point == Point.VIEWS
            else (f"{line}-finding", f"{line}-not_asked")
        )
        said, was = answers.get(SAID + point, "").strip(), before.get(SAID + point, "").strip()
        if answers.get(unasked) or answers.get(found, "").strip() not in ("", was):
            continue
        filled[found] = said
        if point == Point.VIEWS:
            how = HeardHow.THROUGH_INTERPRETER if interpreter else HeardHow.SPOKE
            filled["heard_how"] = how if said else ""
        else:
            filled[f"{line}-element"] = point
            filled[f"{line}-source"] = (through if interpreter else _("She says so herself")) if said else ""
    return filled


def as_answers(answers: QueryDict) -> QueryDict:
    """What the act is given: the first point is her views themselves; what she said is in the findings."""
    given = answers.copy()
    for name in answers:
        if name.startswith(SAID):
            del given[name]
    views = f"elements-{POINTS.index(Point.VIEWS)}"
    given[f"{views}-element"] = Point.VIEWS
    given[f"{views}-finding"] = answers.get("childs_views", "")[:2000]
    given[f"{views}-not_asked"] = answers.get("views_not_asked", "")
    return given
