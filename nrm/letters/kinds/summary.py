"""A summary of the case: what this reader may see, in order; places are never printed. Source: CETS 197 art. 11."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from nrm.casefile.questions import headline
from nrm.casefile.showing import answers
from nrm.casefile.terms import Flag, Stage
from nrm.kernel.handling import Handling
from nrm.kernel.moments import in_words
from nrm.letters.letter import View, letter
from nrm.letters.paper import Block, heading, pairs, text
from nrm.letters.terms import LetterKind


@letter(LetterKind.CASE_SUMMARY, opens=(Handling.ORDINARY,))
def case_summary(view: View) -> Iterator[Block]:
    """Stage, flags, then each standing fact with its answers."""
    facts = view.facts
    head = headline(facts)
    yield text(_("Case %(reference)s") % {"reference": facts.the_case.reference})
    flags = ", ".join(str(Flag(code).label) for code in head.get("flags", ()))  # type: ignore[attr-defined]
    known = [(_("Stage"), Stage(str(head["stage"])).label)]
    if view.called:
        known.insert(0, (_("Called"), view.called))
    if flags:
        known.append((_("To be known"), flags))
    yield pairs(known)
    for fact in facts.standing:
        shown = [
            (one.label, _("not shared with you") if one.withheld else ", ".join(one.values))
            for one in answers(fact, view.sight, facts.pack, view.names, fact.by_agency_id)
            if not one.locating
        ]
        if not view.sight.opens(Handling.ORDINARY, fact.by_agency_id):
            continue
        when = in_words(fact.at, "j F Y, H:i")
        who = view.names.agencies.get(fact.by_agency_id or 0, "")
        yield heading(f"{when} · {fact.told or fact._meta.verbose_name}")
        if who:
            yield text(who)
        if shown:
            yield pairs(shown)
