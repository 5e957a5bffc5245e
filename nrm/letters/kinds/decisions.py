"""The letter about a decision, and its twin for the child.

No official is named: people who exploit children read their letters. Source: CETS 197 art. 15(1); CRC 12;
Council of Europe, Guidelines on child-friendly justice IV.A.1.
"""

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from nrm.casefile.facts import Facts
from nrm.casefile.models import BestInterests, Fact
from nrm.casefile.terms import AgeOutcome
from nrm.identification.queries.challenges import window
from nrm.identification.queries.decisions import AGE, RG, Decision, decision_by_key, decisions
from nrm.identification.queries.protection import reflection
from nrm.identification.terms import Outcome
from nrm.kernel.handling import Handling
from nrm.letters.letter import View, letter
from nrm.letters.paper import Block, box, heading, lines, text
from nrm.letters.terms import LetterKind

ALL_OF_IT = (Handling.ORDINARY, Handling.SENSITIVE, Handling.IDENTIFYING)


def standing(facts: Facts) -> list[Fact]:
    """The signatures of the decisions that stand."""
    return [one.confirmed for one in decisions(facts) if one.stands]


def _decision(view: View) -> Decision:
    found = decision_by_key(view.facts, view.fact.pk)
    if found is None:
        raise LookupError("a letter about no decision")
    return found


def what_was_decided(decision: Decision) -> str:
    """One sentence for the outcome."""
    said: dict[tuple[str, str], str] = {
        (RG, Outcome.POSITIVE): _("There are reasonable grounds to believe that you are a victim of trafficking."),
        (RG, Outcome.NEGATIVE): _("We do not yet have grounds to believe that you are a victim of trafficking."),
        ("CG", Outcome.POSITIVE): _("You are a victim of trafficking."),
        ("CG", Outcome.NEGATIVE): _("We could not conclude that you are a victim of trafficking."),
        (AGE, AgeOutcome.CHILD): _("You are a child: you are under 18."),
        (AGE, AgeOutcome.ADULT): _("You are 18 or older."),
        (AGE, AgeOutcome.UNRESOLVED): _("Your age could not be settled. You are treated as a child."),
    }  # fmt: skip
    return said[(decision.kind, decision.outcome)]


@letter(LetterKind.DECISION, tells_of=standing, opens=ALL_OF_IT)
def decision_letter(view: View) -> Iterator[Block]:
    """The decision, its reasons, what follows from it and how it can be looked at again."""
    decision = _decision(view)
    day = date_format(view.facts.pack.calendar.local_date(decision.at), "j F Y")
    if view.called:
        yield text(_("To %(name)s, and to the guardian") % {"name": view.called})
    yield text(_("Case %(reference)s") % {"reference": view.facts.the_case.reference})
    yield heading(_("What was decided"))
    yield box(_("On %(day)s two people decided: %(what)s") % {"day": day, "what": what_was_decided(decision)})
    yield heading(_("Why"))
    yield text(decision.proposal.reasons)
    if isinstance(decision.proposal, BestInterests):
        yield heading(_("Why this is best for you"))
        yield text(decision.proposal.best_interests)
    yield heading(_("What follows"))
    yield lines(list(_follows(view.facts, decision)))
    yield heading(_("If you do not agree"))
    yield text(_disagree(view.facts, decision))


def _follows(facts: Facts, decision: Decision) -> Iterator[str]:
    period = reflection(facts)
    if period is not None and decision.is_positive:
        yield _("You have a time to recover until %(day)s. It can be made longer, never shorter.") % {
            "day": date_format(facts.pack.calendar.local_date(period[1].instant), "j F Y")
        }
    if decision.is_positive and decision.kind != AGE:
        yield _("Nobody may send you out of the country in this time.")
    yield _(
        "Health care, a safe place, schooling, a lawyer and other help go on. None of it depends on this decision."
    )
    yield _("Help never depends on whether you speak to the police.")
    if decision.is_negative:
        yield _("Nobody may send you out of the country while the decision can still be looked at again.")


def _disagree(facts: Facts, decision: Decision) -> str:
    if not decision.is_negative:
        return _("Speak with your guardian or your lawyer. They can ask us any question for you.")
    found = window(facts, decision)
    if found is None or found.due is None:
        return _(
            "You, your guardian or your lawyer can ask that two other people look at it again. It costs nothing."
        )
    return _(
        "You, your guardian or your lawyer can ask until %(day)s that two other people look at it again. It costs"
        " nothing. If something new becomes known later, you can tell us at any time."
    ) % {"day": date_format(facts.pack.calendar.local_date(found.due.instant), "j F Y")}


@letter(
    LetterKind.DECISION_FOR_HER, tells_of=standing, opens=(Handling.ORDINARY, Handling.SENSITIVE), large=True
)
def decision_for_her(view: View) -> Iterator[Block]:
    """The same in short sentences. It has no name and no word that could harm her if others read it."""
    decision = _decision(view)
    yield box(_in_short(decision))
    yield heading(_("What happens now"))
    yield lines(list(_now(decision)))
    yield heading(_("What you can do"))
    yield lines(
        [
            _("Ask anything you want, as often as you want."),
            _("Say what you think. You can change your mind."),
            *(
                [_("If you think this is wrong, tell your guardian. Other people will look at it again.")]
                if decision.is_negative
                else []
            ),
        ]
    )
    number = {"number": view.facts.pack.emergency_number}
    yield text(_("In danger? Call %(number)s. You can call from any telephone.") % number)


def _in_short(decision: Decision) -> str:
    if decision.kind == AGE:
        return {
            AgeOutcome.CHILD: _("We have decided that you are under 18. We treat you as a child."),
            AgeOutcome.ADULT: _("We have decided that you are 18 or older."),
        }.get(
            AgeOutcome(decision.outcome),
            _("We do not know exactly how old you are. So we treat you as a child."),
        )
    if decision.is_positive:
        return _(
            "We believe that other people did something wrong to you. It is not your fault. We will help you."
        )
    return _(
        "We could not find out enough yet. This does not mean that you did something wrong. We go on helping you."
    )


def _now(decision: Decision) -> Iterator[str]:
    yield _("You have a safe place to sleep. You can go to school and to the doctor.")
    if decision.is_positive and decision.kind != AGE:
        yield _("You have time to rest. Nobody may send you away in this time.")
    yield _("You do not have to speak to the police to get help.")
