"""What a file is, by its content. The name and the type that came with it are not believed."""

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

OPEN_TEXT: Final = "application/vnd.oasis.opendocument.text"
WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ENDINGS: Final = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "application/pdf": "pdf",
    "text/plain": "txt",
    OPEN_TEXT: "odt",
    WORD: "docx",
}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file that a room may ask for, and how one says it."""

    words: str | Promise
    types: tuple[str, ...]

    @property
    def accept(self) -> str:
        """Return what a file field offers to pick."""
        return ",".join(self.types)


PICTURE: Final = Kind(_("a picture (JPEG, PNG or WebP)"), ("image/jpeg", "image/png", "image/webp"))
PDF: Final = Kind(_("a PDF"), ("application/pdf",))
TEXT: Final = Kind(_("a plain text"), ("text/plain",))
DOCUMENT: Final = Kind(_("a document (ODT or DOCX)"), (OPEN_TEXT, WORD))


def sniff(file: IO[bytes]) -> str:
    """Return the media type of an open file, '' when it is none of those we know. Leaves it at its beginning."""
    file.seek(0)
    start = file.read(1024)
    file.seek(0)
    for sign, found in (
        (b"\xff\xd8\xff", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"%PDF-", "application/pdf"),
    ):
        if start.startswith(sign):
            return found
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return "image/webp"
    if start.startswith(b"PK\x03\x04"):
        return _in_zip(file)
    return "text/plain" if _is_text(file) else ""


def _in_zip(file: IO[bytes]) -> str:
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
            if "word/document.xml" in names:
                return WORD
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
                return OPEN_TEXT if archive.read("mimetype").decode("ascii", "replace") == OPEN_TEXT else ""
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, ValueError):
        return ""
    finally:
        file.seek(0)
    return ""


def _is_text(file: IO[bytes]) -> bool:
    whole = BytesIO(file.read()).getvalue() if _short(file) else b"\0"
    file.seek(0)
    try:
        text = whole.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return "\0" not in text


def _short(file: IO[bytes], most: int = 2_000_000) -> bool:
    file.seek(0, 2)
    size = file.tell()
    file.seek(0)
    return size <= most


def one_of(kinds: Sequence[Kind]) -> str:
    """Return the words of several kinds: «a picture (JPEG, PNG or WebP) or a PDF»."""
    words = [str(kind.words) for kind in kinds]
    if len(words) == 1:
        return words[0]
    return str(_("%(some)s or %(last)s")) % {"some": ", ".join(words[:-1]), "last": words[-1]}
