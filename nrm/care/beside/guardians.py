"""Who is at her side, who was, on how many days nobody was, and who objected."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from nrm.agencies.queries import people_by_key, people_with
from nrm.agencies.terms import Mandate, Role
from nrm.care.beside import day, for_who_may_read, said, sees
from nrm.care.counting import children_of_each
from nrm.care.models import GuardianObjection
from nrm.care.queries import days_without, guardianship, is_needed, served
from nrm.care.queries.guardians import Gap, Served
from nrm.care.terms import GuardianKind, Objector
from nrm.casefile.beside import Part, Reader, signed_by
from nrm.casefile.facts import Facts
from nrm.kernel.handling import Handling

NOT_TWO = said(
    gettext_lazy("What the law says"),
    gettext_lazy(
        "A child without a parent who can care for her has a guardian at once. CETS 197 art. 10(4)."
    ),
    gettext_lazy("One guardian at a time: the next one begins on the day on which the last one ends."),
    gettext_lazy("Whoever decides about her, houses her or polices her is never her guardian."),
)


def _now(reader: Reader) -> Iterator[Part]:
    facts = reader.facts
    running = guardianship(facts, facts.today)
    title = _("Her guardian")
    if running is None:
        needed = is_needed(facts, facts.today)
        yield Part(title, lines=[_("She has no guardian.") if needed else _("She needs none today.")])
        return
    yield Part(title, rows=list(_rows(reader, [one for one in served(facts) if one.guardianship == running])))


def _before(reader: Reader) -> Iterator[Part]:
    running = guardianship(reader.facts, reader.facts.today)
    others = [one for one in served(reader.facts) if one.guardianship != running]
    if others:
        yield Part(_("Other guardians"), rows=list(_rows(reader, others)))


def _rows(reader: Reader, several: Sequence[Served]) -> Iterator[dict[str, object]]:
    """Each guardianship in one row: who, of which agency, from when to when, by whose decision."""
    people = {one.pk: one for one in people_by_key(one.guardianship.guardian_id for one in several)}
    for one in several:
        fact = one.guardianship
        if not sees(reader, fact):
            yield {"label": capfirst(str(GuardianKind(fact.kind).label)), "values": [], "withheld": True}
            continue
        person = people.get(fact.guardian_id)
        until = _("until %(day)s") % {"day": day(one.last)} if one.last else _("no last day is known")
        lines = [
            f"{person.name}, {person.agency.name}" if person else _("someone"),
            _("From %(day)s, %(until)s") % {"day": day(fact.since), "until": until},
        ]
        if fact.by_decision_of:
            lines.append(_("By decision of %(who)s") % {"who": fact.by_decision_of})
        yield {
            "label": capfirst(str(GuardianKind(fact.kind).label)),
            "values": lines,
            "note": _("Appointed by %(who)s") % {"who": signed_by(fact)},
        }


def _gaps(reader: Reader) -> Iterator[Part]:
    found = days_without(reader.facts)
    if found:
        yield Part(_("Days without a guardian"), lines=[in_words(gap) for gap in found])


def in_words(gap: Gap) -> str:
    """How long, since when, and whether it is over."""
    many = ngettext("%(days)d day", "%(days)d days", gap.days) % {"days": gap.days}
    if gap.until is None:
        return _("%(many)s, since %(day)s, and it goes on.") % {"many": many, "day": day(gap.first)}
    return _("%(many)s, from %(day)s until a guardian began on %(until)s.") % {
        "many": many,
        "day": day(gap.first),
        "until": day(gap.until),
    }


def _objections(reader: Reader) -> Iterator[Part]:
    """Each objection, with its reason for who may read it."""
    rows = [
        {
            "label": capfirst(str(Objector(one.by).label)),
            "values": [one.why] if sees(reader, one, Handling.SENSITIVE) else [],
            "withheld": not sees(reader, one, Handling.SENSITIVE),
            "note": signed_by(one),
        }
        for one in reader.facts.of(GuardianObjection)
    ]
    if rows:
        yield Part(_("Objections to a guardian"), rows=rows)


HER_GUARDIAN = for_who_may_read(_now, gettext_lazy("Her guardian"))


def others(reader: Reader) -> Iterator[Part]:
    """Who was her guardian before or will be, the days without one, and objections."""
    if reader.sight.opens(Handling.ORDINARY):
        yield from _gaps(reader)
        yield from _before(reader)
        yield from _objections(reader)


def to_choose_from(facts: Facts, _: Mapping[str, Any]) -> dict[str, Sequence[tuple[str, str]]]:
    """Guardians of guardianship agencies, each with how many children she has; whoever has room comes first."""
    people = people_with(Role.GU, Mandate.GUARDIANSHIP)
    never = facts.pack.guardian_conflict_mandates | facts.pack.mandates_never_given_a_case
    free = [one for one in people if not never & set(one.agency.mandates)]
    many = children_of_each([one.pk for one in free], facts.today)
    limit = facts.pack.guardian_limit
    listed = []
    for one in sorted(free, key=lambda one: many.get(one.pk, 0) >= limit):
        has = many.get(one.pk, 0)
        told = ngettext("%(many)d child of at most %(limit)d", "%(many)d children of at most %(limit)d", has)
        listed.append((one.key, f"{one.name}, {one.agency.name}: {told % {'many': has, 'limit': limit}}"))
    return {"guardian": listed}
