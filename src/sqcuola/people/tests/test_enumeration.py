"""No answer tells whether an address is known: not by what it says, and not by the work it takes."""

import re

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sqcuola.people.models import Person
from sqcuola.people.tests.conftest import come_in, empty_outbox, outbox

pytestmark = pytest.mark.django_db
PASSWORD = "una frase che so a memoria"
UNKNOWN = "nobody@example.org"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
LITERAL = re.compile(r"""'(?:[^']|'')*'|"s\d+_x\d+"|\b\d+(?:\.\d+)?\b""")


class Counted(Argon2PasswordHasher):
    """The house's hasher, and how often it hashed."""

    hashed = 0

    def encode(self, *args, **kwargs):
        Counted.hashed += 1
        return super().encode(*args, **kwargs)

    def verify(self, *args, **kwargs):
        Counted.hashed += 1
        return super().verify(*args, **kwargs)


@pytest.fixture(autouse=True)
def counted(settings):
    settings.PASSWORD_HASHERS = [f"{__name__}.Counted"]


@pytest.fixture
def addresses(nives, tancredi):
    """One address with a password, one without, one that was erased, and one that nobody has."""
    nives.set_password(PASSWORD)
    nives.save(update_fields=["password"])
    closed = Person.objects.create_user("closed@example.org", "Closed", is_active=False)
    return [nives.email, tancredi.email, closed.email, UNKNOWN]


def a_visitor(_person):
    return Client()


def who_is_in(person):
    client = Client()
    come_in(client, person.email)
    return client


def ask_for_a_code(client, email):
    return client.post("/enter/", {"email": email})


def ask_for_another(client, email):
    ask_for_a_code(client, email)
    return client.post("/enter/another/")


def type_a_wrong_code(client, email):
    ask_for_a_code(client, email)
    return client.post("/enter/code/", {"code": "wrong"})


def type_a_wrong_password(client, email):
    return client.post("/enter/password/", {"email": email, "password": "not this one, never"})


def write_to_another_address(client, email):
    return client.post("/me/address/", {"email": email})


def join_another_account(client, email):
    return client.post("/me/join/", {"email": email})


def type_a_wrong_code_to_join(client, email):
    join_another_account(client, email)
    return client.post("/me/join/code/", {"code": "wrong"})


DOORS = [
    (a_visitor, ask_for_a_code),
    (a_visitor, ask_for_another),
    (a_visitor, type_a_wrong_code),
    (a_visitor, type_a_wrong_password),
    (who_is_in, write_to_another_address),
    (who_is_in, join_another_account),
    (who_is_in, type_a_wrong_code_to_join),
]


def seen_and_done(door, client, email):
    """Return all that an answer shows, and all the work it took: queries, hashes, letters."""
    empty_outbox()
    Counted.hashed = 0
    with CaptureQueriesContext(connections["default"]) as asked:
        answer = door(client, email)
    body = TOKEN.sub("", answer.content.decode()).replace(email, "ADDRESS")
    return {
        "status": answer.status_code,
        "to": answer.headers.get("Location"),
        "headers": sorted(answer.headers),
        "cookies": sorted(answer.cookies),
        "body": body,
        "queries": [LITERAL.sub("?", query["sql"]) for query in asked],
        "hashes": Counted.hashed,
        "letters": len(outbox()),
    }


@pytest.mark.parametrize(("who", "door"), DOORS, ids=[door.__name__ for _who, door in DOORS])
def test_known_and_unknown_get_one_answer_for_one_amount_of_work(who, door, addresses, db):
    asker = Person.objects.create_user("pia@example.org", "Pia")
    door(who(asker), "warm.up@example.org")  # what is loaded once in a process

    answers = [seen_and_done(door, who(asker), email) for email in addresses]

    for email, answer in zip(addresses, answers, strict=True):
        assert answer == answers[-1], email


def test_a_wrong_password_is_hashed_once_for_everybody(addresses):
    hashed = [seen_and_done(type_a_wrong_password, Client(), email)["hashes"] for email in addresses]

    assert hashed == [1, 1, 1, 1]


def test_a_door_that_looks_first_is_found(addresses):
    """The comparison can fail: a door that asks once more about the known shows another list of queries."""

    def looks_first(client, email):
        person = Person.objects.filter(email=email, is_active=True).first()
        if person:
            person.devices.count()
        return ask_for_a_code(client, email)

    known, unknown = (seen_and_done(looks_first, Client(), email) for email in (addresses[0], UNKNOWN))

    assert {name for name in known if known[name] != unknown[name]} == {"queries"}


def test_who_has_proved_an_address_alone_learns_whether_it_has_an_account(nives):
    known, unknown = Client(), Client()

    assert come_in(known, nives.email).url == "/desk/"
    assert come_in(unknown, UNKNOWN).url == "/enter/name/"
