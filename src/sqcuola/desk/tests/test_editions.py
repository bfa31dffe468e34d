"""Who runs the house finds every edition, what it is about, and the way in that is theirs."""

import pytest
from tests.pages import assert_page

from sqcuola.desk.tests.standing import DAY, NOW, administrator, make, role
from sqcuola.editions.models import Edition, Role
from sqcuola.people.models import Person

pytestmark = pytest.mark.usefixtures("school")


@pytest.fixture
def person(db):
    return Person.objects.create_user("p@example.org", "Persona", joined=NOW - 300 * DAY)


def look(client, person, query=""):
    client.force_login(person)
    return assert_page(client.get(f"/desk/editions/{query}"))


def test_an_administrator_finds_every_edition_and_who_can_be_put_in_charge(client, person, editions):
    administrator(person, editions)
    lidia = Person.objects.create_user("lidia@example.org", "Lidia Serra")
    Role.objects.create(person=lidia, edition=editions["open"], kind="coordinator", begins=NOW - DAY)
    editions["past"].published_at = None
    editions["past"].save()

    page = look(client, person)

    assert "4 edizioni in questa scuola" in page
    assert "Bando: mancano 11 giorni" in page
    assert "Lidia Serra" in page
    assert 'href="/e/e3/"' in page
    assert "/e/e3/cockpit/" not in page
    assert "/e/e1/settings/people/" in page
    assert page.count("non ancora pubblica") == 1
    assert 'href="/e/e1/"' not in page
    assert "19 ottobre 2025" in page


def test_who_coordinates_the_house_is_led_to_each_cockpit(client, person, editions):
    role("coordinator")(person, editions)

    page = look(client, person)

    assert all(f"/e/e{number}/cockpit/" in page for number in range(1, 5))
    assert "/settings/people/" not in page
    assert "/desk/editions/" in client.get("/desk/").content.decode()


def test_who_coordinates_one_edition_has_no_list_of_all(client, person, editions):
    role("coordinator", "open")(person, editions)
    client.force_login(person)

    assert client.get("/desk/editions/").status_code == 404
    assert "/desk/editions/" not in client.get("/desk/").content.decode()


def test_without_an_edition_the_page_leads_to_the_first(client, person):
    administrator(person, {})

    page = look(client, person)

    assert "Questa scuola non ha ancora edizioni" in page
    assert "/editions/new/" in page


def test_without_an_edition_the_desk_of_who_runs_the_house_says_to_begin_one(client, person):
    administrator(person, {})
    client.force_login(person)

    page = client.get("/desk/").content.decode()

    assert "La scuola è aperta, e non ha ancora edizioni" in page
    assert 'href="/editions/new/"' in page
    assert "niente da fare" not in page


def test_with_an_edition_or_without_the_house_nobody_is_told_to_begin_one(client, person):
    client.force_login(person)
    assert "/editions/new/" not in client.get("/desk/").content.decode()

    administrator(person, {})
    make(1, NOW - 9 * DAY)
    assert "non ha ancora edizioni" not in client.get("/desk/").content.decode()


@pytest.mark.parametrize("how_many", [1, 25])
def test_it_costs_the_same_however_many_there_are(client, person, how_many, django_assert_num_queries):
    administrator(person, {})
    for number in range(1, how_many + 1):
        make(number, NOW - 9 * DAY)
    look(client, person)

    with django_assert_num_queries(7):
        page = client.get("/desk/editions/").content.decode()

    assert ("page=2" in page) is (how_many > 20)
    assert Edition.objects.count() == how_many
