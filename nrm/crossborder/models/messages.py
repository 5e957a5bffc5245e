"""Messages to other States: one message, one child, one purpose. What was sent is kept byte for byte."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nrm.care.terms import Danger
from nrm.casefile.models import BestInterests, Fact, MustHearTheChild, Row, Section
from nrm.crossborder.terms import (
    Disclosed,
    MessageAsk,
    MessageBasis,
    MessageHandling,
    MessageKind,
    MessageOutcome,
)
from nrm.kernel.columns import RecordBase, may, must
from nrm.kernel.handling import Handling
from nrm.kernel.terms import Urgency
from nrm.services.terms import InPart

P, O, S, ID, L = (
    Handling.PSEUDONYM,
    Handling.ORDINARY,
    Handling.SENSITIVE,
    Handling.IDENTIFYING,
    Handling.LOCATING,
)
CONSENTS = "services.ServiceConsent contact.AdultConsent"
ANSWERABLE = "crossborder.OutgoingMessage crossborder.Consultation"
LONGEST_MESSAGE = 60_000


class Disclosure(Row):
    """One thing told beside the minimum, and why the other State needs it. Source: CETS 197 art. 11."""

    field = must.code(Disclosed, _("What else is told?"), O)
    reason = must.text(200, _("Why do they need it?"), S)

    question = _("What is told beside the minimum, and why?")
    one = _("Beside the minimum")


class OutgoingMessage(MustHearTheChild, Fact):
    """A transnational referral or an alert. Source: CETS 197 art. 32 to 34; Directive 2011/36/EU art. 11(4).

    sent: the message as it left, a JSON text; handled as the strictest thing that it can hold.
    """

    to = must.country(_("To which country?"), O)
    to_office = must.text(200, _("To which office there?"), O)
    kind = must.code(MessageKind, _("What is it?"), O)
    urgency = must.code(Urgency, _("How urgent is it?"), O)
    reply_by = may.day(_("By when do you need an answer?"), O)
    danger = must.codes(Danger, _("What must she be kept safe from?"), S)
    ask_for = must.codes(MessageAsk, _("What do you ask for?"), O)
    handling = may.codes(MessageHandling, _("What may they do with it?"), O)
    delete_by = may.day(_("If they must delete it: by which day?"), O)
    basis = must.code(MessageBasis, _("What allows it?"), O)
    basis_text = may.text(200, _("If it is a treaty: which?"), O)
    consent = may.key(_("If she agreed: which consent?"), P, target=CONSENTS)
    text = must.long(4000, _("What must they know?"), S)
    message_id = must.text(26, _("Number of the message"), P, system=True)
    sent = must.long(LONGEST_MESSAGE, _("The message as it was sent"), L, system=True)

    told = _("A message went to another State")
    sections = (
        Section(_("To whom"), ("to", "to_office", "kind", "urgency", "reply_by")),
        Section(_("What it says"), ("danger", "ask_for", "text")),
        Section(_("What is told beside the minimum"), ("disclose",), folded=True),
        Section(_("What they may do with it"), ("handling", "delete_by")),
        Section(_("What allows it"), ("basis", "basis_text", "consent")),
        Section(_("What she says about it"), ("childs_views", "heard_how", "views_not_asked", "note")),
    )
    rows = {"disclose": Disclosure}

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["message_id"], name="crossborder_one_message_a_number"),
            models.CheckConstraint(
                condition=Q(handling__len__gt=0), name="crossborder_message_says_how_to_handle_it"
            ),
            models.CheckConstraint(condition=~Q(sent=""), name="crossborder_message_keeps_what_was_sent"),
        ]


class Received(models.Model, metaclass=RecordBase):
    """A receipt."""

    by_office = may.text(200, _("Which office received it?"), O)

    class Meta:
        abstract = True


class Answering(models.Model, metaclass=RecordBase):
    """An answer."""

    accepted = must.code(InPart, _("Do they do what was asked for?"), O)
    text = must.long(4000, _("What do they say?"), S)

    class Meta:
        abstract = True


class Ending(models.Model, metaclass=RecordBase):
    """A final result. Source: CETS 197 art. 34."""

    outcome = must.code(MessageOutcome, _("What became of it?"), S)
    text = must.long(4000, _("What happened?"), S)

    class Meta:
        abstract = True


class Acknowledgement(Received, Fact):
    """The other State has our message."""

    message = must.key(_("Which message?"), P, target="crossborder.OutgoingMessage")

    told = _("The other State has the message")


class Reply(Answering, Fact):
    """The other State answered."""

    message = must.key(_("Which message?"), P, target=ANSWERABLE)

    told = _("The other State answered")


class OutcomeTold(Ending, Fact):
    """What became of the child or of the request. Source: CETS 197 art. 34."""

    message = must.key(_("Which message?"), P, target="crossborder.OutgoingMessage")

    told = _("What became of a message is known")


class ComplaintTransmission(Fact):
    """Her complaint was passed on to the State in which it happened. Source: CETS 197 art. 27(2)."""

    to = must.country(_("To which country?"), O)
    text = must.long(4000, _("What is passed on?"), S)
    consent = may.key(_("Which consent allows it?"), P, target=CONSENTS)

    told = _("Her complaint was passed on to another State")


class Consultation(BestInterests, Fact):
    """Another State is asked before she is placed there. Source: 1996 Hague Convention art. 33."""

    to = must.country(_("Which country is asked?"), O)
    report = must.long(15_000, _("What do they need to know about her and the place?"), S)

    told = _("Another State was asked about a placement there")
