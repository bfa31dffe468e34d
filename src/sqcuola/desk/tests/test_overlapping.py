"""Editions overlap: somebody in the class of one applies to the next, and what happens in one is nothing in the other."""

import pytest
from tests.pages import assert_page

from sqcuola.admissions import actions, rules
from sqcuola.admissions.queries.cockpit import progress
from sqcuola.desk.tests.standing import DAY, NOW, applied, in_class, role
from sqcuola.editions import queries
from sqcuola.editions.actions import cancel
from sqcuola.kernel import lists
from sqcuola.people.models import Person


@pytest.fixture
def irene(school, editions):
    irene = Person.objects.create_user("irene@example.org", "Irene", joined=NOW - 300 * DAY)
    in_class("running")(irene, editions)
    return irene


@pytest.fixture
def lidia(school, editions):
    lidia = Person.objects.create_user("lidia@example.org", "Lidia", joined=NOW - 300 * DAY)
    role("coordinator", "running", "open")(lidia, editions)
    return lidia


def test_a_class_at_work_and_a_call_at_once(client, editions, irene):
    now, following = editions["running"], editions["open"]
    assert queries.is_open(now, "class", NOW)
    assert queries.is_open(following, "call", NOW)
    assert rules.may_apply(irene, following, NOW)
    assert not rules.may_apply(irene, now, NOW)

    actions.begin(following, by=irene, at=NOW)

    client.force_login(irene)
    assert "/e/e3/apply/" in assert_page(client.get("/desk/"))
    assert client.get("/e/e2/class/").status_code == 200
    assert client.get("/e/e3/class/").status_code == 404


def test_what_happens_in_one_is_nothing_in_the_other(editions, irene, lidia):
    applied("open")(irene, editions)

    assert [progress(editions[name], NOW).begun for name in ("running", "open")] == [0, 1]
    for name, there in (("running", []), ("open", ["Irene"])):
        unfinished = lists.named("unfinished").members(editions[name], lidia, NOW)
        assert [person.name for person in unfinished] == there


def test_one_is_called_off_and_the_other_goes_on(editions, irene, lidia):
    cancel(editions["open"], reason="Nessuna sala.", by=lidia, at=NOW)

    editions["open"].refresh_from_db()
    assert not queries.is_open(editions["open"], "call", NOW)
    assert queries.is_open(editions["running"], "class", NOW)
