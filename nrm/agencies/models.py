"""Agencies and people. They tell of no child: no row policy; who may edit them is an act of the administrator."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models

from nrm.kernel.handling import Handling
from nrm.kernel.ids import new_id
from nrm.kernel.walls import FREE, Wall


class Agency(models.Model):
    """An office, an organisation or a house that works with children.

    kind: one MANDATE, used in statistics. mandates: what it may do. decides_for: CHILD, ADULT (authorities).
    agreement_until: last day of its sharing agreement; empty means that nothing may be shared with it.
    """

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=40)
    mandates = ArrayField(models.CharField(max_length=40), default=list)
    decides_for = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    agreement_until = models.DateField(null=True, blank=True)
    telephone = models.CharField(max_length=40, default="", blank=True)

    privacy: ClassVar[dict[str, Handling]] = dict.fromkeys(
        ("id", "key", "name", "kind", "mandates", "decides_for", "agreement_until", "telephone"),
        Handling.ORDINARY,
    )
    wall: ClassVar[Wall] = FREE

    class Meta:
        verbose_name_plural = "agencies"

    def __str__(self) -> str:
        return self.name


class Bed(models.Model):
    """A bed of an agency, registered as suitable for children or not."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="beds")
    key = models.SlugField(max_length=64)
    for_children = models.BooleanField()
    adult_strangers = models.BooleanField()

    privacy: ClassVar[dict[str, Handling]] = dict.fromkeys(
        ("id", "agency", "key", "for_children", "adult_strangers"), Handling.LOCATING
    )
    wall: ClassVar[Wall] = FREE

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "key"], name="agencies_one_bed_of_a_name")]

    def __str__(self) -> str:
        return self.key


class People(BaseUserManager["Person"]):
    """Finds people by their e-mail address, which they sign in with."""

    def create_person(self, *, email: str, password: str | None = None, **known: Any) -> "Person":
        """A person who can sign in once a password is set."""
        person = self.model(email=self.normalize_email(email), **known)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """A worker of one agency: one record for one person, whatever her roles, so that two people are two people."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    key = models.SlugField(max_length=60, unique=True)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="people")
    roles = ArrayField(models.CharField(max_length=2), default=list)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=12, default="en")
    calendar_secret = models.CharField(max_length=64, default="", blank=True)

    privacy: ClassVar[dict[str, Handling]] = {
        **dict.fromkeys(
            ("id", "key", "agency", "roles", "is_active", "language", "last_login"), Handling.PSEUDONYM
        ),
        **dict.fromkeys(("email", "name", "password", "calendar_secret"), Handling.IDENTIFYING),
    }
    wall: ClassVar[Wall] = FREE

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = People()

    class Meta:
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.name


class Training(models.Model):
    """The last day on which a person's module is valid. A module without a row was never taken."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="trainings")
    module = models.CharField(max_length=40)
    valid_until = models.DateField()

    privacy: ClassVar[dict[str, Handling]] = dict.fromkeys(
        ("id", "person", "module", "valid_until"), Handling.ORDINARY
    )
    wall: ClassVar[Wall] = FREE

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "module"], name="agencies_one_training_a_module")
        ]

    def __str__(self) -> str:
        return self.module
