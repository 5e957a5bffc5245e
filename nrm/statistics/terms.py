"""The headings under which a person is counted."""

from django.utils.translation import gettext_lazy as _

from nrm.kernel.vocabulary import Vocabulary


class Status(Vocabulary):
    """How far identification has come. A standing negative is a row of its own, in no total."""

    PRESUMED = _("presumed victims")
    IDENTIFIED = _("identified victims")
    DECLINED = _("adults who did not want to be identified")
    NEGATIVE = _("negative decisions")


class Who(Vocabulary):
    """Age at registration and sex. CHILD and ADULT alone: neither a girl nor a boy, or not known."""

    GIRL = _("girls")
    BOY = _("boys")
    WOMAN = _("women")
    MAN = _("men")
    CHILD = _("children")
    ADULT = _("adults")


class Form(Vocabulary):
    """Form of exploitation in the three classes of Eurostat."""

    SEXUAL = _("sexual exploitation")
    LABOUR = _("forced labour")
    OTHER = _("other forms")
