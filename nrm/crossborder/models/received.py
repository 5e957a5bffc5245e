"""Messages from other States. They come before there is a case: each becomes a report to triage.

What binds us is kept beside them and stands in the report too.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nrm.care.terms import Danger
from nrm.casefile.models import Record
from nrm.crossborder.models.messages import Answering, Ending, Received
from nrm.crossborder.terms import MessageAsk, MessageBasis, MessageHandling, MessageKind, TreatedAsChild
from nrm.kernel.columns import may, must
from nrm.kernel.handling import Handling
from nrm.kernel.terms import Sex, Urgency
from nrm.kernel.walls import AGENCY, Wall, actor_part

P, O, S = Handling.PSEUDONYM, Handling.ORDINARY, Handling.SENSITIVE

_MINE = f"by_agency_id = {actor_part(AGENCY)}"
AT_THE_FOCAL_POINT = Wall(
    read=f"('FOCAL_POINT' = ANY ((SELECT nrm_mandates())::text[]) OR {_MINE})",
    insert=_MINE,
    append_only=True,
)


class IncomingMessage(Record):
    """Another State asks us to protect a child. Source: CETS 197 art. 32 to 34.

    report: key of the report that was written with it, on the desk of whoever triages.
    """

    sender = must.country(_("From which country?"), O, asks="from")
    from_office = must.text(200, _("From which office?"), O)
    kind = must.code(MessageKind, _("What is it?"), O)
    urgency = must.code(Urgency, _("How urgent is it?"), O)
    reply_by = may.day(_("By when do they need an answer?"), O)
    sender_reference = must.text(64, _("Which reference do they give?"), P)
    treated_as_child = must.code(TreatedAsChild, _("Do they treat her as a child?"), O)
    age_from = may.number(0, 99, _("At least how old is she?"), O)
    age_to = may.number(0, 99, _("At most how old is she?"), O)
    sex = must.code(Sex, _("Sex"), O)
    languages = must.langs(_("Which languages does she speak?"), O)
    danger = must.codes(Danger, _("What must she be kept safe from?"), S)
    ask_for = must.codes(MessageAsk, _("What do they ask for?"), O)
    handling = must.codes(MessageHandling, _("What may we do with it?"), O)
    delete_by = may.day(_("If we must delete it: by which day?"), O)
    basis = must.code(MessageBasis, _("What allows it?"), O)
    basis_text = may.text(200, _("If it is a treaty: which?"), O)
    text = must.long(4000, _("What do they say?"), S)
    report = must.key(_("Which report came of it?"), P, system=True)

    told = _("A message came from another State")
    wall = AT_THE_FOCAL_POINT

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(handling__len__gt=0), name="crossborder_received_says_how_to_handle_it"
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["report"], name="crossborder_received_report")
        ]


class OurAcknowledgement(Received, Record):
    """We told the other State that we have its message. urgency: of that message."""

    message = must.key(_("Which message?"), P, target="crossborder.IncomingMessage")
    urgency = must.code(Urgency, _("How urgent is it?"), O, system=True)

    told = _("We have the other State's message")
    wall = AT_THE_FOCAL_POINT

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["message"], name="crossborder_our_receipt")
        ]


class OurReply(Answering, Record):
    """We answered the other State."""

    message = must.key(_("Which message?"), P, target="crossborder.IncomingMessage")

    told = _("We answered the other State")
    wall = AT_THE_FOCAL_POINT

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["message"], name="crossborder_our_reply")
        ]


class OurOutcome(Ending, Record):
    """We told the other State what became of the child. Source: CETS 197 art. 34."""

    message = must.key(_("Which message?"), P, target="crossborder.IncomingMessage")

    told = _("We told the other State what became of it")
    wall = AT_THE_FOCAL_POINT

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["message"], name="crossborder_our_outcome")
        ]
