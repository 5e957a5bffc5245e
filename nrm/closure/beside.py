"""What stands beside the questions of closing: what ends with it, so that somebody takes what is unfinished."""

from collections.abc import Iterator

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nrm.agencies.queries import names_of_agencies
from nrm.casefile.beside import Part, Reader
from nrm.casefile.sight import standing_shares
from nrm.casefile.terms import ServiceCode
from nrm.casefile.timing import GO_ON_AFTER_CLOSURE, timed
from nrm.kernel.handling import Handling
from nrm.services.queries import going_on


def what_is_unfinished(reader: Reader) -> Iterator[Part]:
    """Services that go on, time limits that would end, and who would no longer see the case."""
    facts = reader.facts
    if not reader.sight.opens(Handling.ORDINARY):
        return
    requests, shares = going_on(facts), standing_shares(facts)
    names = names_of_agencies({one.provider_id for one in requests} | {share.agency_id for share in shares})
    lines = [
        _("%(service)s, by %(provider)s, goes on.")
        % {
            "service": capfirst(str(ServiceCode(one.service).label)),
            "provider": names.get(one.provider_id, ""),
        }
        for one in requests
    ]
    ending = [
        one
        for one in timed(facts)
        if one.stopped is None and not one.period and one.code not in GO_ON_AFTER_CLOSURE
    ]
    if ending:
        lines.append(
            ngettext(
                "%(n)d time limit ends with closing.", "%(n)d time limits end with closing.", len(ending)
            )
            % {"n": len(ending)}
        )
    who = sorted({names.get(share.agency_id, "") for share in shares})
    lines.append(_("The case is then closed to: %(agencies)s.") % {"agencies": ", ".join(who)})
    yield Part(_("What ends, and who takes it on"), lines=lines)
