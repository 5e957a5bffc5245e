"""What lists need at national scale: kept in the act's own transaction, rebuildable from the facts at any time."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from nrm.casefile.models.spine import Case
from nrm.kernel.handling import Handling
from nrm.kernel.ids import new_id
from nrm.kernel.walls import AGENCY, CASE_PROJECTION, NOW, PERSON, Wall, actor_part, on_each_case, on_the_case

P, O, S, ID = Handling.PSEUDONYM, Handling.ORDINARY, Handling.SENSITIVE, Handling.IDENTIFYING

_MY_MANDATES = "(SELECT nrm_mandates())::text[]"


class Access(models.Model):
    """Which agency sees which case, until when: the standing shares, added up by a trigger on the share table.

    The web role can only read its own agency's rows; nothing but the trigger writes here.
    """

    pk = models.CompositePrimaryKey("case_id", "agency_id")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", db_index=False)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    grants = ArrayField(models.CharField(max_length=16))
    purposes = ArrayField(models.CharField(max_length=16))
    until = models.DateTimeField()

    privacy: ClassVar[dict[str, Handling]] = dict.fromkeys(
        ("case", "agency", "grants", "purposes", "until"), P
    )
    wall: ClassVar[Wall] = Wall(
        read=f"(agency_id = {actor_part(AGENCY)} AND until >= to_timestamp({actor_part(NOW)}))"
    )

    def __str__(self) -> str:
        return f"{self.case_id} {self.agency_id}"


class Headline(models.Model):
    """One line of a case for lists: stage, flags, what she is called, about how old."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, primary_key=True, related_name="headline")
    reference = models.CharField(max_length=16)
    stage = models.CharField(max_length=24)
    flags = ArrayField(models.CharField(max_length=24), default=list)
    called = models.CharField(max_length=250, default="")
    sex = models.CharField(max_length=12, default="")
    age_from = models.IntegerField(null=True)
    age_to = models.IntegerField(null=True)
    birth_date = models.DateField(null=True)
    treated_as_child = models.BooleanField(default=True)
    sent = models.BooleanField(default=False)
    last_fact_at = models.DateTimeField()
    renew_at = models.DateTimeField()  # when time alone may next change this line or what waits (moments.py)

    privacy: ClassVar[dict[str, Handling]] = {
        **dict.fromkeys(("case", "reference"), P),
        **dict.fromkeys(
            (
                "stage", "flags", "sex", "age_from", "age_to", "treated_as_child", "sent", "last_fact_at", "renew_at",
            ),
            O,
        ),
        "called": ID,
        "birth_date": ID,
    }  # fmt: skip
    wall: ClassVar[Wall] = CASE_PROJECTION

    class Meta:
        indexes = [
            models.Index(fields=["stage", "last_fact_at"], name="casefile_by_stage"),
            models.Index(fields=["renew_at", "case"], name="casefile_to_renew"),
        ]

    def __str__(self) -> str:
        return self.reference


