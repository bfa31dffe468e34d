"""Links limited to one thing: opened by a button, once, and leading nowhere else."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.pages import assert_page

from sqcuola.kernel import clock
from sqcuola.people import links
from sqcuola.people.models import Link, Person
from sqcuola.people.tests.conftest import link_in, newest_mail, outbox

pytestmark = pytest.mark.django_db
THING = ("mfa_index", {})
WEEK = links.timedelta(days=7)


@pytest.fixture
def url(nives):
    return links.make(nives, thing=THING, expires=clock.now() + WEEK).split("8000")[1]


def test_a_link_shows_a_button_that_opens_its_thing(client, nives, url):
    assert_page(client.get(url))

    answer = client.post(url)

    assert answer.url == "/me/safety/"
    assert client.get(answer.url).status_code == 200


def test_a_scanner_that_opens_the_link_changes_nothing(url):
    with CaptureQueriesContext(connection) as asked:
        Client().get(url)
        Client().head(url)

    assert [query["sql"] for query in asked if not query["sql"].startswith("SELECT")] == []
    assert Client().post(url).status_code == 302


def test_the_session_sees_one_thing_and_all_else_is_missing(client, url):
    client.post(url)

    assert client.get("/me/safety/").status_code == 200
    assert client.get("/me/safety/password/").status_code == 404
    assert client.post("/me/safety/devices/end/").status_code == 404


def test_a_thing_may_have_several_addresses(client, url, monkeypatch):
    monkeypatch.setattr(links, "_families", {})
    links.widen("mfa_index", "new_password")
    client.post(url)

    assert client.get("/me/safety/password/").status_code != 404


def test_the_session_ends_with_the_link(client, nives, url, later):
    client.post(url)
    later(days=7)

    assert client.get("/me/safety/").status_code in {302, 404}


def test_a_link_opens_once_and_then_offers_a_new_one_by_mail(client, nives, url):
    client.post(url)
    other = Client()

    over = other.post(url)
    assert over.status_code == 410
    assert_page(over, status=410)
    assert "_auth_user_id" not in other.session

    assert_page(other.post(url, {"do": "another"}))
    assert newest_mail().to == nives.email
    assert other.post(link_in(newest_mail())).url == "/me/safety/"
    assert other.session["_auth_user_id"] == str(nives.pk)


def test_an_expired_link_opens_nothing(client, url, later):
    later(days=7)

    assert client.get(url).status_code == 410
    assert client.post(url).status_code == 410
    assert "_auth_user_id" not in client.session


def test_new_links_are_limited_and_the_page_says_the_same(client, nives, url):
    client.post(url)
    pages = {client.post(url, {"do": "another"}).status_code for _time in range(7)}

    assert pages == {200}
    assert len(outbox()) == 5


def test_only_the_digest_is_kept(nives, url):
    token = url.split("/")[2]

    assert token not in str(Link.objects.values())
    assert links.by_token(token).person == nives


def test_who_is_in_with_a_whole_session_keeps_it(client, nives, url):
    client.force_login(nives)
    client.post(url)

    assert client.get("/me/safety/password/").status_code == 302  # asks again who it is: not missing


def test_who_is_in_goes_straight_to_the_thing_and_the_link_stays_unused(client, nives, url):
    client.force_login(nives)

    assert client.get(url).url == "/me/safety/"
    assert "limited_to" not in client.session
    assert Client().post(url).url == "/me/safety/"


def test_somebody_else_who_is_in_is_shown_the_button(client, url):
    client.force_login(Person.objects.create_user("pia@example.org", "Pia"))

    assert "Apri" in assert_page(client.get(url))


def test_a_session_of_one_thing_is_asked_again_for_another(client, nives, url):
    client.post(url)

    assert client.get(url).status_code == 410


def test_an_invented_link_says_what_to_do(client):
    answer = client.get("/l/nonsense/")

    assert answer.status_code == 410
    assert_page(answer, status=410)


def test_a_link_to_nowhere_fails_where_it_is_made(nives):
    with pytest.raises(Exception, match="nowhere"):
        links.make(nives, thing=("nowhere", {}), expires=clock.now() + WEEK)
