"""What is known of her family, of messages, of her future: for rules of every later room."""

from nrm.crossborder.queries.abroad import (
    acknowledgement_of,
    bound_by,
    known,
    may_be_told_where,
    outcome_of,
    reply_to,
)
from nrm.crossborder.queries.consent import consent_stands
from nrm.crossborder.queries.family import (
    asylum_is_ruled_out,
    family_is_found,
    is_separated,
    tracing_begins,
    tracing_is_answered,
    tracing_word,
)
from nrm.crossborder.queries.solutions import (
    confirmed_solution,
    identification_is_finished,
    implementation,
    planned,
    planned_return,
    return_implemented,
    solution_confirmed_at,
    solution_implemented_at,
)

__all__ = [
    "acknowledgement_of",
    "asylum_is_ruled_out",
    "bound_by",
    "confirmed_solution",
    "consent_stands",
    "family_is_found",
    "identification_is_finished",
    "implementation",
    "is_separated",
    "known",
    "may_be_told_where",
    "outcome_of",
    "planned",
    "planned_return",
    "reply_to",
    "return_implemented",
    "solution_confirmed_at",
    "solution_implemented_at",
    "tracing_begins",
    "tracing_is_answered",
    "tracing_word",
]
