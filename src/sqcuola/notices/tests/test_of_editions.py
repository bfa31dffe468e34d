"""What the room of editions says leaves in the words of each edition."""

import pytest

from sqcuola.editions import actions, mail
from sqcuola.kernel.models import Outgoing
from sqcuola.notices.models import EditedText, Notice
from sqcuola.notices.tests.conftest import NOON

pytestmark = pytest.mark.django_db


def own_words(edition, key, language="it"):
    EditedText.objects.create(
        edition=edition,
        key=key,
        language=language,
        subject="Per te: {edition}",
        body="Le nostre parole.\n\nLeggi: {url}",
        edited_at=NOON,
    )


def test_an_answer_goes_to_who_asked_in_their_language_and_the_editions_words(edition, lidia):
    for language in ("it", "en"):
        asked = actions.ask(
            edition, "Serve la laurea?", email=f"{language}@example.org", language=language, at=NOON
        )
        own_words(edition, "editions.answered") if language == "it" else None
        actions.answer(asked, "No.", by=lidia, at=NOON)

    italian, english = Outgoing.objects.order_by("pk")
    assert italian.subject == "Per te: Classe III"
    assert "http://127.0.0.1:8000/e/terza/questions/" in italian.text
    assert english.subject == "Your question about Classe III has an answer"
    assert "Serve la laurea?\n\nThe answer:\n\nNo.\n\n" in english.text
    assert "preferences" not in english.text, "who asked has no page here"
    assert not Notice.objects.exists()


def test_an_invitation_carries_its_link_and_the_role_in_the_readers_language(edition, lidia, ugo):
    actions.invite(edition, ugo.email, "teacher", name="", about="misurare", by=lidia, at=NOON)

    letter = Outgoing.objects.get()
    assert letter.subject == "Lidia asks you to be teacher (misurare) of Classe III"
    assert letter.text.startswith("Hello Ugo,")
    assert "/l/" in letter.text
    assert ">Read and answer</a>" in letter.html


def test_a_letter_that_no_room_posts_is_a_fault_and_not_silence(monkeypatch, edition, lidia):
    monkeypatch.setattr(mail, "_roads", [])
    asked = actions.ask(edition, "Quando?", email="it@example.org", at=NOON)

    with pytest.raises(LookupError):
        actions.answer(asked, "Domani.", by=lidia, at=NOON)
    asked.refresh_from_db()
    assert (asked.email, asked.answered_at) == ("it@example.org", None)
