"""Words that every room uses."""

from django.utils.translation import gettext_lazy as _

from nrm.kernel.vocabulary import Vocabulary


class Tern(Vocabulary):
    """Three answers, never two: not knowing is an answer, and it is not a no."""

    YES = _("yes")
    NO = _("no")
    NOT_KNOWN = _("not known")


class Sex(Vocabulary):
    """As recorded. Gender in the child's own words is free text beside it."""

    FEMALE = _("female")
    MALE = _("male")
    INTERSEX = _("intersex")
    NOT_KNOWN = _("not known")


class Urgency(Vocabulary):
    IMMEDIATE = _("now: there is danger")
    URGENT = _("urgent")
    ROUTINE = _("in the usual time")


class HeardHow(Vocabulary):
    """How the child gave her views (CRC art. 12)."""

    SPOKE = _("spoke")
    WROTE = _("wrote")
    DREW = _("drew")
    SIGNED = _("used sign language")
    THROUGH_INTERPRETER = _("spoke through an interpreter")
    THROUGH_TRUSTED_PERSON = _("through a person the child trusts")
    OBSERVED = _("was observed: showed it without words")
    OTHER = _("other")
    NOT_KNOWN = _("not known")


class NoViews(Vocabulary):
    """Why the child's views are not here. There is no code for "nobody asked"."""

    TOO_YOUNG_TO_SPEAK = _("too young to speak")
    UNCONSCIOUS_OR_ILL = _("unconscious or too ill")
    MISSING = _("missing")
    WOULD_HARM = _("asking would harm the child (write who says so)")
    DID_NOT_WANT_TO_SAY = _("was asked and did not want to say")


class InfoForm(Vocabulary):
    """The form in which something was explained."""

    SPOKEN = _("spoken")
    PICTURES = _("with pictures")
    EASY_READ = _("easy-to-read text")
    SIGN = _("sign language")
    VIDEO = _("video")
    TRANSLATED_TEXT = _("text in the child's language")
    OTHER = _("other")
    NOT_KNOWN = _("not known")


class Understood(Vocabulary):
    """Whether what was explained was understood."""

    SAID_IT_BACK = _("said it back in own words")
    SEEMED_TO = _("seemed to understand")
    DID_NOT = _("did not understand")
    NOT_CHECKED = _("was not checked")
    OTHER = _("other")
    NOT_KNOWN = _("not known")
