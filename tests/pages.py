"""What every page of the house is held to: `assert_page(response)` in any room's tests, without a browser."""

import re
from html.parser import HTMLParser

import html5lib
from django.http import HttpResponse

INLINE_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/(?:ld\+)?json)[^>]*>", re.IGNORECASE)
HANDLER = re.compile(r"^on[a-z]+$")


class Page(HTMLParser):
    """What stands in a page, counted as it is read."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.starts: list[tuple[str, dict[str, str]]] = []
        self.texts: dict[str, str] = {"title": "", "h1": ""}
        self._open: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag, attrs):
        self.starts.append((tag, {name: value or "" for name, value in attrs}))
        if tag in self.texts:
            self._open.append(tag)

    def handle_endtag(self, tag):
        if tag in self._open:
            self._open.remove(tag)

    def handle_data(self, data):
        for tag in self._open:
            self.texts[tag] += data

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attrs for name, attrs in self.starts if name == tag]


def faults(source: str, *, public: bool = False) -> list[str]:
    """Say what is wrong with the HTML of a whole page; nothing, if it is as the house wants it."""
    page = Page(source)
    found = [f"invalid HTML at {place}: {code} {what}" for place, code, what in _invalid(source)]
    if len(page.all("h1")) != 1:
        found.append(f"{len(page.all('h1'))} h1, wanted one")
    elif not page.texts["h1"].strip():
        found.append("the h1 is empty")
    if page.texts["title"].strip(" ·\n") in {"", "SQcuola ·"} or page.texts["title"].strip().startswith("·"):
        found.append("the title is empty")
    if [attrs.get("lang") in {"it", "en"} for attrs in page.all("html")] != [True]:
        found.append("html has no lang")
    if len(page.all("main")) != 1:
        found.append(f"{len(page.all('main'))} main, wanted one")
    found += _inline(source, page) + _names(page)
    if public and "csrfmiddlewaretoken" in source:
        found.append("a public page carries a form token")
    return found


def _invalid(source: str) -> list[tuple[object, str, object]]:
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    parser.parse(source)
    return list(parser.errors)


def _inline(source: str, page: Page) -> list[str]:
    found = ["an inline script" for _ in INLINE_SCRIPT.finditer(source)]
    found += ["an inline style element" for _ in page.all("style")]
    for tag, attrs in page.starts:
        found += [f"<{tag}> has a style attribute" for name in attrs if name == "style"]
        found += [f"<{tag}> has {name}" for name in attrs if HANDLER.match(name)]
        found += [
            f"<{tag}> goes to javascript:" for value in attrs.values() if value.startswith("javascript:")
        ]
    return found


def _names(page: Page) -> list[str]:
    ids = [attrs["id"] for _tag, attrs in page.starts if "id" in attrs]
    found = [
        f"id {name!r} stands {ids.count(name)} times" for name in sorted(set(ids)) if ids.count(name) > 1
    ]
    for tag, attrs in page.starts:
        wanted = [*attrs.get("aria-describedby", "").split(), *attrs.get("aria-labelledby", "").split()]
        if tag == "label" and "for" in attrs:
            wanted.append(attrs["for"])
        found += [f"<{tag}> names #{name}, which is not there" for name in wanted if name not in ids]
    return found


def assert_page(response: HttpResponse, *, status: int = 200, public: bool = False) -> str:
    """Hold an answer to what every page owes; return its HTML."""
    source = response.content.decode()
    assert response.status_code == status, f"{response.status_code}, wanted {status}"
    wrong = faults(source, public=public)
    assert not wrong, "\n".join(wrong)
    return source
