"""Best interests, part by part: a list, a page for each part, and the same questions in her language.

Everything is kept on the server after each page, for a week; the last page does the act once.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nrm.care import interview
from nrm.care.acts.assessing import assess_best_interests as assess
from nrm.care.beside import assessing
from nrm.care.interview import BY_NAME, PARTS, PROMISE, SAID, TO_HER, InterestsPart
from nrm.care.refusals import PART_UNFINISHED
from nrm.care.terms import BestInterestsElement
from nrm.casefile import drafts, known
from nrm.casefile.beside import Reader, doors, time_limit
from nrm.casefile.doing import do
from nrm.casefile.pages import doing
from nrm.casefile.parts import context, parts_of, reader_of
from nrm.kernel.forms import Form
from nrm.kernel.refusals import VIEWS_MISSING, Refusal, Refused
from nrm.kernel.vocabulary import Words

LASTS = timedelta(days=7)
BOTH = ["GET", "HEAD", "POST"]


def _path(reader: Reader) -> str:
    """Where the draft is kept: the same for all parts."""
    return reverse("interests", args=[reader.facts.the_case.reference])


def _kept(request: HttpRequest, reader: Reader) -> QueryDict:
    here = doing(request)
    return drafts.of_page(here.actor.person_id, _path(reader), now=here.now) or QueryDict()


def _why_not(reader: Reader) -> list[Refusal]:
    return assess.why_not(reader.actor, reader.facts, reader.sight)


def _keep(request: HttpRequest, reader: Reader, answers: QueryDict) -> None:
    drafts.save_for_colleagues(doing(request), reader.facts.the_case, _path(reader), answers, lasts=LASTS)


# The list


@require_http_methods(BOTH)
def interests(request: HttpRequest, reference: str) -> HttpResponse:
    """How far each part is; a colleague's answers can be taken over."""
    reader = reader_of(request, reference, page="care.interests")
    if request.method == "POST" and not _why_not(reader):
        said = str(request.POST.get("take", ""))
        if said.isascii() and said.isdigit() and len(said) < 19:
            drafts.take_over(doing(request), reader.facts.the_case, _path(reader), int(said))
        return redirect("interests", reference=reference)
    why_not = _why_not(reader)
    kept = drafts.kept(doing(request).actor.person_id, _path(reader), now=doing(request).now)
    answers = QueryDict(kept.answers) if kept is not None else QueryDict()
    told = context(
        reader,
        _("What is best for her"),
        (time_limit("FIRST_BIA", "BIA_REPEAT"),),
        doors("", "care.determine_best_interests", "care.confirm_determination"),
        rows=[_row(reader, part, answers, why_not) for part in PARTS],
        kept=kept,
        others=[] if kept is not None or why_not else drafts.of_colleagues(doing(request), _path(reader)),
        may=not why_not,
        before=parts_of(reader, [assessing.newest]),
    )
    return render(request, "care/interests.html", told)


def _row(reader: Reader, part: InterestsPart, answers: QueryDict, why_not: list[Refusal]) -> dict[str, Any]:
    closed = why_not or _not_yet(part, answers)
    complete, begun = not any(interview.missing_in(part, answers)), interview.is_begun(part, answers)
    tag, tone = (
        (_("Done"), "done") if complete else (_("Not complete"), "soon") if begun else (_("Not begun"), "")
    )
    address = reverse("interests-part", args=[reader.facts.the_case.reference, part.name])
    return {
        "title": part.title,
        "url": "" if closed else address,
        "why_not": [{"text": str(one), "code": one.code} for one in closed],
        "tag": tag,
        "tone": tone,
    }


def _not_yet(part: InterestsPart, answers: QueryDict) -> list[Refusal]:
    """Nothing is weighed or concluded before her views, or the reason why she was not asked."""
    return [VIEWS_MISSING] if part.after_her_views and not interview.views_are_there(answers) else []


# One part


