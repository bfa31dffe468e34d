"""An edition with its call open, who coordinates it, and people who do not."""

from datetime import UTC, datetime

import pytest

from sqcuola.editions import actions
from sqcuola.editions.models import Edition, Phase
from sqcuola.people.models import Person

CREATED = datetime(2026, 10, 1, 8, 0, tzinfo=UTC)
OPENS = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
CLOSES = datetime(2026, 11, 30, 23, 0, tzinfo=UTC)  # midnight in Rome
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
DATES = {
    Phase.Kind.CALL: (OPENS, CLOSES),
    Phase.Kind.ASSESSMENT: (datetime(2026, 12, 5, 9, tzinfo=UTC), datetime(2026, 12, 5, 11, tzinfo=UTC)),
    Phase.Kind.CLASS: (datetime(2027, 1, 11, 8, tzinfo=UTC), datetime(2027, 7, 9, 22, tzinfo=UTC)),
}


def make_person(name, **fields):
    return Person.objects.create_user(f"{name.lower()}@example.org", name, **fields)


@pytest.fixture
def lidia(db):
    """She runs the installation, and coordinates what she begins."""
    return make_person("Lidia", is_administrator=True)


@pytest.fixture
def oreste(db):
    return make_person("Oreste")


@pytest.fixture
def draft(lidia):
    return actions.create_edition(
        number=3, title="Classe III", slug="terza", phases=DATES, seats_offered=2, by=lidia, at=CREATED
    )


@pytest.fixture
def edition(draft, lidia):
    actions.publish(draft, by=lidia, at=CREATED)
    return Edition.objects.get(pk=draft.pk)
