"""A text document (ODT, DOCX) as a fresh file: known parts only, nothing that runs, fetches or tells who wrote it.

Both kinds are ZIP files of XML. What is not text, style or a picture of a known kind is refused rather than taken
out: printed to PDF it can be handed in again. Runs in the child process.
"""

import io
import re
import zipfile
from collections.abc import Mapping
from xml.etree import ElementTree  # markup that declares entities is refused before it is read

from nrm.kernel.files import images
from nrm.kernel.files.kinds import JPEG, ODT, PNG, Unsafe

MOST_PARTS, MOST_BYTES, MOST_RATIO = 2_000, 100 * 1024 * 1024, 200
SMALL = 1024 * 1024  # under this a part may be packed as tightly as it likes
MARKUP = (".xml", ".rels")
PICTURES = {".jpg": JPEG.media_type, ".jpeg": JPEG.media_type, ".png": PNG.media_type}
WHEN = (1980, 1, 1, 0, 0, 0)

Parts = dict[str, bytes]


def fresh(content: bytes, media_type: str) -> bytes:
    """The same text in a new file. Raises Unsafe."""
    parts = _parts(content)
    try:
        made = _odt(parts) if media_type == ODT.media_type else _docx(parts)
    except ElementTree.ParseError as error:
        raise Unsafe("markup that cannot be read") from error
    return _packed(made)


