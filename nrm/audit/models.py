"""The audit's one table. Only this room and `oversight` may import it (import contract)."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from nrm.kernel.handling import Handling
from nrm.kernel.ids import new_id
from nrm.kernel.walls import AGENCY, PERSON, Wall, actor_part, on_the_case


class Entry(models.Model):
    """Who did or saw what, when, why, on which case. Never free text, names, dates of birth or places.

    Source: CETS 197 art. 11; Directive (EU) 2016/680 art. 25 (look-up and disclosure logs show the reason).
    outcome: DONE (an act), LOOK (a page with a child on it), SEARCH, DENIED (the policy said no).
    Readable by the agencies on the case (who looked is theirs to know), by the person herself, and by
    oversight. A denial of an outsider names no case, so that nobody learns of one from it.
    """

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    act = models.CharField(max_length=80)
    outcome = models.CharField(max_length=8)
    person_id = models.BigIntegerField()
    agency_id = models.BigIntegerField()
    case_id = models.BigIntegerField(null=True)
    case_reference = models.CharField(max_length=16, default="")
    table = models.CharField(max_length=80, default="")
    key = models.BigIntegerField(null=True)
    codes = ArrayField(models.CharField(max_length=64), default=list)
    grants = ArrayField(models.CharField(max_length=16), default=list)
    purpose = models.CharField(max_length=32, default="")

    privacy: ClassVar[dict[str, Handling]] = dict.fromkeys(
        (
            "id", "at", "recorded_at", "act", "outcome", "person_id", "agency_id", "case_id",
            "case_reference", "table", "key", "codes", "grants", "purpose",
        ),
        Handling.PSEUDONYM,
    )  # fmt: skip
    wall: ClassVar[Wall] = Wall(
        read=(
            f"({on_the_case()} OR person_id = {actor_part(PERSON)}"
            " OR 'OVERSIGHT' = ANY ((SELECT nrm_mandates())::text[]))"
        ),
        insert=f"(agency_id = coalesce({actor_part(AGENCY)}, 0) AND person_id = coalesce({actor_part(PERSON)}, 0))",
        append_only=True,
    )

    class Meta:
        indexes = [
            models.Index(fields=["case_id", "id"], name="audit_by_case"),
            models.Index(fields=["person_id", "id"], name="audit_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.outcome}"
