"""What was done, in words: on the cockpit, and on a page of its own."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from tests.pages import assert_page

from sqcuola.admissions import actions, models
from sqcuola.admissions.acts import ApplicationStarted, OfferMade
from sqcuola.editions.acts import CallExtended
from sqcuola.editions.models import Edition, Phase, Role, School
from sqcuola.kernel import acts
from sqcuola.people.models import Person
from sqcuola.questions.models import Blueprint

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
DAY = timedelta(days=1)
CALL = {"begins": NOW - 9 * DAY, "ends": NOW + 7 * DAY}


@pytest.fixture(autouse=True)
def clock_stands(monkeypatch):
    monkeypatch.setattr("sqcuola.kernel.clock.now", lambda: NOW)


@pytest.fixture
def edition(db):
    edition = Edition.objects.create(
        slug="terza", number=3, title="Classe III", scope="s3", published_at=NOW - 9 * DAY, created_at=NOW
    )
    Phase.objects.create(edition=edition, kind="call", **CALL)
    return edition


@pytest.fixture
def lidia(edition, client):
    lidia = Person.objects.create_user("lidia@example.org", "Lidia")
    Role.objects.create(edition=edition, person=lidia, kind="coordinator", begins=NOW - 9 * DAY)
    client.force_login(lidia)
    return lidia


@pytest.fixture
def nives(db):
    return Person.objects.create_user("nives@example.org", "Nives Rota")


def record(payload, *, at=NOW, scope="s3", **how):
    with transaction.atomic():
        return acts.record(payload, **{"by": acts.SYSTEM, "at": at, "scope": scope, **how})


def test_the_cockpit_says_the_latest_acts_and_the_end_of_the_chain(client, edition, lidia, nives):
    actions.begin(edition, by=nives, at=NOW - timedelta(minutes=5))
    record(CallExtended(edition.pk, CALL["ends"], CALL["ends"] + DAY), by=lidia, at=NOW - 30 * DAY)
    head = acts.proof(NOW)

    page = assert_page(client.get("/e/terza/cockpit/"))

    assert "Nives Rota ha iniziato una candidatura" in page
    assert "10:55" in page  # in Rome
    assert "24 ott, 12:00" in page
    assert head.short in page


def test_the_cockpit_costs_the_same_with_many_acts(
    client, memory, edition, lidia, nives, django_assert_num_queries
):
    School.objects.create(name="SQcuola", founded_at=NOW)
    blueprint = Blueprint.objects.create(name="Prova", seed="s", created_at=NOW)
    models.Test.objects.create(edition=edition, blueprint=blueprint, begins=NOW - DAY, ends=NOW)
    for number in range(3):
        record(ApplicationStarted(edition.pk), by=nives)
        record(OfferMade(edition.pk, number, number, NOW), subject=nives)
        record(CallExtended(edition.pk, NOW, NOW + DAY), by=lidia)
    client.get("/e/terza/cockpit/")

    with django_assert_num_queries(10):
        page = client.get("/e/terza/cockpit/").content.decode()
    assert page.count("Nives Rota") == 3


def test_acts_are_narrowed_to_a_topic_and_paged(client, edition, lidia, nives):
    for minute in range(35):
        record(ApplicationStarted(edition.pk), by=nives, at=NOW - timedelta(minutes=minute))
    record(OfferMade(edition.pk, 1, 7, NOW), subject=nives)

    first = assert_page(client.get("/e/terza/cockpit/acts/"))
    second = client.get("/e/terza/cockpit/acts/?page=2").content.decode()
    seats = client.get("/e/terza/cockpit/acts/?about=seats").content.decode()
    nonsense = client.get("/e/terza/cockpit/acts/?about=nonsense&page=nonsense").content.decode()

    assert "36 atti compiuti" in first
    assert first.count("ha iniziato una candidatura") == 29
    assert second.count("ha iniziato una candidatura") == 6
    assert "posto 7" in seats
    assert "ha iniziato una candidatura" not in seats
    assert "36 atti compiuti" in nonsense


def test_acts_that_are_not_for_who_coordinates_stand_nowhere(client, edition, lidia, nives):
    record(OfferMade(edition.pk, 1, 7, NOW), subject=nives, audience="treasury")
    record(OfferMade(edition.pk, 1, 8, NOW), subject=nives, scope="another")

    assert "Ancora nessun atto" in assert_page(client.get("/e/terza/cockpit/acts/"))
    assert "posto" not in client.get("/e/terza/cockpit/").content.decode().split("Ultimi atti")[-1][:200]


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_page_of_acts_costs_the_same_for_one_and_three(
    client, edition, lidia, nives, how_many, django_assert_num_queries
):
    School.objects.create(name="SQcuola", founded_at=NOW)
    for _number in range(how_many):
        record(ApplicationStarted(edition.pk), by=nives)
    client.get("/e/terza/cockpit/acts/")

    with django_assert_num_queries(12):
        client.get("/e/terza/cockpit/acts/")


def test_an_empty_page_of_acts_says_what_will_stand_there(client, edition, lidia):
    page = assert_page(client.get("/e/terza/cockpit/acts/"))

    assert "Ancora nessun atto" in page
    assert "Ultimi atti" not in client.get("/e/terza/cockpit/").content.decode()
