"""Knocks waiting to go out and gone. A row says who and which of four sentences; it cannot say more."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from nrm.kernel.handling import Handling
from nrm.kernel.ids import new_id
from nrm.kernel.walls import FREE, Wall

SENTENCES = {
    "W": _("Something waits for you in OpenNRM."),
    "U": _("Something urgent waits for you in OpenNRM."),
    "D": _("A time limit is near."),
    "X": _("A person outside asked for contact."),
}


class Knock(models.Model):
    """One sentence for one person, or for everyone of one agency with one mandate's desk (person empty)."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    made_at = models.DateTimeField()
    to_person = models.ForeignKey("agencies.Person", on_delete=models.PROTECT, null=True, related_name="+")
    to_agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, null=True, related_name="+")
    sentence = models.CharField(max_length=1)
    sent_at = models.DateTimeField(null=True)

    privacy: ClassVar[dict[str, Handling]] = dict.fromkeys(
        ("id", "made_at", "to_person", "to_agency", "sentence", "sent_at"), Handling.PSEUDONYM
    )
    wall: ClassVar[Wall] = FREE

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sentence__in=["W", "U", "D", "X"]), name="messages_four_sentences"
            ),
            models.CheckConstraint(
                condition=models.Q(to_person__isnull=False) | models.Q(to_agency__isnull=False),
                name="messages_knock_has_a_door",
            ),
        ]
        indexes = [
            models.Index(
                fields=["made_at"], condition=models.Q(sent_at__isnull=True), name="messages_not_sent_yet"
            )
        ]

    def __str__(self) -> str:
        return self.sentence
