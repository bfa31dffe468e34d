"""A round of six papers, three people who read it, two each."""

from datetime import UTC, datetime, timedelta

import pytest

from sqcuola.editions.models import Edition, Phase, Role
from sqcuola.marking import actions
from sqcuola.marking.models import Anchor, Criterion, Round
from sqcuola.people.models import Person

BEGINS = datetime(2027, 1, 11, 7, 0, tzinfo=UTC)
ENDS = datetime(2027, 1, 18, 23, 0, tzinfo=UTC)  # midnight in Rome
NOW = datetime(2027, 1, 12, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def make_person(name):
    return Person.objects.create_user(f"{name.lower()}@example.org", name)


@pytest.fixture
def edition(db):
    edition = Edition.objects.create(
        slug="terza",
        number=3,
        title="Classe III",
        scope="scope-terza",
        published_at=BEGINS - 60 * DAY,
        created_at=BEGINS - 60 * DAY,
    )
    Phase.objects.create(edition=edition, kind=Phase.Kind.READING, begins=BEGINS, ends=ENDS)
    return edition


@pytest.fixture
def lidia(edition):
    lidia = make_person("Lidia")
    Role.objects.create(edition=edition, person=lidia, kind=Role.Kind.COORDINATOR, begins=BEGINS - DAY)
    return lidia


def make_reader(edition, name):
    reader = make_person(name)
    Role.objects.create(edition=edition, person=reader, kind=Role.Kind.READER, begins=BEGINS - DAY)
    return reader


@pytest.fixture
def readers(edition):
    return [make_reader(edition, name) for name in ("Ada", "Bruno", "Carla")]


@pytest.fixture
def round_(edition):
    """A round with two criteria, of five points and of three."""
    made = Round.objects.create(edition=edition, owner="tests", title_it="la lettera", title_en="the letter")
    for position, most in enumerate((5, 3), start=1):
        one = Criterion.objects.create(
            round=made,
            position=position,
            words_it=f"Criterio {position}",
            words_en=f"Criterion {position}",
            most=most,
        )
        Anchor.objects.create(criterion=one, points=most, words_it="benissimo", words_en="very well")
    return made


def bodies(number):
    return [
        [{"asked_it": "Chi ascolti?", "asked_en": "Whom do you hear?", "written": f"Testo {one}"}]
        for one in range(number)
    ]


@pytest.fixture
def papers(round_, lidia):
    return actions.make_papers(round_, bodies(6), by=lidia, at=BEGINS - DAY)


@pytest.fixture
def given(round_, papers, readers, lidia):
    """The round, given out."""
    assert actions.give_out(round_, readers, set(), by=lidia, at=BEGINS) == {}
    return round_


def points(round_, first, second):
    """Return points by criterion, as a form hands them over."""
    one, other = round_.criteria.all()
    return {one.pk: first, other.pk: second}
