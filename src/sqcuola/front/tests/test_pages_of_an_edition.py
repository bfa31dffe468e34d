"""The public page of an edition: true at each instant, the same for everybody, and cheap."""

import json
import re
from datetime import datetime, timedelta
from io import BytesIO

import pytest
from django.test import Client
from icalendar import Calendar
from PIL import Image
from tests.pages import assert_page

from sqcuola.editions import actions
from sqcuola.editions.models import Clarification, RulesVersion
from sqcuola.front import frame
from sqcuola.front.tests.conftest import CLOSES, NOW, OPENS, make
from sqcuola.kernel import acts, ids
from sqcuola.kernel.models import Outgoing

pytestmark = pytest.mark.django_db
URL = "/e/terza/"


def foot_of(answer):
    return answer.content.decode().partition('<footer class="foot">')[2]


def words(answer):
    plain = re.sub(r"<script.*?</script>|<[^>]+>", " ", answer.content.decode(), flags=re.DOTALL)
    return " ".join(plain.split())


def test_a_visitor_reads_what_a_candidate_must_know(client, edition, past, marta):
    answer = client.get(URL)
    said = words(answer)

    assert_page(answer, public=True)
    assert "Trenta posti. Non si comprano, si guadagnano ." in said
    assert "<mark>si guadagnano</mark>" in answer.content.decode()
    assert "Sei mesi &lt;online&gt;." in answer.content.decode()
    for expected in (
        "Bando aperto · Master in Social Media Marketing", "lunedì 30 novembre, 23:59", "7 giorni",
        "Marta Lorenzi", "ascolto della rete", "360", "candidature lo scorso anno", "Mi hanno insegnato a chiedere.",
        RulesVersion.objects.get(edition=edition).digest[:4],
    ):  # fmt: skip
        assert expected in said
    assert "/e/terza/apply/" in answer.content.decode()


def test_an_edition_of_another_year_says_which(client, edition):
    type(edition).objects.filter(pk=edition.pk).update(ranking_closed_at=NOW - timedelta(days=400))
    assert f"· {NOW.year - 1}" in words(client.get(URL))


@pytest.mark.parametrize("path", ["/", URL, f"{URL}rules/"])
def test_the_days_head_stands_once_at_the_foot_of_each_public_page(client, edition, time, path):
    assert "<code>" not in foot_of(client.get(path))  # nothing was sealed yet: there is no head to print

    acts.seal(NOW)
    assert acts.newest().short not in words(client.get(path))

    time.now += timedelta(days=1)
    page = client.get(path)
    assert acts.newest().short in foot_of(page)
    assert words(page).count(acts.newest().short) == 1


def test_a_process_remembers_the_head_so_that_the_next_page_asks_nothing_for_it(
    edition, settings, time, django_assert_num_queries
):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "the head"}
    }
    acts.seal(NOW)
    time.now += timedelta(days=1)
    newest = acts.newest().short

    with django_assert_num_queries(1):
        assert [frame.head(), frame.head()] == [newest, newest]


def test_in_english_for_who_asks_in_english(client, edition):
    answer = client.get(URL, headers={"accept-language": "en"})

    assert_page(answer, public=True)
    assert "Call open" in words(answer)


def test_an_edition_that_is_not_public_does_not_exist(client, draft):
    for path in ("", "rules/", "rules/1.json", "questions/", "card.png", "calendar.ics", "news.atom"):
        assert client.get(URL + path).status_code == 404, path


@pytest.mark.parametrize(
    ("at", "standing", "can_apply"),
    [
        (OPENS - timedelta(seconds=1), "Bando non ancora aperto", False),
        (OPENS, "Bando aperto", True),
        (CLOSES - timedelta(seconds=1), "Bando aperto", True),
        (CLOSES, "Bando chiuso", False),
    ],
)
def test_the_page_is_true_to_the_second(client, edition, time, at, standing, can_apply):
    time.now = at
    answer = client.get(URL)

    assert standing in words(answer)
    assert ("/e/terza/apply/" in answer.content.decode()) is can_apply


