"""The instant by which a request is judged."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.test import RequestFactory

from sqcuola.kernel import clock, middleware

DEADLINE = datetime(2027, 3, 1, 12, tzinfo=UTC)
FORM = "application/x-www-form-urlencoded"
PARTS = "multipart/form-data; boundary=b"
FILE = b'--b\r\nContent-Disposition: form-data; name="word"; filename="a.txt"\r\n\r\nciao\r\n--b--\r\n'


class Slow(BytesIO):
    """A body that arrives an hour after its request began."""

    def __init__(self, content, move):
        super().__init__(content)
        self.move = move

    def read(self, *sizes):
        self.move()
        return super().read(*sizes)


@pytest.fixture
def now(monkeypatch):
    held = {"now": DEADLINE - timedelta(seconds=1)}
    monkeypatch.setattr(clock, "now", lambda: held["now"])
    return held


def sent(kind, content, move):
    request = RequestFactory().generic("POST", "/", content, content_type=kind)
    return WSGIRequest(request.environ | {"wsgi.input": Slow(content, move)})


def judged(request):
    """Return what a view would see."""
    seen = []
    middleware.at(seen.append)(request)
    return seen[0]


@pytest.mark.parametrize(
    ("kind", "content"), [(FORM, b"word=ciao"), (PARTS, FILE), ("application/json", b"{}")]
)
def test_a_request_whose_words_come_late_came_late(now, kind, content):
    late = DEADLINE + timedelta(hours=1)

    found = judged(sent(kind, content, lambda: now.update(now=late)))

    assert found.at == late
    if kind == FORM:
        assert found.POST["word"] == "ciao"
    if kind == PARTS:
        assert found.FILES["word"].read() == b"ciao"
    if kind == "application/json":
        assert found.body == b"{}"


def test_what_only_asks_is_not_waited_for(now):
    environ = RequestFactory().get("/").environ
    waits = WSGIRequest(environ | {"wsgi.input": Slow(b"", lambda: now.update(now=DEADLINE))})
    assert judged(waits).at < DEADLINE


def test_a_line_that_breaks_is_no_fault_of_ours_here(now):
    def broken():
        raise OSError

    found = judged(sent(FORM, b"word=ciao", broken))
    assert found.at == now["now"]
    assert not found.POST


def arrived(method, path, **how):
    seen = []
    answer = middleware.plain_words(seen.append)(RequestFactory().generic(method, path, **how))
    return (seen or [answer])[0]


@pytest.mark.parametrize(("kind", "content"), [(FORM, b"w%00ord=c%00iao&word=due&%00="), (PARTS, FILE)])
def test_a_nul_is_left_out_of_what_was_typed(kind, content):
    part = FILE.replace(b'; filename="a.txt"', b"").replace(b"ciao", b"c\0iao")
    request = arrived(
        "POST", "/?q=%00x%2500&q=%%0000", data=part if kind == PARTS else content, content_type=kind
    )

    assert request.GET.getlist("q") == ["x%00", "%00"]
    assert request.POST.getlist("word") == (["ciao"] if kind == PARTS else ["ciao", "due"])
    with pytest.raises(AttributeError, match="immutable"):
        request.POST["word"] = "other"


def test_what_has_none_is_what_came():
    request = RequestFactory().post("/?q=è", {"word": "c'è %00"})
    before = request.GET, request.POST
    middleware.plain_words(lambda _request: None)(request)

    assert request.GET is before[0]
    assert request.POST is before[1]


def test_an_address_with_a_nul_cannot_be_read():
    assert arrived("GET", "/test/a%00b/").status_code == 400