@require_http_methods(BOTH)
def part(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """Ask one part, keep it, go on to the next; the last one does the act."""
    if name not in BY_NAME:
        raise Http404
    this, reader = BY_NAME[name], reader_of(request, reference, page="care.interests")
    answers = _kept(request, reader)
    closed = _why_not(reader) or _not_yet(this, answers)
    if request.method != "POST" or closed:
        if request.method == "POST" and (before := _sent_before(request, reader)):
            return before
        return _page(request, reader, this, answers, errors=_leading(reader, closed), absent=bool(closed))
    answers = interview.merged(this, answers, request.POST)
    _keep(request, reader, answers)
    if "more" in request.POST:
        return _page(request, reader, this, answers, typed=request.POST)
    if "stop" in request.POST:
        return redirect("interests", reference=reference)
    form = interview.form_of(this, reader.facts, answers)
    wrong = list(interview.missing_in(this, answers))
    if not form.is_valid() or wrong:
        errors = wrong if form.is_valid() else ()
        return _page(request, reader, this, answers, form=form, errors=errors, status=422)
    if this is not PARTS[-1]:
        return redirect("interests-part", reference=reference, name=interview.next_after(this, answers).name)
    return _finish(request, reader, this, answers)


def _leading(reader: Reader, closed: list[Refusal]) -> list[dict[str, str]]:
    """Why a part is closed, with the way to her views where they are missing."""
    first = reverse("interests-part", args=[reader.facts.the_case.reference, PARTS[0].name])
    return [
        {"text": str(one), "code": one.code, "url": first if one == VIEWS_MISSING else ""} for one in closed
    ]


def _key(request: HttpRequest) -> UUID | None:
    try:
        return UUID(str(request.POST.get("key", "")))
    except ValueError:
        return None


def _sent_before(request: HttpRequest, reader: Reader) -> HttpResponse | None:
    """The answer to a last page sent twice: its draft is gone by then, the assessment is written."""
    if _key(request) is None:
        return None
    try:
        do(assess, doing(request), {}, reference=reader.facts.the_case.reference, key=_key(request))
    except Refused:
        return None
    return _done(reader)


def _done(reader: Reader) -> HttpResponse:
    return redirect(f"{reverse('case', args=[reader.facts.the_case.reference])}?done={assess.name}")


def _finish(request: HttpRequest, reader: Reader, this: InterestsPart, answers: QueryDict) -> HttpResponse:
    """Do the act with everything that was kept."""
    unfinished = [one for one in PARTS if any(interview.missing_in(one, answers))]
    errors: list[Refusal] = [PART_UNFINISHED.with_values(part=str(one.title)) for one in unfinished]
    if not errors:
        given, reference = interview.as_answers(answers), reader.facts.the_case.reference
        try:
            do(assess, doing(request), given, reference=reference, key=_key(request))
        except Refused as refused:
            errors = [one.at("") for one in refused.refusals]
    if errors:
        return _page(request, reader, this, answers, errors=errors, status=422)
    drafts.drop(doing(request).actor.person_id, _path(reader))
    return _done(reader)


def _page(
    request: HttpRequest,
    reader: Reader,
    this: InterestsPart,
    answers: QueryDict,
    *,
    form: Form | None = None,
    typed: QueryDict | None = None,
    errors: Any = (),
    absent: bool = False,
    status: int = 200,
) -> HttpResponse:
    if form is None:
        shown = typed if typed is not None else _with_what_is_known(this, reader, answers)
        form = interview.form_of(this, reader.facts, shown)
        form._errors = forms.utils.ErrorDict()  # type: ignore[attr-defined]
    known.fill_in(form, assess.known, reader)
    points = this.points or ((BestInterestsElement.VIEWS,) if this is PARTS[0] else ())
    place = PARTS.index(this)
    told = {
        "reference": reader.facts.the_case.reference,
        "title": this.title,
        "at": place + 1,
        "of": len(PARTS),
        "form": form,
        "errors": errors,
        "absent": absent,
        "ask_her": [TO_HER[point] for point in points],
        "she_said": [said for point in points if (said := answers.get(SAID + point, "").strip())],
        "found": _found(reader, answers) if this is PARTS[-1] and not absent else [],
        "back": reverse("interests", args=[reader.facts.the_case.reference]),
        "has_lines": this is PARTS[-1],
        "last": this is PARTS[-1],
        "key": request.POST.get("key") or str(uuid4()),
    }
    return render(request, "care/interests_part.html", told, status=status)


def _with_what_is_known(this: InterestsPart, reader: Reader, answers: QueryDict) -> QueryDict:
    """The draft of a part with what the case says, where nothing was answered yet."""
    filled = answers.copy()
    for name, one in known.answered(assess.known, reader):
        if name in this.asks and not filled.get(name):
            filled[name] = str(one.said)
    return filled


def _found(reader: Reader, answers: QueryDict) -> list[dict[str, Any]]:
    """Everything that is weighed, each point with the way to change it."""
    reference = reader.facts.the_case.reference
    return [
        {
            "label": capfirst(str(point.label)),
            "values": [said] if said else [],
            "note": source,
            "link": _("Change"),
            "url": reverse("interests-part", args=[reference, part.name]),
        }
        for part, point, said, source in interview.found(answers)
    ]


# With her


class WithHer(Form):
    """What she says to each question, in whichever script; and who interprets."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields[interview.INTERPRETER] = forms.CharField(
            label=gettext_lazy("Who interprets?"), max_length=80, required=False
        )
        for point, question in TO_HER.items():
            self.fields[SAID + point.value] = forms.CharField(
                label=question, max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
            )


def languages() -> list[tuple[str, str]]:
    """Those into which the program is translated, but for the one that is spoken here."""
    here = get_language()
    return [(code, str(name)) for code, name in settings.LANGUAGES if code != here]


@require_http_methods(BOTH)
def with_her(request: HttpRequest, reference: str) -> HttpResponse:
    """The phone is turned to her: the questions in two languages, her own words, nothing about anyone else."""
    reader = reader_of(request, reference, page="care.interests_with_her")
    why_not = _why_not(reader)
    answers = _kept(request, reader)
    offered = languages()
    asked = str(request.POST.get("language", request.GET.get("language", "")))
    language = asked if asked in dict(offered) else (offered[0][0] if offered else "")
    form = WithHer(request.POST if request.method == "POST" else None, initial=answers.dict())
    if request.method == "POST" and not why_not and form.is_valid():
        together = answers.copy()
        for name, said in form.cleaned_data.items():
            together[name] = said
        together = interview.with_her_words(together, answers)
        _keep(request, reader, together)
        return redirect("interests-part", reference=reference, name=interview.first_open(together).name)
    told = {
        "reference": reference,
        "form": form,
        "interpreter": form[interview.INTERPRETER],
        "errors": why_not,
        "absent": bool(why_not),
        "languages": offered,
        "language": language,
        "rows": [
            {"field": form[SAID + point.value], **_in_two(question, language)}
            for point, question in TO_HER.items()
        ],
        "promise": _in_two(PROMISE, language),
    }
    return render(request, "care/with_her.html", told, status=422 if form.is_bound else 200)


def _in_two(sentence: "str | Words", language: str) -> dict[str, str]:
    """A sentence here and in her language."""
    with override(language or get_language()):
        other = str(sentence)
    return {"text": str(sentence), "other": other if language else ""}
