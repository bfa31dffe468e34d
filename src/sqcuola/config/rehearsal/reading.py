"""A page as a person reads it: forms with what stands in them, links, tables, lists, the figures and dates on it."""

import html
import re
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

SKIPPED = {"submit", "button", "image", "reset"}
HELD = {"a", "h1", "h2", "button", "textarea", "label", "td", "th", "dt", "dd", "code", "strong"}
LISTS = {"rows", "class"}
POINTS = re.compile(r">(\d+) / \d+<")
WRITTEN = re.compile(r'<div class="notebook words">(.*?)</div>', re.DOTALL)
Choice = tuple[str, str]  # the name of a field and one of its values


class ConfusedError(Exception):
    """The page is not what a person would expect here."""


@dataclass(slots=True)
class Form:
    """One form as it stands on the page: what it would send if nobody touched it. `labels` are a choice's words."""

    action: str
    method: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)  # name, value, words
    choices: dict[str, list[str]] = field(default_factory=dict)
    labels: dict[Choice, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)

    def value(self, name: str) -> str:
        """Return what stands in a field; '' where nothing does."""
        return next((value for known, value in self.fields if known == name), "")

    def filled(self, values: dict[str, Any]) -> list[tuple[str, str]]:
        """Return the pairs to send: what stands in the form, with `values` written over it."""
        unknown = [name for name in values if name not in self.names]
        if unknown:
            raise ConfusedError(
                f"The form {self.action} has no field {', '.join(unknown)}; it has {sorted(self.names)}."
            )
        pairs = [(name, value) for name, value in self.fields if name not in values]
        for name, value in values.items():
            many = value if isinstance(value, list | tuple) else [value]
            pairs += [(name, str(one)) for one in many if one is not None]
        return pairs


@dataclass(slots=True)
class _Held:
    """An element whose words are being gathered."""

    tag: str
    given: dict[str, str]
    parts: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        return " ".join("".join(self.parts).split())


class _Reader(HTMLParser):
    """Collects what stands on a page in one pass."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self.links: list[tuple[str, str]] = []
        self.words: list[str] = []
        self.headings: dict[str, list[str]] = {"h1": [], "h2": []}
        self.table: list[list[str]] = []
        self.terms: list[tuple[str, str]] = []
        self.codes: list[str] = []
        self.listed: list[str] = []
        self.asked: list[str] = []
        self._open: list[_Held] = []
        self._form: Form | None = None
        self._outside: dict[str, Form] = {}
        self._select: tuple[Form, str, list[str]] | None = None
        self._last: tuple[Form, str, str] | None = None
        self._list = self._item = ""
        self._skip = 0
        self._foot = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        classes = given.get("class", "").split()
        if tag in {"script", "style", "template"}:
            self._skip += 1
        elif tag == "footer":
            self._foot = True
        elif tag == "form":
            self._form = Form(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self._form)
            if "id" in given:
                self._outside[given["id"]] = self._form
        elif tag == "tr":
            self.table.append([])
        elif tag in {"br", "p"}:
            self.handle_data("\n")  # one word does not run into the next
        elif tag in {"ol", "ul"} and LISTS.intersection(classes):
            self._list = tag
        elif tag == "li":
            self._item = ""
        else:
            self._start_field(tag, given)
        if tag in HELD or "asked" in classes:
            self._open.append(_Held(tag, given))

    def _start_field(self, tag: str, given: dict[str, str]) -> None:
        form = self._outside.get(given.get("form", ""), self._form)
        name = given.get("name", "")
        if form is None or "disabled" in given:
            return
        if tag == "input":
            self._input(form, name, given)
        elif tag == "textarea":
            form.names.add(name)
            self._last = (form, name, "")
        elif tag == "select":
            form.names.add(name)
            self._select = (form, name, [])
        elif tag == "option" and self._select:
            value = given.get("value", "")
            form.choices.setdefault(self._select[1], []).append(value)
            if "selected" in given or not self._select[2]:
                self._select[2][:] = [value]
        elif tag == "button" and given.get("type", "submit") == "submit":
            form.names.add(name)

    def _input(self, form: Form, name: str, given: dict[str, str]) -> None:
        kind = given.get("type", "text").lower()
        if not name:
            return
        form.names.add(name)
        if kind in {"radio", "checkbox"}:
            value = given.get("value", "on")
            form.choices.setdefault(name, []).append(value)
            self._last = (form, name, value)
            if "checked" in given:
                form.fields.append((name, value))
        elif kind not in SKIPPED and kind != "file":
            form.fields.append((name, given.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag in {"script", "style", "template"}:
            self._skip = max(0, self._skip - 1)
        elif tag == "footer":
            self._foot = False
        elif tag == "form":
            self._form = None
        elif tag == "select" and self._select:
            form, name, chosen = self._select
            form.fields += [(name, value) for value in chosen]
            self._select = None
        elif tag == self._list:
            self._list = ""
        elif tag == "li" and self._list and self._item:
            self.listed.append(self._item)
        for place in range(len(self._open) - 1, -1, -1):
            if self._open[place].tag == tag:
                self._closed(self._open.pop(place))
                break

    def _closed(self, held: _Held) -> None:
        words = held.words
        if "asked" in held.given.get("class", "").split():
            self.asked.append(words)
        if held.tag in self.headings:
            self.headings[held.tag].append(words)
        elif held.tag == "a" and "href" in held.given:
            self.links.append((held.given["href"], words))
        elif held.tag in {"td", "th"} and self.table:
            self.table[-1].append(words)
        elif held.tag in {"dt", "dd"}:
            self.terms.append((held.tag, words))
        elif held.tag == "label" and self._last:
            self._last[0].labels[self._last[1:]] = words
        elif held.tag in {"code", "strong"}:
            self._item = self._item or words
            if held.tag == "code" and not self._foot:  # the foot has the head of the chain of acts
                self.codes.append(words)
        else:
            self._closed_field(held)

    def _closed_field(self, held: _Held) -> None:
        form = self._outside.get(held.given.get("form", ""), self._form)
        if form is None or "disabled" in held.given:
            return
        name = held.given.get("name", "")
        if held.tag == "textarea":
            form.fields.append((name, "".join(held.parts).removeprefix("\n")))
        elif held.tag == "button" and held.given.get("type", "submit") == "submit":
            form.buttons.append((name, held.given.get("value", ""), held.words))

    def handle_data(self, data: str) -> None:
        if self._skip:
            return
        self.words.append(data)
        for held in self._open:
            held.parts.append(data)


def _bare(piece: str) -> str:
    """Return the words of a piece of a page."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", piece)).split())


