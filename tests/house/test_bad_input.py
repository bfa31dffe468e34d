"""What goes wrong around a form, whatever the form: docs/testing.md has the whole table, and this file fills most of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.pages import faults

from sqcuola.admissions.models import Draft, Offer
from sqcuola.editions.models import Clarification, Edition
from sqcuola.kernel import clock
from sqcuola.kernel.permissions import rows
from sqcuola.notices.models import Message
from sqcuola.people.models import Person, SignInCode
from sqcuola.questions.models import AnswerEntry

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}


@dataclass(frozen=True, slots=True)
class Form:
    """A main form: the url and kind of person of its row in the matrix, another thing to type, and what stands after it."""

    url: str
    kind: str
    typed: dict[str, str]
    stands: Callable[[Any], Any]
    case: str = ""

    @property
    def public(self) -> bool:
        return self.kind == "visitor"

    def row(self) -> Any:
        return next(
            row for _room, row in rows() if (row.url, row.method, row.case) == (self.url, "POST", self.case)
        )


FORMS = {
    "enter": Form(
        "people:enter",
        "visitor",
        {"email": "somebody@canary.example"},
        lambda _cast: SignInCode.objects.filter(email="somebody@canary.example").count(),
    ),
    "profile": Form(
        "people:profile",
        "stranger",
        {"name": "Rita Altrimenti"},
        lambda cast: Person.objects.get(pk=cast.stranger.pk).name,
    ),
    "application": Form(
        "admissions:section",
        "applicant",
        {"name": "Ada Altrimenti", "version": "0"},
        lambda cast: list(
            Draft.objects.filter(application=cast.application).values_list("typed", "version", "aside")
        ),
    ),
    "test answer": Form(
        "questions:page",
        "somebody in a test",
        {"on": "a1", "a1": "1", "go": "next"},
        lambda _cast: AnswerEntry.objects.count(),
    ),
    "offer": Form(
        "admissions:accept", "admitted", {}, lambda _cast: list(Offer.objects.values_list("state"))
    ),
    "letter": Form("notices:write", "administrator", {}, lambda _cast: Message.objects.count()),
    "settings": Form(
        "editions:words",
        "coordinator",
        {"title": "Rooms otherwise"},
        lambda cast: Edition.objects.get(pk=cast.edition.pk).title,
    ),
    "clarification": Form(
        "front:questions",
        "visitor",
        {"question": "Otherwise?"},
        lambda _cast: Clarification.objects.count(),
        "published",
    ),
}
every_form = pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
signed_in_forms = pytest.mark.parametrize(
    "form",
    [form for form in FORMS.values() if not form.public],
    ids=[name for name, form in FORMS.items() if not form.public],
)


@pytest.fixture
def cast(whole_cast):
    yield whole_cast
    clock.shift(timedelta())


class Browser:
    """Somebody's browser at one form."""

    def __init__(self, cast, form, **how):
        self.form, self.cast = form, cast
        self.url = reverse(form.url, kwargs=form.row().kwargs(cast))
        self.client = Client(raise_request_exception=False, headers=ENGLISH, **how)
        if not form.public:
            self.client.force_login(cast.people[form.kind])

    def send(self, **more):
        typed = {**self.form.row().data(self.cast), **self.form.typed, **more}
        return self.client.post(self.url, typed)

    def look(self):
        return self.client.get(self.url)


def readable(answer):
    """Hold a refusal to what every page owes: whole, in the reader's language, with a way on, no trace of the machine."""
    text = answer.content.decode()
    assert faults(text) == []
    assert '<html lang="en">' in text
    assert "Traceback" not in text
    return text


@signed_in_forms
def test_a_lost_session(cast, form):
    browser, before = Browser(cast, form), form.stands(cast)
    browser.client.cookies.clear()

    answer = browser.send()

    assert answer.status_code == 403
    assert "/enter/" in readable(answer)
    assert form.stands(cast) == before


@every_form
def test_a_stale_page(cast, form):
    """A page from before, whose token is not the session's any more."""
    browser, before = Browser(cast, form, enforce_csrf_checks=True), form.stands(cast)

    answer = browser.send(csrfmiddlewaretoken="x" * 64)

    assert answer.status_code == 403
    assert "old" in readable(answer)
    assert form.stands(cast) == before


@every_form
def test_a_double_click(cast, form):
    browser = Browser(cast, form)
    assert browser.send().status_code in {200, 302}
    once = form.stands(cast)

    assert browser.send().status_code in {200, 302}

    # A second code is a second mail on purpose: only the newest one counts.
    assert form.stands(cast) == (2 if form.url == "people:enter" else once)


@every_form
def test_the_back_button(cast, form):
    browser = Browser(cast, form)
    browser.send()
    stood = form.stands(cast)

    shown = browser.look()

    assert shown.status_code in {
        200,
        302,
        405,
    }  # an offer is answered by a button, and has no page of its own
    assert form.stands(cast) == stood
    assert browser.send().status_code in {200, 302}


@every_form
def test_two_tabs(cast, form):
    """Both tabs are answered, and what the first one saved is never half of what the second one saved."""
    one, other = Browser(cast, form), Browser(cast, form)
    one.look(), other.look()
    assert one.send().status_code in {200, 302}
    assert other.send().status_code in {200, 302}


@pytest.mark.parametrize(("name", "field"), [("profile", "name"), ("settings", "title")])
def test_two_tabs_with_different_words(cast, name, field):
    """Where one form is one person's, the last that was sent stands whole. An application asks which of the two: see there."""
    form = FORMS[name]
    one, other = Browser(cast, form), Browser(cast, form)
    one.look(), other.look()
    one.send()
    other.send(**{field: "Said last"})

    assert form.stands(cast) == "Said last"
    assert "Said last" in one.look().content.decode()


@every_form
@pytest.mark.parametrize("hours", [-3, 3], ids=["behind", "ahead"])
def test_a_wrong_clock(cast, form, hours):
    """The reader's clock is asked nowhere; the server's is put right between two clicks, and nothing breaks."""
    browser = Browser(cast, form)
    browser.send()
    clock.shift(timedelta(hours=hours))

    again = browser.send()

    assert again.status_code < 500
    assert again.status_code in {200, 302} or readable(again)


def test_nothing_here_passes_by_itself(cast):
    """A good form changes what stands, so that "nothing changed" means something."""
    for name, form in FORMS.items():
        before = form.stands(cast)
        Browser(cast, form).send()
        assert (name, form.stands(cast)) != (name, before)
