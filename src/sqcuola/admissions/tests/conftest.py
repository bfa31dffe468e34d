"""An edition with an open call, and two people who have never met."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from tests.uploads import keep_in

from sqcuola.admissions import rubric
from sqcuola.admissions.models import CvItem, LetterQuestion, Test
from sqcuola.admissions.queries.reading import reading_of
from sqcuola.editions.models import Edition, Phase, Role
from sqcuola.kernel import ids
from sqcuola.people.models import Person
from sqcuola.questions.models import Bank, Blueprint, BlueprintLine, Option, Question

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
def own_uploads(settings, tmp_path):
    """Keep files in a folder of the test's own."""
    keep_in(settings, tmp_path)
    return tmp_path


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


@pytest.fixture
def lidia(edition):
    """Who coordinates the edition."""
    lidia = make_person("Lidia")
    Role.objects.create(
        edition=edition, person=lidia, kind=Role.Kind.COORDINATOR, begins=OPENS - timedelta(days=30)
    )
    return lidia


@pytest.fixture
def test(edition):
    """A test of four questions, ten days after the call has closed."""
    bank = Bank.objects.create(name="Banca", created_at=OPENS)
    for number in range(4):
        question = Question.objects.create(
            bank=bank,
            kind=Question.Kind.SINGLE,
            text=f"Domanda {number}",
            points=1,
            digest=ids.digest(f"{number}"),
            added_at=OPENS,
        )
        Option.objects.create(question=question, position=1, text="giusta", share=Decimal(1))
        Option.objects.create(question=question, position=2, text="no", share=Decimal(0))
    blueprint = Blueprint.objects.create(name="Prova", seed="seme", created_at=OPENS)
    BlueprintLine.objects.create(blueprint=blueprint, position=1, bank=bank, count=4)
    return Test.objects.create(
        edition=edition,
        blueprint=blueprint,
        begins=CLOSES + timedelta(days=10),
        ends=CLOSES + timedelta(days=10, hours=3),
        minutes=40,
    )


@pytest.fixture
def reading(edition):
    """The round in which the letters of the edition are read, two weeks after the call."""
    begins, ends = CLOSES + timedelta(days=13), CLOSES + timedelta(days=20)
    Phase.objects.create(edition=edition, kind=Phase.Kind.READING, begins=begins, ends=ends)
    list(rubric.begin(edition))
    return reading_of(edition)
