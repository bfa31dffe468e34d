"""What somebody tries who wants in, or wants somebody in where they should not be."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.test import Client

from sqcuola.people import entering, links
from sqcuola.people.models import Device, SignInCode
from sqcuola.people.tests.conftest import code_in, come_in, link_in, newest_mail, outbox

pytestmark = pytest.mark.django_db
PASSWORD = "una frase che so a memoria"


def who(client):
    return client.session.get("_auth_user_id")


def with_session(key):
    client = Client()
    client.cookies["sessionid"] = key
    return client


class TestASessionSomebodyElseKnows:
    """A session id put into another's browser before they come in is worth nothing after."""

    @pytest.fixture
    def planted(self, nives):
        """Return the id of a session that an attacker began: asked for a code, has one themselves."""
        attacker = Client()
        attacker.post("/enter/", {"email": "attacker@example.org"})
        return attacker.session.session_key

    def test_by_code(self, planted, nives):
        victim = with_session(planted)
        come_in(victim, nives.email)

        assert who(victim) == str(nives.pk)
        assert who(with_session(planted)) is None

    def test_by_password(self, planted, nives):
        nives.set_password(PASSWORD)
        nives.save(update_fields=["password"])
        victim = with_session(planted)
        victim.post("/enter/password/", {"email": nives.email, "password": PASSWORD})

        assert who(victim) == str(nives.pk)
        assert who(with_session(planted)) is None

    def test_by_the_link_in_a_mail(self, planted, nives):
        Client().post("/enter/", {"email": nives.email})
        victim = with_session(planted)
        victim.post(link_in(newest_mail()))

        assert who(victim) == str(nives.pk)
        assert who(with_session(planted)) is None

    def test_by_a_limited_link(self, planted, nives):
        handle = {
            "handle": entering.create_person("o@example.org", name="O", language="it", at=nives.joined).handle
        }
        url = links.make(nives, thing=("people:page", handle), expires=nives.joined + links.timedelta(days=2))
        victim = with_session(planted)
        victim.post("/" + url.split("/", 3)[3])

        assert who(victim) == str(nives.pk)
        assert who(with_session(planted)) is None

    def test_a_limited_session_that_becomes_whole_begins_anew(self, nives):
        handle = {
            "handle": entering.create_person("o@example.org", name="O", language="it", at=nives.joined).handle
        }
        url = links.make(nives, thing=("people:page", handle), expires=nives.joined + links.timedelta(days=2))
        client = Client()
        client.post("/" + url.split("/", 3)[3])
        limited = client.session.session_key

        come_in(client, nives.email)

        assert client.session.session_key != limited
        assert "limited_to" not in client.session
        assert client.get("/me/").status_code == 200
        assert with_session(limited).get("/me/").status_code in {302, 404}


class TestCodesAreNotGuessed:
    def asked(self, number, machine):
        client = Client(REMOTE_ADDR=machine)
        client.post("/enter/", {"email": f"target{number}@example.org"})
        return client

    def test_one_guess_for_each_of_many_addresses_is_counted_for_the_machine(self, nives):
        for number in range(60):
            wrong = self.asked(number, "192.0.2.7")
            assert wrong.post("/enter/code/", {"code": "wrong"}).status_code == 200

        client = Client(REMOTE_ADDR="192.0.2.7")
        client.post("/enter/", {"email": nives.email})
        right, link = code_in(newest_mail()), link_in(newest_mail())
        assert client.post("/enter/code/", {"code": right}).status_code == 410
        assert who(client) is None
        assert client.post(link).status_code == 302
        assert who(client) == str(nives.pk)

        elsewhere = Client(REMOTE_ADDR="192.0.2.8")
        elsewhere.post("/enter/", {"email": nives.email})
        elsewhere.post("/enter/code/", {"code": code_in(newest_mail())})
        assert who(elsewhere) == str(nives.pk)

    def test_right_ones_are_not_counted(self, nives, tancredi):
        for _time in range(3):
            come_in(Client(), nives.email)
            come_in(Client(), tancredi.email)
        assert SignInCode.objects.filter(used_at__isnull=False).count() == 6

    def test_a_code_opens_only_in_the_browser_that_asked(self, nives):
        Client().post("/enter/", {"email": nives.email})
        code = code_in(newest_mail())
        thief = Client()
        thief.post("/enter/", {"email": "thief@example.org"})

        thief.post("/enter/code/", {"code": code})

        assert who(thief) is None or code == code_in(newest_mail())


