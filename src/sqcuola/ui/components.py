"""What each component declares, read from its own file, and whether a template calls it as declared.

A component's file begins with its required properties in a comment, `{# needs: name key #}`, and lists all properties
with their defaults in `<c-vars … />`. One that prints `{{ attrs }}` takes data-, aria- and hx- attributes and formnovalidate too; one
that prints `{{ slot }}` takes words inside, and every other name it prints may be a named slot.
"""

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

FOLDER = Path(__file__).parent / "templates" / "components"
NEEDS = re.compile(r"\{#\s*needs:\s*([^#]*?)\s*#\}")
VARS = re.compile(r"<c-vars\b(.*?)/>", re.DOTALL)
NAME = re.compile(r"([a-z_]+)=\"")
PASSED_ON = ("data-", "aria-", "hx-", "formnovalidate")
TEMPLATE_TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Declared:
    """The properties of one component."""

    name: str
    needs: frozenset[str]
    may: frozenset[str]
    passes_on: bool
    slot: bool


def declared(folder: Path = FOLDER) -> dict[str, Declared]:
    """Read every component of the house."""
    found = {}
    for path in sorted(folder.glob("*.html")):
        text = path.read_text(encoding="utf-8")
        needs, properties = NEEDS.search(text), VARS.search(text)
        found[path.stem] = Declared(
            name=path.stem,
            needs=frozenset(needs[1].split() if needs else ()),
            may=frozenset(NAME.findall(properties[1]) if properties else ()),
            passes_on="{{ attrs }}" in text,
            slot="{{ slot }}" in text,
        )
    return found


class _Calls(HTMLParser):
    """Every `<c-…>` of a template, with the properties it hands over."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[tuple[str, set[str], int]] = []
        self.inside: list[int] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name.lstrip(":") for name, _ in attrs}
        if tag == "c-slot" and self.inside:
            self.calls[self.inside[-1]][1].update(value or "" for name, value in attrs if name == "name")
        elif tag.startswith("c-") and tag not in {"c-vars", "c-slot"}:
            self.inside.append(len(self.calls))
            self.calls.append((tag.removeprefix("c-"), given, self.getpos()[0]))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag.startswith("c-") and tag not in {"c-vars", "c-slot"} and self.inside:
            self.inside.pop()


def complaints(source: str, components: dict[str, Declared]) -> list[str]:
    """Say which calls of a template do not keep to what the components declare."""
    reader = _Calls()
    reader.feed(TEMPLATE_TAG.sub(lambda tag: "x" + "\n" * tag[0].count("\n"), source))
    found = []
    for name, given, line in reader.calls:
        if name not in components:
            found.append(f"line {line}: there is no component <c-{name}>")
            continue
        component = components[name]
        unknown = {
            one for one in given if not (component.passes_on and one.startswith(PASSED_ON))
        } - component.may
        found += [f"line {line}: <c-{name}> has no property {one!r}" for one in sorted(unknown)]
        found += [f"line {line}: <c-{name}> needs {one!r}" for one in sorted(component.needs - given)]
    return found
