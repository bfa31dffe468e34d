import gzip
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from tests.pages import assert_page

from sqcuola.admissions import actions
from sqcuola.admissions.models import Application, Draft, LetterAnswer, LetterQuestion
from sqcuola.admissions.tests.conftest import CLOSES, NOW, OPENS, typed_for
from sqcuola.admissions.tests.test_applying import fill

SECOND = timedelta(seconds=1)
APPLY = "/e/terza/apply/"


def form_of(application, section, typed, version=0, page="p1"):
    return typed | {"version": version, "page": page, "of": application.code, "section": section}


@pytest.fixture
def application(edition, nives):
    return actions.begin(edition, by=nives, at=NOW)


def test_a_visitor_is_asked_to_sign_in_first(client, edition):
    answer = client.get(APPLY)

    assert answer.status_code == 302
    assert answer.url.endswith(f"next={APPLY}")


def test_an_edition_that_is_not_public_has_no_application(browser, edition):
    edition.published_at = None
    edition.save()

    assert browser.get(APPLY).status_code == 404


def test_looking_begins_nothing_the_button_does(browser, edition):
    assert_page(browser.get(APPLY))
    assert not Application.objects.exists()

    answer = browser.post(APPLY)

    assert answer.url == "/e/terza/apply/about/"
    assert Application.objects.count() == 1


@pytest.mark.parametrize(
    ("at", "words"), [(OPENS - SECOND, "Il bando si apre"), (CLOSES, "Il bando si è chiuso")]
)
def test_outside_the_call_the_page_says_when(browser, clock_at, edition, at, words):
    clock_at(at)

    answer = browser.get(APPLY)

    assert_page(answer)
    assert words in answer.content.decode()
    assert browser.post(APPLY).status_code == 403
    assert not Application.objects.exists()


def test_every_section_is_a_page(browser, application):
    for section in Draft.Section:
        assert_page(browser.get(f"{APPLY}{section}/"))


def test_a_section_that_the_edition_does_not_ask_for_is_missing(browser, application):
    assert browser.get(f"{APPLY}nothing/").status_code == 404


def test_somebody_without_an_application_has_no_sections(browser, edition):
    assert browser.get(f"{APPLY}about/").status_code == 404


def test_a_whole_application_in_two_sittings(browser, application, nives):
    typed = typed_for(application.edition)
    for section in Draft.Section:
        browser.post(f"{APPLY}{section}/", form_of(application, section, typed[section]))
    assert_page(browser.get(APPLY))
    read = browser.get(f"{APPLY}check/")
    assert_page(read)
    assert "Risposta 1" in read.content.decode()

    browser.post(f"{APPLY}check/")

    receipt = browser.get(APPLY)
    assert_page(receipt)
    application.refresh_from_db()
    assert application.submitted_at == NOW
    assert application.code in receipt.content.decode()
    assert application.test_code in receipt.content.decode()


def test_wrong_input_comes_back_as_it_was_typed_with_a_sentence(browser, application):
    answer = browser.post(
        f"{APPLY}about/", form_of(application, "about", {"born": "ieri", "name": "Nives"}), follow=True
    )

    page = answer.content.decode()
    assert_page(answer)
    assert 'value="ieri"' in page
    assert 'aria-invalid="true"' in page
    assert Draft.objects.get(section="about").typed["born"] == "ieri"


def test_handing_in_too_early_says_what_is_missing(browser, application):
    answer = browser.post(f"{APPLY}check/")

    assert_page(answer)
    assert Application.objects.get().submitted_at is None


def test_autosave_keeps_the_text_and_says_when(browser, application):
    url = f"{APPLY}letter/"
    key = next(iter(typed_for(application.edition)["letter"]))

    first = browser.post(url, form_of(application, "letter", {key: "Asc"}), headers={"X-Autosave": "1"})
    second = browser.post(url, form_of(application, "letter", {key: "Ascolto"}), headers={"X-Autosave": "1"})

    assert (first.status_code, second.status_code) == (200, 200)
    assert "11:00:00" in second.content.decode()
    assert Draft.objects.get(section="letter").typed[key] == "Ascolto"


def test_beside_each_answer_stands_when_it_was_saved_and_how_much_is_left(browser, application):
    url = f"{APPLY}letter/"
    key, other = list(typed_for(application.edition)["letter"])[:2]
    browser.post(url, form_of(application, "letter", {key: "A\r\nb", other: "x" * 9000}))

    page = assert_page(browser.get(url))

    assert "Ti restano 197 caratteri" in page
    assert "8800 caratteri di troppo" in page
    assert page.count("data-saved-here>Salvato lunedì 23 novembre, 11:00") == page.count("data-left=")


def test_two_tabs_lose_nothing_and_the_person_chooses(browser, application):
    url = f"{APPLY}letter/"
    key = next(iter(typed_for(application.edition)["letter"]))
    browser.post(url, form_of(application, "letter", {key: "Prima"}, page="one"))

    quiet = browser.post(
        url, form_of(application, "letter", {key: "Seconda"}, page="two"), headers={"X-Autosave": "1"}
    )
    page = browser.get(url)

    assert quiet.status_code == 409
    assert_page(page)
    assert "Prima" in page.content.decode()
    assert "Seconda" in page.content.decode()

    browser.post(f"{url}aside/", {"take": "yes"})

    assert Draft.objects.get(section="letter").typed[key] == "Seconda"


