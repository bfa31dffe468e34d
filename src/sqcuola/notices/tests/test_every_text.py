"""Every automatic text of every room, in both languages, as it arrives."""

from datetime import timedelta

import pytest
from tests.mails import assert_mail

from sqcuola.editions.models import Phase
from sqcuola.notices import queries, texts
from sqcuola.ui import letters

pytestmark = pytest.mark.django_db

EVERY = [
    pytest.param(text, language, id=f"{text.key}-{language}")
    for text in texts.all_texts()
    for language in ("it", "en")
]


def test_there_are_texts_of_every_room_that_writes():
    assert {text.key.partition(".")[0] for text in texts.all_texts()} >= {"admissions", "editions"}
    assert len(texts.all_texts()) >= 14


@pytest.mark.parametrize(("text", "language"), EVERY)
def test_it_arrives_whole(text, language):
    said = texts.filled(texts.ours(text, language), text.samples(language))
    foot = "La scuola: https://scuola.example/notices/preferences/"

    assert_mail(
        said.subject,
        letters.plain(said.body, foot=foot),
        letters.html(said.subject, said.body, language=language, foot=foot),
        language,
    )
    if not text.nameless:
        assert said.body.startswith({"it": "Ciao Nives,\n\n", "en": "Hello Nives,\n\n"}[language])
    if "url" in texts.FIELD.findall(texts.ours(text, language).body):
        assert [part.words for part in letters.paragraphs(said.body) if part.url], (
            "the page is a button with words"
        )


@pytest.mark.parametrize(("text", "language"), EVERY)
def test_what_it_needs_is_said_in_both_languages(text, language):
    said = texts.ours(text, language)
    assert text.lacking(f"{said.subject} {said.body}") == []
    assert text.unknown(f"{said.subject} {said.body}") == []


def test_nothing_is_said_in_english_to_who_reads_italian():
    for text in texts.all_texts():
        italian, english = texts.ours(text, "it"), texts.ours(text, "en")
        assert italian.subject != english.subject, text.key
        assert italian.body != english.body, text.key
        assert text.samples("it")["edition"] == "Classe III"


def test_an_edition_with_every_stage_lists_every_text(edition):
    begins = edition.phases.get(kind="class").begins
    for kind in Phase.Kind:
        edition.phases.get_or_create(
            kind=kind, defaults={"begins": begins, "ends": begins + timedelta(days=9)}
        )
    listed = [row.text.key for stage in queries.texts_by_stage(edition, "it") for row in stage.rows]

    assert sorted(listed) == sorted(text.key for text in texts.all_texts())
