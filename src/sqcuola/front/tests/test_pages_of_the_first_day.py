"""From an empty database to a public call: the code, the school, the mail, the beginning, the plan."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image
from tests.pages import assert_page

from sqcuola.config import starting
from sqcuola.editions.models import Edition, FirstCode, RulesVersion, School
from sqcuola.front import first_run
from sqcuola.front.first_run.limits import FIRST_CODES
from sqcuola.kernel import clock
from sqcuola.kernel.models import Act, Outgoing
from sqcuola.people.models import Person

pytestmark = pytest.mark.django_db
SCHOOL = {
    "name": "Scuola di Fidenza",
    "town": "Fidenza",
    "person": "Lidia Neri",
    "email": "lidia@example.org",
}


@pytest.fixture
def code():
    return first_run.code(clock.now())


@pytest.fixture
def opened(client, code):
    client.post("/first-run/", {"code": code})
    return client.post("/first-run/school/", SCHOOL)


def picture(kind="PNG", size=(900, 600)):
    drawn = BytesIO()
    Image.new("RGB", size, "#b8261f").save(drawn, kind)
    return SimpleUploadedFile("mark.png", drawn.getvalue())


def test_the_first_page_opens_with_the_code_that_was_printed_and_no_other(client, code):
    assert_page(client.get("/first-run/"))
    wrong = client.post("/first-run/", {"code": "AAAAA-BBBBB"})
    assert "sqcuola init" in assert_page(wrong)
    assert client.get("/first-run/school/").url == "/first-run/"
    # As somebody types it who reads it from a screen.
    assert (
        client.post("/first-run/", {"code": f" {code.lower().replace('-', ' ')} "}).url
        == "/first-run/school/"
    )
    assert_page(client.get("/first-run/school/"))


def test_a_newer_code_makes_the_older_one_useless(client, code):
    newer = first_run.code(clock.now())
    client.post("/first-run/", {"code": code})
    assert client.get("/first-run/school/").status_code == 302
    client.post("/first-run/", {"code": newer})
    assert client.get("/first-run/school/").status_code == 200


def test_serving_leaves_a_code_that_was_just_printed_and_makes_one_where_none_stands(client, monkeypatch):
    printed_at = clock.now()
    said = starting.first_run("http://here/first-run/")
    code = said.rsplit(" ", 1)[1]

    again = starting.first_run("http://here/first-run/")

    assert code not in again
    assert "sqcuola init" in again
    assert f"{timezone.localtime(printed_at):%Y-%m-%d, %H:}" in again
    client.post("/first-run/", {"code": code})
    assert client.get("/first-run/school/").status_code == 200
    monkeypatch.setattr("sqcuola.kernel.clock.now", lambda: printed_at + timedelta(days=1, minutes=1))
    newer = starting.first_run("http://here/first-run/").rsplit(" ", 1)[1]
    assert client.get("/first-run/school/").status_code == 302
    client.post("/first-run/", {"code": newer})
    client.post("/first-run/school/", SCHOOL)
    assert starting.first_run("http://here/first-run/") == ""


def test_only_the_digest_of_the_code_is_kept(code):
    assert code.replace("-", "") not in FirstCode.objects.get().digest


@pytest.fixture
def clock_stands(monkeypatch):
    at = clock.now()
    monkeypatch.setattr("sqcuola.kernel.clock.now", lambda: at)


def test_one_machine_that_guesses_is_refused_and_locks_out_nobody_else(client, code, clock_stands):
    def tries(typed, machine):
        return client.post("/first-run/", {"code": typed}, REMOTE_ADDR=machine)

    for _ in range(FIRST_CODES.times):
        tries("AAAAA-BBBBB", "203.0.113.9")
    refused = tries(code, "203.0.113.9")
    assert refused.status_code == 200
    assert "Da questa connessione" in assert_page(refused)

    assert tries(code, "203.0.113.10").url == "/first-run/school/"


def test_codes_cannot_be_guessed_for_long_from_many_machines_either(client, code, clock_stands):
    for number in range(FIRST_CODES.times):
        client.post("/first-run/", {"code": "AAAAA-BBBBB"}, REMOTE_ADDR=f"203.0.113.{number}")
    refused = client.post("/first-run/", {"code": code}, REMOTE_ADDR="198.51.100.1")
    assert refused.status_code == 200
    assert "da molti posti" in assert_page(refused)


def test_the_school_is_opened_by_its_first_person_who_is_let_in(client, opened):
    assert opened.url == "/first-run/mail/"
    school, lidia = School.objects.get(), Person.objects.get()
    assert (school.name, school.town, school.mark) == ("Scuola di Fidenza", "Fidenza", b"")
    assert (lidia.name, lidia.email, lidia.is_administrator) == ("Lidia Neri", "lidia@example.org", True)
    assert Act.objects.filter(verb="school-founded").count() == 1
    html = assert_page(client.get("/first-run/mail/"))
    assert "SQCUOLA_MAIL_URL" in html
    assert "Scuola di Fidenza" in html


def test_what_mail_lacks_is_named_until_it_is_there_and_no_secret_is_shown(client, opened, monkeypatch):
    names = {"SQCUOLA_MAIL_URL": "smtp://a:parola-segreta@example.org", "SQCUOLA_MAIL_FROM": "A <a@example.org>",
             "SQCUOLA_URL": "https://scuola.example.org"}  # fmt: skip
    for name in names:
        monkeypatch.delenv(name, raising=False)
    for name, value in names.items():
        page = assert_page(client.get("/first-run/mail/"))
        assert name in page
        assert 'type="password"' not in page
        monkeypatch.setenv(name, value)
        page = assert_page(client.get("/first-run/mail/"))
        assert name not in page
        assert "parola-segreta" not in page


def test_afterwards_there_is_no_first_page_any_more(client, opened):
    client.logout()
    for address in ("/first-run/", "/first-run/school/"):
        assert client.get(address).status_code == 404
    assert first_run.code(clock.now()) == ""


def test_two_browsers_with_the_same_code_open_one_school(client, code):
    from django.test import Client

    other = Client()
    for browser in (client, other):
        browser.post("/first-run/", {"code": code})
    client.post("/first-run/school/", SCHOOL)
    late = other.post("/first-run/school/", SCHOOL | {"name": "Altra", "email": "altra@example.org"})
    assert late.status_code in {302, 404}
    assert [school.name for school in School.objects.all()] == ["Scuola di Fidenza"]
    assert not Person.objects.filter(email="altra@example.org").exists()


def test_what_is_wrong_is_said_at_the_field_and_the_code_still_opens(client, code):
    client.post("/first-run/", {"code": code})
    answer = client.post("/first-run/school/", SCHOOL | {"email": "lidia", "name": "Scuola"})
    html = assert_page(answer)
    assert 'value="Scuola"' in html
    assert ">Il tuo indirizzo mail</a>: Non sembra" in html
    html = assert_page(client.post("/first-run/school/", SCHOOL | {"person": ""}))
    assert ">Come ti chiami?</a> Qui serve una risposta." in html  # a question has its own mark at the end
    assert not School.objects.exists()
    assert not Person.objects.exists()
    assert client.post("/first-run/school/", SCHOOL).url == "/first-run/mail/"


def test_a_mark_is_drawn_again_small_and_served_for_a_year(client, code):
    client.post("/first-run/", {"code": code})
    client.post("/first-run/school/", SCHOOL | {"mark": picture("JPEG")})
    with Image.open(BytesIO(bytes(School.objects.get().mark))) as mark:
        assert (mark.format, mark.size) == ("PNG", (256, 171))
    html = client.get("/first-run/mail/").content.decode()
    address = html.split('<img src="')[1].split('"')[0]
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")


@pytest.mark.parametrize(
    "upload",
    [
        SimpleUploadedFile("mark.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>"),
        SimpleUploadedFile("mark.png", b"\x89PNG\r\n\x1a\n" + b"x" * 40),
        SimpleUploadedFile("mark.png", b"x" * (5 * 1024 * 1024 + 1)),
    ],
)
def test_what_is_no_picture_becomes_no_mark(client, code, upload):
    client.post("/first-run/", {"code": code})
    answer = client.post("/first-run/school/", SCHOOL | {"mark": upload})
    assert "error" in assert_page(answer)
    assert not School.objects.exists()


def test_a_test_letter_goes_to_oneself(client, opened):
    client.post("/first-run/mail/")
    letter = Outgoing.objects.get()
    assert letter.to == "lidia@example.org"
    assert "in viaggio" in assert_page(client.get("/first-run/mail/"))


def test_from_the_first_page_to_a_public_call(client, opened):
    listed = assert_page(client.get("/editions/new/"))
    assert "/editions/new/like-2012/" in listed
    assert "/editions/new/projects/" not in listed, "no room for project works yet"
    assert client.get("/editions/new/projects/").status_code == 404
    assert_page(client.get("/editions/new/like-2012/"))
    starts = timezone.localdate() + timedelta(days=3)
    answers = {
        "title": "Classe III",
        "subject": "Social media",
        "seats": "30",
        "starts": f"{starts:%Y-%m-%d}",
    }
    plan = assert_page(client.post("/editions/new/like-2012/", answers))
    assert "Quattro settimane" in plan
    assert not Edition.objects.exists()
    assert_page(client.post("/editions/new/like-2012/", answers | {"change": "1"}))
    begun = client.post("/editions/new/like-2012/", answers | {"begin": "1"})
    assert begun.url == "/e/classe-iii/settings/"
    assert_page(client.get(begun.url))
    assert client.get("/e/classe-iii/").status_code == 404
    assert "Trenta posti" in assert_page(client.get("/e/classe-iii/preview/"))
    assert_page(client.get("/e/classe-iii/settings/publish/"))
    client.post("/e/classe-iii/settings/publish/")
    client.logout()
    assert "Trenta posti" in assert_page(client.get("/e/classe-iii/"), public=True)
    assert RulesVersion.objects.get().version == 1


def test_a_copy_keeps_weekdays_and_words_and_brings_nobody(client, opened):
    starts = timezone.localdate() + timedelta(days=3)
    answers = {
        "title": "Classe III",
        "subject": "",
        "seats": "20",
        "starts": f"{starts:%Y-%m-%d}",
        "begin": "1",
    }
    client.post("/editions/new/like-2012/", answers)
    old = Edition.objects.get()
    later = starts + timedelta(days=100)
    assert "Classe III" in assert_page(client.get("/editions/new/"))
    made = client.post(
        "/editions/new/copy-of/classe-iii/", answers | {"title": "Classe IV", "starts": f"{later:%Y-%m-%d}"}
    )
    new = Edition.objects.get(slug="classe-iv")
    assert made.url == "/e/classe-iv/settings/"
    assert new.headline_it == old.headline_it
    assert new.number == old.number + 1
    begin, end = old.phases.get(kind="call"), new.phases.get(kind="call")
    local = timezone.localtime
    assert local(begin.begins).weekday() == local(end.begins).weekday()
    assert local(begin.begins).time() == local(end.begins).time()
    assert later <= local(end.begins).date() < later + timedelta(days=7)
    assert [role.person.name for role in new.roles.all()] == ["Lidia Neri"]
