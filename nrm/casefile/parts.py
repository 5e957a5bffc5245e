"""Pages made of parts: a heading, what stands there to be read, then what one can do. See casefile/beside.py."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest

from nrm.casefile.beside import Beside, Part, Reader
from nrm.casefile.looking import Looked, look
from nrm.casefile.pages import doing
from nrm.kernel.refusals import ROLE_MISSING

A_PAGE = "casefile/page.html"


def reader_of(request: HttpRequest, reference: str, *, page: str, purpose: str = "") -> Reader:
    """Look at the case (the look is recorded) and read it as this person may."""
    here = doing(request)
    looked: Looked = look(here, reference, page=page, purpose=purpose)
    return Reader(here.actor, looked.facts, looked.sight)


def parts_of(reader: Reader, parts: Iterable[Beside]) -> list[Part]:
    return [one for part in parts for one in part(reader)]


def context(reader: Reader, title: str, parts: Iterable[Beside], can: Beside, **more: Any) -> dict[str, Any]:
    """What every such page has: its heading, its parts, then what one can do."""
    return {
        "reference": reader.facts.the_case.reference,
        "title": title,
        "parts": parts_of(reader, parts),
        "can": [row for row in parts_of(reader, [can])[0].doors if not is_of_another_role(row)],
        **more,
    }


def is_of_another_role(row: dict[str, Any]) -> bool:
    return any(reason["code"] == ROLE_MISSING.code for reason in row["why_not"])
