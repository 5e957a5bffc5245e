"""What panels have determined to be best for her."""

from nrm.care.models import Determination, DeterminationConfirmed
from nrm.casefile.facts import Facts


def determinations(facts: Facts, question: str = "") -> list[Determination]:
    """Determinations that their chair has confirmed (of one question, if it is named), oldest first."""
    signed = {one.proposal for one in facts.of(DeterminationConfirmed)}
    return [
        one
        for one in facts.of(Determination)
        if one.pk in signed and (not question or one.question == question)
    ]


def determination_by_key(facts: Facts, key: int | None) -> Determination | None:
    """The confirmed determination with that key; None for one that nobody has confirmed."""
    return next((one for one in determinations(facts) if one.pk == key), None)
