"""Another mail address, and two accounts that become one."""

import pytest
from django.test import Client
from tests.pages import assert_page

from sqcuola.kernel import acts, clock
from sqcuola.kernel.models import Act
from sqcuola.kernel.verdicts import Missing, Refused
from sqcuola.people import actions, evidence, links, merging
from sqcuola.people.models import Consent, Follow, Person
from sqcuola.people.tests.conftest import code_in, come_in, empty_outbox, newest_mail, outbox

pytestmark = pytest.mark.django_db


def test_the_new_address_is_proved_and_both_are_told(client, nives):
    come_in(client, nives.email)
    assert_page(client.get("/me/address/"))
    empty_outbox()

    client.post("/me/address/", {"email": "Nuova@example.org"})
    assert sorted(message.to for message in outbox()) == ["nives@example.org", "nuova@example.org"]
    code = code_in(next(message for message in outbox() if message.to == "nuova@example.org"))
    assert_page(client.get("/me/address/code/"))
    assert_page(client.post("/me/address/code/", {"code": "no"}))
    nives.refresh_from_db()
    assert nives.email == "nives@example.org"

    empty_outbox()
    client.post("/me/address/code/", {"code": code})
    nives.refresh_from_db()
    assert nives.email == "nuova@example.org"
    assert sorted(message.to for message in outbox()) == ["nives@example.org", "nuova@example.org"]


def test_a_code_to_come_in_changes_no_address(client, nives):
    come_in(client, nives.email)
    client.post("/me/address/", {"email": "nuova@example.org"})
    Client().post("/enter/", {"email": "nuova@example.org"})
    other = code_in(newest_mail())
    mine = code_in(next(message for message in outbox() if message.to == "nuova@example.org"))

    if other != mine:
        client.post("/me/address/code/", {"code": other})
        nives.refresh_from_db()
        assert nives.email == "nives@example.org"


@pytest.mark.parametrize("page", ["/me/address/", "/me/join/"])
def test_nobody_has_the_school_write_to_the_whole_world(client, nives, page, monkeypatch):
    come_in(client, nives.email)
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now)
    empty_outbox()
    for number in range(12):
        answer = client.post(page, {"email": f"stranger-{number}@example.org"})

    assert "quarto d" in assert_page(answer)
    assert len({message.to for message in outbox()} - {nives.email}) == 5


def test_an_address_that_is_taken_leads_to_joining_only_after_it_was_proved(client, nives, tancredi):
    come_in(client, nives.email)
    free = client.post("/me/address/", {"email": "free@example.org"})
    taken = client.post("/me/address/", {"email": tancredi.email})
    assert (free.status_code, free.url) == (taken.status_code, taken.url)

    page = client.post("/me/address/code/", {"code": code_in(mail_to(tancredi.email))})

    assert "/me/join/" in assert_page(page)
    nives.refresh_from_db()
    assert nives.email == "nives@example.org"


def mail_to(address):
    return next(message for message in reversed(outbox()) if message.to == address)


class TestTwoAccountsBecomeOne:
    @pytest.fixture
    def old(self, tancredi):
        at = clock.now()
        actions.change_profile(
            tancredi, name="Nives R.", facts={"town": "Como"}, competences=["video"], by=tancredi, at=at
        )
        actions.give_consent(tancredi, purpose="video", by=tancredi, at=at)
        evidence.add(tancredi, kind="brief", title="Ascolto", url="/x/", day=at.date())
        links.make(tancredi, thing=("people:me", {}), expires=at + links.timedelta(days=1))
        return tancredi

    def test_through_the_pages(self, client, nives, old):
        come_in(client, nives.email)
        assert_page(client.get("/me/join/"))
        client.post("/me/join/", {"email": old.email})
        assert_page(client.get("/me/join/code/"))
        assert client.post("/me/join/code/", {"code": code_in(newest_mail())}).url == "/me/join/confirm/"
        assert_page(client.get("/me/join/confirm/"))
        assert Person.objects.count() == 2

        client.post("/me/join/confirm/")

        assert list(Person.objects.all()) == [nives]
        nives.refresh_from_db()
        assert (nives.name, nives.profile.town) == ("Nives Rota", "Como")
        assert [row.title for row in nives.evidence.all()] == ["Ascolto"]
        assert [str(row.competence) for row in nives.competences.all()] == ["video"]
        assert not Consent.objects.filter(withdrawn_at=None).exists()
        assert Act.objects.filter(verb="person-merged").count() == 1
        assert client.get("/me/").status_code == 200

    def test_without_proof_of_the_other_nothing_happens(self, client, nives, old):
        come_in(client, nives.email)
        client.post("/me/join/", {"email": old.email})

        assert client.post("/me/join/confirm/").url == "/me/join/"
        client.post("/me/join/code/", {"code": "no"})
        assert client.post("/me/join/confirm/").url == "/me/join/"
        assert Person.objects.count() == 2

    def test_an_address_without_account_is_said_only_to_its_owner(self, client, nives):
        come_in(client, nives.email)
        client.post("/me/join/", {"email": "free@example.org"})

        page = client.post("/me/join/code/", {"code": code_in(newest_mail())})

        assert "free@example.org" in assert_page(page)

    def test_a_row_that_no_room_moves_stops_it_whole(self, nives, old, monkeypatch):
        monkeypatch.setattr(merging, "_movers", {})

        with pytest.raises(Refused):
            merging.merge(old, into=nives, by=nives, at=clock.now())

        assert Person.objects.count() == 2
        assert old.evidence.count() == 1

    def test_acts_of_the_old_account_are_those_of_the_new(self, nives, old):
        code = acts.code_of(old, "house")

        merging.merge(old, into=nives, by=nives, at=clock.now())

        from sqcuola.kernel.models import ActorCode

        assert ActorCode.objects.get(code=code).account_id == nives.pk

    def test_following_each_other_ends_and_others_stay_once(self, nives, old):
        at = clock.now()
        pia = Person.objects.create_user("pia@example.org", "Pia")
        for who, whom in ((nives, old), (nives, pia), (old, pia), (pia, old)):
            actions.follow(whom, by=who, at=at)

        merging.merge(old, into=nives, by=nives, at=at)

        assert set(Follow.objects.values_list("follower", "followed")) == {
            (nives.pk, pia.pk),
            (pia.pk, nives.pk),
        }

    def test_an_administrator_is_not_swallowed(self, nives, old):
        Person.objects.filter(pk=old.pk).update(is_administrator=True)
        old.refresh_from_db()

        with pytest.raises(Refused):
            merging.merge(old, into=nives, by=nives, at=clock.now())

    def test_nobody_joins_for_others(self, nives, old):
        with pytest.raises(Missing):
            merging.merge(old, into=nives, by=old, at=clock.now())
