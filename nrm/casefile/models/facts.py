"""Facts: something that happened, inserted once, never edited or deleted. Blocks that many acts share."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, ClassVar

from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nrm.casefile.terms import ShareBasis, SharePurpose
from nrm.kernel.columns import RecordBase, column_of, may, must
from nrm.kernel.handling import Grant, Handling
from nrm.kernel.ids import new_id
from nrm.kernel.terms import HeardHow, NoViews
from nrm.kernel.vocabulary import Words
from nrm.kernel.walls import AGENCY, CASE_FACT, Wall, actor_part, on_the_case

O, S, P = Handling.ORDINARY, Handling.SENSITIVE, Handling.PSEUDONYM


@dataclass(frozen=True)
class Section:
    """Questions of one page under one heading, by the names of their inputs; words of "other" follow their question.

    folded: seldom known, so that the page shows them only when they are asked for.
    """

    title: "str | Words"
    inputs: tuple[str, ...]
    says: "str | Words" = ""
    folded: bool = False


class FactBase(RecordBase):
    """Gathers what must always be true of a fact from the blocks it is built of (`always_true`)."""

    def __new__(cls, name: str, bases: tuple[type, ...], attrs: dict[str, Any], **kwargs: Any) -> Any:
        meta = attrs.get("Meta")
        if not getattr(meta, "abstract", False):
            room = attrs["__module__"].split(".")[1]
            rules = [
                rule
                for base in bases
                for block in base.__mro__
                for rule in vars(block).get("always_true", ())
            ]
            made = [rule(f"{room}_{name.lower()}") for rule in dict.fromkeys(rules)]
            own = list(getattr(meta, "constraints", []))
            indexes = list(getattr(meta, "indexes", []))
            if any(
                "case" in {f.name for f in getattr(getattr(base, "_meta", None), "fields", ())}
                for base in bases
            ):
                indexes.append(models.Index(fields=["case"], name=f"{room}_{name.lower()}_case"[:30]))
            attrs["Meta"] = type(
                "Meta", (meta,) if meta else (), {"constraints": [*made, *own], "indexes": indexes}
            )
        return super().__new__(cls, name, bases, attrs, **kwargs)


def _not_in_the_future(prefix: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(at__lte=F("recorded_at")), name=f"{prefix}_not_in_the_future")


def _child_heard_or_reason(prefix: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(childs_views="") ^ Q(views_not_asked=""), name=f"{prefix}_child_heard_or_reason"
    )


def _not_both_heard_and_unasked(prefix: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(childs_views="") | Q(views_not_asked=""), name=f"{prefix}_heard_or_not_asked"
    )


def _best_interests_written(prefix: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=~Q(best_interests=""), name=f"{prefix}_best_interests_written")


def _two_people(prefix: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=~Q(by_person=F("proposed_by")), name=f"{prefix}_four_eyes")


class Record(models.Model, metaclass=FactBase):
    """A row that was written once by one person. `at`: when it happened; `recorded_at`: when it was entered.

    A correction is a new row with `corrects` (the key of the earlier row of this table) and `why`.
    `told` is what the timeline says.
    """

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField(editable=False)
    recorded_at = models.DateTimeField(editable=False)
    by_person = models.ForeignKey(
        "agencies.Person",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        db_index=False,
    )
    by_agency = models.ForeignKey(
        "agencies.Agency",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        db_index=False,
    )
    corrects = models.BigIntegerField(null=True, editable=False)
    why = models.CharField(max_length=500, default="", blank=True)

    by_agency_id: int | None
    handed_in: "Mapping[str, UploadedFile[Any]]" = MappingProxyType({})  # input -> file, while it is written

    told: ClassVar["str | Words"] = ""
    told_with: ClassVar[tuple[str, ...]] = ()  # columns of text that the timeline tells too
    rows: ClassVar[dict[str, type["Row"]]] = {}  # input name -> table of its rows
    sections: ClassVar[tuple[Section, ...]] = ()  # how a long page is parted; each question in one of them
    asides: ClassVar[dict[str, "str | Words"]] = {}  # input that is seldom asked -> words that open it
    correctable: ClassVar[bool] = True  # by one person, with a new row
    always_true: ClassVar[tuple[Any, ...]] = (_not_in_the_future,)
    privacy: ClassVar[dict[str, Handling]] = {
        **dict.fromkeys(("id", "at", "recorded_at", "by_person", "by_agency", "corrects"), P),
        "why": S,
    }
    wall: ClassVar[Wall]

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.label} {self.pk}"

    def owner_for(self, agency_id: int) -> int | None:
        """Whose row it is in the eyes of that agency: what is addressed to it, it reads like its own."""
        return agency_id if getattr(self, "addressed_to_id", None) == agency_id else self.by_agency_id

    @classmethod
    def handling_of(cls, field: Any) -> Handling:
        """The class of one column, from its declaration or from `privacy`."""
        column = column_of(field)
        return column.handling if column is not None else cls.privacy[field.name]


class Fact(Record):
    """Something that happened in a child's case."""

    case = models.ForeignKey(
        "casefile.Case", on_delete=models.PROTECT, editable=False, related_name="+", db_index=False
    )

    privacy = Record.privacy | {"case": P}
    wall: ClassVar[Wall] = CASE_FACT

    case_id: int
    by_person_id: int | None
    by_agency_id: int | None
    recorded_at: datetime

    class Meta:
        abstract = True


