"""A small bank of two categories, a blueprint over it, and two people."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from sqcuola.editions.contacts import Contact
from sqcuola.kernel import ids
from sqcuola.kernel.verdicts import ALLOWED
from sqcuola.people.models import Person
from sqcuola.questions import actions, owners
from sqcuola.questions.models import Bank, Blueprint, BlueprintLine, Option, Question
from sqcuola.questions.owners import Terms

NOW = datetime(2026, 12, 12, 9, 0, tzinfo=UTC)  # ten in Rome


@pytest.fixture
def bank(db):
    return Bank.objects.create(name="Prima", created_at=NOW - timedelta(days=30))


@pytest.fixture
def ask(bank):
    """Return a function that adds a question: options as (text, share)."""

    def ask(text, *options, kind=Question.Kind.SINGLE, category="", points=1, **more):
        question = Question.objects.create(
            bank=more.pop("bank", bank),
            kind=kind,
            text=text,
            category=category,
            points=points,
            digest=ids.digest(text),
            added_at=more.pop("added_at", NOW - timedelta(days=20)),
            **more,
        )
        for position, option in enumerate(options, start=1):
            Option.objects.create(question=question, position=position, **option)
        return question

    return ask


def choices(*texts):
    """Return options of which the first is right."""
    return [{"text": text, "share": Decimal(int(place == 0))} for place, text in enumerate(texts)]


@pytest.fixture
def blueprint(bank, ask):
    for number in range(6):
        ask(f"Strategia {number}", *choices("giusta", "no", "nemmeno"), category="strategia")
        ask(f"Storia {number}", *choices("giusta", "no"), category="storia")
    blueprint = Blueprint.objects.create(name="Prova", seed="semina", created_at=NOW, minutes=40)
    BlueprintLine.objects.create(blueprint=blueprint, position=1, bank=bank, category="strategia", count=3)
    BlueprintLine.objects.create(blueprint=blueprint, position=2, bank=bank, category="storia", count=2)
    return blueprint


@pytest.fixture
def nives(db):
    return Person.objects.create_user("nives@example.org", "Nives")


@pytest.fixture
def oreste(db):
    return Person.objects.create_user("oreste@example.org", "Oreste")


@pytest.fixture
def attempt(blueprint, nives):
    return actions.start(blueprint, nives, at=NOW, by=nives)


@pytest.fixture
def kept_owners(monkeypatch):
    monkeypatch.setattr(owners, "_owners", dict(owners._owners))


@pytest.fixture
def owned(kept_owners, blueprint, nives):
    """Register an owner that gives Nives the code NIVES23456 for a test of the blueprint."""
    answer = {"may": ALLOWED}
    owners.register_owner(
        "trials.test",
        by_code=lambda code: (nives, 7) if code == "NIVES23456" else None,
        may_start=lambda _person, _thing, _at: answer["may"],
        terms=lambda _thing: Terms(
            blueprint=blueprint,
            minutes=40,
            title="Classe III",
            zone="Europe/Rome",
            back="/",
            scope="scope-terza",
            contact=lambda _at: Contact("Lidia", "0521 000 000", "aiuto@example.org"),
        ),
    )
    return answer


def save(attempt, question, value, *, at=NOW, device="uno", seq=1, given=None, by=None):
    return actions.save_answer(
        attempt,
        device=device,
        seq=seq,
        question=question,
        value=value,
        given=given,
        by=by or attempt.person,
        at=at,
    )


def right(question):
    return str(Option.objects.get(question=question, share=1).pk)


def wrong(question):
    return str(Option.objects.filter(question=question, share=0).first().pk)


def ticked(attempt, place=1):
    """Return what the page of a question sends when the right answer is ticked: its place among the options."""
    asked = attempt.questions.get(place=place)
    return str(asked.options.index(int(right(asked.question_id))) + 1)
