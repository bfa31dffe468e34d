"""What a coordinator sees and does on the pages of settings."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.pages import assert_page

from sqcuola.editions import actions, agenda, queries
from sqcuola.editions.models import Change, Clarification, Edition, Figure, Invitation, Phase, Role, Voice
from sqcuola.editions.tests.conftest import CLOSES, CREATED, NOW, make_person
from sqcuola.kernel import clock, privacy
from sqcuola.kernel.models import Outgoing
from sqcuola.kernel.verdicts import Refused
from sqcuola.people import merging
from sqcuola.people.models import Person

BASE = "/e/terza/settings/"
REASON = "Ieri il sito era lento."


@pytest.fixture(autouse=True)
def on_the_day():
    clock.shift(NOW - clock.now())
    yield
    clock.shift(timedelta())


@pytest.fixture
def coordinator(client, lidia):
    client.force_login(lidia)
    return client


def say(instant):
    return f"{timezone.localtime(instant):%Y-%m-%dT%H:%M}"


@pytest.mark.parametrize(
    "path",
    [
        "",
        "words/",
        "seats/",
        "people/",
        "voices/",
        "questions/",
        "extend/",
        "postpone/",
        "cancel/",
        "phases/call/",
        "phases/assessment/leave-out/",
    ],
)
def test_every_page_of_settings_is_a_whole_page(coordinator, edition, path):
    assert_page(coordinator.get(f"{BASE}{path}"))


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_overview_costs_the_same_whatever_its_length(
    coordinator, edition, lidia, django_assert_num_queries, how_many
):
    for number in range(how_many):
        person = make_person(f"Docente{number}")
        actions.give_role(edition, person, Role.Kind.TEACHER, by=lidia, at=NOW)
        Clarification.objects.create(edition=edition, question=str(number), asked_at=NOW)
    coordinator.get(BASE)
    with django_assert_num_queries(COST["overview"]):
        coordinator.get(BASE)
    with django_assert_num_queries(COST["people"]):
        coordinator.get(f"{BASE}people/")


# With nothing remembered: a school keeps the places of the top bar, two of these, for a minute.
COST = {"overview": 14, "people": 11}


def test_a_deadline_is_typed_as_the_last_minute_that_counts(coordinator, edition):
    html = coordinator.get(f"{BASE}extend/").content.decode()
    assert 'value="2026-11-30T23:59"' in html
    coordinator.post(f"{BASE}extend/", {"ends": "2026-12-02T23:59", "reason": REASON})
    assert queries.phase(Edition.objects.get(), "call").ends == CLOSES + timedelta(days=2)
    assert Change.objects.get().reason == REASON


def test_what_is_refused_is_said_at_the_form_and_nothing_is_half_saved(coordinator, edition):
    answer = coordinator.post(f"{BASE}extend/", {"ends": "2026-11-25T23:59", "reason": REASON})
    html = assert_page(answer)
    assert "La nuova scadenza deve venire dopo" in html
    assert REASON in html
    answer = coordinator.post(f"{BASE}seats/", {"seats": "0", "reason": ""})
    assert_page(answer)
    assert Edition.objects.get().seats_offered == 2
    assert not Change.objects.exists()


def test_a_phase_is_moved_left_out_and_taken_in_again(coordinator, edition):
    begins = NOW + timedelta(days=20)
    dates = {"begins": say(begins), "ends": say(begins + timedelta(hours=2)), "reason": REASON}
    coordinator.post(f"{BASE}phases/assessment/", dates)
    assert queries.phase(Edition.objects.get(), "assessment").begins == begins
    coordinator.post(f"{BASE}phases/assessment/leave-out/", {"reason": REASON})
    assert queries.phase(Edition.objects.get(), "assessment") is None
    assert "assessment/add" in coordinator.get(BASE).content.decode()
    assert_page(coordinator.get(f"{BASE}phases/assessment/add/"))
    coordinator.post(f"{BASE}phases/assessment/add/", dates)
    assert queries.phase(Edition.objects.get(), "assessment").begins == begins
    assert coordinator.get(f"{BASE}phases/assessment/add/").status_code == 404
    assert coordinator.get(f"{BASE}phases/awards/add/").status_code == 404, "no room for it yet"


def test_called_off_it_is_shown_and_closed(coordinator, edition):
    coordinator.post(f"{BASE}cancel/", {"reason": REASON})
    assert "annullata" in assert_page(coordinator.get(BASE))
    assert coordinator.get(f"{BASE}words/").status_code == 403


def test_voices_and_figures_come_and_go(coordinator, edition):
    coordinator.post(f"{BASE}voices/", {"words": "Mi hanno insegnato a chiedere.", "who": "Irene"})
    coordinator.post(f"{BASE}voices/", {"number": "360", "words_it": "candidature", "words_en": ""})
    html = assert_page(coordinator.get(f"{BASE}voices/"))
    assert "Irene" in html
    assert "360" in html
    coordinator.post(f"{BASE}voices/voice/{Voice.objects.get().pk}/drop/")
    assert not Voice.objects.exists()
    assert "error" in assert_page(coordinator.post(f"{BASE}voices/", {"words": "", "who": "Irene"}))


def test_a_question_is_answered_in_public_and_the_address_forgotten(coordinator, edition):
    asked = actions.ask(edition, "Sono Ugo, serve la laurea?", email="ugo@example.org", at=NOW)
    assert "Sono Ugo" in assert_page(coordinator.get(f"{BASE}questions/"))
    assert_page(coordinator.get(f"{BASE}questions/{asked.pk}/"))
    said = {"question": "Serve la laurea?", "answer": "No."}
    coordinator.post(f"{BASE}questions/{asked.pk}/", said)
    asked.refresh_from_db()
    assert (asked.question, asked.answer, asked.email) == ("Serve la laurea?", "No.", "")
    letter = Outgoing.objects.get()
    assert letter.to == "ugo@example.org"
    assert "/e/terza/questions/" in letter.text
    other = actions.ask(edition, "Compra qui", email="x@example.org", at=NOW)
    coordinator.post(f"{BASE}questions/{other.pk}/", {"aside": "1"})
    other.refresh_from_db()
    assert (other.answered_at, other.email) == (None, "")
    assert "Nessuna domanda" in assert_page(coordinator.get(f"{BASE}questions/"))


class TestInvitations:
    ASK = {"email": "ada@example.org", "name": "Ada Benassi", "kind": "teacher", "about": "misurare"}

    def sent(self, coordinator):
        coordinator.post(f"{BASE}people/", self.ASK)
        return Invitation.objects.get()

    def test_who_is_asked_reads_it_by_a_link_that_does_nothing_until_its_button(
        self, client, coordinator, edition
    ):
        invitation = self.sent(coordinator)
        letter = Outgoing.objects.get()
        assert (letter.to, letter.language) == ("ada@example.org", "it")
        address = next(line for line in letter.text.splitlines() if "/l/" in line)
        path = address[address.index("/l/") :]
        client.logout()
        client.get(path)
        assert not Role.objects.filter(kind="teacher").exists()
        entered = client.post(path, follow=True)
        assert "misurare" in assert_page(entered)
        client.post(f"/invitations/{invitation.code}/answer/", {"yes": "1"})
        role = Role.objects.get(kind="teacher")
        assert (role.person.name, role.about) == ("Ada Benassi", "misurare")
        assert_page(client.get(f"/invitations/{invitation.code}/"))
        assert client.get(BASE).status_code == 404, "the link opens one thing"

    def test_answered_once_and_no_more(self, client, coordinator, edition):
        invitation = self.sent(coordinator)
        client.force_login(invitation.person)
        client.post(f"/invitations/{invitation.code}/answer/", {"no": "1"})
        assert client.post(f"/invitations/{invitation.code}/answer/", {"yes": "1"}).status_code == 403
        assert "Hai detto di no" in assert_page(client.get(f"/invitations/{invitation.code}/"))
        assert not Role.objects.filter(kind="teacher").exists()

    def test_taken_back_it_no_longer_stands(self, client, coordinator, edition):
        invitation = self.sent(coordinator)
        assert "Ada Benassi" in assert_page(coordinator.get(f"{BASE}people/"))
        coordinator.post(f"{BASE}invitations/{invitation.pk}/withdraw/")
        client.force_login(invitation.person)
        assert "non vale" in assert_page(client.get(f"/invitations/{invitation.code}/"))
        assert client.post(f"/invitations/{invitation.code}/answer/", {"yes": "1"}).status_code == 403

    def test_a_role_changes_hands_when_the_other_says_yes_and_not_before(
        self, client, coordinator, edition, lidia
    ):
        own = edition.roles.get(kind="coordinator")
        assert_page(coordinator.get(f"{BASE}people/{own.pk}/hand-over/"))
        coordinator.post(f"{BASE}people/{own.pk}/hand-over/", {"email": "ada@example.org", "name": "Ada"})
        assert [role.person for role in queries.people_of(edition, NOW, "coordinator")] == [lidia]
        invitation = Invitation.objects.get()
        client.force_login(invitation.person)
        client.post(f"/invitations/{invitation.code}/answer/", {"yes": "1"})
        held = queries.people_of(edition, clock.now() + timedelta(seconds=1), "coordinator")
        assert [role.person for role in held] == [invitation.person]

    def test_who_is_barred_cannot_be_asked_to_judge(self, coordinator, edition, oreste):
        Phase.objects.create(edition=edition, kind="awards", begins=CLOSES, ends=CLOSES + timedelta(days=1))
        actions.bar(edition, oreste, at=CREATED)
        ask = {"email": oreste.email, "name": "Oreste", "kind": "juror", "about": ""}
        assert "non può giudicare" in assert_page(coordinator.post(f"{BASE}people/", ask))
        assert not Invitation.objects.exists()

    def test_nobody_is_asked_to_do_what_is_left_out(self, coordinator, edition):
        html = coordinator.get(f"{BASE}people/").content.decode()
        assert 'value="teacher"' in html
        assert 'value="juror"' not in html
        assert 'value="treasurer"' not in html


class TestAgenda:
    def keys(self, person):
        asks = Person.objects.get(pk=person.pk)  # as a request has them: nothing is remembered
        return [entry.key.partition(":")[0] for entry in agenda.for_person(asks, NOW)]

    def test_who_coordinates_reads_what_waits(self, draft, lidia, oreste):
        assert self.keys(lidia) == ["editions.publish"]
        actions.publish(Edition.objects.get(), by=lidia, at=NOW)
        assert self.keys(lidia) == ["editions.call"]
        actions.ask(draft, "Serve la laurea?", at=NOW)
        assert self.keys(lidia) == ["editions.questions", "editions.call"]
        assert self.keys(oreste) == []

    @pytest.mark.parametrize("how_many", [1, 3])
    def test_it_costs_the_same_for_many_editions(self, lidia, django_assert_num_queries, how_many):
        for number in range(how_many):
            dates = {Phase.Kind.CALL: (NOW, CLOSES)}
            actions.create_edition(
                number=number, title=f"N{number}", slug=f"n{number}", phases=dates, by=lidia, at=NOW
            )
        with django_assert_num_queries(4):
            assert len(agenda.for_person(lidia, NOW)) == how_many


class TestOnePerson:
    def test_an_erased_person_leaves_the_edition_as_it_was(self, edition, lidia, oreste):
        queries.class_of(edition).memberships.create(person=oreste, begins=NOW)
        edition.seats.create(number=1, holder=oreste)
        actions.give_role(edition, oreste, "teacher", by=lidia, at=NOW)
        actions.extend_call(edition, ends=CLOSES + timedelta(days=1), reason=REASON, by=lidia, at=NOW)
        actions.ask(edition, "Serve la laurea?", email=oreste.email, at=NOW)
        kept = privacy.export(oreste)["editions"]
        assert {"membership", "seat", "role", "clarification"} <= set(kept)
        privacy.erase(oreste, NOW)
        assert edition.seats.get().holder is None
        assert not edition.roles.filter(person_id=oreste.pk).exists()
        assert Clarification.objects.get().email == ""
        assert Change.objects.get().by == lidia

    def test_two_accounts_become_one_with_all_their_roles(self, edition, lidia, oreste):
        other = make_person("Oreste2")
        for person in (oreste, other):
            actions.give_role(edition, person, "teacher", by=lidia, at=NOW)
        actions.give_role(edition, other, "tutor", by=lidia, at=NOW)
        edition.seats.create(number=1, holder=other)
        merging._movers["editions"](oreste, other, NOW)
        assert sorted(oreste.roles.values_list("kind", flat=True)) == ["teacher", "tutor"]
        assert edition.seats.get().holder == oreste

    def test_two_accounts_that_may_not_be_one_are_refused(self, edition, lidia, oreste):
        other = make_person("Oreste2")
        actions.give_role(edition, oreste, "juror", by=lidia, at=NOW)
        actions.bar(edition, other, at=NOW)
        with pytest.raises(Refused):
            merging._movers["editions"](oreste, other, NOW)


def test_a_ranking_never_begins_before_its_test_whichever_is_moved(coordinator, edition):
    test = edition.phases.get(kind=Phase.Kind.ASSESSMENT)
    early = {
        "begins": say(test.begins - timedelta(days=1)),
        "ends": say(test.ends + timedelta(days=9)),
        "reason": REASON,
    }
    html = assert_page(coordinator.post(f"{BASE}phases/ranking/add/", early))
    assert "La graduatoria comincerebbe prima della prova." in html
    assert not edition.phases.filter(kind=Phase.Kind.RANKING).exists()

    coordinator.post(f"{BASE}phases/ranking/add/", {**early, "begins": say(test.ends)})
    late = {
        "begins": say(test.begins + timedelta(days=7)),
        "ends": say(test.ends + timedelta(days=7)),
        "reason": REASON,
    }
    html = assert_page(coordinator.post(f"{BASE}phases/assessment/", late))
    assert "sposta prima la graduatoria" in html
    assert 'id="id_begins_error"' in html, "it stands by the day that is wrong"


def test_figures_of_earlier_editions_are_shown_with_where_they_come_from(coordinator, edition, lidia):
    second = actions.create_edition(
        number=2, title="Classe II", slug="seconda", phases={}, seats_offered=2, by=lidia, at=CREATED
    )
    Edition.objects.filter(pk=second.pk).update(published_at=CREATED)
    Figure.objects.create(edition=second, position=1, number="34", words_it="candidature", words_en="applied")
    html = assert_page(coordinator.get(f"{BASE}voices/"))
    assert "Dalle edizioni di prima" in html
    assert "<strong>34</strong> candidature" in html
    assert "Classe II" in html


def test_who_may_not_is_led_back_to_their_own_desk_and_a_visitor_to_the_first_page(client, edition, oreste):
    assert 'href="/" >Vai alla prima pagina' in client.get("/e/nessuna/").content.decode()
    client.force_login(oreste)
    answer = client.get(BASE)
    assert answer.status_code in {403, 404}
    assert 'href="/desk/" >Vai alla tua scrivania' in answer.content.decode()
