"""What stands beside a decision: what is known, what the law says, what follows; and beside a signature."""

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nrm.casefile import questions
from nrm.casefile.beside import Beside, Part, Reader, shown, signed_by
from nrm.casefile.terms import ExploitationAct, PresumptionRow, Purpose
from nrm.identification import queries
from nrm.kernel.handling import Handling
from nrm.screening.queries import acts_and_purposes, interviews, standing_advice
from nrm.screening.terms import Advice

LAW_FOR_A_CHILD = (
    gettext_lazy(
        "For a child an act and a purpose are enough: no force is asked. Palermo Protocol art. 3(c)."
    ),
    gettext_lazy("Consent or silence is never a reason against her. CETS 197 art. 4(b), 12(6)."),
)


def evidence(reader: Reader) -> Iterator[Part]:
    """A summary of the signs, for who may read the account."""
    if not reader.sight.opens(Handling.SENSITIVE):
        yield Part(_("What is known"), lines=[_("Not shared with you")])
        return
    acts, purposes = acts_and_purposes(reader.facts)
    advised = standing_advice(reader.facts)
    yield Part(
        _("What is known"),
        rows=[
            {"label": _("What was done with her"), "values": _words(ExploitationAct, acts)},
            {"label": _("What for"), "values": _words(Purpose, purposes)},
            {"label": _("Interviews with her"), "values": [str(interviews(reader.facts))]},
            {
                "label": _("What the signs point to"),
                "values": [Advice(advised.advice).label] if advised else [],
            },
        ],
    )


def _words(vocabulary: type[ExploitationAct] | type[Purpose], codes: frozenset[str]) -> list[str]:
    return [capfirst(str(words)) for code, words in vocabulary.choices() if code in codes]


def the_law(step: str) -> Beside:
    """The standard of proof of this step, as the country's pack says it, and what is special for a child."""

    def part(reader: Reader) -> Iterator[Part]:
        standard = reader.facts.pack.standards_text.get(step, "")
        child = questions.presumed(reader.facts, reader.facts.today).child
        lines = [standard] if standard else []
        yield Part(_("What the law says"), lines=[*lines, *(map(str, LAW_FOR_A_CHILD) if child else ())])

    return part


def what_follows(reader: Reader) -> Iterator[Part]:
    """The consequences of either outcome, in words."""
    facts = reader.facts
    due = queries.reflection_due(facts, facts.now)
    lines = []
    if due is not None and due.day is not None:
        positive = _("Positive: the recovery and reflection period protects her until %(day)s or longer.")
        lines.append(positive % {"day": date_format(due.day, "j F Y")})
    lines += [
        _("Negative: she is told in her language, and that it can be looked at again."),
        _("Negative: help and protection go on."),
        _("Either way a second person must confirm it before it counts."),
    ]
    yield Part(_("What follows"), lines=lines)


def what_waits(reader: Reader) -> Iterator[Part]:
    """Each proposal that waits for a second person, as it was written."""
    for proposal in queries.confirm_waiting(reader.facts):
        own = proposal.by_person_id == reader.actor.person_id
        said = [_("You proposed this. A colleague must confirm it or send it back.")] if own else []
        title = (
            f"{proposal.told}: {proposal.pk}"
            if len(queries.confirm_waiting(reader.facts)) > 1
            else proposal.told
        )
        yield Part(title, rows=shown(reader, proposal), lines=said, signed=signed_by(proposal))


def presumption(reader: Reader) -> Iterator[Part]:
    """How old she is taken to be meanwhile, and why. Source: CETS 197 art. 10(3)."""
    found = questions.presumed(reader.facts, reader.facts.today)
    until = date_format(found.until, "j F Y") if found.until else ""
    words = str(PresumptionRow(found.row).label).format(date=until)
    yield Part(
        _("How old she is taken to be"),
        lines=[words, _("While her age is in doubt she is a child on every page. CETS 197 art. 10(3).")],
    )


def offences(reader: Reader) -> Iterator[Part]:
    """What she is accused of and has no notice yet."""
    for offence in queries.offences_without_notice(reader.facts):
        yield Part(_("No notice yet"), rows=shown(reader, offence), signed=signed_by(offence))


def not_punished(_reader: Reader) -> Iterator[Part]:
    """What the notice rests on."""
    yield Part(
        _("What the law says"),
        lines=[
            _(
                "A victim is not punished for what she was made to do. CETS 197 art. 26; Directive 2011/36/EU art. 8."
            ),
            _("The notice tells the prosecutor; the prosecutor decides. Help never waits for the answer."),
        ],
    )
