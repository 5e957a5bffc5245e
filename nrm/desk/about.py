"""Who she is, in a few lines; everything that was written down at the first contact stands folded below."""

from datetime import datetime
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from nrm.casefile.facts import Facts
from nrm.casefile.looking import Looked
from nrm.casefile.models import Fact, MayHearTheChild, MustHearTheChild
from nrm.casefile.questions import guardian, guardian_is_needed
from nrm.casefile.showing import Names, answers, words
from nrm.casefile.timing import lead_worker
from nrm.contact.models import Circumstances
from nrm.contact.queries import first_contact
from nrm.desk import telling
from nrm.kernel.columns import column_of
from nrm.kernel.handling import Handling
from nrm.kernel.moments import in_words
from nrm.kernel.terms import Tern

Line = dict[str, Any]
EMPTY: Line = {"label": "", "values": (), "withheld": False, "note": "", "url": "", "link": ""}


def about(facts: Facts, looked: Looked, names: Names, *, age: str, rule: str) -> list[Line]:
    """Called, age, languages, what she wants, who is with her, guardian, lead worker."""
    contact = first_contact(facts)
    read = _Reading(facts, looked, names)
    rows = [read.line(_("Called"), contact, "given_name", "family_name", "also_called", joined=True)]
    rows.append({"label": _("Age"), "values": [age], "note": rule, "withheld": not read.summary})
    rows += [
        read.line(_("Sex"), contact, "sex"),
        read.line(_("Citizenship"), contact, "citizenships"),
        read.line(_("Speaks"), contact, "languages") | {"note": _interpreter(contact)},
        read.wishes(),
        read.line(_("With her"), facts.latest(Circumstances) or contact, "accompaniment", "accompanied_by"),
        read.line(_("Her parents"), facts.latest(Circumstances) or contact, "parents"),
        read.line(_("First met"), contact, "first_contact_at", "place"),
    ]
    return [EMPTY | row for row in (*rows, *read.people()) if row]


class _Reading:
    """Values of a case as one person may see them."""

    def __init__(self, facts: Facts, looked: Looked, names: Names) -> None:
        self.facts, self.sight, self.names = facts, looked.sight, names
        self.summary = looked.sight.opens(Handling.ORDINARY)

    def line(self, label: str, fact: Fact | None, *columns: str, joined: bool = False) -> Line:
        """One line of some columns; nothing if none was answered; "not shared" if none may be seen."""
        said: list[str] = []
        withheld = False
        for name in columns:
            column = column_of(fact._meta.get_field(name)) if fact is not None else None
            if fact is None or column is None:
                continue
            value = words(column, getattr(fact, name), self.facts.pack, self.names)
            may_see = self.sight.opens(column.handling, fact.owner_for(self.sight.agency_id))
            said += value if may_see else ()
            withheld = withheld or (bool(value) and not may_see)
        if not said and not withheld:
            return {}
        texts = [" ".join(said)] if joined else [capfirst(", ".join(said))]
        return {"label": label, "values": texts, "withheld": withheld and not said}

    def wishes(self) -> Line:
        """The newest of what she said she wants."""
        heard = [
            fact
            for fact in self.facts.standing
            if isinstance(fact, MayHearTheChild | MustHearTheChild) and fact.childs_views.strip()
        ]
        if not heard:
            return {}
        said = telling.quote(heard[-1], self.sight)
        note = _("Heard %(day)s") % {"day": _day(heard[-1].at)}
        return {"label": _("Wants"), "values": [said] if said else [], "withheld": not said, "note": note}

    def people(self) -> list[Line]:
        """Her guardian, if she needs or has one, and who leads the case."""
        rows: list[Line] = []
        person = guardian(self.facts, self.facts.today)
        if person or guardian_is_needed(self.facts, self.facts.today):
            known = self.names.people.get(person, "") if person else _("None yet")
            rows.append({"label": _("Guardian"), "values": [known], "withheld": not self.summary})
        if lead := lead_worker(self.facts):
            known = self.names.people.get(lead, "")
            rows.append({"label": _("Lead worker"), "values": [known], "withheld": not self.summary})
        return rows


def _interpreter(contact: Fact | None) -> str:
    needed = getattr(contact, "interpreter_needed", "") == Tern.YES
    return _("Needs an interpreter") if needed else ""


def _day(moment: datetime) -> str:
    return in_words(moment, "j M Y")


def first_answers(facts: Facts, looked: Looked, names: Names) -> list[Line]:
    """Everything that was answered at the first contact, except where she can be found."""
    contact = first_contact(facts)
    if contact is None:
        return []
    return [
        EMPTY | {"label": one.label, "values": one.values, "withheld": one.withheld}
        for one in answers(
            contact, looked.sight, facts.pack, names, contact.owner_for(looked.sight.agency_id)
        )
        if not one.locating
    ]
