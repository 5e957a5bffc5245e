"""The safety plan on one sheet she can keep: no place, no name of anyone, nothing that harms her if it is found."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from nrm.care.models import SafetyPlan
from nrm.casefile.facts import Facts
from nrm.casefile.models import Fact
from nrm.contact.terms import SafetyMeasure
from nrm.kernel.handling import Handling
from nrm.letters.letter import View, letter
from nrm.letters.paper import Block, box, heading, lines, text
from nrm.letters.terms import LetterKind

NOTHING_TO_DO = frozenset({SafetyMeasure.NOTHING_POSSIBLE_YET, SafetyMeasure.OTHER, SafetyMeasure.NOT_KNOWN})


def newest(facts: Facts) -> list[Fact]:
    return list(facts.of(SafetyPlan)[-1:])


@letter(LetterKind.SAFETY_PLAN, tells_of=newest, opens=(Handling.ORDINARY, Handling.SENSITIVE), large=True)
def safety_plan(view: View) -> Iterator[Block]:
    """What was agreed with her."""
    plan = view.fact
    yield text(_("This is what we agreed, so that you are safe."))
    yield heading(_("What we do"))
    yield lines([SafetyMeasure(code).label for code in plan.measures if code not in NOTHING_TO_DO])
    if plan.phone_rules:
        yield heading(_("Your telephone"))
        yield text(plan.phone_rules)
    yield heading(_("If you feel unsafe"))
    number = {"number": view.facts.pack.emergency_number}
    yield box(_("Call %(number)s. Say that you are a child and need help. It costs nothing.") % number)
    yield lines(
        [
            _("Tell the grown-up you trust. You know who it is; it is not written here."),
            _("You can come back at any hour. Nobody will be angry."),
        ]
    )
