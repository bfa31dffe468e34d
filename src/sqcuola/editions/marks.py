"""The school's mark: whatever picture is uploaded is drawn again, small and square, and only that is kept."""

from io import BytesIO
from typing import IO

from django.utils.translation import gettext as _
from PIL import Image

SIDE = 256
LARGEST_FILE = 5 * 1024 * 1024
LARGEST_PICTURE = 40_000_000  # pixels: more would fill the memory before it is made small
KINDS = ("PNG", "JPEG", "WEBP", "GIF")


class UnfitError(Exception):
    """The file cannot become a mark, and why, in words."""


def draw(upload: IO[bytes], size: int) -> bytes:
    """Return the picture as a PNG of at most 256 points a side, without anything else that was in the file."""
    if size > LARGEST_FILE:
        raise UnfitError(_("This picture is larger than 5 MB: a small one is enough."))
    try:
        with Image.open(upload, formats=KINDS) as picture:
            if picture.width * picture.height > LARGEST_PICTURE:
                raise UnfitError(_("This picture has too many points: a small one is enough."))
            picture.thumbnail((SIDE, SIDE))
            drawn = BytesIO()
            picture.convert("RGBA").save(drawn, "PNG", optimize=True)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise UnfitError(_("This is not a picture that we can open. PNG, JPEG, WebP and GIF work.")) from None
    return drawn.getvalue()
