"""Whatever stands where something else is expected, in a form or behind a «?», the answer is a page and no failure of ours."""

from contextlib import ExitStack

import pytest
from django.db import connections, transaction
from django.urls import reverse
from tests.access_matrix import name

from sqcuola.kernel.permissions import rows

pytestmark = pytest.mark.django_db
ODD = ("", "²", "-1", "9" * 40, "x" * 5000, "\0", "è'\"<b>%s{0}", "1e400", "2027-02-30", "NaN")
ASKED = ("page", "q", "state", "about", "only", "next", "region", "channel", "words", "as", "month")


def asker(row):
    """Return a kind of person who may."""
    usual = {"everyone": "visitor", "whoever is signed in": "stranger"}
    return next((usual.get(kind, kind) for kind in row.allowed), None)


def answered(row, cast, client, words):
    """Return the status of one request, with whatever it did undone."""
    with ExitStack() as stack:
        for alias in connections:
            stack.enter_context(transaction.atomic(using=alias))
        if row.before is not None:
            row.before(cast)
        url, cookies = reverse(row.url, kwargs=row.kwargs(cast)), client.cookies.output()
        answer = getattr(client, row.method.lower())(url, words)
        if answer.streaming:
            list(answer.streaming_content)  # to its end, so that the file is closed
        for alias in connections:
            transaction.set_rollback(True, using=alias)
        if client.cookies.output() != cookies:  # whoever signed out, or in, is again who they were
            client.cookies.clear()
            client.cookies.load(cookies.replace("Set-Cookie: ", ""))
    return answer.status_code


def broken(row, cast):
    """Say which words of a request were answered by a failure of ours: of a form each field in its turn, of an address all."""
    kind = asker(row)
    if kind is None:
        return []
    typed = row.data(cast) if row.method == "POST" else {}
    tries = [{**typed, field: odd} for field in typed for odd in ODD] or [
        dict.fromkeys(ASKED, odd) for odd in ODD
    ]
    statuses = [(words, answered(row, cast, cast.clients[kind], words)) for words in tries]
    return [f"{name(row)}: {words} answered {status}" for words, status in statuses if status >= 500]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_no_words_break_a_page(whole_cast, method):
    asked = [row for _room, row in rows() if row.method == method]

    assert len(asked) > 50
    assert [said for row in asked for said in broken(row, whole_cast)] == []
