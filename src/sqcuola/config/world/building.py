"""Builds the invented world in an empty database: a school, a class that has been, a call that is open."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from sqcuola.admissions import actions as admissions
from sqcuola.admissions.models import Offer, Test
from sqcuola.config.world import cast, living
from sqcuola.editions import actions as editions
from sqcuola.editions.models import Edition, Figure, Phase, Role, Voice
from sqcuola.kernel import acts, edition_parts
from sqcuola.people.models import Person
from sqcuola.questions.actions import importing
from sqcuola.questions.models import Bank, Blueprint, BlueprintLine

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
QUESTIONS = Path(__file__).parent / "domande.gift"
CATEGORIES = ("ascolto", "scrittura", "strategia", "misura", "comunità")
PER_CATEGORY = 4
OTHERS = 4  # who applied to the past edition and was not admitted
Kind = Phase.Kind


@dataclass(slots=True)
class World:
    """Who and what is there, by the names that tests and stories use."""

    at: datetime
    people: dict[str, Person] = field(default_factory=dict)
    past: Edition | None = None
    open: Edition | None = None
    bank: Bank | None = None

    def edition(self, which: Edition | None) -> Edition:
        """Return an edition that has been built."""
        if which is None:
            raise LookupError("This edition has not been built.")
        return which


def build(at: datetime) -> World:
    """Build everything as it stands at an instant, in the order in which it happened; return who is where."""
    world = World(at)
    began = at - 640 * DAY
    _open_school(world, began)
    _import_bank(world, began)
    _live_past_edition(world, began)
    _open_call(world)
    acts.seal(at)
    return world


def _open_school(world: World, at: datetime) -> None:
    boss = living.person(cast.STAFF["administrator"], at)
    boss.is_administrator = True
    boss.save(update_fields=["is_administrator"])
    world.people["administrator"] = boss
    editions.found(name="SQcuola di Blog", town="Parma", by=boss, at=at)
    lidia = living.person(cast.STAFF["coordinator"], at)
    editions.give_role(None, lidia, Role.Kind.COORDINATOR, by=boss, at=at)
    world.people["coordinator"] = lidia
    for character, _italian, _english in cast.TEACHERS:
        world.people[character.key] = living.person(character, at)
    for role in ("treasurer", "papers", "reader", "tutor", "mentor"):
        world.people[role] = living.person(cast.STAFF[role], at)


def _import_bank(world: World, at: datetime) -> None:
    bank = Bank.objects.create(
        name="Social media marketing", language="it", source="SQcuola di Blog", created_at=at
    )
    run = importing.receive(QUESTIONS.read_bytes(), QUESTIONS.name, bank, by=None, at=at)
    importing.take(run, at=at)
    world.bank = bank


def _blueprint(world: World, name: str, at: datetime) -> Blueprint:
    blueprint = Blueprint.objects.create(name=name, seed=name, minutes=30, created_at=at)
    BlueprintLine.objects.bulk_create(
        BlueprintLine(
            blueprint=blueprint, position=place, bank=world.bank, category=category, count=PER_CATEGORY
        )
        for place, category in enumerate(CATEGORIES, start=1)
    )
    return blueprint


def _edition(world: World, number: int, dates: dict[str, tuple[datetime, datetime]], at: datetime) -> Edition:
    """Prepare an edition with its letter, CV items, teachers and test, and make it public."""
    lidia = world.people["coordinator"]
    roman = {2: "II", 3: "III"}[number]
    edition = editions.create_edition(
        number=number,
        title=f"Classe {roman}",
        slug=f"classe-{number}",
        subject="Master in Social Media Marketing",
        headline_it="Trenta posti. Non si comprano, *si guadagnano*.",
        headline_en="Thirty seats. They are not bought, they are *earned*.",
        lead_it="Sei mesi online, una classe di sconosciuti, aziende vere che aspettano una risposta. Alla fine si va a Parma, a metterci la faccia.",
        lead_en="Six months online, a class of strangers, real companies waiting for an answer. In the end we meet in Parma, and show our faces.",
        awards_place="Parma",
        phases=dates,
        by=lidia,
        at=at,
    )
    edition_parts.defaults(edition, edition.preset, at=at)
    for character, about, _english in cast.TEACHERS:
        editions.give_role(
            edition, world.people[character.key], Role.Kind.TEACHER, about=about, by=lidia, at=at
        )
    for role in ("treasurer", "papers", "reader", "tutor", "mentor"):
        editions.give_role(edition, world.people[role], role, by=lidia, at=at)
    begins, ends = dates[Kind.ASSESSMENT]
    admissions.set_test(
        edition,
        _blueprint(world, f"Prova della classe {roman}", at),
        begins=begins,
        ends=ends,
        minutes=30,
        by=lidia,
        at=at,
    )
    editions.publish(edition, by=lidia, at=at)
    return Edition.objects.get(pk=edition.pk)


def _morning(at: datetime, hour: int = 9) -> datetime:
    return at.replace(hour=hour, minute=0, second=0, microsecond=0)


def _live_past_edition(world: World, began: datetime) -> None:
    """Live the second class: thirty-four applied and took the test, thirty were offered a seat and took it."""
    start = _morning(began) + 20 * DAY
    test = start + 36 * DAY
    edition = _edition(
        world,
        2,
        {
            Kind.CALL: (start, start + 30 * DAY),
            Kind.ASSESSMENT: (test, test + 3 * HOUR),
            Kind.RANKING: (test + 4 * HOUR, test + 9 * DAY),
            Kind.CLASS: (test + 20 * DAY, test + 200 * DAY),
        },
        began,
    )
    applied = [*cast.STUDENTS, *cast.APPLICANTS[:OTHERS]]
    sitting = _test_of(edition)
    for number, character in enumerate(applied):
        one = living.person(character, start)
        world.people[character.key] = one
        living.apply(edition, character, one, start + number * 15 * HOUR, number=number)
        living.take_test(sitting, one, test + 5 * living.MINUTE, knows=_knows(number), seed=number)
    closed = test + 5 * DAY
    admissions.close_ranking(edition, by=world.people["coordinator"], at=closed)
    for number, offer in enumerate(Offer.objects.filter(application__edition=edition).order_by("pk")):
        admissions.accept(offer, by=offer.application.person, at=closed + (number + 1) * HOUR)
    admissions.end_line(edition, at=test + 20 * DAY)
    world.past = edition
    _figures(edition, len(applied))


def _knows(number: int) -> float:
    """Return how much somebody knows: students from half to everything, in no order; the others less than half."""
    students = len(cast.STUDENTS)
    return 0.5 + 0.5 * (number * 11 % students) / (students - 1) if number < students else 0.1 * (number % 4)


def _figures(edition: Edition, applied: int) -> None:
    """Say what came of the past edition, in three figures and a voice."""
    Figure.objects.bulk_create(
        Figure(edition=edition, position=place, number=number, words_it=italian, words_en=english)
        for place, (number, italian, english) in enumerate(
            [
                (
                    f"{applied}",
                    "candidature alla classe II, 30 ammessi",
                    "applications to class II, 30 admitted",
                ),
                ("18", "aziende hanno pagato una borsa", "companies paid a scholarship"),
                ("53 %", "lavorava un anno dopo", "had found work a year later"),
            ]
        )
    )
    irene = cast.STUDENTS[0]
    Voice.objects.create(
        edition=edition, words=irene.sentence, who="Irene, classe II, oggi in un’agenzia di Trento"
    )


def _test_of(edition: Edition) -> Test:
    """Return the test of an edition."""
    return Test.objects.select_related("edition", "blueprint").get(edition=edition)


def _open_call(world: World) -> None:
    """Open the third call twelve days ago: some have handed in, some have begun, one has withdrawn."""
    at = world.at
    opened = _morning(at - 12 * DAY)
    closes = _morning(at + 11 * DAY, 23)
    test = _morning(closes + 6 * DAY)
    edition = _edition(
        world,
        3,
        {
            Kind.CALL: (opened, closes),
            Kind.ASSESSMENT: (test, test + 3 * HOUR),
            Kind.RANKING: (test + 4 * HOUR, test + 13 * DAY),
            Kind.CLASS: (test + 24 * DAY, test + 200 * DAY),
        },
        opened - 10 * DAY,
    )
    newcomers = cast.APPLICANTS[OTHERS:]
    for number, character in enumerate(newcomers):
        begun = min(opened + number * 17 * HOUR, at - 26 * HOUR)
        one = living.person(character, begun)
        world.people[character.key] = one
        finished = number % 3 != 2
        application = living.apply(
            edition,
            character,
            one,
            begun,
            number=number,
            upto=5 if finished else 1 + number % 4,
            submit=finished,
        )
        if number == 4:
            admissions.withdraw(application, by=one, at=at - 2 * HOUR)
    world.open = edition
    _questions(world, edition, opened)


def _questions(world: World, edition: Edition, opened: datetime) -> None:
    """Let visitors ask; most are answered, one waits."""
    answered = (
        ("Serve la laurea?", "No. Contano la prova, la lettera e quello che hai fatto."),
        ("Posso candidarmi se lavoro a tempo pieno?", "Sì. Le lezioni sono la sera e il sabato mattina; i gruppi scelgono i loro orari."),
        ("Si deve venire a Parma?", "Una volta sola, alla fine, per gli Awards. Il viaggio di chi non può permetterselo lo paghiamo noi."),
    )  # fmt: skip
    for number, (question, answer) in enumerate(answered, start=1):
        asked = editions.ask(edition, question, at=opened + number * 20 * HOUR)
        editions.answer(asked, answer, by=world.people["coordinator"], at=opened + (number * 20 + 9) * HOUR)
    editions.ask(
        edition, "La prova si può fare dal telefono?", email="curioso@example.org", at=world.at - 3 * HOUR
    )
