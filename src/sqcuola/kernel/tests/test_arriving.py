"""A request that breaks off is refused as a whole: nothing of it is taken for what was meant."""

from io import BytesIO

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils.module_loading import import_string

from sqcuola.kernel.arriving import Arriving, BrokenOffError, guarded

FORM = b"place=3&device=ABCDEF&value=17"
PARTS = b'--x\r\nContent-Disposition: form-data; name="words"\r\n\r\nthe whole letter\r\n--x--\r\n'


@pytest.mark.parametrize("size", [-1, 10])
def test_a_body_that_is_all_there_is_read_to_its_end(size):
    assert Arriving(BytesIO(b"0123456789"), 10).read(size) == b"0123456789"
    assert Arriving(BytesIO(b""), 0).read(size) == b""


def test_piece_by_piece_the_end_is_not_a_break():
    body = Arriving(BytesIO(b"0123456789"), 10)

    assert [body.read(4), body.read(4), body.read(4), body.read(4)] == [b"0123", b"4567", b"89", b""]


@pytest.mark.parametrize("size", [-1, 10, 7])
def test_a_body_that_ends_too_early_raises(size):
    with pytest.raises(BrokenOffError):
        Arriving(BytesIO(b"012345"), 10).read(size)


def test_a_body_read_by_lines_raises_too():
    body = Arriving(BytesIO(b"one\ntw"), 8)

    assert body.readline() == b"one\n"
    with pytest.raises(BrokenOffError):
        body.readline()


def served(body, kind, arrived):
    """Send the first part of a body through guard and middleware; return the status and what a view would have seen."""
    seen = []

    class Handler(WSGIHandler):
        def load_middleware(self, **_kinds):
            chain = lambda request: HttpResponse(seen.append(request.POST.dict()))  # noqa: E731 - wrapped below
            for path in reversed(settings.MIDDLEWARE):
                if path.startswith(
                    "sqcuola.kernel."
                ):  # those that read what arrives, in the order of the house
                    chain = import_string(path)(chain)
            self._middleware_chain = chain

    request = RequestFactory().generic("POST", "/", body, content_type=kind)
    environ = {**request.environ, "wsgi.input": BytesIO(body[:arrived])}
    told = []
    list(guarded(Handler())(environ, lambda status, _headers: told.append(status)))
    return int(told[0].split()[0]), seen


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "kind", "field", "value"),
    [
        (FORM, "application/x-www-form-urlencoded", "value", "17"),
        (PARTS, "multipart/form-data; boundary=x", "words", "the whole letter"),
    ],
)
def test_a_form_that_broke_off_reaches_no_view(body, kind, field, value):
    status, seen = served(body, kind, len(body))
    assert (status, seen[0][field]) == (200, value)

    for arrived in (len(body) - 3, len(body) // 2, 0):
        assert served(body, kind, arrived) == (400, [])
