"""What stands of a case's referrals, for rules of every later room."""

from datetime import datetime

from nrm.casefile.facts import Facts
from nrm.casefile.questions import reopenings, sent_since_reopening
from nrm.referral.models import Addition, InformationRequest, Receipt, Redirection, Referral, Withdrawal
from nrm.screening.queries import next_step
from nrm.screening.terms import NextStep


def withdrawn(facts: Facts, referral: Referral) -> Withdrawal | None:
    """The withdrawal of that referral, if any."""
    about = [one for one in facts.of(Withdrawal) if facts.standing_key(one.referral_id) == referral.pk]
    return about[-1] if about else None


def referrals(facts: Facts) -> list[Referral]:
    """Referrals that were not withdrawn, oldest first."""
    return [referral for referral in facts.of(Referral) if withdrawn(facts, referral) is None]


def redirections(facts: Facts, referral: Referral) -> list[Redirection]:
    """How often and where a referral was sent on."""
    return [one for one in facts.of(Redirection) if facts.standing_key(one.referral_id) == referral.pk]


def receipts(facts: Facts, referral: Referral) -> list[Receipt]:
    """Every receipt of a referral, at whichever authority."""
    return [one for one in facts.of(Receipt) if facts.standing_key(one.referral_id) == referral.pk]


def authority(facts: Facts, referral: Referral) -> int:
    """Key of the agency at which the referral lies now."""
    sent_on = redirections(facts, referral)
    key: int = (sent_on[-1] if sent_on else referral).to_id
    return key


def receipt(facts: Facts, referral: Referral) -> Receipt | None:
    """The receipt by the authority at which the referral lies now; None while it waits there."""
    where, sent_on = authority(facts, referral), redirections(facts, referral)
    since = (sent_on[-1].at, sent_on[-1].pk) if sent_on else None
    here = [one for one in receipts(facts, referral) if one.by_agency_id == where]
    return next((one for one in here if since is None or (one.at, one.pk) > since), None)


def waiting(facts: Facts) -> Referral | None:
    """The referral that no authority has received yet, on its own desk."""
    return next((r for r in reversed(referrals(facts)) if receipt(facts, r) is None), None)


def latest(facts: Facts) -> Referral | None:
    """The newest referral that was not withdrawn."""
    standing = referrals(facts)
    return standing[-1] if standing else None


def first_received_at(facts: Facts) -> datetime | None:
    """When the first authority had a referral: a redirection is a receipt. The decision clock starts here."""
    standing = referrals(facts)
    had = [one.at for sent in standing for one in (*receipts(facts, sent), *redirections(facts, sent))]
    return min(had, default=None)


def received(facts: Facts) -> Receipt | None:
    """The newest receipt of a standing referral."""
    had = [one for sent in referrals(facts) for one in receipts(facts, sent)]
    return max(had, key=lambda one: (one.at, one.pk), default=None)


def case_officer(facts: Facts) -> int | None:
    """Key of the person who answers for the case at the authority."""
    newest = received(facts)
    return newest.case_officer_id if newest is not None else None


def answered_at(facts: Facts, request: InformationRequest) -> datetime | None:
    """When the first addition came after a question of the authority."""
    return next((one.at for one in facts.of(Addition) if (one.at, one.pk) > (request.at, request.pk)), None)


def question_open(facts: Facts) -> bool:
    """Whether the authority asked for information and has no answer yet."""
    return any(answered_at(facts, request) is None for request in facts.of(InformationRequest))


@sent_since_reopening.answered
def sent_at(facts: Facts) -> datetime | None:
    """When she was last referred, by a referral that was not withdrawn, since the last reopening."""
    newest, again = latest(facts), reopenings(facts)
    if newest is None or (again and again[-1].at >= newest.at):
        return None
    return newest.at


def counting_step(facts: Facts) -> str:
    """The next step that counts now: a referral is itself the step REFER, whatever was decided before it."""
    decided, newest = next_step(facts), latest(facts)
    if newest is not None and (decided is None or decided.at <= newest.at):
        return NextStep.REFER
    return decided.outcome if decided is not None else ""
