"""Facts of screening: interviews, what was seen and said, and the step that follows from it."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nrm.casefile.models import Confirmation, Fact, MayHearTheChild, MustHearTheChild, Row, Section
from nrm.casefile.terms import ExploitationAct, Purpose
from nrm.contact.terms import Present
from nrm.kernel.columns import may, must
from nrm.kernel.handling import Handling
from nrm.screening import terms
from nrm.screening.indicators import Indicator, by_theme

P, O, S = Handling.PSEUDONYM, Handling.ORDINARY, Handling.SENSITIVE


class Interview(Fact):
    """She was asked once: where, for how long, who was there. Few, by the same person, in a suited place.

    Source: CETS 201 art. 35(1). A second one needs a reason.
    """

    place = must.code(terms.InterviewPlace, _("Where did you talk?"), O)
    present = must.codes(Present, _("Who else was in the room?"), O)
    minutes = must.number(1, 240, _("How many minutes?"), O)
    recorded = must.tern(_("Was it recorded, so that she need not say it again?"), O)
    by = must.person(_("Who talked with her?"), O)
    reason_again = may.text(
        500,
        _("Why?"),
        S,
        help=_("Only if she has been asked before, or if nobody she trusts was there."),
    )

    told = _("Interview with the child")


class Answer(Row):
    """One question of the screening with its answer."""

    q = must.code(Indicator, _("Which question?"), S)
    a = must.tern(_("Answer"), S)
    basis = may.code(terms.SeenHow, _("How do you know?"), S)
    note = may.long(1000, _("What exactly?"), S)

    question = _("What did you see or hear?")
    themes = by_theme()


class Episode(Row):
    """One stretch of time in which she was exploited."""

    from_day = may.day(_("From which day?"), S, asks="from")
    to_day = may.day(_("Until which day?"), S, asks="to")
    precision = may.code(terms.Precision, _("How exactly do you know the days?"), S)
    country = may.country(_("In which country?"), S)
    place = may.text(200, _("Where?"), S)
    purposes = may.codes(Purpose, _("What for?"), S)

    question = _("When and where was she exploited?")
    one = _("Time")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(from_day__isnull=True) | Q(to_day__isnull=True) | Q(from_day__lte=F("to_day")),
                name="screening_episode_upright",
            )
        ]


class Screening(Fact, MustHearTheChild):
    """The signs, gathered once and gently. The union of all standing screenings counts.

    advice, because, rule_version: what the rule said of all signs known at that moment. Source: CETS 197
    art. 10(1); Palermo Protocol art. 3(c): no rule about a child reads the means.
    """

    acts = must.codes(ExploitationAct, _("What was done with her?"), S)
    purposes = must.codes(Purpose, _("What for?"), S)
    industry = may.code(terms.Isic, _("If she was made to work: in which industry?"), S)
    means = may.codes(terms.Means, _("How was she made to?"), S)
    exploiters_relation = may.codes(terms.Relation, _("What are they to her?"), S)
    recruited_by = may.codes(terms.Recruitment, _("Where did it begin?"), S)
    online_services = may.codes(terms.Platform, _("Which online services were used?"), S)
    vulnerabilities = may.codes(terms.Vulnerability, _("What was misused?"), S)
    still_controlled = must.tern(_("Do they still have power over her?"), S)
    last_contact = may.code(terms.LastContact, _("When did she last hear from them?"), S)
    others_at_risk = must.tern(_("Are other children at risk?"), S)
    risk = must.code(terms.Risk, _("How great is the danger now?"), S)
    in_her_words = may.long(15_000, _("What did she say, in her words? What did you see?"), S)
    how_she_wants_to_be_heard = may.text(500, _("How does she want to be heard from now on?"), O)
    rule_version = models.PositiveSmallIntegerField(editable=False)
    advice = models.CharField(max_length=16, editable=False)
    because = ArrayField(models.CharField(max_length=3), default=list, editable=False)

    told = _("Screened")
    sections = (
        Section(
            _("The signs"),
            ("answers",),
            says=_("Open what fits. Answer only what you saw or asked; what you leave was not asked."),
        ),
        Section(
            _("Act and purpose"),
            ("acts", "purposes"),
            says=_(
                "For a child nobody must show force, and whether she agreed is never asked: "
                "Palermo Protocol art. 3(c), ECAT art. 4(c)."
            ),
        ),
        Section(_("The danger"), ("risk", "still_controlled", "others_at_risk")),
        Section(
            _("Her story, if she told it"),
            ("in_her_words", "how_she_wants_to_be_heard"),
        ),
        Section(
            _("More that you may know"),
            (
                "episodes", "last_contact", "means", "industry", "exploiters_relation", "recruited_by",
                "online_services", "vulnerabilities",
            ),
            folded=True,
        ),
        Section(_("What she wants"), ("childs_views", "heard_how", "views_not_asked", "note")),
    )  # fmt: skip
    rows = {"answers": Answer, "episodes": Episode}
    privacy = Fact.privacy | dict.fromkeys(("rule_version", "advice", "because"), S)


class NextStepDecided(Fact, MayHearTheChild):
    """What follows from the screening. Against the advice it counts only once a colleague has confirmed it."""

    outcome = must.code(terms.NextStep, _("What is the next step?"), O)
    reason = may.long(2000, _("Why?"), S)
    against_advice = models.BooleanField(editable=False)

    told = _("Next step decided")
    privacy = Fact.privacy | {"against_advice": O}


class NextStepConfirmed(Confirmation):
    """A second person agrees to a step against the advice. Source: house rule."""

    told = _("Next step confirmed by a second person")
