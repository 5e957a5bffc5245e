"""Acts of the spine: share and end a share, appoint the lead worker, attach a document."""

from collections.abc import Iterator

from nrm.agencies.models import Agency, Person
from nrm.agencies.queries import may_receive
from nrm.agencies.terms import Mandate, Role
from nrm.casefile import refusals
from nrm.casefile.act import Knocked, act, may
from nrm.casefile.facts import Facts
from nrm.casefile.models import Document, LeadWorker, Party, PartyEnd
from nrm.casefile.questions import consented_grants
from nrm.casefile.sight import standing_shares
from nrm.casefile.terms import PICTURED, ShareBasis
from nrm.kernel.actor import Actor
from nrm.kernel.files import vault
from nrm.kernel.files.cleaning import clean
from nrm.kernel.files.kinds import LARGEST, Unsafe, claims_to_be_seen
from nrm.kernel.handling import Grant
from nrm.kernel.refusals import ANSWER_NEEDED, Refusal
from nrm.kernel.terms import Tern

BY_CONSENT = frozenset({ShareBasis.CHILD_CONSENT, ShareBasis.CHILD_AND_GUARDIAN, ShareBasis.GUARDIAN})
OWN_PART = frozenset({Role.FR, Role.CA, Role.SP})


def has_a_share(actor: Actor, facts: Facts, _: object) -> bool:
    """Her own part of the case: her agency holds a standing share."""
    return bool(standing_shares(facts, actor.agency_id))


def tell_the_agency(_: Facts, given: Party) -> Iterator[Knocked]:
    yield Knocked("W", agency=given.agency_id)


@act(
    writes=Party,
    may=may(Role.CW, Role.GU, own=OWN_PART, is_own=has_a_share),
    knocks=tell_the_agency,
    leaves_agency=True,
    source="CETS 197 art. 11; GDPR art. 6 and 9",
)
def share(facts: Facts, given: Party) -> Iterator[Refusal]:
    """Share this case with another agency."""
    agency: Agency = given.agency
    if Mandate.IMMIGRATION_ENFORCEMENT in agency.mandates:
        yield refusals.FIREWALL.at("agency")
        return
    if not may_receive(agency, facts.today):
        yield refusals.AGENCY_WITHOUT_AGREEMENT.at("agency")
    if given.basis == ShareBasis.LEGAL_DUTY and not given.note.strip():
        yield refusals.SHARE_CONSENT_MISSING.at("note")
    if given.basis in BY_CONSENT and not set(given.grants) <= consented_grants(facts) | {Grant.EXISTENCE}:
        yield refusals.SHARE_CONSENT_MISSING.at("basis")
    widest = facts.pack.grants_by_purpose.get(given.purpose, frozenset())
    if not set(given.grants) <= widest | narrower(widest):
        yield refusals.GRANTS_TOO_WIDE.at("grants")


def narrower(widest: frozenset[str]) -> frozenset[str]:
    """What is included in a set of grants: FULL holds SUMMARY, everything holds EXISTENCE."""
    return frozenset({Grant.EXISTENCE}) | (
        frozenset({Grant.SUMMARY}) if Grant.FULL in widest else frozenset()
    )


@act(
    writes=PartyEnd,
    may=may(Role.CW, Role.GU, own=OWN_PART, is_own=has_a_share),
    source="CETS 197 art. 11",
)
def end_share(facts: Facts, given: PartyEnd) -> Iterator[Refusal]:
    """End a share of this case."""
    standing = standing_shares(facts)
    responsible = [one for one in standing if Mandate.CHILD_PROTECTION in one.agency.mandates]
    if [one.pk for one in responsible] == [given.share_id]:
        yield refusals.LAST_RESPONSIBLE.at("share")


@act(
    writes=LeadWorker,
    may=may(Role.CW, Role.GU, own=OWN_PART, is_own=has_a_share),
    knocks=lambda _, given: [Knocked("W", person=given.person_id)],
    source="House rule: one person leads each case",
)
def appoint_lead_worker(facts: Facts, given: LeadWorker) -> Iterator[Refusal]:
    """Appoint the person who leads this case."""
    person: Person = given.person
    if not standing_shares(facts, person.agency_id):
        yield refusals.NOT_ON_THE_CASE.at("person")


def withdraw(_: Facts, given: Document) -> None:
    """A correction that does not declare the file takes it away; the entry stays, without it."""
    if given.corrects is not None and given.declared_clean != Tern.YES:
        given.file = given.media_type = given.sha256 = ""
        given.size, given.handed_in = 0, {}


def keep_the_file(facts: Facts, given: Document) -> None:
    """Lay the fresh file down under a name that only the row knows."""
    if given.fresh is not None:
        given.file = vault.put(given.fresh.content, facts.the_case.pk)
        given.media_type, given.sha256 = given.fresh.media_type, given.fresh.sha256
        given.size = len(given.fresh.content)


@act(
    writes=Document,
    may=may(Role.CW, Role.GU, own=OWN_PART, is_own=has_a_share),
    fills=withdraw,
    lays_down=keep_the_file,
    source="CETS 197 art. 11; OSCE NRM Handbook 2022; security: OWASP ASVS V5",
)
def attach_document(_: Facts, given: Document) -> Iterator[Refusal]:
    """Add a document."""
    handed_in = given.handed_in.get("file")
    if given.declared_clean != Tern.YES:
        if given.corrects is None:
            yield refusals.MATERIAL_NEVER_STORED.at("declared_clean")
        return
    content = handed_in.read(LARGEST + 1) if handed_in is not None else b""
    name, said = (handed_in.name or "", handed_in.content_type or "") if handed_in is not None else ("", "")
    if given.kind not in PICTURED and (
        claims_to_be_seen(name, said, content) or given.media_type.startswith("image/")
    ):
        yield refusals.MATERIAL_NEVER_STORED.at("kind")
    elif handed_in is not None:
        try:
            given.fresh = clean(name, said, content)
        except Unsafe:
            yield refusals.FILE_NOT_SAFE.at("file")
    elif not given.file:
        yield ANSWER_NEEDED.at("file")
