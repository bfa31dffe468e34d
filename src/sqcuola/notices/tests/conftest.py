"""A school, an edition with its coordinator, people to tell things to, a text of a room that does not exist."""

from datetime import UTC, datetime

import pytest

from sqcuola.editions import actions
from sqcuola.editions.models import Edition, Phase, School
from sqcuola.kernel import lists
from sqcuola.kernel.verdicts import ALLOWED
from sqcuola.notices import texts
from sqcuola.people.models import Person

CREATED = datetime(2026, 10, 1, 8, 0, tzinfo=UTC)
NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)  # noon in Rome
NIGHT = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)
PHASES = {
    Phase.Kind.CALL: (datetime(2026, 11, 2, 8, tzinfo=UTC), datetime(2026, 11, 30, 23, tzinfo=UTC)),
    Phase.Kind.CLASS: (datetime(2027, 1, 11, 8, tzinfo=UTC), datetime(2027, 7, 9, 22, tzinfo=UTC)),
}


@pytest.fixture
def at():
    return NOON


@pytest.fixture
def school(db):
    return School.objects.create(name="La scuola")


@pytest.fixture
def lidia(db):
    return Person.objects.create_user("lidia@example.org", "Lidia", is_administrator=True)


@pytest.fixture
def nives(db):
    return Person.objects.create_user("nives@example.org", "Nives")


@pytest.fixture
def ugo(db):
    return Person.objects.create_user("ugo@example.org", "Ugo", language="en")


@pytest.fixture
def edition(lidia, school):
    made = actions.create_edition(
        number=3, title="Classe III", slug="terza", phases=PHASES, seats_offered=2, by=lidia, at=CREATED
    )
    actions.publish(made, by=lidia, at=CREATED)
    return Edition.objects.get(pk=made.pk)


@pytest.fixture
def registered(monkeypatch):
    """Let a test register texts and lists, and forget them afterwards."""
    monkeypatch.setattr(texts, "_texts", {})
    monkeypatch.setattr(lists, "_lists", {})
    texts.register(
        "trial.receipt",
        title="A receipt",
        subject="Trial of {code}",
        body="Hello {name},\n\n{code} arrived for {edition}.\n\nSee it: {url}",
        fields={"code": texts.Field("the code", "K7M2")},
    )
    texts.register(
        "trial.daily",
        title="Small things",
        subject="Small {code}",
        body="Small.",
        fields={"code": texts.Field("the code", "K7M2")},
        how=texts.How.DAILY,
    )
    texts.register("trial.firm", title="A seat", subject="A seat for you", body="Answer: {url}", firm=True)


@pytest.fixture
def everybody(registered):
    lists.register(
        "everybody",
        title="Everybody",
        members=lambda _edition, _person, _at: Person.objects.filter(is_administrator=False).order_by("pk"),
        may_see=lambda _person, _edition, _at: ALLOWED,
        filters=[
            lists.Filter(
                "tongue",
                "Tongue",
                lambda people, _edition, value: people.filter(language=value),
                lambda _edition: [("it", "Italian"), ("en", "English")],
                lambda value: value.upper(),
            ),
            lists.Filter(
                "words", "Words", lambda people, _edition, value: people.filter(name__icontains=value)
            ),
        ],
    )
    return lists.named("everybody")
