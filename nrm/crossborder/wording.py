"""A message to another State in words: for the page and for the paper, from the text that was kept and nothing else.

A later change in the case does not change what was said. Source: CETS 197 art. 34.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from nrm.care.terms import Danger
from nrm.casefile.terms import Purpose
from nrm.contact.terms import Communication
from nrm.crossborder.terms import (
    Disclosed,
    MessageAsk,
    MessageBasis,
    MessageHandling,
    MessageKind,
    conditions_in_words,
)
from nrm.kernel import places
from nrm.kernel.terms import Sex, Tern, Urgency
from nrm.kernel.vocabulary import Vocabulary

Sent = dict[str, Any]  # the message as rules/message.py makes it
Line = tuple[str, list[str]]


class Part(NamedTuple):
    """One part of a message: its title; what is asked or told there, and the answer to each."""

    title: str
    lines: list[Line]


def conditions(sent: Sent) -> list[str]:
    """What binds the receiver, a line each."""
    handling = sent["handling"]
    coded = [one["code"] if isinstance(one, dict) else one for one in handling["conditions"]]
    own = next((one["words"] for one in handling["conditions"] if isinstance(one, dict)), "")
    day = handling["delete_by"]
    said = conditions_in_words(coded, own, date.fromisoformat(day) if day else None)
    return (
        said
        if not day or MessageHandling.DELETE_BY in coded
        else [*said, _("Delete it by %(day)s") % {"day": day}]
    )


def parts(sent: Sent, invented: Any) -> Iterator[Part]:
    """All of a message but what binds its receiver. invented: countries of the pack that are on no map."""
    yield Part(_("The message"), list(_head(sent["head"], invented)))
    yield Part(_("The child"), list(_child(sent["child"])))
    yield Part(_("How the case stands"), list(_situation(sent["situation"])))
    request = sent["request"]
    asked = [_word(MessageAsk, one) for one in request["ask_for"]]
    yield Part(_("What we ask"), [(_("Asked for"), asked), (_("What you must know"), [request["text"]])])
    yield Part(_("What allows it"), list(_basis(sent["basis"])))


def _word(vocabulary: type[Vocabulary], said: Any) -> str:
    """The words of a code; where it is OTHER, those of its writer."""
    if isinstance(said, dict):
        return str(said.get("words") or said.get("code") or "")
    return str(dict(vocabulary.choices()).get(said, said or ""))


def _words(vocabulary: type[Vocabulary], said: Sequence[Any]) -> list[str]:
    return [_word(vocabulary, one) for one in said]


def _head(head: Sent, invented: Any) -> Iterator[Line]:
    sent_at = localtime(datetime.fromisoformat(head["sent_at"]))
    yield _("Number"), [head["message_id"]]
    yield _("From"), [places.country_name(head["from"], invented), head["from_office"]]
    yield _("To"), [places.country_name(head["to"], invented), head["to_office"]]
    yield _("What it is"), [_word(MessageKind, head["kind"])]
    yield _("How urgent"), [_word(Urgency, head["urgency"])]
    yield _("Sent"), [f"{date_format(sent_at, 'j F Y, H:i')} ({sent_at:%z})"]
    if head["reply_by"]:
        yield _("Answer by"), [head["reply_by"]]


def _child(child: Sent) -> Iterator[Line]:
    yield _("Reference"), [child["reference"]]
    yield _("Treated as a child"), [f"{_word(Tern, child['treated_as_child'])} ({child['row']})"]
    if "birth_year" in child:
        yield _("Year of birth"), [str(child["birth_year"])]
    else:
        years = [str(one) for one in (child["age_from"], child["age_to"]) if one is not None]
        yield _("About how old"), ["–".join(years) or _("not known")]
    yield _("Sex"), [_word(Sex, child["sex"])]
    yield _("Languages"), [", ".join(places.language_name(code) for code in child["languages"])]
    if child["communication"]:
        yield _("To be understood"), _words(Communication, child["communication"])
    if child["interpreter"]:
        yield _("Interpreter"), [places.language_name(child["interpreter"])]
    for one in child.get("further", ()):
        yield capfirst(_word(Disclosed, one["field"])), [_told(one["value"]), _("Why: %(reason)s") % one]


def _told(value: Any) -> str:
    """A thing beside the minimum; NOT_KNOWN where the case does not know it."""
    if isinstance(value, list):
        return ", ".join(map(_told, value))
    return _word(Tern, value) if value == Tern.NOT_KNOWN else str(value)


def _situation(told: Sent) -> Iterator[Line]:
    words = {
        "PRESUMED": _("presumed a victim"),
        "IDENTIFIED": _("identified as a victim"),
        "NOT_DECIDED": _("not decided yet"),
    }
    yield _("Decision"), [words.get(told["stage"], str(told["stage"]))]
    if told["purposes"]:
        yield _("Purposes"), _words(Purpose, told["purposes"])
    yield _("Keep safe from"), _words(Danger, told["danger"])
    if told["guardian"]:
        yield _("Guardian"), [told["guardian"]["name"], told["guardian"]["office"]]


def _basis(basis: Sent) -> Iterator[Line]:
    said = _word(MessageBasis, basis["ground"])
    yield _("Ground"), [f"{said}: {basis['treaty']}" if basis["treaty"] else said]
    yield _("Was the child heard?"), [_word(Tern, basis["child_heard"])]