def _parts(content: bytes) -> Parts:
    """Every part by its name, none larger than it said, all together under the limit."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if not 0 < len(entries) <= MOST_PARTS or len({one.filename for one in entries}) < len(entries):
                raise Unsafe("no part, too many, or one twice")
            found, room = Parts(), MOST_BYTES
            for entry in entries:
                if entry.is_dir():
                    continue
                found[_named(entry)] = _unpacked(archive, entry, room)
                room -= len(found[entry.filename])
            return found
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        OSError,
        EOFError,
        ValueError,
        NotImplementedError,
    ) as error:
        raise Unsafe("no ZIP that can be read") from error


def _named(entry: zipfile.ZipInfo) -> str:
    name = entry.filename
    if not re.fullmatch(r"[A-Za-z0-9_\-\[\]. /]{1,200}", name) or name.startswith("/") or ".." in name:
        raise Unsafe("a part with an odd name")
    if entry.flag_bits & 0x1 or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Unsafe("a part that is encrypted or oddly packed")
    return name


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int) -> bytes:
    """At most `room` bytes are unpacked, whatever the directory says."""
    with archive.open(entry) as part:
        content = part.read(room + 1)
    if len(content) > room or (
        len(content) > SMALL and len(content) > MOST_RATIO * max(entry.compress_size, 1)
    ):
        raise Unsafe("a bomb")
    return content


def _packed(parts: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, WHEN)
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return out.getvalue()


def _known(parts: Mapping[str, bytes]) -> Parts:
    """The parts, pictures written anew. Raises Unsafe for a part that is neither markup nor a known picture."""
    made = Parts()
    for name, content in parts.items():
        ending = name[name.rfind(".") :].lower() if "." in name else ""
        if ending in PICTURES:
            made[name] = images.fresh(content, PICTURES[ending])
        elif ending in MARKUP:
            made[name] = _plain(content)
        else:
            raise Unsafe("a part of an unknown kind")
    return made


def _plain(markup: bytes) -> bytes:
    """Markup in UTF-8 without a document type: no entity is declared, none can grow."""
    try:
        text = markup.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unsafe("markup in another encoding") from error
    if "<!DOCTYPE" in text or "<!ENTITY" in text or "\x00" in text:
        raise Unsafe("markup with a document type")
    encoding = re.match(r"<\?xml[^>]*encoding=[\"']([^\"']+)", text)
    if encoding and encoding[1].upper() not in ("UTF-8", "US-ASCII"):
        raise Unsafe("markup that names another encoding")
    return text.encode()


def _read(markup: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(markup)  # noqa: S314 no document type gets here, the process has limits


def _written(root: ElementTree.Element) -> bytes:
    return bytes(ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True))


def _local(name: str) -> str:
    return name.rpartition("}")[2]


# DOCX. Source: ECMA-376 part 2 (packages), part 1 section 11 (text documents).

CONTENT_TYPES = "[Content_Types].xml"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
NEVER_IN_TYPES = ("macroenabled", "vbaproject", "oleobject", "activex", "vbadata")
NEVER_LINKED = (
    "attachedtemplate", "oleobject", "package", "control", "vbaproject", "afchunk", "frame", "subdocument",
    "activexcontrolbinary", "keymapcustomizations", "attachedtoolbars", "mailmergesource", "recipientdata",
)  # fmt: skip
DROPPED = ("docProps/", "customXml/", "word/people.xml", "word/commentsIds.xml", "word/commentsExtended.xml")
FETCHING = re.compile(r"\b(?:DDE|DDEAUTO|INCLUDE\w*|LINK|IMPORT|MACROBUTTON|DATABASE)\b")
WROTE = re.compile(rb'(\bw(?:15)?:(?:author|initials|userId|providerId))="[^"]*"')


def _docx(parts: Parts) -> Parts:
    types = _read(_plain(parts.get(CONTENT_TYPES, b"<none/>")))
    said = [one.get("ContentType", "") for one in types]
    if MAIN not in said or any(word in one.lower() for one in said for word in NEVER_IN_TYPES):
        raise Unsafe("no plain text document")
    made = _known({name: content for name, content in parts.items() if not name.startswith(DROPPED)})
    ElementTree.register_namespace("", "http://schemas.openxmlformats.org/package/2006/content-types")
    for one in list(types):
        if (one.get("PartName") or "").lstrip("/").startswith(DROPPED):
            types.remove(one)
    made[CONTENT_TYPES] = _written(types)
    for name, content in made.items():
        if name.endswith(".rels"):
            made[name] = _relations(content)
        elif name.endswith(".xml") and name != CONTENT_TYPES:
            made[name] = _quiet(content)
    return made


def _relations(markup: bytes) -> bytes:
    """What a part is linked with: links that people follow may lead outside, nothing else may."""
    root = _read(markup)
    ElementTree.register_namespace("", "http://schemas.openxmlformats.org/package/2006/relationships")
    for one in list(root):
        kind = one.get("Type", "").rpartition("/")[2].lower()
        target = one.get("Target", "").lstrip("./").lower()
        if kind in NEVER_LINKED:
            raise Unsafe("linked with what runs or fetches")
        if one.get("TargetMode") == "External" and kind != "hyperlink":
            raise Unsafe("fetches something")
        if (
            "docprops/" in target
            or "customxml/" in target
            or kind in ("people", "commentsids", "commentsextended")
        ):
            root.remove(one)
    return _written(root)


def _quiet(markup: bytes) -> bytes:
    """A part without the names of who wrote it. Raises Unsafe if one of its fields fetches or runs something."""
    words = []
    for one in _read(markup).iter():
        name = _local(one.tag)
        if name == "instrText":
            words.append(one.text or "")
        elif name == "fldSimple":
            words.append(next((value for key, value in one.items() if _local(key) == "instr"), ""))
        elif name in ("object", "OLEObject", "control", "altChunk", "attachedTemplate"):
            raise Unsafe("holds an object")
    if FETCHING.search("".join(words).upper()):
        raise Unsafe("a field that fetches or runs")
    return WROTE.sub(rb'\1=""', markup)


# ODT. Source: OASIS OpenDocument 1.3, parts 2 (packages) and 3.

MANIFEST = "META-INF/manifest.xml"
LEFT_OUT = ("Thumbnails/", "Configurations2/", "manifest.rdf", "meta.xml", "settings.xml", "layout-cache")
RUNNING = (
    "script", "event-listener", "dde-source", "dde-connection", "dde-connection-decl", "object", "object-ole", "plugin",
    "applet", "floating-frame", "section-source", "database-display", "connection-resource",
)  # fmt: skip
CREATOR = re.compile(
    rb"(<(?:dc:creator|meta:creator-initials|text:author-name|text:author-initials)\b[^>]*>)[^<]*"
)


def _odt(parts: Parts) -> Parts:
    if parts.get("mimetype", b"").strip() != ODT.media_type.encode() or MANIFEST not in parts:
        raise Unsafe("no plain text document")
    manifest = _read(_plain(parts[MANIFEST]))
    if any(_local(one.tag) == "encryption-data" for one in manifest.iter()):
        raise Unsafe("encrypted")
    others = {
        name: content
        for name, content in parts.items()
        if not name.startswith(LEFT_OUT) and name not in ("mimetype", MANIFEST)
    }
    if "content.xml" not in others:
        raise Unsafe("no text")
    made = Parts({"mimetype": ODT.media_type.encode(), **_known(others)})
    for name, content in made.items():
        if name.endswith(".xml"):
            made[name] = _still(content)
    ElementTree.register_namespace("manifest", "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0")
    for one in list(manifest):
        path = next((value for key, value in one.items() if _local(key) == "full-path"), "")
        if path.startswith(LEFT_OUT) or (path.endswith("/") and path != "/"):
            manifest.remove(one)
    made[MANIFEST] = _written(manifest)
    return made


def _still(markup: bytes) -> bytes:
    """A part in which nothing runs or is fetched, without the names of who wrote it."""
    for one in _read(markup).iter():
        if _local(one.tag) in RUNNING:
            raise Unsafe("holds what runs or is fetched")
        where = next((value for key, value in one.items() if _local(key) == "href"), "")
        if _local(one.tag) != "a" and re.match(r"[a-z][a-z0-9+.\-]*:|//|\.\./|/", where, re.IGNORECASE):
            raise Unsafe("fetches something")
        if where.lower().startswith(("vnd.sun.star.script:", "macro:", "javascript:", "file:")):
            raise Unsafe("a link that runs something")
    return CREATOR.sub(rb"\1", markup)
