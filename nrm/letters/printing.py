"""Print a letter: the case is looked at (and the look recorded), the print is kept by its hash, the PDF goes out.

All in the transaction of the request: a letter that cannot be recorded is not printed, and who asked for one that
says more than she may see has looked.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from nrm.agencies import queries as agencies
from nrm.audit import trail
from nrm.casefile.doing import Doing
from nrm.casefile.facts import Facts
from nrm.casefile.looking import Looked, look
from nrm.casefile.questions import headline
from nrm.casefile.showing import Names, agencies_in, people_in
from nrm.kernel import places
from nrm.kernel.codes import hash_of, in_groups, new_code
from nrm.kernel.handling import Handling
from nrm.kernel.moments import in_words
from nrm.kernel.refusals import Refused
from nrm.letters import models
from nrm.letters.letter import LETTERS, Letter, View
from nrm.letters.paper import Paper
from nrm.letters.refusals import LETTER_SAYS_MORE, NOTHING_TO_PRINT
from nrm.letters.sealing import sealed
from nrm.letters.terms import LetterKind

PAGE = "letters.print"
SEALED = "SEALED"


@dataclass(frozen=True)
class Printable:
    """A letter that a case has, and whether this person may print it. fact: its key, 0 for the whole case.

    leaves: it can be had sealed, to be sent away.
    """

    kind: LetterKind
    fact: int
    at: datetime | None
    may: bool
    leaves: bool = False

    @property
    def value(self) -> str:
        """What its button brings back."""
        return f"{self.kind} {self.fact}"


def printable(looked: Looked) -> Iterator[Printable]:
    """Every letter of a case, newest first within its kind."""
    for kind, one in LETTERS.items():
        if one.tells_of is None:
            yield Printable(kind, 0, None, one.may_be_read_by(looked.sight, None))
            continue
        for fact in reversed(list(one.tells_of(looked.facts))):
            yield Printable(kind, fact.pk, fact.at, one.may_be_read_by(looked.sight, fact), one.leaves)


def _found(facts: Facts, one: Letter, key: int) -> Any:
    if one.tells_of is None:
        return None
    found = next((fact for fact in one.tells_of(facts) if fact.pk == key), None)
    if found is None:
        raise Refused([NOTHING_TO_PRINT])
    return found


def print_letter(
    here: Doing, reference: str, kind: str, fact: int, language: str, *, check_at: str, key: str = ""
) -> bytes:
    """The PDF. check_at: address of the page that checks codes; key: seals it, for a letter that leaves the house.

    Raises Refused: not on the case, no such letter, or it says more than is shared with her agency.
    """
    looked = look(here, reference, page=PAGE, purpose="PRINT")
    one = LETTERS.get(LetterKind(kind)) if kind in LetterKind.codes() else None
    if one is None or (key and not one.leaves):
        raise Refused([NOTHING_TO_PRINT])
    told = _found(looked.facts, one, fact)
    if not one.may_be_read_by(looked.sight, told):
        trail.record(PAGE, trail.DENIED, actor=here.actor, now=here.now, codes=[LETTER_SAYS_MORE.code])
        raise Refused([LETTER_SAYS_MORE])
    code = new_code()
    _keep(here, looked, one, told, language, code, how=[SEALED] if key else [])
    with translation.override(language):
        foot = _foot(here, one, check_at, code)
        pdf = _paper(here, looked, one, told, language, foot).as_pdf()
    return sealed(pdf, key) if key else pdf


def _keep(
    here: Doing, looked: Looked, one: Letter, told: Any, language: str, code: str, how: list[str]
) -> None:
    row = models.Letter(
        case=looked.facts.the_case,
        kind=one.kind,
        table=told._meta.db_table if told is not None else "",
        fact=told.pk if told is not None else None,
        language=language,
        code_hash=hash_of(code),
        at=here.now,
        by_person_id=here.actor.person_id,
        by_agency_id=here.actor.agency_id,
    )
    row.save(force_insert=True, using=here.using)
    trail.record(
        PAGE,
        trail.DONE,
        actor=here.actor,
        now=here.now,
        case_id=looked.facts.the_case.pk,
        case_reference=looked.facts.the_case.reference,
        table=row._meta.db_table,
        key=row.pk,
        codes=[one.kind, *how],
    )


def _foot(here: Doing, one: Letter, check_at: str, code: str) -> list[str]:
    """On every page: how to check it, and who printed it when."""
    person, agency = here.actor.person_id, here.actor.agency_id
    check = _("To check this paper: %(site)s, code %(code)s") % {"site": check_at, "code": in_groups(code)}
    printed = {
        "who": agencies.names_of_people([person]).get(person, ""),
        "agency": agencies.names_of_agencies([agency]).get(agency, ""),
        "when": in_words(here.now, "j F Y, H:i"),
    }
    by = _("Printed by %(who)s, %(when)s") if one.quiet else _("Printed by %(who)s, %(agency)s, %(when)s")
    return [check, by % printed]


def _paper(here: Doing, looked: Looked, one: Letter, told: Any, language: str, foot: list[str]) -> Paper:
    facts = looked.facts
    names = Names(
        *agencies.names_of(people_in(facts.everything), agencies_in(facts) | {here.actor.agency_id})
    )
    named = looked.sight.opens(Handling.IDENTIFYING)
    called = str(headline(facts).get("called") or "") if named else ""
    view = View(facts, looked.sight, names, called, told)
    return Paper(
        title=_title(one.kind),
        language=language,
        issuer=places.country_name(facts.pack.country, facts.pack.invented_countries)
        if one.quiet
        else view.issuer(),
        blocks=list(one.write(view)),
        foot=[*(one.foot(view) if one.foot is not None else ()), *foot],
        large=one.large,
    )


def _title(kind: LetterKind) -> str:
    """What stands on top: on the child's own papers nothing that tells others what they are."""
    if kind is LetterKind.DECISION_FOR_HER:
        return _("For you")
    if kind is LetterKind.SAFETY_PLAN:
        return _("Our plan")
    return str(kind.label)
