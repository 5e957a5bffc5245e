"""Files taken apart: what is refused, what is changed, what of a file survives."""

import io
import struct
import subprocess
import sys
import zipfile

import pikepdf
import pytest
from PIL import Image

from nrm.kernel.files import child, cleaning
from nrm.kernel.files.cleaning import clean
from nrm.kernel.files.kinds import LARGEST, Unsafe
from tests.casefile import corpus
from tests.casefile.corpus import DOCX_TYPE, MARK, ODT_TYPE, docx, instruction, linked, odt, pdf, picture

PNG, JPEG, PDF = "image/png", "image/jpeg", "application/pdf"
BOMB = b"\0" * (30 * 1024 * 1024)
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><w>&b;</w>'


def broken_pdf() -> bytes:
    return b"%PDF-1.7\n" + b"\x00\xff" * 500


def named_twice() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive, pytest.warns(UserWarning, match="Duplicate"):
        for content in ("<a/>", "<b/>"):
            archive.writestr("word/document.xml", content)
    return out.getvalue()


def liar() -> bytes:
    """A part whose place in the list says one byte and whose content is thirty million."""
    content = bytearray(docx(word__big_dot_xml=BOMB))
    at = content.rindex(b"word/big.xml") - 46
    struct.pack_into("<I", content, at + 24, 1)
    return bytes(content)


