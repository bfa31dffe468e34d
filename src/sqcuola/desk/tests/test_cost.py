"""What the desk costs each kind of person, with all that may stand on it: a literal number of queries, as a school serves it."""

import pytest

from sqcuola.desk.tests.standing import DAY, HANDED_IN, NOW, administrator, applied, asked, in_class, role
from sqcuola.editions.models import Clarification
from sqcuola.notices.models import Notice
from sqcuola.people.models import Person

pytestmark = pytest.mark.usefixtures("school")

KINDS = {
    "somebody new": ([], 8),
    "asked into a class and into a role": ([asked], 8),
    "has begun an application": ([applied("open")], 8),
    "has applied": ([applied("open", **HANDED_IN)], 9),
    "was not admitted": ([applied("past", **HANDED_IN)], 10),
    "was in a class": ([applied("past", **HANDED_IN), in_class("past")], 11),
    "is in a class": ([applied("running", **HANDED_IN), in_class("running")], 11),
    "teaches": ([role("teacher", "past", "running")], 9),
    "keeps papers": ([role("papers", "past", "running", "open")], 11),
    "coordinates one": ([role("coordinator", "open")], 9),
    "coordinates the school": ([role("coordinator")], 11),
    "runs the installation": ([administrator], 11),
    "runs all there is": ([administrator, role("coordinator")], 12),
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
