"""The page of the house's health as a whole: with nothing, one and three things; its buttons; the way to it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult
from tests.pages import assert_page

from sqcuola.kernel import clock, outbox, working
from sqcuola.kernel.models import Outgoing
from sqcuola.people.models import Person

pytestmark = pytest.mark.django_db
QUERIES = 19


@pytest.fixture
def boss(client):
    person = Person.objects.create_user("boss@example.org", "Aldo", is_administrator=True, language="en")
    client.force_login(person)
    return person


def fail(count):
    at = clock.now()
    for number in range(count):
        DBTaskResult.objects.create(
            status="FAILED",
            args_kwargs={"args": ["kernel.send-letter", [number]], "kwargs": {}},
            task_path="sqcuola.kernel.jobs.run",
            exception_class_path="OSError",
            traceback="in it stands ada@example.org",
            worker_ids=["a"] * 5,
            finished_at=at,
            run_after=at,
        )
        letter = outbox.put(key=f"test:{number}", to="ada@example.org", subject="Ciao", text="T", at=at)
        Outgoing.objects.filter(pk=letter.pk).update(state="uncertain", claimed_at=at)


@pytest.mark.parametrize("count", [0, 1, 3])
def test_the_page_is_whole_and_costs_the_same(client, boss, count):
    fail(count)
    client.get("/health/")
    with CaptureQueriesContext(connection) as queries:
        page = assert_page(client.get("/health/", headers={"accept-language": "en"}))

    assert len(queries) == QUERIES
    assert page.count(">Send again<") == count
    assert "ada@example.org" not in page


def test_buttons_do_what_they_say(client, boss):
    fail(1)
    (job,), letter = working.failed(), Outgoing.objects.get()
    url = f"/health/jobs/{job.id}/again/"

    assert client.get(url).status_code == 405
    assert client.post(url).headers["Location"] == "/health/"
    assert working.failed() == []
    client.post(f"/health/letters/{letter.pk}/leave/", headers={"accept-language": "en"})
    assert Outgoing.objects.get().left_at is not None
    said = client.get("/health/", headers={"accept-language": "en"}).content.decode()
    assert "No second one is sent." in said


def test_the_desk_of_an_administrator_leads_there(client, boss):
    assert 'href="/health/"' in client.get("/desk/").content.decode()
    client.force_login(Person.objects.create_user("rita@example.org", "Rita"))
    assert 'href="/health/"' not in client.get("/desk/").content.decode()


def test_a_limited_session_and_one_without_a_second_factor_do_not_open_it(client, boss, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    assert client.get("/health/").headers["Location"].startswith("/me/safety/")

    settings.SECOND_FACTOR_REQUIRED = False
    session = client.session
    until = (clock.now() + timedelta(hours=1)).isoformat()
    session["limited_to"] = {"until": until, "url_name": "editions:invitation", "kwargs": {"code": "X"}}
    session.save()
    assert client.get("/health/").status_code == 404
