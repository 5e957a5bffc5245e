"""Facts of identification: decisions, age, and the offences a child was made to commit."""

from nrm.identification.models.age import AgeAssessment, AgeDispute, AgeProposal
from nrm.identification.models.challenges import (
    Appeal,
    AppealDecided,
    Declined,
    NewInformation,
    ReconsiderationRequest,
)
from nrm.identification.models.decisions import (
    Confirmed,
    DecisionProposal,
    ExtensionProposal,
    Notification,
    ProposalReturned,
)
from nrm.identification.models.offences import Notice, NoticeReply, Offence

__all__ = [
    "AgeAssessment",
    "AgeDispute",
    "AgeProposal",
    "Appeal",
    "AppealDecided",
    "Confirmed",
    "DecisionProposal",
    "Declined",
    "ExtensionProposal",
    "NewInformation",
    "Notice",
    "NoticeReply",
    "Notification",
    "Offence",
    "ProposalReturned",
    "ReconsiderationRequest",
]
