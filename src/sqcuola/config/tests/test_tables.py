"""Django's admin at /admin/: closed to all but administrators, every list there and nothing that changes a row."""

import re

import pytest
from django.db import connections, models, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse
from tests.access_matrix import WRITES

from sqcuola.admissions.models import Application
from sqcuola.config.tables.shown import SHOWN
from sqcuola.config.world import build
from sqcuola.editions.acts import SchoolChanged
from sqcuola.kernel import acts, clock, outbox
from sqcuola.kernel.checks import doors
from sqcuola.people.models import Device, Person, SignInCode
from sqcuola.questions.acts import AttemptStarted
from sqcuola.questions.models import AnswerEntry, Attempt, Question

pytestmark = pytest.mark.django_db
SAFE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)


@pytest.fixture
def boss(client):
    person = Person.objects.create_user("boss@example.org", "Aldo", is_administrator=True, language="en")
    client.force_login(person)
    return person


def lists():
    return [
        reverse(f"admin:{one.model._meta.app_label}_{one.model._meta.model_name}_changelist") for one in SHOWN
    ]


def every_url():
    found = [door for door in doors(get_resolver()) if door.name.startswith("admin:")]
    return [
        reverse("admin:app_list", args=["people"]) if door.name == "admin:app_list" else reverse(door.name)
        for door in found
    ]


def test_there_is_a_first_page_a_page_a_room_and_a_list_a_table():
    assert set(every_url()) == {"/admin/", "/admin/people/", *lists()}
    assert len(SHOWN) > 20


@pytest.mark.parametrize("shown", SHOWN, ids=lambda shown: shown.model.__name__)
def test_each_table_has_names_of_its_own_in_both_languages(shown):
    assert {"verbose_name", "verbose_name_plural"} <= shown.model._meta.original_attrs.keys()


def test_the_first_page_calls_the_tables_by_these_names(client, boss):
    page = client.get("/admin/", headers={"accept-language": "en"}).content.decode()
    assert "Answers as they were given" in page
    assert "entrys" not in page
    page = client.get("/admin/", headers={"accept-language": "it"}).content.decode()
    assert "Risposte date" in page
    assert "Candidature e graduatoria" in page


def test_it_is_hidden_from_whoever_is_no_administrator(client):
    for url in [*every_url(), "/admin/login/", "/admin/people/person/1/change/", "/admin/nothing/"]:
        assert client.get(url).status_code in {302, 404}
    assert client.get("/admin/").headers["Location"] == "/enter/?next=/admin/"

    client.force_login(Person.objects.create_user("rita@example.org", "Rita"))
    hidden = client.get("/nothing-here/").content.decode()
    for url in every_url():
        answer = client.get(url)
        assert answer.status_code == 404
        assert answer.content.decode().replace(url, "/nothing-here/") == hidden


def test_a_second_factor_is_asked_of_who_opens_it_and_no_limited_session_does(client, boss, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    assert client.get("/admin/").headers["Location"].startswith("/me/safety/")


@pytest.mark.parametrize("url", [*lists(), "/admin/", "/admin/editions/"])
def test_each_list_answers_and_keeps_to_the_policy(client, boss, url):
    answer = client.get(url)
    assert answer.status_code == 200
    assert not SAFE.search(answer.content.decode())
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("url", lists())
def test_nothing_can_be_changed_and_looking_writes_nothing(client, boss, url):
    assert client.post(url, {"action": "delete_selected", "_selected_action": "1"}).status_code == 405
    for more in ("add/", "1/change/", "1/delete/", "1/history/"):
        assert client.get(url + more).status_code == 404
    with CaptureQueriesContext(connections["default"]) as queries:
        client.get(url, {"q": "x"})
    assert [query["sql"] for query in queries if WRITES.match(query["sql"])] == []


def test_no_secret_no_word_and_no_way_from_a_code_to_a_person_is_shown(client, boss):
    build()
    application = Application.objects.select_related("person").filter(submitted_at__isnull=False).first()
    outbox.put(key="test:1", to="canary@example.org", subject="Canarino", text="Canarino", at=clock.now())
    pages = {one.model: client.get(url).content.decode() for one, url in zip(SHOWN, lists(), strict=True)}

    everything = "".join(pages.values())
    assert "canarino" not in everything.lower()
    assert "canary@example.org" not in everything
    assert Question.objects.first().text[:40] not in everything
    assert application.test_code not in everything
    assert application.code not in pages[Application]
    assert application.person.name not in pages[Application]
    assert application.person.password not in everything
    assert {Device, SignInCode, Question} & set(pages) == set()


def test_no_instant_of_a_test_is_shown(client, boss):
    at = clock.now()
    with transaction.atomic():
        acts.record(AttemptStarted(attempt=1, blueprint=1), by=acts.SYSTEM, at=at)
        acts.record(SchoolChanged(), by=acts.SYSTEM, at=at)

    page = client.get("/admin/kernel/act/").content.decode()

    assert "attempt-started" not in page
    assert "school-changed" in page
    of_a_test = [one for one in SHOWN if one.model in {Attempt, AnswerEntry}]
    assert len(of_a_test) == 2
    for one in of_a_test:
        fields = [one.model._meta.get_field(name) for name in one.columns]
        assert [field.name for field in fields if isinstance(field, models.DateTimeField)] == []


def test_columns_are_named_one_by_one_and_hold_no_secret():
    kinds = (models.TextField, models.JSONField, models.BinaryField)
    for one in SHOWN:
        fields = [one.model._meta.get_field(name) for name in one.columns]
        assert [field.name for field in fields if isinstance(field, kinds)] == [], one.model
        assert {"password", "mark", "salt", "test_code", "token"} & set(one.columns) == set(), one.model