REFUSED: dict[str, tuple[str, str, bytes]] = {
    "nothing": ("a.pdf", PDF, b""),
    "too long": ("a.pdf", PDF, pdf() + b"\0" * LARGEST),
    "no ending": ("a", PDF, pdf()),
    "no known ending": ("a.exe", "", b"MZ" + pdf()),
    "a page named picture": ("a.png", PNG, b"<!DOCTYPE html><script>alert(1)</script>"),
    "a drawing with script named picture": ("a.png", PNG, b'<svg xmlns="x"><script>alert(1)</script></svg>'),
    "a drawing": ("a.svg", "image/svg+xml", b"<svg/>"),
    "a JPEG named PNG": ("a.png", PNG, picture()),
    "a PNG that the browser calls PDF": ("a.png", PDF, picture("PNG")),
    "a PDF named JPEG": ("a.jpg", JPEG, pdf()),
    "a PDF after other bytes": ("a.pdf", PDF, b"GIF89a" + pdf()),
    "a GIF": ("a.gif", "image/gif", picture("GIF")),
    "half a JPEG": ("a.jpg", JPEG, picture(size=(400, 300))[:900]),
    "half a PNG": ("a.png", PNG, picture("PNG", size=(400, 300))[:120]),
    "a JPEG of noise": ("a.jpg", JPEG, b"\xff\xd8\xff\xe0" + b"\x13\x37" * 400),
    "a picture too large": ("a.png", PNG, corpus.huge_picture()),
    "half a PDF": ("a.pdf", PDF, broken_pdf()),
    "an encrypted PDF": ("a.pdf", PDF, pdf(encryption=pikepdf.Encryption(owner="x", user="y"))),
    "a PDF encrypted for nobody": ("a.pdf", PDF, pdf(encryption=pikepdf.Encryption(owner="x", user=""))),
    "a PDF of 201 pages": ("a.pdf", PDF, pdf(201)),
    "a ZIP named DOCX": ("a.docx", DOCX_TYPE, corpus.zip_of({"a.txt": "x"})),
    "an ODT named DOCX": ("a.docx", DOCX_TYPE, odt()),
    "a DOCX named ODT": ("a.odt", ODT_TYPE, docx()),
    "half a DOCX": ("a.docx", DOCX_TYPE, docx()[:-60]),
    "a macro": ("a.docx", DOCX_TYPE, docx(word__vbaProject_dot_bin=b"\xd0\xcf")),
    "a macro by its type": ("a.docx", DOCX_TYPE, docx(types='<Override PartName="/x" ContentType="x.vbaProject"/>')),
    "an object": ("a.docx", DOCX_TYPE, docx(word__embeddings__oleObject1_dot_bin=b"\xd0\xcf")),
    "an object in the text": ("a.docx", DOCX_TYPE, docx(body="<w:object/>")),
    "a template from outside": (
        "a.docx", DOCX_TYPE, docx(relations=linked("attachedTemplate", "https://x.example/a.dotm", outside=True)),
    ),
    "a picture from outside": (
        "a.docx", DOCX_TYPE, docx(relations=linked("image", "https://x.example/a.png", outside=True)),
    ),
    "a page inside": ("a.docx", DOCX_TYPE, docx(relations=linked("aFChunk", "x.html"))),
    "a field that calls a program": ("a.docx", DOCX_TYPE, docx(body=instruction("DDEA", "UTO c:\\\\cmd.exe"))),
    "a font": ("a.docx", DOCX_TYPE, docx(word__fonts__a_dot_odttf=b"x")),
    "a picture inside that is none": ("a.docx", DOCX_TYPE, docx(word__media__a_dot_jpeg=b"<svg/>")),
    "entities": ("a.docx", DOCX_TYPE, docx(word__styles_dot_xml=ENTITIES)),
    "entities in UTF-16": ("a.docx", DOCX_TYPE, docx(word__styles_dot_xml=ENTITIES.encode("utf-16"))),
    "markup that says another encoding": (
        "a.docx", DOCX_TYPE, docx(word__styles_dot_xml='<?xml version="1.0" encoding="UTF-7"?><w/>'),
    ),
    "no markup": ("a.docx", DOCX_TYPE, docx(word__styles_dot_xml="<w>")),
    "a bomb": ("a.docx", DOCX_TYPE, docx(word__big_dot_xml=BOMB)),
    "a bomb that lies": ("a.docx", DOCX_TYPE, liar()),
    "four bombs": ("a.odt", ODT_TYPE, odt(**{f"b{n}_dot_xml": BOMB for n in range(4)})),  # type: ignore[arg-type]
    "a way out": ("a.docx", DOCX_TYPE, docx(**{".._dot_" + "__x_dot_xml": "<x/>"})),  # type: ignore[arg-type]
    "a part twice": ("a.docx", DOCX_TYPE, named_twice()),
    "a thousand thousand parts": ("a.docx", DOCX_TYPE, docx(**{f"w{n}_dot_xml": "<x/>" for n in range(2_001)})),  # type: ignore[arg-type]
    "an ODT with a script": ("a.odt", ODT_TYPE, odt(Basic__Standard__Module1_dot_xba="x")),
    "an ODT that listens": ("a.odt", ODT_TYPE, odt(body='<script:event-listener xlink:href="vnd.sun.star.script:x"/>')),
    "an ODT that fetches": ("a.odt", ODT_TYPE, odt(body='<draw:image xlink:href="http://x.example/a.png"/>')),
    "an ODT that runs what is clicked": ("a.odt", ODT_TYPE, odt(body='<text:a xlink:href="macro:x"/>')),
    "an ODT with an object": ("a.odt", ODT_TYPE, odt(body='<draw:object xlink:href="./Object 1"/>')),
    "a table named ODT": ("a.odt", ODT_TYPE, odt(mimetype="application/vnd.oasis.opendocument.spreadsheet")),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_not_safe_is_refused(what: str) -> None:
    with pytest.raises(Unsafe):
        clean(*REFUSED[what])


@pytest.mark.parametrize("what", list(REFUSED))
def test_the_child_refuses_in_words_and_does_not_break(what: str) -> None:
    """Where the kinds agree, it is our own look that refuses, not a decoder that fell over."""
    name, said, content = REFUSED[what]
    try:
        kind = cleaning.kind_of(name, said, content)
    except Unsafe:
        return
    with pytest.raises(Unsafe):
        child.fresh(content, kind.media_type)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photograph_no_longer_says_where_it_was_taken(kind: str) -> None:
    given = corpus.telling_picture(kind)
    assert b"Zzgpsmark" in given and b"Zzremarkmark" in given
    made = clean(f"a.{kind.lower()}", f"image/{kind.lower()}", given)
    assert not [word for word in corpus.TOLD_BY_PICTURES if word in made.content]
    with Image.open(io.BytesIO(made.content)) as image:
        assert image.size == (30, 40), "it stands upright, as its EXIF asked"
        assert not image.getexif() and not image.info.get("exif")
        assert made.media_type == Image.MIME[str(image.format)]


def test_a_picture_that_is_a_zip_too_is_only_a_picture_afterwards() -> None:
    given = picture() + corpus.zip_of({"evil.html": MARK})
    assert zipfile.is_zipfile(io.BytesIO(given))
    made = clean("a.jpg", JPEG, given)
    assert not zipfile.is_zipfile(io.BytesIO(made.content)) and b"PK" not in made.content
    assert MARK not in made.content


def test_a_picture_of_forty_million_pixels_passes_and_one_row_more_does_not() -> None:
    assert clean("a.png", PNG, picture("PNG", (8_000, 5_000))).media_type == PNG
    with pytest.raises(Unsafe):
        clean("a.png", PNG, picture("PNG", (8_000, 5_001)))


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "CMYK", "I;16"])
def test_pictures_of_every_mode_are_kept(mode: str) -> None:
    out = io.BytesIO()
    kind = "JPEG" if mode == "CMYK" else "PNG"
    Image.new(mode, (5, 7)).save(out, kind)
    with Image.open(io.BytesIO(clean(f"a.{kind.lower()}", "", out.getvalue()).content)) as image:
        assert image.size == (5, 7) and image.mode in ("L", "RGB", "RGBA")


