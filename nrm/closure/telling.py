"""What still stands against closing, all of it at once, each with the reasons for which it does not count."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext as _

from nrm.casefile.facts import Facts
from nrm.closure import queries, refusals
from nrm.closure.models import ClosureProposal
from nrm.closure.rules import WITHOUT_SOLUTION
from nrm.closure.terms import ClosureReason
from nrm.kernel.refusals import Refusal

EXCUSED = {
    refusals.NO_DURABLE_SOLUTION.code: WITHOUT_SOLUTION,
    refusals.DECISION_PENDING.code: frozenset({ClosureReason.DUPLICATE}),
}


def still_open(
    facts: Facts, may_be_closed: Callable[[Facts, ClosureProposal], Iterable[Refusal]]
) -> list[dict[str, Any]]:
    """Every refusal that the waiting proposal meets; without one, what a proposal for the strictest reason would.

    unless: the reasons for which that refusal does not count, while none is chosen.
    """
    waiting = queries.proposal_waiting(facts)
    judged = waiting or ClosureProposal(reason=ClosureReason.SOLUTION_REACHED)
    return [
        {"text": str(one), "code": one.code, "unless": "" if waiting else _unless(one.code)}
        for one in may_be_closed(facts, judged)
    ]


def _unless(code: str) -> str:
    excused = EXCUSED.get(code, frozenset())
    labels = [str(reason.label) for reason in ClosureReason if reason in excused]
    return _("Not if the reason is: %(reasons)s.") % {"reasons": "; ".join(labels)} if labels else ""
