from datetime import UTC, datetime, timedelta

import pytest
from tests.pages import assert_page

from sqcuola.classroom import queries, rules
from sqcuola.editions.models import Edition, Membership, Role
from sqcuola.people.models import FieldPrivacy, Person, Profile

NOW = datetime(2027, 3, 1, 10, 0, tzinfo=UTC)


@pytest.fixture
def edition(db):
    return Edition.objects.create(
        slug="terza", number=3, title="III", scope="s3", seats_offered=4, published_at=NOW, created_at=NOW
    )


def join(edition, name, at=NOW, **facts):
    person = Person.objects.create_user(f"{name.lower()}@example.org", name, handle=name.lower())
    Profile.objects.update_or_create(person=person, defaults=facts)
    Membership.objects.create(group=queries.room_of(edition, at).group, person=person, begins=at)
    return person


def test_who_prefers_not_to_be_shown_is_only_counted(edition):
    nives, oreste = join(edition, "Nives"), join(edition, "Oreste")
    FieldPrivacy.objects.create(person=oreste, field="name", audience="nobody")

    page = queries.class_page(edition, nives, NOW)

    assert [one.name for one in page.people] == ["Nives"]
    assert (page.how_many, page.unseen, page.open_seats) == (2, 1, 2)


def test_who_left_the_class_neither_sees_nor_is_seen(edition):
    nives, oreste = join(edition, "Nives"), join(edition, "Oreste")
    Membership.objects.filter(person=oreste).update(ends=NOW + timedelta(days=1))
    later = NOW + timedelta(days=1)

    assert rules.may_enter(oreste, edition, NOW)
    assert not rules.may_enter(oreste, edition, later)
    assert queries.class_page(edition, nives, later).how_many == 1


def test_staff_comes_in_and_readers_do_not(edition):
    for kind, allowed in (("coordinator", True), ("teacher", True), ("tutor", True), ("reader", False)):
        person = Person.objects.create_user(f"{kind}@example.org", kind)
        Role.objects.create(edition=edition, person=person, kind=kind, begins=NOW)
        assert bool(rules.may_enter(person, edition, NOW)) is allowed


@pytest.mark.parametrize(("kind", "sees"), [("coordinator", 2), ("tutor", 2), ("reader", 0)])
def test_who_works_with_a_class_sees_its_faces(edition, kind, sees):
    join(edition, "Nives"), join(edition, "Oreste")
    person = Person.objects.create_user(f"{kind}@example.org", kind)
    Role.objects.create(edition=edition, person=person, kind=kind, begins=NOW)

    assert len(queries.class_page(edition, person, NOW).people) == sees


def test_the_page_of_a_class(client, edition, monkeypatch):
    nives = join(edition, "Nives", town="Lecco", sentence="Scrivo sui muri, ma a matita.")
    monkeypatch.setattr("sqcuola.kernel.clock.now", lambda: NOW)
    client.force_login(nives)

    page = assert_page(client.get("/e/terza/class/"))

    assert "Lecco" in page
    assert "Scrivo sui muri" in page


def test_the_class_sees_faces_towns_and_sentences(client, edition, monkeypatch):
    nives = join(edition, "Nives", town="Lecco", sentence="Scrivo sui muri, ma a matita.")
    join(edition, "Oreste", town="Noto")
    monkeypatch.setattr("sqcuola.kernel.clock.now", lambda: NOW)
    client.force_login(nives)

    answer = client.get("/e/terza/class/")

    assert_page(answer)
    page = answer.content.decode()
    assert "Oreste" in page
    assert "Noto" in page
    assert "Scrivo sui muri" in page


@pytest.mark.parametrize("how_many", [1, 3])
def test_a_class_costs_the_same_whatever_its_size(edition, django_assert_num_queries, how_many):
    people = [join(edition, f"P{number}", town="Bra") for number in range(how_many)]

    with django_assert_num_queries(8):
        queries.class_page(edition, people[0], NOW)
