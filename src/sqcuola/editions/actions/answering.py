"""Questions about a call, and their dated answers."""

from datetime import datetime, timedelta

from django.db import transaction

from sqcuola.editions import mail, rules, searching
from sqcuola.editions.acts import ClarificationAnswered
from sqcuola.editions.models import Clarification, Edition
from sqcuola.kernel import acts
from sqcuola.people.models import Person

AGAIN = timedelta(minutes=10)


def ask(
    edition: Edition, question: str, *, email: str = "", language: str = "it", at: datetime
) -> Clarification:
    """Keep a question that somebody asked about an edition. Anybody may, by leaving an address or not.

    The same words for the same address, sent again within ten minutes, are one question.
    """
    just_now = edition.clarifications.filter(
        question=question, email=email, answered_at=None, set_aside_at=None, asked_at__gt=at - AGAIN
    )
    return just_now.first() or Clarification.objects.create(
        edition=edition, question=question, email=email, language=language, asked_at=at
    )


@transaction.atomic
def answer(clarification: Clarification, words: str, *, question: str = "", by: Person, at: datetime) -> None:
    """Answer in public. `question` is what is shown: as it was asked, without what would tell who did."""
    rules.may_coordinate(by, clarification.edition, at).or_refuse()
    clarification.question = question.strip() or clarification.question
    clarification.answer, clarification.answered_by, clarification.answered_at = words.strip(), by, at
    clarification.set_aside_at = None
    clarification.save(update_fields=["question", "answer", "answered_by", "answered_at", "set_aside_at"])
    if clarification.email:
        _mail(clarification, at)
    searching.put_answer(clarification)
    act = ClarificationAnswered(clarification.edition_id, clarification.pk)
    acts.record(act, by=by, at=at, scope=clarification.edition.scope)


def _mail(clarification: Clarification, at: datetime) -> None:
    """Send the answer to who asked, and forget their address."""
    letter = mail.Letter(
        text="editions.answered",
        key=f"editions.answered:{clarification.pk}",
        to=clarification.email,
        language=clarification.language,
        edition=clarification.edition,
        url=f"{clarification.edition.path}questions/",
        values={"question": clarification.question, "answer": clarification.answer},
    )
    mail.post(letter, at=at)
    clarification.email = ""
    clarification.save(update_fields=["email"])


@transaction.atomic
def set_aside(clarification: Clarification, *, by: Person, at: datetime) -> None:
    """Put a question away: it was no question, or has been asked before. An answer that it had is shown no more."""
    rules.may_coordinate(by, clarification.edition, at).or_refuse()
    clarification.set_aside_at, clarification.email = at, ""
    clarification.save(update_fields=["set_aside_at", "email"])
    searching.put_answer(clarification)
