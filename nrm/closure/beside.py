"""What stands beside the questions of closing: what ends and who takes it on, what stays, how it was closed."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from nrm.agencies.queries import names_of_agencies, names_of_people
from nrm.agencies.terms import Mandate
from nrm.casefile.beside import Part, Reader, shown, signed_by
from nrm.casefile.deadline_words import what_to_do
from nrm.casefile.facts import Facts
from nrm.casefile.models import Fact
from nrm.casefile.sight import standing_shares
from nrm.casefile.terms import ServiceCode
from nrm.casefile.timing import GO_ON_AFTER_CLOSURE, Owner, Timed, lead_worker, timed
from nrm.closure import queries
from nrm.closure.models import Closure, FollowUp
from nrm.closure.terms import ContactConsent
from nrm.kernel.days import Due, due_after
from nrm.kernel.handling import Handling
from nrm.services.queries import going_on

DAY = "j F Y"


def what_is_unfinished(reader: Reader) -> Iterator[Part]:
    """Services that go on and time limits that run, each with who has it now; who would no longer see the case."""
    facts = reader.facts
    if not reader.sight.opens(Handling.ORDINARY):
        return
    requests, shares, limits = going_on(facts), standing_shares(facts), _that_end(facts)
    people = names_of_people({one.owner.person for one in limits if one.owner.person})
    names = names_of_agencies(
        {one.provider_id for one in requests}
        | {share.agency_id for share in shares}
        | {one.owner.agency for one in limits if one.owner.agency}
    )
    lines = [
        _("%(service)s, by %(provider)s, goes on.")
        % {
            "service": capfirst(str(ServiceCode(one.service).label)),
            "provider": names.get(one.provider_id, ""),
        }
        for one in requests
    ]
    lines += _in_words(facts, limits, people, names)
    yield Part(
        _("What is unfinished, and who has it now"),
        lines=lines or [_("Nothing is unfinished.")],
    )
    who = sorted({names.get(share.agency_id, "") for share in shares})
    yield Part(
        _("What closing ends"),
        lines=[
            _("Every time limit above. Write in the summary who takes what is unfinished."),
            _("The case is then closed to: %(agencies)s.") % {"agencies": ", ".join(who)},
        ],
    )


def _that_end(facts: Facts) -> list[Timed]:
    """Time limits that closing would end, nearest first."""
    ending = [
        one
        for one in timed(facts)
        if one.stopped is None
        and one.due is not None
        and not one.period
        and one.code not in GO_ON_AFTER_CLOSURE
    ]
    return sorted(ending, key=lambda one: one.due.instant if one.due else facts.now)


def _in_words(
    facts: Facts, limits: Iterable[Timed], people: dict[int, str], names: dict[int, str]
) -> Iterator[str]:
    """What is owed, by when, at whose desk; several of one kind in one line."""
    said: dict[tuple[str, date, str], None] = {}
    for one in limits:
        if one.due is not None:
            who = _at_whose_desk(one.owner, people, names)
            said.setdefault((str(what_to_do(one.code)), _day(facts, one.due), who))
    for what, day, who in said:
        yield _("%(what)s, by %(day)s: %(who)s.") % {"what": what, "day": date_format(day, DAY), "who": who}


def _day(facts: Facts, due: Due) -> date:
    return due.day or facts.pack.calendar.local_date(due.instant)


def _at_whose_desk(owner: Owner, people: dict[int, str], names: dict[int, str]) -> str:
    if owner.person:
        return people.get(owner.person, "")
    if owner.agency:
        return names.get(owner.agency, "")
    return str(Mandate(owner.mandate).label) if owner.mandate else _("nobody")


def what_stays(reader: Reader) -> Iterator[Part]:
    """Who still knows that there is a case, when she is asked how life goes, until when the record is kept."""
    facts = reader.facts
    closure = queries.standing_closure(facts)
    lines = [_who_knows(facts), *(_asked_then(facts, closure) if closure else _asked_if_closed_now(facts))]
    kept = queries.retained_until(facts, closure or Closure(at=facts.now))
    if kept is None:
        lines.append(_("The law sets no day on which the record is erased."))
    else:
        lines.append(_("The record is kept until %(day)s.") % {"day": date_format(kept, DAY)})
    held = queries.held_until(facts)
    if held is not None:
        lines.append(_("Someone asked to keep it until %(day)s.") % {"day": date_format(held, DAY)})
    lines.append(_("Whoever meets her again can reopen the case."))
    yield Part(_("What stays"), lines=lines)


def _who_knows(facts: Facts) -> str:
    key = lead_worker(facts)
    name = names_of_people([key]).get(key, "") if key else ""
    if not name:
        return _("Only the agency that opened it goes on knowing that there is a case.")
    return _("Only the agency of %(lead)s, who leads it, goes on knowing that there is a case.") % {
        "lead": name
    }


def _asked_if_closed_now(facts: Facts) -> Iterator[str]:
    for length in facts.pack.deadline("FOLLOW_UP").lengths:
        due = due_after(facts.now, length, facts.pack.calendar)
        if due is not None:
            yield _("If she agrees, she is asked by %(day)s how life goes.") % {
                "day": date_format(_day(facts, due), DAY)
            }


def _asked_then(facts: Facts, closure: Closure) -> Iterator[str]:
    for one in timed(facts):
        if one.code == "FOLLOW_UP" and one.stopped is None and one.due is not None:
            day = date_format(_day(facts, one.due), DAY)
            yield _("She is asked by %(day)s how life goes.") % {"day": day}
    proposal = queries.proposal_of(facts, closure)
    if proposal is not None and proposal.contact_later != ContactConsent.YES:
        answer = str(ContactConsent(proposal.contact_later).label)
        yield _("May she be asked later: %(answer)s.") % {"answer": answer}


def _sees(reader: Reader, fact: Fact, handling: Handling = Handling.ORDINARY) -> bool:
    return reader.sight.opens(handling, fact.owner_for(reader.sight.agency_id))


def what_was_proposed(reader: Reader) -> Iterator[Part]:
    """The proposal that waits for its second person."""
    proposal = queries.proposal_waiting(reader.facts)
    if proposal is not None and _sees(reader, proposal):
        yield Part(_("What was proposed"), rows=shown(reader, proposal), lines=[signed_by(proposal)])


def how_it_was_closed(reader: Reader) -> Iterator[Part]:
    """The proposal that was signed, by whom it was closed, and every time she was asked since."""
    closure = queries.standing_closure(reader.facts)
    if closure is None:
        return
    proposal = queries.proposal_of(reader.facts, closure)
    if proposal is None or not (_sees(reader, proposal) or _sees(reader, closure)):
        return
    rows = shown(reader, proposal) if _sees(reader, proposal) else []
    yield Part(_("How it was closed"), rows=rows, lines=[signed_by(closure)])
    asked = [one for one in reader.facts.of(FollowUp) if one.at >= closure.at]
    if asked:
        yield Part(_("Followed up"), lines=[signed_by(one) for one in asked])


def how_to_reach_her(reader: Reader) -> Iterator[Part]:
    """What she said of being reached later, to those who may know it."""
    proposal = queries.proposal_of(reader.facts, queries.standing_closure(reader.facts))
    if proposal is not None and proposal.contact_how.strip() and _sees(reader, proposal, Handling.LOCATING):
        yield Part(_("How she may be reached"), lines=[proposal.contact_how])


def what_begins_again(_reader: Reader) -> Iterator[Part]:
    """What reopening starts."""
    yield Part(
        _("What begins again"),
        lines=[
            _("Your agency sees the whole case, as if it had opened it."),
            _("A safety plan and what is best for her are due again."),
            _("Time limits that closing ended stay ended."),
            _("Who helped her before does not see it: share it with those she needs."),
        ],
    )
