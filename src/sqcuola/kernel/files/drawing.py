"""A process that draws one picture anew: `python drawing.py SOURCE TARGET`; prints the media type of what it drew.

It knows nothing of the house, and it limits itself before it looks at the file.
"""

import resource
import sys
import warnings
from typing import Final

from PIL import Image, ImageOps

PIXELS: Final = 50_000_000
LONGEST: Final = 2400
MEMORY: Final = 1024**3
CPU_SECONDS: Final = 15


def limit() -> None:
    """Give up the right to more memory and time than a picture needs."""
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))


def draw(source: str, target: str) -> str:
    """Draw the first frame, upright, at most 2400 pixels long, and return its media type. Raises when it cannot."""
    with Image.open(source, formats=("JPEG", "PNG", "WEBP")) as opened:
        if opened.width * opened.height > PIXELS:
            raise ValueError("too many pixels")
        opened.draft("RGB", (LONGEST, LONGEST))
        picture = ImageOps.exif_transpose(opened)
        clear = picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info
        picture = picture.convert("RGBA" if clear else "RGB")
        picture.thumbnail((LONGEST, LONGEST))
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    if clear:
        bare.save(target, "PNG", optimize=True)
        return "image/png"
    bare.save(target, "JPEG", quality=86, optimize=True, progressive=True)
    return "image/jpeg"


if __name__ == "__main__":
    limit()
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    print(draw(sys.argv[1], sys.argv[2]))  # noqa: T201 - this is how it answers
