"""Knocks and the mails they become. A row says who and which of four sentences; it cannot say more."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from nrm.kernel.handling import Handling
from nrm.kernel.ids import new_id
from nrm.kernel.walls import Wall

SENTENCES = {
    "W": _("Something waits for you in OpenNRM."),
    "U": _("Something urgent waits for you in OpenNRM."),
    "D": _("A time limit is near."),
    "X": _("A person outside asked for contact."),
}
ONE_OF_FOUR = models.Q(sentence__in=sorted(SENTENCES))


class Knock(models.Model):
    """One sentence for one person, or for everyone of one agency (person empty).

    occasion: for a reminder, the day or the instant it is for, so that it is laid out once; never whom it concerns.
    carried_at: when it became mails.
    """

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    made_at = models.DateTimeField()
    to_person = models.ForeignKey("agencies.Person", on_delete=models.PROTECT, null=True, related_name="+")
    to_agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, null=True, related_name="+")
    sentence = models.CharField(max_length=1)
    occasion = models.CharField(max_length=32, default="")
    carried_at = models.DateTimeField(null=True)

    privacy: ClassVar[dict[str, Handling]] = dict.fromkeys(
        ("id", "made_at", "to_person", "to_agency", "sentence", "occasion", "carried_at"), Handling.PSEUDONYM
    )
    wall: ClassVar[Wall] = Wall(
        free=True, web="SELECT, INSERT", worker="SELECT, INSERT, UPDATE (carried_at), DELETE"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=ONE_OF_FOUR, name="messages_four_sentences"),
            models.CheckConstraint(
                condition=models.Q(to_person__isnull=False) | models.Q(to_agency__isnull=False),
                name="messages_knock_has_a_door",
            ),
            models.UniqueConstraint(
                fields=["sentence", "occasion", "to_person", "to_agency"],
                condition=~models.Q(occasion=""),
                nulls_distinct=False,
                name="messages_reminded_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["made_at"],
                condition=models.Q(carried_at__isnull=True),
                name="messages_not_carried_yet",
            )
        ]

    def __str__(self) -> str:
        return self.sentence


class Letter(models.Model):
    """One mail to one person. It waits until the mail server has taken it, or until it is given up.

    answer: the mail server's last reply code; 0 is no answer at all. While one waits, further knocks with
    the same sentence for the same person are in it.
    """

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    to_person = models.ForeignKey(
        "agencies.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    sentence = models.CharField(max_length=1)
    made_at = models.DateTimeField()
    tries = models.IntegerField(default=0)
    answer = models.IntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)

    privacy: ClassVar[dict[str, Handling]] = dict.fromkeys(
        ("id", "to_person", "sentence", "made_at", "tries", "answer", "sent_at", "given_up_at"),
        Handling.PSEUDONYM,
    )
    wall: ClassVar[Wall] = Wall(free=True, web="SELECT", worker="SELECT, INSERT, UPDATE, DELETE")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=ONE_OF_FOUR, name="messages_letter_of_four_sentences"),
            models.UniqueConstraint(
                fields=["to_person", "sentence"],
                condition=models.Q(sent_at__isnull=True, given_up_at__isnull=True),
                name="messages_one_letter_waits",
            ),
            models.CheckConstraint(
                condition=models.Q(sent_at__isnull=True) | models.Q(given_up_at__isnull=True),
                name="messages_sent_or_given_up",
            ),
        ]
        indexes = [models.Index(fields=["to_person", "-made_at"], name="messages_letters_to")]

    def __str__(self) -> str:
        return self.sentence
