"""Which encoding, which format: guessed, and said. A format we cannot read is named."""

import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqcuola.questions.formats import gift, jsonl
from sqcuola.questions.formats.items import Item

MOST_BYTES = 20 * 1024 * 1024
PARSERS: dict[str, Callable[[str], Iterator[Item]]] = {"gift": gift.parse, "jsonl": jsonl.parse}
BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass(frozen=True, slots=True)
class Unreadable(Exception):  # noqa: N818 - the file is what it is
    """The file as a whole cannot be taken: a code for `questions.words`, and the name of its format if known."""

    why: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a file is."""

    format: str
    encoding: str
    text: str

    def items(self) -> Iterator[Item]:
        """Parse, item by item."""
        return PARSERS[self.format](self.text)


def look(content: bytes, wanted: str = "") -> Looked:
    """Say what a file is, or raise Unreadable. `wanted` overrides the guess of the format."""
    if len(content) > MOST_BYTES:
        raise Unreadable("too-large", f"{MOST_BYTES // 1024 // 1024}")
    if not content.strip():
        raise Unreadable("empty")
    if content[:4] == b"PK\x03\x04":
        raise Unreadable("not-yet", "QTI")
    text, encoding = decoded(content)
    found = wanted or guessed(text)
    if found not in PARSERS:
        raise Unreadable("not-yet" if found else "unknown", found)
    return Looked(found, encoding, text.replace("\r\n", "\n").replace("\r", "\n"))


def decoded(content: bytes) -> tuple[str, str]:
    """Return the text and the encoding it was in: by its mark, else UTF-8, else windows-1252."""
    for mark, name in BOMS:
        if content.startswith(mark):
            try:
                return content.decode(name).removeprefix("\ufeff"), name.removesuffix("-sig")
            except UnicodeDecodeError:
                raise Unreadable("not-text") from None
    if b"\0" in content:
        raise Unreadable("not-text")
    for name in ("utf-8", "windows-1252"):
        try:
            return content.decode(name), name
        except UnicodeDecodeError:
            continue
    raise Unreadable("not-text")


AIKEN = re.compile(r"^ANSWER:\s*[A-Z]\s*$", re.MULTILINE)


def guessed(text: str) -> str:
    """Return the format a text is most likely in, "" if it is like none we know."""
    start = text.lstrip()[:2000]
    if start.startswith("<"):
        return _xml(start)
    if start.startswith("{") and '"question"' in start.split("\n", 1)[0]:
        return "jsonl"
    if AIKEN.search(text):
        return "Aiken"
    if re.search(r"(?<!\\)\{", text) or re.search(r"^\$CATEGORY:", text, re.MULTILINE):
        return "gift"
    return "missing word" if re.search(r"^~[^\n]+=", text, re.MULTILINE) else ""


def _xml(start: str) -> str:
    for mark, name in (
        ("<quiz", "Moodle XML"),
        ("<questestinterop", "Blackboard"),
        ("<POOL", "Blackboard"),
        ("assessment", "QTI"),
        ("<question", "Moodle XML"),
    ):
        if mark in start:
            return name
    return "XML"
