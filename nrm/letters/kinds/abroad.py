"""A message to another State on paper: word for word what was sent, its conditions on every page.

It is written from the text that was kept, not from the case: a later change does not change a copy.
Source: CETS 197 art. 34.
"""

import json
from collections.abc import Iterator

from django.utils.translation import gettext as _

from nrm.casefile.facts import Facts
from nrm.casefile.models import Fact
from nrm.crossborder import wording
from nrm.crossborder.models import OutgoingMessage
from nrm.kernel.handling import Handling
from nrm.letters.letter import View, letter
from nrm.letters.paper import Block, box, heading, pairs
from nrm.letters.terms import LetterKind


def sent(facts: Facts) -> list[Fact]:
    return list(facts.of(OutgoingMessage))


def conditions(view: View) -> Iterator[str]:
    """What binds the receiver, on each page."""
    said = ", ".join(wording.conditions(json.loads(view.fact.sent)))
    yield _("Conditions: %(said)s") % {"said": said}


@letter(
    LetterKind.MESSAGE_ABROAD,
    tells_of=sent,
    opens=(Handling.ORDINARY, Handling.SENSITIVE, Handling.LOCATING),
    foot=conditions,
    leaves=True,
)
def message_abroad(view: View) -> Iterator[Block]:
    """What binds the receiver first; then head, child, situation, what is asked, basis."""
    told = json.loads(view.fact.sent)
    yield box("\n".join([_("What you may do with it"), *wording.conditions(told)]))
    for part in wording.parts(told, view.facts.pack.invented_countries):
        yield heading(part.title)
        yield pairs([(asked, "\n".join(said)) for asked, said in part.lines])
