"""Facts of closing: proposed, closed by another agency, followed up, reopened, kept longer; complaints answered."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nrm.casefile.models import (
    BestInterests,
    Confirmation,
    Fact,
    MayHearTheChild,
    MustHearTheChild,
    Proposal,
    Record,
)
from nrm.closure import terms
from nrm.kernel.columns import may, must
from nrm.kernel.handling import Handling
from nrm.kernel.walls import Wall

P, O, S, L = Handling.PSEUDONYM, Handling.ORDINARY, Handling.SENSITIVE, Handling.LOCATING
BY_OVERSIGHT = "'OVERSIGHT' = ANY ((SELECT nrm_mandates())::text[])"


class ClosureProposal(MustHearTheChild, BestInterests, Proposal):
    """The lead worker proposes to close. Source: Directive 2011/36/EU art. 11(1); CRC art. 3, 12."""

    reason = must.code(terms.ClosureReason, _("Why can the case be closed?"), O)
    summary = must.long(4000, _("How does she live now? Who takes what is unfinished?"), O)
    handover_to = may.text(200, _("Who goes on caring for her?"), S)
    contact_later = must.code(terms.ContactConsent, _("May we ask her later how life goes?"), O)
    contact_how = may.text(200, _("How may she be reached then?"), L)

    told = _("Closing was proposed")


class Closure(Confirmation):
    """The co-ordinator's duty officer closes: another person of another agency."""

    proposed_by_agency = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, related_name="+", editable=False, db_index=False
    )

    told = _("The case was closed")
    privacy = Confirmation.privacy | {"proposed_by_agency": P}

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(by_agency=F("proposed_by_agency")), name="closure_closure_by_another_agency"
            )
        ]


class FollowUp(MayHearTheChild, Fact):
    """She was asked later how life goes, if she had agreed to be asked."""

    reached = must.tern(_("Was she reached?"), O)
    safe = must.tern(_("Is she safe?"), O)
    re_trafficked = must.code(terms.TraffickedAgain, _("Does it happen again?"), S)

    told = _("Followed up after closing")


class Reopening(Fact):
    """The case goes on. Whoever meets her again may reopen it."""

    reason = must.code(terms.ReopenReason, _("Why does it go on?"), O, asks="why")
    reason_text = must.text(1000, _("Say more"), S, asks="why_text")

    told = _("The case was reopened")


class ErasureHold(Fact):
    """Someone needs the record beyond its time. Source: CETS 197 art. 11 with GDPR art. 17(3)."""

    until = must.day(_("Until which day must it be kept?"), O)
    ground = must.code(terms.HoldGround, _("What for?"), O)
    reason = must.text(500, _("Say more"), S)

    told = _("Kept beyond its time")


class ComplaintAck(Record):
    """Oversight tells whoever complained that it came in."""

    complaint = must.ref("contact.Complaint", _("Which complaint?"), P)

    told = _("A complaint was acknowledged")
    wall: ClassVar[Wall] = Wall(read=BY_OVERSIGHT, insert=BY_OVERSIGHT, append_only=True)


class ComplaintAnswer(Record):
    """Oversight answers."""

    complaint = must.ref("contact.Complaint", _("Which complaint?"), P)
    text = must.long(4000, _("What is the answer?"), S)

    told = _("A complaint was answered")
    wall: ClassVar[Wall] = Wall(read=BY_OVERSIGHT, insert=BY_OVERSIGHT, append_only=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["complaint"], name="closure_answer_to_complaint")
        ]
