"""Facts about becoming an adult."""

from django.utils.translation import gettext_lazy as _

from nrm.casefile.models import Fact, MustHearTheChild
from nrm.kernel.columns import must
from nrm.kernel.handling import Handling

O, S, L = Handling.ORDINARY, Handling.SENSITIVE, Handling.LOCATING


class TransitionPlan(MustHearTheChild, Fact):
    """How she will live as an adult, planned with her. Source: Directive 2011/36/EU art. 14."""

    housing = must.text(1000, _("Where will she live?"), L)
    income = must.text(1000, _("What will she live on?"), S)
    school_or_work = must.text(1000, _("School, training or work?"), L)
    health = must.text(1000, _("Who looks after her health?"), S)
    papers = must.text(1000, _("Which papers does she have, and which does she need?"), S)
    key_person = must.text(1000, _("Whom can she always turn to?"), L)
    guardian_after = must.tern(_("Does she want her guardian to stay?"), O)

    told = _("Adult life planned")
