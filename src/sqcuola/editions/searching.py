"""What visitors find of an edition: the edition itself, once it is public, and each answer to a question about it.

A copy of what the public page says, in the transaction that changes it. Nobody's name stands in it: not who teaches,
whom one asks for help, or who asked.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from django.utils import translation
from django.utils.translation import gettext as _

from sqcuola.editions import rulebook
from sqcuola.editions.models import Change, Clarification, Edition, RulesVersion
from sqcuola.kernel import search, text

EDITION: Final = "edition"
ANSWER: Final = "answer"
LONGEST_TITLE: Final = 160  # letters of a question that stand as a title
OF_EDITIONS: Final = "editions.edition:"
OF_ANSWERS: Final = "editions.clarification:"


def put_edition(number: int) -> None:
    """Let the index say what the edition of this id says now, or nothing before it is public. In a transaction.

    The edition is read anew and held: what two people change at the same instant is put in by whoever comes last.
    """
    edition = Edition.objects.select_for_update().filter(pk=number).first()
    said = _edition_in_words(edition) if edition and edition.published_at else ()
    search.put(f"{OF_EDITIONS}{number}", *said)


def put_answer(clarification: Clarification) -> None:
    """Let the index say what was answered, or nothing where the question waits, was set aside, or nobody sees its edition.

    In the transaction that wrote the answer, whose row it then holds. The edition is read anew and held: somebody may
    make it public at the same instant, and would not see this answer yet.
    """
    edition = Edition.objects.select_for_update(no_key=True).get(pk=clarification.edition_id)
    _put_answer(clarification, edition)


def _put_answer(clarification: Clarification, edition: Edition) -> None:
    search.put(f"{OF_ANSWERS}{clarification.pk}", *_answer_in_words(clarification, edition))


def put_answers(edition: Edition) -> None:
    """Let the index say what was answered before an edition was public. In the transaction that makes it so, and holds its row."""
    for clarification in Clarification.objects.filter(edition=edition).exclude(answered_at=None):
        _put_answer(clarification, edition)


def _edition_in_words(edition: Edition) -> Iterator[search.Entry]:
    rules = RulesVersion.objects.filter(edition=edition).first()
    why = Change.objects.filter(edition=edition, kind=Change.Kind.CANCELLED).first()
    for language in rulebook.LANGUAGES:
        with translation.override(language):
            off = (
                [_("This edition was called off."), why.reason if why else ""] if edition.cancelled_at else []
            )
            said = [*off, edition.subject, edition.headline.replace("*", ""), edition.lead]
        said += [words for _key, words in rulebook.read(rules.canonical, language)] if rules else []
        yield search.Entry(
            kind=EDITION,
            audience="public",
            scope=edition.scope,
            title=edition.title,
            body=_sentences(said),
            url=edition.path,
            language=language,
            at=edition.published_at or edition.created_at,
        )


def _answer_in_words(clarification: Clarification, edition: Edition) -> Iterator[search.Entry]:
    at = clarification.answered_at
    if at is None or clarification.set_aside_at or not edition.published_at:
        return
    question, answer = (" ".join(words.split()) for words in (clarification.question, clarification.answer))
    title = text.excerpt_of(question, LONGEST_TITLE)
    yield search.Entry(
        kind=ANSWER,
        audience="public",
        scope=edition.scope,
        title=title,
        body=answer if title == question else f"{question} {answer}",
        url=f"{edition.path}questions/#answer-{clarification.pk}",
        language=clarification.language,
        at=at,
    )


def _sentences(said: Iterable[str]) -> str:
    """Return words of several lines as one text, with a full stop where a line has none."""
    lines = [" ".join(line.split()) for line in said if line.strip()]
    return " ".join(line if line[-1] in ".!?…" else f"{line}." for line in lines)


def keys() -> list[str]:
    """Return the keys of all editions and questions, also of those that nobody may find."""
    editions, asked = Edition.objects.values_list("pk"), Clarification.objects.values_list("pk")
    return [
        *[f"{OF_EDITIONS}{number}" for (number,) in editions],
        *[f"{OF_ANSWERS}{number}" for (number,) in asked.exclude(answered_at=None)],
    ]


def put(key: str) -> None:
    """Put what a key stands for into the index as it is now, or take it out where it is no more. In a transaction."""
    number = int(key.rpartition(":")[2])
    if key.startswith(OF_EDITIONS):
        put_edition(number)
        return
    found = Clarification.objects.select_for_update().filter(pk=number).first()
    if found is None:
        search.put(key)
    else:
        put_answer(found)


def register() -> None:
    """Tell the kernel what this room has to be found."""
    search.register("editions", keys=keys, put=put)
