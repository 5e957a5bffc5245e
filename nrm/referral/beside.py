"""What an authority reads beside a referral before it receives it."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from nrm.casefile.beside import Part, Reader, heard_last, shown, signed_by
from nrm.casefile.form import questions
from nrm.casefile.questions import guardian, guardian_is_needed
from nrm.kernel.handling import Handling
from nrm.referral import queries
from nrm.referral.models import Referral
from nrm.screening.queries import acts_and_purposes, interviews

HER_WORDS = ("childs_views", "heard_how")


def what_came(reader: Reader) -> Iterator[Part]:
    """The referral itself."""
    sent = queries.latest(reader.facts)
    if sent is not None and reader.sight.opens(Handling.ORDINARY, sent.by_agency_id):
        heard = heard_last(reader)  # said once: every page that shows a referral shows her newest words
        repeated = heard is not None and heard.childs_views == sent.childs_views
        rows = shown(reader, sent, but=_labels(HER_WORDS) if repeated else ())
        yield Part(_("What came"), rows=rows, signed=signed_by(sent))


def _labels(inputs: tuple[str, ...]) -> list[str]:
    """The questions of these inputs, as they are shown."""
    return [str(column.label) for name, _field, column in questions(Referral) if name in inputs]


def what_is_missing(reader: Reader) -> Iterator[Part]:
    """What was not sent along. None of it is a reason to send a child away. Source: CETS 197 art. 10(1)."""
    facts, sent = reader.facts, queries.latest(reader.facts)
    acts, purposes = acts_and_purposes(facts)
    missing = [
        (sent is not None and not sent.evidence, _("No evidence is named.")),
        (not acts, _("No act is recorded.")),
        (not purposes, _("No purpose is recorded.")),
        (not interviews(facts), _("No interview with her is recorded.")),
        (
            guardian_is_needed(facts, facts.today) and not guardian(facts, facts.today),
            _("She has no guardian yet."),
        ),
        (sent is not None and bool(sent.views_not_asked), _("She was not asked what she wants.")),
    ]
    lines = [sentence for is_missing, sentence in missing if is_missing]
    yield Part(
        _("What is missing"),
        lines=lines or [_("Nothing that a referral needs.")],
    )
