"""A class without a call: people are asked, a seat is kept for each, and who says yes is in it."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from tests.pages import assert_page

from sqcuola.classroom import actions, agenda, guests, merging, queries, rules
from sqcuola.classroom.models import ClassInvitation
from sqcuola.classroom.tests.test_class import NOW, edition, join  # noqa: F401 - a fixture
from sqcuola.editions.models import Edition, Membership, Phase, Role, Seat
from sqcuola.kernel.lists import seen_by
from sqcuola.kernel.models import Act, Outgoing
from sqcuola.kernel.verdicts import Missing, Refused
from sqcuola.notices.models import Notice
from sqcuola.people.models import Person

DAY = timedelta(days=1)
NIVES = guests.Guest("Nives Rinaldi", "nives@example.org")
ORESTE = guests.Guest("Oreste Sala", "oreste@example.org")


@pytest.fixture
def lidia(edition):  # noqa: F811
    Phase.objects.create(edition=edition, kind="class", begins=NOW + 7 * DAY, ends=NOW + 90 * DAY)
    person = Person.objects.create_user("lidia@example.org", "Lidia Marchesi")
    Role.objects.create(edition=edition, person=person, kind="coordinator", begins=NOW - DAY)
    return person


@pytest.fixture
def klass(edition):  # noqa: F811
    return edition


def ask(edition, by, *people, at=NOW):  # noqa: F811
    return actions.invite(edition, people, by=by, at=at)


class TestGuests:
    @pytest.mark.parametrize(
        "line",
        [
            "Nives Rinaldi <nives@example.org>",
            "Nives Rinaldi, Nives@Example.org",
            '"Nives Rinaldi" <nives@example.org>;',
            "nives@example.org\tNives  Rinaldi",
            "Nives Rinaldi (nives@example.org)",
        ],
    )
    def test_a_line_is_read_as_people_paste_it(self, line):
        assert guests.read(line) == ([NIVES], [])

    def test_each_address_is_asked_once_and_empty_lines_say_nothing(self):
        found, wrong = guests.read("Nives Rinaldi nives@example.org\n\n  ,\nN. NIVES@example.org\n")
        assert (found, wrong) == ([NIVES], [])

    @pytest.mark.parametrize(
        "line", ["Nives", "a@b.it c@d.it Due", "Nives nives@", "nives@example.org", "x" * 130 + " n@b.it"]
    )
    def test_what_cannot_be_read_is_said_with_its_line(self, line):
        found, wrong = guests.read(f"Oreste Sala oreste@example.org\n{line}")
        assert found == [ORESTE]
        assert len(wrong) == 1
        assert "2" in wrong[0]


class TestAsking:
    def test_each_gets_a_mail_and_an_entry_on_the_desk(self, klass, lidia):
        ask(klass, lidia, NIVES, ORESTE)
        nives = Person.objects.get(email=NIVES.email)
        assert nives.name == NIVES.name
        assert [entry.url for entry in agenda.for_person(nives, NOW)] == ["/e/terza/class/invitation/"]
        assert set(Outgoing.objects.values_list("to", flat=True)) == {NIVES.email, ORESTE.email}
        assert Act.objects.filter(verb="class-invited").count() == 2

    def test_who_was_asked_or_is_in_the_class_is_not_asked_again(self, klass, lidia):
        join(klass, "Oreste")
        ask(klass, lidia, NIVES)
        assert ask(klass, lidia, NIVES, ORESTE) == []
        assert Notice.objects.count() == 1

    def test_no_more_are_asked_than_there_are_seats_and_then_nobody(self, klass, lidia):
        ask(klass, lidia, NIVES)
        others = [guests.Guest(f"P{n}", f"p{n}@example.org") for n in range(4)]  # 4 seats, one is promised
        with pytest.raises(Refused):
            ask(klass, lidia, *others)
        assert ClassInvitation.objects.count() == 1
        assert not Person.objects.filter(email="p0@example.org").exists()
        assert len(ask(klass, lidia, *others[:3])) == 3
        with pytest.raises(Refused):
            ask(klass, lidia, others[3])

    def test_where_people_apply_nobody_is_invited(self, klass, lidia):
        Phase.objects.create(edition=klass, kind="call", begins=NOW, ends=NOW + DAY)
        with pytest.raises(Refused, match=r"earned|guadagn"):
            ask(klass, lidia, NIVES)

    def test_only_who_coordinates_asks_and_not_once_the_class_is_over(self, klass, lidia):
        with pytest.raises(Missing):
            ask(klass, join(klass, "Oreste"), NIVES)
        with pytest.raises(Refused):
            ask(klass, lidia, NIVES, at=NOW + 90 * DAY)
        assert not ClassInvitation.objects.exists()

    def test_the_database_keeps_one_open_invitation_a_person(self, klass, lidia):
        (first,) = ask(klass, lidia, NIVES)
        with pytest.raises(IntegrityError), transaction.atomic():
            ClassInvitation.objects.create(group=first.group, person=first.person, sent_at=NOW)


class TestAnswering:
    def test_who_says_yes_has_the_lowest_seat_and_is_in_the_class(self, klass, lidia):
        (first, second) = ask(klass, lidia, NIVES, ORESTE)
        assert actions.accept(second, by=second.person, at=NOW + DAY) == 1
        assert actions.accept(first, by=first.person, at=NOW + DAY) == 2
        assert actions.accept(first, by=first.person, at=NOW + DAY) == 2  # a double click
        assert rules.in_class(first.person, klass, NOW + DAY)
        assert Act.objects.filter(verb="class-invitation-accepted").count() == 2

    def test_a_no_frees_the_promise_and_one_may_be_asked_again(self, klass, lidia):
        (first,) = ask(klass, lidia, NIVES)
        assert queries.free_seats(klass, NOW) == 3
        actions.decline(first, by=first.person, at=NOW)
        assert queries.free_seats(klass, NOW) == 4
        with pytest.raises(Refused):
            actions.accept(first, by=first.person, at=NOW)
        assert len(ask(klass, lidia, NIVES, at=NOW + DAY)) == 1
        assert queries.invitations_page(klass, NOW + DAY).declined == []

    def test_nobody_answers_for_another_and_what_was_taken_back_is_over(self, klass, lidia):
        (first,) = ask(klass, lidia, NIVES)
        with pytest.raises(Missing):
            actions.accept(first, by=join(klass, "Oreste"), at=NOW)
        actions.withdraw(first, by=lidia, at=NOW)
        with pytest.raises(Refused):
            actions.accept(first, by=first.person, at=NOW)
        assert not rules.in_class(first.person, klass, NOW)
        with pytest.raises(Refused):
            actions.withdraw(first, by=lidia, at=NOW)

    def test_seats_that_went_meanwhile_are_not_given_twice(self, klass, lidia):
        (first,) = ask(klass, lidia, NIVES)
        for number in range(1, 5):
            Seat.objects.create(edition=klass, number=number, holder=join(klass, f"P{number}"))
        with pytest.raises(Refused):
            actions.accept(first, by=first.person, at=NOW)
        assert ClassInvitation.objects.get().state == "sent"

    def test_called_off_it_asks_nothing_any_more(self, klass, lidia):
        (first,) = ask(klass, lidia, NIVES)
        Edition.objects.filter(pk=klass.pk).update(cancelled_at=NOW)
        first = ClassInvitation.objects.get()
        with pytest.raises(Refused):
            actions.accept(first, by=first.person, at=NOW)
        assert list(agenda.for_person(first.person, NOW)) == []


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_two_who_say_yes_to_the_last_seat_at_once(klass, lidia):
    (first, second) = ask(klass, lidia, NIVES, ORESTE)
    Edition.objects.filter(pk=klass.pk).update(seats_offered=1)
    ended, barrier = [], threading.Barrier(2)

    def say_yes(invitation):
        try:
            barrier.wait(10)
            ended.append(actions.accept(invitation, by=invitation.person, at=NOW))
        except Refused:
            ended.append(None)
        finally:
            connection.close()

    threads = [threading.Thread(target=say_yes, args=(one,)) for one in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(ended, key=str) == [1, None]
    assert Membership.objects.count() == 1


class TestAgenda:
    def test_who_coordinates_is_told_of_seats_until_the_class_begins(self, klass, lidia):
        ask(klass, lidia, NIVES)
        (entry,) = agenda.for_person(lidia, NOW)
        assert entry.what.startswith("3 ")
        assert list(agenda.for_person(lidia, NOW + 7 * DAY)) == []
        Phase.objects.create(edition=klass, kind="call", begins=NOW, ends=NOW + DAY)
        assert list(agenda.for_person(lidia, NOW)) == []

    @pytest.mark.parametrize("how_many", [1, 3])
    def test_it_costs_the_same_for_many_editions(self, klass, lidia, how_many, django_assert_num_queries):
        for number in range(how_many):
            fields = {"slug": f"n{number}", "number": 20 + number, "scope": f"n{number}"}
            other = Edition.objects.create(title="N", seats_offered=2, created_at=NOW, **fields)
            Phase.objects.create(edition=other, kind="class", begins=NOW + DAY, ends=NOW + 9 * DAY)
            Role.objects.create(edition=other, person=lidia, kind="coordinator", begins=NOW - DAY)
            ask(other, lidia, NIVES)
        with django_assert_num_queries(5):
            assert len(list(agenda.for_person(lidia, NOW))) == how_many + 1


class TestLists:
    def test_one_can_write_to_the_class_and_to_who_was_asked(self, klass, lidia):
        ask(klass, lidia, NIVES)
        join(klass, "Oreste")
        lists = {
            one.key: list(one.members(klass, lidia, NOW))
            for one in seen_by(lidia, klass, NOW)
            if one.key in {"class", "invited"}
        }
        assert [person.name for person in lists["invited"]] == ["Nives Rinaldi"]
        assert [person.name for person in lists["class"]] == ["Oreste"]

    def test_where_people_apply_these_lists_do_not_exist(self, klass, lidia):
        Phase.objects.create(edition=klass, kind="call", begins=NOW, ends=NOW + DAY)
        assert not {"class", "invited"} & {one.key for one in seen_by(lidia, klass, NOW)}


def test_two_accounts_become_one_with_their_invitation(klass, lidia):
    (first,) = ask(klass, lidia, NIVES)
    other = Person.objects.create_user("n.rinaldi@example.org", "Nives")
    merging.move(other, first.person, NOW)
    assert ClassInvitation.objects.get().person == other


class TestPages:
    @pytest.fixture(autouse=True)
    def today(self, monkeypatch):
        monkeypatch.setattr("sqcuola.kernel.clock.now", lambda: NOW)

    def test_from_a_pasted_list_to_a_class(self, client, klass, lidia):
        client.force_login(lidia)
        assert_page(client.get("/e/terza/class/invitations/"))
        pasted = "Nives Rinaldi nives@example.org\nOreste Sala <oreste@example.org>"
        answer = client.post("/e/terza/class/invitations/", {"people": pasted}, follow=True)
        page = assert_page(answer)
        assert "Nives Rinaldi" in page
        client.force_login(Person.objects.get(email=NIVES.email))
        assert "Lidia Marchesi" in assert_page(client.get("/e/terza/class/invitation/"))
        page = assert_page(client.post("/e/terza/class/invitation/answer/", {"yes": "1"}, follow=True))
        assert "Nives Rinaldi" in page
        assert_page(client.get("/e/terza/class/invitation/"))

    def test_what_is_wrong_is_said_and_what_was_pasted_stays(self, client, klass, lidia):
        client.force_login(lidia)
        pasted = "Nives Rinaldi nives@example.org\nOreste senza indirizzo"
        page = assert_page(client.post("/e/terza/class/invitations/", {"people": pasted}))
        assert "Oreste senza indirizzo" in page
        assert not ClassInvitation.objects.exists()

    def test_too_many_are_refused_and_what_was_pasted_stays(self, client, klass, lidia):
        client.force_login(lidia)
        pasted = "\n".join(f"P{n} p{n}@example.org" for n in range(5))
        page = assert_page(client.post("/e/terza/class/invitations/", {"people": pasted}))
        assert "p4@example.org" in page
        assert not Person.objects.filter(email="p0@example.org").exists()

    def test_saying_no_and_taking_back(self, client, klass, lidia):
        (first, second) = ask(klass, lidia, NIVES, ORESTE)
        client.force_login(first.person)
        assert_page(client.post("/e/terza/class/invitation/answer/", {"no": "1"}, follow=True))
        client.force_login(lidia)
        url = f"/e/terza/class/invitations/{second.pk}/withdraw/"
        page = assert_page(client.post(url, follow=True))
        assert "Nives Rinaldi" in page  # among who said no
        assert "Oreste Sala" not in page
        client.force_login(second.person)
        assert_page(client.get("/e/terza/class/invitation/"))

    @pytest.mark.parametrize("how_many", [1, 3])
    def test_the_list_costs_the_same_whatever_its_length(
        self, client, klass, lidia, how_many, django_assert_num_queries
    ):
        people = [guests.Guest(f"P{n}", f"p{n}@example.org") for n in range(how_many)]
        ask(klass, lidia, *people)
        with django_assert_num_queries(4):
            queries.invitations_page(klass, NOW)
