"""Deadlines of referral. None of them pauses, and none waits for the child."""

from collections.abc import Iterator

from nrm.casefile.facts import Facts
from nrm.casefile.questions import declined_at
from nrm.casefile.timing import Owner, Run, clock
from nrm.contact.queries import first_contact
from nrm.referral import queries
from nrm.referral.models import InformationRequest, Redirection, Referral
from nrm.screening.queries import indicates_trafficking


@clock("REFERRAL")
def referral(facts: Facts) -> Iterator[Run]:
    """From the first contact, shown once the signs point to trafficking. Source: the British process map."""
    met = first_contact(facts)
    if met is not None and (indicates_trafficking(facts) or queries.referrals(facts)):
        sent = [one.at for one in queries.referrals(facts)]
        declined = declined_at(facts)
        ends = sent + ([declined] if declined is not None else [])
        yield Run(met, met.first_contact_at, stopped=min(ends, default=None))


@clock("RECEIPT")
def receipt(facts: Facts) -> Iterator[Run]:
    """One run at each authority that the referral came to. Source: house rule."""
    for sent in facts.of(Referral):
        withdrawal = queries.withdrawn(facts, sent)
        arrivals: list[Referral | Redirection] = [sent, *queries.redirections(facts, sent)]
        for place, arrival in enumerate(arrivals):
            ended = [
                one.at
                for one in queries.receipts(facts, sent)
                if one.by_agency_id == arrival.to_id and (arrival is sent or one.at >= arrival.at)
            ]
            ended += [onward.at for onward in arrivals[place + 1 :]]
            ended += [withdrawal.at] if withdrawal is not None else []
            yield Run(
                arrival, arrival.at, stopped=min(ended, default=None), owner=Owner(agency=arrival.to_id)
            )


@clock("MORE_INFORMATION")
def more_information(facts: Facts) -> Iterator[Run]:
    """The sender answers each question of the authority. Source: house rule."""
    sent = queries.latest(facts)
    owner = Owner(agency=sent.by_agency_id) if sent is not None else None
    for request in facts.of(InformationRequest):
        yield Run(request, request.at, stopped=queries.answered_at(facts, request), owner=owner)
