"""Getting in by a code or its link: what opens, what no longer does, and what nobody can find out."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.pages import assert_page

from sqcuola.kernel import clock
from sqcuola.people import codes, limits
from sqcuola.people.models import Device, Person, SignInCode
from sqcuola.people.tests.conftest import code_in, come_in, empty_outbox, link_in, newest_mail, outbox

pytestmark = pytest.mark.django_db


def signed_in_as(client):
    return client.session.get("_auth_user_id")


def test_a_person_comes_in_with_the_six_digits(client, nives):
    answer = come_in(client, "Nives@Example.org ")

    assert answer.status_code == 302
    assert signed_in_as(client) == str(nives.pk)
    device = Device.objects.get()
    assert (device.person, device.way) == (nives, "code")


def test_a_new_person_types_a_name_and_has_an_account(client):
    first = come_in(client, "pia@example.org")
    assert first.url == "/enter/name/"
    assert not Person.objects.exists()

    client.post("/enter/name/", {"name": "  Pia Bassi "})

    pia = Person.objects.get()
    assert (pia.email, pia.name, pia.has_usable_password()) == ("pia@example.org", "Pia Bassi", False)
    assert signed_in_as(client) == str(pia.pk)


def test_another_way_in_is_offered_after_the_first_time_and_once(client):
    come_in(client, "pia@example.org")
    client.post("/enter/name/", {"name": "Pia Bassi"})
    offered = '<a class="button plain" href="/me/safety/">Aggiungi un modo di entrare</a>'
    assert offered in assert_page(client.get("/me/"))
    assert offered not in client.get("/me/").content.decode()

    client.post("/me/leave/")
    come_in(client, "pia@example.org")
    assert offered not in client.get("/me/").content.decode()


def test_without_a_name_nothing_is_made(client):
    come_in(client, "pia@example.org")

    answer = client.post("/enter/name/", {"name": "  "})

    assert_page(answer)
    assert not Person.objects.exists()


def test_the_link_opens_on_another_device_and_only_by_its_button(client, nives):
    client.post("/enter/?next=/me/safety/", {"email": nives.email})
    other = Client()
    link = link_in(newest_mail())

    assert_page(other.get(link))
    assert signed_in_as(other) is None

    answer = other.post(link)
    assert answer.url == "/me/safety/"
    assert signed_in_as(other) == str(nives.pk)


def test_a_scanner_that_opens_every_link_changes_nothing(client, nives):
    client.post("/enter/", {"email": nives.email})
    link = link_in(newest_mail())

    with CaptureQueriesContext(connection) as asked:
        for _again in range(3):
            scanner = Client()
            scanner.get(link)
            scanner.head(link)

    writes = [query["sql"] for query in asked if not query["sql"].startswith("SELECT")]
    assert writes == []
    assert Client().post(link).status_code == 302


def test_a_code_opens_once(client, nives):
    client.post("/enter/", {"email": nives.email})
    code, session = code_in(newest_mail()), client.cookies["sessionid"].value
    client.post("/enter/code/", {"code": code})
    second = Client()
    second.cookies["sessionid"] = session

    answer = second.post("/enter/code/", {"code": code})

    assert signed_in_as(second) is None
    assert answer.url == "/enter/"


def test_the_code_and_the_link_are_one(client, nives):
    client.post("/enter/", {"email": nives.email})
    link, code = link_in(newest_mail()), code_in(newest_mail())
    Client().post(link)

    answer = client.post("/enter/code/", {"code": code})

    assert answer.status_code == 410
    assert signed_in_as(client) is None


def test_an_expired_link_offers_one_button_that_sends_a_new_one(client, nives, later):
    client.post("/enter/", {"email": nives.email})
    link = link_in(newest_mail())
    later(minutes=20)

    over = client.get(link)
    assert over.status_code == 410
    assert_page(over, status=410)
    assert signed_in_as(client) is None

    other = Client()
    assert other.post(link, {"do": "another"}).url == "/enter/code/"
    assert len(outbox()) == 2
    other.post("/enter/code/", {"code": code_in(newest_mail())})
    assert signed_in_as(other) == str(nives.pk)


def test_the_code_is_good_until_the_first_refused_instant(client, nives, later):
    client.post("/enter/", {"email": nives.email})
    row = SignInCode.objects.get()

    assert codes.alive(row, row.expires - codes.timedelta(microseconds=1))
    assert not codes.alive(row, row.expires)


def test_an_invented_link_says_what_to_do(client):
    answer = client.get("/enter/link/nonsense/")

    assert answer.status_code == 410
    assert_page(answer, status=410)


def test_five_wrong_codes_use_a_code_up_but_the_link_still_opens(client, nives):
    client.post("/enter/", {"email": nives.email})
    code, link = code_in(newest_mail()), link_in(newest_mail())
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    for _time in range(5):
        client.post("/enter/code/", {"code": wrong})

    assert client.post("/enter/code/", {"code": code}).status_code == 410
    assert signed_in_as(client) is None
    assert client.post(link).status_code == 302
    assert signed_in_as(client) == str(nives.pk)


def test_wrong_codes_are_counted_across_new_codes(client, nives, later):
    next_hour = 60 - clock.now().minute  # wrong codes are counted by the hour of the clock
    for quarter in (0, 16):
        later(minutes=next_hour + quarter)
        client.post("/enter/", {"email": nives.email})
        code = code_in(newest_mail())
        for _time in range(5):
            client.post("/enter/code/", {"code": f"{(int(code) + 1) % 1_000_000:06}"})
    client.post("/enter/", {"email": nives.email})

    answer = client.post("/enter/code/", {"code": code_in(newest_mail())})

    assert answer.status_code == 410


@pytest.mark.parametrize("typed", ["123 456", "123-456", " 123456 "])
def test_a_code_may_be_typed_as_it_is_read(typed, client, nives, monkeypatch):
    monkeypatch.setattr(codes.secrets, "randbelow", lambda _below: 123456)
    client.post("/enter/", {"email": nives.email})

    client.post("/enter/code/", {"code": typed})

    assert signed_in_as(client) == str(nives.pk)


def test_no_answer_tells_whether_an_address_is_known(nives):
    seen = []
    for email in ("nives@example.org", "nobody@example.org"):
        client = Client()
        empty_outbox()
        with CaptureQueriesContext(connection) as asked:
            first = client.post("/enter/", {"email": email})
        page = client.get("/enter/code/").content.decode().replace(email, "ADDRESS")
        wrong = client.post("/enter/code/", {"code": "no"}).content.decode().replace(email, "ADDRESS")
        shape = [query["sql"].split()[0] for query in asked]
        texts = [without_tokens(text) for text in (page, wrong)]
        seen.append((first.status_code, first.url, texts, shape, len(outbox()), outbox()[0].subject[6:]))

    assert seen[0] == seen[1]


def without_tokens(page):
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)


def test_the_sixth_code_in_a_quarter_of_an_hour_is_refused_in_words_and_later_not(client, nives, later):
    for _time in range(5):
        assert client.post("/enter/", {"email": nives.email}).status_code == 302

    answer = client.post("/enter/", {"email": nives.email})
    assert answer.status_code == 200
    assert nives.email in answer.content.decode()
    assert len(outbox()) == 5

    later(minutes=15)
    assert client.post("/enter/", {"email": nives.email}).status_code == 302


def test_limits_are_counted_in_the_database_for_each_key_apart(nives, later):
    at = clock.now()
    limit = limits.Limit("test", 2, limits.HOUR)

    assert [limits.take(limit, "a", at=at) for _time in range(3)] == [True, True, False]
    assert limits.take(limit, "b", at=at)
    assert limits.reached(limit, "a", at=at)
    assert not limits.reached(limit, "b", at=at)
    assert limits.take(limit, "a", at=at + limits.HOUR)


def test_nothing_kept_can_be_typed_or_opened(client, nives):
    client.post("/enter/", {"email": nives.email})
    row = SignInCode.objects.get()

    kept = [str(value) for value in row.__dict__.values()]
    assert code_in(newest_mail()) not in kept
    assert not any(part in kept for part in link_in(newest_mail()).split("/") if len(part) > 10)


@pytest.mark.parametrize("back_to", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_one_comes_back_only_to_this_house(back_to, client, nives):
    client.post(f"/enter/?next={back_to}", {"email": nives.email})

    answer = client.post("/enter/code/", {"code": code_in(newest_mail())})

    assert answer.url == "/desk/"


@pytest.mark.parametrize("door", ["/enter/", "/enter/password/"])
def test_the_way_in_says_what_one_comes_in_for_and_repeats_nothing_of_the_address(door, client):
    known = assert_page(client.get(door, {"next": "/e/no-such-edition/apply/letter/?words=CANARY"}))
    assert "Entri per candidarti, o per continuare la candidatura" in known
    assert "no-such-edition" not in re.sub(r"<[^>]*>", "", known)
    assert "CANARY" not in re.sub(r"<[^>]*>", "", known)
    for elsewhere in (
        "/nowhere/",
        "https://evil.example/e/x/apply/",
        "//evil.example/me/",
        "/e/x/",
        "/[",
        "",
    ):
        page = assert_page(client.get(door, {"next": elsewhere}))
        assert "Entri per" not in page


def test_who_is_in_is_sent_on(client, nives):
    client.force_login(nives)

    assert 'href="/me/safety/"' in assert_page(client.get("/enter/?next=/me/safety/"))


def test_leaving_ends_the_session_and_only_by_post(client, nives):
    come_in(client, nives.email)

    assert client.get("/leave/").status_code == 405
    client.post("/leave/")

    assert signed_in_as(client) is None
    assert not Device.objects.exists()


def test_a_lost_session_says_begin_again(client):
    assert client.get("/enter/code/").url == "/enter/"
    assert client.post("/enter/code/", {"code": "123456"}).url == "/enter/"
    assert client.get("/enter/name/").url == "/enter/"


def test_two_tabs_the_newest_mail_counts(client, nives):
    client.post("/enter/", {"email": nives.email})
    old = code_in(newest_mail())
    client.post("/enter/", {"email": nives.email})

    if old != code_in(newest_mail()):
        assert "code" in client.post("/enter/code/", {"code": old}).context["form"].errors
    client.post("/enter/code/", {"code": code_in(newest_mail())})

    assert signed_in_as(client) == str(nives.pk)


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize("url", ["/enter/", "/enter/password/"])
def test_the_pages_are_whole(url, language, client):
    client.cookies["django_language"] = language

    assert_page(client.get(url))


def test_what_was_typed_is_kept_when_it_is_wrong(client):
    answer = client.post("/enter/", {"email": "nives(at)example.org"})

    assert_page(answer)
    assert "nives(at)example.org" in answer.content.decode()


def test_the_mail_is_in_the_readers_language_with_text_and_html(client):
    client.cookies["django_language"] = "en"
    client.post("/enter/", {"email": "pia@example.org"})

    message = newest_mail()
    assert message.subject.endswith("is your code")
    assert code_in(message) in message.html
    assert link_in(message) in message.html


def test_codes_are_forgotten_a_day_after_their_end(client, nives, later):
    client.post("/enter/", {"email": nives.email})
    row = SignInCode.objects.get()

    codes.forget(row.expires + codes.timedelta(hours=23))
    assert SignInCode.objects.exists()
    assert outbox()
    codes.forget(row.expires + codes.timedelta(hours=25))
    assert not SignInCode.objects.exists()
    assert not outbox()  # the address was typed once: nobody may ever have come in with it
