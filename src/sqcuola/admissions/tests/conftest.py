"""An edition with an open call, and two people who have never met."""

from datetime import UTC, datetime, timedelta

import pytest

from sqcuola.admissions.models import CvItem, LetterQuestion
from sqcuola.editions.models import Edition, Phase
from sqcuola.people.models import Person

OPENS = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
CLOSES = datetime(2026, 11, 30, 23, 0, tzinfo=UTC)  # midnight in Rome
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@pytest.fixture
def edition(db):
    edition = Edition.objects.create(
        slug="terza",
        number=3,
        title="Classe III",
        scope="scope-terza",
        seats_offered=2,
        published_at=OPENS - timedelta(days=7),
        created_at=OPENS - timedelta(days=30),
    )
    Phase.objects.create(edition=edition, kind=Phase.Kind.CALL, begins=OPENS, ends=CLOSES)
    LetterQuestion.objects.create(
        edition=edition, position=1, words_it="Chi ascolti?", words_en="Whom do you hear?", longest=200
    )
    LetterQuestion.objects.create(edition=edition, position=2, words_it="Che cosa insegni?", longest=200)
    CvItem.objects.create(edition=edition, position=1, words_it="Anni di blog", each=2, most=6)
    return edition


def make_person(name, **fields):
    return Person.objects.create_user(f"{name.lower()}@example.org", name, **fields)


@pytest.fixture
def nives(db):
    return make_person("Nives")


@pytest.fixture
def other(db):
    return make_person("Oreste")


def typed_for(edition):
    """Return everything an application needs, section by section, as a browser sends it."""
    questions = LetterQuestion.objects.filter(edition=edition)
    items = CvItem.objects.filter(edition=edition)
    return {
        "about": {
            "name": "Nives Rota",
            "born": "1990-05-17",
            "town": "Lecco",
            "region": "Lombardia",
            "employer": "",
            "channel": "friend",
        },
        "letter": {f"answer_{question.pk}": f"Risposta {question.position}" for question in questions},
        "cv": {f"number_{item.pk}": "4" for item in items}
        | {f"evidence_{item.pk}": "https://example.org/blog" for item in items},
        "help": {"wanted_percent": "0", "wanted": ""},
        "consents": {"shown_as": "name", "rules": "on", "privacy": "on"},
    }


@pytest.fixture
def clock_at(monkeypatch):
    """Set the instant at which requests arrive."""

    def set_to(at):
        monkeypatch.setattr("sqcuola.kernel.clock.now", lambda: at)

    set_to(NOW)
    return set_to


@pytest.fixture
def browser(client, nives, clock_at):
    """A browser in which Nives is signed in, on a day of the open call."""
    client.force_login(nives)
    return client
