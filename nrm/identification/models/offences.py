"""What she is accused of, and the notice that asks not to punish her for it. Source: CETS 197 art. 26."""

from django.utils.translation import gettext_lazy as _

from nrm.casefile.models import Fact
from nrm.identification.terms import (
    LinkedToExploitation,
    NoticeAsk,
    NoticeReplyOutcome,
    NoticeTo,
    OffenceKind,
    OffenceStatus,
)
from nrm.kernel.columns import may, must
from nrm.kernel.handling import Handling

O, S = Handling.ORDINARY, Handling.SENSITIVE


class Offence(Fact):
    """An offence she is accused of, also of crossing a border, of false papers, of not going to school."""

    kind = must.code(OffenceKind, _("What is she accused of?"), S)
    status = must.code(OffenceStatus, _("How far has it gone?"), S)
    on = must.day(_("On which day?"), O)
    authority = must.text(200, _("Which police station, prosecutor or court?"), S)
    authority_reference = may.text(64, _("Their reference"), S)
    linked_to_exploitation = must.code(LinkedToExploitation, _("Was she made to do it?"), S)

    told = _("An offence was recorded")


class Notice(Fact):
    """A statement of fact and a request. The prosecutor decides."""

    offence = must.ref("identification.Offence", _("About which offence?"), S)
    to = must.codes(NoticeTo, _("To whom?"), O)
    asks = must.codes(NoticeAsk, _("What is asked for?"), S)
    text = must.long(4000, _("What should they know?"), S)
    guardian_heard = must.tern(_("Was her guardian heard?"), O)

    told = _("It was asked not to punish her")


class NoticeReply(Fact):
    """What came back."""

    notice = must.ref("identification.Notice", _("Which notice?"), S)
    outcome = must.code(NoticeReplyOutcome, _("What did they answer?"), S)
    on = must.day(_("On which day?"), O)
    reference = may.text(64, _("Their reference"), S)

    told = _("An answer to the notice")