@dataclass(frozen=True)
class Page:
    """What came back: where it is, how it ended, and what stands on it. It is read when somebody looks."""

    url: str
    status: int
    body: bytes
    kind: str

    @cached_property
    def _read(self) -> _Reader:
        reader = _Reader()
        if self.kind.startswith("text/html"):
            reader.feed(self.text)
        return reader

    @property
    def text(self) -> str:
        """Return what came, as text."""
        return self.body.decode(errors="replace")

    @property
    def forms(self) -> list[Form]:
        return self._read.forms

    @property
    def links(self) -> list[tuple[str, str]]:
        return self._read.links

    @property
    def h1(self) -> str:
        return next(iter(self._read.headings["h1"]), "")

    @property
    def h2(self) -> list[str]:
        return self._read.headings["h2"]

    @property
    def words(self) -> str:
        return " ".join(" ".join(self._read.words).split())

    @property
    def asked(self) -> list[str]:
        """Return the questions of a test that stand here."""
        return self._read.asked

    @property
    def rows(self) -> list[list[str]]:
        """Return the cells of each row of its tables, the heads left out."""
        return [row for row in self._read.table if row][1:]

    @property
    def terms(self) -> list[tuple[str, str]]:
        """Return the figures and dates of a page, each with its term."""
        told = self._read.terms
        return [(told[place][1], told[place + 1][1]) for place in range(0, len(told) - 1, 2)]

    @property
    def codes(self) -> list[str]:
        """Return the codes and fingerprints, without the spaces that group them."""
        return [words.replace(" ", "") for words in self._read.codes]

    @property
    def listed(self) -> list[str]:
        """Return what each item of a list of people is called."""
        return self._read.listed

    @property
    def marked(self) -> list[tuple[tuple[int, ...], str]]:
        """Return what each who read one's letter gave, and what they wrote below: '' where nothing."""
        return [
            (tuple(int(points) for points in POINTS.findall(part)), _bare(" ".join(WRITTEN.findall(part))))
            for part in self.text.split("<caption")[1:]
            if POINTS.search(part)
        ]

    def form(self, *names: str, action: str = "") -> Form:
        """Return the one form that has all these fields, and this in its action."""
        for form in self.forms:
            if form.names.issuperset(names) and action in (form.action or self.url):
                return form
        has = [(form.action, sorted(form.names)) for form in self.forms]
        raise ConfusedError(
            f"No form with {names} {action} at {self.url} ({self.status}, «{self.h1}»); it has {has}."
        )

    def has(self, *names: str, action: str = "") -> bool:
        """Say whether there is such a form."""
        return any(
            form.names.issuperset(names) and action in (form.action or self.url) for form in self.forms
        )

    def link(self, part: str) -> str:
        """Return the address of the first link whose address has this part."""
        for href, _words in self.links:
            if part in href:
                return urljoin(self.url, href)
        raise ConfusedError(f"No link with {part} at {self.url} ({self.status}, «{self.h1}»).")
