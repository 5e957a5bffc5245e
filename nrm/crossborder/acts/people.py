"""Who works with other States, and whose own part an act is."""

from typing import Any

from nrm.agencies.terms import Mandate, Role, TrainingModule
from nrm.casefile.act import may
from nrm.casefile.facts import Facts
from nrm.casefile.questions import guardian
from nrm.crossborder.models import Consultation, OutgoingMessage
from nrm.crossborder.terms import MessageKind
from nrm.kernel.actor import Actor
from nrm.kernel.terms import Urgency


def is_her_guardian(actor: Actor, facts: Facts, _: Any) -> bool:
    """The child's guardian of today."""
    return guardian(facts, facts.today) == actor.person_id


def is_alarm(message: OutgoingMessage) -> bool:
    """An alert of danger now: whoever works with her sends it, without waiting for the focal point."""
    return bool(message.kind == MessageKind.ALERT and message.urgency == Urgency.IMMEDIATE)


def is_an_alarm(_: Actor, __: Facts, given: Any) -> bool:
    return given is None or is_alarm(given)


def is_of_her_alarm(_: Actor, facts: Facts, given: Any) -> bool:
    """What came back on an alarm, or on a consultation that she may start herself."""
    asked = facts.by_key(given.message) if given is not None else None
    return (
        asked is None
        or isinstance(asked, Consultation)
        or (isinstance(asked, OutgoingMessage) and is_alarm(asked))
    )


NEAR_HER = may(Role.CW, Role.FP, own=(Role.GU,), is_own=is_her_guardian)
_SENDERS = (Mandate.FOCAL_POINT, Mandate.CHILD_PROTECTION)
SENDERS = may(Role.FP, own=(Role.CW,), is_own=is_an_alarm, mandates=_SENDERS)
HEARING_BACK = may(Role.FP, own=(Role.CW,), is_own=is_of_her_alarm, mandates=_SENDERS)
FOCAL_POINT = may(Role.FP, mandates=(Mandate.FOCAL_POINT,), training=(TrainingModule.CROSS_BORDER,))
