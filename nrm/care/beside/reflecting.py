"""Her time to recover: from when to when, what nobody may do meanwhile, and the paper that says so."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nrm.care.beside import day, said, sees
from nrm.care.models import ReflectionCertificate, ReflectionExtension
from nrm.casefile.beside import Part, Reader, shown, signed_by
from nrm.identification.queries import reflection, removal_barred
from nrm.kernel.handling import Handling

PROTECTS_FROM = said(
    gettext_lazy("What it protects her from"),
    gettext_lazy("Nobody may remove her from the country. CETS 197 art. 13(1)."),
    gettext_lazy("Nobody may press her to speak to the police or a court; she decides in peace."),
    gettext_lazy(
        "Help goes on: a safe place, a doctor, money to live on, an interpreter. CETS 197 art. 13(2)."
    ),
    gettext_lazy(
        "It begins by itself with the positive decision. It can be made longer, never shorter for a child."
    ),
)


def the_period(reader: Reader) -> Iterator[Part]:
    """First and last day, and whether removal is barred today. Source: CETS 197 art. 13."""
    facts, title = reader.facts, _("From when to when")
    if not reader.sight.opens(Handling.ORDINARY):
        yield Part(title, lines=[_("Not shared with you")])
        return
    found = reflection(facts)
    if found is None or found[1].day is None:
        yield Part(title, lines=[_("It begins with a positive decision on reasonable grounds.")])
    else:
        first, last = found[0], found[1].day
        yield Part(
            title,
            rows=[
                {"label": _("Decided on"), "values": [day(first)]},
                {"label": _("Last day"), "values": [day(last)]},
                {"label": _("Days that are left"), "values": [str(max((last - facts.today).days, 0))]},
            ],
        )
    barred = removal_barred(facts)
    yield Part(
        _("Removal from the country"),
        lines=[_("Nobody may remove her today.") if barred else _("No bar to removal is known today.")],
    )


def papers(reader: Reader) -> Iterator[Part]:
    """When it was made longer, when she was told."""
    for fact in reversed(reader.facts.standing):
        if isinstance(fact, ReflectionExtension | ReflectionCertificate) and sees(reader, fact):
            yield Part(str(fact.told), rows=shown(reader, fact), signed=signed_by(fact))
