"""Child and case: two bare pseudonyms. Everything known about her is a fact."""

from typing import ClassVar

from django.db import models

from nrm.kernel.handling import Handling
from nrm.kernel.ids import new_id
from nrm.kernel.walls import AGENCY, Wall, actor_part, on_the_case


class Child(models.Model):
    """One child, or one adult survivor: only a key, so that two cases of hers can be joined or kept apart."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)

    privacy: ClassVar[dict[str, Handling]] = {"id": Handling.PSEUDONYM}
    wall: ClassVar[Wall] = Wall(
        read="EXISTS (SELECT 1 FROM casefile_case c WHERE c.child_id = {t}.id)",
        insert=f"{actor_part(AGENCY)} IS NOT NULL",
        append_only=True,
    )

    class Meta:
        verbose_name_plural = "children"

    def __str__(self) -> str:
        return str(self.pk)


class Case(models.Model):
    """One case of one child. The reference is random: it tells nothing and cannot be counted through."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    reference = models.CharField(max_length=16, unique=True)
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="cases")
    opened_at = models.DateTimeField()
    opened_by_agency = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    track = models.CharField(max_length=16)

    privacy: ClassVar[dict[str, Handling]] = {
        **dict.fromkeys(("id", "reference", "child", "opened_at", "opened_by_agency"), Handling.PSEUDONYM),
        "track": Handling.ORDINARY,
    }
    wall: ClassVar[Wall] = Wall(
        read=on_the_case("id"),
        insert=f"opened_by_agency_id = {actor_part(AGENCY)}",
        append_only=True,
        case="id",
    )

    def __str__(self) -> str:
        return self.reference
