"""What an assessment of her best interests need not ask because the case says it."""

from django.utils.translation import gettext as _

from nrm.care.models import Assessment
from nrm.care.terms import AssessmentQuestion
from nrm.casefile.beside import Reader
from nrm.casefile.known import Known
from nrm.kernel.handling import Handling


def first_steps(reader: Reader) -> Known | None:
    """The first assessment is about the first steps."""
    if not reader.sight.opens(Handling.ORDINARY) or reader.facts.latest(Assessment) is not None:
        return None
    return Known(AssessmentQuestion.FIRST_STEPS, _("the first assessment of this case"))


BY_THE_CASE = {"question": first_steps}
