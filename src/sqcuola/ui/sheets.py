"""One stylesheet and one script for the whole house, joined from their parts in order; no build step.

A part is a file one can read; a browser gets all of them in one answer, named by its content, kept for a year.
"""

import gzip
import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static

PARTS = Path(__file__).parent / "static" / "ui"
STYLES = (
    "tokens",
    "fonts",
    "base",
    "frame",
    "layout",
    "button",
    "sheet",
    "people",
    "tag",
    "lists",
    "table",
    "form",
    "voice",
    "print",
)
SCRIPTS = (
    "menu",
    "errors",
    "countdown",
    "copy",
    "leave",
    "autosave",
    "count",
    "once",
    "swap",
    "insert",
    "pieces",
)

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_STATIC = re.compile(r"url\(static:([^)]+)\)")
_PAIR = re.compile(r"(--[\w-]+): light-dark\((#\w+), #\w+\)")
_INDENT = re.compile(r"\n\s+")


@dataclass(frozen=True, slots=True)
class Joined:
    """What a browser asks for by `name`, plain and packed."""

    name: str
    kind: str
    plain: bytes
    packed: bytes


def _made(ending: str, kind: str, text: str) -> Joined:
    plain = text.encode()
    digest = hashlib.sha256(plain).hexdigest()[:12]
    packed = gzip.compress(plain, 9, mtime=0)
    return Joined(f"house-{digest}.{ending}", kind, plain, packed)


def join_styles() -> Joined:
    """Read the parts of the stylesheet, in their order, without their comments and indents."""
    text = "\n".join((PARTS / "css" / f"{part}.css").read_text(encoding="utf-8") for part in STYLES)
    text = _INDENT.sub("\n", _COMMENT.sub("", text)) + _for_old_browsers(text)
    text = _STATIC.sub(lambda found: f"url({static(found[1])})", text)
    return _made("css", "text/css", text)


def _for_old_browsers(text: str) -> str:
    """Return the light theme in plain colours, for browsers that do not know light-dark() (before 2024)."""
    plain = ";".join(f"{name}:{light}" for name, light in _PAIR.findall(text))
    return f"@supports not (color:light-dark(#000,#fff)){{@layer tokens{{:root{{color-scheme:light;{plain}}}}}}}\n"


def join_scripts() -> Joined:
    """Read the parts of the script, each in a block of its own: no part sees another's names."""
    parts = ((PARTS / "js" / f"{part}.js").read_text(encoding="utf-8").strip() for part in SCRIPTS)
    return _made("js", "text/javascript", "\n".join(f"{{\n{part}\n}}" for part in parts))


@lru_cache(maxsize=1)
def _kept(_changed: int) -> dict[str, Joined]:
    return {"css": join_styles(), "js": join_scripts()}


def _last_change() -> int:
    """Return when a part was last written, in nanoseconds."""
    return max(path.stat().st_mtime_ns for part in ("css", "js") for path in (PARTS / part).iterdir())


@lru_cache(maxsize=1)
def mark() -> str:
    """Return the url of the house's own mark, as browsers show it beside a title."""
    return static("ui/mark.svg")


def joined(which: str) -> Joined:
    """Return the stylesheet ("css") or the script ("js"): read once in production, anew where a part has changed elsewhere."""
    fixed = settings.PRODUCTION or settings.MODE == "test"
    return _kept(0 if fixed else _last_change())[which]
