"""A prepared query answers as the query it was written from, at every call anew, and is written once."""

from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from django.db import connections
from django.db.models import Q
from django.db.models.sql.compiler import SQLCompiler

from sqcuola.kernel.models import Outgoing
from sqcuola.kernel.prepared import prepared

AT = datetime(2027, 2, 8, 12, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def waiting(language, at):
    late = Q(sent_at=None) | Q(sent_at__gt=at)
    return Outgoing.objects.filter(late, language=language, put_at__lte=at, state="waiting").order_by(
        "-put_at"
    )


@pytest.fixture
def letters():
    return [
        Outgoing.objects.create(
            key=f"k{n}",
            to="nives@example.org",
            language="en" if n == 2 else "it",
            subject=f"{n} % %s",
            put_at=AT + timedelta(hours=n),
            send_after=AT,
        )
        for n in range(4)
    ]


@pytest.mark.parametrize(("language", "hours"), [("it", 0), ("it", 3), ("en", 3), ("de", 3)])
def test_it_answers_as_the_query_does(letters, language, hours):
    asked = prepared(waiting)
    for at in (AT, AT + timedelta(hours=hours)):
        assert asked(language, at) == list(waiting(language, at))


def test_what_was_written_is_kept_but_never_an_answer(letters, monkeypatch, django_assert_num_queries):
    asked = prepared(waiting)
    assert asked.first("en", AT + timedelta(days=1)) == letters[2]
    monkeypatch.setattr(SQLCompiler, "as_sql", None)

    letters[2].delete()

    with django_assert_num_queries(2):
        assert asked("en", AT + timedelta(days=1)) == []
        assert asked.first("it", AT) == letters[0]


def test_rows_of_values_and_narrow_rows(letters, django_assert_num_queries):
    pairs = prepared(lambda key: Outgoing.objects.filter(key=key).values_list("subject", "put_at"))
    narrow = prepared(lambda key: Outgoing.objects.filter(key=key).only("subject"))
    numbers = prepared(
        lambda key: Outgoing.objects.filter(key__gte=key).order_by("pk").values_list("pk", flat=True)
    )

    assert pairs("k1") == [("1 % %s", AT + timedelta(hours=1))]
    assert numbers("k2") == [letters[2].pk, letters[3].pk]
    with django_assert_num_queries(1):
        (letter,) = narrow("k1")
        assert letter.subject == "1 % %s"
    assert letter.get_deferred_fields() >= {"text", "put_at"}


def test_none_is_no_value():
    with pytest.raises(ValueError, match="NULL"):
        prepared(waiting)("it", None)


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_through_its_own_connection(letters):
    asked, heard = prepared(waiting), []
    mine = asked("it", AT)

    def other():
        heard.append(asked("it", AT))
        connections.close_all()

    thread = Thread(target=other)
    thread.start()
    thread.join()
    assert heard == [mine]
    assert len(mine) == 1
