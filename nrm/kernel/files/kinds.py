"""The five kinds of file that may be kept, told by their names, by what the browser says and by their bytes."""

from dataclasses import dataclass

LARGEST = 10 * 1024 * 1024
UNSAID = ("", "application/octet-stream")  # a browser that does not know the kind


class Unsafe(Exception):
    """The file is refused; the text is for tests, and never shown or logged with a case."""


@dataclass(frozen=True)
class Kind:
    """One kind of file."""

    media_type: str
    endings: tuple[str, ...]
    begins: bytes

    @property
    def ending(self) -> str:
        return self.endings[0]


ZIP = b"PK\x03\x04"
PDF = Kind("application/pdf", (".pdf",), b"%PDF-")
JPEG = Kind("image/jpeg", (".jpg", ".jpeg"), b"\xff\xd8\xff")
PNG = Kind("image/png", (".png",), b"\x89PNG\r\n\x1a\n")
ODT = Kind("application/vnd.oasis.opendocument.text", (".odt",), ZIP)
DOCX = Kind("application/vnd.openxmlformats-officedocument.wordprocessingml.document", (".docx",), ZIP)
KINDS = {kind.media_type: kind for kind in (PDF, JPEG, PNG, ODT, DOCX)}
ENDINGS = tuple(ending for kind in KINDS.values() for ending in kind.endings)


def claims_to_be_seen(name: str, said: str, content: bytes) -> bool:
    """Whether anything about a file says picture or film: its name, what the browser says, or its first bytes."""
    pictures = (JPEG, PNG)
    return (
        said.lower().startswith(("image/", "video/"))
        or name.lower().endswith(tuple(ending for kind in pictures for ending in kind.endings))
        or content.startswith(tuple(kind.begins for kind in pictures))
    )


def kind_of(name: str, said: str, content: bytes) -> Kind:
    """The kind on which name, browser and bytes agree. Raises Unsafe where they do not."""
    kind = next((one for one in KINDS.values() if name.lower().endswith(one.endings)), None)
    if kind is None:
        raise Unsafe("no such kind")
    if said.partition(";")[0].strip().lower() not in (*UNSAID, kind.media_type):
        raise Unsafe("the browser says another kind")
    if not content.startswith(kind.begins):
        raise Unsafe("the first bytes are of another kind")
    return kind
