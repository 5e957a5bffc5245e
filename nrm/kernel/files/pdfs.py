"""A PDF as a fresh file: its pages as they look, nothing that acts, points elsewhere or tells of its making.

What is written on a page stays; forms and remarks become part of the page; links, tags, bookmarks, attachments,
scripts and metadata do not survive. Runs in the child process.
"""

import io
import zlib
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from nrm.kernel.files.images import without_boxes, without_remarks
from nrm.kernel.files.kinds import Unsafe

MOST_PAGES = 200
BROKEN = (pikepdf.PdfError, pikepdf.PasswordError, ValueError, TypeError, KeyError, RuntimeError, zlib.error)
LARGEST_PICTURE = 64 * 1024 * 1024
OF_A_PAGE = frozenset(
    {"/Type", "/Parent", "/Resources", "/Contents", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Group"}
)
OF_NO_STREAM = (
    "/F",
    "/FFilter",
    "/FDecodeParms",
    "/Ref",
    "/OPI",
    "/A",
    "/AA",
    "/StructParent",
    "/StructParents",
)
OF_NOBODY = ("/AF", "/EF", "/JS", "/Metadata", "/PieceInfo", "/LastModified")


def fresh(content: bytes, _media_type: str) -> bytes:
    """The same pages in a new file. Raises Unsafe."""
    try:
        with Pdf.open(io.BytesIO(content)) as given:
            if given.is_encrypted:
                raise Unsafe("encrypted")
            if not 1 <= len(given.pages) <= MOST_PAGES:
                raise Unsafe("no page, or too many")
            given.generate_appearance_streams()
            given.flatten_annotations("all")
            return _pages_of(given)
    except BROKEN as error:
        raise Unsafe("cannot be read") from error


def _pages_of(given: Pdf) -> bytes:
    with Pdf.new() as made:
        for page in given.pages:
            for key in set(page.obj.keys()) - OF_A_PAGE:
                del page.obj[key]
            made.pages.append(page)
        for one in list(made.objects):
            _scrub(one)
        made.remove_unreferenced_resources()
        out = io.BytesIO()
        made.save(out, deterministic_id=True)
        return out.getvalue()


def _scrub(found: Object) -> None:
    """Take out what does no drawing, of an object and of what stands directly in it."""
    waiting: list[Any] = [found]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Array):
            waiting += [inner for inner in one if _is_direct(inner)]
        elif isinstance(one, Dictionary | Stream):
            _drop(one, OF_NOBODY)
            if isinstance(one, Stream):
                _drop(one, OF_NO_STREAM)
                _scrub_picture(one)
            keys = one.stream_dict.keys() if isinstance(one, Stream) else one.keys()
            waiting += [one[key] for key in keys if _is_direct(one[key])]


def _is_direct(inner: Any) -> bool:
    return isinstance(inner, Array | Dictionary) and not inner.is_indirect


def _drop(one: Any, keys: tuple[str, ...]) -> None:
    for key in keys:
        if key in one:
            del one[key]


def _scrub_picture(stream: Stream) -> None:
    """A picture inside a PDF carries its position as a picture alone does."""
    named: Any = stream.get("/Filter", [])
    filters = [str(one) for one in named] if isinstance(named, Array) else [str(named)] if named else []
    if "/DCTDecode" not in filters and "/JPXDecode" not in filters:
        return
    raw = stream.read_raw_bytes()
    if filters[:-1] == ["/FlateDecode"]:
        inflating = zlib.decompressobj()
        raw = inflating.decompress(raw, LARGEST_PICTURE)
        if inflating.unconsumed_tail:
            raise Unsafe("a picture that is too large")
    elif filters[:-1]:
        raise Unsafe("a picture in too many wrappings")
    parameters = stream.get("/DecodeParms")
    last = parameters[-1] if isinstance(parameters, Array) and len(parameters) else parameters
    bare = without_remarks(raw) if filters[-1] == "/DCTDecode" else without_boxes(raw)
    stream.write(bare, filter=Name(filters[-1]), decode_parms=last if isinstance(last, Dictionary) else None)