@pytest.mark.parametrize(("instant", "before", "after"), [(OPENS, False, True), (CLOSES, True, False)])
def test_a_page_kept_in_memory_turns_at_the_instant_too(
    client, edition, time, settings, instant, before, after
):
    settings.KEEP_PAGES = True
    time.now = instant - timedelta(seconds=3)
    assert ("/e/terza/apply/" in client.get(URL).content.decode()) is before

    time.now = instant
    assert ("/e/terza/apply/" in client.get(URL).content.decode()) is after


def test_from_memory_it_asks_the_database_nothing(client, edition, settings, time, django_assert_num_queries):
    settings.KEEP_PAGES = True
    first = client.get(URL)
    time.now += timedelta(seconds=9)
    with django_assert_num_queries(0):
        again = client.get(URL)
        unchanged = client.get(URL, headers={"if-none-match": again.headers["ETag"]})

    assert again.content == first.content
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert client.get(URL, headers={"accept-language": "en"}).content != first.content


@pytest.mark.parametrize("path", [URL, f"{URL}news.atom", f"{URL}calendar.ics"])
def test_what_the_first_visitor_wrote_into_the_request_stands_on_nobodys_page(
    client, edition, settings, path
):
    """`localhost` and any port are names that this machine answers to, and the first request makes the page of all."""
    settings.KEEP_PAGES = True
    settings.SITE_URL = "https://scuola.example.org"
    client.get(f"{path}?from=someone", headers={"host": "localhost:6666"})
    said = client.get(path).content.decode()

    assert "6666" not in said
    assert "someone" not in said
    assert "https://scuola.example.org/e/terza/" in said


def test_what_the_coordinator_changes_is_seen_within_seconds(client, edition, lidia, settings, time):
    settings.KEEP_PAGES = True
    client.get(URL)
    actions.extend_call(
        edition, ends=CLOSES + timedelta(days=2), reason="Era caduta la linea.", by=lidia, at=time.now
    )
    time.now += timedelta(seconds=10)
    answer = client.get(URL)

    assert "Il bando resta aperto fino a mercoledì 2 dicembre, 23:59 Era caduta la linea." in words(answer)


def test_the_cost_does_not_grow_with_answers_and_teachers(
    client, edition, lidia, past, marta, django_assert_num_queries
):
    with django_assert_num_queries(6):
        client.get(URL)
    for number in range(3):
        asked = actions.ask(edition, f"Domanda {number}?", at=NOW)
        actions.answer(asked, "Sì.", by=lidia, at=NOW)
    with django_assert_num_queries(6):
        assert "Domanda 2?" in words(client.get(URL))


def test_called_off_it_stays_and_says_why(client, edition, lidia):
    actions.cancel(edition, reason="Non ci sono i docenti.", by=lidia, at=NOW)
    said = words(client.get(URL))

    assert "Annullata" in said
    assert "Non ci sono i docenti." in said
    assert "/e/terza/apply/" not in client.get(URL).content.decode()


def test_search_engines_read_a_course_and_cannot_be_made_to_run_anything(client, lidia):
    evil = make(lidia, slug="male", lead_it="</script><script>alert(1)</script>")
    actions.publish(evil, by=lidia, at=NOW)
    source = client.get("/e/male/").content.decode()
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', source, re.DOTALL)
    data = json.loads(found)

    assert "alert(1)</script>" not in source
    assert data["description"] == "</script><script>alert(1)</script>"
    assert data["@type"] == "Course"
    assert data["hasCourseInstance"]["startDate"] == "2027-01-11T08:00:00+00:00"
    assert data["offers"]["validThrough"] == CLOSES.isoformat()


def test_on_the_last_day_the_time_left_is_counted_down(client, edition, time):
    time.now = CLOSES - timedelta(days=2)
    assert "data-until" not in client.get(URL).content.decode()

    time.now = CLOSES - timedelta(hours=2)
    until = re.search(r'data-until="([^"]+)"', assert_page(client.get(URL), public=True))[1]
    assert datetime.fromisoformat(until) == CLOSES

    time.now = CLOSES
    assert "data-until" not in client.get(URL).content.decode()


