"""The mails of getting in: each in both languages, in the house's clothes."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.mails import assert_mail

from sqcuola.kernel.models import Outgoing
from sqcuola.people import mail

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)

FOLDER = Path(mail.__file__).parent / "templates/people/mail"
SAFETY = (
    "totp_activated", "totp_deactivated", "webauthn_added", "webauthn_removed", "recovery_codes_generated",
    "password_set", "password_dropped", "rescue_asked", "restored",
)  # fmt: skip
NAMES = [path.stem for path in sorted(FOLDER.glob("*.txt"))]


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_it_arrives_whole(name, language, nives):
    for what in SAFETY if name == "safety_changed" else ("",):
        mail.post(
            name,
            key=f"{name}{what}",
            to="nives@example.org",
            language=language,
            at=NOON,
            code="428913",
            minutes=10,
            link="https://scuola.example/l/K7M2/",
            name="Nives",
            person=nives,
            colleague=nives,
            old="old@example.org",
            what=what,
        )
        letter = Outgoing.objects.latest("pk")
        assert_mail(letter.subject, letter.text, letter.html, language)


def test_every_mail_of_the_room_was_looked_at():
    assert len(NAMES) >= 12
