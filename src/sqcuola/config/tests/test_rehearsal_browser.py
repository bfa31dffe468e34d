"""The rehearsal's browser sends what a person's browser would."""

import socket

import httpx
import pytest

from sqcuola.config.rehearsal.browser import Browser
from sqcuola.config.rehearsal.reading import ConfusedError, Page

PAGE = b"""<!doctype html><html lang="it"><head><title>x</title><script>var no = 1;</script></head><body>
<h1>Cinque  domande</h1><a href="/altro/">Altro <b>luogo</b></a>
<form method="post" action="/salva/" id="f"><input type="hidden" name="csrf" value="t">
<input name="town" value="Parma"><textarea name="words">
uno &amp; due</textarea>
<select name="region"><option value="">-</option><option value="E" selected>Emilia</option></select>
<input type="radio" name="age" value="no" checked><input type="radio" name="age" value="yes">
<input type="checkbox" name="ok" value="1"><input name="off" disabled value="x">
<button name="do" value="save">Salva</button></form>
<input name="late" form="f" value="fuori"><form action="/cerca/"><input name="q"></form></body></html>"""


def test_a_form_is_read_as_a_browser_reads_it():
    page = Page("http://h/x/", 200, PAGE, "text/html; charset=utf-8")
    form = page.form("town")

    assert (page.h1, page.link("altro")) == ("Cinque domande", "http://h/altro/")
    assert "var no" not in page.words
    assert form.method == "post"
    assert form.fields == [
        ("csrf", "t"), ("town", "Parma"), ("words", "uno & due"), ("region", "E"), ("age", "no"), ("late", "fuori"),
    ]  # fmt: skip
    assert form.buttons == [("do", "save", "Salva")]
    assert form.choices == {"region": ["", "E"], "age": ["no", "yes"], "ok": ["1"]}


def test_what_is_written_replaces_what_stood_there_and_unknown_fields_are_refused():
    form = Page("http://h/x/", 200, PAGE, "text/html").form("town")

    assert ("town", "Como") in form.filled({"town": "Como"})
    assert ("town", "Parma") not in form.filled({"town": "Como"})
    with pytest.raises(ConfusedError, match="no field city"):
        form.filled({"city": "Como"})


def test_cookies_stay_with_their_person_and_requests_are_measured():
    def answer(request):
        if request.url.path == "/set":
            return httpx.Response(
                200, headers={"set-cookie": "who=nives", "content-type": "text/html"}, content=PAGE
            )
        sent = request.headers.get("cookie", ""), request.content.decode()
        return httpx.Response(200, headers={"content-type": "text/plain"}, content=repr(sent).encode())

    seen = []
    transport = httpx.MockTransport(answer)
    nives, teo = (
        Browser("http://h", transport, lambda *row: seen.append(row), f"10.0.0.{n}") for n in (1, 2)
    )
    page = nives.get("/set", "page")

    assert b"who=nives" in nives.send(page, page.form("town"), "save", {"town": "Como"}, press="do=save").body
    assert b"town=Como" in nives.send(page, page.form("town"), "save", {"town": "Como"}, press="do=save").body
    assert b"do=save" in nives.send(page, page.form("town"), "save", {"town": "Como"}, press="do=save").body
    assert b"who" not in teo.get("/echo", "page").body
    assert [row[0] for row in seen] == ["page", "save", "save", "save", "page"]


def test_a_form_that_is_lost_on_its_way_has_lost_the_field_it_was_cut_before():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        browser = Browser(
            f"http://127.0.0.1:{port}", httpx.MockTransport(lambda _request: None), print, "::1"
        )
        with browser.losing("/save/", {"place": "1", "value": "7"}, before="value"):
            there, _address = server.accept()
        with there:
            sent = b"".join(iter(lambda: there.recv(4096), b""))

    assert sent.endswith(b"Content-Length: 15\r\n\r\nplace=1")
