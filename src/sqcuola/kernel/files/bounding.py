"""A form with a file of two gigabytes does not fill the disk: what is beyond all bounds is let go while it arrives."""

from io import BytesIO
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from sqcuola.kernel.files.taking import MEGABYTE

BOUND: Final = 64 * MEGABYTE  # above what any form of the house takes; each says its own limit


class Bounding(TemporaryFileUploadHandler):
    """Keep what a form sends in a temporary file, and let go of one that has grown beyond the bound.

    The form gets a file of the size that was sent and without content: it says that this is too big, in its own words,
    and whatever else was typed is there.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a chunk; beyond the bound delete what was kept so far."""
        if start + len(raw_data) > BOUND:
            self.file.close()
            return
        try:
            super().receive_data_chunk(raw_data, start)
        except OSError:  # no room left: give back what little there was, at once
            self.file.close()
            raise

    def file_complete(self, file_size: int) -> UploadedFile[bytes] | None:
        """Return the file, or what stands in for one beyond the bound."""
        if file_size <= BOUND:
            return super().file_complete(file_size)
        more: dict[str, Any] = {"charset": self.charset, "content_type_extra": self.content_type_extra}
        return UploadedFile(BytesIO(), self.file_name, self.content_type, file_size, **more)
