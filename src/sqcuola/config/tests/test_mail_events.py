"""A provider tells what came back: with the secret, and about letters of ours."""

import base64
import json

import pytest
from anymail.exceptions import AnymailWebhookValidationFailure
from django.core.exceptions import ImproperlyConfigured

from sqcuola.config import mail_events
from sqcuola.kernel import outbox
from sqcuola.kernel.models import Outgoing

pytestmark = pytest.mark.django_db

SECRET = "school:long-and-random"
BOUNCE = {
    "RecordType": "Bounce",
    "Type": "HardBounce",
    "TypeCode": 1,
    "MessageID": "883953f4-6105-42a2-a16a-77a8eac79483",
    "Email": "nives@example.org",
    "Description": "The server was unable to deliver your message (ex: unknown user, mailbox not found).",
    "Details": "smtp;550 5.1.1 <nives@example.org>: user unknown",
    "BouncedAt": "2026-11-23T11:00:00Z",
    "Metadata": {},
}


@pytest.fixture
def letter(at):
    letter = outbox.put(key="test:1", to="nives@example.org", subject="Ciao", text="Eccoci.", at=at)
    Outgoing.objects.filter(pk=letter.pk).update(
        state="sent", claimed_at=at, sent_at=at, message_id=BOUNCE["MessageID"]
    )
    return letter


@pytest.fixture
def at():
    from sqcuola.kernel import clock

    return clock.now()


@pytest.fixture
def tell(rf, settings):
    settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET}
    (pattern,) = mail_events.patterns("postmark")

    def tell(secret=SECRET, **changes):
        return pattern.callback(
            rf.post(
                "/hooks/mail/postmark/",
                json.dumps({**BOUNCE, **changes}),
                content_type="application/json",
                headers={"authorization": "Basic " + base64.b64encode(secret.encode()).decode()},
            )
        )

    return tell


def test_a_letter_came_back_and_why_is_said(tell, letter):
    assert tell().status_code == 200
    tell()

    letter.refresh_from_db()
    assert (letter.state, str(letter.why)) == ("bounced", "questo indirizzo non esiste")


def test_who_does_not_know_the_secret_tells_nothing(tell, letter):
    with pytest.raises(AnymailWebhookValidationFailure):
        tell(secret="school:guessed")

    letter.refresh_from_db()
    assert letter.state == "sent"


def test_of_a_letter_that_is_not_ours_nothing_is_noted(tell, letter):
    tell(MessageID="another")

    letter.refresh_from_db()
    assert letter.state == "sent"


@pytest.mark.parametrize("kind", ["Transient", "AutoResponder"])
def test_what_is_late_has_not_come_back_however_often_it_is_said(tell, letter, kind):
    for _ in range(9):
        tell(Type=kind)

    letter.refresh_from_db()
    assert letter.state == "sent"


def test_a_provider_that_tells_nothing_is_a_fault_and_not_silence():
    with pytest.raises(ImproperlyConfigured, match="nobody"):
        mail_events.patterns("nobody")


def test_without_a_secret_there_is_no_url(client, settings):
    assert settings.MAIL_EVENTS == ""
    assert client.post("/hooks/mail/postmark/").status_code == 404
