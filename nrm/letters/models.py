"""Letters that were printed: never their text, only which, by whom, and the hash of the code that checks them."""

from typing import ClassVar

from django.db import models

from nrm.casefile.models import Case
from nrm.kernel.handling import Handling
from nrm.kernel.ids import new_id
from nrm.kernel.walls import CASE_FACT, Wall

P, O = Handling.PSEUDONYM, Handling.ORDINARY


class Letter(models.Model):
    """One print of one letter. table and fact: what it tells of; empty for a summary of the whole case."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=24)
    table = models.CharField(max_length=80, default="")
    fact = models.BigIntegerField(null=True)
    language = models.CharField(max_length=12)
    code_hash = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()
    by_person = models.ForeignKey(
        "agencies.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    by_agency = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, related_name="+", db_index=False
    )

    privacy: ClassVar[dict[str, Handling]] = {
        **dict.fromkeys(("id", "case", "table", "fact", "code_hash", "at", "by_person", "by_agency"), P),
        **dict.fromkeys(("kind", "language"), O),
    }
    wall: ClassVar[Wall] = CASE_FACT

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
