"""Facts about her family: looked for only after an assessment, and assessed before she could live with it."""

from django.utils.translation import gettext_lazy as _

from nrm.casefile.models import Fact, MustHearTheChild
from nrm.crossborder.models.messages import CONSENTS
from nrm.crossborder.terms import Suitability, TracingChannel
from nrm.crossborder.terms import TracingResult as Result
from nrm.kernel.columns import may, must
from nrm.kernel.handling import Handling

P, O, S, ID = Handling.PSEUDONYM, Handling.ORDINARY, Handling.SENSITIVE, Handling.IDENTIFYING


class TracingRequest(MustHearTheChild, Fact):
    """Somebody is asked to look for her family. Source: CETS 197 art. 10(4)(c)."""

    for_whom = must.text(200, _("Who is looked for?"), ID)
    countries = must.countries(_("In which countries?"), ID)
    channel = must.code(TracingChannel, _("Through whom?"), O)
    assessment = must.ref("care.Assessment", _("Which assessment says that it is safe?"), O)
    asylum_pending = must.tern(_("Has she asked for asylum, or may she want to?"), S)
    override = may.text(1000, _("If she does not want it: what did her guardian write?"), S)

    told = _("Her family is looked for")


class TracingResult(Fact):
    """What became of the search."""

    request = must.ref("crossborder.TracingRequest", _("Which search?"), O)
    result = must.code(Result, _("What was found?"), S)

    told = _("A search for her family ended")


class FamilyAssessment(Fact):
    """Whether the family can care for her. Source: CRC art. 9; CETS 197 art. 16(7)."""

    suitability = must.code(Suitability, _("Can the family care for her?"), S)
    involved_in_exploitation = must.tern(_("Did the family have a part in the exploitation?"), S)
    report = may.long(15_000, _("What was found?"), S)

    told = _("Her family was assessed")


class ConsularContact(Fact):
    """Her State's consulate was contacted, with consent and never while she may need asylum."""

    country = must.country(_("The consulate of which country?"), ID)
    why = must.text(1000, _("What is it asked for?"), S)
    consent = may.key(_("Which consent allows it?"), P, target=CONSENTS)

    told = _("A consulate was contacted")
