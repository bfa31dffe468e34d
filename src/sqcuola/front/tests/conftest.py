"""A published edition with its call open, as a visitor finds it."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from sqcuola.editions import actions
from sqcuola.editions.models import Edition, Figure, Phase, Role, Voice
from sqcuola.front import cache
from sqcuola.kernel import clock
from sqcuola.people import limits
from sqcuola.people.models import Person

CREATED = datetime(2026, 10, 1, 8, 0, tzinfo=UTC)
OPENS = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
CLOSES = datetime(2026, 11, 30, 23, 0, tzinfo=UTC)  # midnight in Rome
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
DATES = {
    Phase.Kind.CALL: (OPENS, CLOSES),
    Phase.Kind.ASSESSMENT: (datetime(2026, 12, 5, 9, tzinfo=UTC), datetime(2026, 12, 5, 11, tzinfo=UTC)),
    Phase.Kind.RANKING: (datetime(2026, 12, 6, 9, tzinfo=UTC), datetime(2026, 12, 19, 23, tzinfo=UTC)),
    Phase.Kind.CLASS: (datetime(2027, 1, 11, 8, tzinfo=UTC), datetime(2027, 7, 9, 22, tzinfo=UTC)),
}


class Time:
    """The clock that requests are judged by."""

    now = NOW


@pytest.fixture(autouse=True)
def time(monkeypatch):
    hand = Time()
    monkeypatch.setattr(clock, "now", lambda: hand.now)
    monkeypatch.setattr(limits, "_counted", Counter())
    cache.forget()
    yield hand
    cache.forget()


@pytest.fixture
def lidia(db):
    return Person.objects.create_user("lidia@example.org", "Lidia Marchesi", is_administrator=True)


def make(lidia, number=3, slug="terza", dates=DATES, **fields):
    words = {
        "headline_it": "Trenta posti. Non si comprano, *si guadagnano*.",
        "lead_it": "Sei mesi <online>.",
    } | fields
    return actions.create_edition(
        number=number, title=f"Classe {number}", slug=slug, phases=dates, by=lidia, at=CREATED, **words
    )


@pytest.fixture
def draft(lidia):
    return make(lidia, subject="Master in Social Media Marketing")


@pytest.fixture
def edition(draft, lidia):
    actions.publish(draft, by=lidia, at=CREATED)
    return Edition.objects.get(pk=draft.pk)


@pytest.fixture
def past(lidia, edition):
    old = make(
        lidia,
        number=2,
        slug="seconda",
        dates={Phase.Kind.CLASS: (datetime(2025, 1, 1, tzinfo=UTC), datetime(2025, 7, 1, tzinfo=UTC))},
    )
    actions.publish(old, by=lidia, at=CREATED)
    Figure.objects.create(
        edition=old, number="360", words_it="candidature lo scorso anno", words_en="applications"
    )
    Voice.objects.create(edition=old, words="Mi hanno insegnato a chiedere.", who="Irene, classe II")
    return old


@pytest.fixture
def marta(edition, lidia):
    marta = Person.objects.create_user("marta@example.org", "Marta Lorenzi")
    actions.give_role(edition, marta, Role.Kind.TEACHER, about="ascolto della rete", by=lidia, at=CREATED)
    return marta
