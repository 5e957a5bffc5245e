"""The notice to police, prosecutor or court: a statement of fact and a request. Source: CETS 197 art. 26."""

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from nrm.casefile.facts import Facts
from nrm.casefile.models import Fact
from nrm.identification.models import Notice, Offence
from nrm.identification.terms import NoticeAsk, OffenceKind
from nrm.kernel.handling import Handling
from nrm.letters.letter import View, letter
from nrm.letters.paper import Block, box, heading, lines, pairs, text
from nrm.letters.terms import LetterKind


def notices(facts: Facts) -> list[Fact]:
    return list(facts.of(Notice))


@letter(
    LetterKind.NON_PUNISHMENT_NOTICE,
    tells_of=notices,
    opens=(Handling.ORDINARY, Handling.SENSITIVE, Handling.IDENTIFYING),
)
def non_punishment_notice(view: View) -> Iterator[Block]:
    """What she is accused of, what is asked, and why the law allows it."""
    notice = view.fact
    offence = view.facts.by_key(notice.offence_id)
    if view.called:
        yield text(_("About %(name)s") % {"name": view.called})
    if isinstance(offence, Offence):
        yield pairs(
            [
                (_("Accused of"), OffenceKind(offence.kind).label),
                (_("On"), date_format(offence.on, "j F Y")),
                (_("Authority"), offence.authority),
                *(
                    [(_("Your reference"), offence.authority_reference)]
                    if offence.authority_reference
                    else []
                ),
            ]
        )
    yield heading(_("What we ask"))
    yield lines([NoticeAsk(code).label for code in notice.asks])
    yield heading(_("What you should know"))
    yield text(notice.text)
    yield box(
        _(
            "States shall provide for the possibility of not imposing penalties on victims for their involvement in"
            " unlawful activities, to the extent that they have been compelled to do so (Council of Europe Convention"
            " on Action against Trafficking in Human Beings, article 26). A child cannot agree to be exploited."
            " You decide; please tell us what you decide."
        )
    )
