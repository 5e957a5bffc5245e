"""Facts of services: what she agrees to, what is asked for, answered, given, gone through and ended; compensation."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nrm.casefile.models import Fact, MayHearTheChild, MustHearTheChild, Record
from nrm.casefile.terms import ServiceCode
from nrm.contact.terms import ConsentHow
from nrm.kernel.columns import may, must
from nrm.kernel.handling import Grant, Handling
from nrm.kernel.terms import Urgency
from nrm.kernel.walls import AGENCY, Wall, actor_part
from nrm.services import terms

P, O, S, L = Handling.PSEUDONYM, Handling.ORDINARY, Handling.SENSITIVE, Handling.LOCATING
MOST_PLACES = 10_000


class ServiceConsent(Fact):
    """What she was asked and said, for one service or all, and what may be told. Source: CETS 197 art. 12(7)."""

    service = must.code(terms.ServiceOrAll, _("Which service is it about?"), O)
    given = must.tern(_("Did she agree?"), O)
    by = must.code(terms.ConsentBy, _("Who said so?"), O)
    capacity = may.text(300, _("What does she understand of it? Or which court decided, if one did?"), S)
    how = must.code(ConsentHow, _("How was it said?"), O)
    shares = must.codes(Grant, _("What may be told to those who help?"), O)

    told = _("Asked whether she agrees to a service")


class ConsentWithdrawn(Fact):
    """She, or whoever agreed for her, takes it back. The shares that rest on it end in the same moment."""

    service = must.code(terms.ServiceOrAll, _("Which service is it about?"), O)
    by = must.code(terms.ConsentBy, _("Who said so?"), O)
    how = must.code(ConsentHow, _("How was it said?"), O)

    told = _("Consent withdrawn")


class ServiceRequest(Fact):
    """A provider is asked for a service. `share` is the key of the share written with it."""

    service = must.code(ServiceCode, _("Which service?"), O)
    need = must.long(2000, _("What does she need? No account of what happened."), S)
    provider = must.agency(_("Which provider?"), O)
    urgency = must.code(Urgency, _("How urgent is it?"), O)
    by_when = may.day(_("By which day?"), O)
    conditions = may.text(500, _("Are there conditions?"), S)
    share = models.BigIntegerField(editable=False)

    told = _("A service was asked for")
    told_with = ("need",)
    privacy = Fact.privacy | {"share": P}

    @property
    def addressed_to_id(self) -> int:
        """The provider reads what it is asked for as if it had written it."""
        key: int = self.provider_id
        return key


class NotNeeded(MayHearTheChild, Fact):
    """She does not need one of the services."""

    service = must.code(ServiceCode, _("Which service?"), O)
    reason = must.text(500, _("Why does she not need it?"), S)

    told = _("A service is not needed")


def _answered_once(name: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(fields=["request"], condition=Q(corrects=None), name=name)


class Acceptance(Fact):
    """The provider takes her."""

    request = must.ref("services.ServiceRequest", _("Which request?"), P)
    since = may.day(_("From which day?"), O, asks="from")

    told = _("A provider accepted")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [_answered_once("services_accepted_once")]


class Decline(Fact):
    """The provider cannot take her. Nationality, papers and silence towards the police are never a reason."""

    request = must.ref("services.ServiceRequest", _("Which request?"), P)
    reason = must.code(terms.DeclineReason, _("Why not?"), O)
    reason_text = may.text(500, _("Say more"), S)

    told = _("A provider declined")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            _answered_once("services_declined_once"),
            models.CheckConstraint(
                condition=~Q(reason__in=sorted(terms.DeclineReason.refused_only)),
                name="services_declined_for_a_lawful_reason",
            ),
        ]


class ChildRefusal(MustHearTheChild, Fact):
    """She does not want it. Asked again at the next review. Source: CETS 197 art. 12(7); CRC art. 12."""

    request = must.ref("services.ServiceRequest", _("Which request?"), P)

    told = _("She does not want a service")


class Delivery(Fact):
    """The service is given. Of therapy only that she came, never what was said."""

    request = must.ref("services.ServiceRequest", _("Which request?"), P)
    since = must.day(_("From which day?"), O, asks="from")
    note = may.long(4000, _("What is given? Of therapy only that she came."), S)

    told = _("A service began")


class Review(MustHearTheChild, Fact):
    """Gone through with her: does it help?"""

    request = must.ref("services.ServiceRequest", _("Which request?"), P)
    helps = must.code(terms.InPart, _("Does it help her?"), O)
    next = must.code(terms.ReviewNext, _("How does it go on?"), O)

    told = _("A service was gone through with her")


class ServiceEnd(Fact):
    """A service is over; never because she does not testify. Source: CETS 197 art. 12(6)."""

    request = must.ref("services.ServiceRequest", _("Which request?"), P)
    reason = must.code(terms.ServiceEnd, _("Why does it end?"), O)
    reason_text = may.text(500, _("Say more"), S)
    on = must.day(_("On which day?"), O)

    told = _("A service ended")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(reason__in=sorted(terms.ServiceEnd.refused_only)),
                name="services_end_not_for_silence",
            )
        ]


class Compensation(Fact):
    """One step of a claim. Source: CETS 197 art. 15(3), 15(4)."""

    payer = must.code(terms.CompensationFrom, _("Who pays?"), O, asks="from")
    step = must.code(terms.CompensationStep, _("What happened?"), O)
    amount = may.amount(_("How much?"), S)
    currency = may.text(3, _("In which currency? Three letters."), O)
    on = must.day(_("On which day?"), O)

    told = _("A step towards compensation")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(amount=None) | Q(amount__gte=0, currency__regex=r"^[A-Z]{3}$"),
                name="services_amount_with_its_currency",
            )
        ]


class Offer(Record):
    """A line of the service directory: what an agency offers to children, where, in which languages, for how many.

    Written again whenever it is confirmed; the newest of one agency, service and place counts. It tells of
    no child. House rule.
    """

    service = must.code(ServiceCode, _("Which service?"), O)
    what = must.text(500, _("What is offered, in one sentence?"), O)
    region = must.text(120, _("In which town or region? Never the address of a protected place."), O)
    languages = must.langs(_("In which languages?"), O)
    capacity = must.number(0, MOST_PLACES, _("For how many children at one time?"), O)
    children_only = must.tern(_("Is it for children only?"), O)
    open_when = may.text(200, _("On which days and hours?"), O)
    goes_on = must.tern(_("Is it offered now?"), O)

    told = _("The directory of services was confirmed")
    wall: ClassVar[Wall] = Wall(
        read=f"coalesce({actor_part(AGENCY)}, 0) > 0",  # anyone signed in; the public is 0
        insert=f"by_agency_id = {actor_part(AGENCY)}",
        append_only=True,
    )

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["service"], name="services_offer_service")
        ]
