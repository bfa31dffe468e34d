"""Applicants by the hundred, written in bulk: who began, who handed in, who took the test, who was offered a seat."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from bench import reading
from bench.places import DAY, HOUR, MINUTE, Places
from django.contrib.auth.hashers import make_password
from django.db import models

from sqcuola.admissions.acts import ApplicationStarted, ApplicationSubmitted
from sqcuola.admissions.models import Accommodation, Application, Draft, Offer, RankingLine
from sqcuola.admissions.queries.scores import OWNER
from sqcuola.config.world.letters import ANSWERS
from sqcuola.editions.models import Edition, Seat
from sqcuola.kernel import acts, ids
from sqcuola.kernel.acts.declare import verb_of
from sqcuola.kernel.acts.recording import payload_hash
from sqcuola.kernel.models import Act, ActorCode
from sqcuola.notices.models import Notice
from sqcuola.people.models import Person, Profile
from sqcuola.people.regions import ITALIAN
from sqcuola.questions.actions import start
from sqcuola.questions.models import AnswerEntry, Attempt, AttemptQuestion
from sqcuola.questions.queries.log import LOG

BATCH = 2000
ACTIVE = 6  # the first of them begin the test by the action itself: pages are asked for in their names
PASSWORD = "una parola lunga per la prova"  # everybody's, hashed once
CHANNELS = list(Application.Channel.values)


def add(places: Places, upto: int) -> None:
    """Let people apply until there are `upto`, and seal what was done."""
    first = len(places.people)
    new = _people(first, upto, places.at)
    places.people += new
    applied = {
        edition.pk: _apply(edition, new, first, places.at, all_in=edition is not places.open)
        for edition in (places.open, places.sitting, places.answered)
    }
    for edition in (places.open, places.sitting, places.answered):
        _record(edition, applied[edition.pk], places.at)
    _write_drafts(places, applied[places.open.pk], first)
    _ask_for_help(applied[places.open.pk], places.at)
    _take_test(places, new, first)
    _rank(places, applied[places.answered.pk], first)
    _offer(places, applied[places.answered.pk], first)
    _tell(places, new)
    places.reading = reading.grow(places.reading, len(new), places.at)
    acts.seal(places.at - DAY)


def _bulk(model: type[models.Model], rows: Iterable[Any], using: str | None = None) -> list[Any]:
    """Write rows in batches, and return them."""
    written: list[Any] = []
    waiting = iter(rows)
    while batch := list(islice(waiting, BATCH)):
        written += models.QuerySet(model, using=using).bulk_create(batch, batch_size=500)
    return written


def _people(first: int, upto: int, at: datetime) -> list[Person]:
    hashed = make_password(PASSWORD)
    people = _bulk(
        Person,
        (
            Person(
                email=f"persona-{number}@bench.example",
                name=f"Persona {number}",
                handle=f"persona-{number}",
                password=hashed,
                joined=at - 50 * DAY,
            )
            for number in range(first, upto)
        ),
    )
    _bulk(
        Profile,
        (
            Profile(person=person, region=ITALIAN[number % len(ITALIAN)], town=f"Paese {number % 90}")
            for number, person in enumerate(people, start=first)
        ),
    )
    return people


def _apply(
    edition: Edition, people: list[Person], first: int, at: datetime, *, all_in: bool
) -> list[Application]:
    """Two thirds hand in where the call is open, all where it is over; one in twenty withdraws."""
    rows = []
    for number, person in enumerate(people, start=first):
        started = at - timedelta(hours=2 + number * 7 % 300)
        handed_in = all_in or number % 3 != 2
        rows.append(
            Application(
                edition=edition,
                person=person,
                code=ids.code(8),
                test_code=ids.code(10),
                channel=CHANNELS[number % len(CHANNELS)],
                started_at=started,
                submitted_at=started + HOUR if handed_in else None,
                withdrawn_at=started + HOUR if number >= ACTIVE and number % 20 == 0 else None,
                digest=ids.digest(str(number)) if handed_in else "",
                cv_points=number % 9,
            )
        )
    return _bulk(Application, rows)


def _write_drafts(places: Places, applications: list[Application], first: int) -> None:
    question = f"answer_{places.first_question}"
    _bulk(
        Draft,
        (
            Draft(
                application=application, section=section, version=3, page="p", typed=typed, saved_at=places.at
            )
            for number, application in enumerate(applications, start=first)
            for section, typed in (
                ("about", {"name": f"Persona {number}", "town": f"Paese {number % 90}", "channel": "friend"}),
                ("letter", {question: ANSWERS[number % len(ANSWERS)][0]}),
            )
        ),
    )


def _ask_for_help(applications: list[Application], at: datetime) -> None:
    asked = [application for application in applications if application.submitted_at][::40]
    _bulk(
        Accommodation,
        (Accommodation(application=one, wanted_percent=25, wanted="Più tempo", asked_at=at) for one in asked),
    )


def _take_test(places: Places, people: list[Person], first: int) -> None:
    """Let the first few begin by the action, and write half of the others as begun and half answered."""
    test = places.test
    terms = {"owner": OWNER, "thing": test.pk, "scope": test.edition.scope}
    for person in people[: max(0, ACTIVE - first)]:
        places.attempts[person.pk] = start(
            test.blueprint, person, at=places.at, by=person, minutes=test.minutes, **terms
        )
    drawn = list(AttemptQuestion.objects.filter(attempt=places.attempts[places.people[0].pk]))
    attempts = _bulk(
        Attempt,
        (
            Attempt(
                blueprint=test.blueprint,
                person=person,
                code=ids.code(10),
                seed="bench",
                started_at=places.at,
                deadline=places.at + 4 * HOUR,
                **terms,
            )
            for person in people[max(0, ACTIVE - first) :: 2]
        ),
    )
    _bulk(
        AttemptQuestion,
        (
            AttemptQuestion(
                attempt=attempt, place=one.place, question_id=one.question_id, options=one.options
            )
            for attempt in attempts
            for one in drawn
        ),
    )
    everybody = [*attempts, *(places.attempts[person.pk] for person in people[: max(0, ACTIVE - first)])]
    _bulk(AnswerEntry, _answers(everybody, drawn, places.at), using=LOG)


def _answers(attempts: list[Attempt], drawn: list[AttemptQuestion], at: datetime) -> Iterator[AnswerEntry]:
    for attempt in attempts:
        asked = drawn if attempt.seed == "bench" else list(attempt.questions.all())
        for one in asked[:10]:
            yield AnswerEntry(
                attempt=attempt.pk,
                device="phone",
                seq=one.place,
                question=one.question_id,
                value=str(one.options[0]),
                given=at,
                received=at,
            )


def _rank(places: Places, applications: list[Application], first: int) -> None:
    _bulk(
        RankingLine,
        (
            RankingLine(
                ranking=places.ranking,
                application=application,
                place=number,
                points=10,
                cv_points=application.cv_points,
                lot=number,
                decided_by="lot",
            )
            for number, application in enumerate(applications, start=first + 1)
        ),
    )


def _offer(places: Places, applications: list[Application], first: int) -> None:
    """Thirty seats are offered to the first; half of them have accepted, the first few have yet to answer."""
    offered = applications[: max(0, places.answered.seats_offered - first)]
    seats = _bulk(
        Seat,
        (
            Seat(edition=places.answered, number=number)
            for number, _application in enumerate(offered, start=first + 1)
        ),
    )
    accepted = {"state": Offer.State.ACCEPTED, "answered_at": places.at - HOUR}
    _bulk(
        Offer,
        (
            Offer(
                seat=seat,
                application=application,
                made_at=places.at - DAY,
                deadline=places.at + 2 * DAY,
                **(accepted if number >= ACTIVE and number % 2 else {}),
            )
            for number, (seat, application) in enumerate(
                zip(offered and seats, offered, strict=True), start=first
            )
        ),
    )


def _tell(places: Places, people: list[Person]) -> None:
    """Tell who coordinates of each applicant; a third was seen."""
    _bulk(
        Notice,
        (
            Notice(
                person=places.coordinator,
                edition=places.open,
                key=f"bench:{person.pk}",
                kind="notices.daily",
                url="/desk/",
                made_at=places.at - person.pk % 600 * MINUTE,
                seen_at=None if person.pk % 3 else places.at,
            )
            for person in people
        ),
    )


def _record(edition: Edition, applications: list[Application], at: datetime) -> None:
    """Append the acts of who began and who handed in, as `acts.record` would have, one by one."""
    codes = _bulk(
        ActorCode,
        (
            ActorCode(scope=edition.scope, account_id=application.person_id, code=ids.code(16))
            for application in applications
        ),
    )
    rows = []
    for application, code in zip(applications, codes, strict=True):
        rows.append(_act(ApplicationStarted(edition=edition.pk), edition, code.code, at))
        if application.submitted_at:
            handed_in = ApplicationSubmitted(
                edition=edition.pk, application=application.pk, answers=3, claims=2, digest=application.digest
            )
            rows.append(_act(handed_in, edition, code.code, at))
    _bulk(Act, rows)


def _act(payload: Any, edition: Edition, code: str, at: datetime) -> Act:
    kind = verb_of(payload)
    data = {name: fit.write(getattr(payload, name)) for name, fit in kind.fits.items()}
    salt = ids.token()
    return Act(
        verb=kind.name,
        scope=edition.scope,
        actor_code=code,
        subject_code=code,
        audience=kind.audience,
        payload=data,
        salt=salt,
        payload_hash=payload_hash(salt, data),
        at=at - DAY,
    )