def test_who_shares_the_page_shares_its_card_from_the_schools_own_address(client, edition, settings):
    settings.SITE_URL = "https://scuola.example.org"
    page = client.get(URL).content.decode()
    said = dict(re.findall(r'<meta property="og:(\w+)" content="([^"]*)">', page))

    assert said["image"] == f"https://scuola.example.org{URL}card.png"
    assert said["url"] == f"https://scuola.example.org{URL}"
    assert said["title"] == "Trenta posti. Non si comprano, si guadagnano."
    assert said["description"]


def test_the_rules_file_has_the_fingerprint_that_the_page_shows(client, edition):
    fixed = RulesVersion.objects.get(edition=edition)
    page, file = client.get(URL + "rules/"), client.get(URL + "rules/1.json")

    assert_page(page, public=True)
    assert ids.digest(file.content.decode()) == fixed.digest
    assert "Ci sono 30 posti" in words(page)
    assert client.get(URL + "rules/2.json").status_code == 404


def test_each_version_of_the_rules_says_why(client, edition, lidia):
    actions.change_seats(edition, 33, reason="Un'azienda in più.", by=lidia, at=NOW)
    said = words(client.get(URL + "rules/"))

    assert "Un&#x27;azienda in più." in said
    assert "Ci sono 33 posti" in said
    assert client.get(URL + "rules/1.json").content != client.get(URL + "rules/2.json").content


def test_a_question_is_kept_and_shown_only_when_answered(client, edition, lidia):
    assert_page(client.get(URL + "questions/"))
    answer = client.post(URL + "questions/", {"question": "Serve la laurea?", "email": ""}, follow=True)
    assert "La tua domanda è arrivata" in words(answer)
    assert "Serve la laurea?" not in words(client.get(URL + "questions/"))

    actions.answer(Clarification.objects.get(), "No.", by=lidia, at=NOW)
    assert "Serve la laurea? No. 23 novembre 2026" in words(client.get(URL + "questions/"))
    assert "Serve la laurea?" in words(client.get(URL))


def test_a_question_without_words_says_so_and_keeps_the_address(client, edition):
    answer = client.post(URL + "questions/", {"question": " ", "email": "a@example.org"})

    assert answer.status_code == 200
    assert "a@example.org" in answer.content.decode()
    assert Clarification.objects.count() == 0


def send(client, number, *, address="192.0.2.7", email="", **more):
    typed = {"question": f"Domanda numero {number}?", "email": email}
    return client.post(URL + "questions/", typed, REMOTE_ADDR=address, **more)


def test_many_questions_from_one_machine_wait_and_what_was_typed_is_kept(client, edition, time):
    for number in range(5):
        assert send(client, number).status_code == 302
    refused = send(Client(), 5, email="nives@example.org")

    page = assert_page(refused, status=429)
    assert "non è partita" in words(refused)
    assert "Domanda numero 5?</textarea>" in page
    assert "nives@example.org" in page
    assert Clarification.objects.count() == 5
    assert send(client, 6, address="192.0.2.8").status_code == 302
    time.now += timedelta(minutes=15)
    assert send(client, 7).status_code == 302


@pytest.mark.parametrize(
    ("address", "same_machine", "same_network"),
    [
        ("192.0.2.{}", "192.0.2.{}", "192.0.2.{}"),
        ("2001:db8:1:{}::1", "2001:db8:1:{}::{}", "2001:db8:1:{}::1"),
        ("::ffff:192.0.2.{}", "192.0.2.{}", "::ffff:192.0.2.{}"),
    ],
)
def test_a_network_has_its_own_count(client, edition, address, same_machine, same_network):
    for number in range(5):
        assert send(client, number, address=same_machine.format(1, number or 1)).status_code == 302
    assert send(client, 5, address=address.format(1)).status_code == 429  # one line is one machine
    for number in range(6, 20):
        assert send(client, number, address=same_network.format(number)).status_code == 302
    assert send(client, 20, address=same_network.format(20)).status_code == 429
    assert send(client, 21, address="198.51.100.1").status_code == 302


