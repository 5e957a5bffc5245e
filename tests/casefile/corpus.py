"""Files that people, broken programs and attackers hand in, made here: none lies in the project."""

import io
import struct
import zipfile
import zlib
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

MARK = b"Zzfilemark"
SCRIPT = "app.alert('Zzscriptmark')"
DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT_TYPE = "application/vnd.oasis.opendocument.text"


def picture(kind: str = "JPEG", size: tuple[int, int] = (40, 30), **more: Any) -> bytes:
    out = io.BytesIO()
    image = Image.new("RGB", size, (200, 30, 30))
    image.putpixel((0, 0), (0, 0, 255))
    image.save(out, kind, **more)
    return out.getvalue()


def telling_picture(kind: str = "JPEG") -> bytes:
    """A photograph that carries where it was taken, by whom, with what, thrice: EXIF, XMP, a remark."""
    exif = Image.Exif()
    exif[0x010F] = "Zzcameramark"
    exif[0x0112] = 6  # lies on its side
    exif[0x8825] = {1: "N", 2: (48.0, 12.0, 30.0), 3: "E", 4: (16.0, 22.0, 0.0), 29: "Zzgpsmark"}
    content = picture(kind, exif=exif)
    if kind == "PNG":
        text = b"Comment\0Zzremarkmark"
        chunk = struct.pack(">I", len(text)) + b"tEXt" + text + struct.pack(">I", zlib.crc32(b"tEXt" + text))
        return content[:33] + chunk + content[33:]
    xmp = b"http://ns.adobe.com/xap/1.0/\0<x>Zzxmpmark</x>"
    remark = b"Zzremarkmark"
    segments = b"\xff\xe1" + struct.pack(">H", len(xmp) + 2) + xmp
    segments += b"\xff\xfe" + struct.pack(">H", len(remark) + 2) + remark
    return content[:2] + segments + content[2:]


TOLD_BY_PICTURES = (b"Zzcameramark", b"Zzgpsmark", b"Zzxmpmark", b"Zzremarkmark", b"Exif", b"GPS")


def huge_picture() -> bytes:
    """A few kilobytes that say they are 30,000 times 30,000 pixels."""
    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    rows = zlib.compress(b"\0" * 1_000_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def zip_of(parts: dict[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def saved(pdf: pikepdf.Pdf, **more: Any) -> bytes:
    out = io.BytesIO()
    pdf.save(out, **more)
    return out.getvalue()


def pdf(pages: int = 1, **more: Any) -> bytes:
    with pikepdf.new() as made:
        for _page in range(pages):
            made.add_blank_page()
        made.pages[0].Contents = made.make_stream(b"BT /F1 12 Tf (" + MARK + b") Tj ET")
        return saved(made, **more)


def telling_pdf() -> bytes:
    """A PDF that runs scripts in five ways, launches a program, links out, carries a file and tells who made it."""
    with pikepdf.new() as made:
        made.add_blank_page()
        page = made.pages[0]
        page.Contents = made.make_stream(b"q 40 0 0 30 0 0 cm /Im0 Do Q % " + MARK)
        seen = made.make_stream(telling_picture())
        seen.Type, seen.Subtype, seen.Filter = Name.XObject, Name.Image, Name.DCTDecode
        seen.Width, seen.Height, seen.BitsPerComponent, seen.ColorSpace = 40, 30, 8, Name.DeviceRGB
        seen.Metadata = made.make_stream(b"<x>Zzxmpmark</x>")
        page.Resources = Dictionary(XObject=Dictionary(Im0=seen))
        runs = made.make_indirect(Dictionary(S=Name.JavaScript, JS=String(SCRIPT)))
        launches = Dictionary(S=Name.Launch, F=String("Zzlaunchmark.exe"))
        made.Root.OpenAction = runs
        made.Root.AA = Dictionary(WC=runs)
        page.obj.AA = Dictionary(O=runs)
        acts, here = (runs, launches), [0, 0, 9, 9]
        links = [Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array(here), A=act) for act in acts]
        page.obj.Annots = made.make_indirect(Array(links))
        made.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("x"), runs])))
        made.attachments["Zzattachedmark.exe"] = b"MZ Zzcarriedmark"
        made.docinfo["/Author"] = "Zzauthormark"
        with made.open_metadata() as metadata:
            metadata["dc:creator"] = ["Zzauthormark"]
        return saved(made, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)


TOLD_BY_PDFS = (b"Zzscriptmark", b"JavaScript", b"/JS", b"Launch", b"Zzlaunchmark", b"Zzattachedmark", b"EmbeddedFile",
                b"Zzcarriedmark", b"Zzauthormark", b"OpenAction", b"/AA", b"Annots", *TOLD_BY_PICTURES)  # fmt: skip


def unfolded(content: bytes) -> bytes:
    """A PDF with everything written out, so that words can be looked for in it."""
    with pikepdf.open(io.BytesIO(content)) as opened:
        return saved(
            opened,
            compress_streams=False,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
        )


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def docx(*, body: str = "", relations: str = "", types: str = "", **parts: bytes | str) -> bytes:
    """A small text document; `parts` are further ones, `__` for a slash and `_dot_` for a dot in their names."""
    main = DOCX_TYPE + ".main+xml"
    made: dict[str, bytes | str] = {
        "[Content_Types].xml": f'<?xml version="1.0"?><Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="jpeg" ContentType="image/jpeg"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/>'
        f'<Override PartName="/docProps/core.xml" ContentType="x/core"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{REL}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="r2" Type="{PACKAGE}/metadata/core-properties" Target="docProps/core.xml"/></Relationships>',
        "docProps/core.xml": "<cp><creator>Zzauthormark</creator></cp>",
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body><w:p><w:ins w:author="Zzauthormark">'
        f"<w:t>{MARK.decode()}</w:t></w:ins></w:p>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>',
    }
    made |= {name.replace("__", "/").replace("_dot_", "."): content for name, content in parts.items()}
    return zip_of(made)


def linked(kind: str, target: str, *, outside: bool = False) -> str:
    mode = ' TargetMode="External"' if outside else ""
    return f'<Relationship Id="r9" Type="{REL}/{kind}" Target="{target}"{mode}/>'


def instruction(*words: str) -> str:
    return "<w:p>" + "".join(f"<w:r><w:instrText>{word}</w:instrText></w:r>" for word in words) + "</w:p>"


def odt(*, body: str = "", mimetype: str = ODT_TYPE, **parts: bytes | str) -> bytes:
    office, text = (
        "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    )
    manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    made: dict[str, bytes | str] = {
        "mimetype": mimetype,
        "content.xml": f'<o:document-content xmlns:o="{office}" xmlns:text="{text}" '
        'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
        'xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0">'
        f"<o:body><text:p>{MARK.decode()}</text:p><dc:creator>Zzauthormark</dc:creator>{body}</o:body></o:document-content>",
        "meta.xml": "<meta>Zzauthormark</meta>",
        "Thumbnails/thumbnail.png": picture("PNG"),
        "META-INF/manifest.xml": f'<m:manifest xmlns:m="{manifest}">'
        f'<m:file-entry m:full-path="/" m:media-type="{ODT_TYPE}"/>'
        '<m:file-entry m:full-path="content.xml" m:media-type="text/xml"/>'
        '<m:file-entry m:full-path="meta.xml" m:media-type="text/xml"/></m:manifest>',
    }
    made |= {name.replace("__", "/").replace("_dot_", "."): content for name, content in parts.items()}
    return zip_of(made)


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
