"""Facts of work with other States: her family, messages, what a return would risk, where she will live."""

from nrm.crossborder.models.family import ConsularContact, FamilyAssessment, TracingRequest, TracingResult
from nrm.crossborder.models.messages import (
    Acknowledgement,
    ComplaintTransmission,
    Consultation,
    Disclosure,
    OutcomeTold,
    OutgoingMessage,
    Reply,
)
from nrm.crossborder.models.received import (
    IncomingMessage,
    OurAcknowledgement,
    OurOutcome,
    OurReply,
)
from nrm.crossborder.models.solutions import (
    Implementation,
    RiskAssessment,
    SolutionConfirmed,
    SolutionProposal,
)

__all__ = [
    "Acknowledgement",
    "ComplaintTransmission",
    "ConsularContact",
    "Consultation",
    "Disclosure",
    "FamilyAssessment",
    "Implementation",
    "IncomingMessage",
    "OurAcknowledgement",
    "OurOutcome",
    "OurReply",
    "OutcomeTold",
    "OutgoingMessage",
    "Reply",
    "RiskAssessment",
    "SolutionConfirmed",
    "SolutionProposal",
    "TracingRequest",
    "TracingResult",
]
