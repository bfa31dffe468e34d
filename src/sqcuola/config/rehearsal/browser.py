"""A browser without pictures: follows links, fills the forms that the page really has, keeps cookies and times."""

import socket
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

import httpx

from sqcuola.config.rehearsal.reading import ConfusedError, Form, Page

AGAIN = 0.3  # seconds between two tries of somebody whose line is down
Files = dict[str, tuple[str, bytes, str]]
Measured = Callable[[str, str, int, float], None]
Seen = Callable[[Page], None]


class Browser:
    """One person's browser: cookies of its own, connections shared with the others of the rehearsal.

    `seen` is shown every page. `patience` is for how many seconds a request is made again while the line is down, as the
    script of a test's page does.
    """

    def __init__(
        self,
        base: str,
        transport: httpx.BaseTransport,
        measured: Measured,
        address: str,
        seen: Seen | None = None,
    ) -> None:
        self._http = httpx.Client(
            base_url=base,
            transport=transport,
            follow_redirects=True,
            timeout=60,
            headers={"Accept-Language": "it", "X-Forwarded-For": address},
        )
        self._measured = measured
        self._seen = seen
        self.patience = 0.0

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

    @contextmanager
    def losing(self, url: str, data: dict[str, Any], *, before: str = "") -> Iterator[None]:
        """Send a form up to the field `before`, let the line hang while something else happens, then break it off.

        Without `before` the form arrives whole, and nobody waits for the answer.
        """
        there = urlsplit(str(self._http.base_url))
        body = urlencode(data)
        cookies = "; ".join(f"{name}={value}" for name, value in self._http.cookies.items())
        head = (
            f"POST {url} HTTP/1.1\r\nHost: {there.netloc}\r\nCookie: {cookies}\r\n"
            f"X-CSRFToken: {self._http.cookies.get('csrftoken') or ''}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        arrives = body[: body.index(f"&{before}=")] if before else body
        with socket.create_connection((there.hostname or "", there.port or 80), timeout=60) as line:
            line.sendall((head + arrives).encode())
            yield

    def close(self) -> None:
        """Forget cookies; the shared connections stay."""
        self._http.cookies.clear()

    def _answer(self, kind: str, ask: Callable[[], httpx.Response]) -> Page:
        until = time.monotonic() + self.patience
        while True:
            begun = time.perf_counter()
            try:
                answer = ask()
            except httpx.TransportError:
                if time.monotonic() >= until:
                    raise
                self._measured("the line is down", "", 0, time.perf_counter() - begun)
                time.sleep(AGAIN)
                continue
            took = time.perf_counter() - begun
            url = str(answer.url)
            self._measured(kind, url, answer.status_code, took)
            page = Page(url, answer.status_code, answer.content, answer.headers.get("content-type", ""))
            if self._seen is not None:
                self._seen(page)
            return page


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for name, value in pairs:
        grouped.setdefault(name, []).append(value)
    return grouped