class TestAnAppsDigitsOpenOnce:
    @pytest.fixture
    def secret(self, nives):
        secret = totp.generate_totp_secret()
        totp.TOTP.activate(nives, secret)
        return secret

    def digits(self, secret, which=0):
        counters = list(totp.yield_hotp_counters_from_time())
        return totp.format_hotp_value(totp.hotp_value(secret, counters[which]))

    def enter(self, nives, code):
        client = Client()
        come_in(client, nives.email)
        answer = client.post("/enter/second/", {"code": code})
        return who(client), answer.status_code

    def test_the_same_digits_are_refused_a_second_time(self, nives, secret):
        code = self.digits(secret, which=1)

        assert self.enter(nives, code)[0] == str(nives.pk)
        assert self.enter(nives, code) == (None, 200)
        assert self.enter(nives, f"{code[:3]} {code[3:]}") == (None, 200)
        assert self.enter(nives, self.digits(secret, which=2))[0] == str(nives.pk)

    def test_it_is_remembered_while_they_hold_whatever_the_clock_counts(self, nives, secret, monkeypatch):
        code, counters = self.digits(secret, which=1), list(totp.yield_hotp_counters_from_time())
        assert self.enter(nives, code)[0] == str(nives.pk)
        # A half minute later they are still among those that an app may show late.
        monkeypatch.setattr(
            totp, "yield_hotp_counters_from_time", lambda: iter([one + 1 for one in counters])
        )

        assert self.enter(nives, code) == (None, 200)

    def test_it_is_so_too_while_a_shared_cache_is_away(self, nives, secret, shared_cache, redis):
        """allauth remembers used digits in the cache: who came in stays able to, and nobody comes in twice."""
        code = self.digits(secret, which=1)
        redis.end()

        assert self.enter(nives, code)[0] == str(nives.pk)
        assert self.enter(nives, code) == (None, 200)

    def test_two_people_do_not_use_each_others_up(self, nives, tancredi, secret):
        totp.TOTP.activate(tancredi, secret)
        code = self.digits(secret, which=1)

        assert self.enter(nives, code)[0] == str(nives.pk)
        assert self.enter(tancredi, code)[0] == str(tancredi.pk)


def test_recovery_codes_are_ten_and_each_opens_once(nives):
    totp.TOTP.activate(nives, totp.generate_totp_secret())
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    codes = RecoveryCodes.activate(nives).get_unused_codes()
    for code in (codes[3], codes[9]):
        for wanted in (str(nives.pk), None):
            client = Client()
            come_in(client, nives.email)
            client.post("/enter/second/", {"code": code})
            assert who(client) == wanted
        SignInCode.objects.all().delete()
    left = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    assert set(left) == set(codes) - {codes[3], codes[9]}


ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example/",
    "https:evil.example",
    "http:///evil.example/",
    "javascript:alert(1)",
    " //evil.example/",
    "/\t/evil.example/",
    "%2F%2Fevil.example/",
    "https://testserver@evil.example/",
    "https://testserver.evil.example/",
]


@pytest.mark.parametrize("back_to", ELSEWHERE)
class TestOneIsSentOnOnlyWithinThisHouse:
    def test_by_code_and_by_link(self, back_to, nives):
        client, other = Client(), Client()
        client.post("/enter/", {"email": nives.email}, query_params={"next": back_to})
        link = link_in(newest_mail())
        assert client.post("/enter/code/", {"code": code_in(newest_mail())}).url == "/desk/"
        client.post("/leave/")
        client.post("/enter/", {"email": nives.email}, query_params={"next": back_to})
        link = link_in(newest_mail())
        assert other.post(link).url == "/desk/"

    def test_by_password_again_and_when_one_is_in(self, back_to, nives):
        nives.set_password(PASSWORD)
        nives.save(update_fields=["password"])
        client = Client()
        typed = {"email": nives.email, "password": PASSWORD}
        assert client.post("/enter/password/", typed, query_params={"next": back_to}).url == "/desk/"

        page = client.get("/enter/", query_params={"next": back_to}).content.decode()
        assert not re.search(r'href="[^"]*evil', page)
        answer = client.post(
            "/enter/again/", {"code": "", "password": PASSWORD}, query_params={"next": back_to}
        )
        assert answer.url == "/me/"


@pytest.mark.parametrize("header", ["HTTP_HOST", "HTTP_X_FORWARDED_HOST", "HTTP_FORWARDED"])
def test_a_mail_leads_to_this_house_whatever_host_the_request_names(header, nives, settings):
    settings.ALLOWED_HOSTS = ["*"]
    client = Client(**{header: "evil.example"})
    client.post("/enter/", {"email": nives.email})
    come_in(client, nives.email)
    client.post("/me/join/", {"email": "other@example.org"})

    said = " ".join(letter.text + letter.html + letter.subject for letter in outbox())
    assert settings.SITE_URL in said
    assert "evil.example" not in said


def test_a_host_that_is_not_ours_is_refused(nives):
    assert Client().post("/enter/", {"email": nives.email}, HTTP_HOST="evil.example").status_code == 400
    assert not outbox()


def test_a_used_link_opens_nothing_in_any_browser(nives):
    client = Client()
    client.post("/enter/", {"email": nives.email})
    link = link_in(newest_mail())
    assert Client().post(link).status_code == 302
    for again in (Client(), client):
        assert again.post(link).status_code == 410
        assert who(again) is None
    assert Device.objects.count() == 1


@pytest.mark.parametrize("key", ["\\000aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "a" * 31 + "'", "è" * 32, "a" * 32])
@pytest.mark.parametrize(("method", "path", "status"), [("get", "/me/", 302), ("post", "/leave/", 302)])
def test_a_session_nobody_was_given_is_nobodys(method, path, status, key):
    """Also one that is no key at all: a NUL is written so in a cookie, and no text for PostgreSQL."""
    answer = getattr(Client(), method)(path, headers={"cookie": f'sessionid="{key}"'})
    assert answer.status_code == status
