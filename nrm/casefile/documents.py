"""The documents of a case, to be listed and opened; and the sweep of files that no row names.

A document that was corrected can no longer be opened: its entry stays struck in the timeline. What a correction
withdrew is opened by nobody, oversight included; the file stays encrypted until a court or counsel has said what
becomes of it, and only the operator can take it away.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connections

from nrm.audit import trail
from nrm.casefile.doing import Doing
from nrm.casefile.looking import Looked, look
from nrm.casefile.models import Document
from nrm.casefile.sight import Sight
from nrm.kernel import refusals, walls
from nrm.kernel.columns import column_of
from nrm.kernel.files import vault
from nrm.kernel.files.kinds import KINDS
from nrm.kernel.handling import Handling
from nrm.kernel.refusals import Refused

OPENED = "casefile.open_document"
OLD_ENOUGH = timedelta(days=1)  # a file younger than this may belong to an act that is not yet committed

# What the sweep compares with the files: random names, keys of cases, hashes; nothing of a child.
KEPT_SQL = [
    """CREATE OR REPLACE FUNCTION casefile_documents_kept() RETURNS TABLE (file text, case_id bigint, sha256 text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT DISTINCT d.file::text, d.case_id, d.sha256::text FROM public.casefile_document d WHERE d.file <> ''
$$""",
    "ALTER FUNCTION casefile_documents_kept() OWNER TO nrm_keeper",
    "REVOKE ALL ON FUNCTION casefile_documents_kept() FROM PUBLIC",
    "GRANT EXECUTE ON FUNCTION casefile_documents_kept() TO nrm_owner",
]
walls.MORE_SQL.append(lambda: KEPT_SQL)


@dataclass(frozen=True)
class Listed:
    """One document as one person sees it in the list. title: empty where it tells where she is or is not shared."""

    key: int
    kind: str
    at: datetime
    handling: str
    title: str
    opens: bool
    withdrawn: bool


def listed(looked: Looked) -> Iterator[Listed]:
    """The documents that stand, newest first."""
    for document in reversed(looked.facts.of(Document)):
        locating = document.handling == Handling.LOCATING
        yield Listed(
            key=document.pk,
            kind=document.kind,
            at=document.at,
            handling=document.handling,
            title="" if locating or not _shows(looked.sight, document, "title") else document.title,
            opens=_shows(looked.sight, document, "file"),
            withdrawn=not document.file,
        )


def _shows(sight: Sight, document: Document, name: str) -> bool:
    column = column_of(Document._meta.get_field(name))
    return column is not None and sight.shows(document, column, document.owner_for(sight.agency_id))


@dataclass(frozen=True)
class Opened:
    """A file that goes out: its content, and a name that says nothing of the child."""

    content: bytes
    media_type: str
    name: str


def opened(here: Doing, reference: str, key: int) -> Opened:
    """The file of a document that stands. The look, and which document it was, are written in the open transaction.

    Raises Refused(NOT_FOUND) for outsiders, for who lacks the grant, for what was withdrawn or corrected: one answer.
    """
    looked = look(here, reference, page=OPENED)
    document = next((one for one in looked.facts.of(Document) if one.pk == key), None)
    if document is None or not document.file or not _shows(looked.sight, document, "file"):
        trail.record(
            OPENED,
            trail.DENIED,
            actor=here.actor,
            now=here.now,
            codes=[refusals.NOT_FOUND.code],
        )
        raise Refused([refusals.NOT_FOUND])
    trail.record(
        OPENED,
        trail.DONE,
        actor=here.actor,
        now=here.now,
        case_id=looked.facts.the_case.pk,
        case_reference=reference,
        table=Document._meta.db_table,
        key=document.pk,
        codes=[document.kind, document.handling],
        grants=sorted(looked.sight.grants),
        purpose=looked.sight.purpose,
    )
    content = vault.read(document.file, looked.facts.the_case.pk)
    day = looked.facts.pack.calendar.local_date(document.at)
    words = document.kind.lower().replace("_", "-")
    return Opened(content, document.media_type, f"{words}-{day}{KINDS[document.media_type].ending}")


@dataclass(frozen=True)
class Swept:
    """What the sweep found: files that rows name, files that none named and that are gone now, files missing."""

    kept: int
    removed: int
    missing: int
    damaged: int


def sweep(now: datetime, *, verify: bool, using: str = "default") -> Swept:
    """Take away old files that no row names; count what rows name and is not there. verify: open each and compare."""
    files = dict(vault.names())  # before the rows: what is written in between is younger and stays
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT file, case_id, sha256 FROM casefile_documents_kept()")
        rows = {file: (case_id, sha256) for file, case_id, sha256 in cursor.fetchall()}
    oldest = (now - OLD_ENOUGH).timestamp()
    strays = [name for name, written in files.items() if name not in rows and written < oldest]
    for name in strays:
        vault.remove(name)
    there = rows.keys() & files.keys()
    damaged = sum(not vault.holds(name, *rows[name]) for name in there) if verify else 0
    return Swept(len(there), len(strays), len(rows) - len(there), damaged)