class Row(models.Model, metaclass=FactBase):
    """One line of a fact that has lines (an answer, an episode). Lives and stands with its fact.

    Pages ask its lines by `question`, `one` and `each`.
    """

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(
        "casefile.Case", on_delete=models.PROTECT, editable=False, related_name="+", db_index=False
    )
    of = models.BigIntegerField(editable=False)  # key of the fact it belongs to
    position = models.IntegerField(editable=False)

    question: ClassVar["str | Words"] = ""  # what all lines together answer
    one: ClassVar["str | Words"] = _("Line")  # the word before the number of a line
    either_or: ClassVar[tuple[str, ...]] = ()  # one of these is answered: none of them is called optional
    asides: ClassVar[dict[str, "str | Words"]] = {}  # input that is seldom asked -> words that open it
    each: ClassVar[str] = ""  # a column of codes each of which is asked once, so that none is forgotten
    themes: ClassVar[tuple[tuple["str | Words", tuple[str, ...]], ...]] = ()  # headings over codes
    always_true: ClassVar[tuple[Any, ...]] = ()
    privacy: ClassVar[dict[str, Handling]] = dict.fromkeys(("id", "case", "of", "position"), P)
    wall: ClassVar[Wall] = CASE_FACT

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.label} {self.pk}"


class _Views(models.Model, metaclass=RecordBase):
    childs_views = may.long(4000, _("What does she say about this?"), S)
    heard_how = may.code(HeardHow, _("How did she tell you?"), O)
    views_not_asked = may.code(NoViews, _("If she was not asked: why not?"), O)
    note = may.text(500, _("Anything to add about that?"), S)

    asides: ClassVar[dict[str, "str | Words"]] = {"views_not_asked": _("She was not asked")}

    class Meta:
        abstract = True


class MustHearTheChild(_Views):
    """VIEWS*: what she said and how, or why she was not asked; exactly one. Source: CRC art. 12."""

    always_true: ClassVar[tuple[Any, ...]] = (_child_heard_or_reason,)

    class Meta:
        abstract = True


class MayHearTheChild(_Views):
    """VIEWS: her views may be given; never both heard and not asked. Source: CRC art. 12."""

    always_true: ClassVar[tuple[Any, ...]] = (_not_both_heard_and_unasked,)

    class Meta:
        abstract = True


class BestInterests(models.Model, metaclass=RecordBase):
    """BI*: the paragraph that says why this is best for her. Source: CRC art. 3."""

    best_interests = may.long(4000, _("Why is this best for her?"), S)

    always_true: ClassVar[tuple[Any, ...]] = (_best_interests_written,)

    class Meta:
        abstract = True


class Proposal(Fact):
    """A fact that has no effect until a second person confirms it. It is sent back, never corrected."""

    correctable = False

    class Meta:
        abstract = True


class Confirmation(Fact):
    """The second person's signature under a proposal. The database refuses the proposer's own."""

    proposal = must.key(_("Which proposal?"), P)
    correctable = False
    proposed_by = models.ForeignKey(
        "agencies.Person", on_delete=models.PROTECT, related_name="+", editable=False, db_index=False
    )

    always_true: ClassVar[tuple[Any, ...]] = (
        _two_people,
        lambda prefix: models.UniqueConstraint(fields=["proposal"], name=f"{prefix}_confirmed_once"),
    )
    privacy = Fact.privacy | {"proposed_by": P}

    class Meta:
        abstract = True


class Party(Fact):
    """A share: this agency may see the case, with these grants, for this purpose, on this basis.

    `replaces` is the key of the wider share that ended when she agreed to less.
    """

    agency = must.agency(_("Which agency?"), O)
    grants = must.codes(Grant, _("What may they see?"), O)
    purpose = must.code(SharePurpose, _("What for?"), O)
    basis = must.code(ShareBasis, _("What allows it?"), O)
    note = may.text(500, _("Which law, or what she said"), S)
    until = may.day(_("Until which day?"), O)
    replaces = models.BigIntegerField(null=True, editable=False)

    told = _("Shared with another agency")
    privacy = Fact.privacy | {"replaces": P}
    correctable = False  # what an agency may read follows the rows themselves: a share is ended
    wall = Wall(
        read=on_the_case(),
        insert=f"({on_the_case()} OR (agency_id = {actor_part(AGENCY)} AND casefile_is_newborn(case_id)))",
        append_only=True,
    )


class PartyEnd(Fact):
    """The end of one share. Shares of one agency add up; ending one takes only its own grants."""

    share = must.ref("casefile.Party", _("Which share?"), O)
    reason = must.text(500, _("Why does it end?"), S)

    told = _("A share ended")
    correctable = False


class LeadWorker(Fact):
    """From now on this person leads the case."""

    person = must.person(_("Who leads this case?"), O)

    told = _("Lead worker appointed")
