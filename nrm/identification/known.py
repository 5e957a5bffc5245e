"""What a decision need not ask again. Its outcome, its grounds and what was read are always asked of who decides."""

from django.utils.translation import gettext as _

from nrm.casefile.beside import Reader
from nrm.casefile.known import HER_WORDS, Known
from nrm.casefile.terms import ExploitationAct, Purpose
from nrm.identification import queries
from nrm.identification.acts.conditions import exploited_as_a_child
from nrm.identification.models import DecisionProposal
from nrm.kernel.handling import Handling
from nrm.screening.queries import acts_and_purposes


def acts(reader: Reader) -> Known | None:
    """What was done with her, by the decision that stands or else by all screenings."""
    return _of_the_signs(reader, 0)


def purposes(reader: Reader) -> Known | None:
    """What it was done for."""
    return _of_the_signs(reader, 1)


def _of_the_signs(reader: Reader, place: int) -> Known | None:
    """Of a child only: about an adult the means are weighed too. Source: Palermo Protocol art. 3(a), (c)."""
    if not reader.sight.opens(Handling.SENSITIVE) or not exploited_as_a_child(reader.facts):
        return None
    because = _("from the screening")
    found = acts_and_purposes(reader.facts)
    decided = queries.standing_decision(reader.facts, queries.RG)
    if decided is not None and decided.is_positive and isinstance(decided.proposal, DecisionProposal):
        found = frozenset(decided.proposal.acts), frozenset(decided.proposal.purposes)
        because = _("as decided on reasonable grounds")
    in_order = (ExploitationAct, Purpose)[place].codes()
    return Known([code for code in in_order if code in found[place]], because)


BY_THE_CASE = {"acts": acts, "purposes": purposes, **HER_WORDS}
