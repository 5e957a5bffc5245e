"""The page of a case's documents, and the file of one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from nrm.casefile import documents as kept
from nrm.casefile.act import ACTS
from nrm.casefile.looking import look
from nrm.casefile.pages import doing
from nrm.casefile.terms import ColumnHandling, DocumentKind

# With a file that goes out: whatever it is, and however a browser is made to show it, nothing in it runs or loads.
NOTHING_RUNS = "sandbox; default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


@require_safe
def documents(request: HttpRequest, reference: str) -> HttpResponse:
    """What there is, of which kind, and what of it this person may open."""
    here = doing(request)
    looked = look(here, reference, page="casefile.documents")
    rows = [
        {
            "key": one.key,
            "kind": capfirst(str(DocumentKind(one.kind).label)),
            "when": looked.facts.pack.calendar.local_date(one.at),
            "tells": ColumnHandling(one.handling).label,
            "title": one.title,
            "opens": one.opens,
            "withdrawn": one.withdrawn,
        }
        for one in kept.listed(looked)
    ]
    adding = ACTS["casefile.attach_document"]
    context = {
        "reference": reference,
        "rows": rows,
        "add": adding.says if not adding.why_not(here.actor, looked.facts, looked.sight) else "",
    }
    return render(request, "casefile/documents.html", context)


@require_safe
def document(request: HttpRequest, reference: str, key: int) -> HttpResponse:
    """The file itself, to be laid down by the browser and never shown by it."""
    found = kept.opened(doing(request), reference, key)
    answer = HttpResponse(found.content, content_type=found.media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{found.name}"'
    answer.headers["Content-Security-Policy"] = NOTHING_RUNS
    return answer
