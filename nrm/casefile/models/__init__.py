"""The spine's tables: cases, the facts that every room builds on, and the projections kept beside them."""

from nrm.casefile.models.documents import Document
from nrm.casefile.models.facts import (
    BestInterests,
    Confirmation,
    Fact,
    LeadWorker,
    MayHearTheChild,
    MustHearTheChild,
    Party,
    PartyEnd,
    Proposal,
    Record,
    Row,
    Section,
)
from nrm.casefile.models.projections import Access, Answered, Draft, Headline, NameToken, Waiting
from nrm.casefile.models.spine import Case, Child

__all__ = [
    "Access",
    "Answered",
    "BestInterests",
    "Case",
    "Child",
    "Confirmation",
    "Document",
    "Draft",
    "Fact",
    "Headline",
    "LeadWorker",
    "MayHearTheChild",
    "MustHearTheChild",
    "NameToken",
    "Party",
    "PartyEnd",
    "Proposal",
    "Record",
    "Row",
    "Section",
    "Waiting",
]
