"""Acts about what she is accused of. Recording never blocks; the prosecutor decides on the notice."""

from collections.abc import Iterator

from nrm.agencies.terms import Role
from nrm.casefile.act import act, condition, may, nothing
from nrm.casefile.beside import time_limit
from nrm.casefile.facts import Facts
from nrm.identification import refusals
from nrm.identification.acts.conditions import ANYONE_ON_THE_CASE
from nrm.identification.beside import evidence, not_punished, offences
from nrm.identification.models import Notice, NoticeReply, Offence
from nrm.kernel.actor import Actor
from nrm.kernel.refusals import Refusal

SOURCE = "CETS 197 art. 26; Directive 2011/36/EU art. 8"
SPEAK_FOR_HER = may(Role.CW, Role.CA, Role.GU)


@act(writes=Offence, may=ANYONE_ON_THE_CASE, page=[not_punished], source=SOURCE)
def record_offence(facts: Facts, given: Offence) -> Iterator[Refusal]:
    """Record what she is accused of."""
    yield from nothing(facts, given)


@condition(refusals.NO_OFFENCE)
def offence_is_known(_: Actor, facts: Facts) -> bool:
    return facts.latest(Offence) is not None


@act(
    writes=Notice,
    may=SPEAK_FOR_HER,
    when=[offence_is_known],
    leaves_agency=True,
    page=[offences, evidence, not_punished, time_limit("NON_PUNISHMENT")],
    source=SOURCE,
)
def issue_non_punishment_notice(facts: Facts, given: Notice) -> Iterator[Refusal]:
    """Ask not to punish her."""
    yield from nothing(facts, given)


@condition(refusals.NOTICE_NOT_SENT)
def notice_was_sent(_: Actor, facts: Facts) -> bool:
    return facts.latest(Notice) is not None


@act(writes=NoticeReply, may=SPEAK_FOR_HER, when=[notice_was_sent], source=SOURCE)
def record_notice_reply(facts: Facts, given: NoticeReply) -> Iterator[Refusal]:
    """Record the answer to a notice."""
    yield from nothing(facts, given)
