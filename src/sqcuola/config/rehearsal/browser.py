"""A browser without pictures: follows links, fills the forms that the page really has, keeps cookies and times."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

import httpx

SKIPPED = {"submit", "button", "image", "reset"}
Files = dict[str, tuple[str, bytes, str]]


class ConfusedError(Exception):
    """The page is not what a person would expect here."""


@dataclass(slots=True)
class Form:
    """One form as it stands on the page: what it would send if nobody touched it."""

    action: str
    method: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)  # name, value, words
    choices: dict[str, list[str]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)

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


class _Reader(HTMLParser):
    """Collects forms, links and the words of a page in one pass."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self.links: list[tuple[str, str]] = []
        self.words: list[str] = []
        self.h1 = ""
        self._form: Form | None = None
        self._outside: dict[str, Form] = {}
        self._sink: list[str] | None = None
        self._select: tuple[Form, str, list[str]] | None = None
        self._textarea: tuple[Form, str] | None = None
        self._button: tuple[Form, str, str] | None = None
        self._href: str | None = None
        self._skip = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in {"script", "style", "template"}:
            self._skip += 1
        elif tag == "form":
            self._form = Form(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self._form)
            if "id" in given:
                self._outside[given["id"]] = self._form
        elif tag == "a" and "href" in given:
            self._href, self._sink = given["href"], []
        elif tag == "h1":
            self._sink = []
        else:
            self._start_field(tag, given)

    def _start_field(self, tag: str, given: dict[str, str]) -> None:
        form = self._outside.get(given.get("form", ""), self._form)
        name = given.get("name", "")
        if form is None or "disabled" in given:
            return
        if tag == "input":
            self._input(form, name, given)
        elif tag == "textarea":
            form.names.add(name)
            self._textarea, self._sink = (form, name), []
        elif tag == "select":
            form.names.add(name)
            self._select = (form, name, [])
        elif tag == "option" and self._select:
            value = given.get("value", "")
            form.choices.setdefault(self._select[1], []).append(value)
            if "selected" in given or not self._select[2]:
                self._select[2][:] = [value]
        elif tag == "button" and given.get("type", "submit") == "submit":
            self._button, self._sink = (form, name, given.get("value", "")), []
            form.names.add(name)

    def _input(self, form: Form, name: str, given: dict[str, str]) -> None:
        kind = given.get("type", "text").lower()
        if not name:
            return
        form.names.add(name)
        if kind in {"radio", "checkbox"}:
            value = given.get("value", "on")
            form.choices.setdefault(name, []).append(value)
            if "checked" in given:
                form.fields.append((name, value))
        elif kind not in SKIPPED and kind != "file":
            form.fields.append((name, given.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        said = " ".join("".join(self._sink or []).split())
        if tag in {"script", "style", "template"}:
            self._skip = max(0, self._skip - 1)
        elif tag == "form":
            self._form = None
        elif tag == "a" and self._href is not None:
            self.links.append((self._href, said))
            self._href = self._sink = None
        elif tag == "h1":
            self.h1, self._sink = said, None
        elif tag == "textarea" and self._textarea:
            form, name = self._textarea
            form.fields.append((name, "".join(self._sink or []).removeprefix("\n")))
            self._textarea = self._sink = None
        elif tag == "select" and self._select:
            form, name, chosen = self._select
            form.fields += [(name, value) for value in chosen]
            self._select = None
        elif tag == "button" and self._button:
            form, name, value = self._button
            form.buttons.append((name, value, said))
            self._button = self._sink = None

    def handle_data(self, data: str) -> None:
        if self._skip:
            return
        self.words.append(data)
        if self._sink is not None:
            self._sink.append(data)


@dataclass(frozen=True, slots=True)
class Page:
    """What came back: where it is, how it ended, and what stands on it."""

    url: str
    status: int
    body: bytes
    kind: str
    forms: tuple[Form, ...]
    links: tuple[tuple[str, str], ...]
    h1: str
    words: str

    def form(self, *names: str, action: str = "") -> Form:
        """Return the one form that has all these fields, and this in its action."""
        for form in self.forms:
            if form.names.issuperset(names) and action in (form.action or self.url):
                return form
        has = [(form.action, sorted(form.names)) for form in self.forms]
        raise ConfusedError(
            f"No form with {names} {action} at {self.url} ({self.status}, «{self.h1}»); it has {has}."
        )

    def link(self, part: str) -> str:
        """Return the address of the first link whose address has this part."""
        for href, _words in self.links:
            if part in href:
                return urljoin(self.url, href)
        raise ConfusedError(f"No link with {part} at {self.url} ({self.status}, «{self.h1}»).")


def read(url: str, status: int, body: bytes, kind: str) -> Page:
    """Return the page that an answer holds; what is not HTML has no forms and no links."""
    reader = _Reader()
    if kind.startswith("text/html"):
        reader.feed(body.decode(errors="replace"))
    words = " ".join(" ".join(reader.words).split())
    return Page(url, status, body, kind, tuple(reader.forms), tuple(reader.links), reader.h1, words)


Measured = Callable[[str, str, int, float], None]


class Browser:
    """One person's browser: cookies of its own, connections shared with the others of the rehearsal."""

    def __init__(self, base: str, transport: httpx.BaseTransport, measured: Measured, address: str) -> None:
        self._http = httpx.Client(
            base_url=base,
            transport=transport,
            follow_redirects=True,
            timeout=60,
            headers={"Accept-Language": "it", "X-Forwarded-For": address},
        )
        self._measured = measured

    def get(self, url: str, kind: str) -> Page:
        """Open an address; `kind` names the sort of request in the report."""
        return self._answer(kind, lambda: self._http.get(url))

    def send(
        self,
        page: Page,
        form: Form,
        kind: str,
        values: dict[str, Any] | None = None,
        *,
        press: str | None = None,
        files: Files | None = None,
    ) -> Page:
        """Fill a form and send it by its button `press`: "begin", or "go=next" where several share a name."""
        pairs = form.filled(values or {})
        if press:
            pressed = [
                (name, value) for name, value, _words in form.buttons if press in {name, f"{name}={value}"}
            ]
            if not pressed:
                raise ConfusedError(f"The form {form.action} has no button {press}; it has {form.buttons}.")
            pairs += pressed[:1]
        url = urljoin(page.url, form.action or page.url)
        if form.method == "get":
            return self._answer(kind, lambda: self._http.get(url, params=_grouped(pairs)))
        data = _grouped(pairs)
        headers = {"Referer": page.url}
        return self._answer(kind, lambda: self._http.post(url, data=data, files=files, headers=headers))

    def post(self, url: str, kind: str, data: dict[str, Any], headers: dict[str, str] | None = None) -> Page:
        """Send fields to an address as a script of the page would."""
        token = self._http.cookies.get("csrftoken") or ""
        return self._answer(
            kind, lambda: self._http.post(url, data=data, headers={"X-CSRFToken": token, **(headers or {})})
        )

    def close(self) -> None:
        """Forget cookies; the shared connections stay."""
        self._http.cookies.clear()

    def _answer(self, kind: str, ask: Callable[[], httpx.Response]) -> Page:
        begun = time.perf_counter()
        answer = ask()
        took = time.perf_counter() - begun
        url = str(answer.url)
        self._measured(kind, url, answer.status_code, took)
        return read(url, answer.status_code, answer.content, answer.headers.get("content-type", ""))


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for name, value in pairs:
        grouped.setdefault(name, []).append(value)
    return grouped
