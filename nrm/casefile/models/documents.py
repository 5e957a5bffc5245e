"""Documents: what a file is and who may read it stands here; the file itself lies encrypted in the vault."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nrm.casefile.models.facts import Fact
from nrm.casefile.terms import PICTURED, ColumnHandling, DocumentKind
from nrm.kernel.columns import may, must
from nrm.kernel.files.cleaning import Clean
from nrm.kernel.handling import Handling
from nrm.kernel.terms import Tern

O, P, ID = Handling.ORDINARY, Handling.PSEUDONYM, Handling.IDENTIFYING


class Document(Fact):
    """A paper of this child, as a file. Without a file it is a document that was withdrawn.

    `handling` decides who may open it. `sha256` is the hash of what is kept, not of what was handed in.
    """

    kind = must.code(DocumentKind, _("What is it?"), O)
    title = may.text(
        120,
        _("What is written on top?"),
        ID,
        help=_("It is never shown in a list where the file tells where she is."),
        handled_as="handling",
    )
    file = must.file(
        _("Which file?"),
        O,
        help=_(
            "PDF, JPEG, PNG, ODT or DOCX, at most 10 MB. After a correction of this page choose it again."
        ),
        target="media_type size sha256",
        handled_as="handling",
    )
    handling = must.code(ColumnHandling, _("What does it tell?"), O)
    declared_clean = must.tern(
        _("May this file be kept here?"),
        O,
        help=_(
            "Yes: it is of this child's case, and it shows no abuse. If you correct an entry and do not answer yes, "
            "its file is withdrawn: nobody can open it any more."
        ),
    )
    media_type = models.CharField(max_length=100, default="", blank=True, editable=False)
    size = models.IntegerField(default=0, editable=False)  # bytes of what is kept
    sha256 = models.CharField(max_length=64, default="", blank=True, editable=False)

    told = _("A document was added")
    privacy: ClassVar[dict[str, Handling]] = Fact.privacy | dict.fromkeys(("media_type", "size", "sha256"), P)
    fresh: "Clean | None" = None  # what will be kept, from the look into it until the row is written

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(declared_clean=Tern.YES.value) & ~Q(file="")
                | ~Q(declared_clean=Tern.YES.value) & Q(file=""),
                name="casefile_document_declared_or_not_kept",
            ),
            models.CheckConstraint(
                condition=~Q(file="") | Q(corrects__isnull=False),
                name="casefile_document_withdrawn_by_correction",
            ),
            models.CheckConstraint(
                condition=Q(file="", media_type="", size=0, sha256="")
                | ~Q(file="") & ~Q(media_type="") & Q(size__gt=0) & ~Q(sha256=""),
                name="casefile_document_described",
            ),
            models.CheckConstraint(
                condition=~Q(media_type__startswith="image/") | Q(kind__in=[kind.value for kind in PICTURED]),
                name="casefile_document_pictures_of_few_kinds",
            ),
        ]
