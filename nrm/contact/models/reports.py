"""What someone told us before there is a case: reports, what was added to them, what became of them, complaints.

None of these rows has a case. A report by the public carries nothing that says who sent it: no login, no
address, no device; the receipt code is kept only as its hash.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nrm.casefile.models import Record
from nrm.contact.terms import (
    Channel,
    ComplaintAbout,
    ContactWish,
    Informant,
    OnlineIncident,
    OnlineSystem,
    OnlineTag,
)
from nrm.contact.terms import Triage as Outcome
from nrm.kernel.columns import may, must
from nrm.kernel.handling import Handling
from nrm.kernel.terms import Tern
from nrm.kernel.walls import AGENCY, Wall, actor_part

P, O, S, L = Handling.PSEUDONYM, Handling.ORDINARY, Handling.SENSITIVE, Handling.LOCATING

_MANDATES = "(SELECT nrm_mandates())::text[]"
_MINE = f"by_agency_id = {actor_part(AGENCY)}"
_AT_THE_DESK = f"('HOTLINE' = ANY ({_MANDATES}) OR 'CHILD_PROTECTION' = ANY ({_MANDATES}))"
SIGNED_AS_ONESELF = (  # the public has agency 0 and leaves no agency in the row
    f"({actor_part(AGENCY)} IS NOT NULL AND by_agency_id IS NOT DISTINCT FROM nullif({actor_part(AGENCY)}, 0))"
)
REPORTED = Wall(read=f"({_AT_THE_DESK} OR {_MINE})", insert=SIGNED_AS_ONESELF, append_only=True)
OF_A_REPORT = (
    "(EXISTS (SELECT 1 FROM contact_report r WHERE r.id = {t}.report)"
    " OR EXISTS (SELECT 1 FROM contact_onlinereport o WHERE o.id = {t}.report))"
)
REPORTS = "contact.Report contact.OnlineReport"
HASH_LENGTH = 64


class Report(Record):
    """Someone is worried about a child. Source: CETS 197 art. 12; confidentiality never stops a report (LANZ 12, 13).

    How to reach whoever told us is handled as LOCATING: only the hotline and whoever triages see it.
    """

    what = may.long(15_000, _("What worries you?"), S)
    danger_now = must.tern(_("Is someone in danger now?"), O)
    where = may.text(300, _("Where is it, or where was it?"), L)
    when = may.text(120, _("When?"), S)
    child_is_me = must.tern(_("Is it about yourself?"), S)
    age_guess = may.text(40, _("About how old is the child?"), O)
    contact = may.text(200, _("How can we reach you? You do not have to say."), L)
    may_we_contact = must.code(ContactWish, _("May we contact you?"), O)
    informant_kind = must.code(Informant, _("Who tells you this?"), L)
    channel = must.code(Channel, _("How did it reach you?"), O)
    callback = may.text(200, _("How can we call back?"), L)
    stays_anonymous = must.tern(_("Does she want to stay anonymous?"), O)
    receipt_hash = models.CharField(max_length=HASH_LENGTH, default="", editable=False)

    told = _("A report came in")
    privacy = Record.privacy | {"receipt_hash": P}
    wall = REPORTED

    receipt_code: str = ""  # shown once after sending; never stored

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(what=""), name="contact_report_says_something"),
            models.UniqueConstraint(
                fields=["receipt_hash"], condition=~Q(receipt_hash=""), name="contact_one_report_a_receipt"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["at"], name="contact_report_at")]

    @property
    def is_urgent(self) -> bool:
        """Danger that nobody can rule out is danger."""
        return bool(self.danger_now != Tern.NO)


class OnlineReport(Record):
    """The number and the kind of a report in an online reporting system. The material itself is never stored."""

    system = must.code(OnlineSystem, _("In which system is the report?"), O)
    report_id = must.text(64, _("Which number has it there?"), P)
    incident = must.code(OnlineIncident, _("What is it about?"), S)
    tags = may.codes(OnlineTag, _("What else does it say?"), S)
    service = may.text(80, _("On which online service? Its name only."), S)
    reported_on = must.day(_("On which day was it reported there?"), O)
    child_country = may.country(_("In which country is the child?"), O)
    child_known = must.tern(_("Is it known who the child is?"), O)
    danger_now = must.tern(_("Is someone in danger now?"), O)

    told = _("A report came in from an online reporting system")
    wall = REPORTED

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(report_id__regex=r"^[A-Za-z0-9-]+$"), name="contact_online_report_number"
            ),
            models.UniqueConstraint(
                fields=["system", "system_other", "report_id", "by_agency"],
                condition=Q(corrects=None),
                name="contact_one_online_report",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["at"], name="contact_onlinereport_at")]

    @property
    def is_urgent(self) -> bool:
        return bool(self.danger_now != Tern.NO)


class ReportAddition(Record):
    """What the person who reported added later, by her receipt code, still without a name."""

    receipt_hash = must.text(HASH_LENGTH, _("Your receipt code"), P, asks="receipt_code")
    text = must.long(4000, _("What do you want to add?"), S)
    report = models.BigIntegerField(editable=False)

    told = _("Something was added to a report")
    privacy = Record.privacy | {"report": P}
    wall = Wall(read=OF_A_REPORT, insert=SIGNED_AS_ONESELF, append_only=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["report"], name="contact_added_to_report")
        ]


class Triage(Record):
    """What became of a report, and why."""

    report = must.key(_("Which report?"), P, target=REPORTS)
    outcome = must.code(Outcome, _("What do you do with it?"), O)
    reason = must.text(1000, _("Why?"), S)
    add_to = may.case(_("To which case does it belong?"), P)
    danger_answer = may.text(500, _("If someone is in danger: what was done?"), S)

    told = _("A report was looked at")
    wall = Wall(read=f"({_MINE} OR {OF_A_REPORT})", insert=_MINE, append_only=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["report"], name="contact_triage_of_report"),
            models.Index(fields=["add_to"], name="contact_triage_to_case"),
        ]


class Complaint(Record):
    """A complaint. Only oversight reads it: neither the agencies on the case nor whoever wrote it.

    Source: CRC art. 12; CETS 197 art. 15(1).
    """

    receipt_hash = may.text(HASH_LENGTH, _("Your receipt code, if you have one"), P, asks="receipt_code")
    about = must.code(ComplaintAbout, _("What is it about?"), O)
    text = must.long(4000, _("What went wrong?"), S)
    wants_answer = must.tern(_("Do you want an answer?"), O)
    how = may.text(200, _("How can the answer reach you?"), L)
    report = models.BigIntegerField(null=True, editable=False)
    about_case = models.ForeignKey(
        "casefile.Case", on_delete=models.PROTECT, null=True, editable=False, related_name="+", db_index=False
    )

    told = _("A complaint")
    privacy = Record.privacy | {"report": P, "about_case": P}
    said_in: str = ""  # reference of the case on whose page it was written
    wall = Wall(read=f"'OVERSIGHT' = ANY ({_MANDATES})", insert=SIGNED_AS_ONESELF, append_only=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["about_case"], name="contact_complaint_about_case")
        ]
