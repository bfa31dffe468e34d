"""The second factor: adding it, being asked for it, whose work needs it, and who helps when it is lost."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from tests.pages import assert_page

from sqcuola.kernel import clock
from sqcuola.kernel.models import Act
from sqcuola.people import devices, jobs, rescue, second_factor
from sqcuola.people.models import Device, Person, Rescue, RescueVoice
from sqcuola.people.tests.conftest import code_in, come_in, empty_outbox, newest_mail, outbox

pytestmark = pytest.mark.django_db


def digits(secret):
    return totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))


def add_app(client):
    page = client.get("/me/safety/app/")
    secret = page.context["form"].secret
    answer = client.post("/me/safety/app/", {"code": digits(secret)})
    assert answer.url == "/me/safety/recovery/"
    return secret


def forget_freshness(client):
    session = client.session
    session["fresh_at"] = 0
    session.save()


def test_a_session_that_ended_is_deleted_with_its_device(client, nives):
    come_in(client, nives.email)
    later = clock.now() + timedelta(days=40)
    jobs.forget_sessions(later)  # by the clock of the machine, which Django asks, it has not ended
    assert Device.objects.get().session_key == Session.objects.get().session_key

    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    jobs.forget_sessions(later)
    assert not Session.objects.exists()
    assert not Device.objects.exists()


@pytest.fixture
def with_app(client, nives):
    come_in(client, nives.email)
    secret = add_app(client)
    Authenticator.objects.filter(type="totp").update(last_used_at=None)
    client.post("/leave/")
    return secret


def test_an_app_is_added_and_then_asked_for(client, nives, with_app):
    answer = come_in(client, nives.email)

    assert answer.url == "/enter/second/"
    assert "_auth_user_id" not in client.session
    assert_page(client.get("/enter/second/"))
    wrong = client.post("/enter/second/", {"code": "000000"})
    assert_page(wrong)
    assert "_auth_user_id" not in client.session

    client.post("/enter/second/", {"code": digits(with_app)})
    assert client.session["_auth_user_id"] == str(nives.pk)
    assert Device.objects.get(person=nives).way == "code"


def test_a_recovery_code_opens_once(client, nives, with_app):
    come_in(client, nives.email)
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    assert len(codes) == 10
    client.post("/enter/second/", {"code": codes[0]})
    assert "_auth_user_id" in client.session

    other = Client()
    come_in(other, nives.email)
    other.post("/enter/second/", {"code": codes[0]})
    assert "_auth_user_id" not in other.session


def test_second_factors_are_counted_and_the_refusal_says_so(client, nives, with_app):
    come_in(client, nives.email)
    for _time in range(10):
        assert client.post("/enter/second/", {"code": "000000"}).status_code == 200

    answer = client.post("/enter/second/", {"code": digits(with_app)})

    assert_page(answer, status=429)
    assert "_auth_user_id" not in client.session


def test_secrets_are_not_readable_in_the_database(client, nives, with_app):
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))

    assert with_app not in kept
    assert Authenticator.objects.get(type="totp").wrap().validate_code(digits(with_app))


def test_adding_and_removing_are_told_by_mail(client, nives, django_capture_on_commit_callbacks):
    come_in(client, nives.email)
    empty_outbox()
    with django_capture_on_commit_callbacks(execute=True):
        add_app(client)
    assert [message.to for message in outbox()] == [nives.email]
    empty_outbox()

    assert_page(client.get("/me/safety/app/remove/"))
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/me/safety/app/remove/")

    assert not Authenticator.objects.exists()
    assert [message.to for message in outbox()] == [nives.email]


@pytest.mark.parametrize(
    "url",
    [
        "/me/safety/app/",
        "/me/safety/passkey/",
        "/me/safety/password/",
        "/me/address/",
        "/me/join/",
        "/me/safety/recovery/new/",
    ],
)
def test_what_cannot_be_taken_back_asks_again_who_it_is(url, client, nives):
    come_in(client, nives.email)
    assert client.get(url).status_code == 200
    forget_freshness(client)

    answer = client.get(url)
    assert answer.url == f"/enter/again/?next={url.replace('/', '%2F')}"
    assert client.post(url).status_code == 302

    assert_page(client.get(answer.url))
    client.post(answer.url)
    assert_page(client.get(answer.url))
    assert_page(client.post(answer.url, {"code": "no"}))
    assert client.post(answer.url, {"code": code_in(newest_mail())}).url == url
    assert client.get(url).status_code == 200


def test_a_code_to_come_in_does_not_show_again_who_it_is(client, nives):
    come_in(client, nives.email)
    forget_freshness(client)
    Client().post("/enter/", {"email": nives.email})
    client.post("/enter/again/?next=/me/")

    wrong = code_in(outbox()[-2])
    if wrong != code_in(newest_mail()):
        client.post("/enter/again/?next=/me/", {"code": wrong})
    assert client.get("/me/address/").status_code == 302


def test_a_password_can_be_set_used_and_dropped(client, nives):
    come_in(client, nives.email)
    other = Client()
    come_in(other, nives.email)
    assert_page(client.post("/me/safety/password/", {"password": "short"}))

    client.post("/me/safety/password/", {"password": "forno treno luna gatto"})

    assert client.get("/me/").status_code == 200
    assert other.get("/me/").status_code == 302
    third = Client()
    refused = third.post("/enter/password/", {"email": nives.email, "password": "forno treno luna cane"})
    assert_page(refused)
    third.post("/enter/password/", {"email": nives.email, "password": "forno treno luna gatto"})
    assert third.session["_auth_user_id"] == str(nives.pk)

    client.post("/me/safety/password/drop/")
    assert client.get("/me/").status_code == 200
    assert not Person.objects.get(pk=nives.pk).has_usable_password()


def test_password_and_unknown_address_get_one_answer(nives):
    nives.set_password("forno treno luna gatto")
    nives.save()
    answers = []
    for email in (nives.email, "nobody@example.org"):
        page = Client().post("/enter/password/", {"email": email, "password": "wrong wrong wrong"})
        answers.append(page.context["form"].errors.as_text())

    assert answers[0] == answers[1]


def test_passwords_are_counted(client, nives):
    nives.set_password("forno treno luna gatto")
    nives.save()
    for _time in range(10):
        client.post("/enter/password/", {"email": nives.email, "password": "wrong wrong wrong"})

    client.post("/enter/password/", {"email": nives.email, "password": "forno treno luna gatto"})

    assert "_auth_user_id" not in client.session


def test_devices_are_listed_in_words_and_ended(client, nives, tancredi):
    come_in(client, nives.email)
    phone = Client(headers={"User-Agent": "Mozilla/5.0 (Linux; Android 14) Chrome/130 Mobile Safari/537"})
    come_in(phone, nives.email)
    stranger = Client()
    come_in(stranger, tancredi.email)
    source = assert_page(client.get("/me/safety/"))
    assert "Chrome Android" in source
    device = Device.objects.get(system="Android")

    assert stranger.post(f"/me/safety/devices/{device.pk}/end/").status_code == 404
    client.post(f"/me/safety/devices/{device.pk}/end/")

    assert phone.get("/me/").status_code == 302
    assert client.get("/me/").status_code == 200


def test_all_other_devices_are_ended_at_once(client, nives, tancredi):
    for each in (client, *(others := [Client(), Client()])):
        come_in(each, nives.email)
    stranger = Client()
    come_in(stranger, tancredi.email)

    client.post("/me/safety/devices/end/")

    assert [each.get("/me/").status_code for each in (client, *others, stranger)] == [200, 302, 302, 200]
    assert devices.open_now(nives, Device.objects.get(person=nives).entered_at) != []


class TestWhoseWorkNeedsIt:
    @pytest.fixture(autouse=True)
    def production(self, settings, monkeypatch):
        settings.SECOND_FACTOR_REQUIRED = True
        monkeypatch.setattr(second_factor, "_requirements", {})

    def test_who_runs_something_goes_first_to_add_one(self, client, nives):
        second_factor.register_requirement(
            "runs", asks=lambda person, _at: person == nives, who=lambda _at: [nives.pk]
        )
        come_in(client, nives.email)

        assert client.get("/me/").url == "/me/safety/"
        assert client.post("/me/profile/", {"name": "x"}).url == "/me/safety/"
        assert_page(client.get("/me/safety/"))
        add_app(client)
        assert client.get("/me/").status_code == 200

    def test_others_are_not_asked(self, client, nives):
        come_in(client, nives.email)

        assert client.get("/me/").status_code == 200

    def test_administrators_always(self, client, nives):
        nives.is_administrator = True
        nives.save()
        come_in(client, nives.email)

        assert client.get("/me/").url == "/me/safety/"

    def test_one_can_still_leave(self, client, nives):
        nives.is_administrator = True
        nives.save()
        come_in(client, nives.email)

        assert client.post("/leave/").url == "/"


class TestTwoColleaguesRestoreAThird:
    @pytest.fixture
    def colleagues(self, db):
        return [
            Person.objects.create_user(f"c{number}@example.org", f"C {number}", is_administrator=True)
            for number in range(3)
        ]

    @pytest.fixture
    def cry(self, client, nives, with_app, colleagues):
        come_in(client, nives.email)
        assert_page(client.get("/enter/second/help/"))
        empty_outbox()
        assert_page(client.post("/enter/second/help/"))
        return Rescue.objects.get()

    def say_yes(self, colleague, cry):
        client = Client()
        come_in(client, colleague.email)
        assert_page(client.get("/me/safety/rescues/"))
        return client.post("/me/safety/rescues/", {"rescue": cry.pk})

    def test_the_colleagues_and_the_person_are_told(self, cry, colleagues, nives):
        told = [message.to for message in outbox()]

        assert told == [*[colleague.email for colleague in colleagues], nives.email]

    def test_one_voice_is_not_enough_also_when_given_twice(self, cry, colleagues, nives):
        self.say_yes(colleagues[0], cry)
        self.say_yes(colleagues[0], cry)

        assert RescueVoice.objects.count() == 1
        assert second_factor.has_one(nives)
        assert not Act.objects.filter(verb="access-restored").exists()

    def test_two_voices_take_the_lost_factors_away(self, client, cry, colleagues, nives):
        self.say_yes(colleagues[0], cry)
        self.say_yes(colleagues[1], cry)

        assert not Authenticator.objects.filter(user=nives).exists()
        assert Act.objects.filter(verb="access-restored").count() == 1
        assert newest_mail().to == nives.email
        assert come_in(Client(), nives.email).url == "/desk/"

    def test_who_is_no_colleague_finds_nothing(self, cry, tancredi):
        client = Client()
        come_in(client, tancredi.email)

        assert client.get("/me/safety/rescues/").status_code == 404
        assert client.post("/me/safety/rescues/", {"rescue": cry.pk}).status_code == 404

    @pytest.mark.parametrize("odd", ["", "0", "x", "²", "9" * 30])
    def test_what_is_no_cry_is_missing(self, cry, colleagues, odd):
        client = Client()
        come_in(client, colleagues[0].email)

        assert client.post("/me/safety/rescues/", {"rescue": odd}).status_code == 404
        assert not RescueVoice.objects.exists()

    def test_nobody_speaks_for_themselves(self, cry, colleagues, nives):
        Person.objects.filter(pk=nives.pk).update(is_administrator=True)
        nives.refresh_from_db()

        assert not rescue.open_for(nives, cry.asked_at).exists()

    def test_it_ends_after_two_days_and_when_the_person_stops_it(self, cry, colleagues, nives):
        assert rescue.open_for(colleagues[0], cry.expires - rescue.timedelta(seconds=1)).exists()
        assert not rescue.open_for(colleagues[0], cry.expires).exists()

        rescue.stop(nives, by=nives, at=cry.asked_at)

        assert not rescue.open_for(colleagues[0], cry.asked_at).exists()

    def test_asking_twice_is_one_cry(self, cry, nives):
        assert rescue.ask(nives, at=cry.asked_at).pk == cry.pk
        assert rescue.ask(nives, at=cry.expires).pk != cry.pk

    def test_without_the_first_proof_nobody_can_ask(self, nives, with_app):
        assert Client().post("/enter/second/help/").url == "/enter/"
        assert not Rescue.objects.exists()

    def test_the_person_sees_it_and_can_stop_it(self, client, cry, nives, with_app):
        Authenticator.objects.filter(type="totp").update(last_used_at=None)
        client.post("/enter/second/", {"code": digits(with_app)})
        assert "rescues/stop/" in assert_page(client.get("/me/safety/"))
        client.post("/me/safety/rescues/stop/")

        assert Rescue.objects.get().stopped_at is not None
