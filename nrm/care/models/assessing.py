"""Facts about what is best for her."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nrm.care.terms import (
    AssessmentQuestion,
    BestInterestsElement,
    DeterminationQuestion,
    Level,
    TracingWhen,
)
from nrm.casefile.models import Confirmation, Fact, MustHearTheChild, Proposal, Row
from nrm.kernel.columns import may, must
from nrm.kernel.handling import Handling
from nrm.kernel.terms import NoViews
from nrm.kernel.vocabulary import Words

O, S = Handling.ORDINARY, Handling.SENSITIVE


class Element(Row):
    """One of the seven points: what was found (or why nothing was asked), who says so, how much it weighs."""

    element = must.code(BestInterestsElement, _("Which point?"), O)
    finding = may.long(2000, _("What was found? 'Not known yet' is an answer."), S)
    not_asked = may.code(NoViews, _("If nothing was asked: why not?"), O)
    source = may.text(120, _("Who says so?"), S)
    weight = may.code(Level, _("How much does it weigh?"), O)

    question = _("What was found on each of the seven points?")
    each = "element"
    either_or = ("finding", "not_asked")
    asides: ClassVar[dict[str, str | Words]] = {"not_asked": _("Nothing was asked about this")}

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(finding="") ^ Q(not_asked=""), name="care_element_found_or_reason"
            )
        ]


class Option(Row):
    """One way forward, taken or not."""

    option = must.text(200, _("What could be done?"), S)
    chosen = must.tern(_("Is it done?"), O)
    why = may.text(1000, _("Why, or why not?"), S)

    question = _("Which ways forward were weighed?")
    one = _("Way forward")


class Assessment(MustHearTheChild, Fact):
    """Best-interests assessment (BIA). Source: CRC art. 3 and 12, General Comment 14."""

    question = must.code(AssessmentQuestion, _("Which question does it answer?"), O)
    tracing = may.code(TracingWhen, _("If it is about her family: may it be traced?"), O)
    conclusion = must.long(4000, _("What is best for her?"), S)

    told = _("Best interests assessed")
    rows = {"elements": Element, "options": Option}


class Determination(MustHearTheChild, Proposal):
    """Best-interests determination (BID) of a panel; it holds once the chair has confirmed it.

    Source: CRC art. 3 and 12, General Comment 14; UNHCR Best Interests Procedure Guidelines. That the panel
    has three people of two agencies, and the lead worker not in the chair, is a house rule after them.
    """

    question = must.code(DeterminationQuestion, _("Which question does it answer?"), O)
    panel = must.persons(_("Who sat on the panel?"), O)
    chair = must.person(_("Who chaired it?"), O)
    guardian_heard = must.tern(_("Was her guardian heard?"), O)
    dissent = may.long(2000, _("Who thought otherwise, and why?"), S)
    conclusion = must.long(4000, _("What is best for her?"), S)

    told = _("A best-interests determination was proposed")
    rows = {"elements": Element, "options": Option}


class DeterminationConfirmed(Confirmation):
    """The chair's signature: from now on the determination holds."""

    told = _("Best interests determined by a panel")