def test_a_pdf_keeps_its_page_and_nothing_that_acts() -> None:
    given = corpus.telling_pdf()
    assert all(word in corpus.unfolded(given) for word in (b"Zzscriptmark", b"Zzcarriedmark", b"Zzgpsmark"))
    made = clean("a.pdf", PDF, given).content
    told = corpus.unfolded(made)
    assert MARK in told and b"/Im0" in told
    assert not [word for word in corpus.TOLD_BY_PDFS if word in told]
    with pikepdf.open(io.BytesIO(made)) as opened:
        assert set(opened.Root.keys()) == {"/Type", "/Pages"}
        ((_name, seen),) = opened.pages[0].get_images().items()
        assert pikepdf.PdfImage(seen).as_pil_image().size == (40, 30), "the picture can still be seen"


def test_what_a_page_inherits_goes_with_it() -> None:
    with pikepdf.new() as given:
        given.add_blank_page()
        page = given.pages[0]
        given.Root.Pages.MediaBox, given.Root.Pages.Rotate = pikepdf.Array([0, 0, 300, 400]), 90
        del page.obj.MediaBox
        content = corpus.saved(given)
    with pikepdf.open(io.BytesIO(clean("a.pdf", PDF, content).content)) as opened:
        assert [int(one) for one in opened.pages[0].mediabox] == [0, 0, 300, 400]
        assert opened.pages[0].obj.Rotate == 90


def test_what_was_filled_into_a_form_stays_on_the_page() -> None:
    with pikepdf.new() as given:
        given.add_blank_page()
        seen = given.make_stream(b"BT (Zzanswermark) Tj ET", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form,
                                 BBox=pikepdf.Array([0, 0, 99, 20]))  # fmt: skip
        field = given.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Widget,
                FT=pikepdf.Name.Tx,
                F=4,
                T=pikepdf.String("name"),
                Rect=pikepdf.Array([0, 0, 99, 20]),
                AP=pikepdf.Dictionary(N=seen),
            )
        )
        given.pages[0].obj.Annots = pikepdf.Array([field])
        given.Root.AcroForm = pikepdf.Dictionary(
            Fields=pikepdf.Array([field]), XFA=pikepdf.String("Zzxfamark")
        )
        content = corpus.saved(given)
    told = corpus.unfolded(clean("a.pdf", PDF, content).content)
    assert b"Zzanswermark" in told and b"XFA" not in told and b"Widget" not in told


@pytest.mark.parametrize(
    ("name", "said", "content"),
    [("a.docx", DOCX_TYPE, docx(word__media__a_dot_jpeg=corpus.telling_picture(), customXml__x_dot_xml="<x/>")),
     ("a.odt", ODT_TYPE, odt(Pictures__a_dot_jpeg=corpus.telling_picture(), Thumbnails__t_dot_xml="<x/>"))],
)  # fmt: skip
def test_a_text_keeps_its_words_and_not_who_wrote_them(name: str, said: str, content: bytes) -> None:
    parts = corpus.parts_of(clean(name, said, content).content)
    told = b"".join(parts.values())
    assert MARK in told
    assert not [word for word in (b"Zzauthormark", *corpus.TOLD_BY_PICTURES) if word in told]
    assert not [
        part for part in parts if part.startswith(("docProps", "customXml", "meta.xml", "Thumbnails"))
    ]
    assert b"meta.xml" not in told and b"docProps" not in told
    if name.endswith(".odt"):
        assert next(iter(parts)) == "mimetype"


def test_links_that_people_follow_stay() -> None:
    content = docx(relations=linked("hyperlink", "https://nrm.example/", outside=True))
    assert (
        b"https://nrm.example/"
        in corpus.parts_of(clean("a.docx", DOCX_TYPE, content).content)["word/_rels/document.xml.rels"]
    )


def test_a_decoder_that_needs_too_much_ends_with_the_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cleaning, "PATIENCE", 0.01)
    with pytest.raises(Unsafe, match="too long"):
        clean("a.png", PNG, picture("PNG"))


PROBE = """
import os
from nrm.kernel.files import child
child.limit()
print(sorted(name for name in os.environ if "KEY" in name or "DATABASE" in name))
try:
    bytearray(2 * child.MEMORY)
except MemoryError:
    print("no memory")
try:
    os.write(os.open(".", os.O_TMPFILE | os.O_RDWR), b"x")
except OSError:
    print("no file")
"""


def test_the_child_has_limits_and_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "Zzsecretmark")
    probe = [
        sys.executable,
        "-s",
        "-c",
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)" + PROBE,
    ]
    said = subprocess.run(probe, env=cleaning.ENVIRONMENT, cwd=cleaning.ROOT, capture_output=True, check=True)
    assert said.stdout.split(b"\n")[:3] == [b"[]", b"no memory", b"no file"]
