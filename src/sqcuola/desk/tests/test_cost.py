"""What the desk costs each kind of person, with all that may stand on it: a literal number of queries, as a school serves it."""

from datetime import UTC, datetime, timedelta

import pytest

from sqcuola.admissions import models
from sqcuola.classroom.models import ClassInvitation
from sqcuola.editions.models import Clarification, Edition, Group, Invitation, Membership, Phase, Role, School
from sqcuola.kernel import ids
from sqcuola.notices.models import Notice
from sqcuola.people.models import Person
from sqcuola.questions.models import Blueprint

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def school(monkeypatch, settings, db):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "the cost"}
    }
    monkeypatch.setattr("sqcuola.kernel.clock.now", lambda: NOW)
    School.objects.create(name="SQcuola", founded_at=NOW)


def make(number, begins):
    edition = Edition.objects.create(
        slug=f"e{number}", number=number, title=f"Classe {number}", scope=f"s{number}",
        published_at=NOW - 9 * DAY, created_at=begins, seats_offered=30,
    )  # fmt: skip
    for kind, first, last in (("call", 0, 20), ("assessment", 25, 26), ("class", 40, 200)):
        dates = {"begins": begins + first * DAY, "ends": begins + last * DAY}
        Phase.objects.create(edition=edition, kind=kind, **dates)
    blueprint = Blueprint.objects.create(name=f"Prova {number}", seed="s", created_at=begins)
    models.Test.objects.create(
        edition=edition, blueprint=blueprint, begins=begins + 25 * DAY, ends=begins + 26 * DAY
    )
    return edition


@pytest.fixture
def editions():
    """Give one edition of last year, one whose class is at work, one whose call is open; and one without a call to come."""
    found = {
        "past": make(1, NOW - 400 * DAY),
        "running": make(2, NOW - 100 * DAY),
        "open": make(3, NOW - 9 * DAY),
        "invited": make(4, NOW - 9 * DAY),
    }
    found["invited"].phases.filter(kind="call").delete()
    return found


def role(kind, *where):
    def give(person, editions):
        for edition in where or (None,):
            at = editions[edition] if edition else None
            Role.objects.create(person=person, edition=at, kind=kind, begins=NOW - 300 * DAY)

    return give


def administrator(person, _editions):
    person.is_administrator = True
    person.save(update_fields=["is_administrator"])


def applied(where, **facts):
    def apply(person, editions):
        models.Application.objects.create(
            edition=editions[where], person=person, code=ids.code(6), test_code=ids.code(10),
            started_at=NOW - 9 * DAY, **facts,
        )  # fmt: skip

    return apply


HANDED_IN = {"submitted_at": NOW - 8 * DAY, "digest": "1" * 64}


def in_class(where):
    def enter(person, editions):
        group = Group.objects.create(edition=editions[where], kind="class", name="La classe")
        Membership.objects.create(group=group, person=person, begins=NOW - 300 * DAY)

    return enter


def asked(person, editions):
    group = Group.objects.create(edition=editions["invited"], kind="class", name="La classe")
    ClassInvitation.objects.create(group=group, person=person, state="sent", sent_at=NOW)
    Invitation.objects.create(
        edition=editions["open"], person=person, kind="teacher", code=ids.code(10), sent_at=NOW
    )


KINDS = {
    "somebody new": ([], 9),
    "asked into a class and into a role": ([asked], 9),
    "has begun an application": ([applied("open")], 8),
    "has applied": ([applied("open", **HANDED_IN)], 10),
    "was not admitted": ([applied("past", **HANDED_IN)], 11),
    "was in a class": ([applied("past", **HANDED_IN), in_class("past")], 11),
    "is in a class": ([applied("running", **HANDED_IN), in_class("running")], 11),
    "teaches": ([role("teacher", "past", "running")], 9),
    "keeps papers": ([role("papers", "past", "running", "open")], 10),
    "coordinates one": ([role("coordinator", "open")], 10),
    "coordinates the school": ([role("coordinator")], 10),
    "runs the installation": ([administrator], 10),
    "runs all there is": ([administrator, role("coordinator")], 11),
}


@pytest.mark.parametrize(("are", "cost"), KINDS.values(), ids=KINDS)
@pytest.mark.parametrize("told", [1, 9])
def test_the_desk_costs_at_most_twelve_queries(client, editions, are, cost, told, django_assert_num_queries):
    person = Person.objects.create_user("p@example.org", "Persona", joined=NOW - 300 * DAY)
    for be in are:
        be(person, editions)
    for number in range(told):
        Notice.objects.create(
            person=person, edition=editions["open"], key=f"k{number}", kind="admissions.receipt",
            data={"code": "K7M2QX", "digest": "1" * 64, "head": "1" * 64}, url="/e/e3/", made_at=NOW,
        )  # fmt: skip
        Clarification.objects.create(edition=editions["open"], question="Si paga?", asked_at=NOW)
    client.force_login(person)
    assert "Classe 3" in client.get("/desk/").content.decode()
    assert cost <= 12

    with django_assert_num_queries(cost):
        client.get("/desk/")