def test_one_address_is_written_to_a_few_times_a_day_whoever_names_it(client, edition, lidia):
    for number in range(3):
        assert send(client, number, address=f"10.0.{number}.1", email="A@example.org").status_code == 302
    assert send(client, 3, address="10.0.9.1", email="a@Example.org").status_code == 429
    assert send(client, 4, address="10.0.9.1").status_code == 302
    assert not Outgoing.objects.exists()  # a question alone sends no mail to anybody

    for asked in Clarification.objects.all():
        actions.answer(asked, "No.", by=lidia, at=NOW)
    assert Outgoing.objects.count() == 3


def test_a_question_sent_twice_stands_once(client, edition, time):
    send(client, 1)
    send(client, 1)
    assert Clarification.objects.count() == 1
    time.now += timedelta(minutes=10)
    send(client, 1)
    assert Clarification.objects.count() == 2


def test_behind_a_front_server_its_word_counts_and_not_the_visitors(client, edition, settings):
    settings.BEHIND_PROXY = True
    for number in range(5):
        said = f"203.0.113.{number}, 192.0.2.7"
        assert send(client, number, address="127.0.0.1", HTTP_X_FORWARDED_FOR=said).status_code == 302
    said = "203.0.113.99, 192.0.2.7"
    assert send(client, 6, address="127.0.0.1", HTTP_X_FORWARDED_FOR=said).status_code == 429


def test_a_question_wants_the_forms_own_token(edition):
    answer = Client(enforce_csrf_checks=True).post(URL + "questions/", {"question": "Serve la laurea?"})

    assert answer.status_code == 403
    assert Clarification.objects.count() == 0


def test_the_calendar_has_the_dates_and_not_what_is_left_out(client, edition):
    book = Calendar.from_ical(client.get(URL + "calendar.ics").content)
    found = {str(event["summary"]): event["dtstart"].dt for event in book.walk("VEVENT")}

    assert found["Classe 3: il bando chiude"] == CLOSES
    assert len(found) == 5


def test_the_card_is_a_picture_of_the_right_size_and_changes_with_the_words(client, edition, lidia):
    first = client.get(URL + "card.png").content
    with Image.open(BytesIO(first)) as image:
        assert (image.size, image.format) == ((1200, 630), "PNG")
    actions.describe(edition, {"headline_it": "Un'altra cosa " * 8}, by=lidia, at=NOW)

    assert client.get(URL + "card.png").content != first


def test_the_feed_tells_public_acts_and_answers_and_nothing_of_staff(client, edition, lidia, marta):
    asked = actions.ask(edition, "Serve la laurea?", at=NOW)
    actions.answer(asked, "No.", by=lidia, at=NOW)
    told = client.get(URL + "news.atom").content.decode()

    assert "Serve la laurea?" in told
    assert RulesVersion.objects.get().digest[:12] in told
    assert "cominciato a preparare" not in told


def test_the_home_page_leads_to_the_call_that_closes_first(client, edition, past):
    answer = client.get("/")

    assert_page(answer, public=True)
    assert "Trenta posti" in words(answer)
    assert "Edizioni passate Classe 2" in words(answer)


def test_the_home_page_of_a_house_without_a_school(client, db):
    answer = client.get("/")

    assert_page(answer, public=True)
    assert "non ha ancora aperto" in words(answer)


def test_the_home_page_costs_the_same_with_many_editions(
    client, edition, past, lidia, django_assert_num_queries
):
    with django_assert_num_queries(7):
        client.get("/")
    for number in range(4, 7):
        actions.publish(make(lidia, number=number, slug=f"n{number}"), by=lidia, at=NOW)
    with django_assert_num_queries(7):
        client.get("/")
