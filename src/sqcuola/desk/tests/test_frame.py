"""From every page one finds the editions one belongs to, and on their pages one reads where one is."""

import pytest
from django.core.cache import cache
from django.test import Client

from sqcuola.desk.tests.standing import DAY, NOW, administrator, asked, in_class, make, role
from sqcuola.people.models import Person

pytestmark = pytest.mark.usefixtures("school")


@pytest.fixture
def person(db):
    return Person.objects.create_user("p@example.org", "Persona", joined=NOW - 300 * DAY)


@pytest.fixture
def there(client, person, editions):
    """Return (label, url) of the places somebody is offered on a page, and the one they are in."""

    def look(path, *are):
        for be in are:
            be(person, editions)
        cache.clear()
        client.force_login(person)
        found = client.get(path).context["frame"]
        here = found.here
        return [(str(place.label), place.url) for place in found.places], here and str(here.label)

    return look


DESK, NOTICES = ("Scrivania", "/desk/"), ("Avvisi", "/notices/")


@pytest.mark.parametrize(
    ("are", "offered"),
    [
        ([], []),
        ([asked], []),
        ([role("coordinator", "open")], [("Classe 3", "/e/e3/cockpit/")]),
        ([in_class("running")], [("Classe 2", "/e/e2/class/")]),
        ([role("teacher", "past")], [("Classe 1", "/e/e1/class/")]),
        ([role("papers", "open")], [("Classe 3", "/e/e3/helps/")]),
        ([role("papers", "open"), role("tutor", "open")], [("Classe 3", "/e/e3/class/")]),
        ([role("reader", "open")], [("Classe 3", "/e/e3/")]),
        (
            [in_class("running"), role("teacher", "past"), role("coordinator", "open")],
            [("Classe 3", "/e/e3/cockpit/"), ("Classe 2", "/e/e2/class/")],
        ),
        ([role("coordinator")], [("Classe 4", "/e/e4/cockpit/"), ("Classe 3", "/e/e3/cockpit/")]),
        (
            [administrator, role("teacher", "past")],
            [("Classe 1", "/e/e1/class/"), ("Edizioni", "/desk/editions/")],
        ),
    ],
)
def test_what_one_belongs_to_is_offered_everywhere_the_newest_first(there, are, offered):
    assert there("/me/", *are) == ([DESK, *offered, NOTICES], None)


def test_all_pages_of_an_edition_say_that_one_is_in_it(there):
    assert there("/e/e3/settings/", role("coordinator", "open"))[1] == "Classe 3"
    assert there("/e/e3/cockpit/acts/")[1] == "Classe 3"
    assert there("/desk/")[1] == "Scrivania"


def test_what_goes_on_stands_before_what_is_over_or_not_public_yet(there, editions):
    editions["open"].published_at = None
    editions["open"].save()
    editions["past"].number = 99
    editions["past"].save()
    offered = [label for label, _url in there("/me/", role("coordinator"))[0]]
    assert offered == ["Scrivania", "Classe 4", "Classe 2", "Avvisi"]


def test_the_one_that_one_is_in_is_always_there(there):
    offered, here = there("/e/e1/settings/", role("coordinator"))
    assert [label for label, _url in offered] == ["Scrivania", "Classe 4", "Classe 1", "Avvisi"]
    assert here == "Classe 1"


def test_one_that_was_called_off_or_has_a_long_name(there, editions):
    editions["open"].title = "Il linguaggio delle imprese che ascoltano"
    editions["open"].save()
    assert there("/me/", role("coordinator", "open"))[0][1][0] == "Il linguaggio delle imp…"
    editions["open"].cancelled_at = NOW
    editions["open"].save()
    assert there("/me/") == ([DESK, NOTICES], None)


def test_they_are_read_once_a_minute(client, person, editions):
    role("coordinator", "open")(person, editions)
    client.force_login(person)
    client.get("/me/")
    make(5, NOW - DAY)
    role("coordinator")(person, editions)
    assert len(client.get("/me/").context["frame"].places) == 3


def test_a_visitor_is_offered_none(editions):
    assert Client().get("/enter/").context["frame"].places == []
