"""A picture as a fresh file: only its pixels are carried over. Runs in the child process."""

import io
import struct

from PIL import Image, ImageOps

from nrm.kernel.files.kinds import JPEG, Unsafe

MOST_PIXELS = 40_000_000
QUALITY = 90
# Pixels of which no file is refused by Pillow itself: the limit is looked at here, before anything is decoded.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS


def fresh(content: bytes, media_type: str) -> bytes:
    """The same pixels, upright, in a new file of the same kind. Raises Unsafe."""
    decoder = "JPEG" if media_type == JPEG.media_type else "PNG"
    try:
        with Image.open(io.BytesIO(content), formats=(decoder,)) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise Unsafe("too many pixels")
            opened.load()
            upright = ImageOps.exif_transpose(opened)
    except (OSError, ValueError, SyntaxError, struct.error, Image.DecompressionBombError) as error:
        raise Unsafe("cannot be decoded") from error
    pixels = upright.convert(_mode(upright, decoder))
    bare = Image.frombytes(pixels.mode, pixels.size, pixels.tobytes())
    out = io.BytesIO()
    if decoder == "JPEG":
        bare.save(out, "JPEG", quality=QUALITY)
    else:
        bare.save(out, "PNG")
    return out.getvalue()


def _mode(image: Image.Image, decoder: str) -> str:
    if image.mode in ("1", "L", "I;16", "I"):
        return "L"
    see_through = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
    return "RGBA" if see_through and decoder == "PNG" else "RGB"


# Segments of a JPEG that its picture needs: all but remarks and those of applications (EXIF, XMP, IPTC, profiles).
_REMARKS = frozenset({0xFE, *range(0xE1, 0xEE), 0xEF})
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
_SCAN, _END = 0xDA, 0xD9


def without_remarks(jpeg: bytes) -> bytes:
    """A JPEG inside another file, its picture untouched, without what was written beside it. Raises Unsafe."""
    if not jpeg.startswith(JPEG.begins):
        raise Unsafe("no JPEG where one was said to be")
    kept, at = [jpeg[:2]], 2
    while at + 4 <= len(jpeg):
        if jpeg[at] != 0xFF:
            raise Unsafe("no segment where one was due")
        marker = jpeg[at + 1]
        if marker == 0xFF:  # filling
            at += 1
            continue
        if marker in _ALONE:
            kept.append(jpeg[at : at + 2])
            at += 2
            continue
        if marker == _SCAN:
            end = jpeg.rfind(b"\xff\xd9")
            if end < at:
                raise Unsafe("a picture that does not end")
            return b"".join([*kept, jpeg[at : end + 2]])
        if marker == _END:
            break
        (length,) = struct.unpack_from(">H", jpeg, at + 2)
        if marker not in _REMARKS:
            kept.append(jpeg[at : at + 2 + length])
        at += 2 + length
    raise Unsafe("a JPEG without a picture")


def without_boxes(jpeg2000: bytes) -> bytes:
    """A JPEG 2000 without the boxes that hold other things than its picture. A bare codestream has none."""
    if jpeg2000.startswith(b"\xff\x4f\xff\x51"):
        return jpeg2000
    kept, at = [], 0
    while at + 8 <= len(jpeg2000):
        length, kind = struct.unpack_from(">I4s", jpeg2000, at)
        if length == 1 and at + 16 <= len(jpeg2000):
            (length,) = struct.unpack_from(">Q", jpeg2000, at + 8)
        end = len(jpeg2000) if length == 0 else at + length
        if end <= at + 7:
            raise Unsafe("a box without an end")
        if kind in (b"jP  ", b"ftyp", b"jp2h", b"jp2c", b"rreq"):
            kept.append(jpeg2000[at:end])
        at = end
    return b"".join(kept)
