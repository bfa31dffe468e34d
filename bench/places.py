"""Three editions that stand where a page costs most: a call that is open, a test that goes on, offers that wait for answers."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqcuola.admissions import actions as admissions
from sqcuola.admissions.models import LetterQuestion, Ranking, Test
from sqcuola.config.world.building import World
from sqcuola.editions import actions as editions
from sqcuola.editions.models import Edition, Phase
from sqcuola.kernel import edition_parts, ids
from sqcuola.people.models import Person
from sqcuola.questions.models import Attempt, Bank, Blueprint, BlueprintLine

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
AGO = 2 * DAY  # when the world was built: yesterday's acts are sealed by today
CATEGORIES = ("ascolto", "scrittura", "strategia", "misura", "comunità")
Kind = Phase.Kind


@dataclass(slots=True)
class Places:
    """The editions and who looks at them. `people` are the applicants so far; each applied to all three editions."""

    at: datetime
    coordinator: Person
    open: Edition
    sitting: Edition
    answered: Edition
    test: Test
    ranking: Ranking
    first_question: int
    one_a_page: Blueprint
    people: list[Person] = field(default_factory=list)
    reading: Any = None  # bench.reading.Reading, once people have applied
    attempts: dict[int, Attempt] = field(default_factory=dict)  # those begun by the action itself, by person


def prepare(world: World, at: datetime) -> Places:
    """Add the editions to a world that was built two days before `at`, in which a call is open for days to come."""
    lidia, bank = world.people["coordinator"], world.bank
    if bank is None:
        raise LookupError("The world has no bank of questions.")
    opened = world.edition(world.open)
    sitting = _edition(4, at - HOUR, _blueprint(bank, "IV", 20, at), lidia, at)
    answered = _edition(5, at - 5 * DAY, _blueprint(bank, "V", 1, at), lidia, at)
    ranking = Ranking.objects.create(
        edition=answered, closed_at=at - DAY, closed_by=lidia, lot_seed="bench", digest=ids.digest("bench")
    )
    answered.ranking_closed_at = at - DAY
    answered.save(update_fields=["ranking_closed_at"])
    return Places(
        at=at,
        coordinator=lidia,
        open=opened,
        sitting=sitting,
        answered=answered,
        test=Test.objects.select_related("edition", "blueprint").get(edition=sitting),
        ranking=ranking,
        first_question=LetterQuestion.objects.filter(edition=opened).values_list("pk", flat=True)[0],
        one_a_page=_blueprint(bank, "una per pagina", 1, at),
    )


def _blueprint(bank: Bank, name: str, per_page: int, at: datetime) -> Blueprint:
    """Put a test of twenty questions together."""
    blueprint = Blueprint.objects.create(
        name=f"Prova {name}", seed=name, minutes=240, per_page=per_page, created_at=at - 90 * DAY
    )
    BlueprintLine.objects.bulk_create(
        BlueprintLine(blueprint=blueprint, position=place, bank=bank, category=category, count=4)
        for place, category in enumerate(CATEGORIES, start=1)
    )
    return blueprint


def _edition(number: int, test: datetime, blueprint: Blueprint, by: Person, at: datetime) -> Edition:
    """Make an edition public whose test began at an instant and can be begun for half a day."""
    began = at - 60 * DAY
    edition = editions.create_edition(
        number=number,
        title=f"La classe {number}",
        slug=f"classe-{number}",
        headline_it="Trenta posti. Non si comprano, *si guadagnano*.",
        phases={
            Kind.CALL: (began + DAY, test - 2 * DAY),
            Kind.ASSESSMENT: (test, test + 12 * HOUR),
            Kind.RANKING: (test + 13 * HOUR, test + 9 * DAY),
            Kind.CLASS: (test + 20 * DAY, test + 200 * DAY),
        },
        by=by,
        at=began,
    )
    edition_parts.defaults(edition, edition.preset, at=began)
    admissions.set_test(edition, blueprint, begins=test, ends=test + 12 * HOUR, minutes=240, by=by, at=began)
    editions.publish(edition, by=by, at=began)
    return Edition.objects.get(pk=edition.pk)
