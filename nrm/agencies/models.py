"""Agencies and people. They tell of no child: no row policy; who may edit them is an act of the administrator."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.functional import cached_property

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
    wall: ClassVar[Wall] = Wall(free=True, worker="SELECT (id, mandates)")

    class Meta:
        verbose_name_plural = "agencies"

    def __str__(self) -> str:
        return self.name


class Bed(models.Model):
    """One bed of the register: for whom it is, on which days it is offered, when its agency last confirmed it.

    It holds no address: where a bed stands is said in a child's case alone. for_sex: FEMALE, MALE, or empty
    for any. step_free: YES, NO or NOT_KNOWN. free_from, free_until: the days on which it is offered at all;
    empty means always. Who sleeps in it is no column: it follows from the placements. Source: Directive
    2011/36/EU art. 11(5), (5a).
    """

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="beds")
    key = models.SlugField(max_length=64)
    for_children = models.BooleanField()
    adult_strangers = models.BooleanField()
    for_sex = models.CharField(max_length=12, default="", blank=True)
    step_free = models.CharField(max_length=9, default="NOT_KNOWN")
    free_from = models.DateField(null=True, blank=True)
    free_until = models.DateField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    privacy: ClassVar[dict[str, Handling]] = dict.fromkeys(
        (
            "id", "agency", "key", "for_children", "adult_strangers", "for_sex", "step_free", "free_from",
            "free_until", "confirmed_at",
        ),
        Handling.LOCATING,
    )  # fmt: skip
    wall: ClassVar[Wall] = FREE

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "key"], name="agencies_one_bed_of_a_name")]

    def __str__(self) -> str:
        return self.key

    def is_offered(self, on: date) -> bool:
        """Whether its agency offers it on that day."""
        begun = self.free_from is None or self.free_from <= on
        return begun and (self.free_until is None or on <= self.free_until)


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
    wall: ClassVar[Wall] = Wall(free=True, worker="SELECT (id, email, agency_id, roles, is_active, language)")

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = People()

    @cached_property
    def trained(self) -> Mapping[str, date]:
        """Module -> its last valid day."""
        return {row.module: row.valid_until for row in self.trainings.all()}

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
