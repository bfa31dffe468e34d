"""The house's sentences in both languages. Msgids are English; each room keeps its Italian in locale/it.

    python tools/messages.py update [ROOM …]   read code and templates, rewrite the catalogues, keep what is translated
    python tools/messages.py check             say what is missing, left over, fuzzy, or has other fields than its msgid
    python tools/messages.py compile           make the .mo files that are older than their .po

Needs Babel (and Django for templates): no gettext tools of the system. `compile` needs Babel alone, since the wheel's
build calls it too.
"""

import os
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "sqcuola"
LANGUAGE = "it"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
FIELD = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def rooms(package: Path = PACKAGE) -> list[Path]:
    return sorted(init.parent for init in package.glob("*/__init__.py"))


def catalogue_of(room: Path) -> Path:
    return room / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"


def extracted(room: Path) -> Catalog:
    """Return every msgid of one room's code and templates, without translations."""
    found = Catalog(locale=LANGUAGE, domain="django")
    for path, text in _sources(room):
        place = path.relative_to(room.parent).as_posix()
        for _line, messages, comments, context in extract(
            "python", BytesIO(text.encode()), keywords=KEYWORDS, comment_tags=("Translators",)
        ):
            found.add(messages, locations=[(place, None)], auto_comments=comments, context=context)
    return found


def _sources(room: Path) -> Iterator[tuple[Path, str]]:
    for path in sorted(room.rglob("*.py")):
        if not {"tests", "migrations"} & set(path.relative_to(room).parts):
            yield path, path.read_text(encoding="utf-8")
    templates = sorted((room / "templates").rglob("*"))
    if templates:
        from django.utils.translation.template import templatize  # noqa: PLC0415 - `compile` runs without Django

        for path in templates:
            if path.suffix in {".html", ".txt", ".xml", ".md"}:
                # The tokenizer that Babel uses minds indentation; what Django makes of a template has none that counts.
                lines = templatize(path.read_text(encoding="utf-8"), origin=str(path)).splitlines()
                yield path, "\n".join(line.lstrip() for line in lines) + "\n"


def read(path: Path) -> Catalog:
    if not path.exists():
        return Catalog(locale=LANGUAGE, domain="django")
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGE, domain="django")


def update(room: Path) -> None:
    """Rewrite one catalogue from the sources: new msgids empty, gone ones left out, translations kept."""
    path, fresh = catalogue_of(room), extracted(room)
    kept = read(path)
    made = Catalog(
        locale=LANGUAGE,
        domain="django",
        charset="utf-8",
        header_comment=f"# Italian of the room {room.name}.",
    )
    for message in fresh:
        if not message.id:
            continue
        before = kept.get(_first(message), message.context)
        string = before.string if before is not None else ""
        if isinstance(message.id, tuple) and not isinstance(string, tuple):
            string = (string, "")
        if isinstance(string, tuple) and not isinstance(message.id, tuple):
            string = string[0]
        made.add(message.id, string, locations=message.locations, context=message.context)
    if not len(made):
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    buffer = BytesIO()
    write_po(buffer, made, sort_output=True, width=110, include_lineno=False, omit_header=True)
    path.write_bytes(_header(room).encode() + buffer.getvalue())


def _header(room: Path) -> str:
    # Without dates and names: two people who update on the same day write the same header.
    return (
        f'# Italian of the room {room.name}.\nmsgid ""\nmsgstr ""\n'
        '"Language: it\\n"\n"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
    )


def _first(message: Message) -> str:
    return message.id[0] if isinstance(message.id, (tuple, list)) else message.id


def complaints(package: Path = PACKAGE) -> list[str]:
    """Return one sentence for every msgid that is not rightly in Italian."""
    said: list[str] = []
    everywhere: dict[tuple[str | None, str], tuple[str, str]] = {}
    for room in rooms(package):
        wanted, have = extracted(room), read(catalogue_of(room))
        keys = {(m.context, _first(m)) for m in wanted if m.id}
        said += [
            f"{room.name}: not in the catalogue: {key[1]!r}" for key in sorted(keys - _keys(have), key=str)
        ]
        said += [f"{room.name}: no longer used: {key[1]!r}" for key in sorted(_keys(have) - keys, key=str)]
        for message in have:
            if not message.id or (message.context, _first(message)) not in keys:
                continue
            said += [f"{room.name}: {why}: {_first(message)!r}" for why in _faults(message)]
            string = message.string if isinstance(message.string, str) else message.string[0]
            where, other = everywhere.setdefault((message.context, _first(message)), (room.name, string))
            if other != string and string:
                said.append(f"{room.name}: {_first(message)!r} is {string!r} here and {other!r} in {where}")
    return said


def _keys(catalogue: Catalog) -> set[tuple[str | None, str]]:
    return {(message.context, _first(message)) for message in catalogue if message.id}


def _faults(message: Message) -> Iterator[str]:
    ids = message.id if isinstance(message.id, tuple) else (message.id,)
    strings = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
    if message.fuzzy:
        yield "fuzzy"
    if len(strings) < len(ids) or not all(strings):
        yield "not translated"
    elif any(set(FIELD.findall(text)) - set(FIELD.findall(" ".join(ids))) for text in strings):
        yield "the translation has a field that the msgid has not"
    elif set(FIELD.findall(strings[-1])) != set(FIELD.findall(ids[-1])):
        yield "the translation lacks a field"
    elif any(text[:1].isspace() != ids[0][:1].isspace() for text in strings):
        yield "begins with another space than its msgid"


def compile_all(package: Path = PACKAGE) -> int:
    """Make each .mo that is missing or older than its .po; return how many were made."""
    count = 0
    for path in sorted(package.glob("*/locale/*/LC_MESSAGES/*.po")):
        target = path.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= path.stat().st_mtime_ns:
            continue
        # Two processes may compile at once: each writes its own file, then puts it in place.
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
        with os.fdopen(handle, "wb") as file:
            write_mo(file, read(path))
        Path(name).chmod(0o644)
        Path(name).replace(target)
        count += 1
    return count


def main(arguments: Iterable[str]) -> int:
    verb, *names = list(arguments) or ["help"]
    if verb == "update":
        for room in rooms():
            if not names or room.name in names:
                update(room)
        return 0
    if verb == "check":
        said = complaints()
        print("\n".join(said) or "Every sentence is in both languages.")
        return 1 if said else 0
    if verb == "compile":
        compile_all()
        return 0
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
