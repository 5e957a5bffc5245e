"""The certificate that she may show to anyone: she may not be removed from the country. It never says why.

Source: CETS 197 art. 13(1); process specification 2.5. Whoever finds it on her learns nothing of what was done to her.
"""

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from nrm.care.models import ReflectionCertificate
from nrm.casefile.facts import Facts
from nrm.casefile.models import Fact
from nrm.identification.queries import reflection
from nrm.kernel.handling import Handling
from nrm.letters.letter import View, letter
from nrm.letters.paper import Block, box, heading, lines, text
from nrm.letters.terms import LetterKind


def newest(facts: Facts) -> list[Fact]:
    """The last certificate, while there is a period that it speaks of."""
    return list(facts.of(ReflectionCertificate)[-1:]) if reflection(facts) is not None else []


@letter(
    LetterKind.PROTECTION_CERTIFICATE,
    tells_of=newest,
    opens=(Handling.ORDINARY, Handling.IDENTIFYING),
    quiet=True,
)
def protection_certificate(view: View) -> Iterator[Block]:
    """Who, until when and after, and how to make sure."""
    found = reflection(view.facts)
    if found is None or found[1].day is None:
        raise LookupError("a certificate is printed only while there is a period")
    if view.called:
        yield text(_("About %(name)s") % {"name": view.called})
    yield box(
        _("Removal from the country is barred until %(day)s and after.")
        % {"day": date_format(found[1].day, "j F Y")}
    )
    yield heading(_("What you should know"))
    yield lines(
        [
            _("The bar does not end by itself on that day. It ends when this paper is no longer valid."),
            _(
                "To make sure, verify with the code at the foot of this page. The answer is valid or not valid."
            ),
            _("Nobody needs to say more than this paper says."),
        ]
    )
