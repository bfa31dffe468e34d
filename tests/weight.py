"""What a page weighs on the line: its HTML and every stylesheet and script it names, packed; fonts and pictures apart.

`weight(client, response)` returns bytes. A page for a phone on a poor line has `POOR_LINE` and no more.
"""

import gzip
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.test import Client
from tests.pages import Page

POOR_LINE = 60_000
LEVEL = 6  # what front servers use


def named(source: str) -> set[str]:
    """Return the addresses of the stylesheets and scripts that a page loads."""
    page = Page(source)
    sheets = {attrs["href"] for attrs in page.all("link") if "stylesheet" in attrs.get("rel", "").split()}
    preloaded = {attrs["href"] for attrs in page.all("link") if attrs.get("rel") == "modulepreload"}
    return sheets | preloaded | {attrs["src"] for attrs in page.all("script") if "src" in attrs}


def weight(client: Client, response: HttpResponse) -> int:
    """Return how many bytes a browser that has nothing yet is sent for a page."""
    packed = [gzip.compress(response.content, LEVEL)]
    packed += [gzip.compress(_fetched(client, url), LEVEL) for url in named(response.content.decode())]
    return sum(map(len, packed))


def _fetched(client: Client, url: str) -> bytes:
    path = urlsplit(url).path
    if path.startswith("/static/"):
        found = finders.find(path.removeprefix("/static/"))
        assert found, f"{url} is nowhere"
        with open(found, "rb") as file:  # noqa: PTH123 - the finder gives a string
            return file.read()
    answer = client.get(path)
    assert answer.status_code == 200, f"{url}: {answer.status_code}"
    return answer.content