class Waiting(models.Model):
    """A deadline that runs: at whose desk, since when, due when. Stopped ones are not kept here.

    Exactly one owner: a person, an agency, or every agency with a mandate. due_at is the moment after
    which it is overdue; due_day is set when it is due at the end of a local day. escalates_on: the
    third working day after, from which the co-ordinator sees code and reference.
    case is empty for a report that has no case yet (`report` then holds its key).
    """

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    report = models.BigIntegerField(null=True)
    reference = models.CharField(max_length=16, default="")
    code = models.CharField(max_length=40)
    part = models.CharField(max_length=64, default="")
    started_by = models.BigIntegerField(null=True)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    due_day = models.DateField(null=True)
    escalates_on = models.DateField(null=True)
    person = models.ForeignKey(
        "agencies.Person", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    agency = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    mandate = models.CharField(max_length=40, default="")

    privacy: ClassVar[dict[str, Handling]] = {
        **dict.fromkeys(("id", "case", "report", "reference", "started_by"), P),
        **dict.fromkeys(
            (
                "code", "part", "started_at", "due_at", "due_day", "escalates_on", "person", "agency", "mandate",
            ),
            O,
        ),
    }  # fmt: skip
    _mine = (
        f"(agency_id = {actor_part(AGENCY)} OR mandate = ANY ({_MY_MANDATES})"
        f" OR (case_id IS NOT NULL AND {on_each_case()})"
        f" OR (escalates_on IS NOT NULL AND 'COORDINATOR' = ANY ({_MY_MANDATES})))"
    )
    _written = f"(case_id IS NULL OR {on_the_case()})"
    wall: ClassVar[Wall] = Wall(
        read=_mine,
        insert=_written,
        update=_written,
        delete=_written,
        case="case_id",
        clock="SELECT, INSERT, DELETE",
    )

    class Meta:
        verbose_name_plural = "waiting"
        indexes = [
            models.Index(fields=["agency", "due_at", "id"], name="casefile_waiting_agency"),
            models.Index(fields=["person", "due_at", "id"], name="casefile_waiting_person"),
            models.Index(
                fields=["mandate", "due_at", "id"],
                condition=~models.Q(mandate=""),
                name="casefile_waiting_mandate",
            ),
            models.Index(fields=["case"], name="casefile_waiting_case"),
            models.Index(fields=["escalates_on"], name="casefile_waiting_escalates"),
            models.Index(fields=["due_at"], name="casefile_waiting_due"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.code}"


class NameToken(models.Model):
    """A folded part of a name she is known by, for the search in one's own cases."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", db_index=False)
    token = models.CharField(max_length=64)

    privacy: ClassVar[dict[str, Handling]] = {"id": P, "case": P, "token": ID}
    wall: ClassVar[Wall] = CASE_PROJECTION

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "case"], name="casefile_one_token_a_case")]
        indexes = [models.Index(fields=["case"], name="casefile_nametoken_by_case")]

    def __str__(self) -> str:
        return str(self.case_id)


class Answered(models.Model):
    """A form that was sent, by its idempotency key: double click, resend, Back-and-submit find their answer."""

    pk = models.CompositePrimaryKey("person_id", "key")
    person_id = models.BigIntegerField()
    key = models.UUIDField()
    act = models.CharField(max_length=80)
    fact = models.BigIntegerField()
    reference = models.CharField(max_length=16, default="")
    at = models.DateTimeField()

    privacy: ClassVar[dict[str, Handling]] = dict.fromkeys(
        ("person_id", "key", "act", "fact", "reference", "at"), P
    )
    wall: ClassVar[Wall] = Wall(
        read=f"person_id = {actor_part(PERSON)}", insert=f"person_id = {actor_part(PERSON)}", append_only=True
    )

    def __str__(self) -> str:
        return self.act


class Draft(models.Model):
    """Answers kept on the server for the same person until `lapses_at`: nobody else can read them.

    With a case and an agency a colleague who is on that case may take it over: an assessment that was begun
    is not lost when its worker falls ill.
    """

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    person_id = models.BigIntegerField()
    path = models.CharField(max_length=200)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="+")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, null=True, related_name="+")
    answers = models.TextField()  # the form as it was sent, url-encoded
    saved_at = models.DateTimeField()
    lapses_at = models.DateTimeField()

    privacy: ClassVar[dict[str, Handling]] = {
        **dict.fromkeys(("id", "person_id", "path", "case", "agency", "saved_at", "lapses_at"), P),
        "answers": ID,
    }
    _hers = f"person_id = {actor_part(PERSON)}"
    _ours = f"({_hers} OR (agency_id = {actor_part(AGENCY)} AND {on_the_case()}))"
    wall: ClassVar[Wall] = Wall(read=_ours, insert="true", update=_ours, delete=_hers)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person_id", "path"], name="casefile_one_draft_a_page")
        ]

    def __str__(self) -> str:
        return str(self.pk)
