"""The bank for who coordinates: bring a file, see what becomes of it, put a test together."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.pages import assert_page

from sqcuola.kernel import clock
from sqcuola.kernel.models import Act
from sqcuola.questions import jobs
from sqcuola.questions.models import Bank, Blueprint, ImportRun, Question
from sqcuola.questions.views import bank as views

from .conftest import NOW

FILE = "Chi? {=io ~tu}\n\nIl sole sorge a est. {T}\n\nchi? {=io ~tu}\n\nSolo parole\n\n$CATEGORY: Storia\n\nTre? {F}\n"


@pytest.fixture
def chief(client, nives, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    nives.is_administrator = True
    nives.save(update_fields=["is_administrator"])
    client.force_login(nives)
    return client


def url(name, *args):
    return reverse(f"questions:{name}", args=args)


def bring(client, content=FILE, name="domande.gift"):
    file = SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)
    return client.post(url("bring"), {"file": file, "bank": "Prima", "language": "it"})


def test_an_empty_bank_says_what_to_do(chief):
    assert url("bring") in assert_page(chief.get(url("bank")))
    assert url("bring") in assert_page(chief.get(url("new_blueprint")))


def test_a_file_is_looked_at_before_anything_is_taken(chief):
    response = bring(chief)
    run = ImportRun.objects.get()
    assert response.url == url("run", run.pk)
    page = assert_page(chief.get(response.url))
    assert "GIFT, UTF-8" in page
    assert "3 domande si possono prendere" in page
    assert "è già nella banca" in page
    assert not Question.objects.exists()
    only = assert_page(chief.get(response.url, {"only": "refused"}))
    assert ("Solo parole" in only, "Il sole sorge" in only) == (True, False)

    chief.post(response.url)
    page = assert_page(chief.get(response.url))
    assert "3 domande sono state prese" in page
    assert Question.objects.count() == 3
    assert Act.objects.get().actor_code
    chief.post(response.url)
    assert Question.objects.count() == 3
    assert_page(chief.get(url("bank")))


def test_what_cannot_be_read_is_said_at_the_field_and_makes_no_bank(chief):
    page = assert_page(bring(chief, b"PK\x03\x04zip"))
    assert "QTI" in page
    assert not Bank.objects.exists()
    assert not ImportRun.objects.exists()


def test_a_large_file_is_left_to_the_worker_and_the_page_shows_how_far_it_is(chief, monkeypatch):
    monkeypatch.setattr(views, "AT_ONCE", 2)
    address = bring(chief).url
    chief.post(address)
    chief.post(address)
    run = ImportRun.objects.get()
    assert (run.began_at, run.ended_at, Question.objects.count()) == (NOW, None, 0)
    assert 'http-equiv="refresh"' in assert_page(chief.get(address))
    jobs.take_questions.function(run.pk)
    assert "3 domande sono state prese" in assert_page(chief.get(address))


def test_a_report_is_paged(chief):
    address = bring(chief, "\n\n".join(f"Domanda {n}? {{T}}" for n in range(120))).url
    assert assert_page(chief.get(address)).count("<tr>") == 51
    chief.post(address)
    assert assert_page(chief.get(address, {"page": 3})).count("<tr>") == 21


def fields(page, **more):
    return {
        "name": "Prova",
        "per_page": "1",
        "policy": "each",
        "shuffle_options": "on",
        **more,
    }


def test_a_test_is_put_together_and_changed_until_somebody_has_it(chief, nives):
    chief.post(bring(chief).url)
    page = assert_page(chief.get(url("new_blueprint")))
    assert page.count('type="number"') == 3  # on a page, two categories
    wrong = assert_page(chief.post(url("new_blueprint"), fields(page)))
    assert "almeno una domanda" in wrong
    assert 'value="Prova"' in wrong
    too_many = assert_page(chief.post(url("new_blueprint"), fields(page, n0="9")))
    assert not Blueprint.objects.exists()
    assert "n0" in too_many

    response = chief.post(url("new_blueprint"), fields(page, n0="1", n1="1"))
    blueprint = Blueprint.objects.get()
    assert response.url == url("blueprint", blueprint.pk)
    assert [(line.category, line.count) for line in blueprint.lines.all()] == [("", 1), ("Storia", 1)]
    assert "Tre?" in assert_page(chief.get(response.url))
    assert Act.objects.filter(verb="blueprint-changed").count() == 1

    seed = blueprint.seed
    chief.post(response.url, fields(page, n1="1", per_page="2"))
    blueprint = Blueprint.objects.get()
    assert (blueprint.per_page, blueprint.size, blueprint.seed) == (2, 1, seed)

    Blueprint.objects.update(fixed_at=NOW + timedelta(seconds=1))
    page = assert_page(chief.get(response.url))
    assert "resta com’è" in page.replace("&#x27;", "'")
    assert chief.post(response.url, fields(page, n0="1")).status_code == 403
    assert Blueprint.objects.get().size == 1