def test_a_lost_session_keeps_the_text_for_after_the_sign_in(client, clock_at, application, nives):
    key = next(iter(typed_for(application.edition)["letter"]))

    sent = client.post(f"{APPLY}letter/", form_of(application, "letter", {key: "Non perdermi"}))
    assert sent.url.endswith("next=/e/terza/apply/letter/")
    client.force_login(nives)
    page = client.get(f"{APPLY}letter/")

    assert_page(page)
    assert "Non perdermi" in page.content.decode()
    assert not Draft.objects.filter(section="letter").exists()  # looking saves nothing

    client.post(f"{APPLY}letter/", form_of(application, "letter", {key: "Non perdermi"}))

    assert Draft.objects.get(section="letter").typed[key] == "Non perdermi"
    assert "admissions.kept" not in client.session


def test_visitors_do_not_fill_the_house_with_sessions(client, clock_at, application):
    """A program needs no account to send the form of a section; each new session would keep 60 kilobytes."""
    sent = form_of(application, "letter", {"answer": "x" * 50_000})
    answers = [Client().post(f"{APPLY}letter/", sent) for _number in range(70)]
    assert Session.objects.count() == 60
    assert {answer.status_code for answer in answers[60:]} == {403}

    client.cookies = answers[0].cookies  # who has a session, and lost only the sign-in, keeps the text
    assert client.post(f"{APPLY}letter/", sent).status_code == 302
    assert Session.objects.count() == 60

    many = form_of(application, "letter", {f"{number}{'x' * 800}": "" for number in range(100)})
    assert client.post(f"{APPLY}letter/", many).status_code == 403


def test_a_lost_text_is_never_shown_to_another_person(client, clock_at, application, other):
    actions.begin(application.edition, by=other, at=NOW)
    key = next(iter(typed_for(application.edition)["letter"]))
    client.post(f"{APPLY}letter/", form_of(application, "letter", {key: "Solo mio"}))

    client.force_login(other)

    assert "Solo mio" not in client.get(f"{APPLY}letter/").content.decode()


def test_a_form_sent_after_the_deadline_says_what_was_kept(browser, clock_at, application, nives):
    fill(application, nives)
    clock_at(CLOSES)
    key = next(iter(typed_for(application.edition)["letter"]))

    answer = browser.post(f"{APPLY}letter/", form_of(application, "letter", {key: "Troppo tardi"}, version=1))

    assert_page(answer, status=403)
    assert "Troppo tardi" in answer.content.decode()
    assert Draft.objects.get(section="letter").typed[key] == "Risposta 1"

    answer = browser.post(f"{APPLY}check/")

    assert answer.status_code == 403
    assert Application.objects.get().submitted_at is None
    assert_page(browser.get(APPLY))


WITHDRAWN = "La tua candidatura è ritirata. Quello che avevi scritto è ancora qui."


def test_withdrawing_asks_once_and_can_be_taken_back(browser, application):
    assert_page(browser.get(f"{APPLY}withdraw/"))
    assert Application.objects.get().withdrawn_at is None

    browser.post(f"{APPLY}withdraw/")
    page = assert_page(browser.get(APPLY))
    assert Application.objects.get().withdrawn_at == NOW
    assert f'<div class="toast">\n        <p>{WITHDRAWN}</p>' in page
    assert page.count(f'action="{APPLY}again/"') == 2  # the toast takes it back too

    browser.post(f"{APPLY}again/")
    assert Application.objects.get().withdrawn_at is None


def test_nobody_opens_the_pages_of_another(browser, edition, other):
    theirs = actions.begin(edition, by=other, at=NOW)

    for path in ("about/", "check/", "withdraw/"):
        assert browser.get(f"{APPLY}{path}").status_code == 404
    assert browser.post(f"{APPLY}letter/", form_of(theirs, "letter", {})).status_code == 404


def test_a_section_is_light_on_a_phone(browser, application):
    page = browser.get(f"{APPLY}letter/").content

    assert len(gzip.compress(page)) < 12_000


def test_what_is_typed_is_escaped(browser, application):
    key = next(iter(typed_for(application.edition)["letter"]))
    browser.post(f"{APPLY}letter/", form_of(application, "letter", {key: "<script>alert(1)</script>"}))

    for path in ("letter/", "check/"):
        assert "<script>alert" not in browser.get(f"{APPLY}{path}").content.decode()
    assert not LetterAnswer.objects.exists()


def test_saving_a_section_takes_few_queries(browser, application, django_assert_num_queries):
    typed = form_of(application, "letter", typed_for(application.edition)["letter"])
    browser.post(f"{APPLY}letter/", typed)
    key = next(iter(typed))

    with django_assert_num_queries(10):
        browser.post(f"{APPLY}letter/", typed | {key: "Altro"}, headers={"X-Autosave": "1"})


def test_an_answer_that_is_too_long_is_kept_whole_and_told_by_how_much(browser, application):
    first, second = (f"answer_{question.pk}" for question in LetterQuestion.objects.all())
    assert "maxlength" not in browser.get(f"{APPLY}letter/").content.decode()

    typed = {first: "a" * 250, second: f"{'a' * 99}\r\n{'a' * 100}"}
    browser.post(f"{APPLY}letter/", form_of(application, "letter", typed))
    page = assert_page(browser.get(f"{APPLY}letter/"))

    assert "a" * 250 in page
    assert "Supera i 200 caratteri: ne ha 250." in page
    assert "ne ha 201" not in page, "a new line is one character, as a browser counts it"
