"""A message to another State on paper: word for word what was sent, its conditions on every page.

It is written from the text that was kept, not from the case: a later change does not change a copy.
Source: CETS 197 art. 34.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from nrm.care.terms import Danger
from nrm.casefile.facts import Facts
from nrm.casefile.models import Fact
from nrm.casefile.terms import Purpose
from nrm.contact.terms import Communication
from nrm.crossborder.models import OutgoingMessage
from nrm.crossborder.terms import Disclosed, MessageAsk, MessageBasis, MessageHandling, MessageKind
from nrm.kernel import places
from nrm.kernel.handling import Handling
from nrm.kernel.terms import Sex, Tern, Urgency
from nrm.kernel.vocabulary import Vocabulary
from nrm.letters.letter import View, letter
from nrm.letters.paper import Block, box, heading, lines, pairs, text
from nrm.letters.terms import LetterKind


def sent(facts: Facts) -> list[Fact]:
    return list(facts.of(OutgoingMessage))


def in_words(vocabulary: type[Vocabulary], said: Any) -> str:
    """The words of a code; where it is OTHER, those of its writer."""
    if isinstance(said, dict):
        return str(said.get("words") or said.get("code") or "")
    known = dict(vocabulary.choices())
    return str(known.get(said, said or ""))


def all_in_words(vocabulary: type[Vocabulary], said: Sequence[Any]) -> str:
    return ", ".join(in_words(vocabulary, one) for one in said)


def conditions(view: View) -> Iterator[str]:
    """What binds the receiver, on each page."""
    handling = json.loads(view.fact.sent)["handling"]
    said = all_in_words(MessageHandling, handling["conditions"])
    yield _("Conditions: %(said)s") % {"said": said}
    if handling["delete_by"]:
        yield _("Delete it by %(day)s") % {"day": handling["delete_by"]}


@letter(
    LetterKind.MESSAGE_ABROAD,
    tells_of=sent,
    opens=(Handling.ORDINARY, Handling.SENSITIVE, Handling.LOCATING),
    foot=conditions,
)
def message_abroad(view: View) -> Iterator[Block]:
    """Head, conditions, child, situation, what is asked, basis."""
    told = json.loads(view.fact.sent)
    invented = view.facts.pack.invented_countries
    yield from _head(told["head"], invented)
    yield heading(_("What you may do with it"))
    yield box("\n".join(conditions(view)))
    yield heading(_("The child"))
    yield pairs(list(_child(told["child"])))
    yield heading(_("The situation"))
    yield pairs(list(_situation(told["situation"])))
    yield heading(_("What we ask"))
    yield lines([in_words(MessageAsk, one) for one in told["request"]["ask_for"]])
    yield text(told["request"]["text"])
    yield heading(_("What allows it"))
    basis = told["basis"]
    said = in_words(MessageBasis, basis["ground"])
    yield text(f"{said}: {basis['treaty']}" if basis["treaty"] else said)


def _head(head: dict[str, Any], invented: Any) -> Iterator[Block]:
    rows = [
        (_("Number"), head["message_id"]),
        (_("From"), f"{places.country_name(head['from'], invented)}, {head['from_office']}"),
        (_("To"), f"{places.country_name(head['to'], invented)}, {head['to_office']}"),
        (_("What it is"), in_words(MessageKind, head["kind"])),
        (_("How urgent"), in_words(Urgency, head["urgency"])),
        (_("Sent"), head["sent_at"]),
    ]
    if head["reply_by"]:
        rows.append((_("Answer by"), head["reply_by"]))
    yield pairs(rows)


def _child(child: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield _("Reference"), child["reference"]
    yield _("Treated as a child"), f"{in_words(Tern, child['treated_as_child'])} ({child['row']})"
    if "birth_year" in child:
        yield _("Year of birth"), str(child["birth_year"])
    else:
        low, high = child["age_from"], child["age_to"]
        yield (
            _("About how old"),
            "–".join(str(one) for one in (low, high) if one is not None) or _("not known"),
        )
    yield _("Sex"), in_words(Sex, child["sex"])
    yield _("Languages"), ", ".join(places.language_name(code) for code in child["languages"])
    if child["communication"]:
        yield _("To be understood"), all_in_words(Communication, child["communication"])
    for one in child.get("further", ()):
        value = one["value"]
        said = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        yield in_words(Disclosed, one["field"]), f"{said} ({one['reason']})"


def _situation(told: dict[str, Any]) -> Iterator[tuple[str, str]]:
    words = {
        "PRESUMED": _("presumed a victim"),
        "IDENTIFIED": _("identified as a victim"),
        "NOT_DECIDED": _("not decided yet"),
    }
    yield _("Decision"), words.get(told["stage"], str(told["stage"]))
    if told["purposes"]:
        yield _("Purposes"), all_in_words(Purpose, told["purposes"])
    yield _("Keep safe from"), all_in_words(Danger, told["danger"])
    if told["guardian"]:
        yield _("Guardian"), f"{told['guardian']['name']}, {told['guardian']['office']}"
