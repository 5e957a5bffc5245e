"""The process that takes one file apart: it holds no secret, no connection and no case, and has limits.

    python -m nrm.kernel.files.child MEDIA_TYPE < file > fresh file

Exit code 0: the fresh file is on standard output. REFUSED: the file is not safe. Anything else: a decoder broke
or a limit was reached; the caller takes it for a refusal.
"""

import resource
import sys

from nrm.kernel.files.kinds import DOCX, JPEG, LARGEST, ODT, PDF, PNG, Unsafe

REFUSED = 3
MEMORY, SECONDS = 1024 * 1024 * 1024, 20


def limit() -> None:
    """Before any decoder is loaded: so much memory, so much time, no file written, no memory dumped."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def main(media_type: str) -> int:
    limit()
    content = sys.stdin.buffer.read(LARGEST + 1)
    try:
        made = fresh(content, media_type)
    except Unsafe:
        return REFUSED
    sys.stdout.buffer.write(made)
    return 0


def fresh(content: bytes, media_type: str) -> bytes:
    """The same content as a new file of that kind. Raises Unsafe."""
    if len(content) > LARGEST:
        raise Unsafe("too large")
    if media_type in (JPEG.media_type, PNG.media_type):
        from nrm.kernel.files import images

        return images.fresh(content, media_type)
    if media_type == PDF.media_type:
        from nrm.kernel.files import pdfs

        return pdfs.fresh(content, media_type)
    if media_type in (ODT.media_type, DOCX.media_type):
        from nrm.kernel.files import office

        return office.fresh(content, media_type)
    raise Unsafe("no such kind")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
